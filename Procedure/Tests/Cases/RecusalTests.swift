import Procedure
import Testing

@Suite("Recusal", .proves(.askingForRecusal, .decidingRecusal))
struct RecusalTests {
    private func asked() throws -> CaseStory {
        var story = try CaseStory.hearing(in: .investigation)
        try story.ask(on: "2026-04-01")
        try story.askRecusal()
        return story
    }

    @Test(
        "while a request waits, the hearing waits; the president owes a decision in three days", .proves(.wholeHearing))
    func waits() throws {
        let story = try asked()
        #expect(story.entries.last?.under == [.askingForRecusal, .wholeHearing])
        // 4 to 6 April is Qingming: the three days end on the first working day after it.
        #expect(story.duties() == ["decide-recusal president 2026-04-07"])
        story.refuses("hearing.recusal-pending", .askingForRecusal) { try $0.openPhase(.debate, until: "2026-04-10") }
        story.refuses("hearing.recusal-pending", .askingForRecusal) { try $0.ask(question: .number(2)) }
        story.refuses("hearing.recusal-pending", .askingForRecusal) { try $0.reply() }
        story.refuses("hearing.recusal-pending", .askingForRecusal) { try $0.state(.plaintiff) }
        story.refuses("hearing.recusal-pending", .askingForRecusal) { try $0.closeHearing() }
        story.refuses("hearing.recusal-pending", .askingForRecusal) { try $0.askRecusal(.plaintiff) }
    }

    @Test("the president decides, never the judge concerned, and gives a reason")
    func decided() throws {
        var story = try asked()
        story.refuses("hearing.own-recusal", .decidingRecusal) { try $0.decideRecusal(by: .judge) }
        story.refuses("hearing.own-recusal", .decidingRecusal) { try $0.decideRecusal(by: .clerk) }
        story.refuses("hearing.recusal-needs-reason", .askingForRecusal, about: ["reason"]) {
            try $0.decideRecusal(because: "")
        }
        try story.decideRecusal()
        #expect(story.entries.last?.under == [.decidingRecusal])
        #expect(story.state.hearing.pendingRecusal == nil)
        try story.reply()
        story.refuses("hearing.no-recusal-pending", nil) { try $0.decideRecusal() }
    }

    @Test("a request gives its reasons, comes from a party, and before the debate ends")
    func asking() throws {
        let story = try CaseStory.hearing(in: .debate)
        story.refuses("hearing.recusal-needs-reason", .askingForRecusal, about: ["reason"]) {
            try $0.askRecusal(because: "　")
        }
        story.refuses("case.not-a-party", nil) { try $0.askRecusal(.stranger) }
        try CaseStory.hearing(in: .finalStatements).refuses("hearing.recusal-too-late", .askingForRecusal) {
            try $0.askRecusal()
        }
    }

    @Test("a judge who must step aside decides nothing more in the case", .proves(.groundsOfRecusal))
    func upheld() throws {
        var story = try asked()
        try story.decideRecusal(upheld: true, because: "确有利害关系。")
        #expect(story.state.judge == nil && story.state.awaitsJudge)
        #expect(story.duties() == ["redraw-judge president -"])
        story.refuses("bench.recusal-upheld", .groundsOfRecusal) { try $0.openPhase(.debate, until: "2026-04-20") }
        story.refuses("bench.recusal-upheld", .groundsOfRecusal) { try $0.ask(question: .number(2)) }
        story.refuses("bench.recusal-upheld", .groundsOfRecusal) { try $0.find(.report) }
        story.refuses("bench.recusal-upheld", .groundsOfRecusal) { try $0.closeHearing() }
        story.refuses("bench.recusal-upheld", .groundsOfRecusal) { try $0.askRecusal() }
    }

    @Test("another judge is drawn, never one who stepped aside, and the case goes on", .proves(.groundsOfRecusal))
    func redrawn() throws {
        var story = try asked()
        story.refuses("bench.judge-sits", nil) { try $0.redraw() }
        try story.decideRecusal(upheld: true, because: "确有利害关系。")
        story.refuses("filing.barred-judge", .groundsOfRecusal) { try $0.redraw(.lot) }
        story.refuses("filing.barred-judge", .groundsOfRecusal) { try $0.redraw(.among([Person.plaintiff.account])) }
        try story.redraw(on: "2026-04-03")
        #expect(story.entries.last?.under == [.groundsOfRecusal, .singleJudge, .tellWhoSits])
        #expect(story.state.judge == Person.otherJudge.account)
        #expect(story.state.filing.docketed?.draw.drawn == Person.otherJudge.account)
        #expect(story.duties().contains("lead-hearing other judge 2026-04-05"), "two days waited, two days more")
        story.refuses("bench.judge-sits", nil) { try $0.redraw() }
        try story.askRecusal(.plaintiff, because: "另有利害关系。")
        try story.decideRecusal(upheld: true, because: "属实。")
        story.refuses("filing.barred-judge", .groundsOfRecusal) { try $0.redraw() }
        #expect(CaseState(folding: story.entries) == story.state)
    }

    @Test("a decision takes no time away from the parties")
    func windowKept() throws {
        var story = try asked()
        try story.decideRecusal(on: "2026-04-07")
        #expect(story.state.hearing.phaseUntil == "2026-04-09", "six days waited, six days more")
        try story.reply(on: "2026-04-07")
        #expect(story.state.hearing.questions.first?.answered != nil)
    }

}

@Suite("Recusal before the hearing", .proves(.askingForRecusal))
struct EarlyRecusalTests {
    @Test(
        "a party may ask from docketing on, when the judge is known",
        arguments: [
            Chapter.docketed, .feeNoticed, .invited, .joined, .served, .answered, .exchanging, .exchanged,
            .readyForHearing, .hearing, .debate,
        ])
    func asking(_ chapter: Chapter) throws {
        var story = try chapter.told()
        try story.askRecusal(.plaintiff)
        #expect(story.state.hearing.pendingRecusal?.by == .plaintiff)
        #expect(story.duties().first { $0.hasPrefix("decide-recusal president") } != nil)
        #expect(!story.duties().contains { $0.contains(" judge ") }, "the judge owes nothing meanwhile")
        try story.decideRecusal()
        guard story.state.hearing.opened == nil else { return }
        #expect(try story.duties() == chapter.told().duties(), "everything is owed as before")
    }

    @Test("not before there is a judge, nor once the debate has ended or the case")
    func outside() throws {
        try CaseStory.submitted().refuses("case.not-docketed", nil) { try $0.askRecusal(.plaintiff) }
        for chapter in [Chapter.heard, .transcribed, .judged] {
            try chapter.told().refuses("hearing.recusal-too-late", .askingForRecusal) { try $0.askRecusal(.plaintiff) }
        }
        try CaseStory.closed().refuses("case.ended", nil) { try $0.askRecusal(.plaintiff) }
    }

    @Test("while it waits the judge decides nothing in the case, and the others go on")
    func waits() throws {
        func waiting(_ chapter: Chapter) throws -> CaseStory {
            var story = try chapter.told()
            try story.askRecusal(.plaintiff)
            return story
        }
        func refuses(_ chapter: Chapter, _ step: (inout CaseStory) throws -> Void) throws {
            try waiting(chapter).refuses("hearing.recusal-pending", .askingForRecusal, step)
        }
        try refuses(.answered) { try $0.openExchange() }
        try refuses(.exchanging) { try $0.closeExchange(on: "2026-03-28") }
        try refuses(.exchanged) { try $0.find(.report) }
        try refuses(.exchanged) { try $0.findForm(.report) }
        try refuses(.readyForHearing) { try $0.openHearing() }
        try refuses(.feeNoticed) { try $0.ruleDeemedWithdrawal(on: "2026-03-12") }

        var declined = try CaseStory.invited()
        try declined.link(on: "2026-03-11")
        try declined.answerConsent(.defendant, .hearing, agreed: false)
        try declined.askRecusal(.plaintiff)
        declined.refuses("hearing.recusal-pending", .askingForRecusal) {
            try $0.moveOffline(for: .declined, by: .judge)
        }
        try declined.moveOffline(for: .declined)

        var exchange = try waiting(.exchanging)
        try exchange.opine(.defendant, on: .order)
        var answer = try waiting(.served)
        try answer.answer()
        var writing = try waiting(.exchanged)
        try writing.applyForWriting()
        try writing.answerWriting()
        #expect(writing.state.hearing.agreed.count == 2)
    }

    @Test("decided in three days; upheld, another judge takes the case where it stands", .proves(.decidingRecusal))
    func decided() throws {
        var story = try CaseStory.answered()
        try story.askRecusal(.plaintiff, on: "2026-03-18")
        // 21 March is a Saturday.
        #expect(story.duties() == ["decide-recusal president 2026-03-23"])
        #expect(try story.duty(.decideRecusal).why.lines.isEmpty == false)
        try story.decideRecusal(upheld: true, because: "确有利害关系。", on: "2026-03-19")
        story.refuses("bench.recusal-upheld", .groundsOfRecusal) { try $0.openExchange() }
        story.refuses("bench.recusal-upheld", .groundsOfRecusal) { try $0.askRecusal() }
        try story.redraw()
        #expect(story.duties().contains("open-exchange other judge -"))
        #expect(story.state.hearing.phaseUntil == nil)
        try story.openExchange()
    }
}
