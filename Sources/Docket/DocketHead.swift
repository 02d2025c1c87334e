import Procedure
import Storage

/// The kinds of docket.
package enum DocketKind: String, Sendable {
    case matter = "case"
    case person
    case court
}

/// Where a docket stands: how many entries, and what the next one's chain refers to. Locked first by every write.
package struct DocketHead: Sendable {
    package let docket: DocketID
    package let kind: DocketKind
    package var position: Int
    package var numbers: [Volume: Int]
    /// SHA-256 of the last entry's content; empty before the first. Sealed at rest, since it could confirm a guess.
    var contentDigest: [UInt8]
    package var entered: Instant
}

enum DocketHeadTable {
    static let migration = Migration(
        "docket-002-heads",
        """
        CREATE TABLE docket_head (
            docket <bytes> PRIMARY KEY, kind <text> NOT NULL, position <integer> NOT NULL,
            main_number <integer> NOT NULL, chambers_number <integer> NOT NULL, digest <bytes> NOT NULL,
            entered <integer> NOT NULL
        )<strict>
        """)

    static func insert(_ head: DocketHead, sealing: EntrySealing, keys: DocketKeys, in transaction: Transaction) throws
    {
        try transaction.run(
            """
            INSERT INTO docket_head (docket, kind, position, main_number, chambers_number, digest, entered)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            head.docket, head.kind.rawValue, head.position, head.numbers[.main] ?? 0, head.numbers[.chambers] ?? 0,
            try seal(head, sealing, keys), head.entered)
    }

    static func update(_ head: DocketHead, sealing: EntrySealing, keys: DocketKeys, in transaction: Transaction) throws
    {
        try transaction.run(
            """
            UPDATE docket_head SET position = $2, main_number = $3, chambers_number = $4, digest = $5, entered = $6
            WHERE docket = $1
            """,
            head.docket, head.position, head.numbers[.main] ?? 0, head.numbers[.chambers] ?? 0,
            try seal(head, sealing, keys), head.entered)
    }

    /// Reads a head and, in a write on PostgreSQL, holds it until the transaction ends.
    ///
    /// - Parameter digest: what the digest of the last entry is known to be at a position, so that it need not be opened.
    static func head(
        of docket: DocketID, locking: Bool, sealing: EntrySealing, keys: DocketKeys, in reading: Reading,
        knowing digest: (_ position: Int) -> [UInt8]? = { _ in nil }
    ) throws -> DocketHead? {
        let select = """
            SELECT kind, position, main_number, chambers_number, digest, entered FROM docket_head WHERE docket = $1
            """
        let row =
            locking && reading.dialect == .postgres
            ? try reading.row(select + " FOR UPDATE", docket) : try reading.row(select, docket)
        guard let row else { return nil }
        guard let kind = DocketKind(rawValue: try row.text(0)) else { throw EntryFailure.malformed }
        let position = Int(try row.integer(1))
        let digest =
            try digest(position)
            ?? Sealing.open(
                try row.bytes(4), with: keys.main.acts,
                for: SealingContext("docket.head", .text(sealing.court), .id(docket), .number(position)))
        return DocketHead(
            docket: docket, kind: kind, position: position,
            numbers: [.main: Int(try row.integer(2)), .chambers: Int(try row.integer(3))],
            contentDigest: digest, entered: Instant(milliseconds: try row.integer(5)))
    }

    private static func seal(_ head: DocketHead, _ sealing: EntrySealing, _ keys: DocketKeys) throws -> [UInt8] {
        try Sealing.seal(
            head.contentDigest, with: keys.main.acts,
            for: SealingContext("docket.head", .text(sealing.court), .id(head.docket), .number(head.position)))
    }
}
