import Foundation
import Logging
import Procedure

@testable import Storage

/// A court with real files and real databases in a temporary folder.
final class TemporaryCourt: Sendable {
    let temporary: TemporaryFolder
    let folder: DataFolder
    let store, keyStore: Store
    let vault: KeyVault
    let files: FileStore

    static let chunk = SealedFileFormat.chunkBytes

    /// - Parameter temporary: where an earlier court was, to find what it left. That one must be closed by then.
    init(in temporary: TemporaryFolder? = nil, cachedDockets: Int = 4_096) async throws {
        self.temporary = try temporary ?? TemporaryFolder()
        folder = try DataFolder.open(self.temporary.path + "/var", for: .writing)
        let isNew = !FileManager.default.fileExists(atPath: folder.courtKeyFile)
        let courtKey = try isNew ? CourtKey.create(in: folder, court: "0192") : CourtKey(in: folder, court: "0192")
        try folder.prepareDatabase(folder.courtDatabase)
        try folder.prepareDatabase(folder.keyDatabase)
        let logger = Logger(label: "test")
        store = try await Store.open(
            .sqlite(path: folder.courtDatabase), migrations: FileCatalogue.migrations, logger: logger)
        keyStore = try await Store.open(
            .sqlite(path: folder.keyDatabase), migrations: KeyVault.migrations, logger: logger)
        vault = KeyVault(store: keyStore, courtKey: courtKey, capacity: cachedDockets)
        files = FileStore(folder, store: store, vault: vault)
    }

    /// Ends as a process does, so that another court can open the folder.
    func close() async throws {
        try await store.close()
        try await keyStore.close()
        folder.close()
    }

    /// A new docket with its keys.
    func docket() async throws -> DocketID {
        let docket = DocketID.random()
        try await vault.create(docket)
        return docket
    }

    func record(_ file: StoredFile) async throws {
        let keys = try await vault.keys(for: file.docket)
        try await store.write { [files] transaction in
            try files.record(file, at: "2026-01-05T01:02:03.004Z", keys: keys, in: transaction)
        }
    }

    func content(of file: StoredFile) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await buffer in try await files.open(file).stream() {
            bytes.append(contentsOf: buffer.readableBytesView)
        }
        return bytes
    }

    /// The objects under `files/`, relative to the temporary folder.
    func objects() throws -> [String] { try temporary.files(under: "var/files").map { "var/files/" + $0 } }
    func staged() throws -> [String] { try temporary.files(under: "var/staging").map { "var/staging/" + $0 } }
}

/// Bytes without repetition that a test can make again.
func sample(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
        for index in 0..<count {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            buffer[index] = UInt8(truncatingIfNeeded: state >> 24)
        }
        done = count
    }
}
