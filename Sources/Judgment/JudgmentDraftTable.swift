import Docket
import Foundation
import Procedure
import Storage

/// A judgment being written (判决草稿). A working table, sealed with the key of the chambers volume.
struct JudgmentDraft: Codable, Hashable, Sendable {
    struct Decision: Codable, Hashable, Sendable {
        var outcome: String
        var amount: String
        var reason: String
    }

    var findings = ""
    var reasons = ""
    var decisions: [String: Decision] = [:]
    var performWithinDays = "10"
    var cited: [String] = []
    var provisions: [CitedProvision] = []
    /// What each party bears, as typed.
    var feeShares: [String: String] = [:]
    /// The drawn document, until something changes.
    var drawn: DocumentReference?
}

enum JudgmentDraftTable {
    static let migration = Migration(
        "judgment-001-drafts",
        """
        CREATE TABLE judgment_draft (
            docket <bytes> PRIMARY KEY, content <bytes> NOT NULL, version <integer> NOT NULL, saved <integer> NOT NULL
        )<strict>
        """)

    private static func context(_ docket: DocketID, _ court: String) -> SealingContext {
        SealingContext("judgment-draft", .text(court), .id(docket))
    }

    static func read(_ docket: DocketID, registry: Registry) async throws -> (draft: JudgmentDraft, version: Int)? {
        let keys = try await registry.vault.keys(for: docket)
        let row = try await registry.store.read {
            try $0.row("SELECT content, version FROM judgment_draft WHERE docket = $1", docket)
        }
        guard let row else { return nil }
        let plain = try Sealing.open(
            try row.bytes(0), with: try keys.chambers.names, for: context(docket, registry.court.code))
        return (try JSONDecoder().decode(JudgmentDraft.self, from: Data(plain)), Int(try row.integer(1)))
    }

    /// - Throws: `DocketMovedOn` when the draft was saved elsewhere since `version`.
    static func save(
        _ draft: JudgmentDraft, of docket: DocketID, after version: Int, registry: Registry, at now: Instant
    ) async throws {
        let keys = try await registry.vault.keys(for: docket)
        let sealed = try Sealing.seal(
            try JSONEncoder().encode(draft), with: try keys.chambers.names, for: context(docket, registry.court.code))
        try await registry.store.write { transaction in
            if version == 0 {
                try transaction.run(
                    "INSERT INTO judgment_draft (docket, content, version, saved) VALUES ($1, $2, 1, $3)", docket,
                    sealed,
                    now)
            } else {
                let changed = try transaction.run(
                    "UPDATE judgment_draft SET content = $2, version = version + 1, saved = $3 WHERE docket = $1 AND version = $4",
                    docket, sealed, now, version)
                guard changed == 1 else { throw DocketMovedOn(docket: docket) }
            }
        }
    }

    static func delete(_ docket: DocketID, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM judgment_draft WHERE docket = $1", docket)
    }
}
