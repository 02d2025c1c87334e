import Crypto
import Foundation
import Procedure
import Synchronization

/// The encrypted objects under `files/`, each named by a digest keyed with its volume's key (D38).
///
/// Equal files within one volume of a docket become one object. Never across dockets, and never across the two volumes
/// either: that would tell the main volume what the chambers hold.
final class ObjectFolder: Sendable {
    private let folder: DataFolder
    /// Keeps a sweep from removing an object between the moment it is found to be old and the moment it is wanted.
    private let changing = Mutex(())

    init(_ folder: DataFolder) { self.folder = folder }

    /// Where the bytes of a file are.
    struct Place: Hashable, Sendable {
        /// The keyed digest that names the object.
        let object: [UInt8]
        /// The file id it was encrypted under: of the first file with this content.
        let sealedAs: FileID
        /// Its key, wrapped by the volume's key.
        let wrappedKey: [UInt8]
    }

    /// Two levels of folders, so that none grows beyond what a file system likes.
    func path(of object: [UInt8]) -> String {
        let name = hexadecimal(object)
        return "\(folder.files)/\(name.dropFirst(2).prefix(2))/\(name.dropFirst(4).prefix(2))/\(name)"
    }

    /// Gives a finished draft its name, or finds that the volume has the same content already. Durable on return.
    ///
    /// The draft itself stays for the caller to remove. Done again after a crash, with or without the draft, it finds
    /// what the first time left.
    ///
    /// - Returns: nil when there is neither draft nor object.
    func place(_ draft: String, sha256: [UInt8], size: Int64, keys: VolumeKeys) throws -> Place? {
        // A damaged object of the same content is left for the audit to name, and the good bytes go beside it.
        for copy in UInt8(0)..<16 {
            let object = KeyedDigest.of(copy == 0 ? sha256 : sha256 + [copy], with: keys.fileNaming)
            let path = path(of: object)
            let isNew = try changing.withLock { _ in
                if Disk.exists(path) {
                    try Disk.touch(path)
                    return false
                }
                guard Disk.exists(draft) else { return false }
                try makeFolders(for: path)
                guard link(draft, path) == 0 else { throw DiskError(operation: "link", path: path, code: errno) }
                return true
            }
            guard isNew || Disk.exists(path) else { continue }
            try Disk.syncFolder(Disk.parent(of: path))
            if let place = try wrappedPlace(object, keys: keys),
                try isNew || holds(place, sha256: sha256, size: size, keys: keys)
            {
                return place
            }
        }
        return nil
    }

    /// Opens an object for reading.
    ///
    /// - Throws: `SealedFileDamage`; `DiskError`, with the code `ENOENT` when it is not there.
    func open(_ place: Place, size: Int64, keys: VolumeKeys) throws -> SealedFile {
        guard let key = try? KeyWrapping.unwrap(place.wrappedKey, with: keys.fileWrapping) else {
            throw SealedFileDamage(part: .key)
        }
        return try SealedFile(path(of: place.object), sealedAs: place.sealedAs, size: size, key: key)
    }

    /// Calls `visit` with every object not touched since `cutoff`, in no order.
    func olderThan(_ cutoff: Date, visit: ([UInt8]) async throws -> Void) async throws {
        for first in try Disk.entries(of: folder.files) {
            for second in try Disk.entries(of: "\(folder.files)/\(first)") {
                for name in try Disk.entries(of: "\(folder.files)/\(first)/\(second)") {
                    guard let object = bytes(ofHexadecimal: name), try isOlder(path(of: object), than: cutoff) else {
                        continue
                    }
                    try await visit(object)
                }
            }
        }
    }

    /// Removes an object unless it was touched since `cutoff`.
    func remove(_ object: [UInt8], unlessTouchedSince cutoff: Date) throws -> Bool {
        let path = path(of: object)
        return try changing.withLock { _ in
            guard try isOlder(path, than: cutoff) else { return false }
            try Disk.remove(path)
            return true
        }
    }

    private func isOlder(_ path: String, than cutoff: Date) throws -> Bool {
        try Disk.exists(path) && Disk.modified(path) < cutoff
    }

    private func makeFolders(for path: String) throws {
        let inner = Disk.parent(of: path)
        guard !Disk.exists(inner) else { return }
        try Disk.makeFolder(Disk.parent(of: inner))
        try Disk.makeFolder(inner)
    }

    private func wrappedPlace(_ object: [UInt8], keys: VolumeKeys) throws -> Place? {
        let header = try Disk.read(path(of: object), limit: SealedFileFormat.headerBytes)
        guard let facts = SealedFileFormat.parse(header) else { return nil }
        return Place(object: object, sealedAs: facts.file, wrappedKey: facts.wrapped)
    }

    /// Reads all of it: whoever hands in a file again must not be given a spoilt copy in its stead.
    private func holds(_ place: Place, sha256: [UInt8], size: Int64, keys: VolumeKeys) throws -> Bool {
        do {
            try open(place, size: size, keys: keys).verify(sha256: sha256)
            return true
        } catch is SealedFileDamage {
            return false
        }
    }
}

private func bytes(ofHexadecimal text: String) -> [UInt8]? {
    guard text.utf8.count == 2 * KeyedDigest.byteCount else { return nil }
    var bytes: [UInt8] = []
    var rest = text[...]
    while !rest.isEmpty {
        guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
        bytes.append(byte)
        rest = rest.dropFirst(2)
    }
    return bytes
}
