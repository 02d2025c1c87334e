import CourtServer
import Docket
import Foundation
import Procedure
import Storage
import Synchronization

/// Acts a second through the registry, each durable before its writer goes on, against raw group commit of the same
/// rows with random bodies.
struct DurableActs: Sendable {
    let bench: Bench

    private static let writers = 64
    private static let warmUp: Duration = .seconds(2)
    private static let measured: Duration = .seconds(10)

    func measure() async throws -> [Measure] {
        let folder = try bench.freshFolder("acts")
        let made = try await BenchCourt.make(in: folder)
        let cases = try await made.cases(of: (0..<Self.writers).map { _ in .random() }, each: 16)
        let rate = try await rate(made, cases)
        let leaves = try await ledgerRate(made.court)
        try await made.court.close()

        let rows = try await RawGroupCommit.rate(
            copying: "\(folder)/court.sqlite", to: "\(folder)/raw.sqlite", .everyRowOfAnAct, writers: Self.writers,
            for: Self.measured)
        let single = try await RawGroupCommit.rate(
            copying: "\(folder)/court.sqlite", to: "\(folder)/raw.sqlite", .theActAlone, writers: Self.writers,
            for: Self.measured)
        let kind = "raw group commit of the same rows"
        return [
            Measure(
                .acts, "durable acts through the registry", rate, "acts/s",
                limit: .init(name: kind, value: rows, unit: "acts/s"), bound: .ratioAtLeast(0.5),
                note: "\(Self.writers) writers, one act each at a time; "
                    + "the limit writes act, head, matter and duties, with as many writers"),
            Measure(
                .acts, "the same, against the act's row alone", rate, "acts/s",
                limit: .init(name: "raw group commit of single rows", value: single, unit: "rows/s")),
            Measure(.acts, "those acts into the ledger, afterwards", leaves, "acts/s"),
        ]
    }

    private func rate(_ made: BenchCourt, _ cases: [BenchCase]) async throws -> Double {
        let entered = Count()
        let end = ContinuousClock.now + Self.warmUp + Self.measured
        let each = cases.count / Self.writers
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<Self.writers {
                let own = Array(cases[(writer * each)..<((writer + 1) * each)])
                group.addTask {
                    var number = 1
                    while ContinuousClock.now < end {
                        let count = try await made.confirmAddress(in: own[number % each], number: number)
                        number += 1
                        entered.add(count)
                    }
                }
            }
            try await Task.sleep(for: Self.warmUp)
            let began = ContinuousClock.now
            let before = entered.value
            try await Task.sleep(until: end)
            let (during, seconds) = (entered.value - before, began.duration(to: .now).seconds)
            try await group.waitForAll()
            return Double(during) / seconds
        }
    }

    /// How fast the court's own ledger takes in what was just written.
    private func ledgerRate(_ court: CourtHouse) async throws -> Double {
        let sequencer = try await court.sequencer()
        let acts = try await court.store.read { try $0.row("SELECT COUNT(*) FROM act")?.integer(0) ?? 0 }
        let began = ContinuousClock.now
        await sequencer.integrateAll()
        return Double(acts) / began.duration(to: .now).seconds
    }
}

/// A number that many tasks add to.
private final class Count: Sendable {
    private let number = Mutex(0)

    var value: Int { number.withLock { $0 } }
    func add(_ more: Int) { number.withLock { $0 += more } }
}
