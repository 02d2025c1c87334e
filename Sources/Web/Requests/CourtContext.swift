import Accounts
import Docket
import Hummingbird
import Logging
import NIOCore
import Procedure

/// What a handler knows of the request beside its bytes: who, in which language, when, from where.
///
/// The pipeline fills it before any handler runs.
package struct CourtContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The address at the other end of the socket; behind a proxy it is the proxy's.
    let socketAddress: String?

    package internal(set) var site: Site
    /// Shown on every error page and kept in the log; says nothing about the person.
    package internal(set) var requestID: String
    /// Of the client, also behind configured proxies. For limits only: never shown, never logged.
    package internal(set) var clientAddress: String
    package internal(set) var preferences: Preferences
    package internal(set) var viewer: Viewer?
    /// The court's clock at the arrival of the request; a demonstration may have moved it.
    package internal(set) var now: Instant
    /// What happened up to this number of the feed, a page drawn for this request has seen.
    package internal(set) var feedNumber: Int64
    package internal(set) var query: Query
    /// The fields of a urlencoded form; empty for anything else.
    package internal(set) var form: Form
    /// What a program sent, read strictly and held to the description; nil for pages.
    package internal(set) var json: JSONValue?
    /// Where the switches for language and size lead back to: this page, as a GET can show it.
    package internal(set) var place: String
    /// Names a repeated sending of the same request (D31): the `Idempotency-Key` header or the form's `_once`.
    package internal(set) var idempotencyKey: IdempotencyKey?
    package internal(set) var route: Route?
    var proof: FormProof

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        socketAddress = source.channel.remoteAddress?.ipAddress
        site = .unset
        requestID = ""
        clientAddress = socketAddress ?? "unknown"
        preferences = Preferences(language: .chinese)
        now = Instant(milliseconds: 0)
        feedNumber = 0
        query = Query(nil)
        form = Form()
        place = "/"
        proof = .unset
    }

    package var maxUploadSize: Int { route?.maximumBodyBytes ?? BodyLimit.json }

    package var voice: Voice { Voice(preferences.language, zone: site.court.zone) }
    package var language: Language { preferences.language }
    package var isLarge: Bool { preferences.largeText != nil }
    package var face: Face { site.face }
    package var today: CourtDay { site.court.zone.day(of: now) }

    /// The person signed in.
    ///
    /// - Throws: `NotSignedIn`; never inside a route whose access is `.signedIn`.
    package func person() throws(NotSignedIn) -> Viewer {
        guard let viewer else { throw NotSignedIn() }
        return viewer
    }

    /// An id in the path, such as `:docket`.
    ///
    /// - Throws: `NotFound` when it is none, so that a wrong id and a strange one look alike.
    package func id<T>(_ name: String, as: Identifier<T>.Type = Identifier<T>.self) throws(NotFound) -> Identifier<T> {
        guard let id = parameters.get(name).flatMap(Identifier<T>.init(rawValue:)) else { throw NotFound() }
        return id
    }

    /// Any other part of the path.
    package func part(_ name: String) throws(NotFound) -> String {
        guard let part = parameters.get(name) else { throw NotFound() }
        return part
    }
}

/// A key under which the same request is done once, however often it is sent (D31).
package struct IdempotencyKey: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    /// - Returns: nil unless it has 8 to 128 visible ASCII characters.
    package init?(rawValue: String) {
        guard (8...128).contains(rawValue.utf8.count), rawValue.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        self.rawValue = rawValue
    }
}
