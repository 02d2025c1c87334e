import Procedure
import Testing

@Suite("The record of the hearing", .proves(.electronicTranscript))
struct TranscriptTests {
    @Test("each confirms exactly the version it read", .proves(.onlineSigning))
    func confirmed() throws {
        var story = try CaseStory.transcribed()
        for person in [Person.plaintiff, .defendant, .judge] {
            #expect(story.state.isTranscriptSettled(in: story.context(for: .judge)) == false)
            try story.confirmTranscript(person)
            try story.entersNothing { try $0.confirmTranscript(person) }
        }
        #expect(story.state.isTranscriptSettled(in: story.context(for: .judge)))
        #expect(story.entries.last?.under == [.onlineSigning, .electronicTranscript])
    }

    @Test("changed after one confirmation: the confirmation covers the earlier version only", .proves(.onlineSigning))
    func changedAfterOneConfirmation() throws {
        var story = try CaseStory.transcribed()
        try story.confirmTranscript(.plaintiff)
        try story.objectToTranscript()
        try story.draftTranscript(edition: 2)
        #expect(story.state.hearing.transcript?.version == 2)
        #expect(story.state.hearing.transcript?.confirmedBy.isEmpty == true)
        #expect(story.duties().filter { $0.hasPrefix("confirm-transcript") }.count == 3)
        story.refuses("transcript.newer-version", .onlineSigning) { try $0.confirmTranscript(.defendant, version: 1) }
        story.refuses("transcript.signature-mismatch", .onlineSigning) {
            try $0.confirmTranscript(.plaintiff, version: 2, edition: 1)
        }
        try story.confirmTranscript(.plaintiff, version: 2)
    }

    @Test("five days to read; then silence does not hold the case up", .proves(.readingTheRecord))
    func fiveDays() throws {
        var story = try CaseStory.transcribed()
        try story.confirmTranscript(.judge)
        // Five days from 14 April end on Sunday the 19th, so on Monday the 20th.
        story.wait(until: "2026-04-20")
        #expect(story.state.isTranscriptSettled(in: story.context(for: .judge)) == false)
        story.wait(until: "2026-04-21")
        #expect(story.state.isTranscriptSettled(in: story.context(for: .judge)))
    }

    @Test("a party may ask for a correction, and the request stays on record", .proves(.readingTheRecord))
    func objection() throws {
        var story = try CaseStory.transcribed()
        try story.objectToTranscript()
        #expect(story.state.hearing.transcript?.objections.map(\.party) == [.defendant])
        #expect(story.entries.last?.under == [.readingTheRecord])
        story.refuses("transcript.newer-version", .onlineSigning) { try $0.objectToTranscript(version: 2) }
        story.refuses("case.not-a-party", nil) { try $0.objectToTranscript(.stranger) }
        story.refuses("hearing.nothing-said", nil, about: ["text"]) { try $0.objectToTranscript(.defendant, "") }
    }

    @Test("no record before the hearing is over, no confirming what is not drawn, nothing after the judgment")
    func outOfOrder() throws {
        try CaseStory.hearing(in: .finalStatements).refuses("transcript.hearing-not-closed", nil) {
            try $0.draftTranscript()
        }
        let heard = try CaseStory.heard()
        heard.refuses("transcript.none", nil) { try $0.confirmTranscript(.plaintiff) }
        heard.refuses("transcript.none", nil) { try $0.objectToTranscript() }
        try CaseStory.transcribed().refuses("case.not-a-party", nil) {
            try $0.confirmTranscript(.stranger, as: .some(PartyID.number(99)))
        }
        let judged = try CaseStory.judged()
        judged.refuses("case.ended", nil) { try $0.draftTranscript() }
        judged.refuses("case.ended", nil) { try $0.objectToTranscript() }
    }

    @Test("only the judge of the case confirms as the judge, and each party for itself", .proves(.onlineSigning))
    func whoConfirms() throws {
        let story = try CaseStory.transcribed()
        for person in [Person.clerk, .otherJudge] {
            story.refuses("judgment.not-the-judge", .singleJudge) { try $0.confirmTranscript(person) }
        }
        story.refuses("judgment.not-the-judge", .singleJudge) {
            try $0.confirmTranscript(.plaintiff, as: .some(nil))
        }
        story.refuses("case.not-a-party", nil) {
            try $0.confirmTranscript(.plaintiff, as: .some(PartyID.defendant))
        }
    }
}
