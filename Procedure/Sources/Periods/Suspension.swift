/// A ground on which a limit stops running, such as an expert appraisal (鉴定期间).
public struct SuspensionGround: Hashable, Sendable, Identifiable {
    public struct ID: RawRepresentable, Hashable, Codable, Sendable, ExpressibleByStringLiteral {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        public init(stringLiteral value: String) { rawValue = value }
    }

    public let id: ID
    public let name: Words
    public let articles: [String]

    public init(id: ID, name: Words, articles: [String]) {
        self.id = id
        self.name = name
        self.articles = articles
    }
}

extension SuspensionGround.ID {
    public static let publicNotice: SuspensionGround.ID = "public_notice"
    public static let appraisal: SuspensionGround.ID = "appraisal"
    public static let partySettlement: SuspensionGround.ID = "party_settlement"
    public static let jurisdictionObjection: SuspensionGround.ID = "jurisdiction_objection"
    public static let stayOfProceedings: SuspensionGround.ID = "stay_of_proceedings"
    /// 延期审理: at most one month of it is left out.
    public static let adjournmentForNewEvidence: SuspensionGround.ID = "adjournment_for_new_evidence"
}

/// Days that are left out of a limit (不计入期间), first and last day included.
public struct Suspension: Hashable, Sendable {
    public let ground: SuspensionGround.ID
    public let from: CourtDay
    /// The last day left out; nil while it still goes on, and then every date counted is provisional.
    public let through: CourtDay?

    public init(_ ground: SuspensionGround.ID, from: CourtDay, through: CourtDay?) {
        self.ground = ground
        self.from = from
        self.through = through
    }

    /// What may be left out at most: one month of an adjournment for new evidence, anything otherwise.
    ///
    /// - Source: Trial Limits Provisions art. 9.
    var lawful: Suspension {
        guard ground == .adjournmentForNewEvidence else { return self }
        let latest = from.adding(months: 1).adding(days: -1)
        return Suspension(ground, from: from, through: through.map { min($0, latest) })
    }
}

/// How far a limit was extended (延长), by whoever the law lets extend it.
public enum PeriodExtension: Hashable, Sendable {
    case days(Int)
    case months(Int)
}

/// What moves a limit in one case: days left out, an extension, a longer term set by the court.
public struct Adjustments: Hashable, Sendable {
    public var suspensions: [Suspension]
    public var extended: PeriodExtension?
    /// The length the court has set, in the limit's own unit, where the law only bounds it (举证期限, 公告期间 …).
    public var courtSetLength: Int?

    public init(suspensions: [Suspension] = [], extended: PeriodExtension? = nil, courtSetLength: Int? = nil) {
        self.suspensions = suspensions
        self.extended = extended
        self.courtSetLength = courtSetLength
    }

    public static let none = Adjustments()
}
