import CourtServer
import Demonstration
import Docket
import Foundation
import Ledger
import Storage
import Testing

@Suite("A court comes back from its backup, and writes only once it agrees with what was published")
struct BackupTests {
    /// A court that is open for writing while it is backed up.
    private func withBackup(
        courtKey: Bool = true, _ body: (CourtHouse, String) async throws -> Void
    ) async throws {
        try await SimulatedCourt.with(cases: 2, seed: 21) { court, _ in
            let folder = SimulatedCourt.folder()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            _ = try await Backup(of: CourtPlace(folder: court.folder.path), logger: SimulatedCourt.quiet)
                .run(to: folder, withCourtKey: courtKey)
            try await body(court, folder)
        }
    }

    private func restoring(_ body: (CourtPlace, Restore) async throws -> Void) async throws {
        let place = CourtPlace(folder: SimulatedCourt.folder())
        defer { try? FileManager.default.removeItem(atPath: place.folder) }
        try await body(place, Restore(into: place, logger: SimulatedCourt.quiet))
    }

    private func published(by court: CourtHouse) throws -> [UInt8] {
        try LogFiles(directory: court.folder.ledger, key: try court.signing.ledgerKey.verifierKey).newestSigned().bytes
    }

    @Test("restored and compared, the court is whole and writes on")
    func comesBack() async throws {
        try await withBackup { court, folder in
            let acts = try await court.decryptedActs()
            let checkpoint = try published(by: court)
            try await restoring { place, restore in
                _ = try await restore.run(from: .init(record: folder))
                await #expect(throws: CourtStartFailure.awaitingComparison) {
                    _ = try await CourtHouse.open(at: place, logger: SimulatedCourt.quiet)
                }
                guard case .consistent = try await restore.compare(with: checkpoint) else {
                    Issue.record("the restored court should agree with its own checkpoint")
                    return
                }
                let restored = try await CourtHouse.open(at: place, logger: SimulatedCourt.quiet)
                #expect(try await restored.decryptedActs() == acts)
                #expect(try await Audit(restored).run().differences == [])
                _ = try await Simulation(restored, seed: 22).run(cases: 1, depth: .docketed)
                #expect(try await Audit(restored).run().differences == [])
                try await restored.close()
            }
        }
    }

    @Test("a court older than what was published stays closed to writing")
    func olderStaysReadOnly() async throws {
        try await withBackup { court, folder in
            _ = try await Simulation(court, seed: 23).run(cases: 1, depth: .docketed)
            let newer = try published(by: court)
            try await restoring { place, restore in
                _ = try await restore.run(from: .init(record: folder))
                guard case .missing(let published, let here) = try await restore.compare(with: newer) else {
                    Issue.record("what was published after the backup should be missed")
                    return
                }
                #expect(published > here)
                await #expect(throws: CourtStartFailure.awaitingComparison) {
                    _ = try await CourtHouse.open(at: place, logger: SimulatedCourt.quiet)
                }
            }
        }
    }

    @Test(
        "each kind of damage is refused by name",
        arguments: ["court.sqlite", "docket-keys/keys.sqlite", "keys/stamp.sealed", "ledger/checkpoint"])
    func damageIsNamed(part: String) async throws {
        try await withBackup { _, folder in
            let path = URL(fileURLWithPath: "\(folder)/\(part)")
            // Each of the two backups names its own parts.
            let name = part.hasPrefix("docket-keys/") ? path.lastPathComponent : part
            var bytes = try Data(contentsOf: path)
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: path)
            try await restoring { place, restore in
                await #expect(throws: BackupFailure.damaged(name)) {
                    _ = try await restore.run(from: .init(record: folder))
                }
                try FileManager.default.removeItem(at: path)
                await #expect(throws: BackupFailure.missing(name)) {
                    _ = try await restore.run(from: .init(record: folder))
                }
                #expect(!FileManager.default.fileExists(atPath: place.folder))
            }
        }
    }

    @Test("without the court's key, or a file, or over something that is there, nothing is restored")
    func refusals() async throws {
        try await withBackup(courtKey: false) { court, folder in
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/keys/court.key"))
            try await restoring { place, restore in
                await #expect(throws: BackupFailure.courtKeyNeeded) {
                    _ = try await restore.run(from: .init(record: folder))
                }
                let wrong = "\(folder)-wrong.key"
                defer { try? FileManager.default.removeItem(atPath: wrong) }
                try Data([1] + [UInt8](repeating: 7, count: 32)).write(to: URL(fileURLWithPath: wrong))
                await #expect(throws: BackupFailure.wrongCourtKey) {
                    _ = try await restore.run(from: .init(record: folder, courtKey: wrong))
                }
                _ = try await restore.run(from: .init(record: folder, courtKey: court.folder.courtKeyFile))
                await #expect(throws: BackupFailure.notEmpty(place.folder)) {
                    _ = try await restore.run(from: .init(record: folder, courtKey: court.folder.courtKeyFile))
                }
            }
            let first = try #require(
                FileManager.default.subpaths(atPath: "\(folder)/files")?.first { $0.split(separator: "/").count == 3 })
            try FileManager.default.removeItem(atPath: "\(folder)/files/\(first)")
            try await restoring { _, restore in
                await #expect(throws: BackupFailure.self) {
                    _ = try await restore.run(from: .init(record: folder, courtKey: court.folder.courtKeyFile))
                }
            }
        }
    }
}
