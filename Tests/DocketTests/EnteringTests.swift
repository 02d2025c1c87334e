import Foundation
import Procedure
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Docket

@Suite("Entering acts")
struct EnteringTests {
    @Test("positions count from 1 without a gap, and a docket's time never runs back", arguments: TestEngine.all)
    func positions(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            let docket = try await court.opened()
            let late = try await court.enter(in: docket, at: "2030-01-05T01:00:00.000Z")
            let later = try await court.enter(in: docket, at: "2029-12-31T01:00:00.000Z")
            #expect(late.position == 2)
            #expect(later.position == 3)
            #expect(later.entered == late.entered, "an earlier clock does not move what was entered back")
            #expect(try await court.registry.entries(of: docket).map(\.entry.position) == [1, 2, 3])
        }
    }

    @Test("who throws has entered nothing: no act, no leaf, no head, no number", arguments: TestEngine.all)
    func undone(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            let docket = try await court.opened()
            await #expect(throws: ChangedMind.self) {
                try await court.registry.write(on: [docket]) { t in
                    var open = try t.docket(docket)
                    try t.enter([BareCourt.key("a"), BareCourt.key("b")], in: &open, by: BareCourt.machine)
                    #expect(try NumberCounter.next("民初/2026", in: t.storage) == 1)
                    throw ChangedMind()
                }
            }
            #expect(try await court.registry.docket(docket).head.position == 1)
            #expect(try await court.feed().count == 1)
            let number = try await court.registry.write { try NumberCounter.next("民初/2026", in: $0.storage) }
            #expect(number == 1)
        }
    }

    @Test("who lost the position decides again on what is there, once", arguments: TestEngine.all)
    func lostPosition(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            let docket = try await court.opened()
            let stored = try #require(try await court.registry.storedEntries(of: docket).first)
            // The database itself refuses a second entry at a place, and says whose
            await #expect(throws: DocketMovedOn(docket: docket)) {
                try await court.store.write { try ActTable.insert(stored, in: $0) }
            }
            // The registry runs the closure once more, and gives up on the second loss
            let runs = Mutex(0)
            let position = try await court.registry.write(on: [docket]) { t in
                let run = runs.withLock { runs in
                    runs += 1
                    return runs
                }
                if run == 1 { throw DocketMovedOn(docket: docket) }
                return try t.docket(docket).position
            }
            #expect(position == 1)
            #expect(runs.withLock { $0 } == 2)
            await #expect(throws: DocketMovedOn(docket: docket)) {
                try await court.registry.write { _ in throw DocketMovedOn(docket: docket) }
            }
        }
    }

    @Test("one docket written by sixty-four at once keeps every act, in one order", arguments: TestEngine.all)
    func oneDocket(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            let docket = try await court.opened()
            let positions = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<64 { group.addTask { try await court.enter(in: docket).position } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(positions.sorted() == Array(2...65))
            #expect(try await DocketAudit(registry: court.registry).examine(docket).differences == [])
        }
    }

    @Test(
        "the database itself lets nobody change or remove an act, whoever asks", arguments: TestEngine.all)
    func appendOnly(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            let docket = try await court.opened()
            _ = try await court.feed()
            var orders = [
                "UPDATE act SET body = leaf", "UPDATE act SET happened = ''", "DELETE FROM act",
                "DELETE FROM act WHERE position = 1",
            ]
            if engine == .postgres { orders += ["TRUNCATE act", "UPDATE feed SET sequence = 7", "DELETE FROM feed"] }
            if engine == .sqlite { orders.append("REPLACE INTO act SELECT * FROM act") }
            for order in orders {
                await #expect(throws: StorageError.self, "\(order)") {
                    try await court.store.write { t -> Void in try t.run(order) }
                }
            }
            #expect(try await DocketAudit(registry: court.registry).examine(docket).differences == [])
        }
    }

    @Test("a docket begins once, and one that was never begun is not there", arguments: TestEngine.all)
    func begins(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            let docket = try await court.opened()
            await #expect(throws: StorageError.self) {
                try await court.registry.write(on: [docket]) { _ = try $0.open(docket, kind: .court) }
            }
            let none = try await court.registry.newDocket()
            await #expect(throws: NoSuchDocket(docket: none)) { _ = try await court.registry.docket(none) }
            await #expect(throws: NoSuchDocket(docket: none)) {
                try await court.registry.write(on: [none]) { _ = try $0.docket(none) }
            }
        }
    }
}
