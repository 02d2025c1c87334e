import Foundation
import Procedure

extension FileStore {
    /// Starts a resumable upload of `length` bytes; it outlives the process.
    ///
    /// - Parameter name: as its owner calls the file; shown, never used as a path.
    /// - Throws: `UploadError.tooLarge`; `KeyVaultError`; `DiskError`.
    package func beginUpload(
        in docket: DocketID, _ volume: Volume, by account: AccountID, length: Int64, name: String
    ) async throws -> StagedUpload {
        guard (0...FileStore.largestFile).contains(length) else {
            throw UploadError.tooLarge(limit: FileStore.largestFile)
        }
        let keys = try await vault.keys(for: docket)[volume]
        let files = UploadFiles(folder: folder, id: .random(), key: keys.files)
        let facts = UploadFiles.Facts(
            docket: docket, volume: volume, account: account, file: .random(), length: length, name: name)
        try await Disk.blocking {
            let key = SecureRandom.key()
            let writer = try SealedFileWriter(
                creating: files.data, id: facts.file, key: key, wrapped: KeyWrapping.wrap(key, with: keys.fileWrapping))
            try writer.sync()
            try files.write(facts)
        }
        return register(StagedUpload(facts, files: files, keys: keys, objects: objects))
    }

    /// An upload begun earlier, perhaps before the process started.
    ///
    /// - Returns: nil when it was discarded, swept or never there, or when its docket's keys were destroyed.
    /// - Throws: `KeyVaultError`; `SealingError` when what was staged is damaged; `DiskError`.
    package func upload(_ id: UploadID) async throws -> StagedUpload? {
        if let upload = uploads.withLock({ $0[id] }) { return upload }
        let owner = try await Disk.blocking { [folder] in try UploadFiles.owner(of: id, in: folder) }
        guard let owner else { return nil }
        let keys: VolumeKeys
        do {
            keys = try await vault.keys(for: owner.docket)[owner.volume]
        } catch KeyVaultError.destroyed {
            // Nobody can go on with it, and its bytes will never be read.
            try await Disk.blocking { [folder] in try UploadFiles.removeAll(of: id, in: folder) }
            return nil
        }
        let files = UploadFiles(folder: folder, id: id, key: keys.files)
        let facts = try await Disk.blocking { try files.readFacts() }
        return register(StagedUpload(facts, files: files, keys: keys, objects: objects))
    }

    /// Removes what was staged for an upload: to give it up, or once its file is in the catalogue.
    package func discard(_ upload: StagedUpload) async throws {
        try await upload.discard()
        _ = uploads.withLock { $0.removeValue(forKey: upload.id) }
    }

    /// Removes what was staged and not touched since `cutoff`.
    ///
    /// - Returns: how many uploads and drafts went.
    @discardableResult
    package func sweepStaging(untouchedSince cutoff: Date) async throws -> Int {
        let stale = try await Disk.blocking { [folder] in
            var newest: [String: Date] = [:]
            for name in try Disk.entries(of: folder.staging) {
                // A file may go while we look; then it needs no sweep.
                guard let modified = try? Disk.modified("\(folder.staging)/\(name)") else { continue }
                newest[String(name.prefix { $0 != "." }), default: modified].formMax(modified)
            }
            return newest.filter { $0.value < cutoff }.map(\.key)
        }
        for name in stale {
            if let id = UploadID(rawValue: name), let upload = uploads.withLock({ $0[id] }) {
                try await discard(upload)
            }
            try await Disk.blocking { [folder] in
                for file in try Disk.entries(of: folder.staging) where file.hasPrefix(name + ".") {
                    try Disk.remove("\(folder.staging)/\(file)")
                }
            }
        }
        return stale.count
    }

    private func register(_ upload: StagedUpload) -> StagedUpload {
        uploads.withLock { uploads in
            if let known = uploads[upload.id] { return known }
            uploads[upload.id] = upload
            return upload
        }
    }
}

extension Date {
    fileprivate mutating func formMax(_ other: Date) { self = max(self, other) }
}
