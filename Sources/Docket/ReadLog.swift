import Crypto
import Foundation
import Ledger
import Procedure
import Storage
import Synchronization

/// One reading: who saw what, as what, and when.
///
/// Ids and codes only, so that the log of readings does not itself tell what was read.
package struct ReadLine: Hashable, Sendable {
    package let account: AccountID
    /// The session's id, which opens nothing; a person who says it was not them can be told which it was.
    package let session: String
    /// Nil for a list that shows many cases.
    package let docket: DocketID?
    /// The page, as its route is written: `/cases/:docket`.
    package let what: String
    /// The other ids of the page's address, in order, joined by slashes: the entry, the file.
    package let object: String
    /// In what part: `plaintiff`, `judge`, `filing-clerk`; several are parted by a space.
    package let why: String
    package let at: Instant

    package init(
        account: AccountID, session: String, docket: DocketID?, what: String, object: String, why: String, at: Instant
    ) {
        self.account = account
        self.session = session
        self.docket = docket
        self.what = what
        self.object = object
        self.why = why
        self.at = at
    }
}

/// The log of readings (查阅日志): append-only, one leaf in the ledger for each closed hour (D43).
///
/// Who reads the same thing again within the hour adds no line.
///
/// - Source: Online Litigation Rules art. 38.
package final class ReadLog: Sendable {
    private let store: Store
    private let court: String
    private let key: CourtKey
    private let known = Mutex(Known())

    /// The lines of this hour that this process wrote, so that a page that draws itself anew writes nothing.
    private struct Known {
        var hour: Int64 = 0
        var lines: Set<Line> = []
    }

    private struct Line: Hashable {
        let session: String
        let docket: DocketID?
        let what: String
        let object: String
    }

    /// No more lines than this are remembered; the database knows the rest.
    private static let remembered = 50_000
    /// An hour is closed only after this, when every write that began in it has ended.
    package static let grace: Duration = .seconds(300)

    package static let migrations = [
        Migration(
            "docket-009-read-log",
            """
            CREATE TABLE read_line (
                hour <integer> NOT NULL, session <text> NOT NULL, docket <bytes> NOT NULL, what <text> NOT NULL,
                object <text> NOT NULL, account <bytes> NOT NULL, why <text> NOT NULL, at <integer> NOT NULL,
                PRIMARY KEY (hour, session, docket, what, object)
            )<strict>
            """,
            """
            CREATE TABLE read_hour (
                hour <integer> PRIMARY KEY, lines <integer> NOT NULL, salt <bytes> NOT NULL, leaf <bytes> NOT NULL
            )<strict>
            """),
        AppendOnly.migration("docket-010-read-log-append-only", tables: "read_line", "read_hour"),
    ]

    package init(store: Store, key: CourtKey) {
        self.store = store
        self.key = key
        court = key.court
    }

    /// Writes a reading down, durably, before anyone is shown anything.
    package func note(_ line: ReadLine) async throws {
        let hour = Self.hour(of: line.at)
        try await store.write { try Self.insert(line, in: $0) }
        let mark = Line(session: line.session, docket: line.docket, what: line.what, object: line.object)
        known.withLock { known in
            if known.hour != hour { known = Known(hour: hour) }
            if known.lines.count < Self.remembered { known.lines.insert(mark) }
        }
    }

    /// Whether this process wrote the reading down in this hour, so that nothing has to be looked up for it again.
    package func hasNoted(session: String, docket: DocketID?, what: String, object: String, at: Instant) -> Bool {
        let mark = Line(session: session, docket: docket, what: what, object: object)
        return known.withLock { $0.hour == Self.hour(of: at) && $0.lines.contains(mark) }
    }

    private static func insert(_ line: ReadLine, in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO read_line (hour, session, docket, what, object, account, why, at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
            """, hour(of: line.at), line.session, line.docket?.bytes ?? [], line.what, line.object, line.account,
            line.why, line.at)
    }

    static func hour(of instant: Instant) -> Int64 { instant.milliseconds / 3_600_000 }

    // MARK: Closing

    /// Gives every hour that is over its leaf. Of several nodes one does it.
    ///
    /// - Returns: how many hours were closed.
    @discardableResult
    package func closeHours(now: Instant) async throws -> Int {
        let over = Self.hour(of: Instant(milliseconds: now.milliseconds - Self.grace.components.seconds * 1_000))
        let waiting = try await store.read { reading in
            try reading.rows(
                """
                SELECT DISTINCT hour FROM read_line
                WHERE hour < $1 AND hour > COALESCE((SELECT MAX(hour) FROM read_hour), -1) ORDER BY hour
                """, over
            ).map { try $0.integer(0) }
        }
        for hour in waiting {
            try await store.write(lostKey: .runsAgain) { [self] transaction in
                let row = try transaction.row("SELECT 1 FROM read_hour WHERE hour >= $1", hour)
                guard row == nil else { return }
                let salt = SecureRandom.bytes(32)
                let (lines, leaf) = try Self.leaf(of: hour, court: court, salt: salt, in: transaction)
                try transaction.run(
                    "INSERT INTO read_hour (hour, lines, salt, leaf) VALUES ($1, $2, $3, $4)", hour, lines,
                    try Sealing.seal(salt, with: key.key(for: .accounts), for: saltContext(hour)), leaf)
                transaction.notify(channel: Feed.channel, "")
            }
        }
        return waiting.count
    }

    private func saltContext(_ hour: Int64) -> SealingContext {
        SealingContext("read.hour", .text(court), .number(hour))
    }

    /// The leaf commits to the digest of the hour's lines, each as canonical JSON and a line feed, in the order of their
    /// key.
    private static func leaf(
        of hour: Int64, court: String, salt: [UInt8], in reading: Reading
    ) throws -> (lines: Int, leaf: [UInt8]) {
        guard let salt = LeafSalt(salt), let label = LeafLabel(rawValue: "hour") else { throw EntryFailure.malformed }
        var digest = SHA256()
        var lines = 0
        let head: [String: JSONValue] = ["court": .text(court), "hour": .text(start(of: hour).rawValue)]
        digest.update(data: try CanonicalJSON.bytes(.object(head)) + [10])
        try reading.each(
            """
            SELECT session, docket, what, object, account, why, at FROM read_line WHERE hour = $1
            ORDER BY session, docket, what, object
            """, hour
        ) { row in
            lines += 1
            let docket = try row.bytes(1)
            let fields: [String: JSONValue] = [
                "session": .text(try row.text(0)),
                "docket": .text(docket.isEmpty ? "" : (try row.identifier(1) as DocketID).rawValue),
                "what": .text(try row.text(2)), "object": .text(try row.text(3)),
                "account": .text((try row.identifier(4) as AccountID).rawValue), "why": .text(try row.text(5)),
                "at": .text(try row.instant(6).rawValue),
            ]
            digest.update(data: try CanonicalJSON.bytes(.object(fields)) + [10])
        }
        guard let hash = Hash(Array(digest.finalize())) else { throw EntryFailure.malformed }
        let leaf = try LeafEntry(
            kind: .accessLogHour, minutes: ActLeaf.minutes(start(of: hour)),
            commitments: [salt.commitment(label, toDigest: hash)])
        return (lines, leaf.bytes)
    }

    private static func start(of hour: Int64) -> Instant { Instant(milliseconds: hour * 3_600_000) }

    /// One closed hour, as its row has it and as its lines say.
    package struct Hour: Sendable {
        package let number: Int64
        package let leaf: [UInt8]
        package let isUnchanged: Bool
    }

    /// Closed hours after one, compared with their lines, for the audit.
    package func hours(after hour: Int64, limit: Int) async throws -> [Hour] {
        try await store.read { [self] reading in
            try reading.rows(
                "SELECT hour, lines, salt, leaf FROM read_hour WHERE hour > $1 ORDER BY hour LIMIT $2", hour, limit
            ).map { row in
                let (number, leaf) = (try row.integer(0), try row.bytes(3))
                let salt = try? Sealing.open(
                    try row.bytes(2), with: key.key(for: .accounts), for: saltContext(number))
                let again = try salt.map { try Self.leaf(of: number, court: court, salt: $0, in: reading) }
                let lines = Int(try row.integer(1))
                return Hour(number: number, leaf: leaf, isUnchanged: again?.leaf == leaf && again?.lines == lines)
            }
        }
    }
}
