import Accounts
import Hummingbird
import Procedure
import Web

/// Signing in with password and one-time code, stepping up, signing out.
struct SignInPages: Sendable {
    let area: PeopleArea

    func page(_ context: CourtContext, _ typed: Typed) async throws -> Page {
        let voice = context.voice
        let fields = Fields(typed, voice)
        let demonstration: HTML? =
            context.site.court.isDemonstration
            ? Notice(
                .information,
                "<p>\(voice("这是演示法院，可以", "This is a demonstration court: "))<a href=\"/demo\">\(voice("一键以任何身份进入", "enter as anybody with one click"))</a></p>"
            ).html(voice) : nil
        return Page(
            voice("登录", "Sign in"),
            """
            <h1>\(voice("登录", "Sign in"))</h1>
            \(fields.summary)\(demonstration)
            \(PostForm(
                """
                \(next(context, fields))
                \(fields.text("name", Words("手机号或登录名", "Mobile number or sign-in name"), autocomplete: "username"))
                \(fields.secret("password", Words("密码", "Password"), autocomplete: "current-password"))
                \(Button.row(Button.send(Words("登录", "Sign in"), voice)))
                """).html(context))
            <p><a href="/register">\(voice("还没有账号？注册", "No account yet? Register"))</a></p>
            """)
    }

    func signIn(_ request: Request, _ context: CourtContext) async throws -> Response {
        let (name, password) = try context.form.read { reader in
            (
                reader.text("name", Words("手机号或登录名", "your mobile number or sign-in name")),
                reader.secret("password", Words("密码", "your password"))
            )
        }
        let outcome: SignInOutcome
        do {
            outcome = try await area.accounts.signIn(
                name: name, password: password, from: area.client(request, context),
                replacing: context.sessionToken(request).flatMap(SessionToken.init(rawValue:)))
        } catch let refused as SignInRefused {
            throw FormErrors("name", refused.reason)
        }
        switch outcome {
        case .signedIn(let token):
            // Without a second factor nothing but setting one up is open.
            var response = Response.seeOther("/account/second-factor")
            response.startSession(token.rawValue, in: context)
            return response
        case .secondFactorNeeded(let token):
            var response = Response.seeOther("/sign-in/code\(nextQuery(context))")
            response.startSession(token.rawValue, in: context)
            return response
        }
    }

    func codePage(_ context: CourtContext, _ typed: Typed) async throws -> Page {
        codeForm(context, typed, title: Words("输入动态口令", "Enter your one-time code"))
    }

    func code(_ request: Request, _ context: CourtContext) async throws -> Response {
        try await giveCode(request, context)
    }

    func stepUpPage(_ context: CourtContext, _ typed: Typed) async throws -> Page {
        codeForm(context, typed, title: Words("请再次确认是您本人", "Confirm once more that it is you"))
    }

    func stepUp(_ request: Request, _ context: CourtContext) async throws -> Response {
        try await giveCode(request, context)
    }

    private func codeForm(_ context: CourtContext, _ typed: Typed, title: Words) -> Page {
        let voice = context.voice
        let fields = Fields(typed, voice)
        return Page(
            voice(title),
            """
            <h1>\(voice(title))</h1>
            \(fields.summary)
            \(PostForm(
                """
                \(next(context, fields))
                \(fields.secret("code", Words("动态口令或恢复码", "One-time code or recovery code"), hint: Words("打开验证器应用，输入6位数字。", "Open your authenticator app and type the 6 digits."), autocomplete: "one-time-code"))
                \(Button.send(Words("继续", "Continue"), voice))
                """).html(context))
            """)
    }

    private func giveCode(_ request: Request, _ context: CourtContext) async throws -> Response {
        guard let token = context.sessionToken(request).flatMap(SessionToken.init(rawValue:)) else {
            return .seeOther("/sign-in")
        }
        let code = try context.form.read { $0.secret("code", Words("动态口令", "the code"), max: 40) }
        do {
            let fresh = try await area.accounts.giveSecondFactor(code, in: token, from: area.client(request, context))
            var response = Response.seeOther(target(context))
            response.startSession(fresh.rawValue, in: context)
            return response
        } catch let refused as SecondFactorRefused {
            throw FormErrors("code", refused.reason)
        } catch is NotFound {
            return .seeOther("/sign-in")
        }
    }

    func signOut(_ request: Request, _ context: CourtContext) async throws -> Response {
        if let token = context.sessionToken(request).flatMap(SessionToken.init(rawValue:)) {
            try await area.accounts.signOut(token, from: area.client(request, context))
        }
        var response = Response.seeOther("/")
        response.endSession(in: context)
        return response
    }

    // MARK: Where to go on

    private func next(_ context: CourtContext, _ fields: Fields) -> HTML? {
        (context.form["next"] ?? context.query["next"]).flatMap(LocalPath.init).map { fields.hidden("next", $0.text) }
    }

    private func nextQuery(_ context: CourtContext) -> String {
        context.form["next"].flatMap(LocalPath.init).map { "?next=\($0.text)" } ?? ""
    }

    private func target(_ context: CourtContext) -> String {
        context.form["next"].flatMap(LocalPath.init)?.text ?? "/"
    }
}
