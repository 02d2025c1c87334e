import Procedure
import Testing

@Suite("Ending a window early", .proves(.asynchronousSteps))
struct EarlyEndTests {
    @Test("when every party agrees, a phase ends before its last day though nobody spoke", .proves(.wholeHearing))
    func phase() throws {
        var story = try CaseStory.hearing(in: .investigation)
        try story.agreeToEnd(.investigation, .plaintiff, on: "2026-04-01")
        #expect(story.entries.last?.under == [.asynchronousSteps, .wholeHearing])
        #expect(story.duties() == ["lead-hearing judge 2026-04-03", "speak defendant 2026-04-03"])
        story.refuses("hearing.last-word-open", .wholeHearing) { try $0.openPhase(.debate, until: "2026-04-10") }
        try story.agreeToEnd(.investigation, .defendant)
        try story.openPhase(.debate, until: "2026-04-10")
        #expect(story.state.hearing.phase == .debate)
        #expect(story.state.hearing.endAgreed.isEmpty, "each phase is agreed on by itself")
        #expect(story.state.hearing.earlyEnds.map(\.party) == [.plaintiff, .defendant], "the record keeps both")
    }

    @Test("one may speak and the other agree; the last phase and with it the hearing ends so as well")
    func lastPhase() throws {
        var story = try CaseStory.hearing(in: .finalStatements)
        try story.state(.plaintiff)
        try story.agreeToEnd(.finalStatements, .defendant)
        try story.closeHearing()
        #expect(story.state.phase == .deliberation)
    }

    @Test("what is said or asked afterwards voids the agreement: nobody agrees to what is not yet known")
    func voided() throws {
        var story = try CaseStory.hearing(in: .investigation)
        try story.agreeToEnd(.investigation, .plaintiff, on: "2026-04-01")
        try story.state(.defendant)
        story.refuses("hearing.last-word-open", .wholeHearing) { try $0.openPhase(.debate, until: "2026-04-10") }
        try story.agreeToEnd(.investigation, .plaintiff)
        try story.ask(.plaintiff)
        story.refuses("hearing.own-question-open", .wholeHearing) { try $0.agreeToEnd(.investigation, .plaintiff) }
        try story.reply()
        try story.agreeToEnd(.investigation, .plaintiff)
        try story.openPhase(.debate, until: "2026-04-10")
    }

    @Test("it is a party's, once, for the phase that is open and inside its window", .proves(.wholeHearing))
    func whose() throws {
        var story = try CaseStory.hearing(in: .investigation)
        story.refuses("case.not-a-party", nil) { try $0.agreeToEnd(.investigation, .stranger) }
        story.refuses("hearing.other-phase", .wholeHearing, about: ["phase"]) { try $0.agreeToEnd(.debate, .plaintiff) }
        story.refuses("hearing.window-ended", .asynchronousSteps) {
            try $0.agreeToEnd(.investigation, .plaintiff, on: "2026-04-04")
        }
        try story.agreeToEnd(.investigation, .plaintiff)
        try story.entersNothing { try $0.agreeToEnd(.investigation, .plaintiff) }
    }

    @Test("when every party agrees, the exchange ends before its last day", .proves(.evidenceExchange))
    func exchange() throws {
        var story = try CaseStory.exchanging()
        story.refuses("evidence.window-still-open", .evidenceExchange) { try $0.closeExchange() }
        try story.agreeToEndExchange(.plaintiff)
        #expect(story.entries.last?.under == [.evidenceExchange, .asynchronousSteps])
        #expect(story.duties() == ["give-opinions defendant 2026-03-27"])
        try story.entersNothing { try $0.agreeToEndExchange(.plaintiff) }
        try story.agreeToEndExchange(.defendant)
        #expect(story.duties() == ["close-exchange judge -"])
        try story.closeExchange()
        #expect(story.state.evidence.exchange?.closed != nil)
        story.refuses("evidence.exchange-not-open", nil) { try $0.agreeToEndExchange(.plaintiff) }
    }

    @Test("exhibits that come afterwards void it; a stranger has nothing to agree to", .proves(.evidenceExchange))
    func newExhibits() throws {
        var story = try CaseStory.exchanging()
        try story.agreeToEndExchange(.plaintiff)
        try story.agreeToEndExchange(.defendant)
        try story.offer(late: "客服记录刚刚导出。")
        story.refuses("evidence.window-still-open", .evidenceExchange) { try $0.closeExchange() }
        story.refuses("case.not-a-party", nil) { try $0.agreeToEndExchange(.stranger) }
    }
}
