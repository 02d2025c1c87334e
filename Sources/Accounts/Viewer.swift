import Procedure

/// Who is looking: the person behind a session, as every page and use case sees them. Nil means the public.
package struct Viewer: Hashable, Sendable {
    package let account: AccountID
    /// The name as on the identity document; shown to themselves and to those who may see it, never logged.
    package let name: String
    package let offices: Set<Office>
    /// Names the session in lists and for revocation; the secret token itself is never kept.
    package let session: SessionID
    /// When the second factor was last given in this session; signing needs a fresh one.
    package let secondFactorAt: Instant?
    /// Whether a clerk has checked the identity (实名认证); without it nothing may be entered in a docket.
    package let isVerified: Bool

    package init(
        account: AccountID, name: String, offices: Set<Office>, session: SessionID, secondFactorAt: Instant?, isVerified: Bool
    ) {
        self.account = account
        self.name = name
        self.offices = offices
        self.session = session
        self.secondFactorAt = secondFactorAt
        self.isVerified = isVerified
    }

    package var isStaff: Bool { !offices.isEmpty }
}

package enum SessionTag {}
package typealias SessionID = Identifier<SessionTag>

/// An office held in the court (职务). Parties hold none.
package enum Office: String, CaseIterable, Codable, Sendable {
    /// Filing clerk (立案庭工作人员).
    case filingClerk = "filing-clerk"
    /// Court clerk (书记员).
    case clerk
    /// Judge (法官).
    case judge
    /// Administrator of accounts (系统管理员); reads no case.
    case administrator
    /// Auditor (审计员); reads the record of what was done, not the cases.
    case auditor
}
