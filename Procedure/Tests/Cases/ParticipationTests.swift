import Procedure
import Testing

@Suite("Consent, person by person and stage by stage", .proves(.consentPerStage))
struct ConsentTests {
    @Test("consent to one stage of one person says nothing about another")
    func matrix() throws {
        var story = try CaseStory.joined()
        #expect(story.state.participation.agrees(.defendant, to: .hearing))
        #expect(story.state.participation.agrees(.defendant, to: .mediation) == false)
        try story.answerConsent(.plaintiff, .mediation)
        #expect(story.state.participation.agrees(.plaintiff, to: .mediation))
        #expect(story.state.participation.agrees(.defendant, to: .mediation) == false)
        #expect(story.entries.last?.under == [.consentPerStage])
    }

    @Test("who declined may agree later; the same answer again is nothing new")
    func agreeLater() throws {
        var story = try CaseStory.docketed()
        try story.answerConsent(.plaintiff, .hearing, agreed: false)
        #expect(story.state.participation.agrees(.plaintiff, to: .hearing) == false)
        try story.entersNothing { try $0.answerConsent(.plaintiff, .hearing, agreed: false) }
        try story.answerConsent(.plaintiff, .hearing)
        #expect(story.state.participation.agrees(.plaintiff, to: .hearing))
        try story.entersNothing { try $0.answerConsent(.plaintiff, .hearing) }
    }

    @Test("who agreed asks the court before going offline", .proves(.retractionIsDecided))
    func retraction() throws {
        try CaseStory.joined().refuses("consent.retraction-needs-request", .retractionIsDecided) {
            try $0.answerConsent(.defendant, .hearing, agreed: false)
        }
    }

    @Test("a stranger has nothing to consent to, and nobody after the end")
    func nobody() throws {
        try CaseStory.docketed().refuses("case.not-a-party", nil) { try $0.answerConsent(.stranger, .hearing) }
        try CaseStory.closed().refuses("case.ended", nil) { try $0.answerConsent(.plaintiff, .mediation) }
    }
}

@Suite("Asking the other side", .proves(.askTheOtherSide))
struct InvitationTests {
    @Test("the three days count from the receipt, and a Sunday moves to Monday")
    func threeDays() throws {
        // The rule's own example: received on Thursday 6 March 2025, due Sunday 9 March, so Monday 10 March.
        var story = CaseStory(from: "2025-03-03")
        try story.submit()
        try story.docket(on: "2025-03-04")
        try story.invite(answerBy: "2025-03-20", on: "2025-03-05")
        try story.receiveInvitation(onDay: "2025-03-06", on: "2025-03-07")
        #expect(story.state.participation.invitations[.defendant]?.linkBy == "2025-03-10")
    }

    @Test("the letter goes to the address of the complaint, and the first receipt known counts")
    func letter() throws {
        let story = try CaseStory.invited()
        let invitation = try #require(story.state.participation.invitations[.defendant])
        #expect(invitation.address == "义乌市演示街88号" && invitation.tracking == "EMS1234567890")
        #expect(invitation.received == .on("2026-03-09") && invitation.linkBy == "2026-03-12")
        try story.entersNothing { try $0.receiveInvitation(basis: .codeUsed) }
        try story.entersNothing { try $0.post() }
    }

    @Test("nobody is asked before docketing, twice, outside the case, after the end or until yesterday")
    func inviteRefused() throws {
        try CaseStory.submitted().refuses("case.not-docketed", nil) { try $0.invite() }
        try CaseStory.invited().refuses("participation.already-invited", nil) { try $0.invite() }
        let docketed = try CaseStory.docketed()
        docketed.refuses("case.not-a-party", nil) { try $0.invite(.stranger) }
        docketed.refuses("participation.period-past", .askTheOtherSide, about: ["answer_by"]) {
            try $0.invite(answerBy: "2026-03-05", on: "2026-03-05")
        }
        var ended = try CaseStory.feeNoticed()
        try ended.ruleDeemedWithdrawal(on: "2026-03-12")
        ended.refuses("case.ended", nil) { try $0.invite() }
    }

    @Test("posting, receipt and going offline need a notice first")
    func notInvited() throws {
        let story = try CaseStory.docketed()
        story.refuses("participation.not-invited", nil) { try $0.post() }
        story.refuses("participation.not-invited", nil) { try $0.receiveInvitation() }
        story.refuses("participation.not-invited", nil) { try $0.link() }
        story.refuses("participation.not-invited", nil) { try $0.moveOffline() }
    }

    @Test("a verified person fills the place; missing the three days has no sanction", .proves(.realName))
    func linked() throws {
        let story = try CaseStory.joined()
        #expect(story.state.parties.filledBy[.defendant] == Person.defendant.account)
        #expect(try story.last("participation.linked").under == [.realName, .askTheOtherSide])
        guard case .participation(.linked(let inTime)) = try story.last("participation.linked").act else { return }
        #expect(inTime.inTime)

        var late = try CaseStory.invited()
        try late.link(on: "2026-03-19")
        guard case .participation(.linked(let body)) = try late.last("participation.linked").act else { return }
        #expect(body.inTime == false)
        #expect(late.state.parties.filledBy[.defendant] == Person.defendant.account)
    }

    @Test("a place is one person's, under the name of the notice, and never both sides'", .proves(.realName))
    func linkRefused() throws {
        let invited = try CaseStory.invited()
        invited.refuses("participation.name-differs", .realName) { try $0.link(as: "赵示") }
        invited.refuses("participation.same-person", .realName) { try $0.link(.plaintiff) }
        invited.refuses("case.not-a-party", nil) { try $0.link(to: .number(9)) }
        let joined = try CaseStory.joined()
        joined.refuses("participation.already-linked", nil) { try $0.link(.stranger) }
        try joined.entersNothing { try $0.link() }
        var ended = try CaseStory.feeNoticed()
        try ended.invite()
        try ended.receiveInvitation(basis: .codeUsed)
        try ended.ruleDeemedWithdrawal(on: "2026-03-12")
        ended.refuses("case.ended", nil) { try $0.link() }
    }
}

@Suite("Going offline", .proves(.askTheOtherSide))
struct OfflineTests {
    @Test("silence to the end of the court's period: offline for that party only", .proves(.consentPerStage))
    func silence() throws {
        var story = try CaseStory.invited()
        story.refuses("participation.still-in-period", .askTheOtherSide) { try $0.moveOffline(on: "2026-03-20") }
        try story.moveOffline(on: "2026-03-21")
        #expect(story.state.participation.offline == [.defendant: .silence])
        #expect(story.state.participation.agrees(.plaintiff, to: .hearing))
        try story.entersNothing { try $0.moveOffline() }
    }

    @Test("both halves are needed: who linked, or clearly agreed, is not silent")
    func bothHalves() throws {
        try CaseStory.joined().refuses("participation.still-in-period", .askTheOtherSide) {
            try $0.moveOffline(on: "2026-03-21")
        }
        var agreed = try CaseStory.invited()
        try agreed.answerConsent(.defendant, .hearing)
        agreed.refuses("participation.still-in-period", .askTheOtherSide) { try $0.moveOffline(on: "2026-03-21") }
        agreed.refuses("case.not-a-party", nil) { try $0.moveOffline(.stranger) }
    }

    @Test("who links later is online again")
    func backOnline() throws {
        var story = try CaseStory.invited()
        try story.moveOffline(on: "2026-03-21")
        try story.link(on: "2026-03-24")
        #expect(story.state.participation.offline.isEmpty)
    }

    @Test("nobody is offline for having declined who has not declined", .proves(.consentPerStage))
    func declinedNeedsDeclining() throws {
        try CaseStory.joined().refuses("participation.nothing-declined", .consentPerStage) {
            try $0.moveOffline(for: .declined)
        }
    }

    @Test("declining one stage takes that stage offline, not the others", .proves(.consentPerStage))
    func oneStageOnly() throws {
        var story = try CaseStory.invited()
        try story.link()
        try story.answerConsent(.defendant, .evidenceExchange)
        try story.answerConsent(.defendant, .hearing, agreed: false)
        try story.moveOffline(for: .declined)
        #expect(story.state.participation.agrees(.defendant, to: .evidenceExchange))
        #expect(story.state.participation.agrees(.defendant, to: .hearing) == false)
    }

    @Test("who declined and now agrees is online again", .proves(.consentPerStage))
    func agreeingAgain() throws {
        var story = try CaseStory.invited()
        try story.link()
        try story.answerConsent(.defendant, .hearing, agreed: false)
        try story.moveOffline(for: .declined)
        try story.answerConsent(.defendant, .hearing)
        #expect(story.state.participation.agrees(.defendant, to: .hearing))
    }
}
