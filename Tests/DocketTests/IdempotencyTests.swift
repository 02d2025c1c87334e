import Procedure
import Storage
import TestSupport
import Testing

@testable import Docket

@Suite("A request sent again")
struct IdempotencyTests {
    private func send(
        _ request: String, key: String = "k-1", scope: String = "account/route", to court: BareCourt
    ) async throws -> String {
        try await court.registry.write { t in
            switch try Idempotency.check(
                key, scope: scope, request: Array(request.utf8), key: court.courtKey, in: t.storage)
            {
            case .done(let answer): return "again \(answer)"
            case .first:
                try Idempotency.keep(
                    key, scope: scope, request: Array(request.utf8), answer: request, key: court.courtKey, at: t.now,
                    in: t.storage)
                return request
            }
        }
    }

    @Test("gets the first answer; another request under its key is refused", arguments: TestEngine.all)
    func again(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            let first = try await send("pay 50", to: court)
            #expect(first == "pay 50")
            let repeated = try await send("pay 50", to: court)
            #expect(repeated == "again pay 50")
            await #expect(throws: IdempotencyKeyReused.self) { _ = try await send("pay 500", to: court) }
            let stranger = try await send("pay 500", scope: "someone else/route", to: court)
            #expect(stranger == "pay 500")
        }
    }

    @Test("sixty-four times at once is done once", arguments: TestEngine.all)
    func atOnce(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<64 { group.addTask { try await send("pay 50", to: court) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.filter { $0 == "pay 50" }.count == 1)
        }
    }

    @Test("a refusal is not kept: the same key may try again", arguments: TestEngine.all)
    func refused(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            await #expect(throws: ChangedMind.self) {
                try await court.registry.write { t in
                    try Idempotency.keep(
                        "k-1", scope: "account/route", request: [1], answer: "", key: court.courtKey, at: t.now,
                        in: t.storage)
                    throw ChangedMind()
                }
            }
            let retried = try await send("pay 50", to: court)
            #expect(retried == "pay 50")
        }
    }

    @Test("after thirty days the key is forgotten, and what it was for never lay open", arguments: TestEngine.all)
    func swept(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            let before = court.clock.now
            _ = try await send("pay 50", to: court)
            let kept = try await court.store.read { try $0.row("SELECT request FROM idempotency")?.bytes(0) ?? [] }
            #expect(!kept.isEmpty && kept != Array("pay 50".utf8))
            try await court.store.write { try Idempotency.sweep(before: before, in: $0) }
            let within = try await send("pay 50", to: court)
            #expect(within == "again pay 50")
            let later = court.clock.now.adding(milliseconds: 60_000)
            try await court.store.write { try Idempotency.sweep(before: later, in: $0) }
            let after = try await send("pay 50", to: court)
            #expect(after == "pay 50")
        }
    }
}
