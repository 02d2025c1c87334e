import CourtServer
import Docket
import Foundation
import Procedure
import Storage
import Testing

@Suite("The audit compares what lists and desks show with what the acts say")
struct ProjectionAuditTests {
    private func differences(_ court: CourtHouse) async throws -> [Difference] {
        try await Audit(court).run(withFiles: false).differences
    }

    @Test("one row changed by hand is named by docket, table and column; a rebuild puts it right")
    func changedRow() async throws {
        try await SimulatedCourt.with(cases: 3, seed: 41) { court, _ in
            #expect(try await differences(court) == [])
            let docket = try await court.store.write { transaction in
                let row = try transaction.row("SELECT docket FROM matter_g1 ORDER BY docket LIMIT 1")
                let docket: DocketID = try #require(try row?.identifier(0))
                try transaction.run(
                    "UPDATE matter_g1 SET phase = 'docketed', judge = NULL WHERE docket = $1", docket)
                return docket
            }
            let found = try await differences(court)
            #expect(found.map(\.kind) == [.projectionDiffers])
            #expect(found.first?.docket == docket.rawValue)
            #expect(found.first?.detail == "table matter: phase, judge not as the acts say")
            _ = try await Rebuild(registry: court.registry).run()
            #expect(try await differences(court) == [])
        }
    }

    @Test("a row taken away, one put in, one of nobody's docket and a field sealed with another key are all named")
    func otherDifferences() async throws {
        try await SimulatedCourt.with(cases: 4, seed: 42, depth: .docketed) { court, _ in
            let dockets = try await court.store.read { reading in
                try reading.rows("SELECT docket FROM matter_g1 ORDER BY docket").map {
                    try $0.identifier(0) as DocketID
                }
            }
            try await court.store.write { transaction in
                try transaction.run("DELETE FROM matter_party_g1 WHERE docket = $1 AND role = 'plaintiff'", dockets[0])
                for docket in [dockets[1], DocketID(high: 4, low: 2)] {
                    try transaction.run(
                        "INSERT INTO matter_token_g1 (token, submitted, docket) VALUES (-1, 0, $1)", docket)
                }
                try transaction.run(
                    """
                    UPDATE matter_g1 SET title = (SELECT title FROM matter_g1 WHERE docket = $1) WHERE docket = $2
                    """, dockets[2], dockets[3])
            }
            let found = try await differences(court)
            #expect(found.allSatisfy { $0.kind == .projectionDiffers })
            let said = Dictionary(uniqueKeysWithValues: found.map { ($0.docket ?? "", $0.detail) })
            #expect(said.count == 4 && found.count == 4)
            #expect(said[dockets[0].rawValue] == "table matter_party: 1 rows missing, 0 rows that no act gives")
            #expect(said[dockets[1].rawValue] == "table matter_token: 0 rows missing, 1 rows that no act gives")
            #expect(said[dockets[3].rawValue] == "table matter: title not as the acts say")
            #expect(
                said[DocketID(high: 4, low: 2).rawValue] == "table matter_token: rows of a docket that is not there")
        }
    }

    @Test("it works beside a court that is open for writing, reading only")
    func readsOnly() async throws {
        try await SimulatedCourt.with(cases: 1, seed: 43, depth: .docketed) { court, _ in
            let place = CourtPlace(folder: court.folder.path)
            let beside = try await CourtHouse.open(at: place, readOnly: true, logger: SimulatedCourt.quiet)
            #expect(try await differences(beside) == [])
            try await beside.close()
        }
    }
}
