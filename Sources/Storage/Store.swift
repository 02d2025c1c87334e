import Logging

/// Where a court's records lie.
package enum StoreLocation: Hashable, Sendable {
    case sqlite(path: String)
    /// - Parameter schema: made when missing; nil for the user's own search path.
    case postgres(url: String, schema: String? = nil)
}

package enum Dialect: Hashable, Sendable { case sqlite, postgres }

/// One court's database: SQLite or PostgreSQL behind one small face.
///
/// Close it: connections, threads and the lock on an SQLite file are held until then.
package final class Store: Sendable {
    package let dialect: Dialect
    /// The library or server, for the doctor: `SQLite 3.40.1`, `PostgreSQL 15.5`.
    package let engineVersion: String
    let engine: any Engine

    private init(_ dialect: Dialect, _ version: String, _ engine: any Engine) {
        self.dialect = dialect
        self.engineVersion = version
        self.engine = engine
    }

    /// Opens the database, makes it if it is not there, and applies the migrations that it lacks.
    ///
    /// A read-only store never writes, migrates or checkpoints, and may stand beside the one that writes.
    ///
    /// - Throws: `alreadyOpen` when someone else writes to this SQLite file; `newerSchema` when a newer release has been
    ///   here; `olderSchema` when read-only and a migration is missing; `gone` when it cannot be reached.
    package static func open(
        _ location: StoreLocation, migrations: [Migration], readOnly: Bool = false, logger: Logger
    ) async throws -> Store {
        let migrations = try Migrations(migrations)
        let store: Store
        switch location {
        case .sqlite(let path):
            let engine = try await Disk.blocking { try SQLiteEngine(path: path, readOnly: readOnly, logger: logger) }
            store = Store(.sqlite, "SQLite \(engine.version)", engine)
        case .postgres(let url, let schema):
            let engine = try await PostgresEngine.connect(url: url, schema: schema, readOnly: readOnly, logger: logger)
            store = Store(.postgres, "PostgreSQL \(engine.version)", engine)
        }
        do {
            if readOnly {
                try await migrations.check(store.engine)
            } else {
                try await migrations.apply(to: store.engine)
            }
        } catch {
            try? await store.close()
            throw error
        }
        return store
    }

    /// Runs the closure in one transaction and returns once the commit is durable.
    ///
    /// The closure is synchronous, short, and may run more than once. A caller that is cancelled before its turn writes
    /// nothing and gets `CancellationError`; afterwards cancelling changes nothing, and the caller learns the outcome.
    ///
    /// - Throws: `StorageError`, or what the closure threw; then nothing was written, save that `gone` may be an
    ///   unknown outcome.
    @discardableResult
    package func write<Result: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Result) async throws
        -> Result
    {
        try await write(lostKey: .fails, body)
    }

    @discardableResult
    package func write<Result: Sendable>(
        lostKey: LostKey, _ body: @escaping @Sendable (Transaction) throws -> Result
    ) async throws -> Result {
        try Task.checkCancellation()
        return try await engine.write(lostKey: lostKey, body)
    }

    /// Runs the closure on one consistent picture of the database, beside all writers.
    package func read<Result: Sendable>(_ body: @escaping @Sendable (Reading) throws -> Result) async throws -> Result {
        try Task.checkCancellation()
        return try await engine.read(body)
    }

    /// What `Transaction.notify` tells from now on. Nothing that is committed after this returns is missed, except while
    /// a connection is down; an empty text then says "look again". A listener that does not read keeps the newest 256.
    package func listen(channel: String) async throws -> AsyncStream<String> {
        guard Notification.isChannel(channel) else { throw StorageError.unexpected("not a channel") }
        return try await engine.listen(channel: channel)
    }

    /// Copies the SQLite database, as it is at one moment, into a new file while writing goes on.
    ///
    /// - Throws: `unexpected` on PostgreSQL (use pg_dump) or when the file exists.
    package func backup(to path: String) async throws { try await engine.backup(to: path) }

    /// Lets what has begun end, then closes. Later calls throw `gone`; closing twice does nothing.
    package func close() async throws { try await engine.close() }
}
