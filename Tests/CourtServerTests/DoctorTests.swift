import CourtServer
import Demonstration
import Docket
import Foundation
import Procedure
import Storage
import Testing

@Suite("The doctor says what is not in order, and what to do about it")
struct DoctorTests {
    private typealias State = Doctor.Finding.State

    private func examine(
        _ folder: String, minutesLater: Int = 0, free: Int64 = 100 << 30
    ) async -> [String: Doctor.Finding] {
        let now = CourtClock().now.adding(milliseconds: Int64(minutesLater) * 60_000)
        let report = await Doctor(
            CourtPlace(folder: folder), logger: SimulatedCourt.quiet, now: { now }, freeBytes: { _ in free }
        ).examine()
        return Dictionary(report.findings.map { ($0.check, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private func withCourt(_ body: (CourtHouse) async throws -> Void) async throws {
        try await SimulatedCourt.with(cases: 1, seed: 71, depth: .docketed) { court, _ in try await body(court) }
    }

    @Test("in a court that is in order every check is there, and none is wrong")
    func healthy() async throws {
        try await withCourt { court in
            let found = await examine(court.folder.path)
            #expect(
                Set(found.keys) == [
                    "fonts", "clock", "permissions", "space", "lock", "database", "migrations", "court", "keys", "time",
                    "outbox", "ledger", "checkpoint", "sweeping",
                ])
            #expect(found.values.filter { $0.state == .wrong } == [])
            #expect(found["lock"]?.found == "Process \(getpid()) has the court open for writing.")
            for finding in found.values { #expect((finding.remedy == nil) == (finding.state == .fine)) }
        }
    }

    @Test("a place without a court, a full disk, a key that others may read")
    func machine() async throws {
        let nowhere = await examine("/nonexistent/court")
        #expect(nowhere["folder"]?.state == .wrong && nowhere["database"] == nil)
        try await withCourt { court in
            #expect(await examine(court.folder.path, free: 5 << 30)["space"]?.state == .attention)
            #expect(await examine(court.folder.path, free: 1 << 20)["space"]?.state == .wrong)
            chmod(court.folder.courtKeyFile, 0o644)
            let exposed = await examine(court.folder.path)["permissions"]
            #expect(exposed?.state == .wrong)
            #expect(exposed?.remedy == "Run: chmod go-rwx '\(court.folder.courtKeyFile)'")
        }
    }

    @Test("a database of another release, before the court would start with it")
    func releases() async throws {
        try await withCourt { court in
            try await court.store.write { transaction in
                try transaction.run("UPDATE migration SET name = 'from the future' WHERE name = 'court-002-sweeps'")
            }
            let newer = await examine(court.folder.path)
            #expect(newer["migrations"]?.state == .wrong && newer["court"] == nil)
            try await court.store.write { try $0.run("DELETE FROM migration WHERE name = 'from the future'") }
            let older = await examine(court.folder.path)["migrations"]
            #expect(older?.state == .attention && older?.found.contains("court-002-sweeps") == true)
        }
    }

    @Test("a key that is not the court's, a clock behind the record, a court that waits to be compared")
    func court() async throws {
        try await withCourt { court in
            #expect(await examine(court.folder.path, minutesLater: -60 * 24 * 365 * 3)["time"]?.state == .wrong)
            try await court.store.write { try $0.run("UPDATE court SET read_only = 1") }
            let restored = await examine(court.folder.path)["court"]
            #expect(restored?.state == .wrong && restored?.remedy?.contains("restore --compare") == true)
            let key = URL(fileURLWithPath: court.folder.courtKeyFile)
            try Data([1] + [UInt8](repeating: 7, count: 32)).write(to: key)
            chmod(court.folder.courtKeyFile, 0o600)
            #expect(await examine(court.folder.path)["keys"]?.state == .wrong)
        }
    }

    @Test("effects that are not done and entries that the ledger lacks, once they have waited too long")
    func waiting() async throws {
        try await withCourt { court in
            let docket = court.row.docket
            try await court.registry.write(on: [docket]) { t in
                var open = try t.docket(docket)
                try t.enter(
                    [DecidedAct(.court(.clockMoved(ClockMoved(days: 0))))], in: &open,
                    by: Acting(account: CourtHouse.machine, capacity: .court), channel: .system)
                try t.effect(Effect(kind: "serve-judgment", key: "one", docket: docket))
            }
            let soon = await examine(court.folder.path)
            #expect(soon["outbox"]?.state == .fine && soon["ledger"]?.state == .fine)
            let later = await examine(court.folder.path, minutesLater: 5)
            #expect(later["outbox"]?.state == .wrong && later["ledger"]?.state == .wrong)
            #expect(later["ledger"]?.found.hasPrefix("1 entries wait") == true)

            try await court.store.write { try $0.run("UPDATE outbox SET state = 'needs-person'") }
            let failed = await examine(court.folder.path)["outbox"]
            #expect(failed?.state == .wrong && failed?.found.contains("serve-judgment") == true)
            try await court.sequencer().integrateAll()
            #expect(await examine(court.folder.path, minutesLater: 5)["ledger"]?.state == .fine)
        }
    }
}
