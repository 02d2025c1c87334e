import CourtServer
import Demonstration
import Docket
import Foundation
import Ledger
import Procedure
import Storage
import Synchronization
import TestSupport
import Testing

@Suite("A backup made while everybody writes is whole")
struct LiveBackupTests {
    /// What was made when, and how much the court held before and after.
    private struct Made: Sendable {
        let folder: String
        let before, after: Int
    }

    private static func acts(_ court: CourtHouse) async throws -> Int {
        try await court.store.read { Int(try $0.row("SELECT COUNT(*) FROM act")?.integer(0) ?? 0) }
    }

    /// Makes one backup after another until the writers are done.
    private static func backups(of court: CourtHouse, at place: CourtPlace, into folder: String, until done: Flag)
        async throws -> [Made]
    {
        var made: [Made] = []
        while !done.isSet {
            let copy = "\(folder)/\(made.count)"
            let before = try await acts(court)
            _ = try await Backup(of: place, logger: SimulatedCourt.quiet).run(to: copy, withCourtKey: true)
            made.append(Made(folder: copy, before: before, after: try await acts(court)))
        }
        return made
    }

    @Test(
        "acts with files are entered throughout: each copy has every file that its acts name, and agrees with its checkpoint",
        arguments: TestEngine.all)
    func whileWriting(engine: TestEngine) async throws {
        try await SimulatedCourt.with(cases: 2, seed: 61, on: engine) { court, place in
            let folder = SimulatedCourt.folder()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let done = Flag()
            async let copies = Self.backups(of: court, at: place, into: folder, until: done)
            for seed in UInt64(62)...65 {
                _ = try await Simulation(court, seed: seed).run(cases: 6, depth: .judged)
            }
            done.set()
            let made = try await copies
            #expect(made.contains { $0.after > $0.before }, "something should be written during a backup")
            for copy in made.suffix(3) {
                let restored = CourtPlace(folder: SimulatedCourt.folder())
                defer { try? FileManager.default.removeItem(atPath: restored.folder) }
                let restore = Restore(into: restored, logger: SimulatedCourt.quiet)
                let manifest = try await restore.run(from: .init(record: copy.folder)).manifest
                guard case .consistent = try await restore.compare(with: Array(manifest.checkpoint.utf8)) else {
                    Issue.record("a copy should agree with the checkpoint it holds")
                    return
                }
                let opened = try await CourtHouse.open(at: restored, logger: SimulatedCourt.quiet)
                let audit = try await Audit(opened).run()
                #expect(audit.differences == [])
                #expect(try await Self.acts(opened) >= copy.before)
                #expect(try await Self.acts(opened) <= copy.after)
                try await opened.close()
            }
        }
    }

    @Test(
        "whatever the database, a backup restores into an empty place on either",
        arguments: TestEngine.all, TestEngine.all)
    func acrossDatabases(from source: TestEngine, to target: TestEngine) async throws {
        try await SimulatedCourt.with(cases: 2, seed: 66, on: source) { court, place in
            let folder = SimulatedCourt.folder()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let acts = try await court.decryptedActs()
            let manifest = try await Backup(of: place, logger: SimulatedCourt.quiet).run(to: folder, withCourtKey: true)
            try await TestPlace.with(target) { empty in
                let restore = Restore(into: empty, logger: SimulatedCourt.quiet)
                _ = try await restore.run(from: .init(record: folder))
                await #expect(throws: CourtStartFailure.awaitingComparison) {
                    _ = try await CourtHouse.open(at: empty, logger: SimulatedCourt.quiet)
                }
                let comparison = try await restore.compare(with: Array(manifest.checkpoint.utf8))
                let size = try SignedCheckpoint(
                    Array(manifest.checkpoint.utf8), log: court.signing.ledgerKey.verifierKey
                ).checkpoint.size
                #expect(comparison == .consistent(published: size, here: size))
                let restored = try await CourtHouse.open(at: empty, logger: SimulatedCourt.quiet)
                #expect(try await restored.decryptedActs() == acts)
                #expect(try await Audit(restored).run().differences == [])
                let feed = try await Feed(store: restored.store).items(after: 0, limit: 10_000).map(\.stored.id)
                #expect(try await Feed(store: court.store).items(after: 0, limit: 10_000).map(\.stored.id) == feed)
                // It writes on: numbers, feed and ledger go on where they were.
                _ = try await Simulation(restored, seed: 67).run(cases: 1, depth: .judged)
                #expect(try await Audit(restored).run().differences == [])
                try await restored.close()
                let again = Restore(
                    into: CourtPlace(folder: SimulatedCourt.folder(), database: empty.database),
                    logger: SimulatedCourt.quiet)
                if target == .postgres {
                    await #expect(throws: BackupFailure.notEmpty("The database")) {
                        _ = try await again.run(from: .init(record: folder))
                    }
                }
            }
        }
    }
}

/// Set once, by whoever is done.
private final class Flag: Sendable {
    private let value = Mutex(false)
    var isSet: Bool { value.withLock { $0 } }
    func set() { value.withLock { $0 = true } }
}
