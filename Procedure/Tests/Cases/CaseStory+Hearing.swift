import Procedure

extension CaseStory {
    mutating func applyForWriting(
        _ person: Person = .plaintiff, because difficulty: String = "在境外出差，时差七小时。", on day: CourtDay? = nil
    ) throws {
        let command = ApplyForWriting(party: person.party, difficulty: difficulty)
        try perform(by: person, on: day) { try $0.decide(command, in: $1) }
    }

    mutating func answerWriting(
        _ person: Person = .defendant, agreed: Bool = true, on day: CourtDay? = nil
    ) throws {
        let command = AnswerWriting(party: person.party, agreed: agreed, reason: agreed ? "" : "希望当面陈述。")
        try perform(by: person, on: day) { try $0.decide(command, in: $1) }
    }

    mutating func openHearing(
        finding gates: [WritingGate] = [.difficulty, .factsUndisputed], until: CourtDay = "2026-03-30",
        on day: CourtDay? = nil
    ) throws {
        let found = gates.map { GateFound(gate: $0, reason: "经审查符合条件。") }
        let command = OpenHearing(gates: found, until: until, notice: .paper(.hearingNotice))
        try perform(by: .judge, on: day) { try $0.decide(command, in: $1) }
    }

    mutating func openPhase(_ phase: HearingPhase, until: CourtDay, on day: CourtDay? = nil) throws {
        try perform(by: .judge, on: day) { try $0.decide(OpenPhase(phase: phase, until: until), in: $1) }
    }

    mutating func closeHearing(on day: CourtDay? = nil) throws {
        try perform(by: .judge, on: day) { try $0.decide(CloseHearing(), in: $1) }
    }

    mutating func ask(
        _ person: Person = .plaintiff, _ text: String = "检测报告由谁委托作出？", question: QuestionID = .whoTested,
        on day: CourtDay? = nil
    ) throws {
        let command = AskQuestion(question: question, to: person.party, text: text)
        try perform(by: .judge, on: day) { try $0.decide(command, in: $1) }
    }

    mutating func reply(
        _ person: Person = .plaintiff, _ text: String = "由原告委托，已通知被告。", question: QuestionID = .whoTested,
        on day: CourtDay? = nil, happened: Happened? = nil
    ) throws {
        let command = AnswerQuestion(question: question, party: person.party, text: text)
        try perform(by: person, on: day, happened: happened) { try $0.decide(command, in: $1) }
    }

    mutating func state(_ person: Person, _ text: String = "坚持书面意见。", on day: CourtDay? = nil) throws {
        try perform(by: person, on: day) { try $0.decide(MakeStatement(party: person.party, text: text), in: $1) }
    }

    mutating func agreeToEnd(_ phase: HearingPhase, _ person: Person, on day: CourtDay? = nil) throws {
        try perform(by: person, on: day) {
            try $0.decide(AgreeToEndPhase(party: person.party, phase: phase), in: $1)
        }
    }

    mutating func askRecusal(
        _ person: Person = .defendant, because reason: String = "法官曾任原告单位的法律顾问。", on day: CourtDay? = nil
    ) throws {
        try perform(by: person, on: day) { try $0.decide(AskRecusal(party: person.party, reason: reason), in: $1) }
    }

    mutating func decideRecusal(
        upheld: Bool = false, because reason: String = "经查不属实。", by person: Person = .president,
        on day: CourtDay? = nil
    ) throws {
        try perform(by: person, on: day) { try $0.decide(DecideRecusal(upheld: upheld, reason: reason), in: $1) }
    }

    mutating func redraw(_ draw: JudgeDraw = .otherLot, edition: Int = 1, on day: CourtDay? = nil) throws {
        let command = RedrawJudge(draw: draw, notice: .paper(.benchNotice, edition: edition))
        try perform(by: .president, on: day) { try $0.decide(command, in: $1) }
    }
}

// The record of the hearing.
extension CaseStory {
    mutating func draftTranscript(edition: Int = 1, on day: CourtDay? = nil) throws {
        let command = DraftTranscript(transcript: .paper(.transcript, edition: edition))
        try perform(by: .clerk, on: day) { try $0.decide(command, in: $1) }
    }

    /// Confirms a version of the record, having signed the bytes of some edition of it.
    mutating func confirmTranscript(
        _ person: Person, version: Int = 1, edition: Int? = nil, as party: PartyID?? = nil, on day: CourtDay? = nil
    ) throws {
        let place: PartyID? = person == .plaintiff || person == .defendant ? person.party : nil
        let command = ConfirmTranscript(
            party: party ?? place, version: version,
            signature: person.signs(.paper(.transcript, edition: edition ?? version)))
        try perform(by: person, on: day) { try $0.decide(command, in: $1) }
    }

    mutating func objectToTranscript(
        _ person: Person = .defendant, version: Int = 1, _ text: String = "第三页漏记被告的答复。", on day: CourtDay? = nil
    ) throws {
        let command = ObjectToTranscript(party: person.party, version: version, text: text)
        try perform(by: person, on: day) { try $0.decide(command, in: $1) }
    }
}

// The judgment and the end.
extension CaseStory {
    mutating func signJudgment(
        _ content: JudgmentContent = .shopping(), by person: Person = .judge, signature: Signature? = nil,
        on day: CourtDay? = nil
    ) throws {
        let document = DocumentReference.paper(.judgment)
        let command = SignJudgment(
            content: content, document: document, signature: signature ?? person.signs(document))
        try perform(by: person, on: day) { try $0.decide(command, in: $1) }
    }

    mutating func pronounce(on day: CourtDay? = nil) throws {
        try perform(by: .judge, on: day) { try $0.decide(PronounceJudgment(), in: $1) }
    }

    mutating func archive(on day: CourtDay? = nil) throws {
        try perform(by: .clerk, on: day) { try $0.decide(ArchiveCase(), in: $1) }
    }

    mutating func mend(
        _ entry: EntryID, to act: Act, because reason: String = "登记日期有误，以回执为准。", by person: Person = .clerk,
        on day: CourtDay? = nil
    ) throws {
        let entries = entries
        try perform(by: person, on: day) { _, context in
            try CaseState.decide(
                CorrectEntry(entry: entry, corrected: act, reason: reason), among: entries, in: context)
        }
    }

    mutating func strike(
        _ entry: EntryID, because reason: String = "登记到了另一案件。", by person: Person = .clerk, on day: CourtDay? = nil
    ) throws {
        let entries = entries
        try perform(by: person, on: day) { _, context in
            try CaseState.decide(StrikeEntry(entry: entry, reason: reason), among: entries, in: context)
        }
    }
}
