import Docket
import Procedure

// From the service of the complaint to the end of the exchange of evidence, and the hearing in writing.
extension SimulatedCase {
    mutating func exchangeEvidence() async throws {
        try await serveComplaint()
        wait(days: random.number(3...6))
        try await answer()
        if random.once(in: 3) { try await offerMore() }
        try await openExchange()
        wait(days: random.number(1...3))
        for exhibit in state.evidence.exhibits { try await opine(on: exhibit.offered.exhibit, of: exhibit.by) }
        wait(days: 1, workday: true)
        try await perform(judge) { try $0.decide(CloseExchange(), in: $1) }
        for exhibit in state.evidence.exhibits.map(\.offered.exhibit) { try await find(exhibit) }
    }

    /// - Parameter until: the last day for opinions; a week from the opening when nil.
    mutating func openExchange(until: CourtDay? = nil) async throws {
        wait(days: 1, workday: true)
        let window = OpenExchange(until: max(today.adding(days: 7), until ?? today))
        try await perform(judge) { try $0.decide(window, in: $1) }
    }

    /// The plaintiff says what it thinks of what the defendant offered; the defendant's own opinions are still to come.
    mutating func opineAsBuyer() async throws {
        wait(days: 1)
        for exhibit in state.evidence.exhibits where exhibit.by == plan.seller.party {
            try await opine(on: exhibit.offered.exhibit, of: exhibit.by)
        }
    }

    mutating func serveComplaint() async throws {
        wait(days: 1, workday: true)
        guard let complaint = state.filing.complaint else { throw Refusal.notSubmitted }
        var documents = [complaint.document]
        for kind in [DocumentKind.answerNotice, .evidenceNotice, .smallClaimsNotice] {
            documents.append(try await paper(kind, "送达被告\(plan.seller.name)。"))
        }
        let command = ServeDocuments(service: random.id(), party: plan.seller.party, documents: documents)
        try await perform(staff.clerk) { try $0.decide(command, in: $1) }
    }

    mutating func answer() async throws {
        let admits = random.once(in: 2)
        let responses = [
            ClaimResponse(
                claim: plan.refundClaim, stand: admits ? .admitted : .disputed, admitted: nil,
                reason: admits ? "同意退货退款。" : "商品已经使用，不同意退款。"),
            ClaimResponse(claim: plan.compensationClaim, stand: .disputed, admitted: nil, reason: "没有欺诈的故意。"),
        ]
        let exhibits = try await exhibits([("商品进货凭证", "商品来源合法，与页面描述一致")])
        let document = try await paper(.answer, responses.map(\.reason).joined())
        let answer = AnswerSubmitted(
            party: plan.seller.party, responses: responses, facts: "页面描述以供货商资料为准，不构成欺诈。", answers: [:],
            form: "answer/1", exhibits: exhibits, document: document,
            signature: try sign(document, plan.seller.account))
        let command = SubmitAnswer(answer: answer, reasonForDelay: "供货商近日才交来凭证。")
        try await perform(plan.seller.acting) { try $0.decide(command, in: $1) }
    }

    private mutating func offerMore() async throws {
        let command = OfferExhibits(
            party: plan.buyer.party, exhibits: try await exhibits([("补充聊天记录", "被告曾承诺处理")]),
            reasonForDelay: "平台近日才提供该记录。")
        try await perform(plan.buyer.acting) { try $0.decide(command, in: $1) }
    }

    private mutating func opine(on exhibit: ExhibitID, of owner: PartyID) async throws {
        let speaker = owner == plan.buyer.party ? plan.seller : plan.buyer
        let fine = OpinionGiven.View(accepted: true, reason: "")
        let disputed = OpinionGiven.View(accepted: false, reason: "不能证明对方主张的事实。")
        let opinion = OpinionGiven(
            exhibit: exhibit, party: speaker.party, authenticity: fine, legality: fine,
            relevance: random.once(in: 3) ? disputed : fine, differsFromOriginal: nil)
        try await perform(speaker.acting) { try $0.decide(GiveOpinion(opinion: opinion), in: $1) }
    }

    private mutating func find(_ exhibit: ExhibitID) async throws {
        let form = OriginalFormFound(exhibit: exhibit, ground: .noObjection, reason: "对方未提出异议。")
        try await perform(judge) { try $0.decide(FindOriginalForm(finding: form), in: $1) }
        let upheld = ExhibitFound.Finding(upheld: true, reason: "")
        let finding = ExhibitFound(
            exhibit: exhibit, authenticity: upheld, legality: upheld,
            relevance: random.once(in: 5) ? ExhibitFound.Finding(upheld: false, reason: "与争议事实无关。") : upheld)
        try await perform(judge) { try $0.decide(FindExhibit(finding: finding), in: $1) }
    }

    // MARK: Hearing

    mutating func hear() async throws {
        let (buyer, seller) = (plan.buyer, plan.seller)
        wait(days: 1)
        let application = ApplyForWriting(
            party: buyer.party, difficulty: random.one(of: ["在境外出差，时差七小时。", "夜班工作，白天无法上线。", "照顾住院家人，无法定时上线。"]))
        try await perform(buyer.acting) { try $0.decide(application, in: $1) }
        wait(days: random.number(0...1))
        let agreement = AnswerWriting(party: seller.party, agreed: true, reason: "")
        try await perform(seller.acting) { try $0.decide(agreement, in: $1) }
        wait(days: 1, workday: true)
        let gates = [WritingGate.difficulty, .factsUndisputed].map { GateFound(gate: $0, reason: "经审查符合条件。") }
        let opening = OpenHearing(
            gates: gates, until: today.adding(days: 3), notice: try await paper(.hearingNotice))
        try await perform(judge) { try $0.decide(opening, in: $1) }
        for phase in [HearingPhase.investigation, .debate, .finalStatements] { try await hold(phase) }
        wait(days: 4, workday: true)
        try await perform(judge) { try $0.decide(CloseHearing(), in: $1) }
    }

    private mutating func hold(_ phase: HearingPhase) async throws {
        wait(days: 4, workday: true)
        let opening = OpenPhase(phase: phase, until: today.adding(days: 3))
        try await perform(judge) { try $0.decide(opening, in: $1) }
        if phase == .investigation, random.once(in: 2) {
            let question = QuestionID(high: random.next(), low: random.next())
            let asked = AskQuestion(question: question, to: plan.buyer.party, text: "检测由谁委托作出？是否通知被告？")
            try await perform(judge) { try $0.decide(asked, in: $1) }
            let reply = AnswerQuestion(question: question, party: plan.buyer.party, text: "由原告委托，已通知被告。")
            try await perform(plan.buyer.acting) { try $0.decide(reply, in: $1) }
        }
        wait(days: random.number(0...2))
        for party in [plan.buyer, plan.seller] {
            let text = random.one(of: ["坚持书面意见。", "对方所述与事实不符，以证据为准。", "请求法庭依法裁判。"])
            let statement = MakeStatement(party: party.party, text: text)
            try await perform(party.acting) { try $0.decide(statement, in: $1) }
        }
    }
}
