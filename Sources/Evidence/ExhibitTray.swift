import Docket
import Procedure
import Storage

/// An exhibit a person is preparing: the file is in, what it proves is perhaps not yet said.
struct TrayExhibit: Sendable {
    struct Words: Codable, Hashable, Sendable {
        var name: String
        var proves = ""
        var origin: OfferedExhibit.Origin?

        var isComplete: Bool { !name.isEmpty && !proves.isEmpty && origin != nil }
    }

    let exhibit: ExhibitID
    let file: FileReference
    let words: Words

    /// Nil until everything is said about it.
    var offered: OfferedExhibit? {
        guard words.isComplete, let origin = words.origin else { return nil }
        return OfferedExhibit(
            exhibit: exhibit, name: words.name, proves: words.proves, origin: origin, file: file)
    }
}

/// What each person has laid ready in each case, until it goes with an answer or by itself (待提交的证据).
enum ExhibitTray {
    static let most = 50

    static let migration = Migration(
        "evidence-002-tray",
        """
        CREATE TABLE exhibit_tray (
            exhibit <bytes> NOT NULL PRIMARY KEY, docket <bytes> NOT NULL, account <bytes> NOT NULL,
            file <bytes> NOT NULL UNIQUE, added <integer> NOT NULL, ordinal <integer> NOT NULL, words <bytes> NOT NULL
        )<strict>
        """,
        "CREATE INDEX exhibit_tray_owner ON exhibit_tray (docket, account)")

    struct Stored: Sendable {
        let exhibit: ExhibitID
        let file: FileID
        let words: TrayExhibit.Words
    }

    static func exhibits(
        in docket: DocketID, of account: AccountID, _ sealing: FieldSealing, _ reading: Reading
    ) throws -> [Stored] {
        try reading.rows(
            """
            SELECT exhibit, file, words FROM exhibit_tray WHERE docket = $1 AND account = $2
            ORDER BY added, ordinal, exhibit
            """, docket, account
        ).map { row in
            let exhibit: ExhibitID = try row.identifier(0)
            let json = try JSONReader.read(
                Array(try sealing.open(try row.bytes(2), field: field(exhibit)).utf8))
            return Stored(
                exhibit: exhibit, file: try row.identifier(1),
                words: try JSONCoding.decode(TrayExhibit.Words.self, from: json))
        }
    }

    /// - Returns: whether the file lies in this person's tray.
    static func holds(_ file: FileID, of account: AccountID, _ reading: Reading) throws -> Bool {
        try reading.row("SELECT 1 FROM exhibit_tray WHERE file = $1 AND account = $2", file, account) != nil
    }

    static func count(in docket: DocketID, of account: AccountID, _ reading: Reading) throws -> Int {
        Int(
            try reading.row(
                "SELECT COUNT(*) FROM exhibit_tray WHERE docket = $1 AND account = $2", docket, account)?.integer(0)
                ?? 0)
    }

    static func add(
        _ file: StoredFile, _ words: TrayExhibit.Words, ordinal: Int, of account: AccountID, at now: Instant,
        _ sealing: FieldSealing, in transaction: Transaction
    ) throws -> ExhibitID {
        let exhibit = ExhibitID.random()
        try transaction.run(
            """
            INSERT INTO exhibit_tray (exhibit, docket, account, file, added, ordinal, words)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            exhibit, file.docket, account, file.id, now, ordinal, try sealed(words, exhibit, sealing))
        return exhibit
    }

    static func describe(
        _ exhibit: ExhibitID, as words: TrayExhibit.Words, of account: AccountID, _ sealing: FieldSealing,
        in transaction: Transaction
    ) throws {
        try transaction.run(
            "UPDATE exhibit_tray SET words = $3 WHERE exhibit = $1 AND account = $2", exhibit, account,
            try sealed(words, exhibit, sealing))
    }

    static func remove(_ exhibit: ExhibitID, of account: AccountID, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM exhibit_tray WHERE exhibit = $1 AND account = $2", exhibit, account)
    }

    static func forget(_ docket: DocketID, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM exhibit_tray WHERE docket = $1", docket)
    }

    private static func sealed(
        _ words: TrayExhibit.Words, _ exhibit: ExhibitID, _ sealing: FieldSealing
    ) throws -> [UInt8] {
        let json = try CanonicalJSON.bytes(JSONCoding.encode(words))
        return try sealing.seal(String(decoding: json, as: UTF8.self), field: field(exhibit))
    }

    private static func field(_ exhibit: ExhibitID) -> String { "exhibit_tray.words.\(exhibit)" }
}
