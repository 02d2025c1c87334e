import CourtServer
import Docket
import Foundation
import Procedure
import Storage

/// Fills a demonstration court with lawful, varied cases (模拟案件), for looking at it full and for measuring it.
///
/// Every step goes through the rules and the registry, on the case's own days in 2025. Names, sums, facts and ids come
/// from the seed: the same seed in an empty court gives the same decrypted acts. The people have account ids and no
/// accounts. Papers are small generated texts; none is drawn as PDF here, and judgments bear no stamp.
package struct Simulation: Sendable {
    package enum Depth: String, CaseIterable, Sendable {
        /// Each case has its number and its judge, and nothing more.
        case docketed
        /// Each case went through the whole trial in writing and is closed; most are archived.
        case judged
    }

    package struct Report: Sendable {
        package var cases = 0
        package var acts = 0
        package var files = 0
        package var seconds = 0.0
        /// The fewest acts and files that one case has.
        package var fewestActs = Int.max
        package var fewestFiles = Int.max

        package var actsPerSecond: Int { seconds > 0 ? Int(Double(acts) / seconds) : acts }
    }

    private let court: CourtHouse
    private let seed: UInt64

    /// Cases told at once, so that their commits share a sync.
    private static let together = 128

    /// - Throws: `SimulationFailure.notADemonstration`.
    package init(_ court: CourtHouse, seed: UInt64) throws {
        guard court.row.isDemonstration else { throw SimulationFailure.notADemonstration }
        self.court = court
        self.seed = seed
    }

    /// Enters the cases, and integrates their leaves into the ledger.
    ///
    /// - Throws: `SimulationFailure`; a `Refusal`, which would be a fault of the simulation; what the registry throws.
    package func run(
        cases count: Int, depth: Depth, progress: @escaping @Sendable (Report) -> Void = { _ in }
    ) async throws -> Report {
        let staff = SimulatedStaff(seed: seed)
        let started = ContinuousClock.now
        var report = Report()
        for first in stride(from: 0, to: count, by: Self.together) {
            let batch = first..<min(first + Self.together, count)
            var cases = try await each(batch.map { $0 }) { index in try await submitted(index, of: count, staff) }
            try await docket(&cases)
            if depth == .judged {
                cases = try await each(cases) { told in
                    var told = told
                    try await told.bringTogether()
                    try await told.exchangeEvidence()
                    try await told.hear()
                    try await told.confirmTranscript()
                    let isArchived = !told.random.once(in: 4)
                    try await told.judge(archived: isArchived)
                    return told
                }
            }
            for told in cases {
                report.cases += 1
                report.acts += told.acts
                report.files += told.files
                report.fewestActs = min(report.fewestActs, told.acts)
                report.fewestFiles = min(report.fewestFiles, told.files)
            }
            report.seconds = Double((ContinuousClock.now - started) / .milliseconds(1)) / 1_000
            progress(report)
        }
        try await court.sequencer().integrateAll()
        return report
    }

    private func submitted(_ index: Int, of count: Int, _ staff: SimulatedStaff) async throws -> SimulatedCase {
        var random = SimulationRandom(seed: seed, stream: UInt64(index) + 1)
        let plan = SimulationPlan(docketedOn: docketingDay(index, of: count), random: &random)
        var told = try await SimulatedCase(court, staff: staff, plan: plan, random: random)
        do {
            try await told.submit()
        } catch StorageError.duplicateKey {
            throw SimulationFailure.seedUsed(seed)
        }
        return told
    }

    /// Days go up with the cases, as their numbers do.
    private func docketingDay(_ index: Int, of count: Int) -> CourtDay {
        let first: CourtDay = "2025-02-10"
        return court.registry.tables.restDays.firstWorkday(from: first.adding(days: index * 200 / max(1, count)))
    }

    /// One write for all: the numbers come in the order of the cases, whoever was quicker.
    private func docket(_ cases: inout [SimulatedCase]) async throws {
        let seeds = cases.indices.map { cases[$0].prepareDocketing() }
        let (ready, dockets) = (cases, cases.map(\.docket))
        for day in Set(ready.map(\.today)).sorted() {
            let those = ready.indices.filter { ready[$0].today == day }
            let latest = those.map { ready[$0].now }.max()
            let entered = try await court.registry.write(on: dockets, at: latest) { t in
                try those.map { try ready[$0].docket(seed: seeds[$0], in: t) }
            }
            for (index, (count, state)) in zip(those, entered) {
                cases[index].told(count, state: state, at: latest)
            }
        }
    }

    /// Does something for all at once, and keeps their order.
    private func each<Item: Sendable>(
        _ items: [Item], _ work: @escaping @Sendable (Item) async throws -> SimulatedCase
    ) async throws -> [SimulatedCase] {
        try await withThrowingTaskGroup(of: (Int, SimulatedCase).self) { group in
            for (index, item) in items.enumerated() { group.addTask { (index, try await work(item)) } }
            var done: [(Int, SimulatedCase)] = []
            for try await one in group { done.append(one) }
            return done.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}

package enum SimulationFailure: Error, Hashable, Sendable, CustomStringConvertible {
    case notADemonstration
    case seedUsed(UInt64)
    case noJudge
    case feeUnknown
    /// A step would lie in the future.
    case beyondLatest

    package var description: String {
        switch self {
        case .notADemonstration: "This court is no demonstration. Made-up cases do not belong in it."
        case .seedUsed(let seed): "The cases of seed \(seed) are in this court already. Give another --seed."
        case .noJudge: "There is no judge to draw."
        case .beyondLatest: "A step of the case would lie in the future."
        case .feeUnknown: "The fee cannot be counted from the tables."
        }
    }
}
