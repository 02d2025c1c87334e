import Hummingbird

/// One entry of the generated list of routes: what tests walk through and the API description is made from.
package struct Route: Hashable, Sendable {
    package enum Kind: String, Codable, Sendable {
        case page
        case api
        /// Bytes for pages: style, script, pictures, streams.
        case asset
    }

    package enum Access: String, Codable, Sendable {
        case anyone
        case signedIn = "signed-in"
    }

    /// How a request that changes something proves where it comes from.
    package enum Origin: String, Codable, Sendable {
        /// The form proof of our own page, or a bearer token.
        case ownPage = "own-page"
        /// The caller signs the request itself (callbacks of a payment service).
        case callerSigns = "caller-signs"
    }

    package let method: HTTPRequest.Method
    /// With named parts: `/cases/:docket`.
    package let template: String
    package let face: Face
    package let kind: Kind
    package let access: Access
    package let origin: Origin
    package let maximumBodyBytes: Int
    /// For programs: what is said of it in the description. Nil for pages.
    package let operation: APIOperation?

    package static func == (a: Route, b: Route) -> Bool { a.method == b.method && a.template == b.template }
    package func hash(into hasher: inout Hasher) {
        hasher.combine(method)
        hasher.combine(template)
    }
}

package enum BodyLimit {
    /// A form without files.
    package static let form = 64 * 1024
    package static let json = 1024 * 1024
    /// A form with one file (D55): 50 MB and the fields around it.
    package static let upload = 50_000_000 + 64 * 1024
    /// A chunk of a resumable upload.
    package static let chunk = 16 * 1024 * 1024
}
