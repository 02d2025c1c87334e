import Docket
import Foundation
import Logging
import Procedure
import Storage

/// What a backup of docket keys holds (密钥备份清单). It is a folder of its own, so that it can be put elsewhere than the
/// record and thrown away sooner: a key destroyed today still lies in yesterday's backup of keys.
package struct KeyBackupManifest: Codable, Sendable {
    package static let fileName = BackupManifest.fileName
    package static let holds = "docket-keys"
    package static let version = 1
    /// The one file there is: the database of wrapped keys.
    static let database = "keys.sqlite"

    package let holds: String
    package let version: Int
    package let court: String
    /// When it was made; how old it is decides how long it is kept.
    package let made: Instant
    package let parts: [BackupManifest.Part]
    /// How many dockets had keys when it was begun, and of how many it was known that they were destroyed.
    package let dockets, destroyed: Int
}

/// Copies the wrapped keys of the dockets, and nothing else, while the court is served (密钥备份).
struct KeyBackup: Sendable {
    let court: String
    let store: Store
    let logger: Logger

    /// - Parameter target: a folder that is empty or not there.
    /// - Throws: `BackupFailure`; what the store throws.
    func run(to target: String, at instant: Instant) async throws -> KeyBackupManifest {
        try BackupFolder.requireEmpty(target)
        let copy = BackupFolder(target)
        let (dockets, destroyed) = try await store.read {
            (try KeyVault.dockets(in: $0).count, try KeyVault.destroyed(in: $0).count)
        }
        try await Backup.copyDatabase(
            store, KeyVault.migrations, to: "\(target)/\(KeyBackupManifest.database)", logger: logger)
        let manifest = KeyBackupManifest(
            holds: KeyBackupManifest.holds, version: KeyBackupManifest.version, court: court, made: instant,
            parts: [try copy.part(KeyBackupManifest.database)], dockets: dockets, destroyed: destroyed)
        try copy.syncFolders()
        try copy.write(manifest)
        return manifest
    }
}
