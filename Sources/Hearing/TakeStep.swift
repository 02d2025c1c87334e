import Accounts
import Docket
import Hummingbird
import Procedure
import Web

/// Every step of the hearing: one permission, one rule, one transaction.
extension HearingArea {
    func take(_ step: HearingStep, _ context: CourtContext) async throws -> Response {
        switch step {
        case .application: try await apply(context)
        case .agreement: try await answerApplication(context)
        case .opening: try await openHearing(context)
        case .phases: try await openPhase(context)
        case .questions: try await ask(context)
        case .answers: try await answer(context)
        case .statements: try await state(context)
        case .end: try await agreeToEnd(context)
        case .close:
            try await enter(.askQuestion, context) { state, _, law in try state.decide(CloseHearing(), in: law) }
        case .recusal: try await askRecusal(context)
        case .recusalDecision: try await decideRecusal(context)
        }
    }

    /// Enters what a rule decides, once, and leads back to the hearing.
    ///
    /// A party's identity is verified again for a hearing: the second factor must be at most an hour old.
    ///
    /// - Throws: `NotFound`, `Forbidden`, `SecondFactorNeeded`, a `Refusal`.
    /// - Source: Online Litigation Rules art. 7.
    func enter(
        _ deed: Deed, _ context: CourtContext,
        _ decide: @escaping @Sendable (CaseState, Acting, Context) throws -> [DecidedAct]
    ) async throws -> Response {
        let matter = try await open(context)
        let (docket, viewer, once) = (matter.docket, matter.viewer, Once(context))
        let place = try await registry.write(on: [docket], arrived: context.now) { t in
            try once.perform(in: t) {
                var open = try t.docket(docket)
                let acting = try viewer.require(deed, in: open.state, now: t.now)
                if acting.capacity == .party, open.state.hearing.isOpen {
                    try viewer.requireFreshSecondFactor(within: HearingArea.identityHolds, now: t.now)
                }
                if open.state.hearing.isOpen, open.state.awaitsJudge { throw Refusal.judgeStepsAside }
                let acts = try decide(open.state, acting, t.context(acting))
                try t.enter(acts, in: &open, by: acting)
                return "/cases/\(docket)/hearing"
            }
        }
        return .seeOther(place)
    }

    /// How long a verification of identity holds for the steps of a party in a hearing.
    static let identityHolds: Duration = .seconds(3_600)

    // MARK: Before the hearing

    private func apply(_ context: CourtContext) async throws -> Response {
        let difficulty = try context.form.read { $0.text("difficulty", HearingWords.difficulty, max: 2_000) }
        return try await enter(.answerConsent, context) { state, acting, law in
            try state.decide(ApplyForWriting(party: acting.place(), difficulty: difficulty), in: law)
        }
    }

    private func answerApplication(_ context: CourtContext) async throws -> Response {
        let (agrees, reason) = try context.form.read { reader in
            let answer = reader.choice("agreement", Words("您的答复", "your answer"), as: Agreement.self)
            return (answer == .agree, reader.optionalText("reason", Words("理由", "the reason"), max: 2_000) ?? "")
        }
        return try await enter(.answerConsent, context) { state, acting, law in
            try state.decide(AnswerWriting(party: acting.place(), agreed: agrees, reason: reason), in: law)
        }
    }

    // MARK: The judge

    /// The form names the phase it opens, so that sending it twice cannot skip one.
    private func openPhase(_ context: CourtContext) async throws -> Response {
        let (phase, until) = try context.form.read { reader in
            (
                reader.choice("phase", Words("庭审阶段", "the phase"), as: HearingPhase.self),
                reader.day("until", HearingWords.window)
            )
        }
        return try await enter(.askQuestion, context) { state, _, law in
            try state.decide(OpenPhase(phase: phase, until: until), in: law)
        }
    }

    private func ask(_ context: CourtContext) async throws -> Response {
        let matter = try await open(context)
        let (to, text) = try context.form.read { reader in
            let asked = matter.state.parties.places.first { $0.party.rawValue == reader.form["to"] }
            if asked == nil { reader.fail("to", "请选择向谁发问。", "Choose whom to ask.") }
            return (asked?.party, reader.text("question", Words("问题", "the question"), max: 2_000))
        }
        guard let to else { throw NotFound() }
        let question = QuestionID.random()
        return try await enter(.askQuestion, context) { state, _, law in
            try state.decide(AskQuestion(question: question, to: to, text: text), in: law)
        }
    }

    // MARK: The parties

    private func answer(_ context: CourtContext) async throws -> Response {
        let (question, text) = try context.form.read { reader in
            let question: QuestionID = try reader.id("question")
            return (question, reader.text("answer-\(question)", Words("回答", "the answer"), max: 10_000))
        }
        return try await enter(.answerQuestion, context) { state, acting, law in
            try state.decide(AnswerQuestion(question: question, party: acting.place(), text: text), in: law)
        }
    }

    private func state(_ context: CourtContext) async throws -> Response {
        let text = try context.form.read { $0.text("statement", Words("发言", "your statement"), max: 20_000) }
        return try await enter(.answerQuestion, context) { state, acting, law in
            try state.decide(MakeStatement(party: acting.place(), text: text), in: law)
        }
    }

    /// The form names the phase it ends, so that a page of one phase never ends another.
    private func agreeToEnd(_ context: CourtContext) async throws -> Response {
        let phase = try context.form.read { $0.choice("phase", Words("庭审阶段", "the phase"), as: HearingPhase.self) }
        return try await enter(.answerQuestion, context) { state, acting, law in
            try state.decide(AgreeToEndPhase(party: acting.place(), phase: phase), in: law)
        }
    }

    private func askRecusal(_ context: CourtContext) async throws -> Response {
        let reason = try context.form.read { $0.text("recusal", Words("回避理由", "the reasons"), max: 5_000) }
        return try await enter(.askRecusal, context) { state, acting, law in
            try state.decide(AskRecusal(party: acting.place(), reason: reason), in: law)
        }
    }

    // MARK: The president

    private func decideRecusal(_ context: CourtContext) async throws -> Response {
        let (outcome, reason) = try context.form.read { reader in
            (
                reader.choice("outcome", Words("决定", "the decision"), as: RecusalOutcome.self),
                reader.text("decision", Words("决定理由", "the reasons"), max: 5_000)
            )
        }
        return try await enter(.decideRecusal, context) { state, _, law in
            try state.decide(DecideRecusal(upheld: outcome == .upheld, reason: reason), in: law)
        }
    }
}

/// A party's answer to the application (同意或不同意).
enum Agreement: String, CaseIterable, Sendable {
    case agree, meet
}

/// What the president decides (回避决定).
enum RecusalOutcome: String, CaseIterable, Sendable {
    case upheld, rejected
}

/// Names of fields that stand in more than one place.
enum HearingWords {
    static let difficulty = Words("不能同时在线参加的困难", "why attending together is difficult")
    static let window = Words("本阶段最后一日", "the last day of this phase")
}

extension Acting {
    /// The place in the case for which a party acts.
    func place() throws -> PartyID {
        guard let party else { throw Refusal.notAParty }
        return party
    }
}

extension Refusal {
    static let judgeStepsAside = Refusal(
        code: "hearing.judge-steps-aside", article: .decidingRecusal,
        reason: Words("法官已经回避，庭审不能由其继续。", "The judge has stepped aside and cannot go on with the hearing."),
        remedy: Words("请等待院长另行确定承办法官。", "Wait until the court president has had another judge drawn."))
}
