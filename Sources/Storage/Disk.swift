import Foundation
import NIOPosix

/// A file operation the system refused.
package struct DiskError: Error, Hashable, Sendable, CustomStringConvertible {
    package let operation: String
    package let path: String
    /// The system's error number.
    package let code: Int32

    /// No room left, or the quota is used up.
    package var isFull: Bool { code == ENOSPC || code == EDQUOT }

    package var description: String { "\(operation) \(path): \(String(cString: strerror(code)))" }
}

/// File calls whose durability matters. Everything is created for the owner only.
package enum Disk {
    /// Runs blocking work beside the cooperative threads. It runs to its end even if the waiting task is cancelled:
    /// what has been received from a broken line still becomes durable.
    package static func blocking<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws
        -> Result
    {
        try await withCheckedThrowingContinuation { continuation in
            NIOThreadPool.singleton.submit { _ in continuation.resume(with: Swift.Result(catching: work)) }
        }
    }

    /// Bytes a plain user may still write where the path lies.
    package static func freeBytes(at path: String) throws -> Int64 {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { throw DiskError(operation: "statvfs", path: path, code: errno) }
        return Int64(status.f_bavail) * Int64(status.f_frsize)
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func status(_ path: String) throws -> stat {
        var status = stat()
        guard stat(path, &status) == 0 else { throw DiskError(operation: "stat", path: path, code: errno) }
        return status
    }

    /// When the content last changed.
    static func modified(_ path: String) throws -> Date {
        let time = try status(path).st_mtim
        return Date(timeIntervalSince1970: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9)
    }

    /// Makes one folder for the owner only, durable in its parent. Not an error when it is there.
    static func makeFolder(_ path: String) throws {
        if mkdir(path, 0o700) == 0 { return try syncFolder(parent(of: path)) }
        guard errno == EEXIST else { throw DiskError(operation: "mkdir", path: path, code: errno) }
    }

    /// Makes the entries of a folder durable.
    static func syncFolder(_ path: String) throws {
        let folder = try OpenFile(path, O_RDONLY | O_DIRECTORY)
        try folder.sync()
    }

    /// Moves a file over its target, if any, and makes that durable. Both lie on one file system.
    static func move(_ source: String, to target: String) throws {
        guard rename(source, target) == 0 else { throw DiskError(operation: "rename", path: target, code: errno) }
        try syncFolder(parent(of: target))
    }

    /// Removes a file if it is there.
    static func remove(_ path: String) throws {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw DiskError(operation: "unlink", path: path, code: errno)
        }
    }

    /// Writes a file that must not exist yet; durable on return, all of it or nothing under that name.
    package static func writeNew(_ bytes: [UInt8], to path: String) throws {
        let draft = path + ".new-" + hexadecimal(SecureRandom.bytes(8))
        defer { unlink(draft) }
        try writeSynced(bytes, to: draft)
        guard link(draft, path) == 0 else { throw DiskError(operation: "link", path: path, code: errno) }
        try syncFolder(parent(of: path))
    }

    /// Writes or replaces a file; durable on return, and at no moment half of it.
    static func replace(_ path: String, with bytes: [UInt8]) throws {
        let draft = path + ".new"
        try writeSynced(bytes, to: draft)
        try move(draft, to: path)
    }

    static func read(_ path: String, limit: Int) throws -> [UInt8] {
        try OpenFile(path, O_RDONLY).read(at: 0, count: limit)
    }

    /// Says that a file is still wanted, for sweeps that go by age.
    static func touch(_ path: String) throws {
        guard utimensat(AT_FDCWD, path, nil, 0) == 0 else {
            throw DiskError(operation: "utimensat", path: path, code: errno)
        }
    }

    static func entries(of folder: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw DiskError(operation: "list", path: folder, code: Disk.exists(folder) ? EIO : ENOENT)
        }
    }

    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func writeSynced(_ bytes: [UInt8], to path: String) throws {
        let file = try OpenFile(path, O_WRONLY | O_CREAT | O_TRUNC)
        try file.write(bytes, at: 0)
        try file.sync()
    }
}

/// An open descriptor, closed when nobody holds it any more and never inherited by a program we start.
final class OpenFile: Sendable {
    let path: String
    private let descriptor: Int32

    init(_ path: String, _ flags: Int32) throws {
        self.path = path
        descriptor = open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DiskError(operation: "open", path: path, code: errno) }
    }

    deinit { close(descriptor) }

    var size: Int64 {
        get throws {
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw failure("fstat") }
            return Int64(status.st_size)
        }
    }

    /// Writes all of `bytes` at `offset`.
    func write(_ bytes: some ContiguousBytes, at offset: Int64) throws {
        try bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let written = pwrite(
                    descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset) + off_t(done))
                if written < 0 && errno == EINTR { continue }
                guard written > 0 else { throw failure("write") }
                done += written
            }
        }
    }

    /// Has the system begin to bring these bytes to the disk, without waiting, so that a later `sync` has less to do.
    func beginSync(at offset: Int64, count: Int) {
        // Of what is not yet on the disk, Linux starts the writing. A hint: whatever it answers, nothing is lost.
        _ = posix_fadvise(descriptor, off_t(offset), off_t(count), POSIX_FADV_DONTNEED)
    }

    /// Reads up to `count` bytes at `offset`; fewer only at the end of the file.
    func read(at offset: Int64, count: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
            while done < count {
                let got = pread(descriptor, buffer.baseAddress! + done, count - done, off_t(offset) + off_t(done))
                if got < 0 && errno == EINTR { continue }
                guard got >= 0 else { throw failure("read") }
                if got == 0 { break }
                done += got
            }
        }
    }

    func truncate(to size: Int64) throws {
        guard ftruncate(descriptor, off_t(size)) == 0 else { throw failure("truncate") }
    }

    /// Returns when the content would survive a loss of power.
    func sync() throws {
        guard fsync(descriptor) == 0 else { throw failure("fsync") }
    }

    /// - Returns: false when another process holds it.
    func lockExclusively() throws -> Bool {
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
        guard errno == EWOULDBLOCK else { throw failure("flock") }
        return false
    }

    private func failure(_ operation: String) -> DiskError {
        DiskError(operation: operation, path: path, code: errno)
    }
}

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
