/// The court posts documents to the address the party gave (邮寄送达).
public struct PostDocuments: Hashable, Sendable {
    public let service: Identifier<Named.Service>
    public let party: PartyID
    public let documents: [DocumentReference]
    /// The number of the item.
    public let tracking: String
    /// Set when the fee notice is among the documents: the sum and its payment number.
    public let fee: FeeDemand?

    public init(
        service: Identifier<Named.Service>, party: PartyID, documents: [DocumentReference], tracking: String,
        fee: FeeDemand? = nil
    ) {
        self.service = service
        self.party = party
        self.documents = documents
        self.tracking = tracking
        self.fee = fee
    }
}

/// The postal receipt came back: received on the day that counts as the command's (登记送达回证).
public struct RecordDelivery: Hashable, Sendable {
    public let service: Identifier<Named.Service>
    public init(service: Identifier<Named.Service>) { self.service = service }
}

extension Refusal {
    public static let notPosted = Refusal(
        code: "service.not-posted", article: nil,
        reason: Words("没有这次邮寄。", "There was no such letter."),
        remedy: Words("须先登记交邮。", "The posting must be recorded first."))
    public static let feeNoticeByPost = Refusal(
        code: "service.fee-notice-by-post", article: .prepayWithinSevenDays,
        reason: Words(
            "邮寄交费通知书，须同时登记数额和缴费编号。", "A fee notice is posted with its sum and its payment number on record."),
        remedy: Words("请从立案通知页面制作并邮寄。", "Draw and post it from the page of the docketing notices."))
}

extension CaseState {
    /// Where letters reach a party: the address it confirmed for service, else the one in the complaint.
    ///
    /// - Source: Civil Procedure Law art. 124; Court Express Mail Provisions art. 3.
    public func postalAddress(of party: PartyID) -> String? {
        service.addresses[party]?.postal ?? parties.place(party)?.details.address
    }

    /// Post needs no consent and no account; it is always open, also beside electronic service.
    ///
    /// - Source: Civil Procedure Law art. 91; Court Express Mail Provisions art. 3.
    public func decide(_ command: PostDocuments, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard let address = postalAddress(of: command.party) else { throw .notAParty }
        guard !command.documents.isEmpty else { throw .nothingToServe }
        let asksForFee = command.documents.contains { $0.kind == .feeNotice }
        guard !asksForFee || command.fee != nil else { throw .feeNoticeByPost }
        try requireServable(command.documents)
        let body = DocumentsSent(
            service: command.service, party: command.party, documents: command.documents, channel: .post,
            enters: command.documents.map(\.document).filter { !documents.contains($0) }, address: address,
            tracking: command.tracking, fee: asksForFee ? command.fee : nil)
        return [
            DecidedAct(.service(.sent(body)), under: .serviceByPost, .addressGiven, party: command.party)
        ]
    }

    /// Served on the day of the receipt, and what counts from the service counts from that day.
    ///
    /// - Source: Civil Procedure Law arts. 91, 128, 165; Interpretation art. 275; Litigation Fees Measures art. 22.
    public func decide(_ command: RecordDelivery, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard let delivery = service.deliveries.first(where: { $0.service == command.service }),
            delivery.channel == .post, let place = parties.place(delivery.party)
        else { throw .notPosted }
        guard delivery.arrived == nil else { return [] }
        let arrived = ServiceArrived(service: command.service, party: delivery.party)
        return [DecidedAct(.service(.arrived(arrived)), under: .serviceByPost, party: delivery.party)]
            + started(by: delivery.documents, fee: delivery.fee, on: place, in: context)
    }

    /// The court's papers that have not reached this party (待送达的文书): what the plaintiff was told about the filing,
    /// a ruling that ended the case, and to each party in its place who sits now. What the party has acted on has
    /// reached it.
    ///
    /// - Source: Civil Procedure Law arts. 126, 131, 157; Online Litigation Rules arts. 9, 31.
    public func waitingPapers(for party: PartyID) -> [DocumentReference] {
        let papers = (parties.plaintiff?.party == party ? papersForPlaintiff : []) + [benchNotice(for: party)]
        return papers.compactMap { $0 }.filter { !service.hasReached(party, $0.document) }
    }

    private var papersForPlaintiff: [DocumentReference?] {
        var papers: [DocumentReference?] = [
            filing.returned?.notice, filing.declined?.ruling, judgment.withdrawal?.ruling,
        ]
        if filing.insisted == nil, filing.docketed == nil {
            papers.append(filing.transferAdvice?.notice)
            if filing.correction?.answered == nil { papers.append(filing.correction?.notice) }
        }
        return papers
    }

    /// Who sits after another judge was drawn. Told to whoever fills a place, also one who came in later; no more once
    /// that judge had to step aside too, or the case has ended.
    ///
    /// - Source: Civil Procedure Law art. 131.
    private func benchNotice(for party: PartyID) -> DocumentReference? {
        guard closing.manner == nil, !awaitsJudge, parties.filledBy[party] != nil else { return nil }
        return filing.benchTold?.notice
    }

    /// The day from which the three days run in which this party is told who sits: the draw, or when it came in.
    ///
    /// - Returns: nil when no such notice waits.
    func benchNoticeStarted(for party: PartyID, in zone: CourtZone) -> CourtDay? {
        guard let told = filing.benchTold, waitingPapers(for: party).contains(told.notice) else { return nil }
        let cameIn = participation.invitations[party]?.linked?.day(in: zone)
        return max(told.redrawn.day(in: zone), cameIn ?? told.redrawn.day(in: zone))
    }
}
