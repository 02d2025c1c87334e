import Procedure
import Storage

/// Who has which uploads on the way. Only for limits: the uploads themselves are with the file store.
enum UploadTable {
    static let migration = Migration(
        "evidence-001-uploads",
        """
        CREATE TABLE upload (
            id <bytes> NOT NULL PRIMARY KEY, account <bytes> NOT NULL, docket <bytes> NOT NULL,
            size <integer> NOT NULL CHECK (size >= 0), begun <integer> NOT NULL
        )<strict>
        """,
        "CREATE INDEX upload_account ON upload (account)")

    static func ids(of account: AccountID, in reading: Reading) throws -> [UploadID] {
        try reading.rows("SELECT id FROM upload WHERE account = $1 ORDER BY id", account).map { try $0.identifier(0) }
    }

    static func load(of account: AccountID, in reading: Reading) throws -> (count: Int, bytes: Int64) {
        let row = try reading.row(
            "SELECT COUNT(*), CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM upload WHERE account = $1", account)
        return (Int(try row?.integer(0) ?? 0), try row?.integer(1) ?? 0)
    }

    static func insert(_ upload: StagedUpload, at now: Instant, in transaction: Transaction) throws {
        try transaction.run(
            "INSERT INTO upload (id, account, docket, size, begun) VALUES ($1, $2, $3, $4, $5)", upload.id,
            upload.account, upload.docket, upload.length, now)
    }

    static func forget(_ id: UploadID, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM upload WHERE id = $1", id)
    }
}
