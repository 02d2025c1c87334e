import Accounts
import Crypto
import Docket
import Documents
import Foundation
import Procedure
import Storage
import Testing
import Web

@testable import ServiceOfProcess

extension PartyID {
    static let plaintiff = PartyID(high: 1, low: 1)
    static let defendant = PartyID(high: 1, low: 2)
}

extension Once {
    /// A sending of its own.
    static var fresh: Once { .unnamed }
}

extension TestCourt {
    /// A case about a kettle, submitted by the buyer and docketed.
    func docketed(against name: String = "赵示范") async throws -> DocketID {
        let docket = try await registry.newDocket()
        let paper = try await document(.complaint, in: docket)
        guard let digest = paper.digest else { throw NotFound() }
        let complaint = Complaint(
            cause: "C088.08",
            parties: [
                PartyPlace(
                    party: .plaintiff, role: .plaintiff, ordinal: 1,
                    details: PartyDetails(
                        name: "林晓演", residentNumber: "11010519900307101X", address: "杭州市西湖区文三路演示小区3幢502室",
                        telephone: "13900000001", tradeName: nil)),
                PartyPlace(
                    party: .defendant, role: .defendant, ordinal: 1,
                    details: PartyDetails(
                        name: name, residentNumber: nil, address: "义乌市演示街88号", telephone: "13900000002",
                        tradeName: "好水壶小店")),
            ],
            claims: [
                Claim(
                    claim: .random(), kind: .refund, text: "判令被告退还货款1280元", amount: Money(minorUnits: 128_000))
            ],
            facts: "页面写明内胆为304不锈钢；经检测为201不锈钢。", answers: [:], form: "online-shopping/1", exhibits: [],
            document: paper,
            signature: Signature(account: buyer.account, factor: .timeCode, at: now, digest: digest))
        let candidate = JudgeDraw.Candidate(judge: Self.judge, name: "法官甲", workload: 0, barred: nil)
        guard let draw = JudgeDraw(among: [candidate], seed: .random()),
            let number = CaseNumber(year: 2026, court: "演0192", type: "民初", serial: 42)
        else { throw NotFound() }
        try await enter(in: docket, by: Acting(account: buyer.account, capacity: .party, party: .plaintiff)) {
            try $0.decide(SubmitComplaint(complaint: complaint), in: $1)
        }
        try await enter(in: docket, by: Acting(account: Self.judge, capacity: .filingClerk)) {
            try $0.decide(
                DocketCase(number: number, procedure: .smallClaims, reasons: ["标的额在限额以内"], draw: draw), in: $1)
        }
        return docket
    }

    /// The same with the letter drawn and the code as the clerk prints it.
    func invited(answerDays: Int = 15) async throws -> (docket: DocketID, code: String) {
        let docket = try await docketed()
        try await invite(docket, answerBy: today.adding(days: answerDays))
        return (docket, try await code(docket))
    }

    func invite(_ docket: DocketID, answerBy: CourtDay, once: Once = .fresh) async throws {
        _ = try await area.invite(
            in: docket, answerBy: answerBy, address: "https://court.example/link", by: Self.clerk, once: once)
    }

    func code(_ docket: DocketID) async throws -> String {
        let (letters, now) = (area.letters, now)
        return try #require(
            try await registry.store.read { try letters.code(for: .defendant, in: docket, at: now, in: $0) })
    }

    /// The seller types the code and links the case.
    func link(_ code: String, by viewer: Viewer? = nil) async throws {
        let token = try await area.begin(code, from: Self.home)
        _ = try await area.link(token, by: viewer ?? seller, arrived: now, from: Self.home)
    }

    func consent(_ viewer: Viewer, _ stage: Stage, agreed: Bool, in docket: DocketID) async throws {
        let digest = area.notices.onlineStages.shown(in: .chinese).digest.rawValue
        _ = try await area.answerConsent(
            in: docket, stage, agreed: agreed, seen: digest, by: viewer, arrived: now, once: .fresh)
    }

    func confirmAddress(_ viewer: Viewer, in docket: DocketID) async throws {
        let digest = area.notices.electronicService.shown(in: .english).digest.rawValue
        _ = try await area.confirmAddress(
            in: docket, postal: "义乌市演示街88号", seen: digest, by: viewer, arrived: now, once: .fresh)
    }

    /// A case whose defendant takes part and can be served.
    func joined() async throws -> DocketID {
        let (docket, code) = try await invited()
        try await link(code)
        try await confirmAddress(seller, in: docket)
        return docket
    }

    /// The judge's signature on the judgment, as it stands in the docket.
    func sign(_ docket: DocketID) async throws {
        let document = try await document(.judgment, in: docket)
        let digest = try #require(document.digest)
        let content = JudgmentContent(
            findings: "商品内胆材质与页面描述不符。", reasons: "被告应退还货款。", decisions: [], performWithinDays: 10, cited: [],
            provisions: [], feeShares: [])
        let signature = Signature(account: Self.judge, factor: .timeCode, at: now, digest: digest)
        let act = JudgmentSigned(content: content, document: document, signature: signature)
        try await enter(in: docket, by: Acting(account: Self.judge, capacity: .judge)) { _, _ in
            [DecidedAct(.judgment(.signed(act)), under: .smallClaims)]
        }
    }

    func pronounce(_ docket: DocketID) async throws {
        try await enter(in: docket, by: Acting(account: Self.judge, capacity: .judge)) { _, _ in
            [DecidedAct(.judgment(.pronounced(JudgmentPronounced())), under: .pronouncement)]
        }
    }

    /// Enters what the rules decide, as another area would.
    func enter(
        in docket: DocketID, by acting: Acting,
        _ decide: @escaping @Sendable (CaseState, Context) throws -> [DecidedAct]
    ) async throws {
        let exists = (try? await registry.docket(docket)) != nil
        try await registry.write(on: [docket]) { t in
            var open = try exists ? t.docket(docket) : t.open(docket, kind: .matter)
            try t.enter(try decide(open.state, t.context(acting)), in: &open, by: acting)
        }
    }

    /// A paper with real stored bytes.
    func document(_ kind: DocumentKind, in docket: DocketID) async throws -> DocumentReference {
        let file = try await files.put(
            Array("%PDF-1.7 \(kind.rawValue)".utf8), in: docket, .main, name: "\(kind.name.zh).pdf", mediaType: .pdf)
        let now = now
        try await registry.store.write { [files] in try files.record(file, at: now, in: $0) }
        return DocumentReference(document: .random(), kind: kind, files: [try file.reference])
    }

    /// The bytes that a document names.
    func bytes(of document: DocumentReference) async throws -> [UInt8] {
        let reference = try #require(document.files.first)
        let file = try #require(try await files.file(reference.file))
        var bytes: [UInt8] = []
        for try await buffer in try await files.open(file).stream() {
            bytes.append(contentsOf: buffer.readableBytesView)
        }
        return bytes
    }

    /// Expects the rules to decline with this code.
    func refuses(_ code: String, sourceLocation: SourceLocation = #_sourceLocation, _ step: () async throws -> Void)
        async
    {
        do {
            try await step()
            Issue.record("it happened instead of being refused with \(code)", sourceLocation: sourceLocation)
        } catch let refusal as Refusal {
            #expect(refusal.code == code, sourceLocation: sourceLocation)
        } catch {
            Issue.record(error, sourceLocation: sourceLocation)
        }
    }
}
