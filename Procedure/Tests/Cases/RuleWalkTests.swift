import Procedure
import Testing

/// The same numbers for the same seed, on every machine.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: Int) { state = UInt64(seed) }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite("Any step at any time")
struct RuleWalkTests {
    @Test("no step crashes, a refusal changes nothing, folding anew gives the same state", arguments: 1...120)
    func walk(seed: Int) throws {
        var numbers = SeededNumbers(seed: seed)
        var story = try Chapter.allCases.randomElement(using: &numbers)?.told() ?? CaseStory.onlineShopping()
        for _ in 0..<80 {
            if Int.random(in: 0..<4, using: &numbers) == 0 {
                let days = Int.random(in: 1...4, using: &numbers)
                story.wait(until: CourtZone.china.day(of: story.now).adding(days: days))
            }
            let before = story
            do {
                try randomStep(&story, &numbers)
            } catch is Refusal {
                #expect(story.state == before.state && story.entries == before.entries)
            }
            checkDuties(of: story)
        }
        #expect(CaseState(folding: story.entries) == story.state)
        if story.count(of: "entry.corrected") + story.count(of: "entry.struck") == 0 {
            var oneByOne = CaseState()
            for entry in story.entries { oneByOne.apply(entry) }
            #expect(oneByOne == story.state)
        }
    }

    /// Everything owed is owed by somebody in the case, and what is explained is explained in both languages.
    private func checkDuties(of story: CaseStory) {
        for duty in story.state.duties(in: story.context(for: .clerk)) {
            if case .party(let party) = duty.owner { #expect(story.state.parties.place(party) != nil) }
            #expect(duty.why.lines.allSatisfy { !$0.words.zh.isEmpty && !$0.words.en.isEmpty })
            #expect(duty.due != nil || duty.why.lines.isEmpty)
        }
        #expect(story.state.closing.archivedAt == nil || story.duties().isEmpty)
    }

    private typealias Step = @Sendable (inout CaseStory, Person, inout SeededNumbers) throws -> Void

    private func randomStep(_ story: inout CaseStory, _ numbers: inout SeededNumbers) throws {
        let person = [Person.plaintiff, .defendant, .defendant, .stranger].randomElement(using: &numbers) ?? .plaintiff
        try Self.steps.randomElement(using: &numbers)?(&story, person, &numbers)
    }

    private static func soon(_ story: CaseStory, _ numbers: inout SeededNumbers) -> CourtDay {
        CourtZone.china.day(of: story.now).adding(days: Int.random(in: -1...5, using: &numbers))
    }

    private static let steps: [Step] = filingSteps + earlySteps + evidenceSteps + hearingSteps + lastSteps

    private static let filingSteps: [Step] = [
        { story, person, _ in try story.submit(by: person) },
        { story, _, numbers in try story.requestCorrection(due: soon(story, &numbers)) },
        { story, _, _ in try story.correct() },
        { story, _, _ in try story.returnPapers() },
        { story, _, _ in try story.adviseTransfer() },
        { story, _, _ in try story.insist() },
        { story, _, _ in try story.ruleNonAcceptance() },
        { story, _, _ in try story.docket() },
    ]

    private static let earlySteps: [Step] = [
        { story, _, numbers in
            try story.pay(
                .yuan(.random(in: 24...25, using: &numbers)), reference: "P\(Int.random(in: 1...3, using: &numbers))")
        },
        { story, _, _ in try story.settle() },
        { story, _, numbers in try story.refund("P\(Int.random(in: 1...3, using: &numbers))") },
        { story, _, _ in try story.ruleDeemedWithdrawal() },
        { story, person, numbers in
            try story.answerConsent(
                person, Stage.allCases.randomElement(using: &numbers) ?? .hearing, agreed: .random(using: &numbers))
        },
        { story, person, numbers in try story.invite(person, answerBy: soon(story, &numbers)) },
        { story, _, _ in try story.post() },
        { story, _, numbers in
            let ground = InvitationSentAgain.Ground.allCases.randomElement(using: &numbers) ?? .lost
            try story.sendAgain(ground, answerBy: soon(story, &numbers))
        },
        { story, _, _ in try story.renewCode() },
        { story, _, _ in try story.receiveInvitation() },
        { story, person, _ in try story.link(person) },
        { story, person, numbers in try story.moveOffline(person, for: .random(using: &numbers) ? .silence : .declined)
        },
        { story, person, _ in try story.confirmAddress(person) },
        { story, _, _ in try story.serveDocketingNotices() },
        { story, _, _ in try story.serveComplaint() },
        { story, person, _ in try story.serve([.judgment], on: person) },
        { story, person, numbers in
            let kinds: [DocumentKind] = [
                .complaint, .correctionNotice, .returnNotice, .withdrawalRuling, .benchNotice, .judgment,
            ]
            try story.postPapers([kinds.randomElement(using: &numbers) ?? .complaint], to: person)
        },
        { story, _, numbers in
            let today = CourtZone.china.day(of: story.now)
            try story.receive(.random(in: 1...6, using: &numbers), onDay: today)
        },
        { story, _, numbers in try story.certify(.random(in: 1...6, using: &numbers)) },
    ]

    private static let evidenceSteps: [Step] = [
        { story, person, _ in try story.answer(by: person) },
        { story, person, numbers in try story.offer(by: person, late: .random(using: &numbers) ? "" : "刚刚取得") },
        { story, _, numbers in try story.openExchange(until: soon(story, &numbers)) },
        { story, person, numbers in
            try story.opine(
                person, on: .number(.random(in: 1...4, using: &numbers)),
                disputing: .random(using: &numbers) ? nil : "存疑")
        },
        { story, person, _ in try story.agreeToEndExchange(person) },
        { story, _, _ in try story.closeExchange() },
        { story, _, numbers in try story.findForm(.number(.random(in: 1...4, using: &numbers))) },
        { story, _, numbers in try story.find(.number(.random(in: 1...4, using: &numbers))) },
    ]

    private static let hearingSteps: [Step] = [
        { story, person, _ in try story.applyForWriting(person) },
        { story, person, numbers in try story.answerWriting(person, agreed: .random(using: &numbers)) },
        { story, _, numbers in try story.openHearing(until: soon(story, &numbers)) },
        { story, _, numbers in
            let phase = HearingPhase.allCases.randomElement(using: &numbers) ?? .debate
            try story.openPhase(phase, until: soon(story, &numbers))
        },
        { story, _, _ in try story.closeHearing() },
        { story, person, _ in try story.agreeToEnd(story.state.hearing.phase ?? .debate, person) },
        { story, person, _ in try story.ask(person) },
        { story, person, _ in try story.reply(person) },
        { story, person, _ in try story.state(person) },
        { story, person, _ in try story.askRecusal(person) },
        { story, _, numbers in try story.decideRecusal(upheld: .random(using: &numbers)) },
        { story, _, numbers in try story.redraw(.random(using: &numbers) ? .lot : .otherLot) },
    ]

    private static let lastSteps: [Step] = [
        { story, _, numbers in try story.draftTranscript(edition: .random(in: 1...2, using: &numbers)) },
        { story, person, _ in try story.confirmTranscript(person, version: story.state.hearing.transcript?.version ?? 1)
        },
        { story, _, _ in try story.confirmTranscript(.judge, version: story.state.hearing.transcript?.version ?? 1) },
        { story, person, _ in try story.objectToTranscript(person) },
        { story, _, _ in try story.signJudgment() },
        { story, _, _ in try story.pronounce() },
        { story, _, _ in try story.archive() },
        { story, _, numbers in
            guard let entry = story.entries.randomElement(using: &numbers) else { return }
            try story.strike(entry.id)
        },
        { story, _, numbers in
            guard let entry = story.entries.randomElement(using: &numbers) else { return }
            try story.mend(entry.id, to: entry.act)
        },
    ]
}
