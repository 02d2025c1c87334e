import Procedure
import Storage

/// Acts, append-only by the database itself, and the feed that numbers them over all dockets.
package enum ActTable {
    static let columns = """
        docket, position, id, type, version, volume, number, account, capacity, party, channel, happened, entered, \
        under, together, body, leaf
        """

    package static let migration = Migration(
        "docket-001-acts",
        sqlite: [
            """
            CREATE TABLE act (
                sequence INTEGER PRIMARY KEY,
                docket BLOB NOT NULL, position INTEGER NOT NULL CHECK (position > 0),
                id BLOB NOT NULL UNIQUE, type TEXT NOT NULL, version INTEGER NOT NULL, volume TEXT NOT NULL,
                number INTEGER NOT NULL, account BLOB NOT NULL, capacity TEXT NOT NULL, party BLOB,
                channel TEXT NOT NULL, happened TEXT NOT NULL, entered INTEGER NOT NULL, under TEXT NOT NULL,
                together BLOB, body BLOB NOT NULL, leaf BLOB NOT NULL,
                UNIQUE (docket, position)
            ) STRICT
            """,
            "CREATE VIEW feed AS SELECT sequence, docket, position FROM act",
        ] + AppendOnly.statements(table: "act", for: .sqlite),
        postgres: [
            """
            CREATE TABLE act (
                docket BYTEA NOT NULL, position BIGINT NOT NULL CHECK (position > 0),
                id BYTEA NOT NULL UNIQUE, type TEXT NOT NULL, version BIGINT NOT NULL, volume TEXT NOT NULL,
                number BIGINT NOT NULL, account BYTEA NOT NULL, capacity TEXT NOT NULL, party BYTEA,
                channel TEXT NOT NULL, happened TEXT NOT NULL, entered BIGINT NOT NULL, under TEXT NOT NULL,
                together BYTEA, body BYTEA NOT NULL, leaf BYTEA NOT NULL,
                PRIMARY KEY (docket, position)
            )
            """,
            """
            CREATE TABLE feed (
                sequence BIGINT PRIMARY KEY, docket BYTEA NOT NULL, position BIGINT NOT NULL,
                UNIQUE (docket, position)
            )
            """,
            "CREATE TABLE feed_waiting (docket BYTEA NOT NULL, position BIGINT NOT NULL, PRIMARY KEY (docket, position))",
        ] + AppendOnly.statements(table: "act", for: .postgres) + AppendOnly.statements(table: "feed", for: .postgres))

    /// - Throws: `DocketMovedOn` when someone else took the position first.
    static func insert(_ entry: StoredEntry, in transaction: Transaction) throws {
        do {
            try transaction.run(
                """
                INSERT INTO act (\(columns))
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
                """,
                entry.docket, entry.position, entry.id, entry.type, entry.version, entry.volume.rawValue, entry.number,
                entry.by, entry.capacity, entry.party, entry.channel, entry.happened, entry.entered, entry.under,
                entry.together, entry.sealed, entry.leaf)
            if transaction.dialect == .postgres {
                try transaction.run(
                    "INSERT INTO feed_waiting (docket, position) VALUES ($1, $2)", entry.docket, entry.position)
            }
        } catch StorageError.duplicateKey {
            throw DocketMovedOn(docket: entry.docket)
        }
    }

    /// The entries of a docket after a position, in order.
    static func entries(of docket: DocketID, after position: Int, in reading: Reading) throws -> [StoredEntry] {
        try reading.rows(
            "SELECT \(columns) FROM act WHERE docket = $1 AND position > $2 ORDER BY position", docket, position
        ).map(StoredEntry.init(row:))
    }

    static func entry(_ id: EntryID, in reading: Reading) throws -> StoredEntry? {
        try reading.row("SELECT \(columns) FROM act WHERE id = $1", id).map(StoredEntry.init(row:))
    }
}

/// Someone entered something in this docket in the meantime. Decide again on what is there now.
package struct DocketMovedOn: Error, Hashable, Sendable {
    package let docket: DocketID

    package init(docket: DocketID) { self.docket = docket }
}

extension StoredEntry {
    init(row: Row) throws {
        try self.init(row: row, from: 0)
    }

    /// - Parameter first: the index of the first of `ActTable.columns` in the row.
    init(row: Row, from first: Int) throws {
        docket = try row.identifier(first)
        position = Int(try row.integer(first + 1))
        id = try row.identifier(first + 2)
        type = try row.text(first + 3)
        version = Int(try row.integer(first + 4))
        guard let volume = Volume(rawValue: try row.text(first + 5)) else { throw EntryFailure.malformed }
        self.volume = volume
        number = Int(try row.integer(first + 6))
        by = try row.identifier(first + 7)
        capacity = try row.text(first + 8)
        party = try row.optionalIdentifier(first + 9)
        channel = try row.text(first + 10)
        happened = try row.text(first + 11)
        entered = Instant(milliseconds: try row.integer(first + 12))
        under = try row.text(first + 13)
        together = try row.optionalIdentifier(first + 14)
        sealed = try row.bytes(first + 15)
        leaf = try row.bytes(first + 16)
    }
}

extension Row {
    /// An identifier stored as its 16 bytes.
    package func identifier<Of>(_ index: Int) throws -> Identifier<Of> {
        guard let id = Identifier<Of>(bytes: try bytes(index)) else { throw EntryFailure.malformed }
        return id
    }

    package func optionalIdentifier<Of>(_ index: Int) throws -> Identifier<Of>? {
        guard let bytes = try optionalBytes(index) else { return nil }
        guard let id = Identifier<Of>(bytes: bytes) else { throw EntryFailure.malformed }
        return id
    }
}
