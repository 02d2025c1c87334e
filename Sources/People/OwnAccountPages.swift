import Accounts
import Hummingbird
import Procedure
import Web

/// One's own account: sessions, sign-ins, second factor, identity.
struct OwnAccountPages: Sendable {
    let area: PeopleArea

    func page(_ context: CourtContext) async throws -> Page {
        let viewer = try context.person()
        let voice = context.voice
        let sessions = try await area.accounts.sessions(of: viewer)
        let records = try await area.accounts.signInLog(of: viewer)
        let left = try await area.accounts.recoveryCodesLeft(of: viewer)
        let open = sessions.map { session -> HTML in
            """
            <li>\(said: session.device.isEmpty ? "—" : session.device) · \(session.address) · \(voice.timeElement(session.seenAt))\
            \(session.isCurrent ? " <strong>\(voice("本次登录", "this one"))</strong>" : nil)</li>

            """
        }
        let log = records.prefix(20).map { record -> HTML in
            "<li>\(voice.timeElement(record.at)) · \(voice(record.outcome.name)) · \(record.address)</li>"
        }
        return Page(
            voice("我的账号", "My account"),
            """
            <h1>\(voice("我的账号", "My account"))</h1>
            \(Facts([
                .init(Words("姓名", "Name"), "\(said: viewer.name)"),
                .init(Words("实名核验", "Identity"), viewer.isVerified ? "\(voice("已通过", "verified"))" : "<a href=\"/account/identity\">\(voice("未通过，去办理", "not yet; hand in your document"))</a>"),
                .init(Words("动态口令", "Second factor"), viewer.secondFactorAt == nil ? "<a href=\"/account/second-factor\">\(voice("设置", "Set it up"))</a>" : "\(voice("已设置", "set up"))"),
            ]
                + (viewer.secondFactorAt == nil
                    ? [] : [.init(Words("恢复码", "Recovery codes"), "\(voice("剩余\(left)个", "\(left) left"))", change: "/account/recovery-codes")])
                + [.init(Words("密码", "Password"), "••••••••", change: "/account/password")]).html(voice))
            <h2>\(voice("登录中的设备", "Where you are signed in"))</h2>
            <ul class="plain">\(open)</ul>
            \(Button.step(Words("结束其他登录", "End all others"), context, action: "/account/sessions/end", rank: .quiet))
            <h2>\(voice("登录记录", "Sign-ins"))</h2>
            <ul class="plain">\(log)</ul>
            """)
    }

    func endOthers(_ context: CourtContext) async throws -> Response {
        try await area.accounts.endOtherSessions(by: try context.person())
        return .seeOther("/account")
    }

    func secondFactorPage(_ context: CourtContext, _ typed: Typed) async throws -> Page {
        let viewer = try context.person()
        let voice = context.voice
        let fields = Fields(typed, voice)
        // After a wrong code the same secret must stand, or the app would hold another.
        let secret = try await area.accounts.beginSecondFactor(by: viewer)
        return Page(
            voice("设置动态口令", "Set up your one-time code"),
            """
            <h1>\(voice("设置动态口令", "Set up your one-time code"))</h1>
            \(fields.summary)
            <ol>
            <li>\(voice("在手机上打开任意一款验证器应用，选择手动添加。", "Open any authenticator app on your phone and add an entry by hand."))</li>
            <li>\(voice("输入下面的密钥：", "Type this key:"))
            \(Copyable(Words("密钥", "Key"), secret.typed).html(voice))</li>
            <li>\(voice("把应用显示的6位数字填在这里。", "Type the 6 digits the app shows."))</li>
            </ol>
            \(PostForm("\(fields.secret("code", Words("6位数字", "6 digits"), autocomplete: "one-time-code"))\(Button.send(Words("完成设置", "Finish"), voice))").html(context))
            """)
    }

    func setSecondFactor(_ request: Request, _ context: CourtContext) async throws -> Response {
        guard let token = context.sessionToken(request).flatMap(SessionToken.init(rawValue:)) else { throw NotFound() }
        let code = try context.form.read { $0.secret("code", Words("动态口令", "the code"), max: 40) }
        do {
            let set = try await area.accounts.confirmSecondFactor(
                code, in: token, from: area.client(request, context))
            var response = try KeyPages.codesPage(set.recoveryCodes, context.voice).response(
                from: request, context: context)
            response.startSession(set.token.rawValue, in: context)
            return response
        } catch let refused as SecondFactorRefused {
            throw FormErrors("code", refused.reason)
        }
    }
}
