import Crypto
import Foundation
import NIOCore
import Procedure
import Synchronization

/// The encrypted files of one court: documents, evidence, recordings.
///
/// Bytes first, then the record: `put` or a finished upload makes them durable, `record` enters the file in the
/// catalogue in the transaction of the act that names it (D33). What is never recorded is swept by age.
package final class FileStore: Sendable {
    /// The largest file taken, in bytes.
    package static let largestFile: Int64 = 4 << 30

    let folder: DataFolder
    let objects: ObjectFolder
    let catalogue: FileCatalogue
    let vault: KeyVault
    /// One object per upload, so that two requests meet in it.
    let uploads = Mutex<[UploadID: StagedUpload]>([:])

    /// - Parameter store: where the catalogue is, beside the acts.
    package init(_ folder: DataFolder, store: Store, vault: KeyVault) {
        self.folder = folder
        self.vault = vault
        objects = ObjectFolder(folder)
        catalogue = FileCatalogue(store: store, court: vault.court)
    }

    /// Stores a document, durable on return.
    ///
    /// - Parameters:
    ///   - mediaType: told by the content when nil.
    ///   - id: drawn at random when nil; a simulation draws its own.
    /// - Throws: `KeyVaultError`; `DiskError`.
    package func put(
        _ bytes: [UInt8], in docket: DocketID, _ volume: Volume, name: String, mediaType: MediaType? = nil,
        id: FileID? = nil
    ) async throws -> StoredFile {
        let stream = AsyncStream {
            $0.yield(ByteBuffer(bytes: bytes)); $0.finish()
        }
        return try await put(stream, in: docket, volume, name: name, mediaType: mediaType, id: id)
    }

    /// Stores what a stream gives, holding a few chunks at a time; durable on return.
    ///
    /// - Throws: `KeyVaultError`; `UploadError.tooLarge`; `DiskError`; what `stream` throws.
    package func put<Bytes: AsyncSequence>(
        _ stream: Bytes, in docket: DocketID, _ volume: Volume, name: String, mediaType: MediaType? = nil,
        id: FileID? = nil
    ) async throws -> StoredFile where Bytes.Element == ByteBuffer {
        let keys = try await vault.keys(for: docket)[volume]
        let draft = try await Disk.blocking { [folder] in try FileDraft(in: folder, keys: keys) }
        try await stream.inPieces { piece in
            try await Disk.blocking { try draft.append(piece, limit: FileStore.largestFile) }
        }
        return try await Disk.blocking { [objects] in
            // Not only with the draft: a task that handed over the last piece may hold it a moment longer.
            defer { draft.remove() }
            let (sha256, size) = try draft.finish()
            guard let place = try objects.place(draft.path, sha256: sha256, size: size, keys: keys) else {
                throw DiskError(operation: "place", path: draft.path, code: ENOENT)
            }
            let type = try mediaType ?? sniffed(objects.open(place, size: size, keys: keys))
            return StoredFile(
                id: id ?? .random(), docket: docket, volume: volume, sha256: sha256, size: size, name: name,
                mediaType: type, place: place)
        }
    }

    /// Opens a file for reading.
    ///
    /// - Throws: `KeyVaultError.destroyed`; `SealedFileDamage`; `DiskError`, with `ENOENT` when the bytes are missing.
    package func open(_ file: StoredFile) async throws -> SealedFile {
        let keys = try await vault.keys(for: file.docket)[file.volume]
        return try await Disk.blocking { [objects] in try objects.open(file.place, size: file.size, keys: keys) }
    }

    /// Lets another docket or volume have a file: its key wrapped again, the bytes where they are (D38).
    ///
    /// - Returns: a file of its own id, to be recorded like any other.
    package func share(_ file: StoredFile, with docket: DocketID, _ volume: Volume) async throws -> StoredFile {
        let own = try await vault.keys(for: file.docket)[file.volume]
        let other = try await vault.keys(for: docket)[volume]
        let key = try KeyWrapping.unwrap(file.place.wrappedKey, with: own.fileWrapping)
        let place = ObjectFolder.Place(
            object: file.place.object, sealedAs: file.place.sealedAs,
            wrappedKey: try KeyWrapping.wrap(key, with: other.fileWrapping))
        return StoredFile(
            id: .random(), docket: docket, volume: volume, sha256: file.sha256, size: file.size, name: file.name,
            mediaType: file.mediaType, place: place)
    }

    /// Reads a whole file and says what state it is in. For audit and scrubbing.
    ///
    /// - Throws: `KeyVaultError.destroyed`; `DiskError` when the disk cannot be read.
    package func verify(_ file: StoredFile) async throws -> FileCondition {
        let keys = try await vault.keys(for: file.docket)[file.volume]
        return try await Disk.blocking { [objects] in
            do {
                try objects.open(file.place, size: file.size, keys: keys).verify(sha256: file.sha256)
                return .intact
            } catch let damage as SealedFileDamage {
                return .damaged(damage.part)
            } catch let error as DiskError where error.code == ENOENT {
                return .missing
            }
        }
    }
}

package enum FileCondition: Hashable, Sendable {
    case intact
    case missing
    case damaged(SealedFileDamage.Part)
}

private func sniffed(_ file: SealedFile) throws -> MediaType {
    try MediaType.sniff(size: file.size) { try file.read($0) }
}

/// A file being written in one go. Its bytes in `staging/` go with it at the latest, unless a kill comes first; then a
/// sweep.
private final class FileDraft: Sendable {
    let path: String
    private let writer: Mutex<SealedFileWriter>

    init(in folder: DataFolder, keys: VolumeKeys) throws {
        let id = FileID.random()
        let key = SecureRandom.key()
        path = "\(folder.staging)/\(id).put"
        writer = Mutex(
            try SealedFileWriter(
                creating: path, id: id, key: key, wrapped: KeyWrapping.wrap(key, with: keys.fileWrapping)))
    }

    deinit { remove() }

    func remove() { unlink(path) }

    func append(_ piece: [ByteBuffer], limit: Int64) throws {
        try writer.withLock { writer in
            for buffer in piece {
                guard writer.size + Int64(buffer.readableBytes) <= limit else {
                    throw UploadError.tooLarge(limit: limit)
                }
                try buffer.withUnsafeReadableBytes { try writer.append($0) }
            }
        }
    }

    func finish() throws -> (sha256: [UInt8], size: Int64) { try writer.withLock { try $0.finish() } }
}
