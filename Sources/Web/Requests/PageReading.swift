import Accounts
import Hummingbird
import Procedure

/// That a person is about to be shown something that is not public, for the log of readings.
package struct PageReading: Sendable {
    package let viewer: Viewer
    /// As the route is written: `/cases/:docket/entries/:entry`.
    package let template: String
    /// The docket of the page's address; nil for a list.
    package let docket: DocketID?
    /// The other variable parts of the address, in order, joined by slashes.
    package let object: String
    package let at: Instant

    /// - Returns: nil for what is no reading: a form that was sent, a page for everyone, a person's own lists.
    init?(_ request: Request, _ context: CourtContext, answered response: Response) {
        guard request.method == .get, response.status.kind == .successful, let viewer = context.viewer,
            let route = context.route, route.access == .signedIn
        else { return nil }
        let docket = try? context.id("docket", as: DocketID.self)
        guard docket != nil || viewer.isStaff else { return nil }
        self.viewer = viewer
        template = route.template
        self.docket = docket
        object = route.template.split(separator: "/")
            .filter { $0.hasPrefix(":") && $0 != ":docket" }
            .compactMap { context.parameters.get(String($0.dropFirst())) }
            .joined(separator: "/")
        at = context.now
    }
}
