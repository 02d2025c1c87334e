import Accounts
import Docket
import Hummingbird
import Procedure
import Storage
import Web

/// The desk for programs: the same use cases, JSON in and out.
extension FilingDesk {
    func mountAPI(on routes: inout Routes) {
        let one = "/api/v1/desk/filings/:docket"
        routes.api(.get, "/api/v1/desk/filings", face: .chambers, DeskOperations.list, listFilings)
        routes.api(.post, "\(one)/docket", face: .chambers, DeskOperations.docket) { _, context in
            let (form, step) = try decision(DocketForm.self, context)
            try await docketCase(step, exclusions: form.exclusions ?? [])
            return try await standing(of: step)
        }
        routes.api(.post, "\(one)/correction", face: .chambers, DeskOperations.correct) { _, context in
            let (form, step) = try decision(CorrectionForm.self, context)
            try await requestCorrection(step, items: form.items, due: form.due)
            return try await standing(of: step)
        }
        routes.api(.post, "\(one)/return", face: .chambers, DeskOperations.sendBack) { _, context in
            let (form, step) = try decision(ReturnForm.self, context)
            try await returnPapers(step, reason: try required(form.reason, "reason", max: 2_000))
            return try await standing(of: step)
        }
        routes.api(.post, "\(one)/transfer", face: .chambers, DeskOperations.transfer) { _, context in
            let (form, step) = try decision(TransferForm.self, context)
            try await adviseTransfer(
                step, to: try required(form.court, "court", max: 200),
                reason: try required(form.reason, "reason", max: 2_000))
            return try await standing(of: step)
        }
    }

    @Sendable private func listFilings(_ request: Request, _ context: CourtContext) async throws -> FilingListJSON {
        try context.person().require(.readFilingDesk, now: context.now)
        let offset = context.query["offset"].flatMap(Int.init) ?? 0
        let (rows, total) = try await matters.queue(
            owner: "filing-clerk", person: nil, today: context.today, limit: 100, offset: offset)
        return FilingListJSON(total: total, filings: rows.map(FilingJSON.init))
    }

    /// What was sent; its bytes in canonical form are what an idempotency key stands for.
    private func decision<Form: SeenForm>(
        _ type: Form.Type, _ context: CourtContext
    ) throws -> (Form, DeskStep) {
        let viewer = try context.person()
        let form = try context.sent(as: type)
        let bytes = try CanonicalJSON.bytes(context.json ?? .null)
        let docket: DocketID = try context.id("docket")
        let scope = "\(viewer.account) \(context.route?.template ?? "") \(docket)"
        let sending = Sending(key: context.idempotencyKey, scope: scope, request: bytes)
        return (
            form,
            DeskStep(docket: docket, seen: form.seen, viewer: viewer, sending: sending, arrived: context.now)
        )
    }

    private func required(_ text: String, _ field: String, max: Int) throws -> String {
        guard !text.isBlank, text.count <= max else {
            throw FormErrors(field, Words("请填写，最多\(max)个字。", "Needed, at most \(max) characters."))
        }
        return text
    }

    private func standing(of step: DeskStep) async throws -> StandingJSON {
        let (head, state) = try await read(step.docket)
        return StandingJSON(
            docket: step.docket, phase: state.phase, number: state.filing.docketed?.number, seen: head.position)
    }
}

/// A decision names what it was made on.
private protocol SeenForm: Decodable, Sendable {
    var seen: Int { get }
}

private struct DocketForm: SeenForm {
    let seen: Int
    let exclusions: [SmallClaimsExclusion]?
}

private struct CorrectionForm: SeenForm {
    let seen: Int
    let items: [CorrectionItem]
    let due: CourtDay
}

private struct ReturnForm: SeenForm {
    let seen: Int
    let reason: String
}

private struct TransferForm: SeenForm {
    let seen: Int
    let court: String
    let reason: String
}

private struct FilingListJSON: ResponseEncodable {
    let total: Int
    let filings: [FilingJSON]
}

private struct FilingJSON: Encodable {
    let docket: DocketID
    let step: Duty.Step
    let phase: CasePhase
    let title: String
    let cause: String
    let submitted: Instant
    let due: CourtDay?

    init(_ row: DutyRow) {
        docket = row.matter.docket
        step = row.step
        phase = row.matter.phase
        title = row.matter.title
        cause = row.matter.cause
        submitted = row.matter.submitted
        due = row.due
    }
}

/// Where the case stands after the decision; `seen` goes into the next one.
private struct StandingJSON: ResponseEncodable {
    let docket: DocketID
    let phase: CasePhase
    let number: CaseNumber?
    let seen: Int
}
