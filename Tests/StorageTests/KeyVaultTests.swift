import Crypto
import Foundation
import Procedure
import Testing

@testable import Storage

@Suite("Docket keys")
struct KeyVaultTests {
    @Test("each docket, volume and use has its own key, the same after a restart")
    func separate() async throws {
        let temporary = try TemporaryFolder()
        let dockets = [DocketID.random(), DocketID.random()]
        func all(making: Bool) async throws -> [[UInt8]] {
            let court = try await TemporaryCourt(in: temporary)
            var keys: [SymmetricKey] = []
            for docket in dockets {
                let of = try await making ? court.vault.create(docket) : court.vault.keys(for: docket)
                for volume in [of.main, try of.chambers] {
                    keys += [volume.acts, volume.names, volume.files, volume.fileWrapping, volume.fileNaming]
                }
            }
            try await court.close()
            return keys.map { $0.withUnsafeBytes(Array.init) }
        }
        let before = try await all(making: true)
        #expect(Set(before).count == 20)
        #expect(try await all(making: false) == before)
    }

    @Test("making keys twice, at once or later, gives the keys made first")
    func createTwice() async throws {
        let court = try await TemporaryCourt()
        let docket = DocketID.random()
        let made = try await withThrowingTaskGroup(of: DocketKeys.self) { group in
            for _ in 0..<16 { group.addTask { try await court.vault.create(docket) } }
            return try await group.reduce(into: [SymmetricKey]()) { $0.append($1.main.acts) }
        }
        #expect(made.allSatisfy { $0 == made[0] })
        #expect(try await court.vault.create(docket).main.acts == made[0])
    }

    @Test("a write closure finds keys in memory after they were loaded")
    func cached() async throws {
        let court = try await TemporaryCourt()
        let docket = try await court.docket()
        let vault = KeyVault(store: court.keyStore, courtKey: try CourtKey(in: court.folder, court: "0192"))
        #expect(vault.cachedKeys(for: docket) == nil)
        let unknown = DocketID.random()
        #expect(try await vault.load([docket, unknown, docket]).keys.map { $0 } == [docket])
        #expect(vault.cachedKeys(for: docket) != nil)
        await #expect(throws: KeyVaultError.unknown(unknown)) { try await vault.keys(for: unknown) }
    }

    @Test("memory holds a bounded number of dockets, those used last")
    func bounded() async throws {
        let court = try await TemporaryCourt(cachedDockets: 8)
        let first = try await court.docket()
        var dockets = [first]
        for _ in 0..<100 {
            dockets.append(try await court.docket())
            #expect(court.vault.cachedKeys(for: first) != nil)
        }
        #expect(dockets.count { court.vault.cachedKeys(for: $0) != nil } <= 8)
        #expect(try await court.vault.load(dockets).count == 101)
    }

    @Test("a destroyed key opens nothing any more, and the docket gets no new one")
    func destroyed() async throws {
        let court = try await TemporaryCourt()
        let docket = try await court.docket()
        let neighbour = try await court.docket()
        let file = try await court.files.put(sample(1_000), in: docket, .main, name: "判决书.pdf")
        try await court.record(file)
        try await court.vault.destroy(docket, at: "2026-01-05T01:02:03.004Z")
        try await court.vault.destroy(docket, at: "2026-02-05T01:02:03.004Z")

        #expect(court.vault.cachedKeys(for: docket) == nil)
        await #expect(throws: KeyVaultError.destroyed(docket)) { try await court.vault.keys(for: docket) }
        await #expect(throws: KeyVaultError.destroyed(docket)) { try await court.vault.create(docket) }
        await #expect(throws: KeyVaultError.destroyed(docket)) { try await court.files.open(file) }
        await #expect(throws: KeyVaultError.destroyed(docket)) { try await court.files.file(file.id) }
        #expect(try await court.vault.destroyed() == [docket: "2026-01-05T01:02:03.004Z"])
        #expect(try await court.vault.destroyed(among: [docket, neighbour]) == [docket])
        #expect(try await court.vault.dockets() == [neighbour])
        #expect(try await court.vault.load([docket, neighbour]).keys.map { $0 } == [neighbour], "a list goes on")
        _ = try await court.vault.keys(for: neighbour)
    }

    @Test("a restore can replay destructions over a backup that still has the keys, or has none")
    func replay() async throws {
        let court = try await TemporaryCourt()
        let never = DocketID.random()
        try await court.vault.destroy(never, at: "2026-01-05T01:02:03.004Z")
        await #expect(throws: KeyVaultError.destroyed(never)) { try await court.vault.create(never) }
    }

    @Test("what the list has stays destroyed, though somebody put the wraps back")
    func putBack() async throws {
        let court = try await TemporaryCourt()
        let docket = try await court.docket()
        let kept = try await court.keyStore.read {
            try $0.rows("SELECT volume, wrapped FROM docket_key ORDER BY volume").map {
                (volume: try $0.text(0), wrapped: try $0.bytes(1))
            }
        }
        try await court.vault.destroy(docket, at: "2026-01-05T01:02:03.004Z")
        try await court.keyStore.write { transaction in
            for (volume, wrapped) in kept {
                try transaction.run(
                    "UPDATE docket_key SET wrapped = $3, destroyed = NULL WHERE docket = $1 AND volume = $2", docket,
                    volume, wrapped)
            }
        }
        await #expect(throws: KeyVaultError.destroyed(docket)) { try await court.vault.keys(for: docket) }
    }

    @Test("keys that are withheld open nothing, and are still there")
    func withheld() async throws {
        let court = try await TemporaryCourt()
        let docket = try await court.docket()
        court.vault.withhold([docket])
        #expect(court.vault.cachedKeys(for: docket) == nil)
        await #expect(throws: KeyVaultError.destroyed(docket)) { try await court.vault.keys(for: docket) }
        #expect(try await court.vault.load([docket]).isEmpty)
        #expect(try await court.vault.dockets() == [docket])
        #expect(try await court.vault.destroyed().isEmpty)
    }

    @Test("under another court's key, or moved to another docket, a wrap does not open")
    func wrongKey() async throws {
        let court = try await TemporaryCourt()
        let docket = try await court.docket()
        let stranger = KeyVault(
            store: court.keyStore, courtKey: try CourtKey(bytes: [1] + SecureRandom.bytes(32), court: "0192"))
        await #expect(throws: KeyVaultError.wrongCourtKey(docket)) { try await stranger.keys(for: docket) }

        let other = DocketID.random()
        _ = try await court.keyStore.write { try $0.run("UPDATE docket_key SET docket = $1", other) }
        await #expect(throws: KeyVaultError.wrongCourtKey(other)) { try await court.vault.keys(for: other) }
    }

    @Test("a wrap of the chambers' volume that was changed does not open, though the main one does")
    func wrongChambers() async throws {
        let court = try await TemporaryCourt()
        let docket = try await court.docket()
        let changed = [UInt8](repeating: 1, count: 41)
        _ = try await court.keyStore.write {
            try $0.run("UPDATE docket_key SET wrapped = $1 WHERE volume = 'chambers'", changed)
        }
        let vault = KeyVault(store: court.keyStore, courtKey: try CourtKey(in: court.folder, court: "0192"))
        let keys = try await vault.keys(for: docket)
        let made = try await court.vault.keys(for: docket)
        #expect(keys.main.acts == made.main.acts)
        #expect(throws: KeyVaultError.wrongCourtKey(docket)) { try keys[.chambers] }
        // Asked again, it is refused again.
        #expect(throws: KeyVaultError.wrongCourtKey(docket)) { try keys.chambers }
    }

    @Test("the wraps of a destroyed key are gone from the database file")
    func erased() async throws {
        let court = try await TemporaryCourt()
        let docket = try await court.docket()
        let wraps = try await court.keyStore.read { reading in
            try reading.rows("SELECT wrapped FROM docket_key WHERE docket = $1", docket).map { try $0.bytes(0) }
        }
        #expect(wraps.count == 2)
        try await court.vault.destroy(docket, at: "2026-01-05T01:02:03.004Z")
        try await court.close()
        for file in try court.temporary.files(under: "var/keys") {
            let bytes = Data(try court.temporary.bytes(of: "var/keys/" + file))
            for wrap in wraps { #expect(bytes.range(of: Data(wrap)) == nil, "\(file)") }
        }
    }
}
