import Procedure
import Storage

/// An account as the court keeps it, opened.
package struct Account: Hashable, Sendable {
    package let id: AccountID
    package let kind: AccountKind
    package let signInName: String
    package let name: String
    package let residentNumber: ResidentNumber?
    package let mobile: String?
    package let createdAt: Instant
    package let verifiedAt: Instant?
    package let disabledAt: Instant?
    package let hasSecondFactor: Bool

    /// What others know of the person; no password may be one of these.
    var knownWords: [String] { [signInName, name, residentNumber?.rawValue, mobile].compactMap { $0 } }
}

extension AccountRegister {
    /// An account by its id, for whoever was allowed to ask.
    package func account(_ id: AccountID, in t: Reading) throws -> Account? {
        let rows = try t.rows(
            """
            SELECT a.kind, a.sign_in_name, a.name, a.resident_number, a.mobile, a.created_at, a.verified_at, a.disabled_at,
                CASE WHEN f.secret IS NULL THEN 0 ELSE 1 END
            FROM account a LEFT JOIN account_second_factor f ON f.account = a.id WHERE a.id = $1
            """,
            id)
        guard let row = rows.first, let kind = AccountKind(rawValue: try row.text(0)) else { return nil }
        return Account(
            id: id, kind: kind, signInName: try keys.open(try row.bytes(1), .signInName, of: id),
            name: try keys.open(try row.bytes(2), .name, of: id),
            residentNumber: try row.optionalBytes(3).flatMap {
                ResidentNumber(rawValue: try keys.open($0, .residentNumber, of: id))
            },
            mobile: try row.optionalBytes(4).map { try keys.open($0, .mobile, of: id) }, createdAt: try row.instant(5),
            verifiedAt: try row.optionalInstant(6), disabledAt: try row.optionalInstant(7),
            hasSecondFactor: try row.bool(8))
    }

    /// The offices an account holds.
    package func offices(of account: AccountID, in t: Reading) throws -> Set<Office> {
        // An office of a newer release is none to this one.
        try Set(
            t.rows("SELECT office FROM account_office WHERE account = $1", account).compactMap {
                Office(rawValue: try $0.text(0))
            })
    }

    /// What a new account consists of.
    struct NewAccount: Sendable {
        let id = AccountID.random()
        let kind: AccountKind
        let signInName: SignInName
        let name: String
        let residentNumber: ResidentNumber?
        let mobile: MobileNumber?
    }

    /// - Returns: false when the sign-in name is taken; nothing was written then.
    func insert(_ new: NewAccount, at now: Instant, in t: Transaction) throws -> Bool {
        let added = try t.run(
            """
            INSERT INTO account
                (id, kind, sign_in_digest, sign_in_name, name, resident_number, mobile, created_at, verified_at, disabled_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL) ON CONFLICT (sign_in_digest) DO NOTHING
            """,
            new.id, new.kind.rawValue, keys.digest(new.signInName.folded, .signInName),
            try keys.seal(new.signInName.folded, .signInName, of: new.id), try keys.seal(new.name, .name, of: new.id),
            try new.residentNumber.map { try keys.seal($0.rawValue, .residentNumber, of: new.id) },
            try new.mobile.map { try keys.seal($0.digits, .mobile, of: new.id) }, now,
            // Staff are known to the court that employs them.
            new.kind == .staff ? now : nil as Instant?)
        guard added == 1 else { return false }
        var tokens = keys.tokens.stored(forName: new.name)
        if let number = new.residentNumber { tokens.insert(keys.tokens.token(number.rawValue, as: .identity)) }
        if let mobile = new.mobile { tokens.insert(keys.tokens.token(mobile.digits, as: .phone)) }
        for token in tokens.sorted(by: { $0.rawValue < $1.rawValue }) {
            try t.run("INSERT INTO account_token (token, account) VALUES ($1, $2)", token.rawValue, new.id)
        }
        return true
    }

    /// The accounts that carry all these tokens. Tokens are short: the caller compares what it opens.
    func accounts(with tokens: Set<SearchToken>, in t: Reading) throws -> [Account] {
        guard let first = tokens.first else { return [] }
        var ids = try accountIDs(with: first, in: t)
        for token in tokens.dropFirst() where !ids.isEmpty { ids.formIntersection(try accountIDs(with: token, in: t)) }
        return try ids.sorted().compactMap { try account($0, in: t) }
    }

    private func accountIDs(with token: SearchToken, in t: Reading) throws -> Set<AccountID> {
        try Set(
            t.rows("SELECT account FROM account_token WHERE token = $1", token.rawValue).map { try $0.identifier(0) })
    }
}
