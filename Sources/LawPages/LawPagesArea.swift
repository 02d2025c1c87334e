import Hummingbird
import Procedure
import Web

/// What anyone may read without an account: the home page, the calculators, the articles, the description of the API.
package struct LawPagesArea: Sendable {
    let tables: Tables
    let court: CourtProfile

    package init(tables: Tables, court: CourtProfile) {
        self.tables = tables
        self.court = court
    }

    /// - Parameter all: every route of the court, asked when the description of the API is read.
    package func mount(on routes: inout Routes, all: @escaping @Sendable () -> [Route]) {
        routes.get("/", face: .both, access: .anyone) { [self] _, context in homePage(context) }
        routes.get("/offline", face: .both, access: .anyone) { [self] _, context in counterPage(context) }
        routes.get("/law", face: .both, access: .anyone) { _, context in instrumentsPage(context) }
        routes.get("/law/fee", face: .both, access: .anyone) { [self] _, context in try feePage(context) }
        routes.get("/law/deadline", face: .both, access: .anyone) { [self] _, context in try deadlinePage(context) }
        routes.get("/law/:instrument/:number", face: .both, access: .anyone) { [self] _, context in
            try articlePage(context)
        }
        mountQuestions(on: &routes)
        let itself = APIOperation("This description", answers: .anything)
        routes.api(.get, "/api/v1/openapi.json", face: .both, access: .anyone, itself) { _, context in
            let served = all().filter { context.site.face.serves($0.face) }
            return Response.json(try OpenAPI.document(routes: served, site: context.site))
        }
    }
}
