import Foundation
import Procedure

/// What a password must be: long enough and not what everyone tries first. No mix of characters is asked for.
///
/// - Source: ASVS 5.0.0 V6.2.1–12; NIST SP 800-63B: 15 characters alone, 8 beside a second factor, spaces and any
///   script allowed.
package enum PasswordRules {
    package static let minimumBesideSecondFactor = 8
    package static let minimumAlone = 15
    package static let maximum = 128

    /// Checks a new password.
    ///
    /// - Parameter about: what others know of the person (names, numbers); a password may not be one of these.
    /// - Returns: the password as it is hashed, in NFKC.
    package static func check(_ typed: String, about: [String]) throws(Refusal) -> AcceptedPassword {
        guard typed.utf8.count <= maximum * 4 else { throw .passwordTooLong }
        let password = normalised(typed)
        let length = password.unicodeScalars.count
        guard length >= minimumBesideSecondFactor else { throw .passwordTooShort }
        guard length <= maximum else { throw .passwordTooLong }
        let folded = password.lowercased()
        guard !CommonPasswords.contains(folded) else { throw .passwordCommon }
        for known in about.map({ normalised($0).lowercased() }) where known.count >= 4 && folded.contains(known) {
            // What is left beside a known word must be a password by itself.
            guard folded.count - known.count >= minimumBesideSecondFactor else { throw .passwordCommon }
        }
        return AcceptedPassword(text: password, standsAlone: length >= minimumAlone)
    }

    /// The form in which passwords are hashed, so that one typed on another keyboard is the same.
    static func normalised(_ typed: String) -> String { typed.precomposedStringWithCompatibilityMapping }
}

/// A password that passed the rules.
package struct AcceptedPassword: Sendable {
    let text: String
    /// Long enough to sign in without a second factor.
    package let standsAlone: Bool
}

extension Refusal {
    package static let passwordTooShort = Refusal(
        code: "account.password-too-short", article: nil,
        reason: Words("密码少于8个字符。", "The password has fewer than 8 characters."),
        remedy: Words("请使用更长的密码，例如几个不相关的词。", "Use a longer one, such as a few unrelated words."), fields: ["password"])
    package static let passwordTooLong = Refusal(
        code: "account.password-too-long", article: nil,
        reason: Words("密码超过128个字符。", "The password has more than 128 characters."),
        remedy: Words("请缩短密码。", "Shorten it."), fields: ["password"])
    package static let passwordCommon = Refusal(
        code: "account.password-common", article: nil,
        reason: Words("这个密码太常见，或与您的个人信息相同，容易被猜到。", "This password is common, or known about you, and easy to guess."),
        remedy: Words(
            "请换一个别人猜不到的密码，例如几个不相关的词。", "Choose one that others would not guess, such as a few unrelated words."),
        fields: ["password"])
}
