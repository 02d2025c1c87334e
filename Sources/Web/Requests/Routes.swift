import Hummingbird
import NIOCore

/// Where areas enter their routes. The list is also what tests and the API description read.
///
/// ```swift
/// routes.get("/cases/:docket", face: .public) { request, context in
///     Page(title: …) { … }
/// }
/// routes.form("/drafts/:docket/claims", face: .public, show: claimsPage, send: saveClaims)
/// ```
package struct Routes {
    package typealias Handler = @Sendable (Request, CourtContext) async throws -> Response

    struct Entry: Sendable {
        let route: Route
        let handler: Handler
        /// Draws the form again from what was typed when `handler` throws; the answer keeps the error's status.
        let show: FormPage?
    }

    /// Draws a form page from what is typed so far.
    package typealias FormPage = @Sendable (Request, CourtContext, Typed) async throws -> Page

    private(set) var entries: [Entry] = []

    package init() {}

    /// Every route, in the order of registration.
    package var list: [Route] { entries.map(\.route) }

    package mutating func get<Answer: ResponseGenerator>(
        _ template: String, face: Face, kind: Route.Kind = .page, access: Route.Access = .signedIn,
        _ handler: @escaping @Sendable (Request, CourtContext) async throws -> Answer
    ) {
        on(.get, template, face: face, kind: kind, access: access, handler)
    }

    package mutating func post<Answer: ResponseGenerator>(
        _ template: String, face: Face, kind: Route.Kind = .page, access: Route.Access = .signedIn,
        origin: Route.Origin = .ownPage, maximumBodyBytes: Int? = nil,
        _ handler: @escaping @Sendable (Request, CourtContext) async throws -> Answer
    ) {
        on(
            .post, template, face: face, kind: kind, access: access, origin: origin, maximumBodyBytes: maximumBodyBytes,
            handler)
    }

    /// A route of any method.
    ///
    /// - Parameter maximumBodyBytes: nil for 64 KiB on pages, 1 MiB elsewhere.
    package mutating func on<Answer: ResponseGenerator>(
        _ method: HTTPRequest.Method, _ template: String, face: Face, kind: Route.Kind = .page,
        access: Route.Access = .signedIn, origin: Route.Origin = .ownPage, maximumBodyBytes: Int? = nil,
        operation: APIOperation? = nil,
        _ handler: @escaping @Sendable (Request, CourtContext) async throws -> Answer
    ) {
        let route = Route(
            method: method, template: template, face: face, kind: kind, access: access, origin: origin,
            maximumBodyBytes: maximumBodyBytes ?? (kind == .page ? BodyLimit.form : BodyLimit.json),
            operation: operation)
        add(Entry(route: route, handler: { try await handler($0, $1).response(from: $0, context: $1) }, show: nil))
    }

    /// A form: GET shows it; POST sends it, and shows it again with what was typed when something is wrong.
    ///
    /// - Parameter send: usually answers with `Response.seeOther`.
    package mutating func form<Answer: ResponseGenerator>(
        _ template: String, face: Face, access: Route.Access = .signedIn, maximumBodyBytes: Int? = nil,
        show: @escaping FormPage,
        send: @escaping @Sendable (Request, CourtContext) async throws -> Answer
    ) {
        get(template, face: face, access: access) { try await show($0, $1, .nothing) }
        let route = Route(
            method: .post, template: template, face: face, kind: .page, access: access, origin: .ownPage,
            maximumBodyBytes: maximumBodyBytes ?? BodyLimit.form, operation: nil)
        add(Entry(route: route, handler: { try await send($0, $1).response(from: $0, context: $1) }, show: show))
    }

    private mutating func add(_ entry: Entry) {
        precondition(entry.route.template.hasPrefix("/"), "a template starts with a slash: \(entry.route.template)")
        precondition(!list.contains(entry.route), "\(entry.route.method) \(entry.route.template) is there already")
        entries.append(entry)
    }
}

extension Response {
    /// After a form was done: the browser goes on with a GET, so that reloading sends nothing twice.
    package static func seeOther(_ path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path])
    }
}
