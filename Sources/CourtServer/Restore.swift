import Docket
import Foundation
import Ledger
import Logging
import Proofs
import Storage

/// Brings a court back from a backup, and opens it for writing once it agrees with what was published (恢复).
package struct Restore: Sendable {
    private let place: CourtPlace
    private let logger: Logger

    /// - Parameter place: the data folder to restore into, or the restored one to compare.
    package init(into place: CourtPlace, logger: Logger) {
        self.place = place
        self.logger = logger
    }

    /// What to restore from.
    package struct Source: Sendable {
        /// The backup of the record.
        package var record: String
        /// A backup of the docket keys, usually newer; the one inside the record's backup when nil.
        package var keys: String?
        /// The safe copy of `court.key`, where the backup is without it.
        package var courtKey: String?
        /// The newest list of destroyed keys, as `xiezhi keys destroyed` printed it.
        package var destroyed: String?

        package init(record: String, keys: String? = nil, courtKey: String? = nil, destroyed: String? = nil) {
            self.record = record
            self.keys = keys
            self.courtKey = courtKey
            self.destroyed = destroyed
        }

        var keyFolder: String { keys ?? "\(record)/\(Backup.keyFolder)" }
    }

    package struct Outcome: Sendable {
        package let manifest: BackupManifest
        package let keys: KeyBackupManifest
        /// How many dockets had their keys in the backup of keys though they had been destroyed, and lost them again: by
        /// the list that was given, and by what the record itself says.
        package let erasedByList, erasedByRecord: Int
    }

    /// Copies a backup into an empty place. The court only reads from then on, until it was compared.
    ///
    /// The backups are checked against their manifests before anything is written. When the copy itself fails, the folder
    /// is left empty again; a database on PostgreSQL then holds a part that no court starts with, and is to be dropped.
    ///
    /// - Throws: `BackupFailure`; what the store throws.
    package func run(from source: Source) async throws -> Outcome {
        let record = BackupFolder(source.record)
        let manifest = try record.manifest()
        try record.check(manifest)
        let keys = try checkKeys(source, court: manifest.court)
        guard let keyFile = source.courtKey ?? (manifest.withCourtKey ? "\(source.record)/\(Self.courtKey)" : nil)
        else {
            throw BackupFailure.courtKeyNeeded
        }
        try BackupFolder.requireEmpty(place.folder)
        do {
            let listed = try await copy(manifest, from: source, keyFile: keyFile)
            if place.database != nil { try await moveToDatabase() }
            let recorded = try await settle()
            return Outcome(manifest: manifest, keys: keys, erasedByList: listed, erasedByRecord: recorded)
        } catch {
            for name in (try? FileManager.default.contentsOfDirectory(atPath: place.folder)) ?? [] {
                try? FileManager.default.removeItem(atPath: "\(place.folder)/\(name)")
            }
            throw error
        }
    }

    private func checkKeys(_ source: Source, court: String) throws -> KeyBackupManifest {
        let folder = BackupFolder(source.keyFolder)
        guard FileManager.default.fileExists(atPath: "\(folder.path)/\(KeyBackupManifest.fileName)") else {
            throw BackupFailure.keysNeeded(folder.path)
        }
        let manifest = try folder.keyManifest()
        guard manifest.court == court else { throw BackupFailure.otherCourt(path: folder.path, court: manifest.court) }
        try folder.check(manifest.parts)
        return manifest
    }

    /// The record comes first and is made to read only before anything else is there; the court's key comes last, when the
    /// list of destroyed keys was replayed. So a restore that was cut short is a court that does not open, or one that
    /// waits to be compared, and in none of them a key is back that the list has.
    ///
    /// - Returns: how many dockets lost their keys by the list.
    private func copy(_ manifest: BackupManifest, from source: Source, keyFile: String) async throws -> Int {
        let target = BackupFolder(place.folder)
        try target.makeFolders(["keys", "files", "staging", "ledger"])
        let (record, rest) = (manifest.parts.filter { $0.path == Self.record }, manifest.parts)
        for part in record { try target.copyLarge("\(source.record)/\(part.path)", as: part.path) }
        let ledgerName = try await markReadOnly(court: manifest.court)
        for part in rest where part.path != Self.record && part.path != Self.courtKey {
            try target.copyLarge("\(source.record)/\(part.path)", as: part.path)
        }
        try target.copyLarge("\(source.keyFolder)/\(KeyBackupManifest.database)", as: Self.keyDatabase)
        for name in try BackupFolder.files(under: "\(source.record)/files") {
            try target.copyLarge("\(source.record)/files/\(name)", as: "files/\(name)")
        }
        try target.syncFolders()
        let signing = try signingKeys(keyFile, court: manifest.court, ledgerName: ledgerName)
        let list = try source.destroyed.map { try Self.list($0, court: manifest.court, signedWith: signing) }
        let erased = try await replay(list?.destroyed ?? [])
        try target.copy(keyFile, as: Self.courtKey)
        return erased
    }

    private static let record = "court.sqlite"
    private static let courtKey = "keys/court.key"
    private static let keyDatabase = "keys/keys.sqlite"

    private static func list(
        _ path: String, court: String, signedWith signing: SigningKeys
    ) throws -> DestroyedKeyList {
        do {
            guard let file = FileManager.default.contents(atPath: path) else {
                throw DestroyedKeyList.Failure.unreadable
            }
            return try DestroyedKeyList(file: Array(file), court: court, signedWith: signing)
        } catch DestroyedKeyList.Failure.otherCourt(let other) {
            throw BackupFailure.otherCourt(path: path, court: other)
        } catch DestroyedKeyList.Failure.notSigned {
            throw BackupFailure.listNotSigned(path)
        } catch is DestroyedKeyList.Failure {
            throw BackupFailure.unreadableList(path)
        }
    }

    /// Erases what the list has from the restored store of keys.
    ///
    /// - Returns: how many dockets had keys there.
    private func replay(_ list: [DestroyedKeyList.Item]) async throws -> Int {
        let folder = try DataFolder.open(place.folder, for: .writing)
        defer { folder.close() }
        var erased = 0
        try await Self.with(.sqlite(path: folder.keyDatabase), KeyVault.migrations, logger) { store in
            let held = try await store.read { try KeyVault.dockets(in: $0) }
            try await store.write { transaction in
                for item in list { try KeyVault.destroy(item.docket, at: item.at, in: transaction) }
            }
            erased = list.count { held.contains($0.docket) }
        }
        return erased
    }

    /// - Returns: the ledger's name.
    private func markReadOnly(court: String) async throws -> String {
        let folder = try DataFolder.open(place.folder, for: .writing)
        defer { folder.close() }
        guard FileManager.default.fileExists(atPath: folder.courtDatabase) else {
            throw BackupFailure.missing(Self.record)
        }
        let store = try await Store.open(
            .sqlite(path: folder.courtDatabase), migrations: CourtSchema.all, logger: logger)
        do {
            guard let row = try await store.read({ try CourtRow.read(in: $0) }), row.code == court else {
                throw BackupFailure.damaged(Self.record)
            }
            try await store.write { _ = try $0.run("UPDATE court SET read_only = 1 WHERE only_one = 1") }
            try await store.close()
            return row.ledgerName
        } catch {
            try? await store.close()
            throw error
        }
    }

    /// A key of another court opens nothing.
    private func signingKeys(_ keyFile: String, court: String, ledgerName: String) throws -> SigningKeys {
        let folder = try DataFolder.open(place.folder, for: .reading)
        guard let bytes = FileManager.default.contents(atPath: keyFile),
            let courtKey = try? CourtKey(bytes: Array(bytes), court: court),
            let signing = try? SigningKeys(in: folder, courtKey: courtKey, ledgerName: ledgerName)
        else { throw BackupFailure.wrongCourtKey }
        return signing
    }

    /// Takes the restored record out of its files into the database where this court is to lie.
    private func moveToDatabase() async throws {
        let folder = try DataFolder.open(place.folder, for: .writing)
        defer { folder.close() }
        let moves = [
            (folder.courtDatabase, place.location(in: folder), CourtSchema.all, "court"),
            (folder.keyDatabase, place.keyLocation(in: folder), KeyVault.migrations, nil as String?),
        ]
        for (file, location, migrations, last) in moves {
            try await Self.with(.sqlite(path: file), migrations, logger) { source in
                try await Self.with(location, migrations, logger) { target in
                    guard try await Self.isEmpty(target, last ?? "docket_key") else {
                        throw BackupFailure.notEmpty("The database")
                    }
                    try await RecordCopy(from: source, to: target, last: last).run()
                }
            }
            for name in ["", "-wal", "-shm", ".lock"] where FileManager.default.fileExists(atPath: file + name) {
                try FileManager.default.removeItem(atPath: file + name)
            }
        }
    }

    private static func isEmpty(_ store: Store, _ table: String) async throws -> Bool {
        try await store.read { reading in
            table == "court"
                ? try reading.row("SELECT 1 FROM court") == nil && reading.row("SELECT 1 FROM act LIMIT 1") == nil
                : try reading.row("SELECT 1 FROM docket_key LIMIT 1") == nil
        }
    }

    /// Opens the restored court once, before anyone can serve it.
    ///
    /// Keys that the record itself has ended go again, and whatever is destroyed leaves every list of cases. Projections do
    /// not travel between kinds of databases; where they are missing, they are folded from the acts.
    ///
    /// - Returns: how many dockets lost their keys because the record says so.
    /// - Throws: `BackupFailure.keysTooOld`, before anything is folded.
    private func settle() async throws -> Int {
        let looked = try await CourtHouse.open(at: place, readOnly: true, despiteComparison: true, logger: logger)
        let missing = try await looked.docketsWithoutKeys().count
        let held = try await looked.registry.vault.dockets()
        let recorded = try await looked.unfinishedDestructions().count { held.contains($0.docket) }
        try await looked.close()
        guard missing == 0 else { throw BackupFailure.keysTooOld(missing: missing) }
        let court = try await CourtHouse.open(at: place, despiteComparison: true, logger: logger)
        try await court.forget(Array(court.registry.vault.destroyed().keys))
        try await court.close()
        return recorded
    }

    private static func with(
        _ location: StoreLocation, _ migrations: [Migration], _ logger: Logger,
        _ body: (Store) async throws -> Void
    ) async throws {
        let store = try await Store.open(location, migrations: migrations, logger: logger)
        do {
            try await body(store)
        } catch {
            try? await store.close()
            throw error
        }
        try await store.close()
    }

    // MARK: Comparing

    /// What the comparison with the last published checkpoint found.
    package enum Comparison: Hashable, Sendable {
        /// Everything published is here, leaf by leaf: the court may write again.
        case consistent(published: UInt64, here: UInt64)
        /// The ledger published more than this database has: acts were lost, and writing would fork the ledger.
        case missing(published: UInt64, here: UInt64)
        /// The leaves here are not those that were published.
        case differs(published: UInt64)
    }

    /// Compares the restored database with a published checkpoint, and lets the court write again if it agrees.
    ///
    /// The leaves are counted from the database itself, not from the ledger's files beside it.
    ///
    /// - Parameter checkpoint: the signed note as it was published.
    /// - Throws: `BackupFailure.otherLog`; what the store throws.
    package func compare(with checkpoint: [UInt8]) async throws -> Comparison {
        let folder = try DataFolder.open(place.folder, for: .writing)
        defer { folder.close() }
        let store = try await Store.open(place.location(in: folder), migrations: CourtSchema.all, logger: logger)
        do {
            let comparison = try await compare(checkpoint, folder: folder, store: store)
            try await store.close()
            return comparison
        } catch {
            try? await store.close()
            throw error
        }
    }

    private func compare(_ checkpoint: [UInt8], folder: DataFolder, store: Store) async throws -> Comparison {
        guard let row = try await store.read({ try CourtRow.read(in: $0) }) else {
            throw CourtStartFailure.noCourt(folder: place.folder)
        }
        let courtKey = try CourtKey(in: folder, court: row.code)
        let signing = try SigningKeys(in: folder, courtKey: courtKey, ledgerName: row.ledgerName)
        guard let published = try? SignedCheckpoint(checkpoint, log: signing.ledgerKey.verifierKey).checkpoint else {
            throw BackupFailure.otherLog
        }
        let here = try await store.read { try LedgerTable.size(in: $0) }
        guard published.size <= here else { return .missing(published: published.size, here: here) }
        guard try await Self.root(of: published.size, in: store) == published.root else {
            return .differs(published: published.size)
        }
        try await store.write { _ = try $0.run("UPDATE court SET read_only = 0 WHERE only_one = 1") }
        // The ledger was copied before the database, which had placed more meanwhile: its files follow now, so that an
        // audit finds them.
        try await Sequencer(store: store, directory: folder.ledger, keys: signing, logger: logger).integrateAll()
        return .consistent(published: published.size, here: here)
    }

    /// The root over the first leaves that the database placed, a batch at a time (RFC 6962, section 2.1).
    private static func root(of size: UInt64, in store: Store) async throws -> Hash? {
        guard size > 0 else { return MerkleTree.emptyRoot }
        var trees: [(leaves: UInt64, root: Hash)] = []
        var from: UInt64 = 0
        while from < size {
            let (first, limit) = (from, Int(min(1_000, size - from)))
            let leaves = try await store.read { try LedgerTable.leaves(from: first, limit: limit, in: $0) }
            guard leaves.count == limit else { return nil }
            for leaf in leaves {
                var tree = (leaves: UInt64(1), root: MerkleTree.leafHash(leaf))
                while let left = trees.last, left.leaves == tree.leaves {
                    trees.removeLast()
                    tree = (2 * tree.leaves, MerkleTree.node(left.root, tree.root))
                }
                trees.append(tree)
            }
            from += UInt64(leaves.count)
        }
        guard var root = trees.popLast()?.root else { return nil }
        while let left = trees.popLast() { root = MerkleTree.node(left.root, root) }
        return root
    }
}
