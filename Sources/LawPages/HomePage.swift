import Procedure
import Web

/// `/`: what a worried person needs first, on one screen; the staff's side leads to the desk.
extension LawPagesArea {
    func homePage(_ context: CourtContext) -> Page {
        context.face == .chambers ? chambersPage(context) : publicPage(context)
    }

    private func publicPage(_ context: CourtContext) -> Page {
        let voice = context.voice
        return Page(
            voice("首页", "Home"),
            """
            <h1>\(voice("在线打官司，一步一步来", "Your case, one step at a time"))</h1>
            <p class="lead">\(voice("不用请律师也能办。每一步都会告诉您：接下来做什么、什么时候之前、为什么。", "You can do this without a lawyer. Each step says what comes next, by when, and why."))</p>
            \(demonstration(voice))\(choices(context))\(course(voice))\(costs(voice))\(freedom(voice))\(proof(voice))
            """)
    }

    private func demonstration(_ voice: Voice) -> HTML? {
        guard court.isDemonstration else { return nil }
        return """
            <div class="notice warning"><p>\(voice("这里是演示法院。您可以扮演原告、被告、书记员或者法官，走完一个案件。", "This is a demonstration court. Play the plaintiff, the defendant, the clerk or the judge and go through a whole case."))</p>
            \(Button.row(Button.link(Words("进入演示", "Try it"), voice, to: "/demo")))</div>

            """
    }

    // MARK: What can be done here

    private func choices(_ context: CourtContext) -> HTML {
        let voice = context.voice
        let rank: Button.Rank = court.isDemonstration ? .quiet : .primary
        return """
            <ul class="roles">
            <li class="card"><h2>\(voice("我要起诉", "Start a case"))</h2><p>\(voice("例如网购的东西不对、对方不退款。逐步填写，随时保存。", "Say you bought something online and it was not right. Answer step by step; it is saved as you go."))</p>\
            \(Button.link(Words("开始", "Start"), voice, to: "/drafts", rank: rank))</li>
            <li class="card"><h2>\(voice("我收到了法院的信", "I got a letter from the court"))</h2><p>\(voice("输入随信的代码，先看是什么事，再决定怎样参加。", "Type the code that came with it. See what it is about first, then choose how to take part."))</p>\
            \(Button.link(Words("输入代码", "Type the code"), voice, to: "/link", rank: .quiet))</li>
            <li class="card"><h2>\(voice("我的案件", "My case"))</h2><p>\(voice("看进展、该做的事和期限。", "See where it stands, what is yours to do, and by when."))</p>\
            \(Button.link(Words("查看案件", "See my case"), voice, to: "/cases", rank: .quiet))</li>
            </ul>

            """
    }

    // MARK: How it goes

    private func course(_ voice: Voice) -> HTML {
        let steps = [
            Words(
                "写起诉状，上传证据，签名提交。法院7日内决定是否立案。",
                "Write the complaint, add evidence, sign and send. The court decides within 7 days whether to take the case."
            ),
            Words("交诉讼费。", "Pay the court fee."),
            Words(
                "法院把起诉状送给对方，对方有15日答辩。",
                "The court serves the complaint. The other side has 15 days to answer."),
            Words("双方看证据、说意见，开庭。", "Both sides look at the evidence and speak; the court hears the case."),
            Words("法官作出判决，送达双方。", "The judge decides, and both sides receive the judgment."),
        ]
        return """
            <h2>\(voice("怎样进行", "How it goes"))</h2>
            <ol>\(steps.map { "<li>\(voice($0))</li>\n" })</ol>

            """
    }

    private func costs(_ voice: Voice) -> HTML {
        let claim = Money(minorUnits: 10_000_00)
        let fee = FeeKind.smallClaims.count(claim, province: court.province, in: tables.fees).money
        let example: HTML? = fee.map { fee in
            HTML(
                voice(
                    "例如请求\(voice.money(claim))，交\(voice.money(fee))。",
                    " A claim of \(voice.money(claim)) costs \(voice.money(fee))."))
        }
        return """
            <h2>\(voice("多少钱，多长时间", "What it costs, how long it takes"))</h2>
            <p>\(voice("小额诉讼减半交费。", "Small claims pay half the fee."))\(example) <a href="/law/fee">\(voice("算一算", "Work out yours"))</a></p>
            <p>\(voice("小额诉讼自立案之日起两个月内审结，特殊情况可以延长一个月。", "A small claim is decided within two months of docketing; in special circumstances one month more."))
            \(ArticleLink(Article(.civilProcedureLaw, 168)).html(voice)) · <a href="/law/deadline">\(voice("期限计算", "Work out a time limit"))</a></p>

            """
    }

    // MARK: What can be relied on

    private func freedom(_ voice: Voice) -> HTML {
        """
        <h2>\(voice("线上还是线下，由您选择", "Online is your choice"))</h2>
        <p>\(voice("不想在网上办，可以到法院办，诉讼权利完全一样。诉讼服务中心：", "You may come to the court instead; your rights are the same. The counter:")) \
        \(voice(court.address))\(voice("，", ", "))\(voice(court.counterHours))\(voice("，电话", ", telephone")) <a href="tel:\(court.telephone)">\(court.telephone)</a>\(voice("。", ".")) \
        <a href="/offline">\(voice("线下办理", "How to do it in person"))</a></p>

        """
    }

    private func proof(_ voice: Voice) -> HTML {
        """
        <h2>\(voice("每一步都有凭证", "Every step can be proved"))</h2>
        <p>\(voice("您办的每一步，都会得到一份有法院数字签名的凭证。所有步骤的指纹按顺序写进一本公开的账：已经写上的，谁都不能悄悄改掉，法院也不能。", "For each step you get a receipt the court has signed. A fingerprint of every step goes, in order, into a public ledger: what stands there nobody can change unnoticed, not even the court."))</p>
        \(Disclosure(Words("怎样自己核对", "How to check it yourself"), """
            <p>\(voice("下载凭证和法院的公钥，用任何支持透明日志凭证的程序在自己的电脑上核对，不需要相信本网站。账里只有指纹，没有案件内容。", "Take your receipt and the court's public key and check them on your own computer with any program that reads transparency-log proofs. You need not trust this site. The ledger holds fingerprints only, nothing of the case itself."))</p>
            <p><a href="/ledger/policy">\(voice("下载核对用的公钥", "Download the key to check with"))</a></p>
            """).html(voice))
        """
    }

    // MARK: The staff's side

    private func chambersPage(_ context: CourtContext) -> Page {
        let voice = context.voice
        let desk =
            context.viewer == nil
            ? Button.link(Words("登录", "Sign in"), voice, to: "/sign-in")
            : Button.link(Words("打开工作台", "Open the desk"), voice, to: "/desk")
        return Page(
            voice("首页", "Home"),
            """
            <h1>\(voice("法官工作区", "Chambers"))</h1>
            <p class="lead">\(voice("供本院法官、法官助理、书记员和管理人员使用。", "For judges, clerks and administrators of this court."))</p>
            \(demonstration(voice))\(Button.row(desk, Button.link(Words("法律依据", "The law"), voice, to: "/law", rank: .quiet)))
            """)
    }
}
