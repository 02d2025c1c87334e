import Procedure
import Storage

/// What a search found, kept under an opaque id so that no name stands in an address (D42). Holds case ids only.
enum DeskSearchTable {
    static let migration = Migration(
        "filing-desk-002-searches",
        """
        CREATE TABLE desk_search (
            id <bytes> PRIMARY KEY, account <bytes> NOT NULL, dockets <bytes> NOT NULL, made <integer> NOT NULL
        )<strict>
        """,
        "CREATE INDEX desk_search_made ON desk_search (made)")

    enum Tag {}
    typealias ID = Identifier<Tag>

    /// Milliseconds: a result can be looked at again for a day.
    static let kept: Int64 = 86_400_000

    static func insert(_ found: [DocketID], for account: AccountID, at now: Instant, in t: Transaction) throws -> ID {
        try t.run("DELETE FROM desk_search WHERE made < $1", now.adding(milliseconds: -kept))
        let id = ID.random()
        try t.run(
            "INSERT INTO desk_search (id, account, dockets, made) VALUES ($1, $2, $3, $4)", id, account,
            found.flatMap(\.bytes), now)
        return id
    }

    /// - Returns: nil for a search that is over, or somebody else's.
    static func found(_ id: ID, for account: AccountID, in t: Reading) throws -> [DocketID]? {
        let row = try t.row("SELECT dockets FROM desk_search WHERE id = $1 AND account = $2", id, account)
        guard let bytes = try row?.bytes(0) else { return nil }
        return stride(from: 0, to: bytes.count, by: 16).compactMap { DocketID(bytes: bytes[$0..<($0 + 16)]) }
    }
}
