/// The acts that end a docket (结案、归档).
public enum ClosingAct: Hashable, Sendable {
    case closed(CaseClosed)
    case archived(CaseArchived)

    public var body: any ActBody {
        switch self {
        case .closed(let body): body
        case .archived(let body): body
        }
    }

    static let kinds: [ActKind] = [
        ActKind(CaseClosed.self) { .closing(.closed($0)) },
        ActKind(CaseArchived.self) { .closing(.archived($0)) },
    ]
}

/// The case ended (结案).
public struct CaseClosed: ActBody {
    public enum Manner: String, Codable, Sendable {
        case judgment
        case deemedWithdrawal = "deemed-withdrawal"
        case notAccepted = "not-accepted"
        case papersReturned = "papers-returned"
    }

    public static let type = "case.closed"
    public let manner: Manner

    enum CodingKeys: String, CodingKey { case manner }
    public init(manner: Manner) { self.manner = manner }
}

/// The electronic archive was formed and found complete (电子归档).
public struct CaseArchived: ActBody {
    public static let type = "case.archived"
    /// What was checked, by the names of the checks.
    public let checks: [String]

    enum CodingKeys: String, CodingKey { case checks }
    public init(checks: [String]) { self.checks = checks }
}
