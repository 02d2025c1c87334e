/// A place in the case (诉讼地位): plaintiff 1, defendant 1. People fill it and may change; the place stays.
public struct PartyPlace: Hashable, Codable, Sendable {
    public enum Role: String, Codable, Sendable {
        case plaintiff
        case defendant

        public var name: Words {
            switch self {
            case .plaintiff: Words("原告", "Plaintiff")
            case .defendant: Words("被告", "Defendant")
            }
        }
    }

    public let party: PartyID
    public let role: Role
    public let ordinal: Int
    public let details: PartyDetails

    enum CodingKeys: String, CodingKey { case party, role, ordinal, details }

    public init(party: PartyID, role: Role, ordinal: Int, details: PartyDetails) {
        self.party = party
        self.role = role
        self.ordinal = ordinal
        self.details = details
    }
}

/// What is known of who fills a place, as it was told at the time.
public struct PartyDetails: Hashable, Codable, Sendable {
    /// As on the document, one string, never split.
    public let name: String
    /// Resident identity number, where known.
    public let residentNumber: String?
    public let address: String
    public let telephone: String
    /// The shop or trade name, where the dispute knows the person by it.
    public let tradeName: String?

    enum CodingKeys: String, CodingKey {
        case name, address, telephone
        case residentNumber = "resident_number"
        case tradeName = "trade_name"
    }

    public init(name: String, residentNumber: String?, address: String, telephone: String, tradeName: String?) {
        self.name = name
        self.residentNumber = residentNumber
        self.address = address
        self.telephone = telephone
        self.tradeName = tradeName
    }
}

/// A claim (诉讼请求).
public struct Claim: Hashable, Codable, Sendable {
    public enum Kind: String, Codable, Sendable {
        /// Refund of the price (退还货款).
        case refund
        /// Compensation, such as return of price and threefold (赔偿).
        case compensation
        /// Other money (其他给付).
        case payment
        /// Costs of the case (诉讼费负担); not counted in the sum in dispute.
        case costs
    }

    public let claim: ClaimID
    public let kind: Kind
    public let text: String
    public let amount: Money?

    enum CodingKeys: String, CodingKey { case claim, kind, text, amount }

    public init(claim: ClaimID, kind: Kind, text: String, amount: Money?) {
        self.claim = claim
        self.kind = kind
        self.text = text
        self.amount = amount
    }
}

/// An exhibit as it is offered (证据): the bytes, what they prove, where they come from.
public struct OfferedExhibit: Hashable, Codable, Sendable {
    public enum Origin: String, Codable, Sendable {
        /// Electronic from the start (电子数据).
        case electronicData = "electronic-data"
        /// A scan or photograph of something on paper (电子化材料).
        case digitisedCopy = "digitised-copy"
        /// Digitised by court staff for the person.
        case courtAssisted = "court-assisted"
    }

    public let exhibit: ExhibitID
    public let name: String
    public let proves: String
    public let origin: Origin
    public let file: FileReference

    enum CodingKeys: String, CodingKey { case exhibit, name, proves, origin, file }

    public init(exhibit: ExhibitID, name: String, proves: String, origin: Origin, file: FileReference) {
        self.exhibit = exhibit
        self.name = name
        self.proves = proves
        self.origin = origin
        self.file = file
    }
}
