import Hummingbird

extension Site {
    /// The router of this face: routes of the other face are not in it, so they do not exist.
    package func router(_ routes: Routes) -> Router<CourtContext> {
        let router = Router(context: CourtContext.self, options: .autoGenerateHeadEndpoints)
        let served = routes.entries.filter { face.serves($0.route.face) }
        let gets = Set(served.filter { $0.route.method == .get }.map(\.route.template))
        let pipeline = Pipeline(site: self, getTemplates: gets)

        for entry in served {
            router.on(RouterPath(entry.route.template), method: entry.route.method) { request, context in
                await pipeline.answer(request, context, entry)
            }
        }
        for (template, entries) in Dictionary(grouping: served, by: \.route.template) {
            let allowed = entries.map(\.route.method)
            for method in Self.methods where !allowed.contains(method) {
                router.on(RouterPath(template), method: method) { request, context in
                    await pipeline.refuse(request, context, NotThisMethod(allowed: allowed))
                }
            }
        }
        // Added last: it then wraps only what no route took.
        router.add(middleware: Unrouted(pipeline: pipeline))
        return router
    }

    private static let methods: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete, .options, .trace, .query]
}

private struct Unrouted: RouterMiddleware {
    typealias Context = CourtContext
    let pipeline: Pipeline

    func handle(
        _ request: Request, context: CourtContext, next: (Request, CourtContext) async throws -> Response
    ) async throws -> Response {
        await pipeline.refuse(request, context, HTTPError(.notFound))
    }
}

extension HTTPRequest.Method {
    /// A search with a body ; no route takes it, and it is told so like the others.
    fileprivate static let query = HTTPRequest.Method("QUERY") ?? .trace
}
