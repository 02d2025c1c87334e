/// Reads and writes that are stored together or not at all. Lives inside one closure of `Store.write`, which may run
/// more than once; only what its last run did counts.
package final class Transaction: Reading {
    private(set) var actions: [@Sendable () -> Void] = []
    private(set) var notifications: [Notification] = []
    /// Whether a statement was run that may have changed something.
    private(set) var hasRun = false

    /// - Returns: how many rows the statement changed.
    @discardableResult
    package func run(_ sql: String, _ values: any StoredValue...) throws -> Int { try run(sql, values: values) }

    /// The same, for a list of values whose length is not known in advance.
    @discardableResult
    package func run(_ sql: String, values: [any StoredValue]) throws -> Int {
        let parameters = try values.map(Parameter.init)
        hasRun = true
        return try perform { try session.run(sql, parameters) }
    }

    /// Locks the rows a `SELECT` finds until the transaction ends, so that nobody else changes or locks them.
    ///
    /// PostgreSQL adds `FOR UPDATE` and takes the locks in the order of the statement: several rows need an `ORDER BY`
    /// on their id. SQLite has one writer and does nothing.
    package func lock(_ select: String, _ values: any StoredValue...) throws {
        guard dialect == .postgres else { return }
        _ = try rows(select + " FOR UPDATE", values: values)
    }

    /// Waits for a lock that stands for a job rather than a row and holds it until the transaction ends. Each court has
    /// its own, also where several share a database.
    ///
    /// - Parameter shared: waits only for whoever holds it alone.
    package func lock(key: Int64, shared: Bool = false) throws {
        guard dialect == .postgres else { return }
        _ = try rows(
            shared
                ? "SELECT pg_advisory_xact_lock_shared($1 # hashtextextended(COALESCE(current_schema(), ''), 0))"
                : "SELECT pg_advisory_xact_lock($1 # hashtextextended(COALESCE(current_schema(), ''), 0))", key)
    }

    /// Takes the lock of `lock(key:)` if nobody holds it. On SQLite always true: there is one writer.
    package func tryLock(key: Int64) throws -> Bool {
        guard dialect == .postgres else { return true }
        let row = try row(
            "SELECT CAST(pg_try_advisory_xact_lock($1 # hashtextextended(COALESCE(current_schema(), ''), 0)) AS INTEGER)",
            key)
        return try row?.bool(0) ?? false
    }

    /// Runs statements that may fail without failing the transaction: what they did, and what they asked for after the
    /// commit, is undone when `body` throws.
    package func savepoint<Result>(_ body: () throws -> Result) throws -> Result {
        let kept = (actions: actions.count, notifications: notifications.count)
        hasRun = true
        try perform { try session.script("SAVEPOINT step") }
        do {
            let result = try body()
            if let failure { throw failure }
            try perform { try session.script("RELEASE SAVEPOINT step") }
            return result
        } catch {
            failure = nil
            actions.removeSubrange(kept.actions...)
            notifications.removeSubrange(kept.notifications...)
            try perform { try session.script("ROLLBACK TO SAVEPOINT step; RELEASE SAVEPOINT step") }
            throw error
        }
    }

    /// Runs once, right after the commit and before the writer is answered; never for what was rolled back.
    ///
    /// Actions run in order, those of one transaction together; across transactions in the order of the commits on
    /// SQLite, in any order on PostgreSQL. Others wait for their answers meanwhile: be short.
    package func afterCommit(_ action: @escaping @Sendable () -> Void) { actions.append(action) }

    /// Tells those who listen on the channel once the commit is done; the same text twice in a transaction is told once.
    ///
    /// A hint that something is there, not a message: it is not stored, and a listener may have been away.
    ///
    /// - Precondition: a channel of at most 63 lower-case letters, digits and underscores; a payload under 8,000 bytes.
    package func notify(channel: String, _ payload: String) {
        precondition(Notification.isChannel(channel), "not a channel")
        precondition(payload.utf8.count < 8_000 && !payload.utf8.contains(0), "not a payload")
        let notification = Notification(channel: channel, payload: payload)
        if !notifications.contains(notification) { notifications.append(notification) }
    }

    /// Migrations only: statements without values.
    func script(_ sql: String) throws {
        hasRun = true
        try perform { try session.script(sql) }
    }
}

/// What `LISTEN` hears.
struct Notification: Hashable, Sendable {
    let channel: String
    let payload: String

    static func isChannel(_ name: String) -> Bool {
        let allowed: (UInt8) -> Bool = { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
        return (1...63).contains(name.utf8.count) && name.utf8.allSatisfy(allowed)
            && name.utf8.first.map { $0 > 57 } == true
    }
}
