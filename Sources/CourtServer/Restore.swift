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

    /// Copies a backup into an empty place. The court only reads from then on, until it was compared.
    ///
    /// The backup is checked against its manifest before anything is written. When the copy itself fails, the folder is
    /// left empty again; a database on PostgreSQL then holds a part that no court starts with, and is to be dropped.
    ///
    /// - Parameter courtKey: the safe copy of `court.key`, where the backup is without it.
    /// - Throws: `BackupFailure`; what the store throws.
    package func run(from source: String, courtKey: String? = nil) async throws -> BackupManifest {
        let backup = BackupFolder(source)
        let manifest = try Self.manifest(of: source)
        try backup.check(manifest)
        guard let keyFile = courtKey ?? (manifest.withCourtKey ? "\(source)/keys/court.key" : nil) else {
            throw BackupFailure.courtKeyNeeded
        }
        try BackupFolder.requireEmpty(place.folder)
        do {
            try await copy(manifest, from: backup, keyFile: keyFile)
            if place.database != nil { try await moveToDatabase() }
            try await foldProjections()
        } catch {
            for name in (try? FileManager.default.contentsOfDirectory(atPath: place.folder)) ?? [] {
                try? FileManager.default.removeItem(atPath: "\(place.folder)/\(name)")
            }
            throw error
        }
        return manifest
    }

    private static func manifest(of source: String) throws -> BackupManifest {
        struct Version: Decodable { let version: Int }
        let decoder = JSONDecoder()
        guard let text = FileManager.default.contents(atPath: "\(source)/\(BackupManifest.fileName)"),
            let version = try? decoder.decode(Version.self, from: text).version
        else { throw BackupFailure.noManifest(source) }
        guard version == BackupManifest.version else { throw BackupFailure.newerManifest(version) }
        guard let manifest = try? decoder.decode(BackupManifest.self, from: text) else {
            throw BackupFailure.noManifest(source)
        }
        return manifest
    }

    /// The record comes first and is made to read only before anything else is there; the court's key comes last. So a
    /// restore that was cut short is a court that does not open, or one that waits to be compared.
    private func copy(_ manifest: BackupManifest, from backup: BackupFolder, keyFile: String) async throws {
        let target = BackupFolder(place.folder)
        try target.makeFolders(["keys", "files", "staging", "ledger"])
        let (record, rest) = (manifest.parts.filter { $0.path == Self.record }, manifest.parts)
        for part in record { try target.copyLarge("\(backup.path)/\(part.path)", as: part.path) }
        let ledgerName = try await markReadOnly(court: manifest.court)
        for part in rest where part.path != Self.record && part.path != Self.courtKey {
            try target.copyLarge("\(backup.path)/\(part.path)", as: part.path)
        }
        for name in try BackupFolder.files(under: "\(backup.path)/files") {
            try target.copyLarge("\(backup.path)/files/\(name)", as: "files/\(name)")
        }
        try target.syncFolders()
        try check(keyFile, court: manifest.court, ledgerName: ledgerName)
        try target.copy(keyFile, as: Self.courtKey)
    }

    private static let record = "court.sqlite"
    private static let courtKey = "keys/court.key"

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
    private func check(_ keyFile: String, court: String, ledgerName: String) throws {
        let folder = try DataFolder.open(place.folder, for: .reading)
        guard let bytes = FileManager.default.contents(atPath: keyFile),
            let courtKey = try? CourtKey(bytes: Array(bytes), court: court),
            (try? SigningKeys(in: folder, courtKey: courtKey, ledgerName: ledgerName)) != nil
        else { throw BackupFailure.wrongCourtKey }
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

    /// Projections do not travel between kinds of databases; where they are missing, they are folded from the acts.
    private func foldProjections() async throws {
        let court = try await CourtHouse.open(at: place, despiteComparison: true, logger: logger)
        try await court.close()
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
        let key = try SigningKeys(in: folder, courtKey: courtKey, ledgerName: row.ledgerName).ledgerKey.verifierKey
        guard let published = try? SignedCheckpoint(checkpoint, log: key).checkpoint else {
            throw BackupFailure.otherLog
        }
        let here = try await store.read { try LedgerTable.size(in: $0) }
        guard published.size <= here else { return .missing(published: published.size, here: here) }
        guard try await Self.root(of: published.size, in: store) == published.root else {
            return .differs(published: published.size)
        }
        try await store.write { _ = try $0.run("UPDATE court SET read_only = 0 WHERE only_one = 1") }
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
