/// The judge opens the hearing in writing, finding each gate with its reason (决定非同步审理).
public struct OpenHearing: Hashable, Sendable {
    public let gates: [GateFound]
    public let until: CourtDay
    public let notice: DocumentReference

    public init(gates: [GateFound], until: CourtDay, notice: DocumentReference) {
        self.gates = gates
        self.until = until
        self.notice = notice
    }
}

/// The judge moves on to the next phase (进入下一阶段).
public struct OpenPhase: Hashable, Sendable {
    public let phase: HearingPhase
    public let until: CourtDay

    public init(phase: HearingPhase, until: CourtDay) {
        self.phase = phase
        self.until = until
    }
}

/// The judge ends the hearing (宣布庭审结束).
public struct CloseHearing: Hashable, Sendable {
    public init() {}
}

extension Refusal {
    public static let gatesNotMet = Refusal(
        code: "hearing.gates-not-met", article: .asynchronousSteps,
        reason: Words("非同步审理的条件尚未全部具备。", "The conditions of a hearing in writing do not all hold."),
        remedy: Words(
            "请查看未具备的条件；不能具备的，另定同时在线庭审。", "See which one is missing; if it cannot be met, hold the hearing together."))
    public static let noHearingConsent = Refusal(
        code: "hearing.without-consent", article: .consentPerStage,
        reason: Words("有当事人没有同意庭审在线进行。", "A party has not agreed to an online hearing."),
        remedy: Words("请询问该当事人，或改为线下庭审。", "Ask that party, or hold the hearing at the court."))
    public static let hearingNotOpen = Refusal(
        code: "hearing.not-open", article: nil,
        reason: Words("庭审没有开始，或者已经结束。", "The hearing has not begun, or is over."),
        remedy: Words("须先由法官开启庭审。", "The judge must open it first."))
    public static let phaseOutOfOrder = Refusal(
        code: "hearing.phase-out-of-order", article: .wholeHearing,
        reason: Words("庭审各阶段须依次进行，不得省略。", "The phases of a hearing follow in order; none may be left out."),
        remedy: Words("请进入下一个阶段。", "Open the next phase."))
    public static let phaseMissing = Refusal(
        code: "hearing.phase-missing", article: .wholeHearing,
        reason: Words("尚有庭审阶段没有进行。", "A phase of the hearing has not been held."),
        remedy: Words("请依次进行法庭调查、法庭辩论和最后陈述。", "Hold the investigation, the debate and the final statements in turn."))
    public static let questionsOpen = Refusal(
        code: "hearing.questions-open", article: .wholeHearing,
        reason: Words("还有问题没有回答，期限也未届满。", "Questions are unanswered and the window is still open."),
        remedy: Words("请等待回答或期限届满。", "Wait for the answers, or for the window to end."))
    public static let lastWordOpen = Refusal(
        code: "hearing.last-word-open", article: .wholeHearing,
        reason: Words("有当事人在本阶段尚未发言，期限也未届满。", "A party has not spoken in this phase and the window is still open."),
        remedy: Words(
            "请等待其发言、同意提前结束，或期限届满。", "Wait until it has spoken or agreed to the end, or for the window to end."))
    public static let recusalPending = Refusal(
        code: "hearing.recusal-pending", article: .askingForRecusal,
        reason: Words(
            "回避申请尚未决定，法官应当暂停参与本案的工作。",
            "A request for recusal is undecided, so the judge takes no part in the case meanwhile."),
        remedy: Words("须先由院长对回避申请作出决定。", "The court president must decide the request first."))
}

extension CaseState {
    /// - Source: Online Litigation Rules arts. 4, 20.
    public func decide(_ command: OpenHearing, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard filing.docketed != nil else { throw .notDocketed }
        guard closing.manner == nil else { throw .caseEnded }
        guard hearing.opened == nil else { throw .hearingBegun }
        try requireSittingJudge()
        guard parties.places.allSatisfy({ participation.agrees($0.party, to: .hearing) }) else {
            throw .noHearingConsent
        }
        let found = Dictionary(command.gates.map { ($0.gate, $0.reason) }, uniquingKeysWith: { first, _ in first })
        let missing = writingGates.filter { standing in
            switch standing.verdict {
            case .met: false
            case .notMet: true
            case .judgeFinds: found[standing.gate]?.isBlank ?? true
            }
        }
        guard missing.isEmpty else { throw .gatesNotMet.about(missing.map(\.gate.rawValue)) }
        guard command.until > context.today else { throw .windowPast.about(["until"]) }
        let gates = writingGates.map { GateFound(gate: $0.gate, reason: found[$0.gate] ?? $0.reason.zh) }
        let body = HearingOpened(gates: gates, until: command.until, notice: command.notice)
        return [DecidedAct(.hearing(.opened(body)), under: .asynchronousSteps, .wholeHearing)]
    }

    /// No phase ends inside the window that was told, unless each party has spoken or answered in it or agreed to its
    /// end.
    ///
    /// - Source: Online Litigation Rules art. 22.
    public func decide(_ command: OpenPhase, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard closing.manner == nil else { throw .caseEnded }
        guard hearing.isOpen, let phase = hearing.phase else { throw .hearingNotOpen }
        try requireSittingJudge()
        guard command.phase == phase.next else { throw .phaseOutOfOrder }
        try requireAnswers(of: phase, today: context.today)
        try requireHeard(in: phase, today: context.today)
        guard command.until > context.today else { throw .windowPast.about(["until"]) }
        let body = PhaseOpened(phase: command.phase, until: command.until)
        return [DecidedAct(.hearing(.phaseOpened(body)), under: .wholeHearing)]
    }

    /// Nothing ends before every phase was held and everybody had the last word or the time for it.
    ///
    /// - Source: Online Litigation Rules art. 22.
    public func decide(_ command: CloseHearing, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard closing.manner == nil else { throw .caseEnded }
        guard hearing.isOpen, let phase = hearing.phase else { throw .hearingNotOpen }
        try requireSittingJudge()
        guard phase == .finalStatements else { throw .phaseMissing }
        try requireAnswers(of: phase, today: context.today)
        try requireHeard(in: phase, today: context.today)
        return [DecidedAct(.hearing(.closed(HearingClosed())), under: .wholeHearing)]
    }

    /// In the preparation the court tells the parties their rights; nobody has to speak in it.
    private func requireHeard(in phase: HearingPhase, today: CourtDay) throws(Refusal) {
        guard phase != .preparation, let until = hearing.phaseUntil, today <= until else { return }
        let spoken = hearing.spoken(in: phase).union(hearing.endAgreed)
        guard parties.places.allSatisfy({ spoken.contains($0.party) }) else { throw .lastWordOpen }
    }

    private func requireAnswers(of phase: HearingPhase, today: CourtDay) throws(Refusal) {
        guard let until = hearing.phaseUntil, today <= until else { return }
        guard hearing.questions.allSatisfy({ $0.answered != nil }) else { throw .questionsOpen }
    }
}
