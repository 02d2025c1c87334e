import Procedure
import Storage

/// Whether a session has come through all it must.
enum SessionStage: String {
    /// The password was right, the second factor is still to come. Opens nothing.
    case pending
    case open
}

/// A session as its owner sees it in the list.
package struct SessionSummary: Hashable, Sendable {
    package let id: SessionID
    package let openedAt: Instant
    /// Known to the minute.
    package let seenAt: Instant
    package let address: String
    package let device: String
    package let isCurrent: Bool
}

extension AccountRegister {
    /// Who stands behind a token; nil when it is none of ours, ended, or too old.
    ///
    /// What was read is believed for a second, so an ended session is gone on every node within two. A stream that
    /// stays open must ask again at least every second.
    package func viewer(for token: SessionToken) async throws -> Viewer? {
        let digest = keys.digest(token.rawValue, .session)
        let now = clock()
        if let viewer = seen.viewer(for: digest, at: now) { return viewer }
        guard let found = try await store.read({ t in try session(digest, at: now, in: t) }) else { return nil }
        if found.mustTouch(at: now, limits: settings.limits(for: found.viewer.kind)) {
            let session = found.viewer.session
            try await store.write { t -> Void in
                try t.run("UPDATE account_session SET seen_at = $1 WHERE id = $2 AND seen_at < $3", now, session, now)
            }
        }
        seen.keep(found.viewer, for: digest, at: now)
        return found.viewer
    }

    /// Ends the session of this token.
    package func signOut(_ token: SessionToken, from client: Client) async throws {
        let digest = keys.digest(token.rawValue, .session)
        try await store.write { t in
            let ended = try t.rows("DELETE FROM account_session WHERE token_digest = $1 RETURNING account", digest)
            guard let row = ended.first else { return }
            try log(.signedOut, of: try row.identifier(0), from: client, at: clock(), in: t)
        }
        seen.forget(digest)
    }

    /// The sessions of the person, the last seen first.
    package func sessions(of viewer: Viewer) async throws -> [SessionSummary] {
        let now = clock()
        let limits = settings.limits(for: viewer.kind)
        return try await store.read { t in
            try t.rows(
                """
                SELECT id, created_at, seen_at, address, device FROM account_session
                WHERE account = $1 AND stage = 'open' AND ends_at > $2 AND seen_at > $3 ORDER BY seen_at DESC
                """,
                viewer.account, now, now.adding(milliseconds: -limits.idle.milliseconds)
            ).map { row in
                let id: SessionID = try row.identifier(0)
                return SessionSummary(
                    id: id, openedAt: try row.instant(1), seenAt: try row.instant(2), address: try row.text(3),
                    device: try keys.open(try row.bytes(4), .device, of: id), isCurrent: id == viewer.session)
            }
        }
    }

    /// Ends one session of the person's own.
    ///
    /// - Throws: `NotFound` for anyone else's.
    package func endSession(_ id: SessionID, by viewer: Viewer) async throws {
        let ended = try await store.write { t in
            try t.run("DELETE FROM account_session WHERE id = $1 AND account = $2", id, viewer.account)
        }
        guard ended == 1 else { throw NotFound() }
        seen.forget { $0.session == id }
    }

    /// Ends every session of the person but the current one.
    package func endOtherSessions(by viewer: Viewer) async throws {
        try await store.write { t -> Void in
            try t.run("DELETE FROM account_session WHERE account = $1 AND id <> $2", viewer.account, viewer.session)
        }
        seen.forget { $0.account == viewer.account && $0.session != viewer.session }
    }

    /// Drops what is past its time: sessions, counted attempts. For a service that runs now and then.
    package func sweep() async throws {
        let now = clock()
        let longest = max(settings.perAccount.forgetAfter, settings.perAddress.forgetAfter)
        try await store.write { t in
            try t.run("DELETE FROM account_session WHERE ends_at <= $1", now)
            try t.run(
                "DELETE FROM account_throttle WHERE last_at < $1 AND blocked_until <= $2",
                now.adding(milliseconds: -longest.milliseconds), now)
        }
    }

    func openSession(
        _ token: SessionToken, stage: SessionStage, of account: AccountID, kind: AccountKind, from client: Client,
        at now: Instant, in t: Transaction
    ) throws {
        let id = SessionID.random()
        let life = stage == .pending ? settings.pendingSignIn : settings.limits(for: kind).absolute
        try t.run(
            """
            INSERT INTO account_session
                (id, token_digest, account, stage, created_at, seen_at, ends_at, second_factor_at, address, device)
            VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, $8, $9)
            """,
            id, keys.digest(token.rawValue, .session), account, stage.rawValue, now, now,
            now.adding(milliseconds: life.milliseconds), client.maskedAddress,
            try keys.seal(client.device, .device, of: id))
    }

    /// Ends every session of an account, as part of something larger. The caller forgets them after the commit.
    func endSessions(of account: AccountID, in t: Transaction) throws {
        try t.run("DELETE FROM account_session WHERE account = $1", account)
    }

    private struct FoundSession {
        let viewer: Viewer
        let seenAt: Instant

        /// Rarely enough that reading pages writes next to nothing, often enough for the idle limit.
        func mustTouch(at now: Instant, limits: SessionLimits) -> Bool {
            now.milliseconds - seenAt.milliseconds >= min(60_000, limits.idle.milliseconds / 10)
        }
    }

    private func session(_ digest: [UInt8], at now: Instant, in t: Reading) throws -> FoundSession? {
        let rows = try t.rows(
            """
            SELECT s.id, s.account, s.seen_at, s.second_factor_at, a.kind, a.name, a.verified_at,
                CASE WHEN f.secret IS NULL THEN 0 ELSE 1 END, p.stands_alone
            FROM account_session s
            JOIN account a ON a.id = s.account
            LEFT JOIN account_second_factor f ON f.account = a.id
            LEFT JOIN account_password p ON p.account = a.id
            WHERE s.token_digest = $1 AND s.stage = 'open' AND s.ends_at > $2 AND a.disabled_at IS NULL
            """,
            digest, now)
        guard let row = rows.first, let kind = AccountKind(rawValue: try row.text(4)) else { return nil }
        let seenAt = try row.instant(2)
        guard now.milliseconds - seenAt.milliseconds < settings.limits(for: kind).idle.milliseconds else { return nil }
        let account: AccountID = try row.identifier(1)
        let secondFactorAt = try row.optionalInstant(3)
        let hasSecondFactor = try row.bool(7)
        let standsAlone = try row.optionalInteger(8) == 1
        let offices = secondFactorAt == nil ? [] : try self.offices(of: account, in: t)
        let viewer = Viewer(
            account: account, kind: kind, name: try keys.open(try row.bytes(5), .name, of: account), offices: offices,
            session: try row.identifier(0), secondFactorAt: secondFactorAt,
            isVerified: try row.optionalInstant(6) != nil,
            mustEnrol: !hasSecondFactor && (kind == .staff || !standsAlone))
        return FoundSession(viewer: viewer, seenAt: seenAt)
    }
}
