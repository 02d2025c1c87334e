import Accounts
import Docket
import Hummingbird
import Procedure
import Storage
import Web

extension FilingDesk {
    /// The working tables of the court's side of filing.
    package static let migrations: [Migration] = [PaymentTable.migration, DeskSearchTable.migration]

    /// Enters every route of the court's side of filing.
    package func mount(on routes: inout Routes) {
        routes.form("/desk/filing", face: .chambers, show: queuePage, send: search)
        routes.get("/desk/filing/:docket", face: .chambers) { try await casePage($0, $1, .nothing) }
        routes.form("/desk/filing/:docket/docketing", face: .chambers, show: casePage, send: sendDocketing)
        routes.form("/desk/filing/:docket/correction", face: .chambers, show: casePage, send: sendCorrection)
        routes.form("/desk/filing/:docket/transfer", face: .chambers, show: casePage, send: sendTransferAdvice)
        routes.form("/desk/filing/:docket/return", face: .chambers, show: casePage, send: sendReturn)
        routes.form("/desk/filing/:docket/notices", face: .chambers, show: casePage, send: sendNotices)
        routes.form("/desk/filing/:docket/post", face: .chambers, show: postPage, send: sendPost)
        routes.form("/desk/filing/:docket/ruling", face: .chambers, show: rulingPage, send: sendRuling)
        routes.form("/desk/filing/:docket/bench", face: .chambers, show: benchPage, send: sendRedraw)
        routes.get("/desk/filing/:docket/payments", face: .chambers) { try await paymentsPage($0, $1, .nothing) }
        routes.form("/desk/filing/:docket/settlement", face: .chambers, show: paymentsPage, send: sendSettlement)
        routes.form("/desk/filing/:docket/refund", face: .chambers, show: paymentsPage, send: sendRefund)
        routes.get("/cases/:docket/fee", face: .public, feePage)
        mountPayments(on: &routes)
        mountAPI(on: &routes)
    }

    /// The step a form of the desk asks for.
    func step(_ context: CourtContext) throws -> DeskStep {
        let viewer = try context.person()
        guard let seen = context.form["seen"].flatMap(Int.init) else { throw Malformed(.formUnreadable) }
        return DeskStep(
            docket: try context.id("docket"), seen: seen, viewer: viewer,
            sending: Sending(context, by: viewer.account), arrived: context.now)
    }

    @Sendable func sendDocketing(_ request: Request, _ context: CourtContext) async throws -> Response {
        let step = try step(context)
        let exclusions = try context.form.all("exclusion").map { text in
            guard let exclusion = SmallClaimsExclusion(rawValue: text) else { throw Malformed(.formUnreadable) }
            return exclusion
        }
        try await docketCase(step, exclusions: exclusions)
        return .seeOther("/desk/filing/\(step.docket)")
    }

    @Sendable func sendCorrection(_ request: Request, _ context: CourtContext) async throws -> Response {
        let step = try step(context)
        let (items, due) = try context.form.read { reader in
            let items = FilingCheck.allCases.filter { reader.isChecked("check-\($0.rawValue)") }.map { check in
                CorrectionItem(
                    check: check,
                    explanation: reader.text("why-\(check.rawValue)", Words("如何补正", "how to mend it"), max: 1_000))
            }
            return (items, reader.day("due", Words("补正期限", "the last day for correction")))
        }
        try await requestCorrection(step, items: items, due: due)
        return .seeOther("/desk/filing")
    }

    @Sendable func sendTransferAdvice(_ request: Request, _ context: CourtContext) async throws -> Response {
        let step = try step(context)
        let (court, reason) = try context.form.read { reader in
            (
                reader.text("transfer-court", Words("有管辖权的法院", "the competent court"), max: 200),
                reader.text("transfer-reason", Words("理由", "the reason"), max: 2_000)
            )
        }
        try await adviseTransfer(step, to: court, reason: reason)
        return .seeOther("/desk/filing")
    }

    @Sendable func sendReturn(_ request: Request, _ context: CourtContext) async throws -> Response {
        let step = try step(context)
        let reason = try context.form.read { $0.text("return-reason", Words("退回原因", "the reason"), max: 2_000) }
        try await returnPapers(step, reason: reason)
        return .seeOther("/desk/filing")
    }

    @Sendable func sendNotices(_ request: Request, _ context: CourtContext) async throws -> Response {
        let step = try step(context)
        try await serveNoticesAgain(step)
        return .seeOther("/desk/filing/\(step.docket)")
    }
}
