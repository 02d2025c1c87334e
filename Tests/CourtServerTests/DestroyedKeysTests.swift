import Accounts
import Docket
import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Procedure
import Proofs
import Storage
import TestSupport
import Testing
import Web

@testable import CourtServer

@Suite("Destroying the keys of a docket makes it unreadable for good, and takes nothing from the proof")
struct DestroyedKeysTests {
    @Test(
        "its pages are not found, lists go on without it, the audit names it and finds nothing wrong, a rebuild agrees",
        arguments: TestEngine.all)
    func unreadable(engine: TestEngine) async throws {
        try await SimulatedCourt.with(cases: 4, seed: 81, on: engine) { court, place in
            let docket = try await court.archived()
            let matter = try #require(try await Matters(court.registry).matter(docket))
            let others = try await court.titles().filter { $0 != matter.title }
            let site = try await CourtSite(court, judge: try #require(matter.judge))
            let receipts = Receipts(registry: court.registry, sequencer: site.sequencer)
            let receipt = try #require(try await receipts.receipt(for: 1, in: docket)).receipt
            let file = try #require(try await court.files.files(of: docket).first)
            #expect(try await site.status("/cases/\(docket)") == .ok)

            let done = try await court.destroyKeys(of: docket, for: .retentionOver)

            for path in ["/cases/\(docket)", "/cases/\(docket)/file.zip", "/api/v1/cases/\(docket)"] {
                #expect(try await site.status(path) == .notFound, "\(path)")
            }
            for path in ["/desk", "/desk/service", "/cases"] {
                #expect(try await site.status(path).kind != .serverError, "\(path)")
            }
            await #expect(throws: KeyVaultError.destroyed(docket)) { _ = try await court.files.open(file) }
            await #expect(throws: NoSuchDocket.self) { _ = try await court.registry.entries(of: docket) }
            #expect(try await court.titles() == others)
            #expect(try await Matters(court.registry).search(try #require(matter.number)).rows == [])
            #expect(try await Matters(court.registry).search(String(matter.title.prefix { $0 != "诉" })).rows == [])

            await site.sequencer.integrateAll()
            let audit = try await Audit(court).run()
            #expect(audit.differences == [])
            #expect(audit.destroyed == [done])
            // What anyone kept still proves itself, and the court still proves that the leaf is there.
            #expect(try receipt.verify(under: try court.policy()).kind == .act)
            try await court.expectInclusion(of: docket)

            let before = try await court.projected()
            let rebuilt = try await Rebuild(registry: court.registry).run()
            #expect(try await court.projected() == before)
            #expect(rebuilt.dockets == audit.dockets - 1)
            #expect(try await Audit(court).run(withFiles: false).differences == [])
            let doctor = await Doctor(place, logger: SimulatedCourt.quiet).examine().findings
            #expect(doctor.first { $0.check == "destroyed" }?.state == .fine)
            // The court goes on.
            #expect(try await court.destroyKeys(of: docket, for: .ordered) == done)
        }
    }

    @Test("a row that was left, in whatever way, is passed over by lists and named by the audit")
    func leftRows() async throws {
        try await SimulatedCourt.with(cases: 3, seed: 82) { court, _ in
            let docket = try await court.archived()
            let others = try await court.titles().count - 1
            // As if an older copy of the record had come back beside the keys of today.
            try await court.registry.vault.destroy(docket, at: court.registry.clock.now)
            #expect(try await court.titles().count == others)
            let found = try await Audit(court).run(withFiles: false).differences
            #expect(found.allSatisfy { $0.docket == docket.rawValue })
            #expect(Set(found.map(\.kind)) == [.destructionUnrecorded, .projectionDiffers])
            _ = try await Rebuild(registry: court.registry).run()
            #expect(try await Audit(court).run(withFiles: false).differences.map(\.kind) == [.destructionUnrecorded])
        }
    }

    @Test("a draft given up before it was sent is no difference: it never was in the record")
    func draftGivenUp() async throws {
        try await SimulatedCourt.with(cases: 1, seed: 84) { court, _ in
            let draft = DocketID.random()
            try await court.registry.vault.create(draft)
            try await court.registry.vault.destroy(draft, at: court.registry.clock.now)
            #expect(try await Audit(court).run(withFiles: false).differences == [])
        }
    }

    @Test("a case that lives, a person's docket and the court's own are refused, and stay whole")
    func refused() async throws {
        try await SimulatedCourt.with(cases: 2, seed: 83, depth: .docketed) { court, _ in
            let living: DocketID = try #require(
                try await court.store.read {
                    try $0.row("SELECT docket FROM docket_head WHERE kind = 'case'")?.identifier(0)
                })
            await #expect { _ = try await court.destroyKeys(of: living, for: .retentionOver) } throws: {
                ($0 as? Refusal)?.code == "keys.not-archived"
            }
            await #expect { _ = try await court.destroyKeys(of: living, for: .neverSubmitted) } throws: {
                ($0 as? Refusal)?.code == "keys.was-submitted"
            }
            let person = try await court.registry.newDocket()
            try await court.registry.write(on: [person]) { _ = try $0.open(person, kind: .person) }
            let (own, unknown) = (court.row.docket, DocketID.random())
            for docket in [own, person] {
                await #expect(throws: DestructionFailure.noCase(docket)) {
                    _ = try await court.destroyKeys(of: docket, for: .ordered)
                }
            }
            await #expect(throws: DestructionFailure.noSuchDocket(unknown)) {
                _ = try await court.destroyKeys(of: unknown, for: .ordered)
            }
            #expect(try await court.destructions() == [])
            _ = try await court.registry.vault.keys(for: living)

            // A draft that nobody sent has keys and no act.
            let draft = try await court.registry.newDocket()
            _ = try await court.destroyKeys(of: draft, for: .neverSubmitted)
            await #expect(throws: KeyVaultError.destroyed(draft)) {
                _ = try await court.registry.vault.keys(for: draft)
            }
        }
    }

    @Test(
        "stopped between the record and the keys: nobody reads it any more, and whoever opens the court next finishes",
        arguments: TestEngine.all)
    func stopped(engine: TestEngine) async throws {
        try await SimulatedCourt.placed(cases: 3, seed: 84, on: engine) { place in
            var court = try await CourtHouse.open(at: place, logger: SimulatedCourt.quiet)
            let docket = try await court.archived()
            let recorded = try await court.recordDestruction(of: docket, for: .ordered)
            try await court.close()

            // Who only looks can erase nothing, and is given nothing.
            court = try await CourtHouse.open(at: place, readOnly: true, logger: SimulatedCourt.quiet)
            await #expect(throws: KeyVaultError.destroyed(docket)) {
                _ = try await court.registry.vault.keys(for: docket)
            }
            let audit = try await Audit(court).run(withFiles: false)
            #expect(audit.differences.map(\.kind) == [.destructionUnfinished])
            #expect(audit.destroyed == [recorded])
            #expect(try await court.destroyedKeyList().destroyed.map(\.docket) == [docket])
            try await court.close()
            let doctor = await Doctor(place, logger: SimulatedCourt.quiet).examine().findings
            #expect(doctor.first { $0.check == "destroyed" }?.state == .wrong)

            court = try await CourtHouse.open(at: place, logger: SimulatedCourt.quiet)
            #expect(try await court.registry.vault.destroyed() == [docket: recorded.at])
            try await court.sequencer().integrateAll()
            #expect(try await Audit(court).run().differences == [])
            try await court.close()
        }
    }
}

/// The pages of a court as one judge asks for them.
struct CourtSite {
    private let server: CourtServer
    private var site: Site

    /// The one that may write this court's ledger.
    var sequencer: Sequencer { server.sequencer }

    init(_ court: CourtHouse, judge: AccountID) async throws {
        server = try await CourtServer(court, settings: ServingSettings())
        site = server.site
        site.limits = .unlimited
        let now = site.now
        site.viewer = { _ in
            Viewer(
                account: judge, name: "judge", offices: [.judge, .clerk], session: .random(), secondFactorAt: now(),
                isVerified: true)
        }
    }

    func status(_ path: String) async throws -> HTTPResponse.Status {
        try await Application(router: site.router(server.routes)).test(.router) { client in
            try await client.execute(uri: path, method: .get, headers: [.authorization: "Bearer judge"]).status
        }
    }
}

extension CourtHouse {
    /// A case that is archived.
    func archived() async throws -> DocketID {
        try #require(
            try await store.read {
                try $0.row("SELECT docket FROM act WHERE type = 'case.archived' ORDER BY docket")?.identifier(0)
            })
    }

    /// What the lists of this court show of cases, whoever has them.
    func titles() async throws -> [String] {
        let parties = try await store.read { reading in
            try reading.rows("SELECT DISTINCT account FROM act ORDER BY account").map {
                try $0.identifier(0) as AccountID
            }
        }
        var titles: Set<String> = []
        for party in parties {
            titles.formUnion(try await Matters(registry).cases(ofParty: party, limit: 1_000).rows.map(\.title))
        }
        return titles.sorted()
    }

    func policy() throws -> TrustPolicy { try TrustPolicy(Array(signing.policy.utf8)) }

    /// Proves that every leaf of a docket is in the ledger, from its bytes alone.
    func expectInclusion(of docket: DocketID, _ place: SourceLocation = #_sourceLocation) async throws {
        let log = LogFiles(directory: folder.ledger, key: try signing.ledgerKey.verifierKey)
        let stored = try await registry.storedEntries(of: docket)
        #expect(!stored.isEmpty, sourceLocation: place)
        for entry in stored {
            let index = try await store.read {
                try LedgerTable.index(docket: docket, position: entry.position, ordinal: 0, in: $0)
            }
            let proof = try log.proofFile(index: try #require(index, sourceLocation: place))
            _ = try proof.verify(entry: entry.leaf, under: try policy())
        }
    }

    /// Every row of every projection, opened.
    func projected() async throws -> [String: [String]] {
        var rows: [String: [String]] = [:]
        for table in MattersProjection.tables {
            rows[table.name] = try await Rebuild(registry: registry).dump(table.name)
        }
        return rows
    }
}
