import Procedure

extension CaseStory {
    mutating func answer(
        _ answer: AnswerSubmitted = .seller(), by person: Person = .defendant, because reason: String = "",
        on day: CourtDay? = nil
    ) throws {
        let command = SubmitAnswer(answer: answer, reasonForDelay: reason)
        try perform(by: person, on: day) { try $0.decide(command, in: $1) }
    }

    mutating func offer(
        _ exhibits: [OfferedExhibit] = [.chat], by person: Person = .plaintiff, late reason: String = "",
        on day: CourtDay? = nil
    ) throws {
        let command = OfferExhibits(party: person.party, exhibits: exhibits, reasonForDelay: reason)
        try perform(by: person, on: day) { try $0.decide(command, in: $1) }
    }

    mutating func openExchange(until: CourtDay = "2026-03-27", on day: CourtDay? = nil) throws {
        try perform(by: .judge, on: day) { try $0.decide(OpenExchange(until: until), in: $1) }
    }

    /// Gives an opinion on an exhibit: accepts it whole, or disputes that it is genuine for a reason.
    mutating func opine(
        _ person: Person, on exhibit: ExhibitID, disputing reason: String? = nil, differs: String? = nil,
        on day: CourtDay? = nil
    ) throws {
        let fine = OpinionGiven.View(accepted: true, reason: "")
        let opinion = OpinionGiven(
            exhibit: exhibit, party: person.party,
            authenticity: reason.map { OpinionGiven.View(accepted: false, reason: $0) } ?? fine, legality: fine,
            relevance: fine, differsFromOriginal: differs)
        try perform(by: person, on: day) { try $0.decide(GiveOpinion(opinion: opinion), in: $1) }
    }

    mutating func agreeToEndExchange(_ person: Person, on day: CourtDay? = nil) throws {
        try perform(by: person, on: day) { try $0.decide(AgreeToEndExchange(party: person.party), in: $1) }
    }

    mutating func closeExchange(on day: CourtDay? = nil) throws {
        try perform(by: .judge, on: day) { try $0.decide(CloseExchange(), in: $1) }
    }

    mutating func findForm(
        _ exhibit: ExhibitID, _ ground: OriginalFormFound.Ground = .noObjection, on day: CourtDay? = nil
    ) throws {
        let finding = OriginalFormFound(exhibit: exhibit, ground: ground, reason: "对方未提出异议")
        try perform(by: .judge, on: day) { try $0.decide(FindOriginalForm(finding: finding), in: $1) }
    }

    /// Finds an exhibit genuine, lawful and to the point, or not genuine for a reason.
    mutating func find(_ exhibit: ExhibitID, notGenuine reason: String? = nil, on day: CourtDay? = nil) throws {
        let upheld = ExhibitFound.Finding(upheld: true, reason: "")
        let finding = ExhibitFound(
            exhibit: exhibit, authenticity: reason.map { ExhibitFound.Finding(upheld: false, reason: $0) } ?? upheld,
            legality: upheld, relevance: upheld)
        try perform(by: .judge, on: day) { try $0.decide(FindExhibit(finding: finding), in: $1) }
    }
}
