import Dispatch
import GRDB
import GRDBSQLite
import Synchronization

/// Writes that wait while the last commit syncs are committed together by the next one (D24).
///
/// A lone writer is served at once. Where several were served together, the next commit waits a little for them to come
/// again: the more share one, the fewer pages are written for each. Each request fails alone. Nobody is answered, not even with a
/// refusal, before the commit of the batch: a refusal may rest on what an earlier request wrote.
///
/// Most requests succeed, and most others are refused before they wrote anything, so a batch runs without savepoints,
/// each of which would copy every page it touches. Only when a request fails after it wrote does the batch run again,
/// each request then in a savepoint of its own.
final class GroupCommit: Sendable {
    /// A write without its type.
    struct Request: Sendable {
        /// Runs the closure and returns how to answer its caller.
        let run: @Sendable (Transaction) throws -> @Sendable () -> Void
        let fail: @Sendable (any Error) -> Void
    }

    private struct Queue {
        var waiting: [Request] = []
        /// How many must wait before the writer, who waits for them, is told.
        var wanted: Int?
        var isCommitting = false
        var isClosed = false
    }

    private let pool: DatabasePool
    private let texts: SQLiteSQL
    private let listeners: LocalListeners
    private let queue = Mutex(Queue())
    private let gathered = DispatchSemaphore(value: 0)
    /// Callers are answered here, in the order of the commits, while the writer is at the next one.
    private let answers = DispatchQueue(label: "xiezhi.answers")

    init(_ pool: DatabasePool, _ texts: SQLiteSQL, _ listeners: LocalListeners) {
        self.pool = pool
        self.texts = texts
        self.listeners = listeners
    }

    /// How many requests wait for the next commit.
    var waiting: Int { queue.withLock { $0.waiting.count } }

    func add(_ request: Request) {
        enum Next { case refuse, wait, start, tell }
        let next: Next = queue.withLock { queue in
            guard !queue.isClosed else { return .refuse }
            queue.waiting.append(request)
            guard !queue.isCommitting else {
                guard let wanted = queue.wanted, queue.waiting.count >= wanted else { return .wait }
                queue.wanted = nil
                return .tell
            }
            queue.isCommitting = true
            return .start
        }
        switch next {
        case .refuse: request.fail(StorageError.gone)
        case .wait: break
        case .tell: gathered.signal()
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
            let began = ContinuousClock.now
            commit(batch, in: database)
            if batch.count > 1 { gather(batch.count, atMost: began.duration(to: .now) / 4) }
        }
    }

    /// Waits until so many requests are there again, for a part of the time that serving them took.
    private func gather(_ count: Int, atMost patience: Duration) {
        let mustWait = queue.withLock { queue in
            guard queue.waiting.count < count, !queue.isClosed else { return false }
            queue.wanted = count
            return true
        }
        guard mustWait else { return }
        let longest = min(patience, .milliseconds(5))
        let nanoseconds = Int(longest / .nanoseconds(1))
        if gathered.wait(timeout: .now() + .nanoseconds(nanoseconds)) == .timedOut,
            queue.withLock({ queue in
                defer { queue.wanted = nil }
                return queue.wanted == nil
            })
        {
            // Told at the last moment: takes the signal that is on its way.
            gathered.wait()
        }
    }

    private enum Outcome: Sendable {
        case written([@Sendable () -> Void], [Notification], answer: @Sendable () -> Void)
        case refused(any Error, fail: @Sendable (any Error) -> Void)
    }

    private func commit(_ batch: [Request], in database: Database) {
        let outcomes: [Outcome]
        do {
            outcomes = try run(batch, in: database)
            try execute("COMMIT", in: database)
        } catch {
            if database.isInsideTransaction { try? execute("ROLLBACK", in: database) }
            answers.async { for request in batch { request.fail(error) } }
            return
        }
        answers.async { [listeners] in
            for case .written(let actions, let notifications, _) in outcomes {
                for action in actions { action() }
                for notification in notifications { listeners.tell(notification) }
            }
            for outcome in outcomes {
                switch outcome {
                case .written(_, _, let answer): answer()
                case .refused(let error, let fail): fail(error)
                }
            }
        }
    }

    /// Begins a transaction and runs every request in it.
    ///
    /// - Throws: only what ends the whole batch.
    private func run(_ batch: [Request], in database: Database) throws -> [Outcome] {
        try execute("BEGIN IMMEDIATE", in: database)
        do {
            return try batch.map { try run($0, in: database) }
        } catch is HalfWritten {
            try execute("ROLLBACK", in: database)
            try execute("BEGIN IMMEDIATE", in: database)
            return try batch.map { try runInSavepoint($0, in: database) }
        }
    }

    /// A request failed that had written something; only starting again undoes it.
    private struct HalfWritten: Error {}

    /// - Throws: `HalfWritten`.
    private func run(_ request: Request, in database: Database) throws -> Outcome {
        let before = sqlite3_total_changes(database.sqliteConnection)
        let transaction = Transaction(SQLiteSession(database, texts))
        do {
            let answer = try request.run(transaction)
            if let failure = transaction.failure { throw failure }
            try refuseDanglingKeys(in: database)
            return .written(transaction.actions, transaction.notifications, answer: answer)
        } catch {
            // A full disk and the like roll everything back at once, the other requests with it.
            guard database.isInsideTransaction else { throw transaction.failure ?? error }
            guard sqlite3_total_changes(database.sqliteConnection) == before, !transaction.hasRun else {
                throw HalfWritten()
            }
            return .refused(error, fail: request.fail)
        }
    }

    /// - Throws: only what ends the whole batch.
    private func runInSavepoint(_ request: Request, in database: Database) throws -> Outcome {
        try execute("SAVEPOINT request", in: database)
        let transaction = Transaction(SQLiteSession(database, texts))
        do {
            let answer = try request.run(transaction)
            if let failure = transaction.failure { throw failure }
            try refuseDanglingKeys(in: database)
            try execute("RELEASE SAVEPOINT request", in: database)
            return .written(transaction.actions, transaction.notifications, answer: answer)
        } catch {
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
