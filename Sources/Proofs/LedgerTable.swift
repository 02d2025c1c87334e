import Procedure
import Storage

/// Which entry of the ledger is which leaf. Written before the tiles, so that a crash can always finish the batch.
package enum LedgerTable {
    package static let migrations = [
        Migration(
            "proofs-001-ledger-index",
            """
            CREATE TABLE ledger_index (
                leaf_index <integer> PRIMARY KEY, docket <bytes> NOT NULL, position <integer> NOT NULL,
                ordinal <integer> NOT NULL, UNIQUE (docket, position, ordinal)
            )<strict>
            """),
        AppendOnly.migration("proofs-002-ledger-index-append-only", tables: "ledger_index"),
    ]

    /// The ordinal of an act's own leaf; its files follow as 1, 2 …
    static let act = 0

    /// In place of a docket for the hours of the log of readings; the position is then the hour.
    package static let readings = DocketID(high: 0, low: 0)

    package static func size(in reading: Reading) throws -> UInt64 {
        let row = try reading.row("SELECT COALESCE(MAX(leaf_index) + 1, 0) FROM ledger_index")
        return UInt64(try row?.integer(0) ?? 0)
    }

    /// How far the ledger is behind the record, for the doctor.
    ///
    /// - Returns: entries placed; acts that are not, and since when the oldest of them waits.
    package static func standing(
        in reading: Reading
    ) throws -> (size: UInt64, waiting: Int, oldestWaiting: Instant?) {
        let row = try reading.row(
            """
            SELECT COUNT(*), MIN(entered) FROM act a WHERE NOT EXISTS
                (SELECT 1 FROM ledger_index l WHERE l.docket = a.docket AND l.position = a.position AND l.ordinal = 0)
            """)
        return (try size(in: reading), Int(try row?.integer(0) ?? 0), try row?.optionalInstant(1))
    }

    package static func index(
        docket: DocketID, position: Int, ordinal: Int, in reading: Reading
    ) throws -> UInt64? {
        try reading.row(
            "SELECT leaf_index FROM ledger_index WHERE docket = $1 AND position = $2 AND ordinal = $3", docket,
            position,
            ordinal
        ).map { UInt64(try $0.integer(0)) }
    }

    static func insert(
        _ index: UInt64, docket: DocketID, position: Int, ordinal: Int, in transaction: Transaction
    ) throws {
        try transaction.run(
            "INSERT INTO ledger_index (leaf_index, docket, position, ordinal) VALUES ($1, $2, $3, $4)", index, docket,
            position, ordinal)
    }

    /// Closed hours of readings that have no place yet.
    static func unplacedHours(in reading: Reading) throws -> [(hour: Int, leaf: [UInt8])] {
        try reading.rows(
            """
            SELECT hour, leaf FROM read_hour
            WHERE hour > COALESCE((SELECT MAX(position) FROM ledger_index WHERE docket = $1), -1) ORDER BY hour
            """, readings
        ).map { (Int(try $0.integer(0)), try $0.bytes(1)) }
    }

    /// Leaf bytes by index, for finishing a batch after a crash and for audits.
    package static func leaves(from first: UInt64, limit: Int, in reading: Reading) throws -> [[UInt8]] {
        try reading.rows(
            """
            SELECT COALESCE(f.leaf, a.leaf, h.leaf) FROM ledger_index l
            LEFT JOIN act a ON a.docket = l.docket AND a.position = l.position
            LEFT JOIN read_hour h ON l.docket = $3 AND h.hour = l.position
            LEFT JOIN file_leaf f ON f.docket = l.docket AND f.position = l.position AND f.ordinal = l.ordinal - 1
                AND l.ordinal > 0
            WHERE l.leaf_index >= $1 ORDER BY l.leaf_index LIMIT $2
            """, first, limit, readings
        ).map { try $0.bytes(0) }
    }
}
