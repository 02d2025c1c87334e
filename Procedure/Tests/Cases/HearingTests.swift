import Procedure
import Testing

@Suite("Agreeing on a hearing in writing", .proves(.asynchronousSteps))
struct WritingTests {
    @Test("one applies saying why, the other agrees or not, until the hearing begins", .proves(.consentPerStage))
    func agreed() throws {
        var story = try CaseStory.exchanged()
        try story.applyForWriting(on: "2026-03-25")
        #expect(story.state.hearing.agreed == [.plaintiff])
        try story.answerWriting(agreed: false)
        #expect(story.state.hearing.refused[.defendant] == "希望当面陈述。")
        try story.answerWriting()
        #expect(story.state.hearing.agreed == [.plaintiff, .defendant] && story.state.hearing.refused.isEmpty)
        #expect(story.entries.last?.under == [.asynchronousSteps, .consentPerStage])
        try story.entersNothing { try $0.answerWriting() }
    }

    @Test("applying: in the case, with a difficulty, once, before the hearing, before the end")
    func applyRefused() throws {
        try CaseStory.submitted().refuses("case.not-docketed", nil) { try $0.applyForWriting() }
        let story = try CaseStory.exchanged()
        story.refuses("case.not-a-party", nil) { try $0.applyForWriting(.stranger) }
        story.refuses("hearing.difficulty-missing", .asynchronousSteps, about: ["difficulty"]) {
            try $0.applyForWriting(because: "")
        }
        try CaseStory.readyForHearing().refuses("hearing.already-applied", nil) { try $0.applyForWriting(.defendant) }
        try CaseStory.hearing().refuses("hearing.already-begun", nil) { try $0.applyForWriting() }
        try CaseStory.closed().refuses("case.ended", nil) { try $0.applyForWriting() }
    }

    @Test("answering: to an application, before the hearing, before the end")
    func answerRefused() throws {
        let story = try CaseStory.exchanged()
        story.refuses("hearing.not-applied", .asynchronousSteps) { try $0.answerWriting() }
        story.refuses("case.not-a-party", nil) { try $0.answerWriting(.stranger) }
        try CaseStory.hearing().refuses("hearing.already-begun", nil) { try $0.answerWriting(agreed: false) }
        try CaseStory.closed().refuses("case.ended", nil) { try $0.answerWriting() }
    }

    @Test("who would rather meet owes nothing for it", .proves(.consentPerStage))
    func refusingIsNoDuty() throws {
        var story = try CaseStory.exchanged()
        try story.applyForWriting()
        try story.answerWriting(agreed: false)
        #expect(story.duties().contains("agree-on-writing defendant -") == false)
    }
}

@Suite("The hearing in writing", .proves(.wholeHearing))
struct HearingTests {
    @Test("every gate of article 20 holds, each with its reason", .proves(.asynchronousSteps))
    func opened() throws {
        let story = try CaseStory.hearing()
        #expect(story.state.hearing.opened?.gates.map(\.gate) == WritingGate.allCases)
        #expect(story.state.hearing.opened?.gates.allSatisfy { !$0.reason.isEmpty } == true)
        #expect(story.state.hearing.phase == .preparation)
        #expect(story.entries.last?.under == [.asynchronousSteps, .wholeHearing])
    }

    @Test("each gate that does not hold is named", .proves(.asynchronousSteps))
    func gates() throws {
        let ready = try CaseStory.readyForHearing()
        ready.refuses("hearing.gates-not-met", .asynchronousSteps, about: ["difficulty", "facts-undisputed"]) {
            try $0.openHearing(finding: [])
        }
        var refused = ready
        try refused.answerWriting(agreed: false)
        refused.refuses("hearing.gates-not-met", .asynchronousSteps, about: ["one-applied-all-agreed"]) {
            try $0.openHearing()
        }
        try CaseStory.exchanging().refuses(
            "hearing.gates-not-met", .asynchronousSteps,
            about: ["difficulty", "one-applied-all-agreed", "facts-undisputed"]
        ) { try $0.openHearing() }
        #expect(CaseStory.onlineShopping().state.writingGates.allSatisfy { $0.verdict == .notMet })
        #expect(ready.state.writingGates.map(\.verdict) == [.met, .judgeFinds, .met, .judgeFinds])
    }

    @Test("no hearing online without everyone's consent to this stage", .proves(.consentPerStage))
    func withoutConsent() throws {
        try CaseStory.invited().refuses("hearing.without-consent", .consentPerStage) { try $0.openHearing() }
    }

    @Test("not before docketing, twice, until today, or after the end")
    func openRefused() throws {
        try CaseStory.submitted().refuses("case.not-docketed", nil) { try $0.openHearing() }
        try CaseStory.hearing().refuses("hearing.already-begun", nil) { try $0.openHearing() }
        try CaseStory.readyForHearing().refuses("evidence.window-past", .evidenceExchange, about: ["until"]) {
            try $0.openHearing(until: "2026-03-27", on: "2026-03-27")
        }
        try CaseStory.closed().refuses("case.ended", nil) { try $0.openHearing() }
    }

    @Test("preparation, investigation, debate, last word: in order, none left out")
    func phases() throws {
        let story = try CaseStory.hearing()
        story.refuses("hearing.phase-out-of-order", .wholeHearing) { try $0.openPhase(.debate, until: "2026-04-03") }
        story.refuses("hearing.phase-out-of-order", .wholeHearing) {
            try $0.openPhase(.preparation, until: "2026-04-03")
        }
        story.refuses("hearing.phase-missing", .wholeHearing) { try $0.closeHearing() }
        story.refuses("evidence.window-past", .evidenceExchange, about: ["until"]) {
            try $0.openPhase(.investigation, until: "2026-03-31", on: "2026-03-31")
        }
        let ready = try CaseStory.readyForHearing()
        ready.refuses("hearing.not-open", nil) { try $0.openPhase(.investigation, until: "2026-04-03") }
        ready.refuses("hearing.not-open", nil) { try $0.closeHearing() }
        let last = try CaseStory.hearing(in: .finalStatements)
        last.refuses("hearing.phase-out-of-order", .wholeHearing) { try $0.openPhase(.debate, until: "2026-04-20") }
        try CaseStory.heard().refuses("hearing.not-open", nil) { try $0.closeHearing() }
    }

    @Test("a question keeps its phase open until it is answered or the window ends", .proves(.asynchronousSteps))
    func questions() throws {
        var story = try CaseStory.hearing(in: .investigation)
        try story.ask(on: "2026-04-01")
        story.refuses("hearing.questions-open", .wholeHearing) {
            try $0.openPhase(.debate, until: "2026-04-10", on: "2026-04-03")
        }
        var unanswered = story
        try unanswered.openPhase(.debate, until: "2026-04-10", on: "2026-04-04")
        #expect(unanswered.state.hearing.phase == .debate)
        try story.reply(on: "2026-04-02")
        #expect(story.state.hearing.questions.first?.answer == "由原告委托，已通知被告。")
        story.refuses("hearing.not-your-question", nil) { try $0.reply() }
        story.refuses("hearing.last-word-open", .wholeHearing) { try $0.openPhase(.debate, until: "2026-04-10") }
        try story.state(.defendant)
        try story.openPhase(.debate, until: "2026-04-10")
    }

    @Test("each party has its last word, or the time for it")
    func lastWord() throws {
        var story = try CaseStory.hearing(in: .finalStatements)
        try story.state(.plaintiff)
        story.refuses("hearing.last-word-open", .wholeHearing) { try $0.closeHearing(on: "2026-04-14") }
        var silent = story
        try silent.closeHearing(on: "2026-04-15")
        #expect(silent.state.phase == .deliberation)
        try story.state(.defendant)
        try story.closeHearing()
        #expect(story.entries.last?.under == [.wholeHearing])
    }

    @Test("no phase ends before each party has spoken in it or had the time it was told")
    func timeToSpeak() throws {
        let story = try CaseStory.hearing(in: .debate)
        story.refuses("hearing.last-word-open", .wholeHearing) {
            try $0.openPhase(.finalStatements, until: "2026-04-14", on: "2026-04-07")
        }
    }
}

@Suite("Speaking in the hearing", .proves(.wholeHearing, .asynchronousSteps))
struct SpeakingTests {
    @Test("the judge asks, in the investigation")
    func ask() throws {
        try CaseStory.readyForHearing().refuses("hearing.not-open", nil) { try $0.ask() }
        try CaseStory.hearing().refuses("hearing.no-questions-now", .wholeHearing) { try $0.ask() }
        let story = try CaseStory.hearing(in: .investigation)
        story.refuses("case.not-a-party", nil) { try $0.ask(.stranger) }
        story.refuses("hearing.nothing-said", nil, about: ["text"]) { try $0.ask(.plaintiff, " ") }
    }

    @Test("the party asked answers, in time")
    func answer() throws {
        try CaseStory.readyForHearing().refuses("hearing.not-open", nil) { try $0.reply() }
        var story = try CaseStory.hearing(in: .investigation)
        story.refuses("hearing.not-your-question", nil) { try $0.reply() }
        try story.ask(on: "2026-04-01")
        story.refuses("hearing.not-your-question", nil) { try $0.reply(.defendant) }
        story.refuses("hearing.nothing-said", nil, about: ["text"]) { try $0.reply(.plaintiff, "") }
        story.refuses("hearing.window-ended", .asynchronousSteps) { try $0.reply(on: "2026-04-04") }
        try story.reply(on: "2026-04-04", happened: .at("2026-04-03T15:59:59.999Z"))
        #expect(story.state.hearing.questions.first?.answered != nil, "sent in the last second, committed after it")
    }

    @Test("nobody is asked once there is no time to answer")
    func askedTooLate() throws {
        let story = try CaseStory.hearing(in: .investigation)
        story.refuses("hearing.window-ended", .asynchronousSteps) { try $0.ask(on: "2026-04-04") }
    }

    @Test("a question on the last day leaves the party one full day more")
    func askedOnTheLastDay() throws {
        var story = try CaseStory.hearing(in: .investigation)
        try story.ask(on: "2026-04-02")
        #expect(story.state.hearing.phaseUntil == "2026-04-03")
        try story.ask(.defendant, question: .number(2), on: "2026-04-03")
        #expect(story.state.hearing.phaseUntil == "2026-04-04")
        try story.reply(.defendant, question: .number(2), on: "2026-04-04")
    }

    @Test("parties speak while the window is open")
    func statements() throws {
        try CaseStory.readyForHearing().refuses("hearing.not-open", nil) { try $0.state(.plaintiff) }
        var story = try CaseStory.hearing(in: .debate)
        story.refuses("case.not-a-party", nil) { try $0.state(.stranger) }
        story.refuses("hearing.nothing-said", nil, about: ["text"]) { try $0.state(.plaintiff, "") }
        story.refuses("hearing.window-ended", .asynchronousSteps) { try $0.state(.plaintiff, on: "2026-04-11") }
        try story.state(.plaintiff, "被告明知而为。")
        #expect(story.state.hearing.statements.last?.phase == .debate)
        #expect(story.entries.last?.under == [.asynchronousSteps, .wholeHearing])
    }
}
