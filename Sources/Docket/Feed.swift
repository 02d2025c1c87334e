import Logging
import Procedure
import ServiceLifecycle
import Storage

/// The global order of entries (全局顺序): no gap, no change of order, readable from any position.
package struct Feed: Sendable {
    package struct Item: Sendable {
        package let sequence: Int64
        package let stored: StoredEntry
    }

    let store: Store

    /// Told after each commit that entered something; who follows then looks.
    package static let channel = "xiezhi_moved"

    package init(store: Store) { self.store = store }

    /// Which docket moved at which number of the feed, and nothing more.
    package struct Move: Hashable, Sendable {
        package let sequence: Int64
        package let docket: DocketID
    }

    package func moves(after sequence: Int64, limit: Int) async throws -> [Move] {
        try await FeedNumbering.number(in: store)
        return try await store.read { reading in
            try reading.rows(
                "SELECT sequence, docket FROM feed WHERE sequence > $1 ORDER BY sequence LIMIT $2", sequence, limit
            ).map { Move(sequence: try $0.integer(0), docket: try $0.identifier(1)) }
        }
    }

    /// The next entries after a sequence number.
    package func items(after sequence: Int64, limit: Int) async throws -> [Item] {
        try await store.read { try Self.items(after: sequence, limit: limit, in: $0) }
    }

    static func items(after sequence: Int64, limit: Int, in reading: Reading) throws -> [Item] {
        let columns = ActTable.columns.split(separator: ", ").map { "act.\($0)" }.joined(separator: ", ")
        let sql =
            reading.dialect == .sqlite
            ? "SELECT act.sequence, \(columns) FROM act WHERE act.sequence > $1 ORDER BY act.sequence LIMIT $2"
            : """
            SELECT feed.sequence, \(columns) FROM feed JOIN act USING (docket, position)
            WHERE feed.sequence > $1 ORDER BY feed.sequence LIMIT $2
            """
        return try reading.rows(sql, sequence, limit).map {
            Item(sequence: try $0.integer(0), stored: try StoredEntry(row: $0, from: 1))
        }
    }

    package func last() async throws -> Int64 {
        try await store.read { try $0.row("SELECT COALESCE(MAX(sequence), 0) FROM feed")?.integer(0) ?? 0 }
    }
}

/// On PostgreSQL one leader numbers committed entries in batches. On SQLite the row number is the order already.
package struct FeedNumbering: Service {
    private let store: Store
    private let logger: Logger
    static let advisoryLock: Int64 = 0x7869_657A_6869_0002

    static let migration = Migration(
        "docket-009-feed-positions",
        "CREATE TABLE feed_position (follower <text> PRIMARY KEY, sequence <integer> NOT NULL)<strict>")

    package init(store: Store, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    package func run() async throws {
        guard store.dialect == .postgres else {
            try? await gracefulShutdown()
            return
        }
        try await store.follow(Feed.channel) { await numberAll() }
    }

    private func numberAll() async {
        do {
            while try await Self.number(in: store) == Self.batch {}
        } catch {
            logger.warning("feed not numbered", metadata: ["error": "\(type(of: error))"])
        }
    }

    static let batch = 1_000

    /// Numbers what has committed and has no number yet. Entries of one docket keep their order, since a later one is
    /// never visible without the earlier.
    ///
    /// - Returns: how many were numbered.
    @discardableResult
    package static func number(in store: Store) async throws -> Int {
        guard store.dialect == .postgres else { return 0 }
        return try await store.write { transaction in
            try transaction.lock(key: advisoryLock)
            return try transaction.run(
                """
                WITH taken AS (
                    DELETE FROM feed_waiting WHERE (docket, position) IN (
                        SELECT w.docket, w.position FROM feed_waiting w JOIN act USING (docket, position)
                        ORDER BY act.entered, w.docket, w.position LIMIT \(batch))
                    RETURNING docket, position)
                INSERT INTO feed (sequence, docket, position)
                SELECT (SELECT COALESCE(MAX(sequence), 0) FROM feed)
                    + ROW_NUMBER() OVER (ORDER BY act.entered, act.docket, act.position), act.docket, act.position
                FROM taken JOIN act USING (docket, position)
                """)
        }
    }
}
