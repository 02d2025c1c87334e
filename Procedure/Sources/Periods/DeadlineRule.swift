/// A time limit by its stable name in the table, such as `answer`.
public struct DeadlineID: RawRepresentable, Hashable, Codable, Sendable, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }

    public var description: String { rawValue }
}

/// The limits that rules name. A test holds each of them to the table.
extension DeadlineID {
    /// 立案审查期限: seven days from the complaint's arrival.
    public static let filingDecision: DeadlineID = "filing_decision"
    /// 补正后立案审查期限: seven days from the corrected material's arrival.
    public static let filingDecisionAfterCorrection: DeadlineID = "filing_decision_after_correction"
    /// 预交案件受理费
    public static let feePrepayment: DeadlineID = "fee_prepay"
    /// 送达起诉状副本
    public static let serveComplaint: DeadlineID = "serve_complaint"
    /// 关联案件: three days from the notice.
    public static let onlineAssociation: DeadlineID = "online_association"
    /// 答辩期
    public static let answer: DeadlineID = "answer"
    /// 管辖权异议
    public static let jurisdictionObjection: DeadlineID = "jurisdiction_objection"
    /// 开庭通知
    public static let hearingNotice: DeadlineID = "hearing_notice"
    /// 小额诉讼审限
    public static let smallClaimsTrial: DeadlineID = "trial_limit_small_claims"
    /// 简易程序审限
    public static let simpleTrial: DeadlineID = "trial_limit_simple"
    /// 普通程序审限
    public static let ordinaryTrial: DeadlineID = "trial_limit_ordinary"
    /// 公告送达期间
    public static let announcementService: DeadlineID = "announcement_service"
    /// 涉外公告送达期间
    public static let announcementServiceForeign: DeadlineID = "announcement_service_foreign"
    /// 小额诉讼程序异议
    public static let smallClaimsObjection: DeadlineID = "small_claims_objection"
}

/// One time limit (期间) as the table has it: a length, what it counts from, and how it is counted.
public struct DeadlineRule: Hashable, Codable, Sendable, Identifiable {
    public enum Unit: String, Codable, Sendable { case hours, days, months, years }
    public enum DayType: String, Codable, Sendable { case calendar, working }

    /// Whether something must happen within the limit, or not before it ends, or exactly when.
    public enum Bound: String, Codable, Sendable {
        case maximum = "max"
        case minimum = "min"
        case exact
    }

    public enum Direction: String, Codable, Sendable { case after, before }

    public enum Kind: String, Codable, Sendable {
        case procedural, limitation, validity, bar, lookback, window, recurring
        /// 不变期间: it never stops, starts anew or is extended.
        case fixed
    }

    /// Which rules of computation apply (deadlines.json, `computation_profiles`).
    public enum Computation: String, Codable, Sendable {
        case `default`, hours, validity
        case countBack = "count_back"
        case workingDays = "working_days"
    }

    public let id: DeadlineID
    public let name: Words
    public let kind: Kind
    /// The procedures it belongs to, such as `small_claims`.
    public let appliesTo: [String]
    /// Whom it binds, such as `defendant`.
    public let actor: String
    /// In `unit`. Zero, counting back, means any time up to the event.
    public let length: Int
    public let unit: Unit
    public let dayType: DayType?
    public let bound: Bound
    public let direction: Direction
    /// The event it counts from, by its name in the table.
    public let countedFrom: String
    /// How it may be extended, as the table says it; nil when the table names no way.
    public let extensionRule: String?
    /// The grounds that stop it.
    public let suspendsFor: [SuspensionGround.ID]
    public let rollsOnHoliday: Bool
    public let effectOnExpiry: String?
    /// Article ids; what has no id stays as printed.
    public let articles: [String]
    public let note: String?
    /// Checked against the text of the instrument.
    public let confirmed: Bool
    public let computation: Computation

    public init(
        id: DeadlineID, name: Words, kind: Kind, appliesTo: [String], actor: String, length: Int, unit: Unit,
        dayType: DayType?, bound: Bound, direction: Direction, countedFrom: String, extensionRule: String?,
        suspendsFor: [SuspensionGround.ID], rollsOnHoliday: Bool, effectOnExpiry: String?, articles: [String],
        note: String?, confirmed: Bool, computation: Computation
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.appliesTo = appliesTo
        self.actor = actor
        self.length = length
        self.unit = unit
        self.dayType = dayType
        self.bound = bound
        self.direction = direction
        self.countedFrom = countedFrom
        self.extensionRule = extensionRule
        self.suspendsFor = suspendsFor
        self.rollsOnHoliday = rollsOnHoliday
        self.effectOnExpiry = effectOnExpiry
        self.articles = articles
        self.note = note
        self.confirmed = confirmed
        self.computation = computation
    }
}
