import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// Signed-in writes over HTTP at a fixed rate, whatever the server does: each has its moment, and its latency counts
/// from then, not from when a connection was free.
struct SignedInWrites: Sendable {
    let bench: Bench

    /// Each person has an address and a connection of their own, and keeps to the limits the court sets for one.
    private static let people = 40
    private static let casesEach = 8
    private static let enough = 5_000.0
    private static let most = 150.0

    private struct Outcome: Sendable {
        var milliseconds: [Double] = []
        var refused = 0
    }

    func measure() async throws -> [Measure] {
        let folder = try bench.freshFolder("writes")
        let made = try await BenchCourt.make(in: folder)
        Bench.say("registering \(Self.people) people")
        let people = try await made.people(Self.people)
        let cases = try await made.cases(of: people.map(\.account), each: Self.casesEach)
        let notice = made.notice.digest.rawValue
        try await made.court.close()
        let limit = try await RawGroupCommit.rate(
            copying: "\(folder)/court.sqlite", to: "\(folder)/raw.sqlite", .theActAlone, writers: 64, for: .seconds(10))

        Bench.say("\(bench.rate) writes a second for \(bench.seconds) s")
        let server = try await ServerProcess.start(bench, court: folder, port: 18_201)
        defer { server.stop() }
        let own = people.indices.map { person in cases.indices.filter { $0 % people.count == person }.map { cases[$0] }
        }
        // A few seconds to open connections and files, not counted.
        _ = try await run(server, people, own, notice, seconds: 3, first: 0)
        let outcome = try await run(server, people, own, notice, seconds: bench.seconds, first: 100_000)

        let samples = Samples(outcome.milliseconds)
        let bound = limit >= Self.enough ? Self.most : Self.most * Self.enough / limit
        let rate = Measure.Limit(name: "raw group commit of single rows", value: limit, unit: "rows/s")
        let note = "\(samples.count) writes at \(bench.rate)/s, \(outcome.refused) not answered with success"
        return [
            Measure(
                .writes, "signed-in writes over HTTP, p99", samples.percentile(99), "ms", bound: .atMost(bound),
                note: "\(note); raw group commit of single rows: \(Measure.text(limit)) rows/s"),
            Measure(.writes, "p50", samples.median, "ms"),
            Measure(.writes, "p99.9", samples.percentile(99.9), "ms"),
            Measure(.writes, "the longest", samples.greatest, "ms"),
            Measure(.writes, "not answered with success", Double(outcome.refused), "writes", bound: .atMost(0)),
            Measure(.writes, "rate kept", Double(samples.count) / Double(bench.seconds), "writes/s", limit: rate),
            Measure(.writes, "server's memory afterwards", server.memory, "MiB"),
        ]
    }

    private func run(
        _ server: ServerProcess, _ people: [BenchPerson], _ cases: [[BenchCase]], _ notice: String, seconds: Int,
        first: Int
    ) async throws -> Outcome {
        let total = bench.rate * seconds
        let start = ContinuousClock.now + .milliseconds(200)
        return try await withThrowingTaskGroup(of: Outcome.self) { group in
            for (index, person) in people.enumerated() {
                group.addTask {
                    try await Line.open(port: server.port, from: "127.0.2.\(index + 1)") { line in
                        var outcome = Outcome()
                        for number in stride(from: index, to: total, by: people.count) {
                            let due = start + .seconds(1) * (Double(number) / Double(bench.rate))
                            if ContinuousClock.now < due { try await Task.sleep(until: due, tolerance: .zero) }
                            let bench = cases[index][number / people.count % cases[index].count]
                            let answer = try await line.send(
                                .POST, "/api/v1/cases/\(bench.docket)/address",
                                [
                                    "authorization": "Bearer \(person.token)", "content-type": "application/json",
                                    "idempotency-key": "bench-write-\(first + number)",
                                ],
                                body: ByteBuffer(
                                    string:
                                        #"{"postal":"\#(BenchCourt.address(first + number))","notice":"\#(notice)"}"#))
                            outcome.milliseconds.append(due.duration(to: .now).milliseconds)
                            if answer.status != 200 {
                                if outcome.refused == 0 { Bench.say("\(answer.status) \(answer.text.prefix(300))") }
                                outcome.refused += 1
                            }
                        }
                        return outcome
                    }
                }
            }
            var all = Outcome()
            for try await one in group {
                all.milliseconds += one.milliseconds
                all.refused += one.refused
            }
            return all
        }
    }
}
