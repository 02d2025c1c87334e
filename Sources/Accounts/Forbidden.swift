import Procedure

/// The person may know that it exists, and may not do this. Answered 403.
package struct Forbidden: Error, Hashable, Sendable {
    package let deed: Deed

    package init(_ deed: Deed) { self.deed = deed }
}

/// It does not exist, or the person may not know that it does; the two must look alike. Answered 404.
package struct NotFound: Error, Hashable, Sendable {
    package init() {}
}

/// The step needs the second factor again; afterwards the same request may pass. Answered with the step-up page.
package struct SecondFactorNeeded: Error, Hashable, Sendable {
    package let reason = Words("此操作需要重新验证动态口令。", "This step needs your one-time code again.")

    package init() {}
}

/// A second factor must be set up before anything else. Answered with the page that does it.
package struct EnrolmentNeeded: Error, Hashable, Sendable {
    package let reason = Words("请先设置动态口令。", "Please set up a second factor first.")

    package init() {}
}

/// Too much was tried; not a word on whether the account, code or address exists. Answered 429.
package struct TooManyAttempts: Error, Hashable, Sendable {
    /// From then on another attempt counts.
    package let retryAt: Instant
    package let reason = Words("尝试次数过多，请稍后再试。", "Too many attempts. Please wait before you try again.")

    package init(retryAt: Instant) { self.retryAt = retryAt }
}

extension Refusal {
    /// - Source: Online Litigation Rules art. 7.
    package static let identityNotVerified = Refusal(
        code: "account.identity-not-verified",
        article: Article(.onlineLitigation, 7),
        reason: Words("您的身份尚未通过实名核验。", "Your identity has not been verified yet."),
        remedy: Words(
            "请等待立案窗口核验，或补充身份证件照片。", "Wait for the check by the filing desk, or add photographs of your document."))
}
