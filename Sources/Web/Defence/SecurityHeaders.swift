import HTTPTypes
import Hummingbird

/// The headers of every answer, errors and downloads included.
enum SecurityHeaders {
    static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "media-src 'self'",
        "connect-src 'self'", "worker-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
        "object-src 'none'",
    ].joined(separator: "; ")

    static func apply(to response: inout Response, secure: Bool, kind: Route.Kind?) {
        for (name, value) in fixed { response.headers[name] = value }
        // A download says more than the page's policy: it runs nothing at all.
        if response.headers[.contentSecurityPolicy] == nil { response.headers[.contentSecurityPolicy] = policy }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        if secure { response.headers[.strictTransportSecurity] = "max-age=63072000; includeSubDomains" }
        // The same address answers in two languages and to several people.
        response.headers[.vary] = "Cookie, Accept, Accept-Language, Accept-Encoding"
    }

    private static let fixed: [(HTTPField.Name, String)] = [
        (.xContentTypeOptions, "nosniff"),
        (.referrerPolicy, "no-referrer"),
        (.crossOriginOpenerPolicy, "same-origin"),
        (.crossOriginResourcePolicy, "same-origin"),
        (
            .permissionsPolicy,
            "camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=(), browsing-topics=()"
        ),
    ]
}

extension HTTPField.Name {
    static let referrerPolicy = known("Referrer-Policy")
    static let crossOriginOpenerPolicy = known("Cross-Origin-Opener-Policy")
    static let permissionsPolicy = known("Permissions-Policy")
    static let clearSiteData = known("Clear-Site-Data")
    static let forwardedFor = known("X-Forwarded-For")
    static let secFetchSite = known("Sec-Fetch-Site")
    static let csrfToken = known("X-CSRF-Token")
    static let requestID = known("X-Request-Id")
    package static let idempotencyKey = known("Idempotency-Key")

    static func known(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("no header name: \(text)") }
        return name
    }
}
