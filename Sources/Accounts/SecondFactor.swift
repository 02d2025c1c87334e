import Procedure
import Storage

/// The code is wrong, used before, or too old; which, nobody is told. Answered 401.
package struct SecondFactorRefused: Error, Hashable, Sendable {
    package let reason = Words("动态口令不正确或已使用过。", "The one-time code is wrong or was used before.")

    package init() {}
}

/// What a person who set up a second factor gets, once.
package struct SecondFactorSet: Sendable {
    package let token: SessionToken
    /// Ten codes for the day the telephone is lost, each good once. Shown once, never again.
    package let recoveryCodes: [SpokenCode]
}

extension AccountRegister {
    package static let recoveryCodeCount = 10

    /// Takes a one-time password or a recovery code: finishes a sign-in, or refreshes the factor of a session.
    ///
    /// Each code is good once: the step it belongs to, or the code itself, is used up by the statement that accepts it,
    /// so of any number of parallel uses one wins.
    ///
    /// - Returns: the new token; the old one is dead.
    /// - Throws: `SecondFactorRefused`, `TooManyAttempts`; `NotFound` when the session is none or ended.
    package func giveSecondFactor(_ typed: String, in token: SessionToken, from client: Client) async throws
        -> SessionToken
    {
        let digest = keys.digest(token.rawValue, .session)
        let new = SessionToken.random()
        let accepted = try await store.write { t -> Bool in
            let now = clock()
            guard let session = try waitingSession(digest, at: now, in: t) else { throw NotFound() }
            try throttle.admit(.secondFactor(session.account), at: now, in: t)
            guard let outcome = try use(typed, of: session.account, at: now, in: t) else {
                try log(.wrongSecondFactor, of: session.account, from: client, at: now, in: t)
                return false
            }
            try throttle.clear(.secondFactor(session.account), in: t)
            try renew(session, to: new, at: now, in: t)
            try log(outcome, of: session.account, from: client, at: now, in: t)
            return true
        }
        guard accepted else { throw SecondFactorRefused() }
        seen.forget(digest)
        return new
    }

    /// Prepares a second factor. It counts for nothing until a code of it was given.
    ///
    /// - Throws: `SecondFactorNeeded` when one is to be replaced and the present one was not given just now.
    package func beginSecondFactor(by viewer: Viewer) async throws -> OneTimePasswordSecret {
        let secret = OneTimePasswordSecret.random()
        let now = clock()
        try await store.write { t in
            guard let account = try account(viewer.account, in: t) else { throw NotFound() }
            if account.hasSecondFactor { try viewer.requireFreshSecondFactor(now: now) }
            try t.run(
                """
                INSERT INTO account_second_factor (account, secret, pending, last_step) VALUES ($1, NULL, $2, 0)
                ON CONFLICT (account) DO UPDATE SET pending = excluded.pending
                """,
                viewer.account, try keys.seal(secret, of: viewer.account))
        }
        return secret
    }

    /// Sets the prepared second factor up, with a code that shows the app has it.
    ///
    /// - Throws: `SecondFactorRefused`, `TooManyAttempts`; `SecondFactorNeeded` as `beginSecondFactor`; `NotFound`.
    package func confirmSecondFactor(_ typed: String, in token: SessionToken, from client: Client) async throws
        -> SecondFactorSet
    {
        let digest = keys.digest(token.rawValue, .session)
        let new = SessionToken.random()
        let codes = (0..<Self.recoveryCodeCount).map { _ in SpokenCode.random(length: SpokenCode.recoveryLength) }
        let confirmed = try await store.write { t -> AccountID? in
            let now = clock()
            guard let session = try waitingSession(digest, at: now, in: t), session.stage == .open else {
                throw NotFound()
            }
            try throttle.admit(.secondFactor(session.account), at: now, in: t)
            // Locked by the update at the end; two confirmations in parallel both name the same secret.
            let rows = try t.rows(
                "SELECT pending, CASE WHEN secret IS NULL THEN 0 ELSE 1 END FROM account_second_factor WHERE account = $1",
                session.account)
            guard let row = rows.first, let pending = try row.optionalBytes(0) else { throw NotFound() }
            if try row.bool(1) {
                // Replacing a factor takes the old one: the session must have given it just now.
                guard let given = session.secondFactorAt, given <= now,
                    now.milliseconds - given.milliseconds <= 300_000
                else { throw SecondFactorNeeded() }
            }
            guard let step = try keys.openSecret(pending, of: session.account).step(of: typed, at: now) else {
                try log(.wrongSecondFactor, of: session.account, from: client, at: now, in: t)
                return nil
            }
            let set = try t.run(
                """
                UPDATE account_second_factor SET secret = pending, pending = NULL, last_step = $1
                WHERE account = $2 AND pending = $3
                """,
                step, session.account, pending)
            guard set == 1 else { return nil }
            try throttle.clear(.secondFactor(session.account), in: t)
            try replaceRecoveryCodes(of: session.account, with: codes, in: t)
            try renew(session, to: new, at: now, in: t)
            try t.run("DELETE FROM account_session WHERE account = $1 AND id <> $2", session.account, session.id)
            try log(.secondFactorSet, of: session.account, from: client, at: now, in: t)
            return session.account
        }
        guard let confirmed else { throw SecondFactorRefused() }
        seen.forget { $0.account == confirmed }
        return SecondFactorSet(token: new, recoveryCodes: codes)
    }

    /// Ten new recovery codes; the old ones are dead.
    ///
    /// - Throws: `SecondFactorNeeded`.
    package func renewRecoveryCodes(by viewer: Viewer) async throws -> [SpokenCode] {
        try viewer.requireFreshSecondFactor(now: clock())
        let codes = (0..<Self.recoveryCodeCount).map { _ in SpokenCode.random(length: SpokenCode.recoveryLength) }
        try await store.write { t in try replaceRecoveryCodes(of: viewer.account, with: codes, in: t) }
        return codes
    }

    /// How many recovery codes are left.
    package func recoveryCodesLeft(of viewer: Viewer) async throws -> Int {
        try await store.read { t in
            let rows = try t.rows(
                "SELECT count(*) FROM account_recovery_code WHERE account = $1 AND used_at IS NULL", viewer.account)
            return Int(try rows.first?.integer(0) ?? 0)
        }
    }

    private func replaceRecoveryCodes(of account: AccountID, with codes: [SpokenCode], in t: Transaction) throws {
        try t.run("DELETE FROM account_recovery_code WHERE account = $1", account)
        for code in codes {
            try t.run(
                "INSERT INTO account_recovery_code (digest, account, used_at) VALUES ($1, $2, NULL)",
                keys.digest(code.text, .recoveryCode, of: account), account)
        }
    }

    /// Uses a code up.
    ///
    /// - Returns: what it was; nil when it is none, or someone was faster.
    func use(
        _ typed: String, of account: AccountID, at now: Instant, in t: Transaction
    ) throws -> SignInRecord.Outcome? {
        if let code = SpokenCode(typed: typed, length: SpokenCode.recoveryLength) {
            let used = try t.run(
                "UPDATE account_recovery_code SET used_at = $1 WHERE digest = $2 AND account = $3 AND used_at IS NULL",
                now, keys.digest(code.text, .recoveryCode, of: account), account)
            return used == 1 ? .recoveryCode : nil
        }
        let rows = try t.rows("SELECT secret FROM account_second_factor WHERE account = $1", account)
        guard let sealed = try rows.first?.optionalBytes(0),
            let step = try keys.openSecret(sealed, of: account).step(of: typed, at: now)
        else { return nil }
        let used = try t.run(
            "UPDATE account_second_factor SET last_step = $1 WHERE account = $2 AND secret = $3 AND last_step < $4",
            step, account, sealed, step)
        return used == 1 ? .secondFactor : nil
    }

    private struct WaitingSession {
        let id: SessionID
        let account: AccountID
        let kind: AccountKind
        let stage: SessionStage
        let secondFactorAt: Instant?
    }

    /// A session a code may be given in: pending or open, within its limits.
    private func waitingSession(_ digest: [UInt8], at now: Instant, in t: Transaction) throws -> WaitingSession? {
        let rows = try t.rows(
            """
            SELECT s.id, s.account, a.kind, s.stage, s.second_factor_at, s.seen_at
            FROM account_session s JOIN account a ON a.id = s.account
            WHERE s.token_digest = $1 AND s.ends_at > $2 AND a.disabled_at IS NULL
            """,
            digest, now)
        guard let row = rows.first, let kind = AccountKind(rawValue: try row.text(2)),
            let stage = SessionStage(rawValue: try row.text(3)),
            now.milliseconds - (try row.instant(5)).milliseconds < settings.limits(for: kind).idle.milliseconds
        else { return nil }
        return WaitingSession(
            id: try row.identifier(0), account: try row.identifier(1), kind: kind, stage: stage,
            secondFactorAt: try row.optionalInstant(4))
    }

    /// Gives the session a new token and a fresh factor. A pending one begins its life here; an open one keeps its end.
    private func renew(_ session: WaitingSession, to token: SessionToken, at now: Instant, in t: Transaction) throws {
        let digest = keys.digest(token.rawValue, .session)
        try t.run(
            """
            UPDATE account_session SET token_digest = $1, stage = 'open', second_factor_at = $2, seen_at = $3 WHERE id = $4
            """,
            digest, now, now, session.id)
        guard session.stage == .pending else { return }
        let end = now.adding(milliseconds: settings.limits(for: session.kind).absolute.milliseconds)
        try t.run("UPDATE account_session SET created_at = $1, ends_at = $2 WHERE id = $3", now, end, session.id)
    }
}
