import Accounts
import Docket
import Procedure
import Storage
import TestSupport
import Testing
import Web

@testable import Filing

@Suite("Docketing")
struct DocketingTests {
    @Test(
        "sixty-four docketings at once give the numbers 1 to 64 without a gap, and one judge each",
        arguments: TestEngine.all)
    func parallelDocketings(engine: TestEngine) async throws {
        try await DeskCourt.on(engine) { court in
            // Given 64 complaints on the desk
            var steps: [DeskStep] = []
            for _ in 0..<64 { steps.append(try await court.step(court.submitted())) }

            // When all are docketed at the same time
            try await withThrowingTaskGroup(of: Void.self) { group in
                for step in steps { group.addTask { try await court.desk.docketCase(step) } }
                try await group.waitForAll()
            }

            // Then no number is missing or given twice, and each case has a judge of this court
            var serials: [Int] = []
            var judges: [AccountID: Int] = [:]
            for step in steps {
                let docketed = try #require(try await court.state(step.docket).filing.docketed)
                serials.append(docketed.number.serial)
                judges[docketed.draw.drawn, default: 0] += 1
                #expect(docketed.number.type == "民初")
                #expect(docketed.procedure == .smallClaims)
            }
            #expect(serials.sorted() == Array(1...64))
            #expect(Set(judges.keys).isSubset(of: DeskCourt.bench.map(\.account)))
            #expect(judges.count > 1, "64 draws among three judges fall on more than one")
            #expect(try await court.effects("serve-docketing-notices") == 64)
        }
    }

    @Test("two clerks docket the same case: one wins, the other is told what changed", arguments: TestEngine.all)
    func twoClerks(engine: TestEngine) async throws {
        try await DeskCourt.on(engine) { court in
            let docket = try await court.submitted()
            let steps = [
                try await court.step(docket, by: .filingClerk), try await court.step(docket, by: .secondClerk),
            ]
            let outcomes = await withTaskGroup(of: Result<Void, any Error>.self) { group in
                for step in steps {
                    group.addTask {
                        do { return .success(try await court.desk.docketCase(step)) } catch { return .failure(error) }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            let failures = outcomes.compactMap { outcome -> (any Error)? in
                if case .failure(let error) = outcome { error } else { nil }
            }
            #expect(failures.count == 1)
            let stale = try #require(failures.first as? Stale)
            #expect(stale.changes.count == 1)
            #expect(stale.changes.first?.zh.contains("已立案") == true)
            // The number the loser took went back with its transaction.
            let next = try await court.submitted()
            try await court.desk.docketCase(court.step(next))
            #expect(try await court.state(next).filing.docketed?.number.serial == 2)
        }
    }

    @Test("the judge drawn follows from what is on record", arguments: TestEngine.all)
    func drawIsReproducible(engine: TestEngine) async throws {
        try await DeskCourt.on(engine) { court in
            for round in 0..<6 {
                let docket = try await court.submitted()
                try await court.desk.docketCase(court.step(docket))
                let draw = try #require(try await court.state(docket).filing.docketed?.draw)
                let again = try #require(JudgeDraw(among: draw.candidates, seed: draw.seed))
                #expect(again.drawn == draw.drawn)
                #expect(draw.candidates.map(\.workload).reduce(0, +) == round, "the workload of the moment is an input")
            }
        }
    }

    @Test("a judge who is a party, or has a party's identity number, is never drawn; a namesake may be")
    func barredJudges() async throws {
        let bench = [
            BenchJudge(account: Person.buyer.account, name: "某法官", residentNumber: nil),
            BenchJudge(account: Person.judgeLi.account, name: "李断", residentNumber: "330106199003075421"),
            BenchJudge(account: Person.judgeWang.account, name: Person.seller.name, residentNumber: nil),
        ]
        try await DeskCourt.on(.sqlite, bench: bench) { court in
            let docket = try await court.submitted()
            #expect(try await court.state(docket).namesakes(among: bench).map(\.account) == [Person.judgeWang.account])
            try await court.desk.docketCase(court.step(docket))
            let draw = try #require(try await court.state(docket).filing.docketed?.draw)
            #expect(draw.drawn == Person.judgeWang.account)
            #expect(draw.candidates.filter { $0.barred != nil }.count == 2)
        }
    }

    @Test("nobody left to draw: the case is not docketed and no number is lost")
    func nobodyLeft() async throws {
        let bench = [BenchJudge(account: Person.buyer.account, name: "某法官", residentNumber: nil)]
        try await DeskCourt.on(.sqlite, bench: bench) { court in
            let docket = try await court.submitted()
            await #expect(throws: Refusal.noJudgeLeft) { try await court.desk.docketCase(court.step(docket)) }
            #expect(try await court.state(docket).filing.docketed == nil)
        }
    }

    @Test("the same sending twice dockets once and answers alike", arguments: TestEngine.all)
    func repeatedSending(engine: TestEngine) async throws {
        try await DeskCourt.on(engine) { court in
            let docket = try await court.submitted()
            let step = try await court.step(docket, key: "sending-0001")
            try await court.desk.docketCase(step)
            let after = try await court.registry.docket(docket).head.position
            try await court.desk.docketCase(step)
            #expect(try await court.registry.docket(docket).head.position == after)
            let other = try await court.step(docket, key: "sending-0001", request: "another request")
            await #expect(throws: IdempotencyKeyReused.self) { try await court.desk.docketCase(other) }
        }
    }

    @Test("only the filing desk dockets; for a stranger the case is not there")
    func permission() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let docket = try await court.submitted()
            await #expect(throws: Forbidden(.docketCase)) {
                try await court.desk.docketCase(court.step(docket, by: .judgeWang))
            }
            await #expect(throws: NotFound.self) {
                try await court.desk.docketCase(court.step(docket, by: .stranger))
            }
        }
    }

    @Test("what keeps a case out of small claims is refused here, with its article")
    func exclusions() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let docket = try await court.submitted()
            await #expect(throws: Refusal.procedureNotOpen) {
                try await court.desk.docketCase(court.step(docket), exclusions: [.appraisal])
            }
        }
    }

    @Test(
        "the notices reach the plaintiff once, stamped, and start the days for fee and evidence",
        arguments: TestEngine.all)
    func notices(engine: TestEngine) async throws {
        try await DeskCourt.on(engine) { court in
            let docket = try await court.submitted()
            try await court.desk.docketCase(court.step(docket))
            try await court.desk.serveNotices(of: docket)
            // The outbox works at least once: a second run must change nothing.
            try await court.desk.serveNotices(of: docket)

            let state = try await court.state(docket)
            let delivery = try #require(state.service.deliveries.first)
            #expect(state.service.deliveries.count == 1)
            #expect(
                delivery.documents.map(\.kind) == [
                    .acceptanceNotice, .feeNotice, .evidenceNotice, .smallClaimsNotice,
                ])
            let notice = try #require(state.fee.notice)
            // 5,120 yuan: 50 yuan on the property scale, half of it in small claims.
            #expect(notice.amount == .yuan(25))
            #expect(notice.received == court.today)
            #expect(state.evidence.periods[.plaintiff] != nil)
            #expect(try await court.effects("certify-service") == 1)
        }
    }

    @Test("a plaintiff without an electronic address waits on the clerk's desk, and is served once one is confirmed")
    func noAddress() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let docket = try await court.submitted(confirmingAddress: false)
            try await court.desk.docketCase(court.step(docket))
            try await court.desk.serveNotices(of: docket)
            #expect(try await court.state(docket).service.deliveries.isEmpty)
            #expect(try await court.effects("serve-docketing-notices") == 1)

            try await court.act(docket, as: .buyer) {
                try $0.decide(
                    ConfirmAddress(party: .plaintiff, account: Person.buyer.account, notice: .address, postal: "杭州"),
                    in: $1)
            }
            try await court.desk.serveNoticesAgain(court.step(docket))
            #expect(try await court.effects("serve-docketing-notices") == 2)
            try await court.desk.serveNotices(of: docket)
            #expect(try await court.state(docket).fee.notice != nil)
        }
    }
}
