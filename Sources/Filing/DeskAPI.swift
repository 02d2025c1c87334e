import Accounts
import Docket
import Foundation
import Hummingbird
import NIOCore
import Procedure
import Storage
import Web

/// The desk for programs: the same use cases, JSON in and out.
extension FilingDesk {
    func mountAPI(on routes: inout Routes) {
        routes.get("/api/v1/desk/filings", face: .chambers, kind: .api, listFilings)
        routes.post("/api/v1/desk/filings/:docket/docket", face: .chambers, kind: .api) { request, context in
            let (form, step) = try await decision(DocketForm.self, request, context)
            try await docketCase(step, exclusions: form.exclusions ?? [])
            return try await standing(of: step)
        }
        routes.post("/api/v1/desk/filings/:docket/correction", face: .chambers, kind: .api) { request, context in
            let (form, step) = try await decision(CorrectionForm.self, request, context)
            try await requestCorrection(step, items: form.items, due: form.due)
            return try await standing(of: step)
        }
        routes.post("/api/v1/desk/filings/:docket/return", face: .chambers, kind: .api) { request, context in
            let (form, step) = try await decision(ReturnForm.self, request, context)
            try await returnPapers(step, reason: try required(form.reason, "reason", max: 2_000))
            return try await standing(of: step)
        }
        routes.post("/api/v1/desk/filings/:docket/transfer", face: .chambers, kind: .api) { request, context in
            let (form, step) = try await decision(TransferForm.self, request, context)
            try await adviseTransfer(
                step, to: try required(form.court, "court", max: 200),
                reason: try required(form.reason, "reason", max: 2_000))
            return try await standing(of: step)
        }
    }

    @Sendable private func listFilings(_ request: Request, _ context: CourtContext) async throws -> FilingListJSON {
        try context.person().require(.readFilingDesk, now: context.now)
        let offset = context.query["offset"].flatMap(Int.init) ?? 0
        guard (0...1_000_000).contains(offset) else {
            throw Malformed(Words("offset须为非负整数。", "offset must be a whole number from 0."))
        }
        let (rows, total) = try await matters.queue(
            owner: "filing-clerk", person: nil, today: context.today, limit: 100, offset: offset)
        return FilingListJSON(total: total, filings: rows.map(FilingJSON.init))
    }

    /// Reads the body once: its bytes are what an idempotency key stands for.
    private func decision<Form: SeenForm>(
        _ type: Form.Type, _ request: Request, _ context: CourtContext
    ) async throws -> (Form, DeskStep) {
        let viewer = try context.person()
        let bytes = Array(try await request.body.collect(upTo: 65_536).readableBytesView)
        let form = try JSONDecoder().decode(type, from: Data(bytes))
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
