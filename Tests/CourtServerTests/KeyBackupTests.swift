import Docket
import Foundation
import Ledger
import Procedure
import Proofs
import Storage
import TestSupport
import Testing

@testable import CourtServer

@Suite("Keys have a backup of their own, and what was destroyed stays so through every restore")
struct KeyBackupTests {
    /// Folders for backups, cleared away afterwards.
    private func withFolders(_ count: Int, _ body: ([String]) async throws -> Void) async throws {
        let folders = (0..<count).map { _ in SimulatedCourt.folder() }
        defer { for folder in folders { try? FileManager.default.removeItem(atPath: folder) } }
        try await body(folders)
    }

    private func backup(_ place: CourtPlace) -> Backup { Backup(of: place, logger: SimulatedCourt.quiet) }

    private func restoring(
        on engine: TestEngine = .sqlite, _ body: (CourtPlace, Restore) async throws -> Void
    ) async throws {
        try await TestPlace.with(engine) { try await body($0, Restore(into: $0, logger: SimulatedCourt.quiet)) }
    }

    /// What a restored court that waits to be compared says of a docket, to someone who only looks.
    private func expectDestroyed(_ docket: DocketID, at place: CourtPlace) async throws {
        let court = try await CourtHouse.open(at: place, readOnly: true, logger: SimulatedCourt.quiet)
        await #expect(throws: KeyVaultError.destroyed(docket)) { _ = try await court.registry.vault.keys(for: docket) }
        #expect(try await Matters(court.registry).matter(docket) == nil)
        #expect(try await court.registry.vault.destroyed()[docket] != nil)
        try await court.expectInclusion(of: docket)
        try await court.close()
    }

    @Test("record and keys lie apart, and the record comes back with newer keys", arguments: TestEngine.all)
    func apart(engine: TestEngine) async throws {
        try await SimulatedCourt.with(cases: 2, seed: 91, on: engine) { court, place in
            try await withFolders(3) { folders in
                let (record, keys, newer) = (folders[0], folders[1], folders[2])
                _ = try await backup(place).run(to: record, keysTo: keys, withCourtKey: true)
                #expect(
                    FileManager.default.subpaths(atPath: record)?.contains { $0.contains("keys.sqlite") } == false)
                let manifest = try await backup(place).runKeys(to: newer)
                #expect(manifest.dockets > 2 && manifest.destroyed == 0)
                let copied = try FileManager.default.contentsOfDirectory(atPath: newer)
                #expect(copied.sorted() == ["keys.sqlite", "manifest.json"])
                try await restoring(on: engine) { _, restore in
                    await #expect(throws: BackupFailure.keysNeeded("\(record)/docket-keys")) {
                        _ = try await restore.run(from: .init(record: record))
                    }
                    await #expect(throws: BackupFailure.otherKind(record, holds: "a record")) {
                        _ = try await restore.run(from: .init(record: record, keys: record))
                    }
                    await #expect(throws: BackupFailure.otherKind(keys, holds: "docket keys")) {
                        _ = try await restore.run(from: .init(record: keys, keys: keys))
                    }
                }
                try await restoring(on: engine) { restored, restore in
                    let outcome = try await restore.run(from: .init(record: record, keys: newer))
                    #expect(outcome.erasedByList == 0 && outcome.erasedByRecord == 0)
                    guard case .consistent = try await restore.compare(with: Array(outcome.manifest.checkpoint.utf8))
                    else {
                        Issue.record("the restored court should agree with its own checkpoint")
                        return
                    }
                    let opened = try await CourtHouse.open(at: restored, logger: SimulatedCourt.quiet)
                    #expect(try await opened.decryptedActs() == court.decryptedActs())
                    #expect(try await Audit(opened).run().differences == [])
                    try await opened.close()
                }
            }
        }
    }

    @Test("an older backup with the newest list stays unreadable, on either database", arguments: TestEngine.all)
    func replayed(engine: TestEngine) async throws {
        try await SimulatedCourt.with(cases: 3, seed: 92, on: engine) { court, place in
            try await withFolders(2) { folders in
                let (old, list) = (folders[0], folders[1])
                _ = try await backup(place).run(to: old, withCourtKey: true)
                let docket = try await court.archived()
                _ = try await court.destroyKeys(of: docket, for: .retentionOver)
                try await Data(court.destroyedKeyList().file()).write(to: URL(fileURLWithPath: list))
                try await restoring(on: engine) { restored, restore in
                    let outcome = try await restore.run(from: .init(record: old, destroyed: list))
                    #expect(outcome.erasedByList == 1 && outcome.erasedByRecord == 0)
                    try await expectDestroyed(docket, at: restored)
                }
            }
        }
    }

    @Test("keys from before, without any list, are erased again because the record says so", arguments: TestEngine.all)
    func recorded(engine: TestEngine) async throws {
        try await SimulatedCourt.with(cases: 3, seed: 93, on: engine) { court, place in
            try await withFolders(2) { folders in
                let (old, record) = (folders[0], folders[1])
                _ = try await backup(place).runKeys(to: old)
                let docket = try await court.archived()
                let done = try await court.destroyKeys(of: docket, for: .ordered)
                try await court.sequencer().integrateAll()
                _ = try await backup(place).run(to: record, withCourtKey: true)
                try await restoring(on: engine) { restored, restore in
                    let outcome = try await restore.run(from: .init(record: record, keys: old))
                    #expect(outcome.erasedByList == 0 && outcome.erasedByRecord == 1)
                    try await expectDestroyed(docket, at: restored)
                    guard case .consistent = try await restore.compare(with: Array(outcome.manifest.checkpoint.utf8))
                    else {
                        Issue.record("the restored court should agree with its own checkpoint")
                        return
                    }
                    let opened = try await CourtHouse.open(at: restored, logger: SimulatedCourt.quiet)
                    let audit = try await Audit(opened).run()
                    #expect(audit.differences == [])
                    #expect(audit.destroyed == [done])
                    try await opened.close()
                }
            }
        }
    }

    @Test("keys older than a case of the record are refused, and so is a list that this court did not sign")
    func refused() async throws {
        try await SimulatedCourt.with(cases: 1, seed: 94, on: .sqlite) { court, place in
            try await withFolders(3) { folders in
                let (keys, record, list) = (folders[0], folders[1], folders[2])
                _ = try await backup(place).runKeys(to: keys)
                let begun = try await court.registry.newDocket()
                try await court.registry.write(on: [begun]) { _ = try $0.open(begun, kind: .person) }
                _ = try await backup(place).run(to: record, withCourtKey: true)
                try await restoring { restored, restore in
                    await #expect(throws: BackupFailure.keysTooOld(missing: 1)) {
                        _ = try await restore.run(from: .init(record: record, keys: keys))
                    }
                    let left = try FileManager.default.contentsOfDirectory(atPath: restored.folder)
                    #expect(left.isEmpty)
                }
                let signed = String(decoding: try await court.destroyedKeyList().file(), as: UTF8.self)
                let cases: [(String, BackupFailure)] = [
                    ("", .unreadableList(list)), ("{}", .unreadableList(list)),
                    (signed.replacing("keys/1", with: "keys/2"), .unreadableList(list)),
                    (
                        signed.replacing(
                            "\"destroyed\":[]",
                            with: "\"destroyed\":[{\"at\":\"2026-01-05T01:02:03.004Z\",\"docket\":\"\(begun)\"}]"),
                        .listNotSigned(list)
                    ),
                    (
                        signed.replacing(court.row.code, with: "演91"),
                        .otherCourt(path: list, court: "演91")
                    ),
                ]
                for (text, failure) in cases {
                    try Data(text.utf8).write(to: URL(fileURLWithPath: list))
                    try await restoring { _, restore in
                        await #expect(throws: failure) {
                            _ = try await restore.run(from: .init(record: record, destroyed: list))
                        }
                    }
                }
                try await restoring { _, restore in
                    await #expect(throws: BackupFailure.unreadableList("\(list)-none")) {
                        _ = try await restore.run(from: .init(record: record, destroyed: "\(list)-none"))
                    }
                }
            }
        }
    }
}
