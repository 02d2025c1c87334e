import Hummingbird

/// The names of our cookies and how they are set. Behind TLS they are `__Host-`: this host only, never over plain HTTP.
package struct CookieNames: Sendable {
    package let session: String
    let seed: String
    private let secure: Bool

    package init(secure: Bool) {
        self.secure = secure
        session = secure ? "__Host-xz" : "xz"
        seed = secure ? "__Host-xz-form" : "xz-form"
    }

    private var attributes: String { "Path=/; HttpOnly; SameSite=Lax\(secure ? "; Secure" : "")" }

    func seed(_ value: String) -> String { "\(seed)=\(value); \(attributes)" }

    fileprivate func session(_ token: String) -> String { "\(session)=\(token); \(attributes)" }
    fileprivate var noSession: String { "\(session)=; Max-Age=0; \(attributes)" }

    /// Readable by our script, which may switch without a round trip.
    func preference(_ name: String, _ value: String, secure: Bool) -> String {
        "\(name)=\(value); Path=/; Max-Age=31536000; SameSite=Lax\(secure ? "; Secure" : "")"
    }
}

extension Response {
    /// Hands the browser its session; the token is written nowhere else.
    package mutating func startSession(_ token: String, in context: CourtContext) {
        let names = CookieNames(secure: context.site.origin.secure)
        headers.append(.init(name: .setCookie, value: names.session(token)))
    }

    /// Takes the session away, and what the browser kept for it, so that the next person on a shared phone finds nothing.
    package mutating func endSession(in context: CourtContext) {
        let names = CookieNames(secure: context.site.origin.secure)
        headers.append(.init(name: .setCookie, value: names.noSession))
        headers[.clearSiteData] = "\"cache\", \"storage\""
    }
}

extension CourtContext {
    /// The session token the browser sent, for signing out.
    package func sessionToken(_ request: Request) -> String? {
        request.cookies[CookieNames(secure: site.origin.secure).session]?.value
    }
}
