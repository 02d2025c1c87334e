import Accounts
import Docket
import Documents
import Evidence
import Foundation
import Procedure
import Storage

@testable import Web

/// A case in which the complaint has been served, entered act by act.
struct TestCase: Sendable {
    let docket: DocketID
    let plaintiff = PartyID(high: 3, low: 1)
    let defendant = PartyID(high: 3, low: 2)
    let refund = ClaimID(high: 4, low: 1)
    let photo = ExhibitID(high: 5, low: 1)
    let photoFile: FileID
}

extension TestCourt {
    /// - Parameter fileName: what the plaintiff's one exhibit is called.
    func servedCase(fileName: String = "订单.jpg", bytes: [UInt8] = jpeg) async throws -> TestCase {
        let docket = try await registry.newDocket()
        let stored = try await files.put(bytes, in: docket, .main, name: fileName)
        let complaintFile = try await files.put(Array("%PDF-1.7 complaint".utf8), in: docket, .main, name: "民事起诉状.pdf")
        let story = TestCase(docket: docket, photoFile: stored.id)
        let paper = DocumentReference(document: .random(), kind: .complaint, files: [try complaintFile.reference])
        let acts = try story.acts(paper: paper, photo: try stored.reference, at: registry.clock.now)
        try await registry.write(on: [docket]) { [files] t in
            var open = try t.open(docket, kind: .matter)
            for (act, person, capacity) in acts {
                let acting = Acting(account: person.account, capacity: capacity)
                try t.enter([act], in: &open, by: acting)
            }
            try files.record(stored, at: t.now, in: t.storage)
            try files.record(complaintFile, at: t.now, in: t.storage)
        }
        return story
    }
}

extension TestCase {
    func acts(
        paper: DocumentReference, photo file: FileReference, at now: Instant
    ) throws -> [(DecidedAct, Person, Capacity)] {
        guard let digest = paper.digest, let number = CaseNumber(rawValue: "（2026）演0192民初42号"),
            let draw = JudgeDraw(
                among: [.init(judge: Person.judge.account, name: "法官甲", workload: 1, barred: nil)],
                seed: .init(high: 1, low: 2))
        else { throw NotFound() }
        let notice = NoticeShown(name: "online-stages", version: 1, digest: digest, language: .chinese)
        let service = Identifier<Named.Service>(high: 8, low: 1)
        let today = CourtZone.china.day(of: now)
        let complaint = Complaint(
            cause: "C088.08", parties: [place(plaintiff, .plaintiff, "林晓演"), place(defendant, .defendant, "赵示范")],
            claims: [Claim(claim: refund, kind: .refund, text: "退还货款1280元", amount: .yuan(1_280))],
            facts: "电水壶与页面描述不符。", answers: [:], form: "online-shopping/1",
            exhibits: [
                OfferedExhibit(
                    exhibit: photo, name: "订单页面截图", proves: "订立了合同", origin: .digitisedCopy, file: file)
            ], document: paper,
            signature: Signature(account: Person.buyer.account, factor: .timeCode, at: now, digest: digest))
        let consents = [plaintiff, defendant].map { party in
            DecidedAct(
                .participation(
                    .consentGiven(ConsentGiven(party: party, stage: .evidenceExchange, notice: notice))),
                under: .consentPerStage, party: party)
        }
        return [
            (DecidedAct(.filing(.submitted(ComplaintSubmitted(complaint: complaint)))), .buyer, .party),
            (
                DecidedAct(
                    .filing(
                        .docketed(
                            CaseDocketed(number: number, procedure: .smallClaims, reasons: [], draw: draw)))),
                .clerk, .filingClerk
            ),
            (
                DecidedAct(
                    .participation(
                        .linked(
                            CaseLinked(
                                party: defendant, account: Person.seller.account, name: "赵示范", inTime: true)))),
                .seller, .party
            ),
            (consents[0], .buyer, .party), (consents[1], .seller, .party),
            (
                DecidedAct(
                    .service(
                        .sent(
                            DocumentsSent(
                                service: service, party: defendant, documents: [paper], channel: .account)))),
                .clerk, .clerk
            ),
            (DecidedAct(.service(.arrived(ServiceArrived(service: service, party: defendant)))), .clerk, .clerk),
            (
                DecidedAct(
                    .evidence(
                        .periodSet(
                            EvidencePeriodSet(
                                party: defendant, evidenceBy: today.adding(days: 7), answerBy: today.adding(days: 7))))),
                .clerk, .clerk
            ),
        ]
    }

    private func place(_ party: PartyID, _ role: PartyPlace.Role, _ name: String) -> PartyPlace {
        PartyPlace(
            party: party, role: role, ordinal: 1,
            details: PartyDetails(
                name: name, residentNumber: nil, address: "杭州市演示路2号", telephone: "13900000001", tradeName: nil))
    }
}

/// The first bytes of a photograph, and then enough to cut ranges from.
let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + (0..<2_000).map { UInt8(truncatingIfNeeded: $0) }
