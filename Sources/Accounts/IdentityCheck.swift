import Procedure
import Storage

package enum IdentityCheckTag {}
package typealias IdentityCheckID = Identifier<IdentityCheckTag>

/// One person who waits for, or had, the comparison with the document (实名核验).
package struct IdentityCheck: Hashable, Sendable {
    package let id: IdentityCheckID
    package let account: Account
    package let photographs: [FileID]
    package let askedAt: Instant
}

/// What a clerk found.
package enum IdentityDecision: Hashable, Sendable {
    case verified
    /// With the reason, in words to the person.
    case refused(reason: String)
}

/// What became of one's own check.
package enum IdentityStatus: Hashable, Sendable {
    /// No photographs yet.
    case notAsked
    case waiting(since: Instant)
    case refused(reason: String, at: Instant)
    case verified(at: Instant)
}

extension AccountRegister {
    /// Hands in photographs of the document, first or again after a refusal.
    ///
    /// - Throws: a `Refusal` when the identity is verified already or a check is waiting.
    package func submitPhotographs(
        _ photographs: [FileID], by viewer: Viewer,
        entering: @escaping @Sendable (Transaction, Account) throws -> Void = { _, _ in }
    ) async throws {
        guard !photographs.isEmpty else { throw Refusal.photographsMissing }
        try await store.write { t in
            guard let account = try account(viewer.account, in: t), account.kind == .person else { throw NotFound() }
            try t.lock("SELECT id FROM account WHERE id = $1", account.id)
            let waiting = try t.row(
                "SELECT 1 FROM account_identity_check WHERE account = $1 AND decided_at IS NULL", account.id)
            guard account.verifiedAt == nil, waiting == nil else { throw Refusal.identityCheckNotOpen }
            try openIdentityCheck(of: account.id, photographs: photographs, at: clock(), in: t)
            try entering(t, account)
        }
    }

    func openIdentityCheck(of account: AccountID, photographs: [FileID], at now: Instant, in t: Transaction) throws {
        try t.run(
            """
            INSERT INTO account_identity_check
                (id, account, photographs, asked_at, decided_at, decided_by, outcome, reason)
            VALUES ($1, $2, $3, $4, NULL, NULL, NULL, NULL)
            """,
            IdentityCheckID.random(), account, photographs.map(\.rawValue).joined(separator: " "), now)
    }

    /// Who waits, the longest first.
    ///
    /// - Throws: `Forbidden` for anyone but a filing clerk.
    package func waitingIdentityChecks(for clerk: Viewer, limit: Int = 100) async throws -> [IdentityCheck] {
        try clerk.require(.verifyIdentity, now: clock())
        return try await store.read { t in
            try t.rows(
                "SELECT id FROM account_identity_check WHERE decided_at IS NULL ORDER BY asked_at, id LIMIT $1", limit
            ).compactMap { try identityCheck(try $0.identifier(0), in: t) }
        }
    }

    /// One check that waits.
    ///
    /// - Throws: `Forbidden` for anyone but a filing clerk; `NotFound` when it is decided.
    package func identityCheck(_ id: IdentityCheckID, for clerk: Viewer) async throws -> IdentityCheck {
        try clerk.require(.verifyIdentity, now: clock())
        guard let check = try await store.read({ t in try identityCheck(id, in: t) }) else { throw NotFound() }
        return check
    }

    /// Decides a check. One resident number is one verified account.
    ///
    /// - Parameter entering: enters the act in the person's docket, in the same transaction.
    /// - Throws: `Forbidden` for anyone but a filing clerk, and for one's own; `NotFound` when it is decided already; a
    ///   `Refusal` when the number has a verified account.
    package func decide(
        _ decision: IdentityDecision, on id: IdentityCheckID, by clerk: Viewer,
        entering: @escaping @Sendable (Transaction, IdentityCheck, IdentityDecision) throws -> Void = { _, _, _ in }
    ) async throws {
        let account = try await store.write { t -> AccountID in
            let check = try decide(decision, on: id, by: clerk, in: t)
            try entering(t, check, decision)
            return check.account.id
        }
        seen.forget { $0.account == account }
    }

    /// The same, as part of the caller's transaction. The caller's cached viewers learn of it within a second.
    package func decide(
        _ decision: IdentityDecision, on id: IdentityCheckID, by clerk: Viewer, in t: Transaction
    ) throws -> IdentityCheck {
        let now = clock()
        try clerk.require(.verifyIdentity, now: now)
        guard let check = try identityCheck(id, in: t) else { throw NotFound() }
        guard try !isOwn(check.account, of: clerk.account, in: t) else { throw Forbidden(.verifyIdentity) }
        var reason: [UInt8]?
        switch decision {
        case .verified:
            guard let number = check.account.residentNumber else { throw Refusal.residentNumberMalformed }
            let token = keys.tokens.token(number.rawValue, as: .identity)
            // Two clerks may verify two accounts of one number at the same moment: one after the other.
            try t.lock(key: token.rawValue)
            let others = try accounts(with: [token], in: t).filter {
                $0.id != check.account.id && $0.kind == .person && $0.verifiedAt != nil && $0.residentNumber == number
            }
            guard others.isEmpty else { throw Refusal.residentNumberHasAccount }
            try t.run("UPDATE account SET verified_at = $1 WHERE id = $2", now, check.account.id)
        case .refused(let words):
            guard (1...500).contains(words.count) else { throw Refusal.refusalNeedsReason }
            reason = try keys.seal(words, .refusal, of: id)
        }
        let decided = try t.run(
            """
            UPDATE account_identity_check SET decided_at = $1, decided_by = $2, outcome = $3, reason = $4
            WHERE id = $5 AND decided_at IS NULL
            """,
            now, clerk.account, reason == nil ? "verified" : "refused", reason, id)
        guard decided == 1 else { throw NotFound() }
        return check
    }

    /// What the person is told about their own check.
    package func identityStatus(of viewer: Viewer) async throws -> IdentityStatus {
        try await store.read { t in
            if let verifiedAt = try account(viewer.account, in: t)?.verifiedAt { return .verified(at: verifiedAt) }
            let row = try t.row(
                """
                SELECT id, asked_at, decided_at, reason FROM account_identity_check WHERE account = $1
                ORDER BY asked_at DESC, id LIMIT 1
                """,
                viewer.account)
            guard let row else { return .notAsked }
            let id: IdentityCheckID = try row.identifier(0)
            guard let decidedAt = try row.optionalInstant(2), let reason = try row.optionalBytes(3) else {
                return .waiting(since: try row.instant(1))
            }
            return .refused(reason: try keys.open(reason, .refusal, of: id), at: decidedAt)
        }
    }

    private func identityCheck(_ id: IdentityCheckID, in t: Reading) throws -> IdentityCheck? {
        let row = try t.row(
            "SELECT account, photographs, asked_at FROM account_identity_check WHERE id = $1 AND decided_at IS NULL", id
        )
        guard let row, let account = try account(try row.identifier(0), in: t) else { return nil }
        let photographs = try row.text(1).split(separator: " ").compactMap { FileID(rawValue: String($0)) }
        return IdentityCheck(id: id, account: account, photographs: photographs, askedAt: try row.instant(2))
    }

    /// Whether an account is the clerk's own: this one, or their private one with the same resident or mobile number.
    func isOwn(_ account: Account, of clerk: AccountID, in t: Reading) throws -> Bool {
        guard account.id != clerk, let clerk = try self.account(clerk, in: t) else { return true }
        return (clerk.residentNumber != nil && clerk.residentNumber == account.residentNumber)
            || (clerk.mobile != nil && clerk.mobile == account.mobile)
    }
}

extension Refusal {
    package static let photographsMissing = Refusal(
        code: "account.photographs-missing", article: Article(.onlineLitigation, 7),
        reason: Words("缺少身份证件照片。", "The photographs of your document are missing."),
        remedy: Words("请拍摄证件正反两面。", "Photograph both sides of the document."), fields: ["photographs"])
    package static let identityCheckNotOpen = Refusal(
        code: "account.identity-check-not-open", article: nil,
        reason: Words("身份已通过核验或正在核验。", "Your identity is verified, or being checked."),
        remedy: Words("无需再次提交。", "There is nothing more to hand in."))
    package static let residentNumberHasAccount = Refusal(
        code: "account.resident-number-has-account", article: Article(.onlineLitigation, 7),
        reason: Words("该公民身份号码已有一个通过核验的账号。", "This identity number already has a verified account."),
        remedy: Words("请不予通过，并请当事人使用原账号。", "Refuse this check and ask the person to use the other account."))
    package static let refusalNeedsReason = Refusal(
        code: "account.refusal-needs-reason", article: nil,
        reason: Words("不予通过应说明理由（500字以内）。", "A refusal needs its reason, in at most 500 characters."),
        remedy: Words("请写明当事人应如何补正。", "Say what the person should put right."), fields: ["reason"])
}
