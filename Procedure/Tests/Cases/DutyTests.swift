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

    @Test("the notices that go with docketing are owed by somebody", .proves(.onlineFiling))
    func docketingNotices() throws {
        let duties = try CaseStory.docketed().duties()
        withKnownIssue("acceptance, fee and evidence notices are nobody's duty, so the fee may never fall due") {
            #expect(duties.contains { $0.contains("notice") })
        }
    }

    @Test(
        "a day the law sets is explained in both languages",
        arguments: [
            (Chapter.submitted, Duty.Step.reviewFiling), (Chapter.docketed, .inviteDefendant),
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
