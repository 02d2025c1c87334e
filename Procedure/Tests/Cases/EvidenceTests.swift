import Procedure
import Testing

@Suite("The answer", .proves(.serveComplaintAndAnswer, .waysToSubmit))
struct AnswerTests {
    @Test("the defendant answers each claim and brings exhibits")
    func answered() throws {
        let story = try CaseStory.answered()
        #expect(story.state.evidence.answer?.responses.count == 2)
        #expect(story.state.evidence.exhibits.map(\.by) == [.plaintiff, .plaintiff, .defendant])
        #expect(story.entries.last?.under == [.serveComplaintAndAnswer, .waysToSubmit])
    }

    @Test("a late answer is heard: no right is lost by it")
    func late() throws {
        var story = try CaseStory.served()
        try story.answer(.seller(exhibits: []), on: "2026-03-30")
        #expect(story.state.evidence.answer != nil)
    }

    @Test("nobody answers a complaint not served, twice, or for the other side")
    func outOfOrder() throws {
        try CaseStory.joined().refuses("answer.complaint-not-served", nil) { try $0.answer() }
        try CaseStory.answered().refuses("answer.already-given", nil) { try $0.answer() }
        try CaseStory.served().refuses("case.not-a-party", nil) { try $0.answer(.seller(party: .plaintiff)) }
        var unanswered = try CaseStory.served()
        try unanswered.openExchange(until: "2026-04-03", on: "2026-03-30")
        #expect(unanswered.state.evidence.exchange != nil)
    }

    @Test("every claim gets an answer; costs need none")
    func claimUnanswered() throws {
        try CaseStory.served().refuses("answer.claim-unanswered", .serveComplaintAndAnswer, about: ["responses"]) {
            try $0.answer(.seller(responses: [.refundAdmitted]))
        }
    }

    @Test("the defendant signs exactly this answer", .proves(.onlineSigning))
    func signature() throws {
        let story = try CaseStory.served()
        story.refuses("answer.signature-mismatch", .onlineSigning) {
            try $0.answer(.seller(signature: Person.defendant.signs(.paper(.complaint))))
        }
        story.refuses("answer.signature-mismatch", .onlineSigning) { try $0.answer(by: .clerk) }
    }

    @Test("after the hearing there is no more answer and no more evidence")
    func hearingOver() throws {
        var story = try CaseStory.joined()
        try story.ruleNothingButEnd()
        story.refuses("case.ended", nil) { try $0.offer() }
        try CaseStory.heard().refuses("hearing.over", nil) { try $0.offer(late: "刚刚取得") }
    }
}

extension CaseStory {
    /// Ends the case for an unpaid fee, whatever else has happened.
    fileprivate mutating func ruleNothingButEnd() throws {
        try strike(last("fee.paid").id)
        try ruleDeemedWithdrawal(on: "2026-03-13")
    }
}

@Suite("Offering evidence", .proves(.waysToSubmit))
struct OfferingTests {
    @Test("in time, further evidence needs no reason")
    func inTime() throws {
        var story = try CaseStory.served()
        try story.offer([.shopPage], by: .defendant, late: "不需要", on: "2026-03-19")
        #expect(story.entries.last?.under == [.waysToSubmit])
        guard case .evidence(.offered(let body)) = story.entries.last?.act else { return }
        #expect(body.reasonForDelay == nil)
        #expect(story.state.evidence.exhibit(.shopPage)?.ordinal == 3)
    }

    @Test("late evidence says why, and the court decides", .proves(.lateEvidence))
    func late() throws {
        var story = try CaseStory.served()
        story.refuses("evidence.late-without-reason", .lateEvidence, about: ["reason_for_delay"]) {
            try $0.offer(by: .plaintiff, late: " ", on: "2026-03-12")
        }
        try story.offer(by: .plaintiff, late: "客服记录在3月13日才导出。", on: "2026-03-13")
        #expect(story.entries.last?.under == [.lateEvidence])
        guard case .evidence(.offered(let body)) = story.entries.last?.act else { return }
        #expect(body.reasonForDelay == "客服记录在3月13日才导出。")
    }

    @Test("evidence that comes late with the answer says why as well", .proves(.lateEvidence))
    func lateWithAnswer() throws {
        let story = try CaseStory.served()
        story.refuses("evidence.late-without-reason", .lateEvidence, about: ["reason_for_delay"]) {
            try $0.answer(on: "2026-03-25")
        }
        var late = story
        try late.answer(because: "此前住院，未能及时整理。", on: "2026-03-25")
        #expect(late.entries.last?.under == [.serveComplaintAndAnswer, .lateEvidence])
        #expect(late.state.evidence.answer?.reasonForDelay == "此前住院，未能及时整理。")
        var bare = story
        try bare.answer(.seller(exhibits: []), on: "2026-03-25")
        #expect(bare.state.evidence.answer?.reasonForDelay == nil)
    }

    @Test("nothing chosen, nobody in the case, or no case yet")
    func refused() throws {
        let story = try CaseStory.served()
        story.refuses("evidence.none-chosen", nil) { try $0.offer([]) }
        story.refuses("case.not-a-party", nil) { try $0.offer(by: .stranger) }
        try CaseStory.submitted().refuses("case.not-docketed", nil) { try $0.offer() }
    }
}

@Suite("Exchange of evidence", .proves(.evidenceExchange))
struct ExchangeTests {
    @Test(
        "all agreed and the answer is in: a window opens in which each gives opinions at its own time",
        .proves(.asynchronousSteps))
    func opened() throws {
        let story = try CaseStory.exchanging()
        #expect(story.state.phase == .exchange)
        #expect(story.entries.last?.under == [.evidenceExchange, .asynchronousSteps])
        #expect(story.state.evidence.isExchangeOpen(today: "2026-03-27"))
        #expect(story.state.evidence.isExchangeOpen(today: "2026-03-28") == false)
    }

    @Test("no exchange online without everyone's consent to this stage", .proves(.consentPerStage))
    func withoutConsent() throws {
        var story = try CaseStory.invited()
        try story.link()
        try story.confirmAddress(.defendant)
        try story.answerConsent(.defendant, .hearing)
        try story.serveComplaint()
        story.refuses("evidence.exchange-without-consent", .evidenceExchange) { try $0.openExchange(on: "2026-04-01") }
    }

    @Test("the answer, or the end of its period, comes first", .proves(.serveComplaintAndAnswer))
    func answerAwaited() throws {
        let served = try CaseStory.served()
        served.refuses("evidence.answer-awaited", .serveComplaintAndAnswer) {
            try $0.openExchange(until: "2026-04-03", on: "2026-03-27")
        }
        try CaseStory.joined().refuses("answer.complaint-not-served", nil) { try $0.openExchange() }
        var silent = served
        try silent.openExchange(until: "2026-04-03", on: "2026-03-28")
        #expect(silent.state.phase == .exchange)
    }

    @Test("not before docketing, not twice, not until today, not after the end")
    func openRefused() throws {
        try CaseStory.submitted().refuses("case.not-docketed", nil) { try $0.openExchange() }
        try CaseStory.exchanging().refuses("evidence.exchange-already-open", nil) { try $0.openExchange() }
        try CaseStory.answered().refuses("evidence.window-past", .evidenceExchange, about: ["until"]) {
            try $0.openExchange(until: "2026-03-20", on: "2026-03-20")
        }
        try CaseStory.closed().refuses("case.ended", nil) { try $0.openExchange() }
    }

    @Test("a later opinion takes the place of the earlier one while the window is open", .proves(.examinedEvidenceOnly))
    func opinions() throws {
        var story = try CaseStory.exchanging()
        try story.opine(.defendant, on: .report, disputing: "单方委托", on: "2026-03-23")
        try story.opine(.defendant, on: .report, on: "2026-03-27")
        #expect(story.state.evidence.exhibit(.report)?.opinions[.defendant]?.authenticity.accepted == true)
        #expect(story.entries.last?.under == [.evidenceExchange, .examinedEvidenceOnly])
        story.refuses("evidence.exchange-not-open", nil) { try $0.opine(.defendant, on: .order, on: "2026-03-28") }
    }

    @Test("a bare dispute is none: it needs its reasons", .proves(.originalsRequired))
    func bareDispute() throws {
        try CaseStory.exchanging().refuses(
            "evidence.dispute-needs-reason", .originalsRequired, about: ["authenticity"]
        ) { try $0.opine(.defendant, on: .report, disputing: " ") }
    }

    @Test("opinions are a party's, on the other side's exhibits", .proves(.examinedEvidenceOnly))
    func whoseExhibit() throws {
        let story = try CaseStory.exchanging()
        story.refuses("evidence.own-exhibit", .examinedEvidenceOnly) { try $0.opine(.plaintiff, on: .report) }
        story.refuses("evidence.unknown-exhibit", nil) { try $0.opine(.plaintiff, on: .chat) }
        story.refuses("case.not-a-party", nil) { try $0.opine(.stranger, on: .report) }
        try CaseStory.answered().refuses("evidence.exchange-not-open", nil) { try $0.opine(.defendant, on: .report) }
    }

    @Test("it closes when all have spoken, or the window is over")
    func closing() throws {
        var story = try CaseStory.exchanging()
        story.refuses("evidence.window-still-open", .evidenceExchange) { try $0.closeExchange(on: "2026-03-27") }
        try story.closeExchange(on: "2026-03-28")
        #expect(story.state.evidence.exchange?.closed != nil)
        story.refuses("evidence.exchange-not-open", nil) { try $0.closeExchange() }
        try CaseStory.answered().refuses("evidence.exchange-not-open", nil) { try $0.closeExchange() }
        #expect(try CaseStory.exchanged().state.evidence.exchange?.closed != nil)
    }
}

@Suite("Findings on evidence", .proves(.examinedEvidenceOnly))
struct FindingTests {
    @Test("three findings, each with its reason where it goes against the exhibit")
    func found() throws {
        var story = try CaseStory.exchanged()
        story.refuses("evidence.finding-needs-reason", .examinedEvidenceOnly, about: ["authenticity"]) {
            try $0.find(.report, notGenuine: "")
        }
        try story.find(.report, notGenuine: "检测样品来源不明")
        #expect(story.state.evidence.exhibit(.report)?.finding?.authenticity.upheld == false)
        story.refuses("evidence.unknown-exhibit", nil) { try $0.find(.chat) }
    }

    @Test(
        "what the other side has not examined cannot be found on; meeting the form says nothing about truth",
        .proves(.originalForm))
    func notExamined() throws {
        var story = try CaseStory.exchanging()
        story.refuses("evidence.not-examined", .examinedEvidenceOnly) { try $0.find(.report) }
        story.refuses("evidence.not-examined", .examinedEvidenceOnly) { try $0.findForm(.report) }
        try story.opine(.defendant, on: .report)
        try story.find(.report)
        #expect(story.state.evidence.exhibit(.report)?.form == nil)
        var closed = try CaseStory.exchanged()
        try closed.findForm(.order)
        #expect(closed.state.evidence.exhibit(.order)?.finding == nil)
        #expect(closed.entries.last?.under == [.originalForm])
    }

    @Test("“no objection” is not open where the copy is said to differ; other grounds are", .proves(.originalForm))
    func objectionStands() throws {
        var story = try CaseStory.exchanging()
        try story.opine(.defendant, on: .report, differs: "缺少第二页")
        try story.closeExchange(on: "2026-03-28")
        story.refuses("evidence.objection-stands", .originalForm) { try $0.findForm(.report) }
        try story.findForm(.report, .compared)
        #expect(story.state.evidence.exhibit(.report)?.form?.ground == .compared)
        story.refuses("evidence.unknown-exhibit", nil) { try $0.findForm(.chat) }
    }

    @Test("an exhibit that came after the exchange was not examined in it", .proves(.originalForm))
    func offeredAfterTheExchange() throws {
        var story = try CaseStory.exchanged()
        try story.offer(late: "客服记录刚刚导出。", on: "2026-03-25")
        story.refuses("evidence.not-examined", .examinedEvidenceOnly) { try $0.find(.chat) }
        story.refuses("evidence.not-examined", .examinedEvidenceOnly) { try $0.findForm(.chat) }
    }

    @Test("for such an exhibit the exchange opens again, and for no other", .proves(.evidenceExchange))
    func openedAgain() throws {
        try CaseStory.exchanged().refuses("evidence.exchange-already-open", nil) {
            try $0.openExchange(until: "2026-04-03")
        }
        var story = try CaseStory.exchanged()
        try story.offer(late: "客服记录刚刚导出。", on: "2026-03-25")
        #expect(story.duties().contains("open-exchange judge -"))
        try story.openExchange(until: "2026-03-30")
        #expect(story.duties().filter { $0.hasPrefix("give") } == ["give-opinions defendant 2026-03-30"])
        story.refuses("evidence.exchange-not-open", nil) { try $0.opine(.defendant, on: .order, disputing: "另有说法") }
        try story.opine(.defendant, on: .chat, on: "2026-03-26")
        try story.closeExchange()
        try story.findForm(.chat)
        try story.find(.chat)
        #expect(story.state.evidence.exhibit(.chat)?.finding != nil)
        story.refuses("evidence.exchange-already-open", nil) { try $0.openExchange(until: "2026-04-03") }
    }
}
