import Docket
import Foundation
import Ledger
import Procedure
import Storage
import TestSupport
import Testing

@testable import Proofs

extension BareCourt {
    static let machine = Acting(account: AccountID(high: 0, low: 1), capacity: .court)

    /// Opens a docket with so many acts in it.
    func opened(acts: Int) async throws -> DocketID {
        let docket = try await registry.newDocket()
        try await registry.write(on: [docket]) { t in
            var open = try t.open(docket, kind: .court)
            let keys = (0..<acts).map {
                DecidedAct(.court(.keyPublished(KeyPublished(use: "\($0)", key: "\($0)"))))
            }
            try t.enter(keys, in: &open, by: Self.machine, channel: .system)
        }
        return docket
    }

    func sequencer() async throws -> Sequencer {
        try await Sequencer(store: store, directory: folder.ledger, keys: try signingKeys(), logger: logger)
    }

    func policy() throws -> TrustPolicy { try TrustPolicy(try signingKeys().policy) }
}

@Suite("The sequencer puts every act into the ledger, once")
struct SequencerTests {
    private static let migrations = LedgerTable.migrations

    @Test("what the feed has is in the tree, and a receipt of it holds without us", arguments: TestEngine.all)
    func integrates(engine: TestEngine) async throws {
        try await BareCourt.on(engine, migrations: Self.migrations) { court in
            let docket = try await court.opened(acts: 3)
            let sequencer = try await court.sequencer()
            let receipts = Receipts(registry: court.registry, sequencer: sequencer)
            #expect(try await receipts.receipt(for: 2, in: docket) == nil, "not in the ledger yet")
            await sequencer.integrateAll()
            #expect(try sequencer.files.checkpoint().checkpoint.size == 3)
            for position in 1...3 {
                let placed = try #require(try await receipts.receipt(for: position, in: docket))
                let report = try placed.receipt.verify(under: try court.policy())
                #expect(report.kind == .act)
                // What a person keeps is text: it holds after the way to paper and back, and not with a letter changed
                #expect(try LedgerReceipt(json: placed.receipt.json) == placed.receipt)
                let content = try #require(placed.receipt.content)
                let forged = try LedgerReceipt(
                    json: Array(
                        String(decoding: placed.receipt.json, as: UTF8.self)
                            .replacing("\\\"position\\\":\(position)", with: "\\\"position\\\":9").utf8))
                #expect(forged.content != content)
                #expect(throws: VerificationFailure.self) { try forged.verify(under: try court.policy()) }
            }
            let audit = try LogAudit.run(directory: court.folder.ledger, under: try court.policy())
            #expect(audit.checkpoint.size == 3)
        }
    }

    @Test("closed hours of the log of readings get their leaves, with the acts or alone", arguments: TestEngine.all)
    func readings(engine: TestEngine) async throws {
        try await BareCourt.on(engine, migrations: Self.migrations) { court in
            let log = ReadLog(store: court.store, key: court.courtKey)
            func read(at instant: Instant) async throws {
                try await log.note(
                    ReadLine(
                        account: AccountID(high: 0, low: 9), session: "s", docket: nil, what: "/desk", object: "",
                        why: "clerk", at: instant))
            }
            _ = try await court.opened(acts: 2)
            try await read(at: "2026-01-05T01:00:00.000Z")
            try await log.closeHours(now: "2026-01-05T02:10:00.000Z")
            let sequencer = try await court.sequencer()
            await sequencer.integrateAll()
            #expect(try sequencer.files.checkpoint().checkpoint.size == 3)
            try await read(at: "2026-01-05T05:00:00.000Z")
            try await log.closeHours(now: "2026-01-05T06:10:00.000Z")
            await sequencer.integrateAll()
            await sequencer.integrateAll()
            #expect(try sequencer.files.checkpoint().checkpoint.size == 4)
            let hours = try await log.hours(after: -1, limit: 10)
            #expect(try sequencer.files.entry(at: 3) == hours.last?.leaf)
            _ = try LogAudit.run(directory: court.folder.ledger, under: try court.policy())
        }
    }

    @Test("neighbours in a batch lie by their hashes, so that the order tells nothing", arguments: TestEngine.all)
    func sorted(engine: TestEngine) async throws {
        try await BareCourt.on(engine, migrations: Self.migrations) { court in
            _ = try await court.opened(acts: 20)
            let sequencer = try await court.sequencer()
            await sequencer.integrateAll()
            let hashes = try (0..<20).map { try sequencer.files.leafHash(at: $0) }
            #expect(hashes == hashes.sorted())
        }
    }

    @Test("many batches, two turns at once and a second start place nothing twice", arguments: TestEngine.all)
    func once(engine: TestEngine) async throws {
        try await BareCourt.on(engine, migrations: Self.migrations) { court in
            let docket = try await court.opened(acts: Sequencer.batch + 37)
            do {
                let sequencer = try await court.sequencer()
                async let one: Void = sequencer.integrateAll()
                async let two: Void = sequencer.integrateAll()
                _ = await (one, two)
                await sequencer.integrateAll()
            }
            let again = try await court.sequencer()
            await again.integrateAll()
            #expect(try again.files.checkpoint().checkpoint.size == UInt64(Sequencer.batch + 37))
            let places = try await Receipts(registry: court.registry, sequencer: again).places(of: docket)
            #expect(Set(places.values).count == Sequencer.batch + 37)
        }
    }

    @Test("a batch the database placed and a crash kept from the tiles is finished first", arguments: TestEngine.all)
    func crashed(engine: TestEngine) async throws {
        try await BareCourt.on(engine, migrations: Self.migrations) { court in
            let docket = try await court.opened(acts: 5)
            let sequencer = try await court.sequencer()
            // Given the moment after the database's commit and before the first tile
            try await court.store.write { t in
                for position in 1...5 {
                    try LedgerTable.insert(
                        UInt64(position - 1), docket: docket, position: position, ordinal: LedgerTable.act, in: t)
                }
                try t.run(
                    "INSERT INTO feed_position (follower, sequence) VALUES ($1, $2)", Sequencer.follower, 5)
            }
            // When the court starts again and goes on
            _ = try await court.opened(acts: 2)
            await sequencer.integrateAll()
            // Then nothing is lost, doubled or moved
            #expect(try sequencer.files.checkpoint().checkpoint.size == 7)
            let leaves = try await court.registry.storedEntries(of: docket).map { MerkleTree.leafHash($0.leaf) }
            #expect(try (0..<5).map { try sequencer.files.leafHash(at: $0) } == leaves)
        }
    }

    @Test("when the disk refuses a write the next turn goes on, and nobody's act waited for it")
    func diskRefuses() async throws {
        try await BareCourt.on(migrations: Self.migrations) { court in
            let sequencer = try await court.sequencer()
            let obstacle = court.folder.ledger + "/tmp/0"
            try FileManager.default.createDirectory(atPath: obstacle + "/full", withIntermediateDirectories: true)
            _ = try await court.opened(acts: 4)
            await #expect(throws: (any Error).self) { _ = try await sequencer.integrateBatch() }
            #expect(try sequencer.files.checkpoint().checkpoint.size == 0)
            try FileManager.default.removeItem(atPath: obstacle)
            await sequencer.integrateAll()
            #expect(try sequencer.files.checkpoint().checkpoint.size == 4)
        }
    }

    @Test("a database older than its ledger may not write on: it must be compared first", arguments: TestEngine.all)
    func ledgerAhead(engine: TestEngine) async throws {
        try await BareCourt.on(engine, migrations: Self.migrations) { court in
            _ = try await court.opened(acts: 4)
            do { await (try await court.sequencer()).integrateAll() }
            try await court.store.write { t in
                if engine == .sqlite {
                    try t.run("DROP TRIGGER ledger_index_no_delete")
                } else {
                    try t.run("DROP TRIGGER ledger_index_append_only ON ledger_index")
                }
                try t.run("DELETE FROM ledger_index WHERE leaf_index = 3")
            }
            await #expect(throws: LedgerAhead(log: 4, database: 3)) { _ = try await court.sequencer() }
        }
    }

    @Test("a lost log is never begun anew in silence")
    func lostLog() async throws {
        try await BareCourt.on(migrations: Self.migrations) { court in
            _ = try await court.opened(acts: 4)
            do { await (try await court.sequencer()).integrateAll() }
            try FileManager.default.removeItem(atPath: court.folder.ledger)
            await #expect(throws: LogFailure.noCheckpoint(directory: court.folder.ledger)) {
                _ = try await court.sequencer()
            }
        }
    }

    @Test("one sequencer a log: a second is refused")
    func oneSequencer() async throws {
        try await BareCourt.on(migrations: Self.migrations) { court in
            let first = try await court.sequencer()
            await #expect(throws: LogFailure.inUse(directory: court.folder.ledger)) {
                _ = try await court.sequencer()
            }
            await first.integrateAll()
        }
    }
}
