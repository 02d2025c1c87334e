import Accounts
import Docket
import Procedure
import Storage
import Web

/// A draft as it stands in its row.
struct Draft: Sendable {
    let docket: DocketID
    let account: AccountID
    var content: DraftContent
    /// 0 for one that is not stored yet: a correction nobody has begun.
    let version: Int
    /// The session that wrote it last.
    let writer: SessionID?
    let updated: Instant
}

/// The drafts (草稿): a working table. The content is sealed under the keys of the docket it may become.
enum DraftTable {
    static let migrations = [
        Migration(
            "filing-001-drafts",
            """
            CREATE TABLE draft (
                docket <bytes> PRIMARY KEY, account <bytes> NOT NULL, form <text> NOT NULL, content <bytes> NOT NULL,
                version <integer> NOT NULL CHECK (version > 0), writer <bytes> NOT NULL, updated <integer> NOT NULL
            )<strict>
            """,
            "CREATE INDEX draft_of ON draft (account, updated)"),
        Migration(
            "filing-002-answers-given",
            """
            CREATE TABLE submission_answer (
                docket <bytes> NOT NULL, entry <bytes> NOT NULL, account <bytes> NOT NULL, answer <bytes> NOT NULL,
                PRIMARY KEY (docket, entry)
            )<strict>
            """),
    ]

    /// - Returns: nil when there is none, or it is somebody else's: the two look alike.
    static func draft(_ docket: DocketID, of account: AccountID, sealing: FieldSealing, in t: Reading) throws -> Draft?
    {
        let row = try t.row(
            "SELECT content, version, writer, updated FROM draft WHERE docket = $1 AND account = $2", docket, account)
        guard let row else { return nil }
        let json = try JSONReader.read(sealing.open(try row.bytes(0), field: "draft").utf8)
        return Draft(
            docket: docket, account: account, content: try JSONCoding.decode(DraftContent.self, from: json),
            version: Int(try row.integer(1)), writer: try row.identifier(2), updated: try row.instant(3))
    }

    /// The dockets of a person's drafts, the one touched last first.
    static func dockets(of account: AccountID, in t: Reading) throws -> [DocketID] {
        try t.rows("SELECT docket FROM draft WHERE account = $1 ORDER BY updated DESC, docket LIMIT 50", account)
            .map { try $0.identifier(0) }
    }

    static func count(of account: AccountID, in t: Reading) throws -> Int {
        Int(try t.row("SELECT COUNT(*) FROM draft WHERE account = $1", account)?.integer(0) ?? 0)
    }

    /// Writes the next version.
    ///
    /// - Returns: false when somebody wrote another one since `draft` was read; nothing was written then.
    static func write(
        _ draft: Draft, by session: SessionID, at now: Instant, sealing: FieldSealing, in t: Transaction
    ) throws -> Bool {
        let text = try CanonicalJSON.text(JSONCoding.encode(draft.content))
        let sealed = try sealing.seal(text, field: "draft")
        if draft.version == 0 {
            return try t.run(
                """
                INSERT INTO draft (docket, account, form, content, version, writer, updated)
                VALUES ($1, $2, $3, $4, 1, $5, $6) ON CONFLICT (docket) DO NOTHING
                """,
                draft.docket, draft.account, draft.content.form, sealed, session, now) == 1
        }
        return try t.run(
            """
            UPDATE draft SET content = $1, version = version + 1, writer = $2, updated = $3
            WHERE docket = $4 AND account = $5 AND version = $6
            """,
            sealed, session, now, draft.docket, draft.account, draft.version) == 1
    }

    /// - Returns: whether it was there.
    static func delete(_ docket: DocketID, of account: AccountID, in t: Transaction) throws -> Bool {
        try t.run("DELETE FROM draft WHERE docket = $1 AND account = $2", docket, account) == 1
    }

    /// Takes one version away, to enter what it holds. Of two who try, one gets it.
    static func take(_ docket: DocketID, of account: AccountID, version: Int, in t: Transaction) throws -> Bool {
        try t.run(
            "DELETE FROM draft WHERE docket = $1 AND account = $2 AND version = $3", docket, account, version) == 1
    }

    static func forget(_ docket: DocketID, in t: Transaction) throws {
        try t.run("DELETE FROM draft WHERE docket = $1", docket)
        try t.run("DELETE FROM submission_answer WHERE docket = $1", docket)
    }

    // MARK: The court's signed answers

    static func keepAnswer(
        _ json: String, entry: EntryID, docket: DocketID, account: AccountID, sealing: FieldSealing, in t: Transaction
    ) throws {
        try t.run(
            "INSERT INTO submission_answer (docket, entry, account, answer) VALUES ($1, $2, $3, $4)", docket, entry,
            account, try sealing.seal(json, field: "answer"))
    }

    static func answer(
        _ entry: EntryID, docket: DocketID, account: AccountID, sealing: FieldSealing, in t: Reading
    ) throws -> String? {
        let row = try t.row(
            "SELECT answer FROM submission_answer WHERE docket = $1 AND entry = $2 AND account = $3", docket, entry,
            account)
        return try row.map { try sealing.open(try $0.bytes(0), field: "answer") }
    }
}
