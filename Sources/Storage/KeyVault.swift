import Crypto
import Foundation
import Procedure
import Synchronization

/// The keys of the dockets, wrapped by the court's key, in a store of their own with its own backups (D37, D41).
///
/// Each docket has two random keys, one a volume. Destroying them makes the docket unreadable for good, files included;
/// that it was in the ledger stays provable.
package final class KeyVault: Sendable {
    private let store: Store
    private let courtKey: CourtKey
    private let cache: Mutex<Cache>
    /// Dockets whose keys the record has ended while they still lie here, in an opening that may not erase them.
    private let withheld = Mutex<Set<DocketID>>([])

    /// The court whose keys these are.
    package var court: String { courtKey.court }

    /// - Parameters:
    ///   - store: holds `KeyVault.migrations` and nothing else.
    ///   - capacity: how many dockets' keys stay in memory, about 1 KiB each.
    package init(store: Store, courtKey: CourtKey, capacity: Int = 4_096) {
        self.store = store
        self.courtKey = courtKey
        cache = Mutex(Cache(capacity: capacity))
    }

    package static let migrations = [
        Migration(
            "docket keys",
            """
            CREATE TABLE docket_key (
                docket <bytes> NOT NULL,
                volume <text> NOT NULL CHECK (volume IN ('main', 'chambers')),
                wrapped <bytes>,
                destroyed <integer>,
                PRIMARY KEY (docket, volume),
                CHECK ((wrapped IS NULL) = (destroyed IS NOT NULL))
            )<strict>
            """,
            """
            CREATE TABLE destroyed_key (
                docket <bytes> NOT NULL PRIMARY KEY,
                destroyed <integer> NOT NULL
            )<strict>
            """),
        AppendOnly.migration("destroyed keys stay destroyed", tables: "destroyed_key"),
    ]

    /// Makes the keys of a new docket, durable on return: before anything is sealed with them. Repeated, it returns
    /// the keys made first. Creations that run at once share a commit.
    ///
    /// - Throws: `KeyVaultError.destroyed`, `.wrongCourtKey`; `StorageError`.
    @discardableResult
    package func create(_ docket: DocketID) async throws -> DocketKeys {
        if let keys = cachedKeys(for: docket) { return keys }
        let made = try Volume.allCases.map { volume in
            (
                volume: volume.rawValue,
                wrapped: try KeyWrapping.wrap(SecureRandom.key(), with: courtKey.wrappingKey(for: volume, of: docket))
            )
        }
        let epoch = cache.withLock { $0.epoch }
        let wraps = try await store.write(lostKey: .runsAgain) { transaction in
            guard try !KeyVault.isDestroyed(docket, in: transaction) else { throw KeyVaultError.destroyed(docket) }
            if let wraps = try KeyVault.wraps(of: docket, in: transaction) { return wraps }
            for (volume, wrapped) in made {
                try transaction.run(
                    "INSERT INTO docket_key (docket, volume, wrapped) VALUES ($1, $2, $3)", docket, volume, wrapped)
            }
            return Dictionary(uniqueKeysWithValues: made.map { ($0.volume, $0.wrapped) })
        }
        return try remember(try unwrap(wraps, of: docket), since: epoch)
    }

    /// - Throws: `KeyVaultError`; `StorageError`.
    package func keys(for docket: DocketID) async throws -> DocketKeys {
        if let keys = try await load([docket])[docket] { return keys }
        guard try await destroyed(among: [docket]).isEmpty else { throw KeyVaultError.destroyed(docket) }
        throw KeyVaultError.unknown(docket)
    }

    /// Unwraps the keys of several dockets at once, for a page or a write that needs them together.
    ///
    /// One whose keys were destroyed has none, like one that never was: a list of many does not end at it.
    ///
    /// - Returns: the keys of those that have any; hold on to them where `cachedKeys` might have forgotten.
    /// - Throws: `KeyVaultError.wrongCourtKey`; `StorageError`.
    @discardableResult
    package func load(_ dockets: some Sequence<DocketID>) async throws -> [DocketID: DocketKeys] {
        var found: [DocketID: DocketKeys] = [:]
        var missing: [DocketID] = []
        for docket in dockets where found[docket] == nil {
            if let keys = cachedKeys(for: docket) { found[docket] = keys } else { missing.append(docket) }
        }
        withheld.withLock { withheld in
            if !withheld.isEmpty { missing.removeAll(where: withheld.contains) }
        }
        guard !missing.isEmpty else { return found }
        let epoch = cache.withLock { $0.epoch }
        let rows = try await store.read { [missing] reading in
            try missing.map { ($0, try KeyVault.wraps(of: $0, in: reading)) }
        }
        for case (let docket, let wraps?) in rows {
            found[docket] = try remember(try unwrap(wraps, of: docket), since: epoch)
        }
        return found
    }

    /// The keys of a docket if they are in memory: for write closures, which cannot wait. Warm them with `load`.
    package func cachedKeys(for docket: DocketID) -> DocketKeys? { cache.withLock { $0[docket] } }

    // MARK: Destroying

    /// Erases the wrapped keys of a docket and records that it was done. A docket without keys is recorded too: a
    /// restore replays the list over older backups.
    package func destroy(_ docket: DocketID, at instant: Instant) async throws {
        try await store.write { try KeyVault.destroy(docket, at: instant, in: $0) }
        cache.withLock { $0.forget(docket) }
    }

    /// The same in a store of keys that no court has open, such as one being restored.
    package static func destroy(_ docket: DocketID, at instant: Instant, in transaction: Transaction) throws {
        guard try !isDestroyed(docket, in: transaction) else { return }
        try transaction.run(
            "UPDATE docket_key SET wrapped = NULL, destroyed = $2 WHERE docket = $1",
            docket, instant)
        try transaction.run("INSERT INTO destroyed_key (docket, destroyed) VALUES ($1, $2)", docket, instant)
    }

    /// Gives these keys to nobody, for an opening that only reads: the record has ended them, and who may write erases them.
    package func withhold(_ dockets: Set<DocketID>) {
        withheld.withLock { $0.formUnion(dockets) }
        cache.withLock { cache in
            for docket in dockets { cache.forget(docket) }
        }
    }

    /// All dockets whose keys were destroyed, and when.
    package func destroyed() async throws -> [DocketID: Instant] {
        try await store.read { try KeyVault.destroyed(in: $0) }
    }

    package static func destroyed(in reading: Reading) throws -> [DocketID: Instant] {
        let rows = try reading.rows("SELECT docket, destroyed FROM destroyed_key")
        return try Dictionary(uniqueKeysWithValues: rows.map { (try $0.identifier(0), try $0.instant(1)) })
    }

    /// Those of the dockets whose keys were destroyed, or are withheld because they are to be.
    package func destroyed(among dockets: [DocketID]) async throws -> Set<DocketID> {
        guard !dockets.isEmpty else { return [] }
        let gone = try await store.read { reading in
            try dockets.filter { try KeyVault.isDestroyed($0, in: reading) }
        }
        return Set(gone).union(withheld.withLock { $0.intersection(dockets) })
    }

    /// The dockets whose keys are here, for who compares a store of keys with a record.
    package static func dockets(in reading: Reading) throws -> Set<DocketID> {
        try Set(
            reading.rows("SELECT DISTINCT docket FROM docket_key WHERE wrapped IS NOT NULL").map {
                try $0.identifier(0)
            })
    }

    /// The same of the store of this court.
    package func dockets() async throws -> Set<DocketID> { try await store.read { try KeyVault.dockets(in: $0) } }

    private static func isDestroyed(_ docket: DocketID, in reading: Reading) throws -> Bool {
        try !reading.rows("SELECT docket FROM destroyed_key WHERE docket = $1", docket).isEmpty
    }

    /// - Returns: the wrapped key of each volume, or nil when the docket has none, or they were destroyed: the list counts,
    ///   whatever somebody may have put back.
    private static func wraps(of docket: DocketID, in reading: Reading) throws -> [String: [UInt8]]? {
        let rows = try reading.rows(
            """
            SELECT volume, wrapped FROM docket_key k WHERE docket = $1 AND wrapped IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM destroyed_key d WHERE d.docket = k.docket)
            """, docket)
        guard !rows.isEmpty else { return nil }
        return try Dictionary(uniqueKeysWithValues: rows.map { (try $0.text(0), try $0.bytes(1)) })
    }

    private func unwrap(_ wraps: [String: [UInt8]], of docket: DocketID) throws -> DocketKeys {
        @Sendable func keys(_ volume: Volume) throws -> VolumeKeys {
            guard let wrapped = wraps[volume.rawValue],
                let root = try? KeyWrapping.unwrap(wrapped, with: courtKey.wrappingKey(for: volume, of: docket))
            else { throw KeyVaultError.wrongCourtKey(docket) }
            return VolumeKeys(root: root, court: courtKey.court)
        }
        return DocketKeys(docket: docket, main: try keys(.main)) { try keys(.chambers) }
    }

    private func remember(_ keys: DocketKeys, since epoch: Int) throws -> DocketKeys {
        cache.withLock { $0.remember(keys, since: epoch) }
        return keys
    }

    /// Two generations: what was used since the last change stays, the rest goes at the next.
    private struct Cache {
        let capacity: Int
        private var young: [DocketID: DocketKeys] = [:]
        private var old: [DocketID: DocketKeys] = [:]
        /// Counts destructions, so that keys read before one are not remembered after it.
        private(set) var epoch = 0

        init(capacity: Int) { self.capacity = capacity }

        subscript(docket: DocketID) -> DocketKeys? {
            mutating get {
                if let keys = young[docket] { return keys }
                guard let keys = old[docket] else { return nil }
                insert(keys)
                return keys
            }
        }

        mutating func remember(_ keys: DocketKeys, since epoch: Int) {
            guard epoch == self.epoch else { return }
            insert(keys)
        }

        mutating func forget(_ docket: DocketID) {
            epoch += 1
            young[docket] = nil
            old[docket] = nil
        }

        private mutating func insert(_ keys: DocketKeys) {
            if young.count >= max(1, capacity / 2) { (old, young) = (young, [:]) }
            young[keys.docket] = keys
        }
    }
}

package enum KeyVaultError: Error, Hashable, Sendable {
    /// No keys were made for this docket.
    case unknown(DocketID)
    /// They were erased for good; nothing of the docket can be read any more.
    case destroyed(DocketID)
    /// They were wrapped by another court's key, or changed in the database.
    case wrongCourtKey(DocketID)
}
