import Foundation
import Procedure

extension FileStore {
    /// Enters a file in the catalogue, in the transaction of the act that names it.
    ///
    /// - Precondition: the docket's keys are loaded (`KeyVault.load`), as for sealing the act itself.
    /// - Throws: `StorageError.duplicateKey` when it was entered before; `KeyVaultError.unknown` when the keys are not
    ///   in memory.
    package func record(_ file: StoredFile, at instant: Instant, in transaction: Transaction) throws {
        guard let keys = vault.cachedKeys(for: file.docket) else { throw KeyVaultError.unknown(file.docket) }
        try record(file, at: instant, keys: keys, in: transaction)
    }

    /// The same with keys the caller holds.
    package func record(
        _ file: StoredFile, at instant: Instant, keys: DocketKeys, in transaction: Transaction
    ) throws {
        precondition(keys.docket == file.docket, "a file is recorded with its own docket's keys")
        try catalogue.insert(file, at: instant, keys: keys[file.volume], in: transaction)
    }

    /// What the catalogue says about a file.
    ///
    /// - Returns: nil when there is no such file.
    /// - Throws: `KeyVaultError.destroyed`; `FileCatalogueError`; `StorageError`.
    package func file(_ id: FileID) async throws -> StoredFile? {
        guard let row = try await catalogue.row(id) else { return nil }
        return try catalogue.open(row, keys: try await vault.keys(for: row.docket)[row.volume])
    }

    /// All files of a docket, both volumes, in the order of their ids.
    package func files(of docket: DocketID) async throws -> [StoredFile] {
        let rows = try await catalogue.rows(of: docket)
        guard !rows.isEmpty else { return [] }
        let keys = try await vault.keys(for: docket)
        return try rows.map { try catalogue.open($0, keys: keys[$0.volume]) }
    }

    /// Walks through the catalogue, for audit: id, docket and volume, without opening anything.
    package func fileIDs(
        after id: FileID?, limit: Int
    ) async throws -> [(id: FileID, docket: DocketID, volume: Volume)] {
        try await catalogue.rows(after: id, limit: limit).map { ($0.id, $0.docket, $0.volume) }
    }

    /// Removes objects that no catalogue row names and that were not touched since `cutoff`: what was stored and never
    /// entered. Give it days, so that nothing on its way to a transaction is taken.
    ///
    /// - Returns: how many went.
    @discardableResult
    package func sweepObjects(untouchedSince cutoff: Date) async throws -> Int {
        var swept = 0
        try await objects.olderThan(cutoff) { object in
            guard try await !catalogue.names(object) else { return }
            if try await Disk.blocking({ [objects] in try objects.remove(object, unlessTouchedSince: cutoff) }) {
                swept += 1
            }
        }
        return swept
    }
}
