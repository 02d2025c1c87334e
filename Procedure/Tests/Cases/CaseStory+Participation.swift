import Procedure

extension CaseStory {
    mutating func answerConsent(
        _ person: Person, _ stage: Stage, agreed: Bool = true, on day: CourtDay? = nil
    ) throws {
        let command = AnswerConsent(party: person.party, stage: stage, agreed: agreed, notice: .onlineStages)
        try perform(by: person, on: day) { try $0.decide(command, in: $1) }
    }

    /// Says yes to evidence exchange and hearing online, each by itself.
    mutating func agreeToStages(_ person: Person, on day: CourtDay? = nil) throws {
        try answerConsent(person, .evidenceExchange, on: day)
        try answerConsent(person, .hearing)
    }

    mutating func invite(_ person: Person = .defendant, answerBy: CourtDay = "2026-03-20", on day: CourtDay? = nil)
        throws
    {
        let command = InviteDefendant(party: person.party, letter: .paper(.participationNotice), answerBy: answerBy)
        try perform(by: .clerk, on: day) { try $0.decide(command, in: $1) }
    }

    mutating func sendAgain(
        _ ground: InvitationSentAgain.Ground = .undelivered, to address: String? = nil, source: String? = nil,
        answerBy: CourtDay = "2026-04-10", on day: CourtDay? = nil
    ) throws {
        let edition = 2 + (state.participation.invitations[.defendant]?.earlier.count ?? 0)
        let command = SendInvitationAgain(
            party: .defendant, ground: ground, letter: .paper(.participationNotice, edition: edition), address: address,
            addressSource: source, answerBy: answerBy)
        try perform(by: .clerk, on: day) { try $0.decide(command, in: $1) }
    }

    mutating func renewCode(on day: CourtDay? = nil) throws {
        try perform(by: .clerk, on: day) { try $0.decide(RenewInvitationCode(party: .defendant), in: $1) }
    }

    mutating func post(on day: CourtDay? = nil) throws {
        try perform(by: .clerk, on: day, channel: .offline) {
            try $0.decide(RecordPosting(party: .defendant, tracking: "EMS1234567890"), in: $1)
        }
    }

    /// The clerk writes down what the postal receipt says.
    mutating func receiveInvitation(
        onDay received: CourtDay? = nil, basis: InvitationReceived.Basis = .postalReceipt, on day: CourtDay? = nil
    ) throws {
        try perform(by: .clerk, on: day, happened: received.map { .on($0) }, channel: .offline) {
            try $0.decide(RecordInvitationReceived(party: .defendant, basis: basis), in: $1)
        }
    }

    mutating func link(
        _ person: Person = .defendant, to party: PartyID = .defendant, as name: String = "赵示范", on day: CourtDay? = nil
    ) throws {
        try perform(by: person, on: day) {
            try $0.decide(LinkCase(party: party, account: person.account, verifiedName: name), in: $1)
        }
    }

    mutating func moveOffline(
        _ person: Person = .defendant, for ground: WentOffline.Ground = .silence, by mover: Person = .clerk,
        on day: CourtDay? = nil
    ) throws {
        try perform(by: mover, on: day) { try $0.decide(MoveOffline(party: person.party, ground: ground), in: $1) }
    }
}

// Service of documents.
extension CaseStory {
    mutating func confirmAddress(
        _ person: Person, postal: String = "杭州市西湖区文三路演示小区3幢502室", on day: CourtDay? = nil
    ) throws {
        let command = ConfirmAddress(
            party: person.party, account: person.account, notice: .electronicService, postal: postal)
        try perform(by: person, on: day) { try $0.decide(command, in: $1) }
    }

    /// Serves papers of these kinds; the judgment is the one that was signed.
    mutating func serve(
        _ kinds: [DocumentKind], on person: Person, fee: FeeDemand? = nil, on day: CourtDay? = nil
    ) throws {
        let documents = kinds.map { kind in
            if kind == .judgment, let signed = state.judgment.signed { return signed.document }
            return DocumentReference.paper(kind)
        }
        let service = Identifier<Named.Service>.number(state.service.deliveries.count + 1)
        let command = ServeDocuments(service: service, party: person.party, documents: documents, fee: fee)
        try perform(by: .clerk, on: day) { try $0.decide(command, in: $1) }
    }

    /// The acceptance, fee, evidence and small-claims notices that go with docketing.
    mutating func serveDocketingNotices(on day: CourtDay? = nil) throws {
        let fee = FeeDemand(payment: .number(1), amount: .yuan(25))
        try serve(
            [.acceptanceNotice, .feeNotice, .evidenceNotice, .smallClaimsNotice], on: .plaintiff, fee: fee, on: day)
    }

    /// The complaint with the notice to answer, the evidence notice and the small-claims notice.
    mutating func serveComplaint(on day: CourtDay? = nil) throws {
        try serve([.complaint, .answerNotice, .evidenceNotice, .smallClaimsNotice], on: .defendant, on: day)
    }

    /// Posts papers to the address the party gave.
    mutating func postPapers(
        _ kinds: [DocumentKind], to person: Person, fee: FeeDemand? = nil, on day: CourtDay? = nil
    ) throws {
        let documents = kinds.map { kind in
            kind == .judgment ? state.judgment.signed?.document ?? .paper(kind) : DocumentReference.paper(kind)
        }
        let command = PostDocuments(
            service: .number(state.service.deliveries.count + 1), party: person.party, documents: documents,
            tracking: "EMS000000001", fee: fee)
        try perform(by: .clerk, on: day, channel: .offline) { try $0.decide(command, in: $1) }
    }

    /// The clerk writes down what the postal receipt of a service says.
    mutating func receive(_ service: Int, onDay received: CourtDay, on day: CourtDay? = nil) throws {
        try perform(by: .clerk, on: day, happened: .on(received), channel: .offline) {
            try $0.decide(RecordDelivery(service: .number(service)), in: $1)
        }
    }

    mutating func certify(_ service: Int, on day: CourtDay? = nil) throws {
        let command = CertifyService(
            service: .number(service), certificate: .paper(.serviceCertificate, edition: service))
        try perform(by: .machine, on: day) { try $0.decide(command, in: $1) }
    }

    /// A certificate for every service that has none yet.
    mutating func certifyEverything(on day: CourtDay? = nil) throws {
        if let day { wait(until: day) }
        for service in 1...max(1, state.service.deliveries.count) { try certify(service) }
    }
}
