/// The acts of service (送达).
public enum ServiceAct: Hashable, Sendable {
    case addressConfirmed(AddressConfirmed)
    case sent(DocumentsSent)
    case arrived(ServiceArrived)
    case certified(ServiceCertified)

    public var body: any ActBody {
        switch self {
        case .addressConfirmed(let body): body
        case .sent(let body): body
        case .arrived(let body): body
        case .certified(let body): body
        }
    }

    static let kinds: [ActKind] = [
        ActKind(AddressConfirmed.self) { .service(.addressConfirmed($0)) },
        ActKind(DocumentsSent.self) { .service(.sent($0)) },
        ActKind(ServiceArrived.self) { .service(.arrived($0)) },
        ActKind(ServiceCertified.self) { .service(.certified($0)) },
    ]
}

/// Where documents reach a party electronically (电子送达地址).
public enum ServiceChannel: String, Codable, Sendable {
    /// The person's own account with this court: arrival is the commit.
    case account
    /// By post, to the address the person gave: arrival is the day of the postal receipt.
    case post
}

/// The party confirmed where documents are to be served, and agreed to it (送达地址确认).
public struct AddressConfirmed: ActBody {
    /// How consent to electronic service was found.
    ///
    /// - Source: Online Litigation Rules art. 29.
    public enum Basis: String, Codable, Sendable {
        case clearStatement = "clear-statement"
        case priorAgreement = "prior-agreement"
        case addressInPapers = "address-in-papers"
        case conduct
    }

    public static let type = "service.address-confirmed"
    public let party: PartyID
    public let channel: ServiceChannel
    public let account: AccountID
    public let basis: Basis
    /// What the person was told: scope, effect, how to change.
    public let notice: NoticeShown
    /// Postal address for what cannot go electronically.
    public let postal: String

    enum CodingKeys: String, CodingKey { case party, channel, account, basis, notice, postal }

    public init(
        party: PartyID, channel: ServiceChannel, account: AccountID, basis: Basis, notice: NoticeShown, postal: String
    ) {
        self.party = party
        self.channel = channel
        self.account = account
        self.basis = basis
        self.notice = notice
        self.postal = postal
    }
}

/// Documents left for a party (发送).
public struct DocumentsSent: ActBody {
    public static let type = "service.sent"
    public let service: Identifier<Named.Service>
    public let party: PartyID
    public let documents: [DocumentReference]
    public let channel: ServiceChannel
    /// Those of the documents that come into the docket with this act; the others came with an earlier one.
    public let enters: [DocumentID]
    /// By post: where the letter went, and the number of the item.
    public let address: String?
    public let tracking: String?
    /// What the fee notice in the letter asks for: the seven days begin with the receipt.
    public let fee: FeeDemand?
    public var files: [FileReference] { documents.filter { enters.contains($0.document) }.flatMap(\.files) }

    enum CodingKeys: String, CodingKey { case service, party, documents, channel, enters, address, tracking, fee }

    public init(
        service: Identifier<Named.Service>, party: PartyID, documents: [DocumentReference], channel: ServiceChannel,
        enters: [DocumentID] = [], address: String? = nil, tracking: String? = nil, fee: FeeDemand? = nil
    ) {
        self.service = service
        self.party = party
        self.documents = documents
        self.channel = channel
        self.enters = enters
        self.address = address
        self.tracking = tracking
        self.fee = fee
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        service = try container.decode(Identifier<Named.Service>.self, forKey: .service)
        party = try container.decode(PartyID.self, forKey: .party)
        documents = try container.decode([DocumentReference].self, forKey: .documents)
        channel = try container.decode(ServiceChannel.self, forKey: .channel)
        // Services entered before this was told name none.
        enters = try container.decodeIfPresent([DocumentID].self, forKey: .enters) ?? []
        address = try container.decodeIfPresent(String.self, forKey: .address)
        tracking = try container.decodeIfPresent(String.self, forKey: .tracking)
        fee = try container.decodeIfPresent(FeeDemand.self, forKey: .fee)
    }
}

/// They reached the system of the confirmed address: served (到达).
public struct ServiceArrived: ActBody {
    public static let type = "service.arrived"
    public let service: Identifier<Named.Service>
    public let party: PartyID

    enum CodingKeys: String, CodingKey { case service, party }

    public init(service: Identifier<Named.Service>, party: PartyID) {
        self.service = service
        self.party = party
    }
}

/// The certificate that has the force of a proof of service (电子送达凭证).
public struct ServiceCertified: ActBody {
    public static let type = "service.certified"
    public let service: Identifier<Named.Service>
    public let certificate: DocumentReference
    public var files: [FileReference] { certificate.files }

    enum CodingKeys: String, CodingKey { case service, certificate }

    public init(service: Identifier<Named.Service>, certificate: DocumentReference) {
        self.service = service
        self.certificate = certificate
    }
}

extension Named {
    public enum Service {}
}
