import Synchronization

/// Tells who listens what was committed, many transactions at a time.
///
/// A NOTIFY inside each transaction would make all commits of the server wait for one lock. What is told here comes a
/// moment after its commit and is lost with the process: a hint, and those who follow look again by themselves.
final class PostgresNotifier: Sendable {
    private let pool: PostgresPool
    private let waiting = Mutex<[Notification]>([])

    init(_ settings: PostgresConnection.Settings) { pool = PostgresPool(settings, size: 1) }

    func tell(_ notifications: [Notification]) {
        guard !notifications.isEmpty else { return }
        let isFirst = waiting.withLock { waiting in
            defer {
                for notification in notifications where !waiting.contains(notification) { waiting.append(notification) }
            }
            return waiting.isEmpty
        }
        if isFirst { pool.start { [self] in send() } }
    }

    private func send() {
        let notifications = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        guard let connection = try? pool.take() else { return }
        do {
            try connection.script("BEGIN")
            for notification in notifications {
                _ = try connection.query(
                    "SELECT pg_notify($1, $2)",
                    [try Parameter(notification.channel), try Parameter(notification.payload)])
            }
            try connection.script("COMMIT")
            pool.giveBack(connection)
        } catch {
            pool.forgetIdle()
        }
    }

    func close() async throws { try await pool.close() }
}
