import Procedure
import Storage

/// A code with which a person takes an account over, once: new staff, or someone who lost password and factor and was
/// identified again in person.
package struct EnrolmentCode: Sendable {
    package let account: AccountID
    package let code: SpokenCode
    package let endsAt: Instant
}

/// The code is wrong, used, or too old; which, nobody is told. Answered 404 or as a form error.
package struct CodeRefused: Error, Hashable, Sendable {
    package let reason = Words("代码不正确、已使用或已过期。", "The code is wrong, used, or too old.")

    package init() {}
}

extension AccountRegister {
    /// Issues a new code for an account whose password or factor is lost. Until it is used everything stays closed: the
    /// old password, factor, recovery codes and sessions end now.
    ///
    /// For staff an administrator does it; for a person a filing clerk, after comparing the document again.
    ///
    /// - Throws: `Forbidden`, also about oneself; `SecondFactorNeeded`; `NotFound`.
    package func renewEnrolment(
        of account: AccountID, by viewer: Viewer, entering: @escaping @Sendable (Transaction) throws -> Void = { _ in }
    ) async throws -> EnrolmentCode {
        let code = try await store.write { t -> EnrolmentCode in
            guard account != viewer.account else { throw Forbidden(.createStaff) }
            let found = try self.account(account, in: t)
            let deed: Deed = found?.kind == .person ? .verifyIdentity : .createStaff
            try viewer.require(deed, now: clock())
            try viewer.requireFreshSecondFactor(now: clock())
            guard let found, found.disabledAt == nil else { throw NotFound() }
            guard try !isOwn(found, of: viewer.account, in: t) else { throw Forbidden(deed) }
            try t.run("DELETE FROM account_password WHERE account = $1", found.id)
            try t.run("DELETE FROM account_second_factor WHERE account = $1", found.id)
            try t.run("DELETE FROM account_recovery_code WHERE account = $1", found.id)
            try endSessions(of: found.id, in: t)
            let code = try issueEnrolment(for: found.id, by: viewer.account, in: t)
            try entering(t)
            return code
        }
        seen.forget { $0.account == account }
        return code
    }

    /// Uses a code up: sets the password and opens a session in which the second factor is set up.
    ///
    /// - Throws: `CodeRefused`, `TooManyAttempts`, `PasswordQueueFull`; a `Refusal` about the password, and the code is
    ///   still good then.
    package func enrol(with typed: String, password: String, from client: Client) async throws -> SessionToken {
        let code = SpokenCode(typed: typed, length: SpokenCode.letterLength)
        let digest = keys.digest(code?.text ?? "", .enrolment)
        let known = try await store.write { t -> Account? in
            let now = clock()
            try throttle.admit(.address(client, .enrolment), at: now, in: t)
            return try enrolling(digest, at: now, in: t).flatMap { try account($0, in: t) }
        }
        guard let known else { throw CodeRefused() }
        let accepted = try PasswordRules.check(password, about: known.knownWords)
        let hash = try await hasher.hash(accepted)
        let token = SessionToken.random()
        let enrolled = try await store.write { t -> Bool in
            let now = clock()
            let used = try t.run(
                """
                UPDATE account_enrolment SET used_at = $1
                WHERE digest = $2 AND account = $3 AND used_at IS NULL AND ends_at > $4
                """,
                now, digest, known.id, now)
            guard used == 1 else { return false }
            try throttle.takeBack(.address(client, .enrolment), in: t)
            try setPassword(hash, standsAlone: accepted.standsAlone, of: known.id, at: now, in: t)
            try openSession(token, stage: .open, of: known.id, kind: known.kind, from: client, at: now, in: t)
            try log(.enrolled, of: known.id, from: client, at: now, in: t)
            return true
        }
        guard enrolled else { throw CodeRefused() }
        return token
    }

    func issueEnrolment(for account: AccountID, by issuer: AccountID?, in t: Transaction) throws -> EnrolmentCode {
        let now = clock()
        let code = SpokenCode.random(length: SpokenCode.letterLength)
        let endsAt = now.adding(milliseconds: settings.enrolment.milliseconds)
        try endEnrolments(of: account, in: t)
        try t.run(
            """
            INSERT INTO account_enrolment (digest, account, issued_by, issued_at, ends_at, used_at)
            VALUES ($1, $2, $3, $4, $5, NULL)
            """,
            keys.digest(code.text, .enrolment), account, issuer, now, endsAt)
        return EnrolmentCode(account: account, code: code, endsAt: endsAt)
    }

    func endEnrolments(of account: AccountID, in t: Transaction) throws {
        try t.run("DELETE FROM account_enrolment WHERE account = $1 AND used_at IS NULL", account)
    }

    private func enrolling(_ digest: [UInt8], at now: Instant, in t: Reading) throws -> AccountID? {
        try t.row(
            """
            SELECT e.account FROM account_enrolment e JOIN account a ON a.id = e.account
            WHERE e.digest = $1 AND e.used_at IS NULL AND e.ends_at > $2 AND a.disabled_at IS NULL
            """,
            digest, now)?.identifier(0)
    }
}
