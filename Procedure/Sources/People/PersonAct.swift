/// The acts of a person's own docket (人员卷宗): identity and promises about service.
public enum PersonAct: Hashable, Sendable {
    case registered(PersonRegistered)
    case verified(IdentityVerified)
    case refused(IdentityRefused)

    public var body: any ActBody {
        switch self {
        case .registered(let body): body
        case .verified(let body): body
        case .refused(let body): body
        }
    }

    static let kinds: [ActKind] = [
        ActKind(PersonRegistered.self) { .person(.registered($0)) },
        ActKind(IdentityVerified.self) { .person(.verified($0)) },
        ActKind(IdentityRefused.self) { .person(.refused($0)) },
    ]
}

/// A natural person registered under the real name (实名注册).
///
/// - Source: Online Litigation Rules art. 7.
public struct PersonRegistered: ActBody {
    public static let type = "person.registered"
    public let account: AccountID
    public let name: String
    public let residentNumber: String
    public let telephone: String
    /// Photographs of the document, for the clerk to compare.
    public let photographs: [FileReference]
    public var files: [FileReference] { photographs }

    enum CodingKeys: String, CodingKey {
        case account, name, telephone, photographs
        case residentNumber = "resident_number"
    }

    public init(
        account: AccountID, name: String, residentNumber: String, telephone: String, photographs: [FileReference]
    ) {
        self.account = account
        self.name = name
        self.residentNumber = residentNumber
        self.telephone = telephone
        self.photographs = photographs
    }
}

/// A clerk compared the documents and found them the person's own (身份核验通过).
public struct IdentityVerified: ActBody {
    public enum Method: String, Codable, Sendable {
        case clerksDesk = "clerks-desk"
        case demonstration
    }

    public static let type = "person.identity-verified"
    public let account: AccountID
    public let method: Method

    enum CodingKeys: String, CodingKey { case account, method }

    public init(account: AccountID, method: Method) {
        self.account = account
        self.method = method
    }
}

/// The documents did not suffice (身份核验未通过).
public struct IdentityRefused: ActBody {
    public static let type = "person.identity-refused"
    public let account: AccountID
    public let reason: String

    enum CodingKeys: String, CodingKey { case account, reason }

    public init(account: AccountID, reason: String) {
        self.account = account
        self.reason = reason
    }
}
