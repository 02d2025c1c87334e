import Foundation
import Procedure
import Storage

/// Under which checkpoint the proofs of a docket's case file are drawn, as long as the docket stands where it stood. A
/// working table, one row a docket.
///
/// The ledger grows with every other case; without this a download that broke could not go on where it stopped.
enum EditionTable {
    static let migration = Migration(
        "case-file-001-edition",
        """
        CREATE TABLE case_file_edition (
            docket <bytes> NOT NULL PRIMARY KEY, position <integer> NOT NULL, checkpoint <bytes> NOT NULL
        )<strict>
        """)

    /// - Returns: the note of the checkpoint kept for this position; nil when there is none.
    static func checkpoint(of docket: DocketID, at position: Int, in reading: Reading) throws -> [UInt8]? {
        try reading.row(
            "SELECT checkpoint FROM case_file_edition WHERE docket = $1 AND position = $2", docket, position
        ).map { try $0.bytes(0) }
    }

    /// Keeps a checkpoint unless one is kept for this position or a later one.
    static func keep(
        _ checkpoint: [UInt8], of docket: DocketID, at position: Int, in transaction: Transaction
    ) throws {
        try transaction.run(
            """
            INSERT INTO case_file_edition (docket, position, checkpoint) VALUES ($1, $2, $3)
            ON CONFLICT (docket) DO UPDATE SET position = excluded.position, checkpoint = excluded.checkpoint
            WHERE case_file_edition.position < excluded.position
            """, docket, position, checkpoint)
    }

    static func forget(_ docket: DocketID, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM case_file_edition WHERE docket = $1", docket)
    }
}
