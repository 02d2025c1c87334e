/// The acts of the court as a house (法院): its opening, offices and keys in its own docket, and in a case who hears it.
public enum CourtAct: Hashable, Sendable {
    case opened(CourtOpened)
    case officeGiven(OfficeGiven)
    case officeEnded(OfficeEnded)
    case keyPublished(KeyPublished)
    case clockMoved(ClockMoved)
    case keysDestroyed(KeysDestroyed)
    case benchRedrawn(BenchRedrawn)

    public var body: any ActBody {
        switch self {
        case .opened(let body): body
        case .officeGiven(let body): body
        case .officeEnded(let body): body
        case .keyPublished(let body): body
        case .clockMoved(let body): body
        case .keysDestroyed(let body): body
        case .benchRedrawn(let body): body
        }
    }

    static let kinds: [ActKind] = [
        ActKind(CourtOpened.self) { .court(.opened($0)) },
        ActKind(OfficeGiven.self) { .court(.officeGiven($0)) },
        ActKind(OfficeEnded.self) { .court(.officeEnded($0)) },
        ActKind(KeyPublished.self) { .court(.keyPublished($0)) },
        ActKind(ClockMoved.self) { .court(.clockMoved($0)) },
        ActKind(KeysDestroyed.self) { .court(.keysDestroyed($0)) },
        ActKind(BenchRedrawn.self) { .court(.benchRedrawn($0)) },
    ]
}

/// The court began its work under this profile (法院启用).
public struct CourtOpened: ActBody {
    public static let type = "court.opened"
    public let profile: CourtProfile

    enum CodingKeys: String, CodingKey { case profile }
    public init(profile: CourtProfile) { self.profile = profile }
}

/// Someone was given an office (任职).
public struct OfficeGiven: ActBody {
    public static let type = "court.office-given"
    public let account: AccountID
    public let name: String
    public let office: String

    enum CodingKeys: String, CodingKey { case account, name, office }

    public init(account: AccountID, name: String, office: String) {
        self.account = account
        self.name = name
        self.office = office
    }
}

/// An office ended (免职).
public struct OfficeEnded: ActBody {
    public static let type = "court.office-ended"
    public let account: AccountID
    public let office: String

    enum CodingKeys: String, CodingKey { case account, office }

    public init(account: AccountID, office: String) {
        self.account = account
        self.office = office
    }
}

/// A public key of the court, for whoever checks its ledger, answers and stamp (公布公钥).
public struct KeyPublished: ActBody {
    public static let type = "court.key-published"
    /// What it signs: `ledger`, `answers` or `stamp`.
    public let use: String
    public let key: String

    enum CodingKeys: String, CodingKey { case use, key }

    public init(use: String, key: String) {
        self.use = use
        self.key = key
    }
}

/// A demonstration court moved its clock forward (演示时钟前移). No other court can.
public struct ClockMoved: ActBody {
    public static let type = "court.clock-moved"
    public let days: Int

    enum CodingKeys: String, CodingKey { case days }
    public init(days: Int) { self.days = days }
}

/// The keys of a docket are destroyed: what it holds opens for nobody any more (销毁卷宗密钥).
///
/// Stands in the court's own docket, since the one it speaks of can no longer be read. Says nothing about anyone.
public struct KeysDestroyed: ActBody {
    public enum Reason: String, CaseIterable, Codable, Sendable {
        /// The time for which an archive is kept is over (保管期限届满).
        case retentionOver = "retention-over"
        /// Whoever may order it has ordered it (依法决定销毁).
        case ordered
        /// It never became a case: a draft that nobody sent (未提交的草稿).
        case neverSubmitted = "never-submitted"
    }

    public static let type = "court.keys-destroyed"
    public let docket: DocketID
    public let reason: Reason

    enum CodingKeys: String, CodingKey { case docket, reason }

    public init(docket: DocketID, reason: Reason) {
        self.docket = docket
        self.reason = reason
    }
}
