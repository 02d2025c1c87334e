import Foundation

/// The operating system refused something about a file.
public struct FileFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public let operation: String
    public let path: String
    /// `errno`.
    public let code: Int32

    init(_ operation: String, _ path: String, code: Int32 = errno) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    public var description: String { "cannot \(operation) \(path): \(String(cString: strerror(code)))" }
}

/// A folder whose files appear whole or not at all, and stay after a power cut.
///
/// Files in the making lie in `tmp`, so that whoever serves the rest as it is never serves half of one.
struct DurableFolder: Sendable {
    let path: String
    private var temporary: String { path + "/tmp" }

    init(_ path: String) { self.path = path }

    /// - Returns: nil if there is no such file.
    func read(_ name: String) throws(FileFailure) -> [UInt8]? { try DurableFolder.read(path + "/" + name) }

    static func read(_ path: String) throws(FileFailure) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw FileFailure("open", path)
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw FileFailure("look at", path) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(status.st_size))
        var chunk = [UInt8](repeating: 0, count: min(max(Int(status.st_size) + 1, 4_096), 1 << 20))
        while true {
            let count = Foundation.read(file, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileFailure("read", path) }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }

    func exists(_ name: String) -> Bool { access(path + "/" + name, F_OK) == 0 }

    /// Writes files so that each is there whole or not at all; all are durable when this returns.
    func write(_ files: [(name: String, bytes: [UInt8])]) throws(FileFailure) {
        var changed: Set<String> = []
        try makeFolder(temporary, changed: &changed)
        for (place, file) in files.enumerated() { try write(file.bytes, to: "\(temporary)/\(place)") }
        for (place, file) in files.enumerated() {
            let target = path + "/" + file.name
            let parent = String(target[..<(target.lastIndex(of: "/") ?? target.startIndex)])
            try makeFolder(parent, changed: &changed)
            guard rename("\(temporary)/\(place)", target) == 0 else { throw FileFailure("rename to", target) }
            changed.insert(parent)
        }
        // A new folder's own name is kept by its parent; sorting is only for a stable order.
        for folder in changed.sorted() { try synchronise(folder) }
    }

    /// Removes what a crash left half-made.
    func sweep() throws(FileFailure) {
        for name in names(in: "tmp") { try remove(file: "tmp/\(name)") }
    }

    /// Not made durable: after a crash the file may be back.
    func remove(file name: String) throws(FileFailure) {
        guard unlink("\(path)/\(name)") == 0 else { throw FileFailure("remove", "\(path)/\(name)") }
    }

    /// - Returns: the names in a folder; none if there is no such folder.
    func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path + "/" + folder)) ?? []
    }

    /// Removes a folder of files that nobody needs any more. Not made durable: after a crash it may be back.
    func remove(folder: String) throws(FileFailure) {
        guard exists(folder) else { return }
        for name in names(in: folder) { try remove(file: "\(folder)/\(name)") }
        guard rmdir("\(path)/\(folder)") == 0 else { throw FileFailure("remove", "\(path)/\(folder)") }
    }

    /// Makes the folder itself, with those above it.
    func make() throws(FileFailure) {
        var changed: Set<String> = []
        try makeFolder(path, changed: &changed)
        for folder in changed.sorted() { try synchronise(folder) }
    }

    private func makeFolder(_ path: String, changed: inout Set<String>) throws(FileFailure) {
        if mkdir(path, 0o755) == 0 {
            changed.insert(DurableFolder.parent(of: path))
            return
        }
        if errno == EEXIST { return }
        guard errno == ENOENT else { throw FileFailure("make", path) }
        try makeFolder(DurableFolder.parent(of: path), changed: &changed)
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw FileFailure("make", path) }
        changed.insert(DurableFolder.parent(of: path))
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private func write(_ bytes: [UInt8], to path: String) throws(FileFailure) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw FileFailure("open", path) }
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileFailure("write", path) }
            rest = rest.dropFirst(count)
        }
        guard fsync(file) == 0 else { throw FileFailure("make durable", path) }
    }

    private func synchronise(_ folder: String) throws(FileFailure) {
        let file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw FileFailure("open", folder) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw FileFailure("make durable", folder) }
    }
}

/// Held by the one writer of a folder, for as long as this object lives or the process does.
final class FolderLock: Sendable {
    private let file: Int32

    /// - Returns: nil if someone else holds it.
    init?(_ path: String) throws(FileFailure) {
        file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw FileFailure("open", path) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(file)
            if code == EWOULDBLOCK { return nil }
            throw FileFailure("lock", path, code: code)
        }
    }

    deinit { close(file) }
}
