import Procedure
import Testing

@Suite("The court's papers reach the party", .proves(.docketWithinSevenDays))
struct PaperTests {
    @Test("each paper of the filing desk is somebody's to serve", .proves(.onlineFiling))
    func filingPapers() throws {
        var story = try CaseStory.submitted()
        try story.confirmAddress(.plaintiff)
        try story.requestCorrection()
        #expect(story.duties().contains("serve-papers filing clerk -"))
        try story.serve([.correctionNotice], on: .plaintiff)
        #expect(story.duties().contains { $0.hasPrefix("serve-papers") } == false)
        try story.correct()
        try story.adviseTransfer()
        #expect(story.duties().contains("serve-papers filing clerk -"))
        try story.serve([.transferAdvice], on: .plaintiff)
        try story.returnPapers()
        #expect(story.duties() == ["serve-papers filing clerk -"])
        story.refuses("archive.incomplete", .fileOfSimpleCase, about: ["proofs-of-service"]) { try $0.archive() }
        try story.serve([.returnNotice], on: .plaintiff)
        #expect(story.duties() == ["archive clerk -"])
    }

    @Test("what the plaintiff acted on has reached it: corrected, or insisted", .proves(.arrivalIsService))
    func actedOn() throws {
        var corrected = try CaseStory.submitted()
        try corrected.requestCorrection()
        try corrected.correct()
        #expect(corrected.state.waitingPapers(for: .plaintiff).isEmpty)
        var insisted = try CaseStory.submitted()
        try insisted.adviseTransfer()
        #expect(insisted.state.waitingPapers(for: .plaintiff).map(\.kind) == [.transferAdvice])
        try insisted.insist()
        #expect(insisted.state.waitingPapers(for: .plaintiff).isEmpty)
    }

    @Test("the ruling of withdrawal is the court clerk's to serve", .proves(.unpaidIsWithdrawal))
    func withdrawal() throws {
        var story = try CaseStory.feeNoticed()
        try story.ruleDeemedWithdrawal(on: "2026-03-12")
        #expect(story.duties() == ["serve-papers clerk -"])
        try story.serve([.withdrawalRuling], on: .plaintiff)
        #expect(story.duties() == ["archive clerk -"])
    }

    @Test("only the plaintiff is told about the filing")
    func plaintiffOnly() throws {
        var story = try CaseStory.submitted()
        try story.requestCorrection()
        #expect(story.state.waitingPapers(for: .defendant).isEmpty)
        #expect(story.state.waitingPapers(for: .number(99)).isEmpty)
    }
}

@Suite("Service by post", .proves(.serviceByPost))
struct PostTests {
    /// A ruling against a plaintiff who wants letters, not messages.
    private func declined() throws -> CaseStory {
        var story = try CaseStory.submitted()
        try story.adviseTransfer()
        try story.insist()
        try story.ruleNonAcceptance(on: "2026-03-06")
        return story
    }

    @Test(
        "a ruling goes to the address in the complaint, and is served on the day of the receipt", .proves(.addressGiven)
    )
    func ruling() throws {
        var story = try declined()
        story.refuses("service.no-consent", .electronicService) { try $0.serve([.nonAcceptanceRuling], on: .plaintiff) }
        try story.postPapers([.nonAcceptanceRuling], to: .plaintiff, on: "2026-03-09")
        #expect(story.entries.last?.under == [.serviceByPost, .addressGiven])
        #expect(story.state.service.posted(to: .plaintiff).map(\.address) == ["杭州市西湖区文三路演示小区3幢502室"])
        #expect(story.duties() == ["serve-papers filing clerk -"], "on its way is not served")
        try story.receive(1, onDay: "2026-03-11", on: "2026-03-12")
        #expect(story.state.service.served(.nonAcceptanceRuling, on: .plaintiff) == .on("2026-03-11"))
        #expect(story.duties() == ["archive clerk -"])
        try story.entersNothing { try $0.receive(1, onDay: "2026-03-12") }
        try story.entersNothing { try $0.certify(1) }
        try story.archive()
    }

    @Test("an address confirmed for service goes before the one in the complaint", .proves(.addressGiven))
    func confirmedAddress() throws {
        var story = try declined()
        try story.confirmAddress(.plaintiff, postal: "杭州市演示路9号")
        #expect(story.state.postalAddress(of: .plaintiff) == "杭州市演示路9号")
        #expect(story.state.postalAddress(of: .number(99)) == nil)
    }

    @Test("a judgment by post has effect from the last receipt, and needs no account", .proves(.smallClaims))
    func judgment() throws {
        var story = try CaseStory.judged()
        try story.serve([.judgment], on: .plaintiff)
        try story.postPapers([.judgment], to: .defendant, on: "2026-04-17")
        #expect(story.state.judgment.effectiveOn == nil)
        try story.receive(4, onDay: "2026-04-20", on: "2026-04-21")
        #expect(story.state.judgment.effectiveOn == "2026-04-20")
        #expect(story.state.closing.manner == .judgment)
    }

    @Test("a complaint by post starts the periods on the day of the receipt", .proves(.serveComplaintAndAnswer))
    func complaint() throws {
        var story = try CaseStory.joined()
        try story.postPapers([.complaint, .evidenceNotice], to: .defendant, on: "2026-03-12")
        #expect(story.state.evidence.periods[.defendant] == nil)
        try story.receive(2, onDay: "2026-03-16", on: "2026-03-17")
        #expect(story.state.evidence.periods[.defendant]?.answerBy == "2026-03-31")
        #expect(story.state.evidence.periods[.defendant]?.evidenceBy == "2026-03-23")
    }

    @Test(
        "a plaintiff who wants letters gets the notices of docketing by post; the seven days begin with the receipt",
        .proves(.prepayWithinSevenDays, .smallClaimsPeriods))
    func docketingNotices() throws {
        var story = try CaseStory.docketed()
        let fee = FeeDemand(payment: .number(1), amount: .yuan(25))
        try story.postPapers(
            [.acceptanceNotice, .feeNotice, .evidenceNotice, .smallClaimsNotice], to: .plaintiff, fee: fee,
            on: "2026-03-05")
        #expect(story.state.fee.notice == nil)
        #expect(story.duties().contains { $0.hasPrefix("serve-docketing-notices") }, "on its way is not served")
        try story.receive(1, onDay: "2026-03-09", on: "2026-03-10")
        #expect(story.state.fee.notice?.due == "2026-03-16")
        #expect(story.state.evidence.periods[.plaintiff]?.evidenceBy == "2026-03-16")
        #expect(story.duties().contains("pay-fee plaintiff 2026-03-16"))
        try story.pay(on: "2026-03-16")
        #expect(story.state.fee.paid?.late == false)
    }

    @Test("a letter that never arrived holds nothing up once the paper was served another way")
    func superseded() throws {
        var story = try declined()
        try story.postPapers([.nonAcceptanceRuling], to: .plaintiff, on: "2026-03-09")
        try story.confirmAddress(.plaintiff, on: "2026-03-20")
        try story.serve([.nonAcceptanceRuling], on: .plaintiff)
        try story.certify(2)
        #expect(story.duties() == ["archive clerk -"])
        try story.archive()
    }

    @Test("the earliest service counts, by the day it arrived", .proves(.arrivalIsService))
    func earliest() throws {
        var story = try CaseStory.joined()
        try story.postPapers([.complaint], to: .defendant, on: "2026-03-12")
        try story.serveComplaint(on: "2026-03-13")
        try story.receive(2, onDay: "2026-03-16", on: "2026-03-17")
        #expect(story.state.service.served(.complaint, on: .defendant)?.day(in: .china) == "2026-03-13")
        #expect(story.state.evidence.periods[.defendant]?.answerBy == "2026-03-30")
    }

    @Test("no letter without papers, to nobody, or with a fee notice whose sum is not on record")
    func refused() throws {
        let story = try CaseStory.docketed()
        story.refuses("service.nothing-to-serve", nil) { try $0.postPapers([], to: .plaintiff) }
        story.refuses("case.not-a-party", nil) { try $0.postPapers([.complaint], to: .stranger) }
        story.refuses("service.fee-notice-by-post", .prepayWithinSevenDays) {
            try $0.postPapers([.acceptanceNotice, .feeNotice], to: .plaintiff)
        }
        story.refuses("judgment.not-signed", nil) { try $0.postPapers([.judgment], to: .plaintiff) }
        story.refuses("service.not-posted", nil) { try $0.receive(1, onDay: "2026-03-04") }
        try CaseStory.feeNoticed().refuses("service.not-posted", nil) { try $0.receive(1, onDay: "2026-03-04") }
        try declined().refuses("case.ended", nil) { try $0.postPapers([.complaint], to: .plaintiff) }
    }
}
