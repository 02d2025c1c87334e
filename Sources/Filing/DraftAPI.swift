import Accounts
import Docket
import Hummingbird
import NIOCore
import Procedure
import Storage
import Web

/// The same use cases for programs: JSON in and out.
extension FilingArea {
    func mountDraftAPI(on routes: inout Routes) {
        routes.api(.get, "/api/v1/drafts", face: .public, DraftOperations.list) { _, context in
            let drafts = try await drafts(of: context.person())
            return Answer(DraftListJSON(drafts: drafts.map { DraftJSON($0, today: context.today) }))
        }
        routes.api(.post, "/api/v1/drafts", face: .public, DraftOperations.begin) { _, context in
            let sent = try context.sent(as: NewDraftJSON.self)
            let docket = try await beginDraft(sent.form, by: context.person(), key: context.idempotencyKey)
            return Answer(DraftJSON(try await draft(docket, of: context.person()), today: context.today), .created)
        }
        routes.api(.get, "/api/v1/drafts/:docket", face: .public, DraftOperations.one) { _, context in
            Answer(DraftJSON(try await draft(context.id("docket"), of: context.person()), today: context.today))
        }
        routes.api(.put, "/api/v1/drafts/:docket/answers", face: .public, DraftOperations.save) { _, context in
            let sent = try context.sent(as: AutosaveRequest.self)
            let hand = try await save(
                sent.form, fields: sent.fields.keys.sorted(), in: context.id("docket"), by: context.person(),
                from: .version(sent.version))
            return Answer(DraftJSON(hand, today: context.today))
        }
        routes.api(
            .put, "/api/v1/drafts/:docket/consents", face: .public, DraftOperations.consent, putConsents)
        routes.api(
            .post, "/api/v1/drafts/:docket/evidence", face: .public, DraftOperations.addEvidence
        ) { _, context in
            let sent = try context.sent(as: EvidenceJSON.self)
            let docket: DocketID = try context.id("docket")
            try await addEvidence(sent.upload, to: docket, by: context.person())
            return Answer(DraftJSON(try await draft(docket, of: context.person()), today: context.today), .created)
        }
        routes.api(.post, "/api/v1/drafts/:docket/draw", face: .public, DraftOperations.draw) { _, context in
            let hand = try await drawComplaint(context.id("docket"), by: context.person())
            return Answer(DraftJSON(hand, today: context.today))
        }
        routes.api(.post, "/api/v1/drafts/:docket/submit", face: .public, DraftOperations.submit) { _, context in
            let sent = try context.sent(as: SubmitJSON.self)
            let docket: DocketID = try context.id("docket")
            let entry = try await submit(
                docket, digest: sent.digest, code: sent.code, by: context.person(), key: context.idempotencyKey,
                arrived: context.now)
            let (answer, _) = try await signedAnswer(entry, in: docket, of: context.person())
            return Answer(answer, .created)
        }
    }

    @Sendable private func putConsents(_ request: Request, context: CourtContext) async throws -> Answer<DraftJSON> {
        let sent = try context.sent(as: ConsentsJSON.self)
        let (stages, service) = (
            notices.onlineStages.shown(in: sent.language), notices.electronicService.shown(in: sent.language)
        )
        // Whoever answers has read a text: the digests say which, and an old one does not count.
        guard sent.stagesNotice == stages.digest, sent.serviceNotice == service.digest else {
            throw Stale([Words.noticeChanged])
        }
        let wanted = Set(DraftContent.stages.map(\.rawValue))
        guard Set(sent.stages.keys) == wanted, !sent.postal.trimmingSpace.isEmpty, sent.postal.count <= 200 else {
            throw FormErrors(
                "stages",
                Words(
                    "请对证据交换和庭审分别答复，并填写邮寄地址。",
                    "Answer for the exchange of evidence and for the hearing, and give a postal address."))
        }
        let hand = try await change(context.id("docket"), by: context.person(), from: .newest) { content, _ in
            content.consents = DraftContent.stages.map { stage in
                .init(stage: stage, agreed: sent.stages[stage.rawValue] == true, notice: stages)
            }
            content.address = .init(agreed: sent.service, postal: sent.postal.trimmingSpace, notice: service)
        }
        return Answer(DraftJSON(hand, today: context.today))
    }
}

/// JSON with its own status.
private struct Answer<Body: Encodable & Sendable>: ResponseGenerator {
    let body: Body
    let status: HTTPResponse.Status

    init(_ body: Body, _ status: HTTPResponse.Status = .ok) { (self.body, self.status) = (body, status) }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        let bytes = try CanonicalJSON.bytes(JSONCoding.encode(body))
        return Response(
            status: status, headers: [.contentType: "application/json", .contentLength: String(bytes.count)],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

private struct NewDraftJSON: Decodable { let form: String }
private struct EvidenceJSON: Decodable { let upload: UploadID }
private struct SubmitJSON: Decodable { let digest, code: String }

private struct ConsentsJSON: Decodable {
    let language: Language
    let stages: [String: Bool]
    let stagesNotice: ContentDigest
    let service: Bool
    let serviceNotice: ContentDigest
    let postal: String

    enum CodingKeys: String, CodingKey {
        case language, stages, service, postal
        case stagesNotice = "stages_notice"
        case serviceNotice = "service_notice"
    }
}

private struct DraftListJSON: Encodable, Sendable { let drafts: [DraftJSON] }

private struct DraftJSON: Encodable, Sendable {
    struct Exhibit: Encodable, Sendable { let exhibit, name, proves, origin, digest: String }
    struct Gap: Encodable, Sendable { let field, reason, reason_zh: String }

    let docket: DocketID
    let form: String
    let version: Int
    let fields: [String: [String]]
    let exhibits: [Exhibit]
    let sum: Money
    /// What is missing or wrong; empty when it can be drawn.
    let missing: [Gap]
    /// Of the complaint as drawn from exactly this; absent until then.
    let digest: String?

    init(_ hand: DraftAtHand, today: CourtDay) {
        docket = hand.draft.docket
        form = hand.form.id
        version = hand.draft.version
        fields = hand.content.answers.fields
        exhibits = hand.content.exhibits.map {
            Exhibit(
                exhibit: $0.exhibit.rawValue, name: $0.name, proves: $0.proves, origin: $0.origin?.rawValue ?? "",
                digest: $0.file.digest.rawValue)
        }
        sum = hand.sumInDispute
        missing = hand.gaps(today: today).map { gap in
            Gap(field: gap.error.field, reason: gap.error.words.en, reason_zh: gap.error.words.zh)
        }
        digest = hand.content.drawn?.document.digest?.rawValue
    }
}
