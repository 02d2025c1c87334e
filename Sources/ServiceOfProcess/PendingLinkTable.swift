import Crypto
import Docket
import Foundation
import Procedure
import Storage

/// A code somebody typed, kept sealed for an hour while they sign in (working table). The browser holds only a token
/// that says nothing; the code is in no address and in no page.
struct PendingLinkTable: Sendable {
    static let migration = Migration(
        "service-002-pending-links",
        """
        CREATE TABLE service_pending_link (
            token <bytes> PRIMARY KEY, docket <bytes> NOT NULL, party <bytes> NOT NULL, code <bytes> NOT NULL,
            ends <integer> NOT NULL
        )<strict>
        """,
        "CREATE INDEX service_pending_link_ends ON service_pending_link (ends)")

    static let minutes = 60

    /// What was typed, and where it leads.
    struct Pending: Sendable {
        let docket: DocketID
        let party: PartyID
        let code: String
    }

    let key: CourtKey

    /// Keeps a code and forgets those whose hour is over.
    func keep(_ pending: Pending, under token: String, at now: Instant, in t: Transaction) throws {
        try t.run("DELETE FROM service_pending_link WHERE ends <= $1", now)
        let digest = digest(token)
        try t.run(
            "INSERT INTO service_pending_link (token, docket, party, code, ends) VALUES ($1, $2, $3, $4, $5)", digest,
            pending.docket, pending.party,
            try Sealing.seal(pending.code, with: key.key(for: .accounts), for: context(digest)),
            now.adding(milliseconds: Int64(Self.minutes) * 60_000))
    }

    func pending(_ token: String, at now: Instant, in t: Reading) throws -> Pending? {
        let digest = digest(token)
        let row = try t.row(
            "SELECT docket, party, code FROM service_pending_link WHERE token = $1 AND ends > $2", digest, now)
        guard let row else { return nil }
        return Pending(
            docket: try row.identifier(0), party: try row.identifier(1),
            code: try Sealing.openText(try row.bytes(2), with: key.key(for: .accounts), for: context(digest)))
    }

    func forget(_ token: String, in t: Transaction) throws {
        try t.run("DELETE FROM service_pending_link WHERE token = $1", digest(token))
    }

    static func forget(_ docket: DocketID, in t: Transaction) throws {
        try t.run("DELETE FROM service_pending_link WHERE docket = $1", docket)
    }

    private func digest(_ token: String) -> [UInt8] {
        KeyedDigest.of(SealingContext("service.pending-link", .text(token)).encoded, with: key.key(for: .sessions))
    }

    private func context(_ digest: [UInt8]) -> SealingContext {
        SealingContext("service.pending-link.code", .text(key.court), .bytes(digest))
    }
}
