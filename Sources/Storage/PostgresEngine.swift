import Foundation
import Logging
import Synchronization

/// A court's database on a PostgreSQL server: connections for writers, others for readers, so that reading never waits
/// for a row lock.
final class PostgresEngine: Engine {
    let version: String
    private let settings: PostgresConnection.Settings
    private let writers: PostgresPool
    private let readers: PostgresPool
    private let listener: PostgresListener
    private let notifier: PostgresNotifier
    private let isReadOnly: Bool
    private let isClosed = Mutex(false)

    static func connect(url: String, schema: String?, readOnly: Bool, logger: Logger) async throws -> PostgresEngine {
        let settings = PostgresConnection.Settings(url: url, schema: schema, logger: logger)
        let server = try await Disk.blocking {
            let connection = try PostgresConnection(settings)
            return try serverFacts(connection, schema: readOnly ? nil : schema)
        }
        guard server.encoding == "UTF8" else { throw StorageError.unexpected("the database is not in UTF8") }
        if !server.syncs { logger.error("PostgreSQL runs with fsync = off: a power cut can lose acts") }
        logger.debug("opened PostgreSQL", metadata: ["version": "\(server.version)", "readOnly": "\(readOnly)"])
        return PostgresEngine(settings, readOnly: readOnly, version: server.version)
    }

    private init(_ settings: PostgresConnection.Settings, readOnly: Bool, version: String) {
        self.settings = settings
        self.version = version
        isReadOnly = readOnly
        writers = PostgresPool(settings, size: readOnly ? 1 : 16)
        readers = PostgresPool(settings, size: 8)
        listener = PostgresListener(settings)
        notifier = PostgresNotifier(settings)
    }

    private static func serverFacts(
        _ connection: PostgresConnection, schema: String?
    ) throws -> (version: String, encoding: String, syncs: Bool) {
        do {
            if let schema { try make(schema, connection) }
            let facts = try connection.query(
                """
                SELECT current_setting('server_version'), current_setting('server_encoding'), current_setting('fsync')
                """, [])
            guard let row = facts.rows.first else { throw StorageError.gone }
            return try (row.text(0), row.text(1), row.text(2) == "on")
        } catch let error as PostgresError {
            throw error.storageError
        }
    }

    private static func make(_ schema: String, _ connection: PostgresConnection) throws {
        do {
            try connection.script("CREATE SCHEMA IF NOT EXISTS \(connection.quoted(schema))")
        } catch let error as PostgresError where error.state == "23505" {
            // Another node made it at the same moment, which IF NOT EXISTS does not see.
        }
    }

    func write<Result: Sendable>(lostKey: LostKey, _ body: @escaping @Sendable (Transaction) throws -> Result)
        async throws -> Result
    {
        guard !isReadOnly else { throw StorageError.readOnly }
        return try await writers.run { [writers, notifier] in
            var patience = Patience(lostKey: lostKey)
            while true {
                do {
                    return try Self.transact(writers, notifier, body)
                } catch let failed as FailedRun {
                    guard patience.runsAgain(after: failed.cause) else { throw failed.error }
                    if failed.cause?.remedy == .reconnect { writers.forgetIdle() }
                }
            }
        }
    }

    func read<Result: Sendable>(_ body: @escaping @Sendable (Reading) throws -> Result) async throws -> Result {
        try await readers.run { [readers] in
            var patience = Patience(lostKey: .fails)
            while true {
                do {
                    return try Self.look(readers, body)
                } catch let failed as FailedRun {
                    guard patience.runsAgain(after: failed.cause) else { throw failed.error }
                    if failed.cause?.remedy == .reconnect { readers.forgetIdle() }
                }
            }
        }
    }

    /// A run that certainly wrote nothing.
    private struct FailedRun: Error {
        let error: any Error
        let cause: PostgresError?
    }

    private static func transact<Result>(
        _ pool: PostgresPool, _ notifier: PostgresNotifier, _ body: (Transaction) throws -> Result
    ) throws -> Result {
        let connection = try pool.take()
        let session = PostgresSession(connection)
        let transaction = Transaction(session)
        let result: Result
        do {
            try connection.script("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
            result = try body(transaction)
            if let failure = transaction.failure { throw failure }
        } catch {
            throw undo(pool, connection, error, transaction, session)
        }
        do {
            // A commit that a standby has to confirm must not be cut short by the timeout: the server would then call it
            // done with a warning.
            guard try connection.script("SET LOCAL statement_timeout = 0; COMMIT") == "COMMIT" else {
                throw StorageError.unexpected("the server rolled back instead of committing")
            }
        } catch let error as PostgresError {
            // A server that answers has rolled back. One that fell silent may have committed.
            if error.isConnectionLost { throw StorageError.gone }
            pool.giveBack(connection)
            throw FailedRun(error: error.storageError, cause: error)
        }
        pool.giveBack(connection)
        notifier.tell(transaction.notifications)
        for action in transaction.actions { action() }
        return result
    }

    private static func look<Result>(_ pool: PostgresPool, _ body: (Reading) throws -> Result) throws -> Result {
        let connection = try pool.take()
        let session = PostgresSession(connection)
        let reading = Reading(session)
        do {
            try connection.script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            let result = try body(reading)
            if let failure = reading.failure { throw failure }
            try connection.script("COMMIT")
            pool.giveBack(connection)
            return result
        } catch {
            throw undo(pool, connection, error, reading, session)
        }
    }

    private static func undo(
        _ pool: PostgresPool, _ connection: PostgresConnection, _ error: any Error, _ reading: Reading,
        _ session: PostgresSession
    ) -> FailedRun {
        let ours = error as? PostgresError
        // The closure may have turned the failure into an error of its own.
        let cause = ours ?? (reading.failure == nil ? nil : session.failure)
        let isClean = connection.isOpen && (try? connection.script("ROLLBACK")) != nil
        if isClean && cause?.remedy != .reconnect { pool.giveBack(connection) }
        return FailedRun(error: ours?.storageError ?? error, cause: cause)
    }

    func listen(channel: String) async throws -> AsyncStream<String> { try await listener.listen(channel) }

    func backup(to path: String) async throws {
        throw StorageError.unexpected("PostgreSQL is backed up by pg_dump or by its own archive")
    }

    func close() async throws {
        let wasClosed = isClosed.withLock { closed in
            defer { closed = true }
            return closed
        }
        guard !wasClosed else { return }
        try await listener.close()
        try await writers.close()
        try await notifier.close()
        try await readers.close()
    }
}

/// How often a closure that failed runs again.
private struct Patience {
    let lostKey: LostKey
    private var conflicts = 0
    private var connections = 0
    private var keys = 0

    init(lostKey: LostKey) { self.lostKey = lostKey }

    /// Waits a little where others are in the way.
    mutating func runsAgain(after cause: PostgresError?) -> Bool {
        guard let cause else { return false }
        if cause.state == "23505", lostKey == .runsAgain {
            keys += 1
            return keys <= 1
        }
        switch cause.remedy {
        case .none: return false
        case .reconnect:
            connections += 1
            return connections <= 1
        case .runAgain:
            conflicts += 1
            usleep(.random(in: 0...(2_000 << UInt32(conflicts))))
            return conflicts <= 5
        }
    }
}
