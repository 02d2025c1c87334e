/// What a rule is told beside the docket: the time, the court, the tables, who acts. Rules look nothing up themselves.
public struct Context: Sendable {
    public let now: Instant
    /// When the act happened: for an online act the arrival of the request's last byte.
    public let happened: Happened
    public let court: CourtProfile
    public let tables: Tables
    public let acting: Acting

    public init(now: Instant, happened: Happened? = nil, court: CourtProfile, tables: Tables, acting: Acting) {
        self.now = now
        self.happened = happened ?? .at(now)
        self.court = court
        self.tables = tables
        self.acting = acting
    }

    public var today: CourtDay { court.zone.day(of: now) }
    /// The day the law counts from for what is being done.
    public var happenedOn: CourtDay { happened.day(in: court.zone) }
}

/// Who does something, in which part, for which place in the case.
public struct Acting: Hashable, Sendable {
    public let account: AccountID
    public let capacity: Capacity
    public let party: PartyID?

    public init(account: AccountID, capacity: Capacity, party: PartyID? = nil) {
        self.account = account
        self.capacity = capacity
        self.party = party
    }
}

/// A court and what it hears (法院). Data, so that another court is another profile.
public struct CourtProfile: Hashable, Codable, Sendable {
    public enum Kind: String, Codable, Sendable {
        /// 互联网法院
        case internet
        /// 基层人民法院
        case basic
        /// 中级人民法院
        case intermediate
    }

    /// As in its case numbers, such as 浙0192. One store is one court.
    public let code: String
    public let name: Words
    public let kind: Kind
    public let province: String
    public let city: String
    public let zone: CourtZone
    public let address: Words
    public let telephone: String
    public let counterHours: Words
    /// The court that hears appeals.
    public let appealCourt: Words
    /// A demonstration court shows a banner, may move its clock, and has a code no real court has.
    public let isDemonstration: Bool
    /// Small-claims thresholds the court has set because none is published for its province, in fen.
    public let smallClaimsMaximum: Int64?
    public let smallClaimsAgreedMaximum: Int64?

    enum CodingKeys: String, CodingKey {
        case code, name, kind, province, city, zone, address, telephone
        case counterHours = "counter_hours"
        case appealCourt = "appeal_court"
        case isDemonstration = "demonstration"
        case smallClaimsMaximum = "small_claims_maximum"
        case smallClaimsAgreedMaximum = "small_claims_agreed_maximum"
    }

    public init(
        code: String, name: Words, kind: Kind, province: String, city: String, zone: CourtZone, address: Words,
        telephone: String, counterHours: Words, appealCourt: Words, isDemonstration: Bool,
        smallClaimsMaximum: Int64? = nil, smallClaimsAgreedMaximum: Int64? = nil
    ) {
        self.code = code
        self.name = name
        self.kind = kind
        self.province = province
        self.city = city
        self.zone = zone
        self.address = address
        self.telephone = telephone
        self.counterHours = counterHours
        self.appealCourt = appealCourt
        self.isDemonstration = isDemonstration
        self.smallClaimsMaximum = smallClaimsMaximum
        self.smallClaimsAgreedMaximum = smallClaimsAgreedMaximum
    }
}
