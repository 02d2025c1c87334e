import CourtServer
import Demonstration
import Docket
import Procedure
import Storage
import Testing

@Suite("Simulated cases are cases like any other")
struct SimulationTests {
    @Test("every judged case has thirty acts and five files, and the audit finds nothing that differs")
    func simulatedCasesAreWhole() async throws {
        try await SimulatedCourt.with(cases: 4, seed: 7) { court, report in
            #expect(report.cases == 4)
            #expect(report.fewestActs >= 30)
            #expect(report.fewestFiles >= 5)
            let counts = try await Matters(court.registry).counts()
            #expect(counts.values.reduce(0, +) == 4)
            #expect((counts[.closed] ?? 0) + (counts[.archived] ?? 0) == 4)
            let audit = try await Audit(court).run()
            #expect(audit.differences == [])
            #expect(audit.files >= report.files)
            #expect(audit.ledgerEntries > UInt64(report.acts))
        }
    }

    @Test("one changed byte is named by docket and entry")
    func changedByteIsNamed() async throws {
        try await SimulatedCourt.with(cases: 2, seed: 8, depth: .docketed) { court, _ in
            let target = try await court.store.read { reading in
                try reading.row("SELECT docket, id, body FROM act WHERE position = 2 AND type = 'consent.given'")
                    .map {
                        (
                            docket: try $0.identifier(0) as DocketID, id: try $0.identifier(1) as EntryID,
                            body: try $0.bytes(2)
                        )
                    }
            }
            let act = try #require(target)
            var changed = act.body
            changed[changed.count / 2] ^= 1
            let body = changed
            try await court.store.write { transaction in
                let triggers = try transaction.rows(
                    "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'act'"
                ).map { try $0.text(0) }
                for trigger in triggers { try transaction.run("DROP TRIGGER \"\(trigger)\"") }
                try transaction.run("UPDATE act SET body = $1 WHERE id = $2", body, act.id)
            }
            let differences = try await Audit(court).run().differences
            let named = try #require(differences.first)
            #expect(named.docket == act.docket.rawValue)
            #expect(named.entry == 2)
            #expect(named.entryID == act.id.rawValue)
            #expect(differences.allSatisfy { $0.docket == act.docket.rawValue })
        }
    }

    @Test("a rebuild folds every projection to the same rows")
    func rebuildIsEqual() async throws {
        try await SimulatedCourt.with(cases: 3, seed: 9) { court, report in
            let rebuild = Rebuild(registry: court.registry)
            let tables = MattersProjection.tables.map(\.name)
            var before: [String: [String]] = [:]
            for table in tables { before[table] = try await rebuild.dump(table) }
            #expect(before["matter"]?.count == 3)
            let rebuilt = try await rebuild.run()
            #expect(rebuilt.acts >= report.acts)
            for table in tables {
                let after = try await rebuild.dump(table)
                #expect(after == before[table], "\(table) differs after the rebuild")
            }
        }
    }

    @Test("the same seed tells the same cases in another court, and another seed others")
    func seedDecides() async throws {
        let first = try await SimulatedCourt.with(cases: 3, seed: 10) { court, _ in try await court.decryptedActs() }
        let again = try await SimulatedCourt.with(cases: 3, seed: 10) { court, _ in try await court.decryptedActs() }
        let other = try await SimulatedCourt.with(cases: 3, seed: 11) { court, _ in try await court.decryptedActs() }
        #expect(first.count == 3)
        #expect(first == again)
        #expect(first != other)
    }

    @Test("a seed is used once in a court")
    func seedIsUsedOnce() async throws {
        try await SimulatedCourt.with(cases: 1, seed: 12, depth: .docketed) { court, _ in
            let again = try Simulation(court, seed: 12)
            await #expect(throws: SimulationFailure.seedUsed(12)) {
                _ = try await again.run(cases: 1, depth: .docketed)
            }
        }
    }
}
