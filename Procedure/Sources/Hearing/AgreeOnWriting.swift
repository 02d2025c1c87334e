/// A party asks in writing that each take part at its own time (申请非同步审理).
public struct ApplyForWriting: Hashable, Sendable {
    public let party: PartyID
    public let difficulty: String

    public init(party: PartyID, difficulty: String) {
        self.party = party
        self.difficulty = difficulty
    }
}

/// Another party agrees, or would rather not (同意或不同意非同步审理).
public struct AnswerWriting: Hashable, Sendable {
    public let party: PartyID
    public let agreed: Bool
    public let reason: String

    public init(party: PartyID, agreed: Bool, reason: String) {
        self.party = party
        self.agreed = agreed
        self.reason = reason
    }
}

extension Refusal {
    public static let difficultyMissing = Refusal(
        code: "hearing.difficulty-missing", article: .asynchronousSteps,
        reason: Words("申请须写明不能同时在线参与的困难。", "The application must say why attending together is difficult."),
        remedy: Words("请写明原因，例如工作时间、时差。", "Say why, such as working hours or another time zone."))
    public static let writingAppliedAlready = Refusal(
        code: "hearing.already-applied", article: nil,
        reason: Words("已有当事人提出申请。", "A party has already applied."),
        remedy: Words("须先对该申请表示同意或者不同意。", "That application must be answered first."))
    public static let writingNotApplied = Refusal(
        code: "hearing.not-applied", article: .asynchronousSteps,
        reason: Words("尚无当事人书面申请非同步审理。", "No party has applied in writing for a hearing at each one's own time."),
        remedy: Words("须先由一方书面申请。", "One party must apply in writing first."))
    public static let hearingBegun = Refusal(
        code: "hearing.already-begun", article: nil,
        reason: Words("庭审已经开始。", "The hearing has begun."),
        remedy: Words("须在庭审开始前提出。", "This must come before it begins."))
}

extension CaseState {
    /// - Source: Online Litigation Rules art. 20.
    public func decide(_ command: ApplyForWriting, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard parties.place(command.party) != nil else { throw .notAParty }
        guard filing.docketed != nil else { throw .notDocketed }
        guard closing.manner == nil else { throw .caseEnded }
        guard hearing.opened == nil else { throw .hearingBegun }
        guard hearing.application == nil else { throw .writingAppliedAlready }
        guard !command.difficulty.isBlank else { throw .difficultyMissing.about(["difficulty"]) }
        let body = WritingApplied(party: command.party, difficulty: command.difficulty)
        return [DecidedAct(.hearing(.applied(body)), under: .asynchronousSteps, party: command.party)]
    }

    /// One party's answer affects that party only; before the hearing begins it may change.
    ///
    /// - Source: Online Litigation Rules arts. 4, 20.
    public func decide(_ command: AnswerWriting, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard parties.place(command.party) != nil else { throw .notAParty }
        guard closing.manner == nil else { throw .caseEnded }
        guard hearing.application != nil else { throw .writingNotApplied }
        guard hearing.opened == nil else { throw .hearingBegun }
        if hearing.agreed.contains(command.party) == command.agreed, command.agreed { return [] }
        let act: HearingAct =
            command.agreed
            ? .agreed(WritingAgreed(party: command.party))
            : .refused(WritingRefused(party: command.party, reason: command.reason))
        return [DecidedAct(.hearing(act), under: .asynchronousSteps, .consentPerStage, party: command.party)]
    }
}
