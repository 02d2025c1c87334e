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
        try CaseStory.hearing(in: .finalStatements).refuses("hearing.not-open", nil) { try $0.askRecusal() }
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

    @Test("a party may ask before the hearing begins, once it knows its judge")
    func beforeTheHearing() throws {
        var story = try CaseStory.joined()
        try story.askRecusal()
        #expect(story.state.hearing.pendingRecusal != nil)
    }
}
