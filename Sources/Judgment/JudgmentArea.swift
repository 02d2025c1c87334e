import Accounts
import Docket
import Documents
import Hummingbird
import Procedure
import Storage
import Suggestions
import Web

/// Deciding a case (裁判): the draft, its checks, the signed judgment, and the ruling on an unpaid fee.
package struct JudgmentArea: Sendable {
    let registry: Registry
    let press: DocumentPress
    let files: FileStore
    let statutes: Statutes

    package init(registry: Registry, press: DocumentPress, files: FileStore, statutes: Statutes) {
        self.registry = registry
        self.press = press
        self.files = files
        self.statutes = statutes
    }

    package static let migrations: [Migration] = [JudgmentDraftTable.migration]

    /// Takes away what is kept of a docket whose keys are destroyed.
    package static func forget(_ docket: DocketID, in transaction: Transaction) throws {
        try JudgmentDraftTable.delete(docket, in: transaction)
    }

    package var handlers: [EffectHandler] { [] }

    package func mount(on routes: inout Routes) {
        let pages = DraftJudgmentPages(area: self)
        routes.form(
            "/cases/:docket/judgment", face: .chambers, maximumBodyBytes: 512 * 1024,
            show: { _, context, typed in try await pages.page(context, typed) },
            send: { request, context in try await pages.save(request, context) })
        let signing = SignJudgmentPages(area: self)
        routes.form(
            "/cases/:docket/judgment/sign", face: .chambers,
            show: { _, context, typed in try await signing.page(context, typed) },
            send: { _, context in try await signing.sign(context) })
        let unpaid = UnpaidFeePages(area: self)
        routes.form(
            "/cases/:docket/judgment/unpaid", face: .chambers,
            show: { _, context, typed in try await unpaid.page(context, typed) },
            send: { _, context in try await unpaid.rule(context) })
        mountAPI(on: &routes)
    }

    /// The case, for its judge; for everyone else there is no such page.
    func read(_ context: CourtContext) async throws -> (
        docket: DocketID, head: DocketHead, state: CaseState, viewer: Viewer
    ) {
        let viewer = try context.person()
        let docket: DocketID = try context.id("docket")
        do {
            let (head, state) = try await registry.docket(docket)
            guard viewer.relations(in: state).contains(.judge) else { throw NotFound() }
            return (docket, head, state, viewer)
        } catch is NoSuchDocket {
            throw NotFound()
        }
    }
}
