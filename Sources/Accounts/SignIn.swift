import Procedure
import Storage

/// What a right password leads to.
package enum SignInOutcome: Hashable, Sendable {
    /// Signed in. The second factor has not been given: there is none, or staff must set one up.
    case signedIn(SessionToken)
    /// The token opens nothing but `giveSecondFactor`, for five minutes.
    case secondFactorNeeded(SessionToken)
}

/// Name or password is wrong, or the account is disabled; which, nobody is told. Answered 401.
package struct SignInRefused: Error, Hashable, Sendable {
    package let reason = Words("登录名或密码不正确。", "The sign-in name or the password is wrong.")

    package init() {}
}

extension AccountRegister {
    /// Checks a password and opens a session under a new token.
    ///
    /// A name nobody has costs the same work, the same writes and gets the same answer as a wrong password.
    ///
    /// - Parameter old: what the browser showed before; it ends when the sign-in succeeds, so a token planted in a
    ///   browser never becomes a session.
    /// - Throws: `SignInRefused`, `TooManyAttempts`, `PasswordQueueFull`.
    package func signIn(
        name typed: String, password: String, from client: Client, replacing old: SessionToken? = nil
    ) async throws -> SignInOutcome {
        // What can be no name is counted and looked up all the same.
        let name = SignInName(typed: typed)?.folded ?? String(typed.prefix(100))
        let known = try await store.write { t in
            try throttle.admit(.signIn(name: name), .address(client, .signIn), at: clock(), in: t)
            return try credentials(named: name, in: t)
        }
        let checked = try await hasher.check(password, against: known?.hash)
        let token = SessionToken.random()
        let outcome = try await store.write { t -> SignInOutcome? in
            let now = clock()
            // Read again: while the password was hashed the account may have been disabled or the password changed.
            let current = try credentials(named: name, in: t)
            guard checked.matches, let current, current.hash == known?.hash, current.maySignIn else {
                try log(.wrong, of: current?.account, from: client, at: now, in: t)
                return nil
            }
            try throttle.clear(.signIn(name: name), in: t)
            try throttle.takeBack(.address(client, .signIn), in: t)
            if let replacement = checked.replacement {
                try t.run(
                    "UPDATE account_password SET hash = $1 WHERE account = $2", replacement.bytes, current.account)
            }
            if let old {
                try t.run("DELETE FROM account_session WHERE token_digest = $1", keys.digest(old.rawValue, .session))
            }
            let stage: SessionStage = current.hasSecondFactor ? .pending : .open
            try openSession(token, stage: stage, of: current.account, kind: current.kind, from: client, at: now, in: t)
            try log(
                current.hasSecondFactor ? .passwordOnly : .signedIn, of: current.account, from: client, at: now, in: t)
            return current.hasSecondFactor ? .secondFactorNeeded(token) : .signedIn(token)
        }
        guard let outcome else { throw SignInRefused() }
        if let old { seen.forget(keys.digest(old.rawValue, .session)) }
        return outcome
    }

    /// Sets another password and ends every other session of the person.
    ///
    /// - Throws: `SignInRefused` when the current one is wrong; `SecondFactorNeeded`; a `Refusal` about the new one.
    package func changePassword(from current: String, to new: String, by viewer: Viewer, from client: Client)
        async throws
    {
        let account = try await store.read { t in try self.account(viewer.account, in: t) }
        guard let account else { throw NotFound() }
        if account.hasSecondFactor { try viewer.requireFreshSecondFactor(now: clock()) }
        let accepted = try PasswordRules.check(new, about: account.knownWords)
        guard account.hasSecondFactor || accepted.standsAlone else { throw Refusal.passwordTooShortAlone }
        let stored = try await store.write { t -> PasswordHash? in
            try throttle.admit(.signIn(name: account.signInName), at: clock(), in: t)
            return try credentials(named: account.signInName, in: t)?.hash
        }
        guard let stored, try await hasher.check(current, against: stored).matches else {
            try await store.write { t in try log(.wrong, of: account.id, from: client, at: clock(), in: t) }
            throw SignInRefused()
        }
        let hash = try await hasher.hash(accepted)
        try await store.write { t in
            let now = clock()
            try throttle.clear(.signIn(name: account.signInName), in: t)
            try setPassword(hash, standsAlone: accepted.standsAlone, of: account.id, at: now, in: t)
            try t.run("DELETE FROM account_session WHERE account = $1 AND id <> $2", account.id, viewer.session)
            try log(.passwordChanged, of: account.id, from: client, at: now, in: t)
        }
        seen.forget { $0.account == account.id }
    }

    func setPassword(
        _ hash: PasswordHash, standsAlone: Bool, of account: AccountID, at now: Instant, in t: Transaction
    ) throws {
        try t.run(
            """
            INSERT INTO account_password (account, hash, stands_alone, changed_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (account) DO UPDATE SET
                hash = excluded.hash, stands_alone = excluded.stands_alone, changed_at = excluded.changed_at
            """,
            account, hash.bytes, standsAlone, now)
    }

    /// What a sign-in reads.
    private struct Credentials {
        let account: AccountID
        let kind: AccountKind
        let hash: PasswordHash
        let isDisabled: Bool
        let hasSecondFactor: Bool

        /// Staff finish their enrolment in the session their code opened, or get a new code; a password alone never
        /// opens the account of staff.
        var maySignIn: Bool { !isDisabled && (kind == .person || hasSecondFactor) }
    }

    private func credentials(named name: String, in t: Transaction) throws -> Credentials? {
        let rows = try t.rows(
            """
            SELECT a.id, a.kind, p.hash, a.disabled_at, CASE WHEN f.secret IS NULL THEN 0 ELSE 1 END
            FROM account a
            JOIN account_password p ON p.account = a.id
            LEFT JOIN account_second_factor f ON f.account = a.id
            WHERE a.sign_in_digest = $1
            """,
            keys.digest(name, .signInName))
        guard let row = rows.first, let kind = AccountKind(rawValue: try row.text(1)),
            let hash = PasswordHash(stored: try row.bytes(2))
        else { return nil }
        return Credentials(
            account: try row.identifier(0), kind: kind, hash: hash, isDisabled: try row.optionalInstant(3) != nil,
            hasSecondFactor: try row.bool(4))
    }
}

extension Refusal {
    package static let passwordTooShortAlone = Refusal(
        code: "account.password-too-short-alone", article: nil,
        reason: Words("未设置动态口令时，密码至少需要15个字符。", "Without a second factor a password needs at least 15 characters."),
        remedy: Words("请先设置动态口令，或使用更长的密码。", "Set up a second factor first, or use a longer password."),
        fields: ["password"])
}
