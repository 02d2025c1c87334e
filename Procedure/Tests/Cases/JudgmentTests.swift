import Procedure
import Testing

@Suite("Judgment", .proves(.contentOfJudgment))
struct JudgmentTests {
    @Test(
        "the judge of the case signs what answers every claim and rests on examined evidence",
        .proves(.singleJudge, .smallClaims, .pronouncement))
    func signed() throws {
        var story = try CaseStory.transcriptConfirmed()
        try story.signJudgment(on: "2026-04-16")
        #expect(story.state.phase == .judged)
        #expect(story.entries.last?.under == [.contentOfJudgment, .smallClaims])
        try story.pronounce()
        #expect(story.entries.last?.under == [.pronouncement])
        try story.entersNothing { try $0.pronounce() }
    }

    @Test("another judge, a second judgment, an ended or undocketed case", .proves(.singleJudge))
    func refused() throws {
        let story = try CaseStory.transcriptConfirmed()
        story.refuses("judgment.not-the-judge", .singleJudge) { try $0.signJudgment(by: .president) }
        try CaseStory.judged().refuses("judgment.already-given", nil) { try $0.signJudgment() }
        try CaseStory.closed().refuses("case.ended", nil) { try $0.signJudgment() }
        try CaseStory.submitted().refuses("case.not-docketed", nil) { try $0.signJudgment() }
        story.refuses("judgment.not-signed", nil) { try $0.pronounce() }
    }

    @Test("hearing held and record settled", .proves(.electronicTranscript, .readingTheRecord))
    func settled() throws {
        try CaseStory.hearing(in: .finalStatements).refuses("transcript.hearing-not-closed", nil) {
            try $0.signJudgment()
        }
        var story = try CaseStory.transcribed()
        try story.confirmTranscript(.judge)
        story.refuses("judgment.transcript-unsettled", .electronicTranscript) { try $0.signJudgment(on: "2026-04-20") }
        try story.signJudgment(on: "2026-04-21")
    }

    @Test("every claim is decided, and none beyond what was asked")
    func claims() throws {
        let story = try CaseStory.transcriptConfirmed()
        story.refuses("judgment.claim-undecided", .contentOfJudgment, about: [ClaimID.threefold.rawValue]) {
            try $0.signJudgment(.shopping(decisions: [.refundGranted]))
        }
        let wrong = [
            ClaimDecision(claim: .threefold, outcome: .granted, amount: .yuan(9_999), reason: "超出请求"),
            ClaimDecision(claim: .threefold, outcome: .granted, amount: nil, reason: "没有金额"),
            ClaimDecision(claim: .threefold, outcome: .partlyGranted, amount: .yuan(3_840), reason: "并非部分"),
            ClaimDecision(claim: .threefold, outcome: .dismissed, amount: nil, reason: ""),
            ClaimDecision(claim: .threefold, outcome: .dismissed, amount: .yuan(1), reason: "驳回"),
        ]
        for decision in wrong {
            story.refuses("judgment.beyond-claim", .contentOfJudgment, about: [ClaimID.threefold.rawValue]) {
                try $0.signJudgment(.shopping(decisions: [.refundGranted, decision]))
            }
        }
    }

    @Test("nothing is awarded that nobody claimed")
    func unclaimed() throws {
        let extra = ClaimDecision(claim: .number(7), outcome: .granted, amount: .yuan(10_000), reason: "精神损害")
        let twice = ClaimDecision(claim: .refund, outcome: .dismissed, amount: nil, reason: "驳回")
        let story = try CaseStory.transcriptConfirmed()
        for decision in [extra, twice] {
            story.refuses("judgment.no-such-claim", .contentOfJudgment, about: [decision.claim.rawValue]) {
                try $0.signJudgment(.shopping(decisions: [.refundGranted, .threefoldInPart, decision]))
            }
        }
    }

    @Test("only evidence that was examined and found carries a finding", .proves(.examinedEvidenceOnly))
    func cited() throws {
        var story = try CaseStory.transcriptConfirmed()
        story.refuses("judgment.cites-unexamined", .examinedEvidenceOnly, about: [ExhibitID.chat.rawValue]) {
            try $0.signJudgment(.shopping(cited: [.order, .chat]))
        }
        try story.find(.report, notGenuine: "样品来源不明")
        story.refuses("judgment.cites-unexamined", .examinedEvidenceOnly, about: [ExhibitID.report.rawValue]) {
            try $0.signJudgment()
        }
    }

    @Test("the time to perform is a day at least and a year at most")
    func performance() throws {
        let story = try CaseStory.transcriptConfirmed()
        for days in [0, -10, 366] {
            story.refuses("judgment.performance-period", .contentOfJudgment, about: ["perform_within_days"]) {
                try $0.signJudgment(.shopping(performWithinDays: days))
            }
        }
    }

    @Test("findings, reasons and the law applied stand in it")
    func reasons() throws {
        let story = try CaseStory.transcriptConfirmed()
        for content in [JudgmentContent.shopping(findings: ""), .shopping(reasons: " "), .shopping(provisions: [])] {
            story.refuses("judgment.no-provision", .contentOfJudgment) { try $0.signJudgment(content) }
        }
    }

    @Test("the shares of the fee add up", .proves(.loserPays))
    func shares() throws {
        let story = try CaseStory.transcriptConfirmed()
        story.refuses("judgment.fee-shares-wrong", .loserPays) {
            try $0.signJudgment(.shopping(feeShares: [FeeShare(party: .defendant, amount: .yuan(24))]))
        }
        let negative = [
            FeeShare(party: .plaintiff, amount: .yuan(-75)), FeeShare(party: .defendant, amount: .yuan(100)),
        ]
        let stranger = [FeeShare(party: .number(99), amount: .yuan(25))]
        for shares in [negative, stranger] {
            story.refuses("judgment.fee-shares-wrong", .loserPays) {
                try $0.signJudgment(.shopping(feeShares: shares))
            }
        }
    }

    @Test("the judge signs this very judgment", .proves(.onlineSigning))
    func signature() throws {
        try CaseStory.transcriptConfirmed().refuses("judgment.signature-mismatch", .onlineSigning) {
            try $0.signJudgment(signature: Person.judge.signs(.paper(.transcript)))
        }
    }

    @Test("the judge sees everything that is wanting at once")
    func everythingAtOnce() throws {
        let story = try CaseStory.transcribed()
        let empty = JudgmentContent.shopping(findings: "", decisions: [], cited: [.chat], feeShares: [])
        #expect(
            story.state.wanting(in: empty, context: story.context(for: .judge)).map(\.code) == [
                "judgment.transcript-unsettled", "judgment.claim-undecided", "judgment.cites-unexamined",
                "judgment.no-provision", "judgment.fee-shares-wrong",
            ])
    }

    @Test("served on the last party it has effect, there being no appeal", .proves(.smallClaims))
    func effect() throws {
        var story = try CaseStory.judged()
        try story.serve([.judgment], on: .plaintiff)
        #expect(story.state.judgment.effectiveOn == nil)
        try story.serve([.judgment], on: .defendant, on: "2026-04-17")
        #expect(story.state.judgment.effectiveOn == "2026-04-17")
        #expect(story.state.closing.manner == .judgment)
        try story.serve([.judgment], on: .defendant)
        #expect(story.count(of: "judgment.took-effect") == 1)
    }

    @Test("every judgment is pronounced", .proves(.pronouncement))
    func pronounced() throws {
        var story = try CaseStory.transcriptConfirmed()
        try story.signJudgment()
        #expect(story.duties() == ["sign-judgment judge -"])
        story.refuses("judgment.not-pronounced", .pronouncement) { try $0.serve([.judgment], on: .plaintiff) }
        try story.pronounce()
        #expect(story.duties() == ["serve-judgment clerk -"])
    }
}

@Suite("The archive", .proves(.electronicArchive, .fileOfSimpleCase))
struct ArchiveTests {
    @Test("a complete file is archived once")
    func archived() throws {
        let story = try CaseStory.archived()
        #expect(story.state.phase == .archived && story.duties().isEmpty)
        #expect(story.entries.last?.under == [.electronicArchive, .fileOfSimpleCase])
        try story.entersNothing { try $0.archive() }
    }

    @Test("what is missing is named")
    func incomplete() throws {
        try CaseStory.judged().refuses("archive.not-closed", nil) { try $0.archive() }
        try CaseStory.closed().refuses("archive.incomplete", .fileOfSimpleCase, about: ["proofs-of-service"]) {
            try $0.archive()
        }
        #expect(
            CaseState().missingForArchive.map(\.rawValue) == ["complaint", "decision"],
            "a case that did not end by judgment needs no more than its papers and its end")
    }

    @Test("once the case has ended nothing of the trial goes on")
    func nothingAfterTheEnd() throws {
        var story = try CaseStory.hearing(in: .investigation)
        try story.strike(story.last("fee.paid").id)
        try story.ruleDeemedWithdrawal()
        story.refuses("case.ended", nil) { try $0.state(.plaintiff) }
        story.refuses("case.ended", nil) { try $0.ask() }
        story.refuses("case.ended", nil) { try $0.askRecusal() }
        story.refuses("case.ended", nil) { try $0.openPhase(.debate, until: "2026-04-10") }
        story.refuses("case.ended", nil) { try $0.find(.report) }
        story.refuses("case.ended", nil) { try $0.moveOffline(for: .declined) }
        story.refuses("case.ended", nil) { try $0.serve([.evidenceNotice], on: .defendant) }
        story.refuses("case.ended", nil) { try $0.findForm(.report) }
        story.refuses("case.ended", nil) { try $0.reply() }
        story.refuses("case.ended", nil) { try $0.closeHearing() }
        var exchanging = try CaseStory.exchanging()
        try exchanging.strike(exchanging.last("fee.paid").id)
        try exchanging.ruleDeemedWithdrawal()
        exchanging.refuses("case.ended", nil) { try $0.opine(.defendant, on: .order) }
        exchanging.refuses("case.ended", nil) { try $0.closeExchange() }
        var transcribed = try CaseStory.transcribed()
        try transcribed.strike(transcribed.last("fee.paid").id)
        try transcribed.ruleDeemedWithdrawal()
        transcribed.refuses("case.ended", nil) { try $0.draftTranscript(edition: 2) }
        transcribed.refuses("case.ended", nil) { try $0.confirmTranscript(.plaintiff) }
        transcribed.refuses("case.ended", nil) { try $0.objectToTranscript() }
    }
}
