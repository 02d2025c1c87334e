import Logging
import Procedure
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Docket

/// What a receiver got, by key.
private final class Receiver: Sendable {
    private let received = Mutex<[String]>([])

    var keys: [String] { received.withLock { $0 } }
    func take(_ key: String) { received.withLock { $0.append(key) } }
}

extension BareCourt {
    fileprivate func effectStates() async throws -> [String] {
        try await store.read { reading in
            try reading.rows("SELECT state FROM outbox ORDER BY key").map { try $0.text(0) }
        }
    }
}

@Suite("The outbox: what must happen outside because of an act")
struct OutboxTests {
    private func worker(_ court: BareCourt, _ handlers: EffectHandler...) -> OutboxWorker {
        OutboxWorker(registry: court.registry, handlers: handlers, logger: court.logger)
    }

    private func order(_ key: String, in court: BareCourt, notBefore: Instant? = nil) async throws {
        try await court.registry.write { t in
            try t.effect(
                Effect(kind: "letter", key: key, docket: DocketID(high: 0, low: 1), notBefore: notBefore))
        }
    }

    @Test("is done once when all goes well, also when it was ordered twice", arguments: TestEngine.all)
    func once(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            let post = Receiver()
            try await order("a", in: court)
            try await order("a", in: court)
            let worker = worker(court, EffectHandler(kind: "letter") { post.take($0.key) })
            await worker.drain()
            await worker.drain()
            #expect(post.keys == ["a"])
            let states = try await court.effectStates()
            #expect(states == ["done"])
        }
    }

    @Test("whoever changes their mind has ordered nothing", arguments: TestEngine.all)
    func undone(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            await #expect(throws: ChangedMind.self) {
                try await court.registry.write { t in
                    try t.effect(Effect(kind: "letter", key: "a", docket: DocketID(high: 0, low: 1)))
                    throw ChangedMind()
                }
            }
            let states = try await court.effectStates()
            #expect(states == [])
        }
    }

    @Test("the attempt is written down before anything is handed over", arguments: TestEngine.all)
    func attemptFirst(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            try await order("a", in: court)
            let seen = Receiver()
            await worker(
                court,
                EffectHandler(kind: "letter") { _ in
                    for state in (try? await court.effectStates()) ?? [] { seen.take(state) }
                }
            ).drain()
            #expect(seen.keys == ["attempting"])
        }
    }

    @Test("what a worker took and never finished is done by the next, under the same key", arguments: TestEngine.all)
    func workerDied(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            try await order("a", in: court)
            // Given a worker that took it and died
            let now = court.clock.now
            #expect(try await court.store.write { try Outbox.take(at: now, in: $0) }?.effect.key == "a")
            // Then at once nobody takes it, and later the next one does
            #expect(try await court.store.write { try Outbox.take(at: now, in: $0) } == nil)
            let later = now.adding(milliseconds: Outbox.retryDelay(after: 1))
            let again = try await court.store.write { try Outbox.take(at: later, in: $0) }
            #expect(again?.effect.key == "a")
            #expect(again?.attempts == 2)
        }
    }

    @Test("a failure waits ever longer and in the end needs a person", arguments: TestEngine.all)
    func failing(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            try await order("a", in: court)
            var now = court.clock.now
            var delays: [Int64] = []
            while let taken = try await court.store.write({ [now] in try Outbox.take(at: now, in: $0) }) {
                try await court.store.write {
                    try Outbox.fail("a", attempts: taken.attempts, failure: "printer-empty", in: $0)
                }
                let due = try await court.store.read { try $0.row("SELECT due FROM outbox")?.integer(0) ?? 0 }
                delays.append(due - now.milliseconds)
                now = Instant(milliseconds: due)
            }
            #expect(delays.count == Outbox.mostAttempts)
            #expect(delays.first == 2_000)
            #expect(delays == delays.sorted())
            let states = try await court.effectStates()
            #expect(states == ["needs-person"])
        }
    }

    @Test("one that nobody can do is kept and named, not dropped", arguments: TestEngine.all)
    func nobody(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            try await order("a", in: court)
            await worker(court).drain()
            let failure = try await court.store.read { try $0.row("SELECT failure FROM outbox")?.text(0) }
            #expect(failure == "no-handler")
            let states = try await court.effectStates()
            #expect(states == ["waiting"])
        }
    }

    @Test("nothing is done before its time", arguments: TestEngine.all)
    func notBefore(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            let post = Receiver()
            try await order("a", in: court, notBefore: court.clock.now.adding(milliseconds: 3_600_000))
            await worker(court, EffectHandler(kind: "letter") { post.take($0.key) }).drain()
            #expect(post.keys == [])
        }
    }

    @Test("many workers share the work", arguments: TestEngine.all)
    func sharing(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            for number in 0..<40 { try await order("\(number)", in: court) }
            let post = Receiver()
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask { await worker(court, EffectHandler(kind: "letter") { post.take($0.key) }).drain() }
                }
            }
            #expect(post.keys.count == 40)
            #expect(Set(post.keys).count == 40)
        }
    }
}
