import CourtServer
import Docket
import Procedure
import Storage

/// A few lawful cases for the first look at a demonstration court, each at another point of its way (演示案件).
///
/// Told by the simulation's own acts, in the last weeks before now, with the demonstration's people in them. Whoever of a
/// case is nobody in particular has done what was theirs to do.
struct DemonstrationCases {
    let court: CourtHouse
    let people: [DemonstrationPerson]

    /// Where a case stands. In the order in which they were docketed, since their numbers come in it.
    enum Scene: UInt64, CaseIterable, Sendable {
        case archived = 1
        case awaitingJudgment, exchanging, awaitingAnswer, docketed, submitted

        /// How many workdays ago it was docketed: each step since took one at most, and a small claim is judged within two
        /// months.
        var workdaysAgo: Int {
            switch self {
            case .archived: 40
            case .awaitingJudgment: 28
            case .exchanging: 12
            case .awaitingAnswer: 9
            case .docketed: 1
            case .submitted: 0
            }
        }
    }

    static func areThere(in court: CourtHouse) async throws -> Bool {
        try await !Matters(court.registry).counts().isEmpty
    }

    /// - Parameters:
    ///   - seed: of names, goods and sums.
    ///   - drawsPapers: false leaves papers as small texts, for tests of many days.
    func make(seed: UInt64 = 54, drawsPapers: Bool = true) async throws -> [Scene: DocketID] {
        guard let staff, let plaintiff = person(.plaintiff), let defendant = person(.defendant) else { return [:] }
        var made: [Scene: DocketID] = [:]
        for scene in Scene.allCases {
            var random = SimulationRandom(seed: seed, stream: scene.rawValue)
            // Two cases are with somebody else on the other side.
            let buyer = scene == .exchanging ? nil : plaintiff.simulated(shop: nil, &random)
            let seller = scene == .awaitingJudgment ? nil : defendant.simulated(shop: "立新数码旗舰店", &random)
            let plan = SimulationPlan(
                docketedOn: day(workdaysAgo: scene.workdaysAgo), buyer: buyer, seller: seller, isCorrected: false,
                random: &random)
            let manner = SimulatedCase.Manner(
                drawsPapers: drawsPapers, isBrisk: true, latest: court.registry.clock.now)
            var told = try await SimulatedCase(court, staff: staff, plan: plan, manner: manner, random: random)
            made[scene] = told.docket
            do {
                try await tell(scene, &told)
            } catch SimulationFailure.beyondLatest {
                // The case stays where it has come to.
                continue
            }
        }
        return made
    }

    private func tell(_ scene: Scene, _ told: inout SimulatedCase) async throws {
        try await told.submit()
        guard scene != .submitted else { return }
        try await told.docket(servingNotices: scene == .docketed)
        guard scene != .docketed else { return }
        try await told.bringTogether()
        switch scene {
        case .awaitingAnswer: try await told.serveComplaint()
        case .exchanging:
            try await told.serveComplaint()
            told.wait(days: 1)
            try await told.answer()
            try await told.openExchange(until: today.adding(days: 5))
            try await told.opineAsBuyer()
        case .awaitingJudgment, .archived:
            try await told.exchangeEvidence()
            try await told.hear()
            try await told.confirmTranscript()
            if scene == .archived { try await told.judge(archived: true) }
        case .docketed, .submitted: break
        }
    }

    private var today: CourtDay { court.profile.zone.day(of: court.registry.clock.now) }

    /// A workday, or today for none.
    private func day(workdaysAgo count: Int) -> CourtDay {
        var day = today
        for _ in 0..<count {
            repeat { day = day.adding(days: -1) } while court.registry.tables.restDays.contains(day)
        }
        return day
    }

    private func person(_ part: DemonstrationPerson.Part) -> DemonstrationPerson? {
        people.first { $0.part == part }
    }

    private var staff: SimulatedStaff? {
        guard let filingClerk = person(.filingClerk), let clerk = person(.clerk) else { return nil }
        let bench = [person(.judge), person(.secondJudge)].compactMap { $0 }.map { ($0.account, $0.name) }
        return SimulatedStaff(filingClerk: filingClerk.account, clerk: clerk.account, bench: bench)
    }
}

extension DemonstrationPerson {
    /// This person as a party.
    fileprivate func simulated(shop: String?, _ random: inout SimulationRandom) -> SimulatedParty {
        SimulatedParty(
            account: account, name: name, residentNumber: DemonstrationCast.residentNumber(of: part) ?? "",
            telephone: signInName, shop: shop, random: &random)
    }
}

extension SimulatedCase {
    /// Registers the case by itself.
    ///
    /// - Parameter servingNotices: leaves the notices to the court's own effect, done as soon as it is served.
    mutating func docket(servingNotices: Bool) async throws {
        let seed = prepareDocketing()
        try requireInTime()
        let (ready, latest) = (self, now)
        let (count, state) = try await court.registry.write(on: [docket], at: latest) { t in
            let entered = try ready.docket(seed: seed, in: t)
            if servingNotices {
                try t.effect(
                    Effect(kind: "serve-docketing-notices", key: "\(ready.docket)/notices", docket: ready.docket))
            }
            return entered
        }
        told(count, state: state, at: latest)
    }
}
