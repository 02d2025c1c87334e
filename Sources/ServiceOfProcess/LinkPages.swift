import Accounts
import HTTPTypes
import Hummingbird
import Procedure
import Web

/// `/link`: type the code, see what it is about, choose a way.
extension ServiceArea {
    func mountLink(on routes: inout Routes) {
        routes.form("/link", face: .public, access: .anyone, show: codePage, send: takeCode)
        routes.form("/link/case", face: .public, access: .anyone, show: linkPage, send: linkCase)
        routes.get("/link/offline", face: .public, access: .anyone) { _, context in offlinePage(context) }
    }

    // MARK: The code

    @Sendable private func codePage(_: Request, _ context: CourtContext, _ typed: Typed) async throws -> Page {
        let voice = context.voice
        let fields = Fields(typed, voice)
        let title = Words("收到了法院的通知书", "You have a letter from the court")
        return Page(
            voice(title),
            """
            <h1>\(voice(title))</h1>
            <p class="lead">\(voice("请输入随信代码页上的代码。输入之后，先看案件信息，再决定怎样参加。", "Type the code on the sheet that came with it. You first see what it is about, then choose how to take part."))</p>
            \(PostForm("""
                \(fields.summary)\(fields.text(
                    "code", Words("代码", "Code"),
                    hint: Words("20位，例如 7k2m-9xqa-…；大小写和横线不影响。", "20 characters, such as 7k2m-9xqa-…; case and hyphens do not matter."),
                    size: 30, max: 60))
                \(Button.row(Button.send(Words("查看案件", "See the case"), voice)))
                """).html(context))
            <p>\(voice.html("没有代码，或者不想在网上办理？", "No code, or would you rather not do this online?")) \
            <a href="/link/offline">\(voice("线下参加的办法", "How to take part in person"))</a></p>
            """)
    }

    @Sendable private func takeCode(_ request: Request, _ context: CourtContext) async throws -> Response {
        let typed = try context.form.read { $0.secret("code", Words("代码", "the code"), max: 200) }
        let token = try await begin(typed, from: context.client)
        var response = Response.seeOther("/link/case")
        response.headers.append(PendingLinkCookie.setting(token, in: context))
        return response
    }

    // MARK: The case, and the two ways

    @Sendable private func linkPage(_ request: Request, _ context: CourtContext, _ typed: Typed) async throws -> Page {
        guard let token = PendingLinkCookie.token(of: request), let preview = try await preview(token) else {
            return noCodePage(context)
        }
        let voice = context.voice
        let title = Words("请核对案件，选择参加方式", "Check the case and choose how to take part")
        return Page(
            voice(title),
            """
            <h1>\(voice(title))</h1>
            \(Fields(typed, voice).summary)\(facts(of: preview, context).html(voice))
            <p>\(voice("两种方式的诉讼权利完全相同。", "Your rights are the same either way."))</p>
            <div class="split"><section class="card" aria-labelledby="online"><h2 id="online">\(voice("在线参加", "Take part online"))</h2>
            <p>\(voice("用手机或电脑查看材料、答复、接收文书。需要实名账号。", "See papers, answer and receive documents by phone or computer. It needs an account with a checked identity."))</p>
            \(onlineButton(preview, context))</section>
            <section class="card" aria-labelledby="offline"><h2 id="offline">\(voice("线下参加", "Take part in person"))</h2>
            <p>\(voice("到窗口或者打电话办理，不需要在网上做任何操作。", "Come to the counter or telephone. You need not do anything online."))</p>
            \(Button.link(Words("线下参加的办法", "How to do it in person"), voice, to: "/link/offline"))</section></div>
            """)
    }

    private func facts(of preview: LinkPreview, _ context: CourtContext) -> Facts {
        let voice = context.voice
        return Facts([
            .init(Words("法院", "Court"), "\(voice(court.name))"),
            .init(Words("案号", "Case number"), "\(preview.number)"),
            .init(Words("起诉您的人", "Who sues you"), "\(said: preview.plaintiff)"),
            .init(Words("收到通知的人", "Who the letter is for"), "\(said: preview.defendant)"),
            .init(
                Words("案由和金额", "What it is about"),
                "\(voice(preview.cause))\(voice("，诉讼请求金额", "; sum claimed ")) \(voice.money(preview.sum))"),
            .init(
                Words("请在此日前答复", "Answer by"),
                preview.answerBy.map { voice.dayElement($0) } ?? "\(voice("见通知书", "see the letter"))"),
        ])
    }

    private func onlineButton(_ preview: LinkPreview, _ context: CourtContext) -> HTML {
        let voice = context.voice
        guard let viewer = context.viewer else {
            return """
                \(Button.link(Words("登录后关联案件", "Sign in and link the case"), voice, to: "/sign-in?next=/link/case"))
                <p>\(voice.html("还没有账号？", "No account yet?")) <a href="/register">\(voice("注册并实名认证", "Register and verify your identity"))</a></p>
                """
        }
        guard viewer.isVerified else {
            return """
                <p><strong>\(voice("您的身份还在核验中。", "Your identity is still being checked."))</strong> \
                \(voice("核验完成后，请再次输入代码。代码不会因此失效。", "When that is done, type the code again. It stays good."))</p>
                <p><a href="/account">\(voice("查看账号", "Look at your account"))</a></p>
                """
        }
        if preview.filledBy == viewer.account {
            return Button.link(
                Words("已关联，继续", "Linked already: go on"), voice, to: "/cases/\(preview.docket)/consents")
        }
        return """
            <p>\(voice("以此账号关联：", "Link to this account: "))<strong>\(said: viewer.name)</strong></p>
            \(PostForm(Button.send(Words("关联案件", "Link the case"), voice)).html(context))
            """
    }

    private func noCodePage(_ context: CourtContext) -> Page {
        let voice = context.voice
        let title = Words("请重新输入代码", "Please type the code again")
        return Page(
            voice(title),
            """
            <h1>\(voice(title))</h1>
            <p class="lead">\(voice("为了安全，代码只保留\(PendingLinkTable.minutes)分钟。代码本身仍然有效。", "For safety a typed code is kept for \(PendingLinkTable.minutes) minutes. The code itself is still good."))</p>
            \(Button.row(Button.link(Words("输入代码", "Type the code"), voice, to: "/link")))
            """)
    }

    @Sendable private func linkCase(_ request: Request, _ context: CourtContext) async throws -> Response {
        let viewer = try context.person()
        guard let token = PendingLinkCookie.token(of: request) else { return .seeOther("/link/case") }
        let docket = try await link(token, by: viewer, arrived: context.now, from: context.client)
        return .seeOther("/cases/\(docket)/consents")
    }

    // MARK: In person

    @Sendable private func offlinePage(_ context: CourtContext) -> Page {
        let voice = context.voice
        let title = Words("线下参加诉讼", "Taking part in person")
        return Page(
            voice(title),
            """
            <h1>\(voice(title))</h1>
            <p class="lead">\(voice("您有权选择线下参加，不影响任何诉讼权利。", "You may choose to take part in person. It costs you no right."))</p>
            <ol><li>\(voice("请在通知书写明的日期前，打电话或者到窗口说明您选择线下参加。", "By the day named in the letter, telephone or come to the counter and say so."))</li>
            <li>\(voice("请带上通知书和身份证。", "Bring the letter and your identity card."))</li>
            <li>\(voice("以后的材料会邮寄给您，开庭在法院进行。", "Papers then come by post, and hearings are held at the court."))</li></ol>
            \(CounterFacts(court: court).html(voice))
            """)
    }
}

/// Where people find a person of the court.
struct CounterFacts: Sendable {
    let court: CourtProfile

    func html(_ voice: Voice) -> HTML {
        Facts([
            .init(Words("地址", "Address"), "\(voice(court.address))"),
            .init(Words("电话", "Telephone"), "<a href=\"tel:\(court.telephone)\">\(court.telephone)</a>"),
            .init(Words("窗口时间", "Counter hours"), "\(voice(court.counterHours))"),
        ]).html(voice)
    }
}

/// The cookie that holds the token of a typed code: only for `/link`, gone after an hour.
enum PendingLinkCookie {
    private static let name = "xz-link"

    static func setting(_ token: String, in context: CourtContext) -> HTTPField {
        let secure = context.site.origin.secure ? "; Secure" : ""
        let life = PendingLinkTable.minutes * 60
        return HTTPField(
            name: .setCookie, value: "\(name)=\(token); Path=/link; Max-Age=\(life); HttpOnly; SameSite=Lax\(secure)")
    }

    static func token(of request: Request) -> String? {
        guard let token = request.cookies[name]?.value, token.utf8.count == SpokenCode.letterLength else { return nil }
        return token
    }
}

extension CourtContext {
    /// Where the request came from, for the slowing of guesses.
    var client: Client { Client(address: clientAddress, device: "") }
}
