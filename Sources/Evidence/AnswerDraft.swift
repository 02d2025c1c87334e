import Docket
import Procedure
import Storage
import Web

/// An answer while it is being written: what was typed, saved as it is typed (答辩状草稿).
struct AnswerDraft: Sendable {
    /// The form's id, such as `online-shopping-answer/1`.
    var form: String
    var answers: FormAnswers
    /// 0 when nothing was saved yet.
    let version: Int
    let saved: Instant
}

/// Drafts of answers, and the court's signed answers to those that were sent.
enum AnswerTable {
    static let migration = Migration(
        "evidence-003-answer",
        """
        CREATE TABLE answer_draft (
            docket <bytes> NOT NULL, account <bytes> NOT NULL, version <integer> NOT NULL, saved <integer> NOT NULL,
            body <bytes> NOT NULL, PRIMARY KEY (docket, account)
        )<strict>
        """,
        """
        CREATE TABLE answer_receipt (docket <bytes> NOT NULL PRIMARY KEY, body <bytes> NOT NULL)<strict>
        """)

    private struct Body: Codable {
        let form: String
        let answers: FormAnswers
    }

    static func draft(
        in docket: DocketID, of account: AccountID, _ sealing: FieldSealing, _ reading: Reading
    ) throws -> AnswerDraft? {
        let row = try reading.row(
            "SELECT version, saved, body FROM answer_draft WHERE docket = $1 AND account = $2", docket, account)
        guard let row else { return nil }
        let text = try sealing.open(try row.bytes(2), field: field(account))
        let body = try JSONCoding.decode(Body.self, from: JSONReader.read(Array(text.utf8)))
        return AnswerDraft(
            form: body.form, answers: body.answers, version: Int(try row.integer(0)), saved: try row.instant(1))
    }

    /// - Returns: the new version; nil when the draft was saved elsewhere since `draft.version`.
    static func save(
        _ draft: AnswerDraft, in docket: DocketID, of account: AccountID, at now: Instant, _ sealing: FieldSealing,
        in transaction: Transaction
    ) throws -> Int? {
        let json = try CanonicalJSON.bytes(JSONCoding.encode(Body(form: draft.form, answers: draft.answers)))
        let sealed = try sealing.seal(String(decoding: json, as: UTF8.self), field: field(account))
        let changed =
            draft.version == 0
            ? try transaction.run(
                """
                INSERT INTO answer_draft (docket, account, version, saved, body) VALUES ($1, $2, 1, $3, $4)
                ON CONFLICT (docket, account) DO NOTHING
                """, docket, account, now, sealed)
            : try transaction.run(
                """
                UPDATE answer_draft SET version = version + 1, saved = $3, body = $4
                WHERE docket = $1 AND account = $2 AND version = $5
                """, docket, account, now, sealed, draft.version)
        return changed == 1 ? draft.version + 1 : nil
    }

    static func forget(in docket: DocketID, of account: AccountID, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM answer_draft WHERE docket = $1 AND account = $2", docket, account)
    }

    /// For a docket whose keys are destroyed.
    static func forget(_ docket: DocketID, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM answer_draft WHERE docket = $1", docket)
        try transaction.run("DELETE FROM answer_receipt WHERE docket = $1", docket)
    }

    static func keep(
        receipt: String, of docket: DocketID, _ sealing: FieldSealing, in transaction: Transaction
    ) throws {
        try transaction.run(
            "INSERT INTO answer_receipt (docket, body) VALUES ($1, $2)", docket,
            try sealing.seal(receipt, field: "answer_receipt.body"))
    }

    static func receipt(of docket: DocketID, _ sealing: FieldSealing, _ reading: Reading) throws -> String? {
        try reading.row("SELECT body FROM answer_receipt WHERE docket = $1", docket).map {
            try sealing.open(try $0.bytes(0), field: "answer_receipt.body")
        }
    }

    private static func field(_ account: AccountID) -> String { "answer_draft.body.\(account)" }
}
