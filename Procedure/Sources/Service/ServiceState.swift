/// Service of documents as the docket tells it (送达情况).
public struct ServiceState: Hashable, Sendable {
    public struct Delivery: Hashable, Sendable {
        public let service: Identifier<Named.Service>
        public let party: PartyID
        public let documents: [DocumentReference]
        public let channel: ServiceChannel
        /// By post: where the letter went, and the number of the item.
        public let address: String?
        public let tracking: String?
        public let fee: FeeDemand?
        public let sent: Happened
        public internal(set) var arrived: Happened?
        public internal(set) var certificate: DocumentReference?
    }

    public private(set) var addresses: [PartyID: AddressConfirmed] = [:]
    public private(set) var deliveries: [Delivery] = []

    mutating func apply(_ act: ServiceAct, in entry: Entry) {
        switch act {
        case .addressConfirmed(let body): addresses[body.party] = body
        case .sent(let body):
            deliveries.append(
                Delivery(
                    service: body.service, party: body.party, documents: body.documents, channel: body.channel,
                    address: body.address, tracking: body.tracking, fee: body.fee, sent: entry.happened))
        case .arrived(let body): change(body.service) { $0.arrived = entry.happened }
        case .certified(let body): change(body.service) { $0.certificate = body.certificate }
        }
    }

    private mutating func change(_ service: Identifier<Named.Service>, _ mend: (inout Delivery) -> Void) {
        guard let index = deliveries.firstIndex(where: { $0.service == service }) else { return }
        mend(&deliveries[index])
    }

    /// When a document of this kind was served on the party; the earliest service counts.
    ///
    /// - Source: Online Litigation Rules art. 31.
    public func served(_ kind: DocumentKind, on party: PartyID) -> Happened? {
        // What was posted earlier may arrive later: the days decide, and on one day the order of sending.
        deliveries.filter { $0.party == party && $0.documents.contains { $0.kind == kind } }.compactMap(\.arrived)
            .min { $0.day(in: .china) < $1.day(in: .china) }
    }

    /// When this very document was served on the party; the earliest service counts.
    public func arrival(of document: DocumentID, at party: PartyID) -> Happened? {
        deliveries.filter { $0.party == party && $0.documents.contains { $0.document == document } }
            .compactMap(\.arrived).min { $0.day(in: .china) < $1.day(in: .china) }
    }

    /// Whether this very document was served on the party.
    public func hasReached(_ party: PartyID, _ document: DocumentID) -> Bool {
        arrival(of: document, at: party) != nil
    }

    /// Whether the file shows that what was sent arrived: by its certificate, by the postal receipt, or, for a letter
    /// that never came back as received, because everything in it was served another way.
    public func isProven(_ delivery: Delivery) -> Bool {
        guard delivery.channel == .post else { return delivery.arrived != nil && delivery.certificate != nil }
        return delivery.arrived != nil || delivery.documents.allSatisfy { hasReached(delivery.party, $0.document) }
    }

    /// The letters on their way to a party.
    public func posted(to party: PartyID) -> [Delivery] {
        deliveries.filter { $0.party == party && $0.channel == .post && $0.arrived == nil }
    }
}

extension Article {
    /// Electronic service needs consent and a way to confirm receipt (电子送达).
    public static let electronicService = Article(.civilProcedureLaw, 90)
    /// By post: served on the day the receipt shows (邮寄送达).
    public static let serviceByPost = Article(.civilProcedureLaw, 91)
    /// The party tells the court where it is served when it sues (提供送达地址).
    public static let addressGiven = Article(.serviceByPost, 3)
    /// Consent to electronic service (电子送达的同意).
    public static let consentToElectronicService = Article(.onlineLitigation, 29)
    /// Confirming the address (确认送达地址).
    public static let addressConfirmation = Article(.onlineLitigation, 30)
    /// Arrival at a confirmed address is service (到达生效).
    public static let arrivalIsService = Article(.onlineLitigation, 31)
    /// The complaint goes out within five days; the answer (发送起诉状副本、答辩).
    public static let serveComplaintAndAnswer = Article(.civilProcedureLaw, 128)
    /// Periods in small claims (小额诉讼的举证、答辩期限).
    public static let smallClaimsPeriods = Article(.interpretation, 275)
}
