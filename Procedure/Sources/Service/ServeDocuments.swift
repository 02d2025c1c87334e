/// The party says where documents may be served electronically (确认电子送达地址).
public struct ConfirmAddress: Hashable, Sendable {
    public let party: PartyID
    public let account: AccountID
    public let notice: NoticeShown
    public let postal: String

    public init(party: PartyID, account: AccountID, notice: NoticeShown, postal: String) {
        self.party = party
        self.account = account
        self.notice = notice
        self.postal = postal
    }
}

/// The court serves documents on a party's account; arrival is the commit itself (电子送达).
public struct ServeDocuments: Hashable, Sendable {
    public let service: Identifier<Named.Service>
    public let party: PartyID
    public let documents: [DocumentReference]
    /// Set when the fee notice is among the documents: the sum and its payment number.
    public let fee: FeeDemand?

    public init(
        service: Identifier<Named.Service>, party: PartyID, documents: [DocumentReference], fee: FeeDemand? = nil
    ) {
        self.service = service
        self.party = party
        self.documents = documents
        self.fee = fee
    }
}

/// What a fee notice asks for.
public struct FeeDemand: Hashable, Codable, Sendable {
    public let payment: PaymentID
    public let amount: Money

    enum CodingKeys: String, CodingKey { case payment, amount }

    public init(payment: PaymentID, amount: Money) {
        self.payment = payment
        self.amount = amount
    }
}

/// The certificate of a service that arrived (制作电子送达凭证).
public struct CertifyService: Hashable, Sendable {
    public let service: Identifier<Named.Service>
    public let certificate: DocumentReference

    public init(service: Identifier<Named.Service>, certificate: DocumentReference) {
        self.service = service
        self.certificate = certificate
    }
}

extension Refusal {
    public static let noElectronicAddress = Refusal(
        code: "service.no-consent", article: .electronicService,
        reason: Words("受送达人尚未同意电子送达。", "This party has not agreed to electronic service."),
        remedy: Words("请先征得同意，或邮寄送达。", "Ask for consent, or serve by post."))
    public static let nothingToServe = Refusal(
        code: "service.nothing-to-serve", article: nil,
        reason: Words("没有需要送达的文书。", "There is no document to serve."),
        remedy: Words("须先选定文书。", "Choose the documents first."))
    public static let otherJudgment = Refusal(
        code: "service.other-judgment", article: .contentOfJudgment,
        reason: Words("该文书不是法官签发的判决书。", "This paper is not the judgment the judge signed."),
        remedy: Words("请送达已签发的判决书。", "Serve the judgment that was signed."))
    public static let judgmentNotPronounced = Refusal(
        code: "judgment.not-pronounced", article: .pronouncement,
        reason: Words("判决尚未宣告。", "The judgment has not been pronounced."),
        remedy: Words("请先宣判，再送达。", "Pronounce it first, then serve it."))
    public static let notArrived = Refusal(
        code: "service.not-arrived", article: nil,
        reason: Words("该次送达尚未到达。", "That service has not arrived."),
        remedy: Words("须先到达，才能制作凭证。", "It must arrive before it is certified."))
}

extension CaseState {
    /// - Source: Online Litigation Rules arts. 29–30.
    public func decide(_ command: ConfirmAddress, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard parties.place(command.party) != nil else { throw .notAParty }
        let body = AddressConfirmed(
            party: command.party, channel: .account, account: command.account, basis: .clearStatement,
            notice: command.notice, postal: command.postal)
        if let standing = service.addresses[command.party], standing == body { return [] }
        return [
            DecidedAct(
                .service(.addressConfirmed(body)), under: .consentToElectronicService, .addressConfirmation,
                party: command.party)
        ]
    }

    /// Documents reach a confirmed account at the commit, and whatever counts from their arrival starts.
    ///
    /// A complaint starts the periods for answer and evidence; a fee notice the seven days; the last service of a
    /// small-claims judgment gives it effect, there being no appeal.
    ///
    /// - Source: Civil Procedure Law arts. 90, 128, 165; Online Litigation Rules art. 31; Interpretation art. 275.
    public func decide(_ command: ServeDocuments, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard let place = parties.place(command.party) else { throw .notAParty }
        guard !command.documents.isEmpty else { throw .nothingToServe }
        guard canBeServed(command.party) else { throw .noElectronicAddress }
        try requireServable(command.documents)
        let party = command.party
        let sent = DocumentsSent(
            service: command.service, party: party, documents: command.documents, channel: .account,
            enters: command.documents.map(\.document).filter { !documents.contains($0) })
        let acts = [
            DecidedAct(
                .service(.sent(sent)), under: .electronicService, .consentToElectronicService, party: party),
            DecidedAct(
                .service(.arrived(ServiceArrived(service: command.service, party: party))), under: .arrivalIsService,
                party: party),
        ]
        return acts + started(by: command.documents, fee: command.fee, on: place, in: context)
    }

    /// Whether documents may reach this party electronically. Having declined a stage says nothing about service.
    ///
    /// - Source: Online Litigation Rules arts. 4, 10, 29, 30.
    public func canBeServed(_ party: PartyID) -> Bool {
        service.addresses[party] != nil && participation.offline[party] != .silence
    }

    /// What an arrival starts: periods, and with the last service of a judgment its effect. Nothing once the case ended.
    func started(
        by documents: [DocumentReference], fee: FeeDemand? = nil, on place: PartyPlace, in context: Context
    ) -> [DecidedAct] {
        guard closing.manner == nil else { return [] }
        let party = place.party
        var acts: [DecidedAct] = []
        let kinds = Set(documents.map(\.kind))
        // Only the plaintiff prepays, and the notice that started the seven days stands.
        if let fee, kinds.contains(.feeNotice), place.role == .plaintiff, self.fee.notice == nil {
            let due = context.limit(.feePrepayment, from: context.happenedOn).lastDay
            let body = FeeNoticed(
                payment: fee.payment, party: party, amount: fee.amount, received: context.happenedOn, due: due)
            acts.append(DecidedAct(.fee(.noticed(body)), under: .prepayWithinSevenDays, party: party))
        }
        if let body = periods(started: kinds, for: place, in: context) {
            acts.append(
                DecidedAct(
                    .evidence(.periodSet(body)), under: .serveComplaintAndAnswer, .smallClaimsPeriods, party: party))
        }
        if kinds.contains(.judgment), judgment.pronouncedAt != nil, judgment.effectiveOn == nil {
            let waiting = parties.places.filter { $0.party != party && service.served(.judgment, on: $0.party) == nil }
            if waiting.isEmpty {
                acts.append(
                    DecidedAct(
                        .judgment(.tookEffect(JudgmentTookEffect(on: context.happenedOn))), under: .smallClaims))
                acts.append(DecidedAct(.closing(.closed(CaseClosed(manner: .judgment))), under: .smallClaims))
            }
        }
        return acts
    }

    /// Once the case has ended only what tells of the end is served. A judgment leaves the court in the form that was
    /// signed, and not before it was pronounced.
    func requireServable(_ documents: [DocumentReference]) throws(Refusal) {
        guard closing.manner == nil || documents.allSatisfy({ $0.kind.tellsOfTheEnd }) else { throw .caseEnded }
        let judgments = documents.filter { $0.kind == .judgment }
        guard !judgments.isEmpty else { return }
        guard let signed = judgment.signed else { throw .judgmentNotSigned }
        guard judgments.allSatisfy({ $0.digest == signed.document.digest }) else { throw .otherJudgment }
        guard judgment.pronouncedAt != nil else { throw .judgmentNotPronounced }
    }

    /// The periods these papers start: the answer with the complaint, evidence with its notice, each once.
    private func periods(
        started kinds: Set<DocumentKind>, for place: PartyPlace, in context: Context
    ) -> EvidencePeriodSet? {
        let party = place.party
        let first = { (kind: DocumentKind) in kinds.contains(kind) && service.served(kind, on: party) == nil }
        let answers = place.role == .defendant && first(.complaint)
        guard answers || first(.evidenceNotice) else { return nil }
        let before = evidence.periods[party]
        let answerBy =
            answers ? context.limit(.answerSmallClaims, from: context.happenedOn).lastDay : before?.answerBy
        let noticed = first(.evidenceNotice) ? context.limit(.evidenceSmallClaims, from: context.happenedOn) : nil
        // Until a notice tells the period for evidence, nothing is late that comes with the answer.
        guard let evidenceBy = noticed?.lastDay ?? before?.evidenceBy ?? answerBy else { return nil }
        return EvidencePeriodSet(party: party, evidenceBy: evidenceBy, answerBy: answerBy)
    }

    /// - Source: Online Litigation Rules art. 31.
    public func decide(_ command: CertifyService, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard let delivery = service.deliveries.first(where: { $0.service == command.service }), delivery.arrived != nil
        else { throw .notArrived }
        // By post the receipt is the proof.
        guard delivery.certificate == nil, delivery.channel != .post else { return [] }
        let body = ServiceCertified(service: command.service, certificate: command.certificate)
        return [DecidedAct(.service(.certified(body)), under: .arrivalIsService, party: delivery.party)]
    }
}

extension DocumentKind {
    /// Whether it is still served once the case has ended.
    fileprivate var tellsOfTheEnd: Bool {
        switch self {
        case .judgment, .withdrawalRuling, .nonAcceptanceRuling, .returnNotice, .transferAdvice, .paymentReceipt: true
        default: false
        }
    }
}
