import Accounts
import Crypto
import Hummingbird
import Logging
import Metrics
import NIOCore
import Procedure
import Storage

/// What every request goes through, in this order: names and preferences, limits, session, origin, body, handler; then
/// errors become answers, and headers, metrics and the log line are the same for all.
struct Pipeline: Sendable {
    let site: Site
    let getTemplates: Set<String>
    private let buckets: RateLimiter
    private let cookies: CookieNames

    init(site: Site, getTemplates: Set<String>) {
        self.site = site
        self.getTemplates = getTemplates
        buckets = RateLimiter(site.limits)
        cookies = CookieNames(secure: site.origin.secure)
    }

    func answer(_ request: Request, _ context: CourtContext, _ entry: Routes.Entry) async -> Response {
        let started = ContinuousClock.now
        var request = request
        var context = prepare(request, context, entry.route)
        var response: Response
        do {
            if let switched = switchPreferences(request, context) {
                response = switched
            } else {
                try await admit(&request, &context, entry.route)
                response = try await entry.handler(request, context)
                if let reading = PageReading(request, context, answered: response) {
                    try await site.noteReading(reading)
                }
            }
        } catch {
            response = await answer(error, request, context, entry)
        }
        return finish(response, request, context, started)
    }

    /// For what has no handler: an unknown path, an unknown method.
    func refuse(_ request: Request, _ context: CourtContext, _ error: any Error) async -> Response {
        let started = ContinuousClock.now
        var context = prepare(request, context, nil)
        var response: Response
        do {
            try buckets.admit(address: context.clientAddress)
            try await recogniseViewer(request, &context)
            throw error
        } catch {
            response = await answer(error, request, context, nil)
        }
        if let method = error as? NotThisMethod {
            response.headers[.allow] = method.allowed.map(\.rawValue).joined(separator: ", ")
        }
        return finish(response, request, context, started)
    }

    // MARK: Before the handler

    private func prepare(_ request: Request, _ context: CourtContext, _ route: Route?) -> CourtContext {
        var context = context
        context.site = site
        context.route = route
        context.now = site.now()
        context.feedNumber = site.feedNumber()
        context.requestID = String(context.id.suffix(16))
        context.clientAddress = ClientAddress.of(request, socket: context.socketAddress, proxies: site.trustedProxies)
        context.preferences = Preferences(of: request)
        context.query = Query(request.uri.query)
        context.place = place(request, route)
        let session = request.cookies[cookies.session]?.value
        context.proof = FormProof(key: site.formKey, seed: request.cookies[cookies.seed]?.value, session: session)
        return context
    }

    private func place(_ request: Request, _ route: Route?) -> String {
        guard request.method == .get || request.method == .head || getTemplates.contains(route?.template ?? "") else {
            return "/"
        }
        let query = (request.uri.query ?? "").split(separator: "&").filter { pair in
            !Preferences.parameters.contains(String(pair.prefix { $0 != "=" }))
        }
        let text = request.uri.path + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
        return LocalPath(text)?.text ?? "/"
    }

    /// `?lang=en` and its like set a cookie and lead back to the same place.
    private func switchPreferences(_ request: Request, _ context: CourtContext) -> Response? {
        guard request.method == .get, context.route?.kind == .page,
            let changes = Preferences.changes(in: context.query.form.pairs)
        else { return nil }
        var response = Response.seeOther(context.place)
        for (name, value) in changes {
            response.headers.append(
                .init(name: .setCookie, value: cookies.preference(name, value, secure: site.origin.secure)))
        }
        return response
    }

    private func admit(_ request: inout Request, _ context: inout CourtContext, _ route: Route) async throws {
        if route.kind != .asset { try buckets.admit(address: context.clientAddress) }
        try await recogniseViewer(request, &context)
        if let viewer = context.viewer { try buckets.admit(account: viewer.account) }
        try await readBody(&request, &context, route)
        if route.access == .signedIn, context.viewer == nil { throw NotSignedIn() }
        try requireOwnPage(request, context, route)
        context.idempotencyKey = try idempotencyKey(request, context)
        if route.kind == .api { try JSONBody.checkQuery(context.query, for: route) }
        if route.takesJSON { context.json = try await JSONBody.read(&request, for: route) }
    }

    private func recogniseViewer(_ request: Request, _ context: inout CourtContext) async throws {
        guard let token = bearer(request) ?? request.cookies[cookies.session]?.value, token.utf8.count <= 200 else {
            return
        }
        context.viewer = try await site.viewer(token)
    }

    private func bearer(_ request: Request) -> String? {
        guard let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer ") else { return nil }
        return String(header.dropFirst(7)).trimmed
    }

    private func readBody(_ request: inout Request, _ context: inout CourtContext, _ route: Route) async throws {
        guard ![.get, .head].contains(request.method) else { return }
        let limit = route.maximumBodyBytes
        if let length = request.headers[.contentLength] {
            guard let bytes = Int(length), bytes >= 0 else { throw Malformed(.formUnreadable) }
            guard bytes <= limit else { throw TooLarge(maximumBytes: limit) }
        }
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true else {
            request.body = RequestBody(asyncSequence: LimitedBody(body: request.body, limit: limit))
            return
        }
        let most = min(limit, BodyLimit.json)
        var bytes = ByteBuffer()
        for try await part in request.body {
            guard bytes.readableBytes + part.readableBytes <= most else { throw TooLarge(maximumBytes: most) }
            bytes.writeImmutableBuffer(part)
        }
        request.body = RequestBody(buffer: bytes)
        context.form = try Form(urlEncoded: bytes.readableBytesView)
    }

    /// Cross-site requests fail: by what the browser says of itself, and by the proof only our pages carry.
    private func requireOwnPage(_ request: Request, _ context: CourtContext, _ route: Route) throws {
        guard ![.get, .head, .options].contains(request.method), route.origin == .ownPage, bearer(request) == nil else {
            return
        }
        let saysOwn = try BrowserOrigin.check(request, own: site.origin)
        if let token = request.headers[.csrfToken] ?? context.form[FormProof.field] {
            guard context.proof.accepts(token) else { throw ForeignForm() }
        } else {
            // A form with a file carries its proof in the first part, checked where the parts are read.
            guard saysOwn, request.headers[.contentType]?.lowercased().hasPrefix("multipart/form-data") == true else {
                throw ForeignForm()
            }
        }
    }

    private func idempotencyKey(_ request: Request, _ context: CourtContext) throws -> IdempotencyKey? {
        guard let text = request.headers[.idempotencyKey] ?? context.form["_once"] else { return nil }
        guard let key = IdempotencyKey(rawValue: text) else {
            throw Malformed(Words("重复请求标识不正确。", "The idempotency key needs 8 to 128 visible ASCII characters."))
        }
        return key
    }

    // MARK: After the handler

    private func answer(
        _ error: any Error, _ request: Request, _ context: CourtContext, _ entry: Routes.Entry?
    ) async -> Response {
        let known = Problem(describing: error, now: context.now)
        if known == nil {
            // The type alone: descriptions may carry what people typed. Those of a database's errors never do.
            let name = (error as? StorageError).map { "StorageError.\($0)" } ?? "\(type(of: error))"
            site.logger.error(
                "unforeseen error",
                metadata: [
                    "request": "\(context.requestID)", "error": "\(name)",
                    "route": "\(entry?.route.template ?? "-")",
                ])
        }
        let problem = known ?? .unforeseen
        if problem.asksForPageAgain, let show = entry?.show {
            let general = problem.errors.isEmpty ? problem : nil
            let typed = Typed(context.form.repeatable, errors: problem.errors, problem: general)
            if var page = try? await show(request, context, typed), page.says(typed) {
                page.status = problem.status
                page.hasErrors = true
                return page.response(in: context)
            }
        }
        return problem.response(to: request, in: context)
    }

    private func finish(
        _ response: Response, _ request: Request, _ context: CourtContext, _ started: ContinuousClock.Instant
    ) -> Response {
        var response = response
        SecurityHeaders.apply(to: &response, secure: site.origin.secure, kind: context.route?.kind)
        response.headers[.requestID] = context.requestID
        if context.proof.isNew, response.headers[.contentType]?.hasPrefix("text/html") == true {
            response.headers.append(.init(name: .setCookie, value: cookies.seed(context.proof.seed)))
        }
        let elapsed = started.duration(to: .now)
        RequestMetrics.record(request, context.route, response.status, elapsed)
        AccessLog.write(request, response, context, elapsed, to: site.logger)
        return response
    }
}

extension Page {
    /// Whether the form is still on the page and says what is wrong. A step may have been taken meanwhile, and its form
    /// be gone; the problem's own page then keeps what was typed.
    fileprivate func says(_ typed: Typed) -> Bool {
        let names = typed.form.pairs.map(\.name)
        return body.text.contains("class=\"errors\"")
            && (names.isEmpty || names.contains { body.text.contains("name=\"\($0)\"") })
    }
}

extension Problem {
    /// Whether the form itself is the best place to say it.
    fileprivate var asksForPageAgain: Bool {
        status == .unprocessableContent || status == .badRequest && !errors.isEmpty
    }
}
