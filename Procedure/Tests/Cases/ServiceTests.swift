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
        withKnownIssue("a second evidence notice moves the period for evidence and wipes out that for the answer") {
            #expect(story.state.evidence.periods[.defendant]?.evidenceBy == "2026-03-19")
            #expect(story.state.evidence.periods[.defendant]?.answerBy == "2026-03-27")
        }
    }

    @Test("the fifteen days run from the complaint, not from another notice", .proves(.serveComplaintAndAnswer))
    func answerPeriodFromComplaint() throws {
        var story = try CaseStory.joined()
        try story.serve([.complaint], on: .defendant, on: "2026-03-12")
        withKnownIssue("without an evidence notice among the papers no period for the answer starts") {
            #expect(story.state.evidence.periods[.defendant]?.answerBy == "2026-03-27")
        }
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
        withKnownIssue("the notices first stored with their service are no files of any act") {
            #expect(sent.files.contains(DocumentReference.paper(.feeNotice).files[0]))
        }
    }

    @Test(
        "a judgment is served once it is signed, and only the one that was signed counts",
        .proves(.arrivalIsService, .pronouncement))
    func judgmentBeforeSigning() throws {
        withKnownIssue("any paper called a judgment counts as its service, even before there is one") {
            var story = try CaseStory.transcriptConfirmed()
            try? story.serve([.judgment], on: .plaintiff)
            try story.signJudgment(on: "2026-04-16")
            #expect(story.state.service.served(.judgment, on: .plaintiff) == nil)
            try story.serve([.judgment], on: .defendant, on: "2026-04-17")
            #expect(story.state.judgment.effectiveOn == nil)
        }
    }
}
