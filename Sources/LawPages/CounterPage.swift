import Procedure
import Web

/// `/offline`: how to do everything in person. Every page's foot and every problem page lead here.
extension LawPagesArea {
    func counterPage(_ context: CourtContext) -> Page {
        let voice = context.voice
        let title = voice("线下办理", "In person, not online")
        return Page(
            title,
            """
            <h1>\(title)</h1>
            <p class="lead">\(voice("在线诉讼须经当事人同意。不选择在线，或者中途改为线下，都不影响您的诉讼权利。", "Online proceedings need your consent. Not choosing them, or changing your mind later, costs you no right."))
            \(ArticleLink(Article(.onlineLitigation, 4)).html(voice))</p>
            \(Facts([
                Facts.Fact(Words("法院", "Court"), HTML(voice(court.name))),
                Facts.Fact(Words("地址", "Address"), HTML(voice(court.address))),
                Facts.Fact(Words("时间", "Hours"), HTML(voice(court.counterHours))),
                Facts.Fact(
                    Words("电话", "Telephone"), "<a href=\"tel:\(court.telephone)\">\(court.telephone)</a>"),
            ]).html(voice))
            <h2>\(voice("请带上", "Bring with you"))</h2>
            <ul>
            <li>\(voice("身份证件；代别人办理的，还要授权委托书。", "Your identity document; when you act for someone, also their power of attorney."))</li>
            <li>\(voice("起诉的：起诉状，按对方人数准备副本，以及证据的复印件。", "To start a case: the complaint with a copy for each defendant, and copies of the evidence."))</li>
            <li>\(voice("收到法院文书的：该文书。", "If you have a letter from the court: that letter."))</li>
            </ul>
            <p>\(voice("书写起诉状确有困难的，可以口头起诉，由法院记入笔录。", "If writing a complaint is hard for you, you may make it orally and the court writes it down."))
            \(ArticleLink(Article(.civilProcedureLaw, 123)).html(voice))</p>
            """)
    }
}
