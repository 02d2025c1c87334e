import Foundation
import Synchronization

/// Everything a court stores, under one folder (`--data DIR`):
///
/// - `court.sqlite`: the record, unless it lies on PostgreSQL
/// - `keys/court.key`, `keys/keys.sqlite`: the court's key; the wrapped keys of the dockets
/// - `files/`, `staging/`: encrypted files; uploads that are not finished
/// - `ledger/`: tiles and checkpoints
/// - `lock`: held by the one process that writes
///
/// Folders are 0700 and files 0600. The lock is held until `close`, or until the process ends, however it ends.
package final class DataFolder: Sendable {
    package let path: String
    package let access: Access
    private let lock: Mutex<OpenFile?>

    package enum Access: Hashable, Sendable {
        /// Creates what is missing and excludes every other writer.
        case writing
        /// Creates and changes nothing; works beside a writer (audit, backup while serving).
        case reading
    }

    package var courtDatabase: String { path + "/court.sqlite" }
    package var keys: String { path + "/keys" }
    package var courtKeyFile: String { keys + "/court.key" }
    package var keyDatabase: String { keys + "/keys.sqlite" }
    package var files: String { path + "/files" }
    package var staging: String { path + "/staging" }
    package var ledger: String { path + "/ledger" }

    /// - Throws: `DataFolderError`, which says what to do; `DiskError`.
    package static func open(_ path: String, for access: Access) throws -> DataFolder {
        try DataFolder(path, access)
    }

    private init(_ path: String, _ access: Access) throws {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        self.access = access
        CoreDump.switchOff()
        switch access {
        case .writing:
            try DataFolder.makePrivateFolder(self.path)
            let file = try OpenFile(self.path + "/lock", O_RDWR | O_CREAT)
            guard try file.lockExclusively() else {
                let holder = String(decoding: try file.read(at: 0, count: 20), as: UTF8.self)
                throw DataFolderError.inUse(path: self.path, process: Int32(holder))
            }
            try file.truncate(to: 0)
            try file.write(Array(String(getpid()).utf8), at: 0)
            lock = Mutex(file)
            for folder in [keys, files, staging, ledger] { try Disk.makeFolder(folder) }
        case .reading:
            lock = Mutex(nil)
            guard Disk.exists(self.path + "/lock") else { throw DataFolderError.notACourt(path: self.path) }
        }
        try requirePrivate(keys)
        for file in [courtKeyFile, keyDatabase] where Disk.exists(file) { try requirePrivate(file) }
    }

    /// Lets the next writer in. The databases are closed before.
    package func close() { lock.withLock { $0 = nil } }

    /// Makes an empty database file for the owner only, before an engine would create it for everyone.
    /// SQLite gives its journals the mode of the database.
    package func prepareDatabase(_ file: String) throws {
        precondition(access == .writing, "a reader creates nothing")
        _ = try OpenFile(file, O_RDWR | O_CREAT)
        try Disk.syncFolder(Disk.parent(of: file))
    }

    /// - Throws: `DataFolderError.exposed` when group or others have any right to it.
    func requirePrivate(_ item: String) throws {
        let mode = try Disk.status(item).st_mode & 0o777
        guard mode & 0o077 == 0 else { throw DataFolderError.exposed(path: item, mode: UInt16(mode)) }
    }

    private static func makePrivateFolder(_ path: String) throws {
        var made = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: true).map(String.init) {
            made += made.isEmpty && !path.hasPrefix("/") ? part : "/" + part
            if !Disk.exists(made) { try Disk.makeFolder(made) }
        }
        let mode = try Disk.status(path).st_mode & 0o777
        guard mode & 0o077 != 0 else { return }
        // A folder that someone else made and filled is not ours to lock up; an empty one was made for us.
        guard try Disk.entries(of: path).isEmpty, chmod(path, 0o700) == 0 else {
            throw DataFolderError.exposed(path: path, mode: UInt16(mode))
        }
    }
}

package enum DataFolderError: Error, Hashable, Sendable {
    /// Others than the owner may read or change it.
    case exposed(path: String, mode: UInt16)
    case inUse(path: String, process: Int32?)
    case notACourt(path: String)
}

extension DataFolderError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .exposed(let path, let mode):
            "\(path) is open to other users (mode \(String(mode, radix: 8))). Run: chmod go-rwx '\(path)'"
        case .inUse(let path, let process):
            "\(path) is in use by another process\(process.map { " (\($0))" } ?? ""). Stop it, or use another folder."
        case .notACourt(let path):
            "\(path) holds no court. Check the path, or start the server once to create it."
        }
    }
}
