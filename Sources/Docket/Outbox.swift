import Procedure
import Storage

/// What must happen outside the database because of an act: drawing and serving notices, letters, mail (发件箱).
///
/// Written with the acts; done at least once, each with a key its receiver can tell a repeat by.
package struct Effect: Sendable {
    /// Names who does it, such as `serve-notices`.
    package let kind: String
    /// Stable: doing it twice under one key is doing it once.
    package let key: String
    package let docket: DocketID
    /// Ids only, never personal data.
    package let subject: String
    package let notBefore: Instant?

    package init(kind: String, key: String, docket: DocketID, subject: String = "", notBefore: Instant? = nil) {
        self.kind = kind
        self.key = key
        self.docket = docket
        self.subject = subject
        self.notBefore = notBefore
    }
}

/// The table behind it.
package enum Outbox {
    static let migration = Migration(
        "docket-008-outbox",
        """
        CREATE TABLE outbox (
            key <text> PRIMARY KEY, kind <text> NOT NULL, docket <bytes> NOT NULL, subject <text> NOT NULL,
            state <text> NOT NULL, attempts <integer> NOT NULL, due <integer> NOT NULL, made <integer> NOT NULL,
            failure <text>
        )<strict>
        """,
        "CREATE INDEX outbox_due ON outbox (state, due)")

    package static func add(_ effect: Effect, at now: Instant, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO outbox (key, kind, docket, subject, state, attempts, due, made)
            VALUES ($1, $2, $3, $4, 'waiting', 0, $5, $6) ON CONFLICT (key) DO NOTHING
            """,
            effect.key, effect.kind, effect.docket, effect.subject, effect.notBefore ?? now, now)
        transaction.notify(channel: "xiezhi_outbox", "")
    }

    /// Takes the next effect that is due, writing down that it is being attempted before anything is handed over.
    static func take(at now: Instant, in transaction: Transaction) throws -> (effect: Effect, attempts: Int)? {
        let locking = transaction.dialect == .postgres ? " FOR UPDATE SKIP LOCKED" : ""
        let row = try transaction.row(
            """
            SELECT key, kind, docket, subject, attempts FROM outbox
            WHERE state IN ('waiting', 'attempting') AND due <= $1 ORDER BY due, key LIMIT 1
            """ + locking, now)
        guard let row else { return nil }
        let key = try row.text(0)
        let attempts = Int(try row.integer(4)) + 1
        try transaction.run(
            "UPDATE outbox SET state = 'attempting', attempts = $2, due = $3 WHERE key = $1", key, attempts,
            now.adding(milliseconds: retryDelay(after: attempts)))
        let effect = Effect(
            kind: try row.text(1), key: key, docket: try row.identifier(2), subject: try row.text(3))
        return (effect, attempts)
    }

    static func finish(_ key: String, in transaction: Transaction) throws {
        try transaction.run("UPDATE outbox SET state = 'done', failure = NULL WHERE key = $1", key)
    }

    /// Nothing more can be done for a docket that nobody can read.
    static func forget(_ docket: DocketID, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM outbox WHERE docket = $1", docket)
    }

    /// - Parameter failure: a code, never text with personal data in it.
    static func fail(_ key: String, attempts: Int, failure: String, in transaction: Transaction) throws {
        try transaction.run(
            "UPDATE outbox SET state = $2, failure = $3 WHERE key = $1", key,
            attempts >= mostAttempts ? "needs-person" : "waiting", failure)
    }

    /// What has not been done, for the doctor.
    package struct Standing: Sendable {
        package let waiting: Int
        package let needingPerson: Int
        /// The kinds of those that need a person.
        package let kinds: [String]
        /// Since when the oldest that is due has been due.
        package let oldestDue: Instant?
    }

    package static func standing(at now: Instant, in reading: Reading) throws -> Standing {
        let waiting = try reading.row("SELECT COUNT(*) FROM outbox WHERE state IN ('waiting', 'attempting')")
        let oldest = try reading.row(
            "SELECT MIN(due) FROM outbox WHERE state IN ('waiting', 'attempting') AND due <= $1", now)
        let failed = try reading.rows(
            "SELECT kind, COUNT(*) FROM outbox WHERE state = 'needs-person' GROUP BY kind ORDER BY kind")
        return Standing(
            waiting: Int(try waiting?.integer(0) ?? 0),
            needingPerson: try failed.reduce(0) { $0 + Int(try $1.integer(1)) },
            kinds: try failed.map { try $0.text(0) }, oldestDue: try oldest?.optionalInstant(0))
    }

    static let mostAttempts = 12

    /// Milliseconds: 2 s, 4 s … up to an hour.
    static func retryDelay(after attempts: Int) -> Int64 { min(3_600_000, 1_000 << Int64(min(attempts, 12))) }
}

extension DocketTransaction {
    /// Puts an effect in the outbox, in this very transaction.
    package func effect(_ effect: Effect) throws {
        try Outbox.add(effect, at: now, in: storage)
    }
}
