import Procedure
import Testing

@Suite("Docketing", .proves(.docketWithinSevenDays))
struct DocketingTests {
    @Test("the case gets its number, its procedure and its judge", .proves(.singleJudge, .smallClaims, .onlineFiling))
    func docketed() throws {
        let story = try CaseStory.docketed()
        #expect(story.state.phase == .docketed)
        #expect(story.state.filing.docketed?.number.rawValue == "（2026）演0192民初1号")
        #expect(story.state.filing.docketed?.draw.drawn == Person.judge.account)
        #expect(story.entries.last?.under == [.docketWithinSevenDays, .onlineFiling, .singleJudge, .smallClaims])
    }

    @Test("late is no bar to docketing")
    func late() throws {
        var story = try CaseStory.submitted()
        try story.docket(on: "2026-03-30")
        #expect(story.state.phase == .docketed)
    }

    @Test("the lot falls the same way again from what is on record")
    func drawnAgain() throws {
        let judges = (1...7).map { AccountID.number(400 + $0) }
        let draw = JudgeDraw.among(judges.reversed())
        #expect(JudgeDraw(among: draw.candidates, seed: draw.seed)?.drawn == draw.drawn)
        #expect(draw.candidates.map(\.judge) == judges)
        #expect(JudgeDraw(among: [], seed: draw.seed) == nil)
    }

    @Test("a judge who must step aside is not drawn", .proves(.groundsOfRecusal))
    func barredJudge() throws {
        let story = try CaseStory.submitted()
        story.refuses("filing.barred-judge", .groundsOfRecusal) {
            try $0.docket(draw: .among([Person.plaintiff.account]))
        }
        let barred = [
            JudgeDraw.Candidate(judge: Person.judge.account, name: "法官甲", workload: 3, barred: "与原告系近亲属"),
            JudgeDraw.Candidate(judge: .number(401), name: "法官乙", workload: 90, barred: nil),
        ]
        for seed in 1...50 {
            #expect(JudgeDraw(among: barred, seed: .number(seed))?.drawn == .number(401))
        }
        #expect(JudgeDraw(among: [barred[0]], seed: .number(1)) == nil)
    }

    @Test("a draw that names a judge who was left out is refused", .proves(.groundsOfRecusal))
    func tamperedDraw() throws {
        let other = JudgeDraw.Candidate(judge: .number(401), name: "法官乙", workload: 3, barred: nil)
        let honest = try #require(JudgeDraw(among: [other], seed: .number(1)))
        let tampered = try Stored.decode(
            JudgeDraw.self,
            Stored.text(honest).replacing("\"drawn\":\"\(other.judge)\"", with: "\"drawn\":\"\(Person.judge.account)\"")
        )
        #expect(tampered.drawn == Person.judge.account)
        try CaseStory.submitted().refuses("filing.barred-judge", .groundsOfRecusal) { try $0.docket(draw: tampered) }
    }

    @Test(
        "only small claims are heard here so far", .proves(.smallClaims), arguments: [TrialProcedure.simple, .ordinary])
    func otherProcedure(_ procedure: TrialProcedure) throws {
        try CaseStory.submitted().refuses("filing.procedure-not-open", .smallClaims) { try $0.docket(as: procedure) }
    }

    @Test("a case is docketed once, and nothing of the filing is open afterwards")
    func once() throws {
        let story = try CaseStory.docketed()
        story.refuses("filing.already-docketed", nil) { try $0.docket() }
        story.refuses("filing.already-decided", nil) { try $0.requestCorrection() }
        story.refuses("filing.already-decided", nil) { try $0.correct() }
        story.refuses("filing.already-decided", nil) { try $0.returnPapers() }
        story.refuses("filing.already-decided", nil) { try $0.adviseTransfer() }
        story.refuses("filing.already-decided", nil) { try $0.insist() }
        story.refuses("filing.already-decided", nil) { try $0.ruleNonAcceptance() }
    }

    @Test("papers that went back are not docketed; there is nothing to docket without a complaint")
    func nothingToDocket() throws {
        CaseStory.onlineShopping().refuses("filing.not-submitted", nil) { try $0.docket() }
        var story = try CaseStory.submitted()
        try story.adviseTransfer()
        try story.returnPapers()
        story.refuses("filing.already-decided", nil) { try $0.docket() }
    }
}
