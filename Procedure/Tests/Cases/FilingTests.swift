import Procedure
import Testing

@Suite("Filing a complaint")
struct FilingTests {
    @Test(
        "a complete complaint reaches the court and waits for the filing clerk",
        .proves(.contentOfComplaint, .onlineFiling))
    func submitted() throws {
        let story = try CaseStory.submitted()
        #expect(story.state.phase == .submitted)
        #expect(story.state.parties.place(of: Person.plaintiff.account)?.role == .plaintiff)
        #expect(story.state.evidence.exhibits.map(\.ordinal) == [1, 2])
        #expect(story.state.filing.complaint?.sumInDispute == .yuan(5_120))
        #expect(story.entries.map(\.under) == [[.contentOfComplaint, .onlineFiling]])
    }

    @Test("a complaint is sent once")
    func twice() throws {
        try CaseStory.submitted().refuses("filing.already-submitted", nil) { try $0.submit() }
    }

    @Test("a cause that is not in the table is refused")
    func unknownCause() {
        CaseStory.onlineShopping().refuses("filing.unknown-cause", nil, about: ["cause"]) {
            try $0.submit(.onlineShopping(cause: "C999.99"))
        }
    }

    @Test(
        "what article 124 asks for must be there, and the refusal points at what is not", .proves(.contentOfComplaint),
        arguments: [
            (Complaint.onlineShopping(facts: " \n"), ["facts"]),
            (.onlineShopping(claims: []), ["claims"]),
            (.onlineShopping(parties: [.buyer]), ["defendant"]),
            (.onlineShopping(parties: [.seller]), ["plaintiff"]),
            (.onlineShopping(parties: [.buyer.telling(name: "　"), .seller]), ["plaintiff.name"]),
            (.onlineShopping(parties: [.buyer.telling(telephone: ""), .seller]), ["plaintiff.telephone"]),
            (
                .onlineShopping(parties: [.buyer.telling(residentNumber: .some(nil)), .seller]),
                ["plaintiff.resident_number"]
            ),
            (
                .onlineShopping(parties: [.buyer, .seller.telling(name: "", address: "")]),
                ["defendant.name", "defendant.address"]
            ),
            (
                .onlineShopping(document: DocumentReference(document: .number(1), kind: .complaint, files: [])),
                ["document"]
            ),
        ])
    func incomplete(_ complaint: Complaint, _ fields: [String]) {
        CaseStory.onlineShopping().refuses("filing.incomplete", .contentOfComplaint, about: fields) {
            try $0.submit(complaint)
        }
    }

    @Test("nobody has to know the defendant's telephone or resident number", .proves(.contentOfComplaint))
    func littleKnownOfTheDefendant() throws {
        var story = CaseStory.onlineShopping()
        try story.submit(
            .onlineShopping(parties: [.buyer, .seller.telling(residentNumber: .some(nil), telephone: "")]))
        #expect(story.state.phase == .submitted)
    }

    @Test(
        "a claim for money names its sum, and costs alone are no claim", .proves(.conditionsOfSuit),
        arguments: [
            [Claim.costs], [.refund, Claim(claim: .threefold, kind: .compensation, text: "赔偿", amount: nil)],
            [Claim(claim: .refund, kind: .refund, text: "退款", amount: .zero)],
            [Claim(claim: .refund, kind: .refund, text: "退款", amount: Money(minorUnits: -1))],
        ])
    func noConcreteClaim(_ claims: [Claim]) {
        CaseStory.onlineShopping().refuses("filing.no-concrete-claim", .conditionsOfSuit, about: ["claims"]) {
            try $0.submit(.onlineShopping(claims: claims))
        }
    }

    @Test("sums that cannot be added up are refused, not stored", .proves(.conditionsOfSuit))
    func sumsThatDoNotAddUp() throws {
        let dollars = try #require(Currency(rawValue: "USD"))
        let foreign = Claim(
            claim: .refund, kind: .refund, text: "退款", amount: Money(minorUnits: 18_000, currency: dollars))
        let huge = Claim(
            claim: .refund, kind: .refund, text: "退款", amount: Money(minorUnits: .max))
        for claims in [[foreign, .threefold], [huge, .threefold]] {
            CaseStory.onlineShopping().refuses("filing.no-concrete-claim", .conditionsOfSuit, about: ["claims"]) {
                try $0.submit(.onlineShopping(claims: claims))
            }
        }
    }

    @Test("a signature covers these bytes and comes from the person who sends them", .proves(.onlineSigning))
    func signature() {
        let story = CaseStory.onlineShopping()
        let other = Person.plaintiff.signs(.paper(.complaint, edition: 9))
        for signature in [other, Person.stranger.signs(.paper(.complaint))] {
            story.refuses("filing.signature-mismatch", .onlineSigning) {
                try $0.submit(.onlineShopping(signature: signature))
            }
        }
    }
}

@Suite("Correction: everything at once", .proves(.onlineFiling))
struct CorrectionTests {
    /// Asked on 4 March to name the defendant's address and sign again, by 13 March.
    private func asked() throws -> CaseStory {
        var story = try CaseStory.submitted()
        try story.requestCorrection(of: [.definiteDefendant, .signature], due: "2026-03-13", on: "2026-03-04")
        return story
    }

    private func corrected() throws -> CaseStory {
        var story = try asked()
        try story.correct(on: "2026-03-11")
        return story
    }

    @Test(
        "the clock starts anew the day after the corrected complaint came",
        .proves(.clockAfterCorrection, .docketWithinSevenDays))
    func clock() throws {
        #expect(try CaseStory.submitted().duties() == ["review-filing filing clerk 2026-03-09"])
        #expect(
            try asked().duties() == ["correct-complaint plaintiff -", "serve-papers filing clerk -"])
        #expect(try corrected().duties() == ["review-filing filing clerk 2026-03-18"])
    }

    @Test("a corrected complaint takes the place of the first; only new papers become leaves")
    func takesThePlace() throws {
        let story = try corrected()
        #expect(story.state.filing.complaint == .corrected)
        #expect(story.state.parties.defendant?.details.address == "浙江省义乌市稠城街道演示街88号2楼")
        #expect(story.state.evidence.exhibits.map(\.offered) == [.order, .report])
        #expect(
            try story.last("filing.corrected").act.body.files == DocumentReference.paper(.complaint, edition: 2).files)
    }

    @Test("late correction is taken while the papers are still here", .proves(.clockAfterCorrection))
    func late() throws {
        var story = try asked()
        try story.correct(on: "2026-03-20")
        #expect(story.state.filing.isAwaitingCorrection == false)
    }

    @Test("a second list may only name what the first named")
    func secondList() throws {
        var story = try corrected()
        story.refuses("filing.second-correction-list", .onlineFiling, about: ["items"]) {
            try $0.requestCorrection(of: [.definiteDefendant, .factsAndReasons], due: "2026-03-20")
        }
        try story.requestCorrection(of: [.definiteDefendant], due: "2026-03-20")
        try story.correct(.onlineShopping(document: .paper(.complaint, edition: 3)))
        story.refuses("filing.second-correction-list", .onlineFiling, about: ["items"]) {
            try $0.requestCorrection(of: [.factsAndReasons], due: "2026-03-27")
        }
    }

    @Test("a list that asks for nothing, or does not say how to mend it, is no list")
    func emptyList() throws {
        let story = try CaseStory.submitted()
        story.refuses("filing.empty-correction-list", .onlineFiling, about: ["items"]) {
            try $0.requestCorrection(of: [])
        }
        story.refuses("filing.empty-correction-list", .onlineFiling, about: ["items"]) {
            try $0.requestCorrection(saying: " ")
        }
    }

    @Test("the period for correction lies ahead")
    func periodPast() throws {
        try CaseStory.submitted().refuses("filing.correction-period-past", .onlineFiling, about: ["due"]) {
            try $0.requestCorrection(due: "2026-03-04", on: "2026-03-04")
        }
    }

    @Test("while correction is awaited nothing more is asked for and nothing docketed")
    func pending() throws {
        let story = try asked()
        story.refuses("filing.correction-pending", nil) { try $0.requestCorrection() }
        story.refuses("filing.correction-pending", nil) { try $0.docket() }
    }

    @Test("there is nothing to correct without a notice, and no notice without a complaint")
    func outOfOrder() throws {
        try CaseStory.submitted().refuses("filing.nothing-to-correct", nil) { try $0.correct() }
        try corrected().refuses("filing.nothing-to-correct", nil) { try $0.correct() }
        let draft = CaseStory.onlineShopping()
        draft.refuses("filing.not-submitted", nil) { try $0.requestCorrection() }
        draft.refuses("filing.not-submitted", nil) { try $0.correct() }
    }

    @Test("a corrected complaint is held to the same form", .proves(.contentOfComplaint, .onlineSigning))
    func form() throws {
        let story = try asked()
        story.refuses("filing.incomplete", .contentOfComplaint, about: ["facts"]) {
            try $0.correct(.onlineShopping(facts: ""))
        }
        story.refuses("filing.signature-mismatch", .onlineSigning) {
            try $0.correct(.onlineShopping(signature: Person.clerk.signs(.paper(.complaint))))
        }
    }

    @Test("the places in the case stay the same places")
    func placesStay() throws {
        let renamed = PartyPlace(party: .number(8), role: .plaintiff, ordinal: 1, details: PartyPlace.buyer.details)
        let story = try asked()
        for parties in [[renamed, .seller], [.buyer, .seller, renamed]] {
            story.refuses("filing.other-parties", .onlineFiling, about: ["parties"]) {
                try $0.correct(.onlineShopping(parties: parties, document: .paper(.complaint, edition: 2)))
            }
        }
    }
}

@Suite("A complaint that does not get in")
struct DecliningTests {
    private func advised() throws -> CaseStory {
        var story = try CaseStory.submitted()
        try story.adviseTransfer(on: "2026-03-04")
        return story
    }

    private func insisted() throws -> CaseStory {
        var story = try advised()
        try story.insist(on: "2026-03-05")
        return story
    }

    @Test("never corrected: the papers go back once the period is over", .proves(.returnOfPapers, .internetCourtFiling))
    func returned() throws {
        var story = try CaseStory.submitted()
        try story.confirmAddress(.plaintiff)
        try story.requestCorrection(due: "2026-03-13", on: "2026-03-04")
        try story.serve([.correctionNotice], on: .plaintiff)
        #expect(story.duties() == ["correct-complaint plaintiff 2026-03-13"])
        story.refuses("filing.return-too-early", .returnOfPapers) { try $0.returnPapers(on: "2026-03-13") }
        #expect(story.duties(on: "2026-03-14") == ["return-papers filing clerk -"])
        try story.returnPapers(on: "2026-03-14")
        #expect(story.state.closing.manner == .papersReturned)
        #expect(try story.last("filing.returned").under == [.returnOfPapers, .internetCourtFiling])
    }

    @Test(
        "the time for a correction begins when its notice is served: until then the papers stay, however long it takes",
        .proves(.returnOfPapers, .onlineFiling, .arrivalIsService))
    func neverServed() throws {
        var story = try CaseStory.submitted()
        try story.requestCorrection(due: "2026-03-13", on: "2026-03-04")
        #expect(story.duties() == ["correct-complaint plaintiff -", "serve-papers filing clerk -"])
        #expect(story.duties(on: "2026-03-30") == story.duties())
        for day in ["2026-03-13", "2026-03-14", "2026-03-30"] as [CourtDay] {
            story.refuses("filing.correction-not-served", .onlineFiling) { try $0.returnPapers(on: day) }
        }
        try story.postPapers([.correctionNotice], to: .plaintiff, on: "2026-03-05")
        story.refuses("filing.correction-not-served", .onlineFiling) { try $0.returnPapers(on: "2026-03-20") }
    }

    @Test(
        "by post the days the court gave count from the receipt; a last day at rest moves on",
        .proves(.returnOfPapers, .onlineFiling, .serviceByPost, .countingPeriods))
    func servedByPost() throws {
        var story = try CaseStory.submitted()
        // Nine days, told on 4 March to end on the 13th.
        try story.requestCorrection(due: "2026-03-13", on: "2026-03-04")
        try story.postPapers([.correctionNotice], to: .plaintiff, on: "2026-03-05")
        try story.receive(1, onDay: "2026-03-12", on: "2026-03-16")
        // Nine days after the 12th is Saturday the 21st.
        #expect(story.duties() == ["correct-complaint plaintiff 2026-03-23"])
        let why = try story.duty(.correctComplaint).why
        #expect(why.lines.count == 2 && why.lines.allSatisfy { !$0.words.zh.isEmpty && !$0.words.en.isEmpty })
        #expect(story.state.turningDays(in: story.context(for: .filingClerk)) == ["2026-03-23"])
        story.refuses("filing.return-too-early", .returnOfPapers) { try $0.returnPapers(on: "2026-03-23") }
        try story.returnPapers(on: "2026-03-24")
        #expect(story.state.closing.manner == .papersReturned)
    }

    @Test("a second notice starts its own days, and only with its own service", .proves(.onlineFiling))
    func secondNotice() throws {
        var story = try CaseStory.submitted()
        try story.confirmAddress(.plaintiff)
        try story.requestCorrection(due: "2026-03-13", on: "2026-03-04")
        try story.serve([.correctionNotice], on: .plaintiff)
        try story.correct(on: "2026-03-10")
        try story.requestCorrection(due: "2026-03-18", edition: 2, on: "2026-03-11")
        #expect(story.duties() == ["correct-complaint plaintiff -", "serve-papers filing clerk -"])
        story.refuses("filing.correction-not-served", .onlineFiling) { try $0.returnPapers(on: "2026-03-25") }
    }

    @Test("corrected but still not enough, or told of another court: the papers go back", .proves(.returnOfPapers))
    func returnedAfterCorrection() throws {
        var insufficient = try CaseStory.submitted()
        try insufficient.requestCorrection()
        try insufficient.correct()
        try insufficient.returnPapers()
        #expect(insufficient.state.phase == .closed)

        var elsewhere = try advised()
        try elsewhere.returnPapers()
        #expect(elsewhere.state.phase == .closed)
    }

    @Test("papers do not go back before anything was found wanting", .proves(.returnOfPapers))
    func returnTooEarly() throws {
        CaseStory.onlineShopping().refuses("filing.not-submitted", nil) { try $0.returnPapers() }
        try CaseStory.submitted().refuses("filing.return-too-early", .returnOfPapers) { try $0.returnPapers() }
    }

    @Test("a plaintiff who insists gets a ruling, not the papers back", .proves(.onlineFiling, .docketWithinSevenDays))
    func insisting() throws {
        var story = try insisted()
        story.refuses("filing.plaintiff-insists", .onlineFiling) { try $0.returnPapers() }
        #expect(story.duties().map { $0.split(separator: " ")[0] } == ["rule-on-insistence"])
        try story.ruleNonAcceptance(on: "2026-03-06")
        #expect(story.state.closing.manner == .notAccepted)
        #expect(try story.last("filing.declined").under == [.docketWithinSevenDays, .onlineFiling])
    }

    @Test(
        "a ruling is a judge's, any judge's, within the seven days of docketing",
        .proves(.onlineFiling, .docketWithinSevenDays))
    func rulingIsTheJudges() throws {
        #expect(try insisted().duties() == ["rule-on-insistence any judge 2026-03-09"])
        #expect(try insisted().duty(.ruleOnInsistence).why.lines.isEmpty == false)
    }

    @Test("whoever insists may still be docketed", .proves(.onlineFiling))
    func docketedAfterAll() throws {
        var story = try insisted()
        try story.docket()
        #expect(story.state.phase == .docketed)
    }

    @Test("advice on the court rests on article 127", .proves(.adviseCompetentCourt))
    func advice() throws {
        #expect(try advised().entries.last?.under == [.adviseCompetentCourt])
        CaseStory.onlineShopping().refuses("filing.not-submitted", nil) { try $0.adviseTransfer() }
    }

    @Test("there is nothing to insist on before the court found something wanting")
    func nothingToInsistOn() throws {
        try CaseStory.submitted().refuses("filing.nothing-to-insist-on", nil) { try $0.insist() }
        CaseStory.onlineShopping().refuses("filing.not-submitted", nil) { try $0.insist() }
    }

    @Test("no ruling for a plaintiff who does not insist", .proves(.onlineFiling))
    func notInsisted() throws {
        try advised().refuses("filing.not-insisted", .onlineFiling) { try $0.ruleNonAcceptance() }
        CaseStory.onlineShopping().refuses("filing.not-submitted", nil) { try $0.ruleNonAcceptance() }
    }

    @Test("the ruling is signed by who gives it", .proves(.onlineSigning))
    func rulingSignature() throws {
        try insisted().refuses("ruling.signature-mismatch", .onlineSigning) {
            try $0.ruleNonAcceptance(signedBy: .clerk)
        }
    }

    @Test(
        "a ruling reaches the plaintiff before the file is archived, for it can be appealed",
        .proves(.docketWithinSevenDays))
    func rulingIsServed() throws {
        var story = try insisted()
        try story.ruleNonAcceptance(on: "2026-03-06")
        #expect(story.duties() == ["serve-papers filing clerk -"])
        story.refuses("archive.incomplete", .fileOfSimpleCase, about: ["proofs-of-service"]) { try $0.archive() }
        try story.confirmAddress(.plaintiff)
        try story.serve([.nonAcceptanceRuling], on: .plaintiff)
        try story.certifyEverything()
        #expect(story.duties() == ["archive clerk -"])
        try story.archive()
    }
}
