import Hummingbird
import Procedure

/// Every component with sample content, for a person to look at. Served in demonstration courts only.
package enum StyleGuide {
    /// `/style` shows what parties see; `/style?desk` the dense pages of the court.
    package static func register(in routes: inout Routes) {
        routes.form("/style", face: .both, access: .anyone) { _, context, typed in
            guard context.site.court.isDemonstration else { throw Problem.notFound }
            return context.query.form.has("desk") ? desk(context) : parties(context, typed)
        } send: { _, context in
            guard context.site.court.isDemonstration else { throw Problem.notFound }
            try SampleForm.read(context.form)
            return Response.seeOther("/style")
        }
    }

    private static func parties(_ context: CourtContext, _ typed: Typed) -> Page {
        let voice = context.voice
        let samples = Samples(context: context)
        return Page(
            voice("样式手册", "Style guide"),
            breadcrumbs: [.init(Words("首页", "Home"), path: "/"), .init(Words("我的案件", "My cases"), path: "/cases")],
            """
            \(Fields(typed, voice).summary)<h1>\(voice("网络购物合同纠纷", "Online shopping contract dispute"))</h1>
            <p class="lead">\(voice("（2026）浙0192民初42号 · 小额诉讼程序 · 线上", "(2026) Zhe 0192 Min Chu No. 42 · small-claims procedure · online"))</p>
            \(samples.phases)\(samples.deadlines)\(samples.notices)
            <h2>\(voice("当事人", "Parties"))</h2>\(samples.parties)
            <h2>\(voice("还要做什么", "What is left to do"))</h2>\(samples.tasks)
            <h2>\(voice("卷宗", "Docket"))</h2>\(samples.timeline)
            <h2>\(voice("核对您的回答", "Check your answers"))</h2>\(samples.facts)\(samples.money)
            <h2>\(voice("填写", "A form"))</h2>\(SampleForm.html(context, typed))
            <h2>\(voice("其他", "More"))</h2>\(samples.more)
            """)
    }

    private static func desk(_ context: CourtContext) -> Page {
        let voice = context.voice
        let samples = Samples(context: context)
        return Page(
            voice("立案台", "Filing desk"), width: .wide,
            """
            <h1>\(voice("立案台", "Filing desk"))</h1>
            \(samples.tabs)\(samples.queue)
            <h2>\(voice("证据与质证", "Evidence and opinions"))</h2>\(samples.split)
            \(samples.consents)
            """)
    }
}
