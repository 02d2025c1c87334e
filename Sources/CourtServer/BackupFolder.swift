import Crypto
import Foundation
import Storage

/// A folder that a court is copied into or out of, every file synced.
struct BackupFolder: Sendable {
    let path: String

    init(_ path: String) { self.path = path }

    /// - Throws: `BackupFailure.notEmpty`.
    static func requireEmpty(_ path: String) throws {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        guard entries.isEmpty else { throw BackupFailure.notEmpty(path) }
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// Every plain file below a folder, as paths relative to it, sorted.
    ///
    /// Each folder is listed at once: a walk that goes on while folders are added leaves some of them out.
    static func files(under folder: String) throws -> [String] {
        var files: [String] = []
        var folders = [""]
        while let inner = folders.popLast() {
            for entry in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(inner)") {
                let name = inner.isEmpty ? entry : "\(inner)/\(entry)"
                // One that went away in the meantime is a partial tile of the ledger; what must be here is checked later.
                guard let status = try? status(of: "\(folder)/\(name)") else { continue }
                if status.isPlainFile { files.append(name) } else { folders.append(name) }
            }
        }
        return files.sorted()
    }

    private static func status(of path: String) throws -> (isPlainFile: Bool, bytes: Int64) {
        var status = stat()
        guard lstat(path, &status) == 0 else { throw BackupFailure.missing(path) }
        return (status.st_mode & S_IFMT == S_IFREG, Int64(status.st_size))
    }

    func makeFolders(_ names: [String]) throws {
        for name in names {
            try FileManager.default.createDirectory(
                atPath: "\(path)/\(name)", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
    }

    /// Copies the bytes of a file, durable on return save for its folder.
    func copy(_ source: String, as name: String) throws {
        guard let bytes = FileManager.default.contents(atPath: source) else { throw BackupFailure.missing(source) }
        try makeFolders([(name as NSString).deletingLastPathComponent])
        try Disk.writeNew(Array(bytes), to: "\(path)/\(name)")
    }

    /// Gives an object, which never changes, a second name here; copies it where that cannot be.
    func link(_ source: String, as name: String) throws {
        try makeFolders([(name as NSString).deletingLastPathComponent])
        if Foundation.link(source, "\(path)/\(name)") != 0 { try copyLarge(source, as: name) }
    }

    /// Copies a file of any size, a piece at a time.
    func copyLarge(_ source: String, as name: String) throws {
        try makeFolders([(name as NSString).deletingLastPathComponent])
        guard let input = FileHandle(forReadingAtPath: source) else { throw BackupFailure.missing(source) }
        defer { try? input.close() }
        let target = "\(path)/\(name)"
        try Disk.writeNew([], to: target)
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: target))
        defer { try? output.close() }
        while let piece = try input.read(upToCount: 1 << 20), !piece.isEmpty { try output.write(contentsOf: piece) }
        try output.synchronize()
    }

    func syncFolders() throws {
        var folders = [path]
        if let walk = FileManager.default.enumerator(atPath: path) {
            while let name = walk.nextObject() as? String {
                if try !Self.status(of: "\(path)/\(name)").isPlainFile { folders.append("\(path)/\(name)") }
            }
        }
        for folder in folders {
            let descriptor = open(folder, O_RDONLY | O_DIRECTORY)
            guard descriptor >= 0 else { throw BackupFailure.missing(folder) }
            defer { close(descriptor) }
            guard fsync(descriptor) == 0 else { throw BackupFailure.damaged(folder) }
        }
    }

    // MARK: The manifest

    func manifest(court: String, checkpoint: String, withCourtKey: Bool) throws -> BackupManifest {
        let names = try Self.files(under: path).filter { !$0.hasPrefix("\(Backup.keyFolder)/") }
        let parts = try names.filter { !$0.hasPrefix("files/") && $0 != BackupManifest.fileName }.map(part)
        let objects = try objects(among: names)
        return BackupManifest(
            version: BackupManifest.version, court: court, parts: parts, objects: objects.count,
            objectBytes: objects.bytes, objectNames: objects.names, checkpoint: checkpoint, withCourtKey: withCourtKey)
    }

    /// Writes the manifest. Last, so that a backup that was broken off is none.
    func write(_ manifest: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try Disk.writeNew(Array(try encoder.encode(manifest)), to: "\(path)/\(BackupManifest.fileName)")
    }

    /// Reads the manifest of a backup of the record.
    ///
    /// - Throws: `BackupFailure`.
    func manifest() throws -> BackupManifest {
        let (kind, text) = try readKind()
        guard kind.holds == nil else { throw BackupFailure.otherKind(path, holds: "docket keys") }
        guard kind.version == BackupManifest.version else { throw BackupFailure.otherManifest(kind.version) }
        guard let manifest = try? JSONDecoder().decode(BackupManifest.self, from: text) else {
            throw BackupFailure.noManifest(path)
        }
        return manifest
    }

    /// Reads the manifest of a backup of keys.
    ///
    /// - Throws: `BackupFailure`.
    func keyManifest() throws -> KeyBackupManifest {
        let (kind, text) = try readKind()
        guard kind.holds == KeyBackupManifest.holds else { throw BackupFailure.otherKind(path, holds: "a record") }
        guard kind.version == KeyBackupManifest.version else { throw BackupFailure.otherManifest(kind.version) }
        guard let manifest = try? JSONDecoder().decode(KeyBackupManifest.self, from: text) else {
            throw BackupFailure.noManifest(path)
        }
        return manifest
    }

    private struct Kind: Decodable {
        let version: Int
        let holds: String?
    }

    private func readKind() throws -> (Kind, Data) {
        guard let text = FileManager.default.contents(atPath: "\(path)/\(BackupManifest.fileName)"),
            let kind = try? JSONDecoder().decode(Kind.self, from: text)
        else { throw BackupFailure.noManifest(path) }
        return (kind, text)
    }

    /// Compares what is here with what was written.
    ///
    /// - Throws: `BackupFailure`, which names the first thing that differs.
    func check(_ manifest: BackupManifest) throws {
        try check(manifest.parts)
        let found = try objects(among: try Self.files(under: path))
        guard found.names == manifest.objectNames else {
            throw BackupFailure.filesDiffer(expected: manifest.objects, found: found.count)
        }
    }

    func check(_ parts: [BackupManifest.Part]) throws {
        for part in parts {
            guard FileManager.default.fileExists(atPath: "\(path)/\(part.path)") else {
                throw BackupFailure.missing(part.path)
            }
            guard try self.part(part.path) == part else { throw BackupFailure.damaged(part.path) }
        }
    }

    func part(_ name: String) throws -> BackupManifest.Part {
        guard let input = FileHandle(forReadingAtPath: "\(path)/\(name)") else { throw BackupFailure.missing(name) }
        defer { try? input.close() }
        var hash = SHA256()
        var bytes: Int64 = 0
        while let piece = try input.read(upToCount: 1 << 20), !piece.isEmpty {
            hash.update(data: piece)
            bytes += Int64(piece.count)
        }
        return BackupManifest.Part(path: name, bytes: bytes, sha256: Self.hexadecimal(hash.finalize()))
    }

    private func objects(among names: [String]) throws -> (count: Int, bytes: Int64, names: String) {
        var hash = SHA256()
        var (count, bytes) = (0, Int64(0))
        for name in names where name.hasPrefix("files/") {
            let size = try Self.status(of: "\(path)/\(name)").bytes
            hash.update(data: Data("\(name) \(size)\n".utf8))
            count += 1
            bytes += size
        }
        return (count, bytes, Self.hexadecimal(hash.finalize()))
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
