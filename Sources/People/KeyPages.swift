import Accounts
import Hummingbird
import Procedure
import Web

/// Another password, new recovery codes: what a person signs in with, changed by the person.
struct KeyPages: Sendable {
    let area: PeopleArea

    // MARK: Password

    func passwordPage(_ context: CourtContext, _ typed: Typed) async throws -> Page {
        try requireFresh(context)
        let voice = context.voice
        let fields = Fields(typed, voice)
        return Page(
            voice("修改密码", "Change your password"),
            """
            <h1>\(voice("修改密码", "Change your password"))</h1>
            \(fields.summary)
            <p>\(voice("修改后，除本次以外的登录都会结束。", "Every sign-in but this one ends when it is changed."))</p>
            \(PostForm(
                """
                \(fields.secret("current", Words("现在的密码", "Password now"), autocomplete: "current-password"))
                \(fields.secret("password", Words("新密码", "New password"), hint: Words("至少8个字符。", "At least 8 characters."), autocomplete: "new-password"))
                \(Button.send(Words("修改密码", "Change the password"), voice))
                """).html(context))
            """)
    }

    func changePassword(_ request: Request, _ context: CourtContext) async throws -> Response {
        let (current, new) = try context.form.read { reader in
            (
                reader.secret("current", Words("现在的密码", "the password you use now")),
                reader.secret("password", Words("新密码", "the new password"))
            )
        }
        do {
            try await area.accounts.changePassword(
                from: current, to: new, by: try context.person(), from: area.client(request, context))
        } catch is SignInRefused {
            throw FormErrors("current", Words("现在的密码不对。", "This is not the password you use now."))
        }
        return .seeOther("/account")
    }

    // MARK: Recovery codes

    func recoveryCodesPage(_ context: CourtContext) async throws -> Page {
        try requireFresh(context)
        let voice = context.voice
        let left = try await area.accounts.recoveryCodesLeft(of: try context.person())
        return Page(
            voice("更换恢复码", "New recovery codes"),
            """
            <h1>\(voice("更换恢复码", "New recovery codes"))</h1>
            <p>\(voice("现在还有\(left)个可用。更换后，旧的全部作废。", "\(left) can still be used. New ones make all of them void."))</p>
            \(PostForm("\(Button.send(Words("更换恢复码", "Make new codes"), voice))").html(context))
            """)
    }

    func renewRecoveryCodes(_ context: CourtContext) async throws -> Page {
        Self.codesPage(try await area.accounts.renewRecoveryCodes(by: try context.person()), context.voice)
    }

    /// The only moment at which the codes can be read.
    static func codesPage(_ codes: [SpokenCode], _ voice: Voice) -> Page {
        Page(
            voice("请保存恢复码", "Keep your recovery codes"),
            """
            <h1>\(voice("请保存恢复码", "Keep your recovery codes"))</h1>
            <p>\(voice("手机丢失时，用其中一个代替动态口令。每个只能用一次，只显示这一次。", "If you lose your phone, use one of these instead of the code. Each works once. They are shown only now."))</p>
            <ul class="codes">\(codes.map { code -> HTML in "<li><code>\(code.grouped)</code></li>" })</ul>
            \(Button.link(Words("我已保存，继续", "I have kept them; continue"), voice, to: "/account"))
            """)
    }

    /// Asked before anything is typed, so that nothing typed is lost on the way to the code and back.
    private func requireFresh(_ context: CourtContext) throws {
        let viewer = try context.person()
        guard viewer.secondFactorAt != nil else { return }
        try viewer.requireFreshSecondFactor(now: context.now)
    }
}
