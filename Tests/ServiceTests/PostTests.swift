import Accounts
import Docket
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Procedure
import Storage
import Testing
import Web

@testable import ServiceOfProcess

@Suite("Papers by post")
struct PostTests {
    private static let filingClerk = Viewer(
        account: AccountID(high: 7, low: 4), name: "立案人员", offices: [.filingClerk], session: .random(),
        secondFactorAt: nil, isVerified: true)

    /// A suit that was not accepted, of a plaintiff who wants letters.
    private func declined(_ court: TestCourt) async throws -> DocketID {
        let other = try await court.docketed()
        let told = try #require(try await court.state(other).filing.complaint)
        let docket = try await court.registry.newDocket()
        let paper = try await court.document(.complaint, in: docket)
        let complaint = Complaint(
            cause: told.cause, parties: told.parties, claims: told.claims, facts: told.facts, answers: [:],
            form: told.form, exhibits: [], document: paper,
            signature: Signature(
                account: court.buyer.account, factor: .timeCode, at: court.now, digest: try #require(paper.digest)))
        let ruling = try await court.document(.nonAcceptanceRuling, in: docket)
        let digest = try #require(ruling.digest)
        let advice = try await court.document(.transferAdvice, in: docket)
        let signature = Signature(account: TestCourt.judge, factor: .timeCode, at: court.now, digest: digest)
        let buyer = Acting(account: court.buyer.account, capacity: .party, party: .plaintiff)
        let clerk = Acting(account: Self.filingClerk.account, capacity: .filingClerk)
        let judge = Acting(account: TestCourt.judge, capacity: .judge)
        try await court.enter(in: docket, by: buyer) { try $0.decide(SubmitComplaint(complaint: complaint), in: $1) }
        try await court.enter(in: docket, by: clerk) {
            try $0.decide(AdviseTransfer(court: "义乌市人民法院", reason: "非因网络产生。", notice: advice), in: $1)
        }
        try await court.enter(in: docket, by: buyer) { try $0.decide(InsistOnRuling(words: "坚持起诉。"), in: $1) }
        try await court.enter(in: docket, by: judge) {
            try $0.decide(RuleNonAcceptance(reason: "不属本院管辖。", ruling: ruling, signature: signature), in: $1)
        }
        return docket
    }

    @Test("a ruling reaches a plaintiff who confirmed nothing, at the address in the complaint")
    func ruling() async throws {
        try await TestCourt.open { court in
            let docket = try await declined(court)
            try await court.area.servePapers(in: docket, by: .machine)
            #expect(try await court.state(docket).service.deliveries.isEmpty, "there is no electronic address")
            await #expect(throws: NotFound.self) {
                _ = try await court.area.postPapers(
                    in: docket, to: .plaintiff, on: court.today, tracking: "EMS1", by: court.seller, once: .fresh)
            }
            _ = try await court.area.postPapers(
                in: docket, to: .plaintiff, on: court.today, tracking: "EMS1", by: Self.filingClerk, once: .fresh)
            let posted = try #require(try await court.state(docket).service.deliveries.first)
            #expect(posted.channel == .post && posted.address == "杭州市西湖区文三路演示小区3幢502室")
            await #expect(throws: FormErrors.self) {
                _ = try await court.area.recordDelivery(
                    of: posted.service, in: docket, on: court.today.adding(days: 1), by: Self.filingClerk, once: .fresh)
            }
            _ = try await court.area.recordDelivery(
                of: posted.service, in: docket, on: court.today, by: Self.filingClerk, once: .fresh)
            await court.workOff()
            let state = try await court.state(docket)
            #expect(state.service.served(.nonAcceptanceRuling, on: .plaintiff) == .on(court.today))
            #expect(state.waitingPapers(for: .plaintiff).isEmpty)
            #expect(state.service.deliveries.allSatisfy { $0.certificate == nil }, "the receipt is the proof")
        }
    }

    @Test("papers go to a confirmed account by themselves, and one confirmed later gets what waited")
    func account() async throws {
        try await TestCourt.open { court in
            let docket = try await court.docketed()
            let ruling = try await court.document(.withdrawalRuling, in: docket)
            let digest = try #require(ruling.digest)
            let signature = Signature(account: TestCourt.judge, factor: .timeCode, at: court.now, digest: digest)
            try await court.enter(in: docket, by: Acting(account: TestCourt.judge, capacity: .judge)) { _, _ in
                let body = WithdrawalRuled(reason: "未交费", ruling: ruling, signature: signature)
                return [DecidedAct(.judgment(.withdrawalRuled(body)), under: .unpaidIsWithdrawal)]
            }
            try await court.area.servePapers(in: docket, by: .machine)
            #expect(try await court.state(docket).service.deliveries.isEmpty)
            try await court.confirmAddress(court.buyer, in: docket)
            await court.workOff()
            try await court.area.servePapers(in: docket, by: .clerk(TestCourt.clerk))
            let served = try await court.state(docket).service.deliveries.filter { delivery in
                delivery.documents.contains { $0.kind == .withdrawalRuling }
            }
            #expect(served.count == 1)
        }
    }

    @Test("who sits now is told to both parties: in the account, and by post to who confirmed none")
    func bench() async throws {
        try await TestCourt.open { court in
            let docket = try await court.joined()
            let notice = try await court.document(.benchNotice, in: docket)
            let president = Acting(account: AccountID(high: 7, low: 98), capacity: .president)
            let draw = try #require(
                JudgeDraw(
                    among: [.init(judge: .random(), name: "法官乙", workload: 0, barred: nil)], seed: .random()))
            try await court.enter(
                in: docket, by: Acting(account: court.seller.account, capacity: .party, party: .defendant)
            ) {
                try $0.decide(AskRecusal(party: .defendant, reason: "法官曾任原告的法律顾问。"), in: $1)
            }
            try await court.enter(in: docket, by: president) {
                try $0.decide(DecideRecusal(upheld: true, reason: "经查属实。"), in: $1)
            }
            try await court.enter(in: docket, by: president) {
                try $0.decide(RedrawJudge(draw: draw, notice: notice), in: $1)
            }
            try await court.area.servePapers(in: docket, by: .machine)
            // The outbox works at least once: a second run must change nothing.
            try await court.area.servePapers(in: docket, by: .machine)
            var state = try await court.state(docket)
            let served = state.service.deliveries.filter { $0.documents == [notice] }
            #expect(served.map(\.party) == [.defendant] && served.allSatisfy { $0.arrived != nil })
            #expect(state.waitingPapers(for: .plaintiff) == [notice], "the plaintiff confirmed no electronic address")
            _ = try await court.area.postPapers(
                in: docket, to: .plaintiff, on: court.today, tracking: "EMS9", by: TestCourt.clerk, once: .fresh)
            let letter = try #require(try await court.state(docket).service.posted(to: .plaintiff).first)
            #expect(letter.documents == [notice])
            _ = try await court.area.recordDelivery(
                of: letter.service, in: docket, on: court.today, by: TestCourt.clerk, once: .fresh)
            state = try await court.state(docket)
            #expect(state.parties.places.allSatisfy { state.waitingPapers(for: $0.party).isEmpty })
        }
    }

    @Test("who only declined a stage is still served in the account; a judgment by post has effect from its receipt")
    func judgment() async throws {
        try await TestCourt.open { court in
            let docket = try await court.joined()
            try await court.consent(court.seller, .hearing, agreed: false, in: docket)
            try await court.enter(in: docket, by: Acting(account: TestCourt.clerk.account, capacity: .clerk)) {
                try $0.decide(MoveOffline(party: .defendant, ground: .declined), in: $1)
            }
            try await court.sign(docket)
            try await court.pronounce(docket)
            try await court.area.serveJudgment(in: docket, by: .machine)
            var state = try await court.state(docket)
            #expect(state.service.served(.judgment, on: .defendant) != nil)
            #expect(state.judgment.effectiveOn == nil)
            _ = try await court.area.postPapers(
                in: docket, to: .plaintiff, on: court.today, tracking: "EMS2", by: TestCourt.clerk, once: .fresh)
            let letter = try #require(try await court.state(docket).service.posted(to: .plaintiff).first)
            _ = try await court.area.recordDelivery(
                of: letter.service, in: docket, on: court.today, by: TestCourt.clerk, once: .fresh)
            state = try await court.state(docket)
            #expect(state.judgment.effectiveOn == court.today && state.closing.manner == .judgment)
        }
    }

    @Test(
        "the desk shows what waits, where it goes, and takes posting and receipt by form", arguments: Language.allCases)
    func pages(language: Language) async throws {
        try await TestCourt.open { court in
            let docket = try await court.joined()
            try await court.sign(docket)
            try await court.pronounce(docket)
            let headers: HTTPFields = [
                .authorization: "Bearer clerk", .acceptLanguage: language.rawValue, .accept: "text/html",
                .contentType: "application/x-www-form-urlencoded",
            ]
            let base = "/desk/service/\(docket)"
            try await court.application.test(.router) { client in
                let desk = try await client.execute(uri: base, method: .get, headers: headers)
                #expect(desk.status == .ok && String(buffer: desk.body).contains("\(base)/papers/\(PartyID.plaintiff)"))
                let page = try await client.execute(
                    uri: "\(base)/papers/\(PartyID.plaintiff)", method: .get, headers: headers)
                #expect(page.status == .ok && String(buffer: page.body).contains("杭州市西湖区文三路演示小区3幢502室"))
                let posted = try await client.execute(
                    uri: "\(base)/papers/\(PartyID.plaintiff)", method: .post, headers: headers,
                    body: .init(string: "day=\(court.today)&tracking=EMS3"))
                #expect(posted.status == .seeOther)
                let letter = try #require(try await court.state(docket).service.posted(to: .plaintiff).first)
                let receipt = try await client.execute(
                    uri: "\(base)/deliveries/\(letter.service)", method: .get, headers: headers)
                #expect(receipt.status == .ok && String(buffer: receipt.body).contains("EMS3"))
                let received = try await client.execute(
                    uri: "\(base)/deliveries/\(letter.service)", method: .post, headers: headers,
                    body: .init(string: "day=\(court.today)"))
                #expect(received.status == .seeOther)
                #expect(try await court.state(docket).service.served(.judgment, on: .plaintiff) == .on(court.today))
            }
        }
    }
}
