import Procedure
import Testing

@Suite("Writing to the defendant once more", .proves(.askTheOtherSide))
struct SendAgainTests {
    /// Drawn on 5 March, posted on the 6th, not known to have arrived.
    private func posted() throws -> CaseStory {
        var story = try CaseStory.docketed()
        try story.invite(on: "2026-03-05")
        try story.post(on: "2026-03-06")
        return story
    }

    private func invitation(_ story: CaseStory) throws -> ParticipationState.Invitation {
        try #require(story.state.participation.invitations[.defendant])
    }

    @Test("the letter that came back is kept, a new one waits for the post, and its receipt starts the three days")
    func undelivered() throws {
        var story = try posted()
        try story.sendAgain(on: "2026-03-16")
        let again = try invitation(story)
        #expect(again.earlier.map(\.ground) == [.undelivered])
        #expect(again.earlier.map(\.tracking) == ["EMS1234567890"])
        #expect(again.posted == nil && again.tracking == nil && again.answerBy == "2026-04-10")
        #expect(again.address == "义乌市演示街88号")
        #expect(story.duties().contains("post-invitation clerk -"))
        #expect(try story.last("participation.sent-again").under == [.askTheOtherSide])

        // A receipt cannot be that of a letter still on the desk.
        story.refuses("participation.letter-not-posted", nil) { try $0.receiveInvitation(onDay: "2026-03-16") }
        try story.post(on: "2026-03-17")
        #expect(!story.duties().contains("post-invitation clerk -"))
        // Friday 20 March and three days: Monday 23 March.
        try story.receiveInvitation(onDay: "2026-03-20", on: "2026-03-23")
        #expect(try invitation(story).linkBy == "2026-03-23")
        try story.link(on: "2026-03-23")
        guard case .participation(.linked(let linked)) = try story.last("participation.linked").act else { return }
        #expect(linked.inTime)
    }

    @Test("silence is counted from the new period: what never arrived was not left unanswered")
    func silence() throws {
        var story = try posted()
        try story.sendAgain(on: "2026-03-16")
        story.refuses("participation.still-in-period", .askTheOtherSide) { try $0.moveOffline(on: "2026-03-21") }
        try story.moveOffline(on: "2026-04-11")
    }

    @Test("once a letter has arrived its receipt stands; only a lost code is a reason to write again")
    func arrived() throws {
        var story = try CaseStory.invited()
        for ground in [InvitationSentAgain.Ground.lost, .undelivered] {
            story.refuses("participation.letter-arrived", .askTheOtherSide, about: ["ground"]) {
                try $0.sendAgain(ground)
            }
        }
        try story.sendAgain(.codeLost)
        #expect(story.duties().contains("post-invitation clerk -"))
        #expect(try invitation(story).linkBy == "2026-03-12")
        try story.post()
        try story.entersNothing { try $0.receiveInvitation() }
        #expect(try invitation(story).received == .on("2026-03-09"))
    }

    @Test("another address says where the file has it; a known one need not")
    func address() throws {
        var story = try posted()
        story.refuses("participation.address-not-on-file", nil, about: ["address_source"]) {
            try $0.sendAgain(to: "义乌市样板路9号")
        }
        try story.sendAgain(to: "义乌市样板路9号", source: "原告提交的地址说明")
        #expect(try invitation(story).address == "义乌市样板路9号")
        #expect(story.state.knownAddresses(of: .defendant) == ["义乌市演示街88号", "义乌市样板路9号"])
        try story.post()
        try story.sendAgain(to: "义乌市演示街88号", source: "不必写")
        guard case .participation(.sentAgain(let body)) = try story.last("participation.sent-again").act else { return }
        #expect(body.addressSource == nil)
    }

    @Test("a period told is never shortened, and ends after today")
    func period() throws {
        let story = try posted()
        story.refuses("participation.period-shortened", nil, about: ["answer_by"]) {
            try $0.sendAgain(answerBy: "2026-03-19")
        }
        story.refuses("participation.period-past", .askTheOtherSide, about: ["answer_by"]) {
            try $0.sendAgain(answerBy: "2026-03-23", on: "2026-03-23")
        }
    }

    @Test("what is still on the desk is posted, not written again")
    func stillOnTheDesk() throws {
        var story = try CaseStory.docketed()
        story.refuses("participation.not-invited", nil) { try $0.sendAgain() }
        story.refuses("participation.not-invited", nil) { try $0.renewCode() }
        try story.invite()
        story.refuses("participation.letter-not-posted", nil) { try $0.sendAgain() }
        try story.post()
        try story.sendAgain()
        story.refuses("participation.letter-not-posted", nil) { try $0.sendAgain() }
    }

    @Test("a new code changes no day and no letter")
    func code() throws {
        var story = try CaseStory.invited()
        let before = try invitation(story)
        try story.renewCode()
        let after = try invitation(story)
        #expect(after.codeRenewed != nil)
        #expect(after.received == before.received && after.linkBy == before.linkBy)
        #expect(after.answerBy == before.answerBy && after.letter == before.letter && after.posted == before.posted)
        try story.link()
        #expect(story.state.parties.filledBy[.defendant] == Person.defendant.account)
    }

    @Test("nobody who has come in is written to again, and nobody after the end")
    func tooLate() throws {
        let joined = try CaseStory.joined()
        joined.refuses("participation.already-linked", nil) { try $0.sendAgain() }
        joined.refuses("participation.already-linked", nil) { try $0.renewCode() }
        var ended = try CaseStory.feeNoticed()
        try ended.invite()
        try ended.post()
        try ended.ruleDeemedWithdrawal(on: "2026-03-12")
        ended.refuses("case.ended", nil) { try $0.sendAgain() }
        ended.refuses("case.ended", nil) { try $0.renewCode() }
    }

    @Test("a party moved offline in silence can still be written to, and comes back by linking")
    func offline() throws {
        var story = try posted()
        try story.moveOffline(on: "2026-03-21")
        try story.sendAgain(.lost)
        #expect(story.duties().contains("post-invitation clerk -"))
        try story.post()
        try story.receiveInvitation(basis: .codeUsed)
        try story.link()
        #expect(story.state.participation.offline.isEmpty)
    }
}
