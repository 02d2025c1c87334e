import Procedure
import Testing

@Suite("The parties are told who sits", .proves(.tellWhoSits))
struct BenchNoticeTests {
    /// Another judge was drawn on Friday 3 April, in the middle of the hearing.
    private func redrawn() throws -> CaseStory {
        var story = try CaseStory.hearing(in: .investigation)
        try story.askRecusal(on: "2026-04-01")
        try story.decideRecusal(upheld: true, because: "确有利害关系。")
        try story.redraw(on: "2026-04-03")
        return story
    }

    @Test("a redraw enters the notice, which waits for both parties, due in three days with its reason")
    func bothAreTold() throws {
        let story = try redrawn()
        #expect(story.entries.last?.act.documents.map(\.kind) == [.benchNotice])
        #expect(story.entries.last?.act.body.files.isEmpty == false)
        for person in [Person.plaintiff, .defendant] {
            #expect(story.state.waitingPapers(for: person.party).map(\.kind) == [.benchNotice])
        }
        #expect(story.state.waitingPapers(for: .number(99)).isEmpty)
        // The third day, 6 April, is the last of Qingming.
        #expect(story.duties().contains("serve-papers clerk 2026-04-07"))
        let why = try story.duty(.servePapers).why
        #expect(why.lines.flatMap(\.articles).contains(Article.tellWhoSits.rawValue))
        #expect(story.duties().contains("lead-hearing other judge 2026-04-05"), "the hearing does not wait for it")
    }

    @Test("it is owed until it has reached each of them, in the account or by post", .proves(.serviceByPost))
    func untilItHasReachedBoth() throws {
        var story = try redrawn()
        try story.serve([.benchNotice], on: .plaintiff)
        #expect(story.state.waitingPapers(for: .plaintiff).isEmpty)
        #expect(story.duties().contains("serve-papers clerk 2026-04-07"))
        try story.postPapers([.benchNotice], to: .defendant)
        #expect(story.duties().contains("serve-papers clerk 2026-04-07"), "on its way is not served")
        try story.receive(story.state.service.deliveries.count, onDay: "2026-04-07", on: "2026-04-08")
        #expect(story.state.waitingPapers(for: .defendant).isEmpty)
        #expect(story.duties().contains { $0.hasPrefix("serve-papers") } == false)
    }

    @Test("a party that comes in later is told within three days of that", .proves(.groundsOfRecusal))
    func cameInLater() throws {
        var story = try CaseStory.invited()
        try story.askRecusal(.plaintiff)
        try story.decideRecusal(upheld: true, because: "确有利害关系。")
        try story.redraw(on: "2026-03-10")
        #expect(story.state.waitingPapers(for: .defendant).isEmpty, "nobody is in that place yet")
        #expect(story.duties().contains("serve-papers clerk 2026-03-13"))
        try story.serve([.benchNotice], on: .plaintiff)
        #expect(story.duties().contains { $0.hasPrefix("serve-papers") } == false)
        try story.link(on: "2026-03-12")
        // 15 March is a Sunday.
        #expect(story.duties().contains("serve-papers clerk 2026-03-16"))
    }

    @Test("a notice of a judge who had to step aside too is served no more; the next one is")
    func onlyTheOneWhoSits() throws {
        var story = try redrawn()
        try story.serve([.benchNotice], on: .plaintiff)
        try story.askRecusal(.plaintiff, because: "另有利害关系。")
        try story.decideRecusal(upheld: true, because: "属实。")
        #expect(story.state.waitingPapers(for: .defendant).isEmpty)
        #expect(story.duties() == ["redraw-judge president -"])
        try story.redraw(.among([.number(208)]), edition: 2, on: "2026-04-08")
        for person in [Person.plaintiff, .defendant] {
            #expect(story.state.waitingPapers(for: person.party) == [.paper(.benchNotice, edition: 2)])
        }
        #expect(story.duties().contains("serve-papers clerk 2026-04-13"))
    }

    @Test("once the case has ended nobody is told who sits, and the file closes without it")
    func notAfterTheEnd() throws {
        var story = try CaseStory.feeNoticed()
        try story.askRecusal(.plaintiff)
        try story.decideRecusal(upheld: true, because: "确有利害关系。")
        try story.redraw()
        try story.ruleDeemedWithdrawal(signedBy: .judge, on: "2026-03-12")
        #expect(story.state.waitingPapers(for: .plaintiff).map(\.kind) == [.withdrawalRuling])
        story.refuses("case.ended", nil) { try $0.serve([.benchNotice], on: .plaintiff) }
        try story.serve([.withdrawalRuling], on: .plaintiff)
        #expect(story.duties() == ["archive clerk -"])
    }
}
