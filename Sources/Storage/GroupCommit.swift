import GRDB
import GRDBSQLite
import Synchronization

/// Writes that wait while the last commit syncs are committed together by the next one (D24).
///
/// There is no timer: a lone writer is served at once. Each request is a savepoint and fails alone. Nobody is answered,
/// not even with a refusal, before the commit of the batch: a refusal may rest on what an earlier request wrote.
final class GroupCommit: Sendable {
    /// A write without its type.
    struct Request: Sendable {
        /// Runs the closure and returns how to answer its caller.
        let run: @Sendable (Transaction) throws -> @Sendable () -> Void
        let fail: @Sendable (any Error) -> Void
    }

    private struct Queue {
        var waiting: [Request] = []
        var isCommitting = false
        var isClosed = false
    }

    private let pool: DatabasePool
    private let texts: SQLiteSQL
    private let listeners: LocalListeners
    private let queue = Mutex(Queue())

    init(_ pool: DatabasePool, _ texts: SQLiteSQL, _ listeners: LocalListeners) {
        self.pool = pool
        self.texts = texts
        self.listeners = listeners
    }

    /// How many requests wait for the next commit.
    var waiting: Int { queue.withLock { $0.waiting.count } }

    func add(_ request: Request) {
        enum Next { case refuse, wait, start }
        let next: Next = queue.withLock { queue in
            guard !queue.isClosed else { return .refuse }
            queue.waiting.append(request)
            guard !queue.isCommitting else { return .wait }
            queue.isCommitting = true
            return .start
        }
        switch next {
        case .refuse: request.fail(StorageError.gone)
        case .wait: break
        case .start: pool.asyncWriteWithoutTransaction { self.commitAll(in: $0) }
        }
    }

    /// Takes no more requests; those that wait are still served.
    ///
    /// - Returns: false when it was closed before.
    func close() -> Bool {
        queue.withLock { queue in
            defer { queue.isClosed = true }
            return !queue.isClosed
        }
    }

    private func commitAll(in database: Database) {
        while true {
            let batch = queue.withLock { queue in
                let batch = queue.waiting
                queue.waiting = []
                if batch.isEmpty { queue.isCommitting = false }
                return batch
            }
            guard !batch.isEmpty else { return }
            commit(batch, in: database)
        }
    }

    private enum Outcome {
        case written(Transaction, answer: @Sendable () -> Void)
        case refused(any Error, fail: @Sendable (any Error) -> Void)
    }

    private func commit(_ batch: [Request], in database: Database) {
        let outcomes: [Outcome]
        do {
            try execute("BEGIN IMMEDIATE", in: database)
            outcomes = try batch.map { try run($0, in: database) }
            try execute("COMMIT", in: database)
        } catch {
            if database.isInsideTransaction { try? execute("ROLLBACK", in: database) }
            for request in batch { request.fail(error) }
            return
        }
        for case .written(let transaction, _) in outcomes {
            for action in transaction.actions { action() }
            for notification in transaction.notifications { listeners.tell(notification) }
        }
        for outcome in outcomes {
            switch outcome {
            case .written(_, let answer): answer()
            case .refused(let error, let fail): fail(error)
            }
        }
    }

    /// - Throws: only what ends the whole batch.
    private func run(_ request: Request, in database: Database) throws -> Outcome {
        try execute("SAVEPOINT request", in: database)
        let transaction = Transaction(SQLiteSession(database, texts))
        do {
            let answer = try request.run(transaction)
            if let failure = transaction.failure { throw failure }
            try refuseDanglingKeys(in: database)
            try execute("RELEASE SAVEPOINT request", in: database)
            return .written(transaction, answer: answer)
        } catch {
            // A full disk and the like roll everything back at once, the other requests with it.
            guard database.isInsideTransaction else { throw transaction.failure ?? error }
            try execute("ROLLBACK TO SAVEPOINT request", in: database)
            try execute("RELEASE SAVEPOINT request", in: database)
            return .refused(error, fail: request.fail)
        }
    }

    /// A deferred foreign key is checked at the commit, where it would fail the whole batch; here it fails its request.
    private func refuseDanglingKeys(in database: Database) throws {
        var dangling: CInt = 0
        var highest: CInt = 0
        sqlite3_db_status(database.sqliteConnection, SQLITE_DBSTATUS_DEFERRED_FKS, &dangling, &highest, 0)
        if dangling != 0 { throw StorageError.constraint("FOREIGN KEY constraint failed") }
    }

    private func execute(_ sql: String, in database: Database) throws {
        try translatingErrors { try database.cachedStatement(sql: sql).execute() }
    }
}
