import Accounts
import Procedure
import Web

/// Asks for the second factor before anything is typed, rather than after (身份再次验证).
///
/// - Source: Online Litigation Rules art. 7.
struct IdentityNotice: Sendable {
    let matter: HeardCase
    /// How long a verification holds for what is done here.
    let within: Duration
    /// Where the person comes back to.
    let place: String

    func html(_ context: CourtContext) -> HTML? {
        let voice = context.voice
        do {
            try matter.viewer.requireFreshSecondFactor(within: within, now: context.now)
            return nil
        } catch {
            let minutes = Int(within.components.seconds / 60)
            return Notice(
                .warning, title: Words("请先验证身份", "Verify your identity first"),
                """
                <p>\(voice("发言和签名之前须重新验证身份，\(minutes)分钟内有效。", "Before you speak or sign, your identity is verified again; that holds for \(minutes) minutes.")) \(ArticleLink(.realName).html(voice))</p>
                <p>\(Button.link(Words("输入动态口令", "Enter the one-time code"), voice, to: "/step-up?next=\(place)", rank: .quiet))</p>
                """
            ).html(voice)
        }
    }
}
