import Procedure
import Testing

@Suite("Who owes what by when")
struct DutyTests {
    @Test(
        "at each chapter of the case",
        .proves(.docketWithinSevenDays, .prepayWithinSevenDays, .serveComplaintAndAnswer),
        arguments: [
            (Chapter.submitted, ["review-filing filing clerk 2026-03-09"]),
            (
                Chapter.docketed,
                [
                    "answer-consents plaintiff -", "confirm-address plaintiff -", "invite-defendant clerk 2026-03-09",
                    "serve-docketing-notices clerk 2026-03-09",
                ]
            ),
            (Chapter.feeNoticed, ["invite-defendant clerk 2026-03-09", "pay-fee plaintiff 2026-03-11"]),
            (Chapter.invited, ["link-case defendant 2026-03-12"]),
            (Chapter.joined, ["serve-complaint clerk -"]),
            (Chapter.served, ["answer defendant 2026-03-27"]),
            (Chapter.answered, ["open-exchange judge -"]),
            (
                Chapter.exchanging,
                ["give-opinions defendant 2026-03-27", "give-opinions plaintiff 2026-03-27"]
            ),
            (
                Chapter.exchanged,
                ["agree-on-writing defendant -", "agree-on-writing plaintiff -", "find-exhibits judge -"]
            ),
            (Chapter.readyForHearing, ["open-hearing judge -"]),
            (Chapter.hearing, ["lead-hearing judge 2026-03-30"]),
            (
                Chapter.debate,
                [
                    "lead-hearing judge 2026-04-10", "speak defendant 2026-04-10", "speak plaintiff 2026-04-10",
                ]
            ),
            (Chapter.heard, ["draw-transcript clerk -"]),
            (
                Chapter.transcribed,
                [
                    "confirm-transcript defendant 2026-04-20", "confirm-transcript judge -",
                    "confirm-transcript plaintiff 2026-04-20",
                ]
            ),
            (Chapter.transcriptConfirmed, ["sign-judgment judge 2026-05-06"]),
            (Chapter.judged, ["serve-judgment clerk -"]),
            (Chapter.closed, ["archive clerk -"]),
            (Chapter.archived, []),
        ] as [(Chapter, [String])])
    func owed(_ chapter: Chapter, _ duties: [String]) throws {
        #expect(try chapter.told().duties() == duties)
    }

    @Test(
        "the notices that go with docketing are the clerk's: by the seven days of filing or the three of the draw",
        .proves(.onlineFiling, .docketWithinSevenDays, .noticesOfDocketing, .tellWhoSits))
    func docketingNotices() throws {
        // Docketed on Monday the 2nd itself: three days end before seven.
        var early = try CaseStory.submitted()
        try early.docket(on: "2026-03-02")
        #expect(early.duties().contains("serve-docketing-notices clerk 2026-03-05"))
        // On the last day of the seven they are due at once.
        var late = try CaseStory.submitted()
        try late.docket(on: "2026-03-09")
        #expect(late.duties().contains("serve-docketing-notices clerk 2026-03-09"))
        // After a correction the seven days began anew.
        var corrected = try CaseStory.submitted()
        try corrected.requestCorrection(on: "2026-03-04")
        try corrected.correct(on: "2026-03-11")
        try corrected.docket(on: "2026-03-12")
        #expect(corrected.duties().contains("serve-docketing-notices clerk 2026-03-16"))
        // Served, they are owed no more.
        #expect(try CaseStory.feeNoticed().duties().contains { $0.hasPrefix("serve-docketing") } == false)
    }

    @Test(
        "a day the law sets is explained in both languages",
        arguments: [
            (Chapter.submitted, Duty.Step.reviewFiling), (Chapter.docketed, .inviteDefendant),
            (Chapter.docketed, .serveDocketingNotices),
            (Chapter.transcribed, .confirmTranscript), (Chapter.transcriptConfirmed, .signJudgment),
        ] as [(Chapter, Duty.Step)])
    func explained(_ chapter: Chapter, _ step: Duty.Step) throws {
        let duty = try chapter.told().duty(step)
        #expect(duty.why.lines.isEmpty == false)
        #expect(duty.why.lines.allSatisfy { !$0.words.zh.isEmpty && !$0.words.en.isEmpty })
    }

    @Test(
        "days the law sets that were told by an act are explained as well",
        arguments: [
            (Chapter.feeNoticed, Duty.Step.payFee), (Chapter.invited, .linkCase), (Chapter.served, .answer),
        ] as [(Chapter, Duty.Step)])
    func explainedWhenTold(_ chapter: Chapter, _ step: Duty.Step) throws {
        let duty = try chapter.told().duty(step)
        #expect(duty.why.lines.isEmpty == false)
    }
}
