import Accounts
import Docket
import Procedure
import Storage
import Testing
import Web

@testable import Filing

/// Steps of a case before and at the desk, as sentences.
extension DeskCourt {
    /// A complaint that was just sent, about a kettle that was not what the shop page said.
    func submitted(confirmingAddress: Bool = true, plaintiff: Person = .buyer) async throws -> DocketID {
        let docket = try await registry.newDocket()
        let complaint = Complaint.kettle(signedBy: plaintiff)
        try await registry.write(on: [docket]) { t in
            var open = try t.open(docket, kind: .matter)
            let acting = Acting(account: plaintiff.account, capacity: .party, party: .plaintiff)
            try t.enter(
                open.state.decide(SubmitComplaint(complaint: complaint), in: t.context(acting)), in: &open, by: acting)
            guard confirmingAddress else { return }
            let confirm = ConfirmAddress(
                party: .plaintiff, account: plaintiff.account, notice: .address, postal: "杭州市西湖区文三路演示小区")
            try t.enter(open.state.decide(confirm, in: t.context(acting)), in: &open, by: acting)
        }
        return docket
    }

    func act(
        _ docket: DocketID, as person: Person, _ decide: @escaping @Sendable (CaseState, Context) throws -> [DecidedAct]
    ) async throws {
        try await registry.write(on: [docket]) { t in
            var open = try t.docket(docket)
            let acting = Acting(account: person.account, capacity: .party, party: .plaintiff)
            try t.enter(decide(open.state, t.context(acting)), in: &open, by: acting)
        }
    }

    func state(_ docket: DocketID) async throws -> CaseState { try await registry.docket(docket).state }

    /// What somebody at the desk decides on the case as it stands now, unless an older sight of it is given.
    func step(
        _ docket: DocketID, by person: Person = .filingClerk, seen: Int? = nil, key: String? = nil,
        request: String = ""
    ) async throws -> DeskStep {
        let now = try await registry.docket(docket).head.position
        return DeskStep(
            docket: docket, seen: seen ?? now, viewer: person.viewer,
            sending: Sending(
                key: key.flatMap(IdempotencyKey.init(rawValue:)), scope: "\(person.account) test",
                request: Array(request.utf8)),
            arrived: clock.now)
    }

    var today: CourtDay { registry.court.zone.day(of: clock.now) }

    /// A case docketed, its notices served, waiting for the fee.
    func waitingForFee() async throws -> (docket: DocketID, notice: FeeNoticed) {
        let docket = try await submitted()
        try await desk.docketCase(step(docket))
        try await desk.serveNotices(of: docket)
        return (docket, try #require(try await state(docket).fee.notice))
    }

    func callback(
        _ notice: FeeNoticed, amount: Money? = nil, reference: String = "BANK-1", paid: Instant? = nil
    ) throws -> [UInt8] {
        try PaymentCallback(
            payment: notice.payment, amount: amount ?? notice.amount, reference: reference, paid: paid ?? clock.now
        ).body
    }

    /// Sends a callback as the payment service would: signed now.
    func send(_ body: [UInt8], signedAt: Instant? = nil) async throws -> PaymentOutcome {
        try await desk.takeCallback(
            body, signature: desk.callbacks.header(for: body, at: signedAt ?? clock.now), now: clock.now,
            arrived: clock.now)
    }

    /// How many effects of a kind were asked for.
    func effects(_ kind: String) async throws -> Int {
        try await registry.store.read { t in
            Int(try t.row("SELECT COUNT(*) FROM outbox WHERE kind = $1", kind)?.integer(0) ?? -1)
        }
    }
}

extension PartyID {
    static let plaintiff = PartyID(high: 3, low: 1)
    static let defendant = PartyID(high: 3, low: 2)
}

extension ContentDigest {
    static func of(_ byte: UInt8) -> ContentDigest {
        guard let digest = ContentDigest(bytes: [UInt8](repeating: byte, count: 32)) else {
            preconditionFailure("a digest has 32 bytes")
        }
        return digest
    }
}

extension NoticeShown {
    static let address = NoticeShown(
        name: "electronic-service", version: 1, digest: .of(9), language: .chinese)
}

extension Complaint {
    static func kettle(signedBy person: Person, edition: UInt8 = 1, receivedIn: String = "杭州市") -> Complaint {
        let document = DocumentReference(
            document: .random(), kind: .complaint,
            files: [
                FileReference(
                    file: .random(), digest: .of(edition), bytes: 48_000, mediaType: "application/pdf",
                    name: "民事起诉状.pdf")
            ])
        return Complaint(
            cause: "C088.08",
            parties: [
                PartyPlace(
                    party: .plaintiff, role: .plaintiff, ordinal: 1,
                    details: PartyDetails(
                        name: person.name, residentNumber: "330106199003075421", address: "杭州市西湖区文三路演示小区3幢502室",
                        telephone: "13900000001", tradeName: nil)),
                PartyPlace(
                    party: .defendant, role: .defendant, ordinal: 1,
                    details: PartyDetails(
                        name: Person.seller.name, residentNumber: nil, address: "义乌市演示街88号", telephone: "13900000002",
                        tradeName: "好水壶小店")),
            ],
            claims: [
                Claim(claim: .random(), kind: .refund, text: "退还货款1280元", amount: .yuan(1_280)),
                Claim(claim: .random(), kind: .compensation, text: "支付价款三倍的赔偿3840元", amount: .yuan(3_840)),
                Claim(claim: .random(), kind: .costs, text: "诉讼费用由被告负担", amount: nil),
            ],
            facts: "原告在被告经营的网店购买电水壶一只，页面写明内胆为304不锈钢；经检测为201不锈钢，被告拒绝退款。",
            answers: ["platform": "演示商城", "receipt_city": receivedIn],
            form: "online-shopping/1", exhibits: [], document: document,
            signature: Signature(
                account: person.account, factor: .demonstration, at: "2026-01-05T01:02:03.004Z", digest: .of(edition)))
    }
}
