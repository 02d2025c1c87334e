import Procedure
import Storage

/// One line of the sign-in log (登录记录), as the person sees it. Kept at least six months.
///
/// - Source: Cybersecurity Law art. 23 (logs); Online Litigation Rules art. 7 (whose act it was).
package struct SignInRecord: Hashable, Sendable {
    package enum Outcome: String, CaseIterable, Sendable {
        case signedIn = "signed-in"
        /// The password was right; the second factor was asked for.
        case passwordOnly = "password-only"
        case wrong
        case secondFactor = "second-factor"
        case wrongSecondFactor = "wrong-second-factor"
        case recoveryCode = "recovery-code"
        case secondFactorSet = "second-factor-set"
        case passwordChanged = "password-changed"
        case registered
        case enrolled
        case signedOut = "signed-out"

        package var name: Words {
            switch self {
            case .signedIn: Words("已登录", "Signed in")
            case .passwordOnly: Words("密码正确，等待动态口令", "Password right, code asked for")
            case .wrong: Words("密码错误", "Wrong password")
            case .secondFactor: Words("动态口令正确", "Code right")
            case .wrongSecondFactor: Words("动态口令错误", "Wrong code")
            case .recoveryCode: Words("使用了恢复码", "Recovery code used")
            case .secondFactorSet: Words("设置了动态口令", "Second factor set up")
            case .passwordChanged: Words("更改了密码", "Password changed")
            case .registered: Words("注册", "Registered")
            case .enrolled: Words("启用账号", "Account enrolled")
            case .signedOut: Words("已退出", "Signed out")
            }
        }

        /// Something the person should look at: perhaps it was not them.
        package var isSuspicious: Bool { self == .wrong || self == .wrongSecondFactor || self == .recoveryCode }
    }

    package let at: Instant
    package let outcome: Outcome
    /// Masked, such as `203.0.113.*`.
    package let address: String
    package let device: String
}

extension AccountRegister {
    /// The last lines of the person's own log, the newest first.
    package func signInLog(of viewer: Viewer, limit: Int = 50) async throws -> [SignInRecord] {
        try await store.read { t in
            try t.rows(
                "SELECT id, at, outcome, address, device FROM account_sign_in WHERE account = $1 ORDER BY at DESC, id LIMIT $2",
                viewer.account, limit
            ).compactMap { row in
                // A newer release may know more outcomes; this one leaves them out.
                guard let outcome = SignInRecord.Outcome(rawValue: try row.text(2)) else { return nil }
                let id: Identifier<SignInTag> = try row.identifier(0)
                return SignInRecord(
                    at: try row.instant(1), outcome: outcome, address: try row.text(3),
                    device: try keys.open(try row.bytes(4), .device, of: id))
            }
        }
    }

    /// - Parameter account: nil when nobody has the name; the line is written all the same.
    func log(
        _ outcome: SignInRecord.Outcome, of account: AccountID?, from client: Client, at now: Instant,
        in t: Transaction
    ) throws {
        let id = Identifier<SignInTag>.random()
        try t.run(
            "INSERT INTO account_sign_in (id, account, at, outcome, address, device) VALUES ($1, $2, $3, $4, $5, $6)",
            id, account, now, outcome.rawValue, client.maskedAddress, try keys.seal(client.device, .device, of: id))
    }
}

enum SignInTag {}
