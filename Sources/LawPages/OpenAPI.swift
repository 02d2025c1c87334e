import Docket
import Hummingbird
import Procedure
import Web

/// The description of the API (OpenAPI 3.1), made from the same list of routes the server serves; each route's own
/// `APIOperation` says what it takes and answers, and requests are held to the same.
enum OpenAPI {
    /// - Parameter routes: any routes; those of kind `.api` are described. `OPTIONS` only offers the protocol.
    /// - Returns: canonical JSON in UTF-8.
    /// - Throws: `JSONFailure`, never for the routes of a court.
    static func document(routes: [Route], site: Site) throws(JSONFailure) -> [UInt8] {
        let described = routes.filter { $0.kind == .api && $0.method != .options }
        let cookie = CookieNames(secure: site.origin.secure).session
        var paths: [String: JSONValue] = [:]
        for (path, routes) in Dictionary(grouping: described, by: { path(of: $0) }) {
            let operations = routes.map { ($0.method.rawValue.lowercased(), OpenAPIOperation($0).json) }
            paths[path] = .object(Dictionary(operations, uniquingKeysWith: { first, _ in first }))
        }
        let document: [String: JSONValue] = [
            "openapi": .text("3.1.0"),
            "info": .object([
                "title": .text("Xiezhi online court: \(site.court.name.en)"),
                "version": .text(site.version),
                "description": .text(
                    "The same use cases as the pages, for programs. Every problem is RFC 9457 problem details in both "
                        + "languages. A write that carries an Idempotency-Key is done once, however often it is sent."),
            ]),
            "servers": .array([.object(["url": .text("\(site.origin)")])]),
            "paths": .object(paths),
            "components": .object([
                "schemas": .object(OpenAPISchemas.all),
                "responses": .object(OpenAPISchemas.problemResponses),
                "securitySchemes": .object([
                    "session": .object([
                        "type": .text("apiKey"), "in": .text("cookie"), "name": .text(cookie),
                        "description": .text("The session a person got by signing in. Writes also need X-CSRF-Token."),
                    ]),
                    "bearer": .object([
                        "type": .text("http"), "scheme": .text("bearer"),
                        "description": .text("The same session token in the Authorization header."),
                    ]),
                ]),
            ]),
        ]
        return try CanonicalJSON.bytes(.object(document))
    }

    /// `/cases/:docket` as `/cases/{docket}`.
    static func path(of route: Route) -> String {
        route.template.split(separator: "/", omittingEmptySubsequences: false).map { part in
            part.hasPrefix(":") ? "{\(part.dropFirst())}" : String(part)
        }.joined(separator: "/")
    }

    static func parameters(of route: Route) -> [String] {
        route.template.split(separator: "/").filter { $0.hasPrefix(":") }.map { String($0.dropFirst()) }
    }
}
