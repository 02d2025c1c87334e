import Accounts
import Docket
import Procedure
import Proofs
import Storage
import Testing
import Web

@testable import Filing

@Suite("Signing and sending")
struct SubmissionTests {
    @Test("a complaint is read, signed over its own bytes and sent with consents and address in one step")
    func submit() async throws {
        try await TestCourt.open { court in
            let docket = try await court.complete()
            let hand = try await court.area.drawComplaint(docket, by: court.buyer)
            let digest = try #require(hand.content.drawn?.document.digest)
            let entry = try await court.submit(docket, hand)

            let (_, state) = try await court.registry.docket(docket)
            let complaint = try #require(state.filing.complaint)
            #expect(complaint.signature.digest == digest)
            #expect(complaint.signature.account == court.buyer.account)
            #expect(complaint.cause == "C088.08")
            #expect(complaint.claims.map(\.kind) == [.refund, .compensation, .costs])
            #expect(complaint.sumInDispute == .yuan(5_120))
            #expect(complaint.exhibits.map(\.proves) == ["订单和价款"])
            #expect(complaint.parties.map(\.details.name) == ["林晓演", "赵示范"])
            let party = try #require(state.parties.place(of: court.buyer.account)?.party)
            #expect(state.participation.agrees(party, to: .evidenceExchange))
            #expect(state.participation.consents[party]?[.hearing]?.agreed == false)
            #expect(state.service.addresses[party]?.notice.name == "electronic-service")
            let kinds = try await court.registry.entries(of: docket).map { type(of: $0.entry.act.body).type }
            #expect(kinds == ["filing.submitted", "consent.given", "consent.declined", "service.address-confirmed"])

            #expect(try await court.area.drafts(of: court.buyer).isEmpty)
            let (answer, _) = try await court.area.signedAnswer(entry, in: docket, of: court.buyer)
            #expect(AnswerSigner.verifies(answer))
            #expect(answer.document == digest.rawValue)
            await #expect(throws: NotFound.self) {
                try await court.area.signedAnswer(entry, in: docket, of: TestCourt.stranger)
            }
        }
    }

    @Test("sent twice with one key, or at the same moment, it is one act")
    func submitTwice() async throws {
        try await TestCourt.open { court in
            let docket = try await court.complete()
            let hand = try await court.area.drawComplaint(docket, by: court.buyer)
            let key = IdempotencyKey(rawValue: "send-once-1")
            async let one = court.submit(docket, hand, key: key)
            async let two = court.submit(docket, hand, key: key)
            let entries = try await [one, two, court.submit(docket, hand, key: key)]
            #expect(Set(entries).count == 1)
            await #expect(throws: DraftWasSent.self) { try await court.submit(docket, hand) }
            let kinds = try await court.registry.entries(of: docket).map { type(of: $0.entry.act.body).type }
            #expect(kinds.count { $0 == "filing.submitted" } == 1)
        }
    }

    @Test("a change after reading voids what was drawn, and the old digest signs nothing")
    func changedAfterReading() async throws {
        try await TestCourt.open { court in
            let docket = try await court.complete()
            let hand = try await court.area.drawComplaint(docket, by: court.buyer)
            let changed = try await court.type(Form(["item": "电水壶两只"]), into: docket)
            #expect(changed.content.drawn == nil)
            await #expect(throws: Stale.self) { try await court.submit(docket, hand) }
            let again = try await court.area.drawComplaint(docket, by: court.buyer)
            #expect(again.content.drawn?.document.digest != hand.content.drawn?.document.digest)
            await #expect(throws: Stale.self) { try await court.submit(docket, hand) }
            _ = try await court.submit(docket, again)
        }
    }

    @Test("a wrong code is told at its field and nothing is entered")
    func wrongCode() async throws {
        try await TestCourt.open { court in
            let docket = try await court.complete()
            let hand = try await court.area.drawComplaint(docket, by: court.buyer)
            let errors = await #expect(throws: FormErrors.self) { try await court.submit(docket, hand, code: "000000") }
            #expect(errors?.errors.map(\.field) == ["code"])
            #expect(try await court.area.draft(docket, of: court.buyer).content.drawn != nil)
        }
    }

    @Test("what is missing is named with its page before anything is drawn")
    func incomplete() async throws {
        try await TestCourt.open { court in
            let docket = try await court.begin()
            try await court.type(Form(["item": "壶"]), into: docket)
            let hand = try await court.area.draft(docket, of: court.buyer)
            let pages = Set(hand.gaps(today: "2026-03-02").map(\.page))
            #expect(pages.isSuperset(of: ["seller", "order", "claims", "consents", "address"]))
            await #expect(throws: FormErrors.self) { try await court.area.drawComplaint(docket, by: court.buyer) }
        }
    }

    @Test("a complaint sent back opens with what was sent, and goes in again as a correction")
    func correction() async throws {
        try await TestCourt.open { court in
            let docket = try await court.complete()
            _ = try await court.submit(docket, try await court.area.drawComplaint(docket, by: court.buyer))
            await #expect(throws: DraftWasSent.self) { try await court.area.draft(docket, of: court.buyer) }
            try await requestCorrection(docket, court)

            var hand = try await court.area.draft(docket, of: court.buyer)
            #expect(hand.draft.version == 0)
            #expect(try await court.area.ownsDraft(docket, court.buyer), "files may come before any change")
            #expect(try await !court.area.ownsDraft(docket, TestCourt.stranger))
            #expect(hand.correction?.items.map(\.check) == [.definiteDefendant])
            #expect(hand.correctionTerm == nil, "its time begins when the notice is served")
            #expect(hand.answers.all("claims") == ["refund", "compensation", "costs"])
            #expect(hand.content.exhibits.count == 1)
            let before = try #require(hand.sentBefore)

            try await court.type(Form(["defendant.address": "浙江省义乌市稠城街道演示街88号2楼"]), into: docket)
            hand = try await court.area.drawComplaint(docket, by: court.buyer)
            _ = try await court.submit(docket, hand)
            let (_, state) = try await court.registry.docket(docket)
            let after = try #require(state.filing.complaint)
            #expect(after.parties.last?.details.address == "浙江省义乌市稠城街道演示街88号2楼")
            #expect(after.parties.map(\.party) == before.parties.map(\.party))
            #expect(after.claims == before.claims, "claims keep their ids and words")
            #expect(!state.filing.isAwaitingCorrection)
        }
    }

    @Test("dropping a correction keeps the case and its keys")
    func dropCorrection() async throws {
        try await TestCourt.open { court in
            let docket = try await court.complete()
            _ = try await court.submit(docket, try await court.area.drawComplaint(docket, by: court.buyer))
            try await requestCorrection(docket, court)
            try await court.type(Form(["item": "别的"]), into: docket)
            try await court.area.discard(docket, by: court.buyer)
            #expect(try await court.area.draft(docket, of: court.buyer).answers["item"] == "电水壶一只")
            try await court.area.insist(
                "材料齐全", in: docket, by: court.buyer, key: nil, arrived: court.registry.clock.now)
            let (_, state) = try await court.registry.docket(docket)
            #expect(state.filing.insisted == "材料齐全")
        }
    }

    private func requestCorrection(_ docket: DocketID, _ court: TestCourt) async throws {
        let (_, state) = try await court.registry.docket(docket)
        let notice = try #require(state.filing.complaint?.document)
        try await court.registry.write(on: [docket]) { t in
            var open = try t.docket(docket)
            let clerk = Acting(account: AccountID(high: 5, low: 5), capacity: .filingClerk)
            let command = RequestCorrection(
                items: [.init(check: .definiteDefendant, explanation: "请补充被告的登记地址。")],
                due: t.context(clerk).today.adding(days: 7),
                notice: DocumentReference(document: .random(), kind: .correctionNotice, files: notice.files))
            try t.enter(open.state.decide(command, in: t.context(clerk)), in: &open, by: clerk)
        }
    }
}
