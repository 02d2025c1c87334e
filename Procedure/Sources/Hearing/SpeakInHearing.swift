/// The judge puts a question to a party (发问).
public struct AskQuestion: Hashable, Sendable {
    public let question: QuestionID
    public let to: PartyID
    public let text: String

    public init(question: QuestionID, to: PartyID, text: String) {
        self.question = question
        self.to = to
        self.text = text
    }
}

/// The party answers it (回答).
public struct AnswerQuestion: Hashable, Sendable {
    public let question: QuestionID
    public let party: PartyID
    public let text: String

    public init(question: QuestionID, party: PartyID, text: String) {
        self.question = question
        self.party = party
        self.text = text
    }
}

/// A party speaks in the open phase (陈述、辩论、最后陈述).
public struct MakeStatement: Hashable, Sendable {
    public let party: PartyID
    public let text: String

    public init(party: PartyID, text: String) {
        self.party = party
        self.text = text
    }
}

/// A party gives up what is left of the open phase (同意提前结束本阶段).
public struct AgreeToEndPhase: Hashable, Sendable {
    public let party: PartyID
    /// The phase as it was shown, so that the form of one phase never ends another.
    public let phase: HearingPhase

    public init(party: PartyID, phase: HearingPhase) {
        self.party = party
        self.phase = phase
    }
}

/// A party asks that the judge step aside (申请回避).
public struct AskRecusal: Hashable, Sendable {
    public let party: PartyID
    public let reason: String

    public init(party: PartyID, reason: String) {
        self.party = party
        self.reason = reason
    }
}

/// The court president decides the request (院长决定回避).
public struct DecideRecusal: Hashable, Sendable {
    public let upheld: Bool
    public let reason: String

    public init(upheld: Bool, reason: String) {
        self.upheld = upheld
        self.reason = reason
    }
}

extension Refusal {
    public static let nothingSaid = Refusal(
        code: "hearing.nothing-said", article: nil,
        reason: Words("内容为空。", "There is no text."),
        remedy: Words("须先写明内容。", "Write the text first."))
    public static let noQuestionsInThisPhase = Refusal(
        code: "hearing.no-questions-now", article: .wholeHearing,
        reason: Words("发问在法庭调查阶段进行。", "Questions belong to the investigation."),
        remedy: Words("请先进入法庭调查。", "Open the investigation first."))
    public static let notYourQuestion = Refusal(
        code: "hearing.not-your-question", article: nil,
        reason: Words("没有向您提出这个问题，或者已经回答。", "This question was not put to you, or is answered."),
        remedy: Words("须由被问的一方回答。", "The party asked must answer it."))
    public static let ownQuestionOpen = Refusal(
        code: "hearing.own-question-open", article: .wholeHearing,
        reason: Words("法庭向您提出的问题还没有回答。", "A question the court put to you is not answered yet."),
        remedy: Words("请先回答，再同意结束本阶段。", "Answer it first, then agree to end the phase."))
    public static let otherPhase = Refusal(
        code: "hearing.other-phase", article: .wholeHearing,
        reason: Words("庭审已经进入另一阶段。", "The hearing has gone on to another phase."),
        remedy: Words("请查看目前的阶段。", "See which phase is open now."))
    public static let windowEnded = Refusal(
        code: "hearing.window-ended", article: .asynchronousSteps,
        reason: Words("本阶段的期限已经届满。", "The window of this phase has ended."),
        remedy: Words("如有正当理由，请联系书记员申请延长。", "If there was good reason, ask the clerk for more time."))
    public static let recusalNeedsReason = Refusal(
        code: "hearing.recusal-needs-reason", article: .askingForRecusal,
        reason: Words("申请回避应当说明理由。", "A request for recusal gives its reasons."),
        remedy: Words("请写明理由。", "State the reasons."))
    public static let recusalTooLate = Refusal(
        code: "hearing.recusal-too-late", article: .askingForRecusal,
        reason: Words("回避申请最迟应当在法庭辩论终结前提出。", "A request for recusal comes before the debate ends at the latest."),
        remedy: Words(
            "请向本院院长反映：没有申请的，院长也可以决定法官回避。",
            "Write to the court president, who may have a judge step aside without a request."))
    public static let noRecusalPending = Refusal(
        code: "hearing.no-recusal-pending", article: nil,
        reason: Words("没有待决定的回避申请。", "No request for recusal is waiting."),
        remedy: Words("须先有当事人申请。", "A party must ask first."))
    public static let ownRecusal = Refusal(
        code: "hearing.own-recusal", article: .decidingRecusal,
        reason: Words("法官的回避由院长决定，不能由本人决定。", "The president decides on a judge's recusal, never the judge concerned."),
        remedy: Words("请提请院长决定。", "Refer it to the president."))
}

extension CaseState {
    /// - Source: Online Litigation Rules arts. 20, 22.
    public func decide(_ command: AskQuestion, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard closing.manner == nil else { throw .caseEnded }
        guard hearing.isOpen, let phase = hearing.phase else { throw .hearingNotOpen }
        try requireSittingJudge()
        guard phase == .investigation else { throw .noQuestionsInThisPhase }
        guard parties.place(command.to) != nil else { throw .notAParty }
        guard !command.text.isBlank else { throw .nothingSaid.about(["text"]) }
        guard let until = hearing.phaseUntil, context.happenedOn <= until else { throw .windowEnded }
        // At least one full day to answer.
        let body = QuestionAsked(
            question: command.question, to: command.to, text: command.text,
            until: context.happenedOn == until ? until.adding(days: 1) : nil)
        return [DecidedAct(.hearing(.asked(body)), under: .asynchronousSteps)]
    }

    public func decide(_ command: AnswerQuestion, in context: Context) throws(Refusal) -> [DecidedAct] {
        try requireOpenWindow(context)
        guard let question = hearing.questions.first(where: { $0.question == command.question }),
            question.to == command.party, question.answered == nil
        else { throw .notYourQuestion }
        guard !command.text.isBlank else { throw .nothingSaid.about(["text"]) }
        let body = QuestionAnswered(question: command.question, party: command.party, text: command.text)
        return [DecidedAct(.hearing(.answered(body)), under: .asynchronousSteps, party: command.party)]
    }

    public func decide(_ command: MakeStatement, in context: Context) throws(Refusal) -> [DecidedAct] {
        try requireOpenWindow(context)
        guard parties.place(command.party) != nil, let phase = hearing.phase else { throw .notAParty }
        guard !command.text.isBlank else { throw .nothingSaid.about(["text"]) }
        let body = StatementMade(party: command.party, phase: phase, text: command.text)
        return [DecidedAct(.hearing(.stated(body)), under: .asynchronousSteps, .wholeHearing, party: command.party)]
    }

    /// Each party for itself and for this phase alone; the same again is no new act.
    ///
    /// - Source: Online Litigation Rules arts. 20, 22.
    public func decide(_ command: AgreeToEndPhase, in context: Context) throws(Refusal) -> [DecidedAct] {
        try requireOpenWindow(context)
        guard parties.place(command.party) != nil else { throw .notAParty }
        guard command.phase == hearing.phase else { throw .otherPhase.about(["phase"]) }
        guard hearing.questions.allSatisfy({ $0.to != command.party || $0.answered != nil }) else {
            throw .ownQuestionOpen
        }
        guard !hearing.endAgreed.contains(command.party) else { return [] }
        let body = PhaseEndAgreed(party: command.party, phase: command.phase)
        return [
            DecidedAct(.hearing(.endAgreed(body)), under: .asynchronousSteps, .wholeHearing, party: command.party)
        ]
    }

    /// Open to a party from docketing on: one who learns of a ground later may ask until the debate ends.
    ///
    /// - Source: Civil Procedure Law art. 48.
    public func decide(_ command: AskRecusal, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard parties.place(command.party) != nil else { throw .notAParty }
        guard filing.docketed != nil else { throw .notDocketed }
        guard closing.manner == nil else { throw .caseEnded }
        guard isOpenToRecusal else { throw .recusalTooLate }
        try requireSittingJudge()
        guard !command.reason.isBlank else { throw .recusalNeedsReason.about(["reason"]) }
        let body = RecusalAsked(party: command.party, reason: command.reason)
        return [
            DecidedAct(.hearing(.recusalAsked(body)), under: .askingForRecusal, .wholeHearing, party: command.party)
        ]
    }

    /// Whether a party may still ask that the judge step aside: from docketing until the debate has ended.
    ///
    /// - Source: Civil Procedure Law art. 48.
    public var isOpenToRecusal: Bool {
        filing.docketed != nil && closing.manner == nil && hearing.closedAt == nil
            && hearing.phase ?? .preparation <= .debate
    }

    /// - Source: Civil Procedure Law art. 49.
    public func decide(_ command: DecideRecusal, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard closing.manner == nil else { throw .caseEnded }
        guard hearing.pendingRecusal != nil else { throw .noRecusalPending }
        guard context.acting.capacity == .president, context.acting.account != filing.currentJudge else {
            throw .ownRecusal
        }
        guard !command.reason.isBlank else { throw .recusalNeedsReason.about(["reason"]) }
        let body = RecusalDecided(upheld: command.upheld, reason: command.reason)
        return [DecidedAct(.hearing(.recusalDecided(body)), under: .decidingRecusal)]
    }

    private func requireOpenWindow(_ context: Context) throws(Refusal) {
        guard closing.manner == nil else { throw .caseEnded }
        guard hearing.isOpen, let until = hearing.phaseUntil else { throw .hearingNotOpen }
        guard hearing.pendingRecusal == nil else { throw .recusalPending }
        guard context.happenedOn <= until else { throw .windowEnded }
    }
}
