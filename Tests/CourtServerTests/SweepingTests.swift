import Accounts
import Demonstration
import Docket
import Foundation
import Procedure
import Storage
import Testing

@testable import CourtServer

@Suite("What nobody comes back for is swept on a schedule")
struct SweepingTests {
    /// A court with one of each: an idempotency key, an upload that was begun, an object that nothing names, a session.
    private func withCourt(_ body: (CourtHouse, Sweeping) async throws -> Void) async throws {
        try await SimulatedCourt.with(cases: 1, seed: 51, depth: .docketed) { court, _ in
            let server = try await CourtServer(court, settings: ServingSettings())
            let now = court.registry.clock.now
            let code = try await court.accounts.createFirstAdministrator(name: "管理员", signInName: "admin")
            _ = try await court.accounts.enrol(
                with: code.code.text, password: "a long enough sentence", from: Client(address: "127.0.0.1", device: "")
            )
            try await court.store.write { transaction in
                try Idempotency.keep(
                    "key", scope: "test", request: [1], answer: "done", key: court.courtKey, at: now, in: transaction)
            }
            let docket = try await court.registry.newDocket()
            let account = AccountID(high: 5, low: 1)
            _ = try await court.files.beginUpload(in: docket, .main, by: account, length: 100, name: "a.bin")
            _ = try await court.files.put(Array("left behind".utf8), in: docket, .main, name: "b.txt")
            try await body(court, server.sweeping)
        }
    }

    private struct Left: Equatable {
        var keys = 0
        var sessions = 0
        var staged = 0
        var objects = 0
    }

    private func left(in court: CourtHouse) async throws -> Left {
        let rows = try await court.store.read { reading in
            try ["idempotency", "account_session"].map { table in
                Int(try reading.row("SELECT COUNT(*) FROM \(table)")?.integer(0) ?? 0)
            }
        }
        return Left(
            keys: rows[0], sessions: rows[1], staged: try Set(uploads(court).map { $0.prefix { $0 != "." } }).count,
            objects: try BackupFolder.files(under: court.folder.files).count)
    }

    private func uploads(_ court: CourtHouse) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: court.folder.staging)
    }

    /// Makes every file below look as old as that.
    private func age(_ folder: String, days: Int) throws {
        let date = Date(timeIntervalSinceNow: Double(-days) * 86_400)
        for name in try BackupFolder.files(under: folder) {
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: "\(folder)/\(name)")
        }
    }

    @Test("what is fresh stays, and a sweep that ran is not repeated until it is due")
    func freshStays() async throws {
        try await withCourt { court, sweeping in
            let before = try await left(in: court)
            let staged = try uploads(court)
            #expect(before.keys == 1)
            #expect(before.sessions == 1)
            #expect(before.staged == 1, "\(staged)")
            #expect(before.objects > 1)
            #expect(await sweeping.sweepDue().sorted() == Sweep.schedule.map(\.name).sorted())
            #expect(try await left(in: court) == before)
            #expect(await sweeping.sweepDue() == [])
        }
    }

    @Test("ended sessions and keys of thirty days go by the court's clock, files by the system's")
    func pastItsTime() async throws {
        try await withCourt { court, sweeping in
            // Given everything a month later by the court's clock, with files that are new
            var expected = try await left(in: court)
            court.registry.clock.setAhead(days: 31)
            await sweeping.sweepDue()
            (expected.keys, expected.sessions) = (0, 0)
            #expect(try await left(in: court) == expected)

            // When the files too are old, and the next sweeps are due
            try age(court.folder.staging, days: 8)
            try age(court.folder.files, days: 8)
            court.registry.clock.setAhead(days: 33)
            await sweeping.sweepDue()

            // Then the upload and the one object that no act names are gone, and the record is whole
            (expected.staged, expected.objects) = (0, expected.objects - 1)
            #expect(try await left(in: court) == expected)
            #expect(try await Audit(court).run().differences == [])
        }
    }

    @Test("one that fails does not keep the others from running, and is tried again after an hour")
    func failure() async throws {
        struct Broken: Error {}
        try await SimulatedCourt.with(cases: 1, seed: 52, depth: .docketed) { court, _ in
            let clock = court.registry.clock
            let sweeping = Sweeping(
                store: court.store,
                sweeps: [
                    Sweep("broken", everyHours: 24 * 30) { _ in throw Broken() },
                    Sweep("whole", everyHours: 24 * 30) { _ in },
                ],
                now: { Sweep.Time(court: clock.now, system: clock.now) }, logger: SimulatedCourt.quiet)
            #expect(await sweeping.sweepDue() == ["broken", "whole"])
            let failure = try await court.store.read { try Sweeping.last("broken", in: $0)?.failure }
            #expect(failure == "Broken")
            clock.setAhead(days: 1)
            #expect(await sweeping.sweepDue() == ["broken"])
        }
    }
}
