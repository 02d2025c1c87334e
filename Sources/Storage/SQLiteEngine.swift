import Foundation
import GRDB
import Logging
import Synchronization

/// A court's database in one SQLite file: one connection that writes and checkpoints, several that read.
///
/// The library of Debian 12 can lose a commit when two connections write and checkpoint at the same instant, so there is
/// never a second one: a lock file beside the database keeps other processes out until `close`.
final class SQLiteEngine: Engine {
    let version: String
    let pool: DatabasePool
    let commits: GroupCommit
    private let texts = SQLiteSQL()
    private let listeners = LocalListeners()
    private let isReadOnly: Bool
    /// Held until `close`, or until the process dies.
    private let lock: Mutex<OpenFile?>

    init(path: String, readOnly: Bool, logger: Logger) throws {
        isReadOnly = readOnly
        lock = Mutex(readOnly ? nil : try Self.lock(path + ".lock"))
        // SQLite would let everyone read a file that it makes; its journals take the mode of the database.
        if !readOnly && !Disk.exists(path) { _ = try Self.open(path) }
        let pool = try translatingErrors {
            let pool = try DatabasePool(path: path, configuration: Self.configuration(readOnly: readOnly))
            // GRDB sets NORMAL when it opens the writer, which can lose the last commits on a power cut.
            // The writer comes back to the pages of the same dockets; 32 MiB of them spare it most reads.
            try pool.writeWithoutTransaction {
                try $0.execute(sql: "PRAGMA synchronous = FULL; PRAGMA cache_size = -32768")
            }
            return pool
        }
        self.pool = pool
        version =
            try translatingErrors { try pool.read { try String.fetchOne($0, sql: "SELECT sqlite_version()") } } ?? ""
        commits = GroupCommit(pool, texts, listeners)
        logger.debug("opened SQLite", metadata: ["version": "\(version)", "readOnly": "\(readOnly)"])
    }

    private static func lock(_ path: String) throws -> OpenFile {
        do {
            let file = try open(path)
            guard try file.lockExclusively() else { throw StorageError.alreadyOpen(path) }
            return file
        } catch let error as DiskError {
            throw StorageError(error)
        }
    }

    private static func open(_ path: String) throws -> OpenFile {
        do {
            return try OpenFile(path, O_RDWR | O_CREAT)
        } catch let error as DiskError {
            throw StorageError(error)
        }
    }

    private static func configuration(readOnly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.label = "xiezhi"
        configuration.readonly = readOnly
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = 8
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA secure_delete = ON;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA recursive_triggers = ON;
                    PRAGMA journal_size_limit = 67108864;
                    """)
        }
        return configuration
    }

    func write<Result: Sendable>(lostKey: LostKey, _ body: @escaping @Sendable (Transaction) throws -> Result)
        async throws -> Result
    {
        guard !isReadOnly else { throw StorageError.readOnly }
        return try await withCheckedThrowingContinuation { continuation in
            commits.add(
                GroupCommit.Request {
                    let result = try body($0)
                    return { continuation.resume(returning: result) }
                } fail: {
                    continuation.resume(throwing: $0)
                })
        }
    }

    func read<Result: Sendable>(_ body: @escaping @Sendable (Reading) throws -> Result) async throws -> Result {
        do {
            return try await pool.read { [texts] database in
                let reading = Reading(SQLiteSession(database, texts))
                let result = try body(reading)
                if let failure = reading.failure { throw failure }
                return result
            }
        } catch let error as DatabaseError {
            // A closed pool answers with SQLITE_MISUSE.
            throw error.resultCode == .SQLITE_MISUSE ? StorageError.gone : StorageError(error)
        }
    }

    func listen(channel: String) async throws -> AsyncStream<String> { listeners.listen(channel) }

    func backup(to path: String) async throws {
        try await Disk.blocking { [pool] in
            guard !Disk.exists(path) else { throw StorageError.unexpected("the backup exists") }
            let part = path + ".part"
            try Disk.remove(part)
            _ = try Self.open(part)
            try translatingErrors {
                let copy = try DatabaseQueue(path: part)
                try pool.backup(to: copy)
                try copy.writeWithoutTransaction { database in
                    // One file that stands alone, without a log beside it.
                    try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA journal_mode = DELETE")
                    let verdict = try String.fetchOne(database, sql: "PRAGMA integrity_check")
                    guard verdict == "ok" else { throw StorageError.unexpected("the backup is damaged") }
                }
                try copy.close()
            }
            try Disk.move(part, to: path)
        }
    }

    func close() async throws {
        guard commits.close() else { return }
        listeners.close()
        try await Disk.blocking { [self] in
            try translatingErrors {
                // Leaves an empty log behind; a reader that is still there only leaves it longer.
                if !isReadOnly { try? pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) } }
                try pool.close()
            }
            lock.withLock { $0 = nil }
        }
    }
}

extension StorageError {
    init(_ error: DiskError) {
        self = error.isFull ? .full : [EROFS, EACCES].contains(error.code) ? .readOnly : .gone
    }
}
