import Accounts
import Docket
import Hummingbird
import Procedure
import Web

/// The service desk for programs: ask the defendant, record the post, serve, move a party offline.
extension ServiceArea {
    func mountAPI(on routes: inout Routes) {
        let base = "/api/v1/desk/service"
        routes.api(.get, base, face: .chambers, ServiceOperations.queue) { _, context in
            try context.person().require(.readClerkDesk, now: context.now)
            let (duties, total) = try await Matters(registry).queue(
                owner: "clerk", person: nil, steps: Self.deskSteps, today: context.today, limit: 100,
                offset: context.query["offset"].flatMap(Int.init) ?? 0)
            return try Response.api(ServiceQueueJSON(duties, of: total))
        }
        routes.api(.get, "\(base)/:docket", face: .chambers, ServiceOperations.standing) { _, context in
            try await tellService(context)
        }
        routes.api(.post, "\(base)/:docket/invitation", face: .chambers, ServiceOperations.invite) { _, context in
            let sent = try context.sent(as: SentInvitation.self)
            _ = try await invite(
                in: context.id("docket"), answerBy: sent.answer_by, address: linkAddress(context),
                by: context.person(), once: context.once())
            return try await tellService(context)
        }
        routes.api(.post, "\(base)/:docket/again", face: .chambers, ServiceOperations.again) { _, context in
            let sent = try context.sent(as: SentAgain.self)
            _ = try await sendAgain(
                sent.letter, in: context.id("docket"), address: linkAddress(context), by: context.person(),
                once: context.once())
            return try await tellService(context)
        }
        routes.api(.post, "\(base)/:docket/code", face: .chambers, ServiceOperations.renewCode) { _, context in
            _ = try await renewCode(in: context.id("docket"), by: context.person(), once: context.once())
            return try await tellService(context)
        }
        routes.api(.post, "\(base)/:docket/posting", face: .chambers, ServiceOperations.post) { _, context in
            let sent = try context.sent(as: SentPosting.self)
            _ = try await recordPosting(
                in: context.id("docket"), on: sent.day, tracking: sent.tracking, by: context.person(),
                once: context.once())
            return try await tellService(context)
        }
        routes.api(.post, "\(base)/:docket/receipt", face: .chambers, ServiceOperations.receive) { _, context in
            let sent = try context.sent(as: SentReceipt.self)
            _ = try await recordReceipt(
                in: context.id("docket"), on: sent.day, by: context.person(), once: context.once())
            return try await tellService(context)
        }
        routes.api(.post, "\(base)/:docket/offline", face: .chambers, ServiceOperations.moveOffline) { _, context in
            let sent = try context.sent(as: SentGround.self)
            _ = try await moveOffline(
                in: context.id("docket"), for: sent.ground, by: context.person(), once: context.once())
            return try await tellService(context)
        }
        routes.api(.post, "\(base)/:docket/complaint", face: .chambers, ServiceOperations.complaint) { _, context in
            try await serveComplaint(
                in: context.id("docket"), by: .clerk(context.person()), once: context.once())
            return try await tellService(context)
        }
        routes.api(.post, "\(base)/:docket/judgment", face: .chambers, ServiceOperations.judgment) { _, context in
            try await serveJudgment(
                in: context.id("docket"), by: .clerk(context.person()), once: context.once())
            return try await tellService(context)
        }
    }

    /// What goes out at any time of the case: rulings, notices, the judgment, by account or by post.
    func mountPapersAPI(on routes: inout Routes) {
        let base = "/api/v1/desk/service/:docket"
        routes.api(.post, "\(base)/papers", face: .chambers, ServiceOperations.papers) { _, context in
            try await servePapers(in: context.id("docket"), by: .clerk(context.person()), once: context.once())
            return try await tellService(context)
        }
        routes.api(.post, "\(base)/notices", face: .chambers, ServiceOperations.notices) { _, context in
            try await askForNotices(in: context.id("docket"), by: context.person(), once: context.once())
            return try await tellService(context)
        }
        routes.api(.post, "\(base)/papers/:party", face: .chambers, ServiceOperations.postPapers) { _, context in
            let sent = try context.sent(as: SentPosting.self)
            _ = try await postPapers(
                in: context.id("docket"), to: context.id("party"), on: sent.day, tracking: sent.tracking,
                by: context.person(), once: context.once())
            return try await tellService(context)
        }
        routes.api(.post, "\(base)/deliveries/:service", face: .chambers, ServiceOperations.delivered) { _, context in
            let sent = try context.sent(as: SentReceipt.self)
            _ = try await recordDelivery(
                of: context.id("service"), in: context.id("docket"), on: sent.day, by: context.person(),
                once: context.once())
            return try await tellService(context)
        }
    }

    private func tellService(_ context: CourtContext) async throws -> Response {
        let (state, docket) = try await deskCase(context)
        let steps = state.duties(in: looking(at: context.now)).filter { Self.deskSteps.contains($0.step) }
        return try .api(ServiceJSON(docket, state, steps))
    }
}

extension CourtContext {
    /// One sending of one request, by what it says.
    fileprivate func once() throws -> Once {
        Once(self, content: try json.map { try CanonicalJSON.text($0) })
    }
}

private struct SentInvitation: Decodable { let answer_by: CourtDay }
private struct SentAgain: Decodable {
    let ground: InvitationSentAgain.Ground
    let answer_by: CourtDay
    let address: String?
    let address_source: String?

    var letter: SecondLetter {
        SecondLetter(
            ground: ground, address: address.flatMap(Self.written),
            addressSource: address_source.flatMap(Self.written), answerBy: answer_by)
    }

    private static func written(_ text: String) -> String? { text.allSatisfy(\.isWhitespace) ? nil : text }
}
private struct SentPosting: Decodable {
    let day: CourtDay
    let tracking: String
}
private struct SentReceipt: Decodable { let day: CourtDay }
private struct SentGround: Decodable { let ground: WentOffline.Ground }

private struct ServiceQueueJSON: Encodable {
    struct Item: Encodable {
        let docket: DocketID
        let number: String?
        let title: String
        let step: Duty.Step
        let due: CourtDay?
    }

    let total: Int
    let items: [Item]

    init(_ duties: [DutyRow], of total: Int) {
        self.total = total
        items = duties.map {
            Item(
                docket: $0.matter.docket, number: $0.matter.number, title: $0.matter.title, step: $0.step, due: $0.due)
        }
    }
}

/// Who is to be reached and how, how far the letter is, what was served.
private struct ServiceJSON: Encodable {
    struct Step: Encodable {
        let step: Duty.Step
        let due: CourtDay?
    }
    struct Person: Encodable {
        let party: PartyID
        let role, name: String
        /// Whether documents reach an account of this court.
        let electronic: Bool
        let offline: WentOffline.Ground?
        let invitation: Invitation?
        /// Papers that are still to reach this party.
        let waiting: [DocumentReference]
    }
    struct Invitation: Encodable {
        struct Earlier: Encodable {
            let letter: DocumentReference
            let address: String
            let ground: InvitationSentAgain.Ground
            let issued: Happened
            let posted: Happened?
            let tracking: String?
        }

        let letter: DocumentReference
        let address: String
        let answer_by: CourtDay
        let earlier: [Earlier]
        let code_renewed: Happened?
        let issued: Happened
        let posted: Happened?
        let tracking: String?
        let received: Happened?
        let link_by: CourtDay?
        let linked: Happened?
    }
    struct Delivery: Encodable {
        let service: ServiceID
        let party: PartyID
        let documents: [DocumentReference]
        let channel: ServiceChannel
        let tracking: String?
        let sent: Happened
        let arrived: Happened?
        let certificate: DocumentReference?
    }

    let docket: DocketID
    let number: String?
    let next: [Step]
    let parties: [Person]
    let deliveries: [Delivery]

    init(_ docket: DocketID, _ state: CaseState, _ duties: [Duty]) {
        self.docket = docket
        number = state.filing.docketed?.number.rawValue
        next = duties.map { Step(step: $0.step, due: $0.due) }
        parties = state.parties.places.map { place in
            Person(
                party: place.party, role: place.role.rawValue, name: place.details.name,
                electronic: state.service.addresses[place.party] != nil,
                offline: state.participation.offline[place.party],
                invitation: state.participation.invitations[place.party].map { sent in
                    Invitation(
                        letter: sent.letter, address: sent.address, answer_by: sent.answerBy,
                        earlier: sent.earlier.map {
                            .init(
                                letter: $0.letter, address: $0.address, ground: $0.ground, issued: $0.issued,
                                posted: $0.posted, tracking: $0.tracking)
                        }, code_renewed: sent.codeRenewed, issued: sent.issued, posted: sent.posted,
                        tracking: sent.tracking, received: sent.received, link_by: sent.linkBy, linked: sent.linked)
                }, waiting: state.papersToSend(to: place.party))
        }
        deliveries = state.service.deliveries.map {
            Delivery(
                service: $0.service, party: $0.party, documents: $0.documents, channel: $0.channel,
                tracking: $0.tracking, sent: $0.sent, arrived: $0.arrived, certificate: $0.certificate)
        }
    }
}
