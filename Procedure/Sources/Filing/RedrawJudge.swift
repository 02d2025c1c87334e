/// Another judge is drawn in the place of one who had to step aside (更换承办法官).
public struct RedrawJudge: Hashable, Sendable {
    public let draw: JudgeDraw
    /// Tells the parties who sits now.
    public let notice: DocumentReference

    public init(draw: JudgeDraw, notice: DocumentReference) {
        self.draw = draw
        self.notice = notice
    }
}

/// Another judge was drawn; from here on the case is that judge's (重新分案).
public struct BenchRedrawn: ActBody {
    public static let type = "bench.redrawn"
    public let draw: JudgeDraw
    public let notice: DocumentReference
    public var files: [FileReference] { notice.files }

    enum CodingKeys: String, CodingKey { case draw, notice }

    public init(draw: JudgeDraw, notice: DocumentReference) {
        self.draw = draw
        self.notice = notice
    }
}

extension Refusal {
    public static let recusalUpheld = Refusal(
        code: "bench.recusal-upheld", article: .groundsOfRecusal,
        reason: Words("承办法官已经回避，不得再参与本案。", "The judge had to step aside and takes no further part in the case."),
        remedy: Words("请先重新抽取承办法官。", "Draw another judge first."))
    public static let judgeSits = Refusal(
        code: "bench.judge-sits", article: nil,
        reason: Words("承办法官没有回避，不得另行抽取。", "The judge has not had to step aside, so no other is drawn."),
        remedy: Words("须先对回避申请作出准许的决定。", "A request for recusal must be upheld first."))
}

extension CaseState {
    /// The judge of the case; nil before docketing, and from an upheld recusal until another was drawn.
    public var judge: AccountID? { filing.currentJudge.flatMap { filing.recused.contains($0) ? nil : $0 } }

    /// Whether another judge has to be drawn.
    public var awaitsJudge: Bool { filing.currentJudge != nil && judge == nil }

    /// Refuses what only the judge does while a request for recusal waits, or after one was upheld.
    ///
    /// - Source: Civil Procedure Law arts. 47, 48.
    func requireSittingJudge() throws(Refusal) {
        guard hearing.pendingRecusal == nil else { throw .recusalPending }
        guard !awaitsJudge else { throw .recusalUpheld }
    }

    /// Only after an upheld recusal; no judge who stepped aside, and nobody who is a party. The parties are told.
    ///
    /// - Source: Civil Procedure Law arts. 47, 131, 163.
    public func decide(_ command: RedrawJudge, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard filing.docketed != nil else { throw .notDocketed }
        guard closing.manner == nil else { throw .caseEnded }
        guard awaitsJudge else { throw .judgeSits }
        guard isOpen(command.draw), !filing.recused.contains(command.draw.drawn) else { throw .barredJudge }
        let body = BenchRedrawn(draw: command.draw, notice: command.notice)
        return [DecidedAct(.court(.benchRedrawn(body)), under: .groundsOfRecusal, .singleJudge, .tellWhoSits)]
    }

    /// Whether the judge drawn is nobody's party and was not barred.
    func isOpen(_ draw: JudgeDraw) -> Bool {
        !parties.filledBy.values.contains(draw.drawn)
            && draw.candidates.contains { $0.judge == draw.drawn && $0.barred == nil }
    }
}
