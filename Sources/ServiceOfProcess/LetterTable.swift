import Accounts
import Docket
import Procedure
import Storage

/// The letters on their way through the paper desk (working table), each with the code that is printed on a sheet of its
/// own. The code stands in no document of the docket: the other side reads those too. It is sealed here until the letter
/// has arrived or the code was used, and then erased; a new one takes the place of the old.
struct LetterTable: Sendable {
    enum Stage: String, Sendable {
        case toPost = "to-post"
        case posted, received
    }

    static let migration = Migration(
        "service-001-letters",
        """
        CREATE TABLE service_letter (
            docket <bytes> NOT NULL, party <bytes> NOT NULL, stage <text> NOT NULL, code <bytes>,
            code_ends <integer>, moved <integer> NOT NULL, PRIMARY KEY (docket, party)
        )<strict>
        """,
        "CREATE INDEX service_letter_stage ON service_letter (stage, moved)")

    let key: CourtKey

    func write(
        _ code: SpokenCode, endsAt: Instant, for party: PartyID, in docket: DocketID,
        stage: Stage, at now: Instant, in t: Transaction
    ) throws {
        let sealed = try Sealing.seal(code.grouped, with: key.key(for: .accounts), for: context(docket, party))
        try t.run(
            """
            INSERT INTO service_letter (docket, party, stage, code, code_ends, moved) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (docket, party) DO UPDATE SET stage = excluded.stage, code = excluded.code,
                code_ends = excluded.code_ends, moved = excluded.moved
            """, docket, party, stage.rawValue, sealed, endsAt, now)
    }

    /// The code as printed, in groups; nil once the letter has arrived or the code's time is over.
    func code(for party: PartyID, in docket: DocketID, at now: Instant, in t: Reading) throws -> String? {
        let row = try t.row(
            "SELECT code FROM service_letter WHERE docket = $1 AND party = $2 AND code_ends > $3", docket, party, now)
        guard let sealed = try row?.optionalBytes(0) else { return nil }
        return try Sealing.openText(sealed, with: key.key(for: .accounts), for: context(docket, party))
    }

    /// Moves a letter on; one that came into the docket another way gets its row here.
    func move(to stage: Stage, for party: PartyID, in docket: DocketID, at now: Instant, in t: Transaction) throws {
        try t.run(
            """
            INSERT INTO service_letter (docket, party, stage, moved) VALUES ($1, $2, $3, $4)
            ON CONFLICT (docket, party) DO UPDATE SET stage = excluded.stage, moved = excluded.moved
            """, docket, party, stage.rawValue, now)
        guard stage == .received else { return }
        try t.run("UPDATE service_letter SET code = NULL WHERE docket = $1 AND party = $2", docket, party)
    }

    static func forget(_ docket: DocketID, in t: Transaction) throws {
        try t.run("DELETE FROM service_letter WHERE docket = $1", docket)
    }

    /// The dockets whose letter is out and not known to have arrived, the oldest first.
    static func posted(limit: Int, in t: Reading) throws -> [DocketID] {
        try t.rows(
            "SELECT docket FROM service_letter WHERE stage = $1 ORDER BY moved, docket LIMIT $2", Stage.posted.rawValue,
            limit
        ).map { try $0.identifier(0) }
    }

    private func context(_ docket: DocketID, _ party: PartyID) -> SealingContext {
        SealingContext("service.letter.code", .text(key.court), .id(docket), .id(party))
    }
}
