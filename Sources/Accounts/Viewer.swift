import Procedure

/// Who is looking: the person behind a session, as every page and use case sees them. Nil means the public.
package struct Viewer: Hashable, Sendable {
    package let account: AccountID
    package let kind: AccountKind
    /// The name as on the identity document; shown to themselves and to those who may see it, never logged.
    package let name: String
    /// The offices the person can use now: none for staff who have not given a second factor in this session.
    package let offices: Set<Office>
    /// Names the session in lists and for revocation; the secret token itself is never kept.
    package let session: SessionID
    /// When the second factor was last given in this session; signing needs a fresh one.
    package let secondFactorAt: Instant?
    /// Whether a clerk has checked the identity (实名认证); without it nothing may be entered in a docket.
    package let isVerified: Bool
    /// Staff, and everyone with a password too short to stand alone, must set up a second factor before anything else.
    package let mustEnrol: Bool

    /// - Parameter kind: staff exactly when there are offices, unless said.
    package init(
        account: AccountID, kind: AccountKind? = nil, name: String, offices: Set<Office>, session: SessionID,
        secondFactorAt: Instant?, isVerified: Bool, mustEnrol: Bool = false
    ) {
        self.account = account
        self.kind = kind ?? (offices.isEmpty ? .person : .staff)
        self.name = name
        self.offices = offices
        self.session = session
        self.secondFactorAt = secondFactorAt
        self.isVerified = isVerified
        self.mustEnrol = mustEnrol
    }

    package var isStaff: Bool { kind == .staff }

    /// Lets the deed pass or says why not.
    ///
    /// - Throws: `NotFound` to those for whom the case does not exist, `Forbidden`, and what `requireReady` throws.
    package func require(_ deed: Deed, as relation: Relation, in phase: Phase, now: Instant) throws {
        guard Permission.allows(deed, relation, offices, phase) else {
            throw Permission.allows(.readCase, relation, offices, phase) ? Forbidden(deed) : NotFound() as any Error
        }
        try requireReady(for: deed, now: now)
    }

    /// The same for a deed of an office, outside any case.
    ///
    /// - Throws: `Forbidden`, and what `requireReady` throws.
    package func require(_ deed: Deed, now: Instant) throws {
        guard Permission.allows(deed, .none, offices, nil) else { throw Forbidden(deed) }
        try requireReady(for: deed, now: now)
    }

    /// What the person needs besides the permission: a second factor set up, a verified identity, a fresh factor.
    ///
    /// - Throws: `EnrolmentNeeded`, the refusal of art. 7, `SecondFactorNeeded`.
    package func requireReady(for deed: Deed, now: Instant) throws {
        guard !mustEnrol else { throw EnrolmentNeeded() }
        guard isVerified || deed.allowsUnverified else { throw Refusal.identityNotVerified }
        if deed.needsFreshFactor { try requireFreshSecondFactor(now: now) }
    }

    /// - Throws: `SecondFactorNeeded` unless the second factor was given in this session within the given time.
    package func requireFreshSecondFactor(within limit: Duration = .seconds(300), now: Instant) throws {
        guard let secondFactorAt, secondFactorAt <= now,
            now.milliseconds - secondFactorAt.milliseconds <= limit.milliseconds
        else { throw SecondFactorNeeded() }
    }
}

package enum SessionTag {}
package typealias SessionID = Identifier<SessionTag>

/// Whose account it is. One human may have both: what staff do in office and what they do as a party never mix.
package enum AccountKind: String, Codable, Sendable {
    case person
    case staff
}

/// An office held in the court (职务). Parties hold none.
package enum Office: String, CaseIterable, Codable, Sendable {
    /// Filing clerk (立案庭工作人员).
    case filingClerk = "filing-clerk"
    /// Court clerk (书记员).
    case clerk
    /// Judge (法官).
    case judge
    /// Court president (院长).
    case president
    /// Administrator of accounts (系统管理员); reads no case.
    case administrator
    /// Auditor (审计员); reads the record of what was done, not the cases.
    case auditor
}

extension Duration {
    var milliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
}
