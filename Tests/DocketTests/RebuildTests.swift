import Procedure
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Docket

/// One row an act: whatever a rebuild lost or doubled can be counted.
private struct Tally: Projection {
    static let name = "tally"
    static let version = 1
    static let tables = [
        ProjectionTable(
            "tally",
            create: [
                """
                CREATE TABLE {name} (
                    docket <bytes> NOT NULL, position <integer> NOT NULL, kind <bytes> NOT NULL,
                    PRIMARY KEY (docket, position)
                )<strict>
                """
            ],
            columns: [.plain("docket"), .plain("position"), .sealed("kind")])
    ]

    func apply(_ entries: [Entry], state: CaseState, in writer: ProjectionWriter) throws {
        for entry in entries {
            try writer.run(
                "INSERT INTO {tally} (docket, position, kind) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                writer.docket, entry.position, try writer.sealing.seal(type(of: entry.act.body).type, field: "kind"))
        }
    }
}

extension BareCourt {
    fileprivate func tallied() async throws -> Int {
        try await store.read { [registry] reading in
            let names = try registry.projections.names(in: reading)
            return Int(try reading.row(names.resolve("SELECT COUNT(*) FROM {tally}"))?.integer(0) ?? -1)
        }
    }
}

/// Tells writers on other threads to end.
private final class Stop: Sendable {
    private let told = Mutex(false)

    var isTold: Bool { told.withLock { $0 } }
    func now() { told.withLock { $0 = true } }
}

/// Begins dockets and goes on with them until told to stop.
///
/// - Returns: how many acts were entered.
private func writeOn(in registry: Registry, until stop: Stop) async throws -> Int {
    var acts = 0
    var docket = DocketID.random()
    while !stop.isTold {
        if acts % 3 == 0 { docket = try await registry.newDocket() }
        let (at, begins) = (docket, acts % 3 == 0)
        try await registry.write(on: [at]) { t in
            var open = try begins ? t.open(at, kind: .court) : t.docket(at)
            try t.enter([BareCourt.key("more")], in: &open, by: BareCourt.machine)
        }
        acts += 1
    }
    return acts
}

@Suite("Projections can be made again from the acts alone")
struct RebuildTests {
    @Test("the rows are the same, field for field, in new tables", arguments: TestEngine.all)
    func same(engine: TestEngine) async throws {
        try await BareCourt.on(engine, projections: [Tally()]) { court in
            for _ in 0..<5 { _ = try await court.opened(acts: 7) }
            let rebuild = Rebuild(registry: court.registry)
            let before = try await rebuild.dump("tally")
            let report = try await rebuild.run(["tally"])
            #expect(report.projections == ["tally"])
            #expect(report.acts == 35)
            #expect(before.count == 35)
            #expect(try await rebuild.dump("tally") == before)
        }
    }

    @Test("while others write nothing is lost, by this process or another", arguments: TestEngine.all)
    func whileServing(engine: TestEngine) async throws {
        try await BareCourt.on(engine, projections: [Tally()]) { court in
            for _ in 0..<20 { _ = try await court.opened(acts: 5) }
            // Another node of the same court, with a memory of its own
            let other = Registry(
                store: court.store, vault: court.vault, courtKey: court.courtKey, court: court.profile,
                tables: court.registry.tables, clock: court.clock,
                projections: [
                    MattersProjection(court: court.profile, tables: court.registry.tables), Tally(),
                ])
            let stop = Stop()
            let writers = Task {
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for writer in 0..<8 {
                        let registry = writer % 2 == 0 ? court.registry : other
                        group.addTask { try await writeOn(in: registry, until: stop) }
                    }
                    return try await group.reduce(0, +)
                }
            }
            for _ in 0..<3 { _ = try await Rebuild(registry: court.registry).run() }
            stop.now()
            let acts = 100 + (try await writers.value)
            #expect(try await court.tallied() == acts)
            #expect(try await court.feed().count == acts)
        }
    }

    @Test("a projection that is new to a court with acts says that it must be made", arguments: TestEngine.all)
    func stale(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            _ = try await court.opened(acts: 3)
            let upgraded = Registry(
                store: court.store, vault: court.vault, courtKey: court.courtKey, court: court.profile,
                tables: court.registry.tables, clock: court.clock,
                projections: [
                    MattersProjection(court: court.profile, tables: court.registry.tables), Tally(),
                ])
            #expect(try await upgraded.projections.prepare(in: court.store) == ["tally"])
            _ = try await Rebuild(registry: upgraded).run(["tally"])
            #expect(try await Rebuild(registry: upgraded).dump("tally").count == 3)
            #expect(try await upgraded.projections.prepare(in: court.store) == [])
        }
    }
}
