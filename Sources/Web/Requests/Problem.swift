import Accounts
import Hummingbird
import Procedure

/// Why a request could not be done, as both pages and programs are told it (RFC 9457).
///
/// Every failure that reaches a person becomes one of these: a stable code, the reason and what to do, in both
/// languages, the article where there is one, and a way out.
package struct Problem: Error, Hashable, Sendable {
    package let status: HTTPResponse.Status
    /// Stable name for programs, metrics and tests, such as `service.no-consent`.
    package let code: String
    package let article: Article?
    package let reason: Words
    package let remedy: Words
    package let errors: [FieldError]
    /// What changed since the person looked, for a stale page (409).
    package let changes: [Words]
    /// For 429 and 503.
    package let retryAfterSeconds: Int?
    /// A link that repairs it; without one, the page leads home and to the court's counter.
    package let wayOut: WayOut?

    package struct WayOut: Hashable, Sendable {
        package let words: Words
        package let path: String

        package init(_ words: Words, path: String) {
            self.words = words
            self.path = path
        }
    }

    package init(
        _ status: HTTPResponse.Status, code: String, article: Article? = nil, reason: Words, remedy: Words,
        errors: [FieldError] = [], changes: [Words] = [], retryAfterSeconds: Int? = nil, wayOut: WayOut? = nil
    ) {
        self.status = status
        self.code = code
        self.article = article
        self.reason = reason
        self.remedy = remedy
        self.errors = errors
        self.changes = changes
        self.retryAfterSeconds = retryAfterSeconds
        self.wayOut = wayOut
    }
}

/// An error that says itself how it is told. Areas conform their own.
package protocol ProblemSource: Error {
    var problem: Problem { get }
}

// MARK: The failures of the web itself

/// The page needs somebody signed in. Pages lead to signing in and back; programs get 401.
package struct NotSignedIn: Error, Hashable, Sendable {
    package init() {}
}

/// The request makes no sense: broken escapes, an unknown field, a missing header. Answered 400.
package struct Malformed: Error, Hashable, Sendable {
    package let reason: Words

    package init(_ reason: Words) { self.reason = reason }
}

/// The person acted on something that has changed meanwhile. Answered 409 with what changed.
package struct Stale: Error, Hashable, Sendable {
    package let changes: [Words]

    package init(_ changes: [Words]) { self.changes = changes }
}

/// Cannot now; nothing is lost and later it will go. Answered 503 with `Retry-After`.
package struct Unavailable: Error, Hashable, Sendable {
    package let retryAfterSeconds: Int

    package init(retryAfterSeconds: Int = 5) { self.retryAfterSeconds = retryAfterSeconds }
}

/// Too much in too short a time. Answered 429.
package struct TooMany: Error, Hashable, Sendable {
    package let retryAfterSeconds: Int

    package init(retryAfterSeconds: Int) { self.retryAfterSeconds = retryAfterSeconds }
}

/// More bytes than the route takes. Answered 413.
package struct TooLarge: Error, Hashable, Sendable {
    package let maximumBytes: Int

    package init(maximumBytes: Int) { self.maximumBytes = maximumBytes }
}

/// The request does not prove that it comes from a page of ours. Answered 403 with what was typed kept.
struct ForeignForm: Error, Hashable, Sendable {}

/// The path is known, the method is not. Answered 405.
struct NotThisMethod: Error, Hashable, Sendable {
    let allowed: [HTTPRequest.Method]
}

extension Words {
    package static let formUnreadable = Words("表单内容无法读取。", "The form could not be read.")
}
