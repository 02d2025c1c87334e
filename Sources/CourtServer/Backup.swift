import Docket
import Foundation
import Ledger
import Logging
import Proofs
import Storage

/// What a backup of the record holds, so that a restore can tell whether it holds it still (备份清单).
package struct BackupManifest: Codable, Sendable {
    package struct Part: Codable, Hashable, Sendable {
        /// Under the backup's folder.
        package let path: String
        package let bytes: Int64
        /// In hexadecimal.
        package let sha256: String
    }

    package static let fileName = "manifest.json"
    /// 1 had the keys of the dockets among its parts; since 2 they are a backup of their own (`KeyBackupManifest`).
    package static let version = 2

    package let version: Int
    package let court: String
    /// The database, sealed keys and the ledger's files.
    package let parts: [Part]
    /// The encrypted files: how many, how long together, and a digest over their names and lengths.
    package let objects: Int
    package let objectBytes: Int64
    package let objectNames: String
    /// The newest signed checkpoint in the copy.
    package let checkpoint: String
    package let withCourtKey: Bool

    enum CodingKeys: String, CodingKey {
        case version, court, parts, objects, checkpoint
        case objectBytes = "object_bytes"
        case objectNames = "object_names"
        case withCourtKey = "with_court_key"
    }
}

package enum BackupFailure: Error, Hashable, Sendable, CustomStringConvertible {
    case notEmpty(String)
    case noManifest(String)
    case otherManifest(Int)
    /// A folder with docket keys where the record was asked for, or the other way round.
    case otherKind(String, holds: String)
    case missing(String)
    case damaged(String)
    case filesDiffer(expected: Int, found: Int)
    case courtKeyNeeded
    case wrongCourtKey
    case otherLog
    /// No backup of docket keys is where it was looked for.
    case keysNeeded(String)
    case otherCourt(path: String, court: String)
    /// Dockets of the record that have no keys in the backup of keys, which is older.
    case keysTooOld(missing: Int)
    /// The list of destroyed keys cannot be read.
    case unreadableList(String)
    case listNotSigned(String)

    package var description: String {
        switch self {
        case .notEmpty(let path): "\(path) is not empty. Give an empty or a new folder."
        case .noManifest(let path): "\(path) has no readable \(BackupManifest.fileName): it is no finished backup."
        case .otherManifest(let version):
            "The manifest is of version \(version), from another release. Restore with that one."
        case .otherKind(let path, let holds): "\(path) is a backup of \(holds), and not what was asked for."
        case .missing(let path): "The backup is damaged: \(path) is missing."
        case .damaged(let path): "The backup is damaged: \(path) is not as it was written."
        case .filesDiffer(let expected, let found):
            "The backup is damaged: files/ held \(expected) files and holds \(found), or their names or lengths changed."
        case .courtKeyNeeded:
            "The court's key is not in this backup. Give its safe copy with --court-key; nothing can be read without it."
        case .wrongCourtKey: "This is not the key of the court in the backup."
        case .otherLog: "The checkpoint is not signed by this court's ledger."
        case .keysNeeded(let path):
            "There are no docket keys in \(path). Give the newest backup of keys with --keys; without them nothing opens."
        case .otherCourt(let path, let court): "\(path) is of another court: \(court)."
        case .keysTooOld(let missing):
            "\(missing) dockets of the record have no keys in this backup of keys: it is older than the record. Give a newer one with --keys."
        case .unreadableList(let path):
            "\(path) is no list of destroyed keys, or was changed. Print it again: xiezhi keys destroyed"
        case .listNotSigned(let path): "\(path) is not signed by this court. Nothing was destroyed by it."
        }
    }
}

/// Copies a whole court while it is served (备份): the record, and the keys of its dockets as a backup of their own.
///
/// The ledger comes first: a database that is newer than its ledger finishes it, one that is older must be compared.
/// Then the database, and after it what it names: keys and files, of which a later copy only has more.
///
/// The two are kept for different times. The record is kept long, and opens nothing alone. Keys are kept short: destroying
/// a key reaches no backup, so that a case is gone for good only when the last backup of keys from before is gone (D41).
///
/// A backup holds the same files wherever the database lies: from PostgreSQL too the record is copied into SQLite, in one
/// snapshot, so that it can be checked and restored without that server, into either kind of database.
package struct Backup: Sendable {
    private let place: CourtPlace
    private let logger: Logger

    package init(of place: CourtPlace, logger: Logger) {
        self.place = place
        self.logger = logger
    }

    /// The folder of the keys inside a backup, where they are not put elsewhere.
    package static let keyFolder = "docket-keys"

    /// - Parameters:
    ///   - keyTarget: where the keys of the dockets go; a folder of their own inside the backup when nil.
    ///   - withCourtKey: also copies `court.key`; whoever has it and the backup reads everything.
    /// - Throws: `BackupFailure`; what the stores throw.
    package func run(
        to target: String, keysTo keyTarget: String? = nil, withCourtKey: Bool = false
    ) async throws -> BackupManifest {
        try BackupFolder.requireEmpty(target)
        if let keyTarget { try BackupFolder.requireEmpty(keyTarget) }
        let folder = try DataFolder.open(place.folder, for: .reading)
        let store = try await Store.open(
            place.location(in: folder), migrations: CourtSchema.all, readOnly: true, logger: logger)
        guard let row = try await store.read({ try CourtRow.read(in: $0) }) else {
            throw CourtStartFailure.noCourt(folder: place.folder)
        }
        let courtKey = try CourtKey(in: folder, court: row.code)
        let signing = try SigningKeys(in: folder, courtKey: courtKey, ledgerName: row.ledgerName)

        let copy = BackupFolder(target)
        try copy.makeFolders(["keys", "files", "ledger"])
        let checkpoint = try copyLedger(of: folder, to: copy, key: try signing.ledgerKey.verifierKey)
        try await Self.copyDatabase(store, CourtSchema.all, to: "\(target)/court.sqlite", logger: logger)
        _ = try await runKeys(to: keyTarget ?? "\(target)/\(Self.keyFolder)")
        let ownKey = withCourtKey ? [] : ["court.key"]
        for name in try BackupFolder.files(under: folder.keys)
        where !ownKey.contains(name) && !name.hasPrefix("keys.sqlite") {
            try copy.copy("\(folder.keys)/\(name)", as: "keys/\(name)")
        }
        for name in try BackupFolder.files(under: folder.files) {
            try copy.link("\(folder.files)/\(name)", as: "files/\(name)")
        }
        try await store.close()

        let manifest = try copy.manifest(court: row.code, checkpoint: checkpoint, withCourtKey: withCourtKey)
        try copy.syncFolders()
        try copy.write(manifest)
        return manifest
    }

    /// Copies the keys of the dockets alone, for the backups that are made often and kept short.
    ///
    /// - Throws: `BackupFailure`; what the stores throw.
    package func runKeys(to target: String) async throws -> KeyBackupManifest {
        let folder = try DataFolder.open(place.folder, for: .reading)
        let store = try await Store.open(
            place.location(in: folder), migrations: CourtSchema.all, readOnly: true, logger: logger)
        let row = try await store.read { try CourtRow.read(in: $0) }
        try await store.close()
        guard let row else { throw CourtStartFailure.noCourt(folder: place.folder) }
        let keyStore = try await Store.open(
            place.keyLocation(in: folder), migrations: KeyVault.migrations, readOnly: true, logger: logger)
        let manifest = try await KeyBackup(court: row.code, store: keyStore, logger: logger)
            .run(to: target, at: CourtClock().now)
        try await keyStore.close()
        return manifest
    }

    /// One file that stands alone, whichever database it comes from.
    static func copyDatabase(
        _ store: Store, _ migrations: [Migration], to path: String, logger: Logger
    ) async throws {
        guard store.dialect == .postgres else { return try await store.backup(to: path) }
        let draft = "\(path).copy"
        let copy = try await Store.open(.sqlite(path: draft), migrations: migrations, logger: logger)
        do {
            try await RecordCopy(from: store, to: copy).run()
            try await copy.backup(to: path)
            try await copy.close()
        } catch {
            try? await copy.close()
            throw error
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: (path as NSString).deletingLastPathComponent)
        where name.hasPrefix((draft as NSString).lastPathComponent) {
            try FileManager.default.removeItem(atPath: "\((path as NSString).deletingLastPathComponent)/\(name)")
        }
    }

    /// Checkpoints first, then the tiles under them, which never change.
    private func copyLedger(of folder: DataFolder, to copy: BackupFolder, key: VerifierKey) throws -> String {
        let names = try BackupFolder.files(under: folder.ledger)
        let marks = names.filter { $0.hasPrefix("checkpoint") }
        for name in marks + names.filter({ !marks.contains($0) }) {
            do {
                try copy.copy("\(folder.ledger)/\(name)", as: "ledger/\(name)")
            } catch BackupFailure.missing {
                // A partial tile that a fuller one replaced in the meantime.
                continue
            }
        }
        let signed = try LogFiles(directory: copy.path + "/ledger", key: key).newestSigned()
        return String(decoding: signed.bytes, as: UTF8.self)
    }
}
