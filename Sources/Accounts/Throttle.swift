import Procedure
import Storage

/// Slows guessing. Every attempt is counted before it is judged, so parallel guesses gain nothing; success takes the
/// count of the account back. Unknown names are counted like known ones.
struct Throttle {
    let keys: AccountKeys
    let settings: AccountSettings

    /// What is counted together.
    enum Subject: Hashable {
        case signIn(name: String)
        case secondFactor(AccountID)
        case address(Client, Door)
    }

    /// What a client knocks at; each is counted apart.
    enum Door: String {
        case signIn = "sign-in"
        case registration, enrolment, invitation
    }

    /// Counts an attempt.
    ///
    /// - Throws: `TooManyAttempts` while a wait runs; nothing is counted then.
    func admit(_ subjects: Subject..., at now: Instant, in t: Transaction) throws {
        for subject in subjects { try admit(subject, at: now, in: t) }
    }

    /// Forgets the attempts at one account, which were its owner's.
    func clear(_ subject: Subject, in t: Transaction) throws {
        try t.run("DELETE FROM account_throttle WHERE subject = $1", digest(subject))
    }

    /// Takes one attempt back: someone who signs in from an address says nothing about the others there.
    func takeBack(_ subject: Subject, in t: Transaction) throws {
        try t.run(
            "UPDATE account_throttle SET attempts = attempts - 1, blocked_until = 0 WHERE subject = $1 AND attempts > 0",
            digest(subject))
    }

    private func admit(_ subject: Subject, at now: Instant, in t: Transaction) throws {
        let limits = limits(for: subject)
        let forgotten = now.milliseconds - limits.forgetAfter.milliseconds
        // One statement, so that the row is locked and attempts are counted one after the other on either engine.
        let rows = try t.rows(
            """
            INSERT INTO account_throttle (subject, attempts, last_at, blocked_until) VALUES ($1, 1, $2, 0)
            ON CONFLICT (subject) DO UPDATE SET
                attempts = CASE WHEN account_throttle.last_at < $3 THEN 1 ELSE account_throttle.attempts + 1 END,
                last_at = excluded.last_at
            RETURNING attempts, blocked_until
            """,
            digest(subject), now, Instant(milliseconds: forgotten))
        guard let row = rows.first else { return }
        let blockedUntil = try row.instant(1)
        guard blockedUntil <= now else { throw TooManyAttempts(retryAt: blockedUntil) }
        let wait = limits.wait(after: Int(try row.integer(0)))
        guard wait > .zero else { return }
        try t.run(
            "UPDATE account_throttle SET blocked_until = $1 WHERE subject = $2",
            now.adding(milliseconds: wait.milliseconds), digest(subject))
    }

    private func limits(for subject: Subject) -> ThrottleLimits {
        switch subject {
        case .signIn, .secondFactor: settings.perAccount
        case .address: settings.perAddress
        }
    }

    private func digest(_ subject: Subject) -> [UInt8] {
        switch subject {
        case .signIn(let name): keys.digest("name " + name, .throttle)
        case .secondFactor(let account): keys.digest("second-factor", .throttle, of: account)
        case .address(let client, let door): keys.digest("address \(door.rawValue) \(client.network)", .throttle)
        }
    }
}
