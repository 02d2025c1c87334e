import CourtServer
import Docket
import Foundation
import Procedure
import Storage
import Testing

@testable import Accounts
@testable import Demonstration

@Suite("A demonstration court has cases to look at")
struct DemonstrationCasesTests {
    @Test("first made, and opened again: each case where it should be, and everybody finds something")
    func firstLook() async throws {
        let place = CourtPlace(folder: SimulatedCourt.folder())
        defer { try? FileManager.default.removeItem(atPath: place.folder) }
        // Given a first start that was broken off once the court was founded
        try await CourtHouse.found(
            at: place, profile: DemonstrationProfiles.internet, ledgerName: "xiezhi.example/demonstration/internet",
            logger: SimulatedCourt.quiet)
        try HalfMade(place).mark()
        for _ in 0..<2 {
            let served = try await DemonstrationCourt.prepare(at: place, logger: SimulatedCourt.quiet) { _ in }
            #expect(served == place)
        }
        let court = try await CourtHouse.open(at: place, logger: SimulatedCourt.quiet)
        let people = try #require(try DemonstrationCourt.People(court).load())
        let matters = Matters(court.registry)
        let today = court.profile.zone.day(of: court.registry.clock.now)
        func account(_ part: DemonstrationPerson.Part) throws -> AccountID {
            try #require(people.first { $0.part == part }).account
        }
        func steps(_ owner: String, _ part: DemonstrationPerson.Part?) async throws -> [Duty.Step] {
            let person = try part.map(account)
            return try await matters.queue(owner: owner, person: person, today: today, limit: 50).rows.map(\.step)
        }

        #expect(try await matters.counts().values.reduce(0, +) == DemonstrationCases.Scene.allCases.count)
        #expect(try await matters.counts()[.archived] == 1)
        #expect(try await steps("filing-clerk", nil) == [.reviewFiling])
        #expect(try await steps("clerk", nil).contains(.inviteDefendant))
        let ofJudges = try await steps("judge", .judge) + steps("judge", .secondJudge)
        #expect(ofJudges.contains(.signJudgment))
        #expect(try await !matters.openCases(ofJudge: account(.judge)).isEmpty)
        let defendants = try await steps("party", .defendant)
        #expect(defendants.contains(.answer) && defendants.contains(.giveOpinions))
        #expect(try await matters.cases(ofParty: account(.plaintiff)).total == 5)
        #expect(try await matters.cases(ofParty: account(.defendant)).total == 3)
        let papers = try await court.registry.docket(
            try #require(try await matters.cases(ofParty: account(.plaintiff)).rows.last).docket
        ).state.service.deliveries.flatMap(\.documents)
        #expect(!papers.isEmpty && papers.allSatisfy { $0.files.map(\.mediaType) == ["application/pdf", "text/html"] })

        try await court.sequencer().integrateAll()
        #expect(try await Audit(court).run().differences == [])
        try await court.close()
    }

    @Test("a court that is no demonstration is neither made one nor touched")
    func anotherCourt() async throws {
        let place = CourtPlace(folder: SimulatedCourt.folder())
        defer { try? FileManager.default.removeItem(atPath: place.folder) }
        let real = CourtProfile(
            code: "浙0199", name: Words("某法院", "Some Court"), kind: .internet, province: "浙江", city: "杭州", zone: .china,
            address: Words("某路1号", "1 Some Road"), telephone: "0571-1", counterHours: Words("工作日", "weekdays"),
            appealCourt: Words("某中级法院", "Some Intermediate Court"), isDemonstration: false)
        try await CourtHouse.found(
            at: place, profile: real, ledgerName: "xiezhi.example/some", logger: SimulatedCourt.quiet)
        // What SQLite keeps beside a database comes and goes with whoever opens it.
        func files() throws -> [String] {
            try FileManager.default.subpathsOfDirectory(atPath: place.folder).sorted()
                .filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }
        }
        let before = try files()
        for _ in 0..<2 {
            await #expect(throws: CourtStartFailure.self) {
                _ = try await DemonstrationCourt.prepare(at: place, logger: SimulatedCourt.quiet) { _ in }
            }
        }
        #expect(try files() == before)
    }

    @Test("on whichever day it is made, nothing lies in the future and every case gets where it should")
    func anyDay() async throws {
        try await SimulatedCourt.with(cases: 1, seed: 81, depth: .docketed) { court, _ in
            for fortnight in 0..<27 {
                court.registry.clock.setAhead(days: 13 * fortnight)
                let made = try await DemonstrationCases(court: court, people: Self.people)
                    .make(seed: 900 + UInt64(fortnight), drawsPapers: false)
                let context = Context(
                    now: court.registry.clock.now, court: court.profile, tables: court.registry.tables,
                    acting: Acting(account: CourtHouse.machine, capacity: .court))
                let latest = try await court.store.read {
                    try $0.row("SELECT COALESCE(MAX(entered), 0) FROM act")?.instant(0)
                }
                #expect(try #require(latest) <= context.now)
                for (scene, step) in [
                    (DemonstrationCases.Scene.submitted, Duty.Step.reviewFiling), (.docketed, .inviteDefendant),
                    (.awaitingAnswer, .answer), (.exchanging, .giveOpinions), (.awaitingJudgment, .signJudgment),
                ] {
                    let state = try await court.registry.docket(try #require(made[scene])).state
                    #expect(state.duties(in: context).map(\.step).contains(step), "\(context.today) \(scene)")
                }
                let archived = try await court.registry.docket(try #require(made[.archived])).state
                #expect(archived.phase == .archived, "\(context.today)")
            }
        }
    }

    /// The cast, without accounts.
    private static let people = DemonstrationPerson.Part.allCases.enumerated().map { index, part in
        DemonstrationPerson(
            part: part, name: "演示\(index)", signInName: "1390000000\(index)", password: "",
            secret: OneTimePasswordSecret.random().kept, account: AccountID(high: 9, low: UInt64(index)))
    }
}
