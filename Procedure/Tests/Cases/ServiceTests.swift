import Procedure
import Testing

@Suite("Electronic service")
struct ServiceTests {
    @Test(
        "consent and address are confirmed on what the person was told",
        .proves(.consentToElectronicService, .addressConfirmation))
    func confirmed() throws {
        var story = try CaseStory.docketed()
        try story.confirmAddress(.plaintiff)
        let address = try #require(story.state.service.addresses[.plaintiff])
        #expect(address.basis == .clearStatement && address.notice == .electronicService)
        #expect(story.entries.last?.under == [.consentToElectronicService, .addressConfirmation])
        #expect(story.state.participation.consents.isEmpty, "an address is no consent to an online stage")
        try story.entersNothing { try $0.confirmAddress(.plaintiff) }
        try story.confirmAddress(.plaintiff, postal: "杭州市拱墅区演示新村1幢")
        #expect(story.count(of: "service.address-confirmed") == 2)
    }

    @Test("nothing is served on who has not agreed, has no part, or is offline", .proves(.electronicService))
    func refused() throws {
        let docketed = try CaseStory.docketed()
        docketed.refuses("service.no-consent", .electronicService) { try $0.serve([.acceptanceNotice], on: .plaintiff) }
        docketed.refuses("case.not-a-party", nil) { try $0.serve([.acceptanceNotice], on: .stranger) }
        docketed.refuses("case.not-a-party", nil) { try $0.confirmAddress(.stranger) }
        var offline = try CaseStory.invited()
        try offline.confirmAddress(.defendant)
        try offline.moveOffline(on: "2026-03-21")
        offline.refuses("service.no-consent", .electronicService) { try $0.serveComplaint() }
        try CaseStory.joined().refuses("service.nothing-to-serve", nil) { try $0.serve([], on: .plaintiff) }
    }

    @Test("arrival at the account is service, whether read or not", .proves(.arrivalIsService, .electronicService))
    func arrival() throws {
        let story = try CaseStory.served()
        #expect(story.state.service.served(.complaint, on: .defendant) == .at("2026-03-12T02:00:00.000Z"))
        #expect(story.state.service.served(.complaint, on: .plaintiff) == nil)
        #expect(try story.last("service.arrived").under == [.arrivalIsService])
        #expect(try story.last("service.sent").under == [.electronicService, .consentToElectronicService])
    }

    @Test(
        "a complaint that arrives starts seven days for evidence and fifteen for the answer",
        .proves(.serveComplaintAndAnswer, .smallClaimsPeriods))
    func periods() throws {
        let story = try CaseStory.served()
        let period = try #require(story.state.evidence.periods[.defendant])
        #expect(period.evidenceBy == "2026-03-19" && period.answerBy == "2026-03-27")
        #expect(story.state.evidence.periods[.plaintiff]?.evidenceBy == "2026-03-11")
        #expect(story.state.evidence.periods[.plaintiff]?.answerBy == nil)
        #expect(try story.last("evidence.period-set").under == [.serveComplaintAndAnswer, .smallClaimsPeriods])
    }

    @Test(
        "the earliest service counts, and a later one moves no limit",
        .proves(.arrivalIsService, .serveComplaintAndAnswer))
    func earliestCounts() throws {
        var story = try CaseStory.served()
        try story.serve([.evidenceNotice], on: .defendant, on: "2026-03-16")
        #expect(story.state.service.served(.evidenceNotice, on: .defendant) == .at("2026-03-12T02:00:00.000Z"))
        #expect(story.state.evidence.periods[.defendant]?.evidenceBy == "2026-03-19")
        #expect(story.state.evidence.periods[.defendant]?.answerBy == "2026-03-27")
    }

    @Test("the fifteen days run from the complaint, not from another notice", .proves(.serveComplaintAndAnswer))
    func answerPeriodFromComplaint() throws {
        var story = try CaseStory.joined()
        try story.serve([.complaint], on: .defendant, on: "2026-03-12")
        #expect(story.state.evidence.periods[.defendant]?.answerBy == "2026-03-27")
    }

    @Test("each service gets one certificate, once it arrived", .proves(.arrivalIsService))
    func certificate() throws {
        var story = try CaseStory.served()
        story.refuses("service.not-arrived", nil) { try $0.certify(3) }
        try story.certify(2)
        #expect(story.state.service.deliveries.map { $0.certificate != nil } == [false, true])
        try story.entersNothing { try $0.certify(2) }
    }

    @Test("what is served is entered byte for byte: each paper becomes a leaf")
    func leaves() throws {
        let story = try CaseStory.feeNoticed()
        let sent = try story.last("service.sent").act.body
        #expect(sent.files.contains(DocumentReference.paper(.feeNotice).files[0]))
        let served = try CaseStory.served()
        let complaint = try served.last("service.sent").act.body
        let known = [DocumentKind.complaint, .evidenceNotice].flatMap { DocumentReference.paper($0).files }
        #expect(complaint.files == DocumentReference.paper(.answerNotice).files, "the others came in earlier")
        #expect(known.allSatisfy { !complaint.files.contains($0) })
    }

    @Test("a service entered before it named what it brings in reads as bringing in nothing")
    func withoutEnters() throws {
        let text = try Snapshot.lines("service.sent.1.without-enters.json", orWrite: []).joined()
        guard case .service(.sent(let body)) = try Stored.decode(StoredAct.self, text).act else { return }
        #expect(body.enters.isEmpty && body.files.isEmpty && !body.documents.isEmpty)
    }

    @Test(
        "a judgment is served once it is signed, and only the one that was signed counts",
        .proves(.arrivalIsService, .pronouncement))
    func judgmentBeforeSigning() throws {
        var story = try CaseStory.transcriptConfirmed()
        story.refuses("judgment.not-signed", nil) { try $0.serve([.judgment], on: .plaintiff) }
        try story.signJudgment(on: "2026-04-16")
        try story.pronounce()
        story.refuses("service.other-judgment", .contentOfJudgment) {
            let other = DocumentReference.paper(.judgment, edition: 2)
            let command = ServeDocuments(service: .number(9), party: .plaintiff, documents: [other])
            try $0.perform(by: .clerk) { try $0.decide(command, in: $1) }
        }
        try story.serve([.judgment], on: .defendant, on: "2026-04-17")
        #expect(story.state.judgment.effectiveOn == nil)
    }
}
