import Procedure
import Testing

@Suite("Whole cases")
struct WholeCaseTests {
    @Test(
        "from the click to the archive",
        .proves(
            .onlineFiling, .askTheOtherSide, .arrivalIsService, .evidenceExchange, .examinedEvidenceOnly,
            .asynchronousSteps, .wholeHearing, .electronicTranscript, .electronicArchive))
    func clickToArchive() throws {
        let story = try CaseStory.archived()
        #expect(story.state.phase == .archived)
        #expect(story.state.judgment.effectiveOn == "2026-04-17")
        #expect(story.state.trialLimit(in: story.context(for: .judge))?.lastDay == "2026-05-06")
        #expect(story.entries.map(\.position) == Array(1...story.entries.count))
        #expect(story.entries.allSatisfy { !$0.under.isEmpty }, "each act rests on an article")
        #expect(zip(story.entries, story.entries.dropFirst()).allSatisfy { $0.entered <= $1.entered })
        #expect(CaseState(folding: story.entries) == story.state)
    }

    @Test("with one correction the case comes out the same", .proves(.clockAfterCorrection))
    func oneCorrection() throws {
        var story = try CaseStory.submitted()
        try story.requestCorrection(due: "2026-03-06", on: "2026-03-03")
        try story.correct()
        try story.docket(on: "2026-03-04")
        try story.agreeToStages(.plaintiff)
        try story.confirmAddress(.plaintiff)
        try story.serveDocketingNotices()
        try story.invite()
        #expect(story.state.participation.invitations[.defendant]?.address == "浙江省义乌市稠城街道演示街88号2楼")
        #expect(story.state.fee == (try CaseStory.feeNoticed().state.fee))
    }

    @Test("unpaid: the suit counts as withdrawn, the ruling is served, the file archived", .proves(.unpaidIsWithdrawal))
    func unpaid() throws {
        var story = try CaseStory.feeNoticed()
        try story.ruleDeemedWithdrawal(on: "2026-03-12")
        #expect(story.duties() == ["serve-papers clerk -"])
        try story.serve([.withdrawalRuling], on: .plaintiff)
        #expect(story.duties() == ["archive clerk -"])
        try story.certifyEverything()
        try story.archive()
        #expect(story.state.phase == .archived)
    }

    @Test(
        "a silent defendant goes offline; for the plaintiff nothing changes",
        .proves(.askTheOtherSide, .consentPerStage))
    func silentDefendant() throws {
        var story = try CaseStory.invited()
        let before = story.state
        #expect(story.duties(on: "2026-03-21").contains("move-offline clerk -"))
        try story.moveOffline(on: "2026-03-21")
        #expect(story.state.participation.consents == before.participation.consents)
        #expect(story.state.service == before.service && story.state.fee == before.fee)
        try story.offer(late: "刚刚取得")
        try story.serve([.hearingNotice], on: .plaintiff)
        #expect(story.duties() == ["handle-offline clerk -"])
    }

    @Test("what the plaintiff still owes does not vanish with the defendant", .proves(.consentPerStage))
    func plaintiffStillOwes() throws {
        var story = try CaseStory.docketed()
        #expect(story.duties().contains("answer-consents plaintiff -"))
        #expect(story.duties().contains("confirm-address plaintiff -"))
        try story.invite()
        try story.moveOffline(on: "2026-03-21")
        #expect(story.duties().contains("answer-consents plaintiff -"))
    }

    @Test("recusal asked and refused: the case goes on to its end", .proves(.askingForRecusal, .decidingRecusal))
    func recusal() throws {
        var story = try CaseStory.hearing(in: .investigation)
        try story.askRecusal(on: "2026-04-01")
        try story.decideRecusal(on: "2026-04-02")
        for phase in [HearingPhase.debate, .finalStatements] {
            for person in [Person.plaintiff, .defendant] { try story.state(person) }
            try story.openPhase(phase, until: "2026-04-30")
        }
        for person in [Person.plaintiff, .defendant] { try story.state(person) }
        try story.closeHearing()
        #expect(story.state.phase == .deliberation && story.state.hearing.recusals.map(\.upheld) == [false])
    }
}
