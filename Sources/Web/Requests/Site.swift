import Accounts
import Crypto
import Hummingbird
import Logging
import Procedure

/// What the web needs to know of the court it serves; made once at start.
package struct Site: Sendable {
    package var court: CourtProfile
    package var face: Face
    /// Shown in the footer of every page.
    package var version: String
    /// As people type it, such as `https://court.example`; decides whether cookies are `__Host-` and HSTS is sent.
    package var origin: Origin
    /// Addresses of the proxies whose `X-Forwarded-For` is believed.
    package var trustedProxies: Set<String>
    package var limits: RateLimits
    /// Keys the proofs in forms; 32 random bytes that all processes of the court share.
    package var formKey: SymmetricKey
    package var logger: Logger
    /// The court's clock.
    package var now: @Sendable () -> Instant
    /// Who a session token belongs to; nil when it is unknown or over.
    package var viewer: @Sendable (_ token: String) async throws -> Viewer?
    /// What the process needs to serve, each by name: empty means ready.
    package var missing: @Sendable () async -> [String]
    /// The number of the feed that open pages were told of last.
    package var feedNumber: @Sendable () -> Int64 = { 0 }
    /// Writes down what somebody is about to be shown; when it fails they are not shown it.
    package var noteReading: @Sendable (PageReading) async throws -> Void = { _ in }
    /// A demonstration shows its people the one-time code an app would show them; nil everywhere else.
    package var demonstrationCode: (@Sendable (Viewer, Instant) -> String?)?
    /// Links of the header beside the court's name, by who looks.
    package var navigation: @Sendable (CourtContext) -> [Page.Link]

    package init(
        court: CourtProfile, face: Face, version: String, origin: Origin, formKey: SymmetricKey, logger: Logger,
        trustedProxies: Set<String> = [], limits: RateLimits = .standard,
        now: @escaping @Sendable () -> Instant,
        viewer: @escaping @Sendable (_ token: String) async throws -> Viewer?,
        missing: @escaping @Sendable () async -> [String] = { [] },
        navigation: @escaping @Sendable (CourtContext) -> [Page.Link] = { _ in [] }
    ) {
        self.court = court
        self.face = face
        self.version = version
        self.origin = origin
        self.formKey = formKey
        self.logger = logger
        self.trustedProxies = trustedProxies
        self.limits = limits
        self.now = now
        self.viewer = viewer
        self.missing = missing
        self.navigation = navigation
    }

    /// Stands in a context until the pipeline has filled it.
    static let unset = Site(
        court: CourtProfile(
            code: "", name: Words("", ""), kind: .internet, province: "", city: "", zone: .china,
            address: Words("", ""),
            telephone: "", counterHours: Words("", ""), appealCourt: Words("", ""), isDemonstration: false),
        face: .public, version: "", origin: Origin(secure: false, authority: "localhost"),
        formKey: SymmetricKey(size: .bits256),
        logger: Logger(label: "unset"), now: { Instant(milliseconds: 0) }, viewer: { _ in nil })
}

/// Scheme, host and port of the court's own pages.
package struct Origin: Hashable, Sendable, CustomStringConvertible {
    package let secure: Bool
    /// Host, with the port where it is not the scheme's own: `127.0.0.1:8080`.
    package let authority: String

    package init(secure: Bool, authority: String) {
        self.secure = secure
        self.authority = authority
    }

    /// - Returns: nil unless it reads `http://host[:port]` or `https://host[:port]`, without a path.
    package init?(_ text: String) {
        let (secure, rest): (Bool, Substring)
        if text.hasPrefix("https://") {
            (secure, rest) = (true, text.dropFirst(8))
        } else if text.hasPrefix("http://") {
            (secure, rest) = (false, text.dropFirst(7))
        } else {
            return nil
        }
        guard !rest.isEmpty, !rest.contains(where: { "/?#@\\ ".contains($0) }) else { return nil }
        self.init(secure: secure, authority: rest.lowercased())
    }

    package var description: String { "\(secure ? "https" : "http")://\(authority)" }
}
