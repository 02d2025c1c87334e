import Procedure
import Storage

/// The place in a case that an invitation leads to.
package struct Invitation: Hashable, Sendable {
    package let docket: DocketID
    package let party: PartyID
    package let endsAt: Instant
}

/// The one-time codes printed on letters to defendants (关联案件验证码): 95 random bits, kept as keyed digests only.
package struct InvitationCodes: Sendable {
    private let register: AccountRegister

    package init(_ register: AccountRegister) { self.register = register }

    /// Issues the code for a letter; an earlier one for the same place is dead. For the caller's transaction.
    package func issue(for party: PartyID, in docket: DocketID, endsAt: Instant, in t: Transaction) throws -> SpokenCode
    {
        let code = SpokenCode.random(length: SpokenCode.letterLength)
        let now = register.clock()
        try end(for: party, in: docket, in: t)
        try t.run(
            """
            INSERT INTO invitation_code (digest, docket, party, issued_at, ends_at, ended_at, used_by)
            VALUES ($1, $2, $3, $4, $5, NULL, NULL)
            """,
            register.keys.digest(code.text, .invitation), docket, party, now, endsAt)
        return code
    }

    /// Ends what is out for a place, as when the party is moved offline. For the caller's transaction.
    package func end(for party: PartyID, in docket: DocketID, in t: Transaction) throws {
        try t.run(
            "UPDATE invitation_code SET ended_at = $1 WHERE docket = $2 AND party = $3 AND ended_at IS NULL",
            register.clock(), docket, party)
    }

    /// Takes away the codes of a docket that leads nowhere any more. For the caller's transaction.
    package static func forget(_ docket: DocketID, in t: Transaction) throws {
        try t.run("DELETE FROM invitation_code WHERE docket = $1", docket)
    }

    /// Says where a code leads without using it up, for someone who has just received the letter.
    ///
    /// - Throws: `CodeRefused`, `TooManyAttempts`.
    package func check(_ typed: String, from client: Client) async throws -> Invitation {
        let digest = digest(of: typed)
        let found = try await register.store.write { t in
            let now = register.clock()
            try register.throttle.admit(.address(client, .invitation), at: now, in: t)
            guard let invitation = try invitation(digest, at: now, in: t) else { return nil as Invitation? }
            try register.throttle.takeBack(.address(client, .invitation), in: t)
            return invitation
        }
        guard let found else { throw CodeRefused() }
        return found
    }

    /// Uses a code up and links the case, together or not at all.
    ///
    /// - Parameter entering: enters the acts; if it throws, the code is still good.
    /// - Throws: `CodeRefused`, `TooManyAttempts`; the refusal of art. 7 for an unverified person.
    package func redeem<Result: Sendable>(
        _ typed: String, by viewer: Viewer, from client: Client,
        entering: @escaping @Sendable (Transaction, Invitation) throws -> Result
    ) async throws -> Result {
        guard viewer.isVerified else { throw Refusal.identityNotVerified }
        guard !viewer.isStaff else { throw Forbidden(.linkCase) }
        let digest = digest(of: typed)
        try await register.store.write { t in
            try register.throttle.admit(.address(client, .invitation), at: register.clock(), in: t)
        }
        let result = try await register.store.write { t -> Result? in
            let now = register.clock()
            guard let invitation = try invitation(digest, at: now, in: t) else { return nil }
            let used = try t.run(
                "UPDATE invitation_code SET ended_at = $1, used_by = $2 WHERE digest = $3 AND ended_at IS NULL",
                now, viewer.account, digest)
            guard used == 1 else { return nil }
            try register.throttle.takeBack(.address(client, .invitation), in: t)
            return try entering(t, invitation)
        }
        guard let result else { throw CodeRefused() }
        return result
    }

    /// What is no code has a digest too, so that it is looked up like one.
    private func digest(of typed: String) -> [UInt8] {
        register.keys.digest(SpokenCode(typed: typed, length: SpokenCode.letterLength)?.text ?? "", .invitation)
    }

    private func invitation(_ digest: [UInt8], at now: Instant, in t: Reading) throws -> Invitation? {
        let row = try t.row(
            "SELECT docket, party, ends_at FROM invitation_code WHERE digest = $1 AND ended_at IS NULL AND ends_at > $2",
            digest, now)
        guard let row else { return nil }
        return Invitation(docket: try row.identifier(0), party: try row.identifier(1), endsAt: try row.instant(2))
    }
}
