/// The filing clerk registers the case (登记立案).
public struct DocketCase: Hashable, Sendable {
    /// The number just taken from the counter, inside this very transaction.
    public let number: CaseNumber
    public let procedure: TrialProcedure
    /// Why this procedure.
    public let reasons: [String]
    public let draw: JudgeDraw

    public init(number: CaseNumber, procedure: TrialProcedure, reasons: [String], draw: JudgeDraw) {
        self.number = number
        self.procedure = procedure
        self.reasons = reasons
        self.draw = draw
    }
}

extension Article {
    /// A single judge hears a simple case (独任审理).
    public static let singleJudge = Article(.civilProcedureLaw, 163)
    /// Small claims (小额诉讼).
    public static let smallClaims = Article(.civilProcedureLaw, 165)
    /// Who must step aside (应当回避的情形).
    public static let groundsOfRecusal = Article(.civilProcedureLaw, 47)
}

extension Refusal {
    public static let alreadyDocketed = Refusal(
        code: "filing.already-docketed", article: nil,
        reason: Words("本案已经立案。", "The case is already docketed."),
        remedy: Words("此步须在立案之前；案号见案件页面。", "This step must come before docketing; the case page shows the number."))
    public static let barredJudge = Refusal(
        code: "filing.barred-judge", article: .groundsOfRecusal,
        reason: Words("抽中的法官应当回避。", "The judge drawn must step aside."),
        remedy: Words("请排除该法官后重新抽取。", "Leave that judge out and draw again."))
    public static let procedureNotOpen = Refusal(
        code: "filing.procedure-not-open", article: .smallClaims,
        reason: Words("本系统目前只办理适用小额诉讼程序的案件。", "Only small-claims cases are handled here so far."),
        remedy: Words("其他程序的案件请转线下办理。", "Handle other procedures at the counter for now."))
}

extension CaseState {
    /// Decides whether the case may be registered. Late is no bar: when in doubt the court dockets first.
    ///
    /// - Source: Civil Procedure Law art. 126; Online Litigation Rules art. 9.
    public func decide(_ command: DocketCase, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard filing.complaint != nil else { throw .notSubmitted }
        guard filing.docketed == nil else { throw .alreadyDocketed }
        guard !filing.isDecided else { throw .filingDecided }
        guard !filing.isAwaitingCorrection else { throw .correctionPending }
        guard command.procedure == .smallClaims else { throw .procedureNotOpen }
        guard isOpen(command.draw) else { throw .barredJudge }
        let body = CaseDocketed(
            number: command.number, procedure: command.procedure, reasons: command.reasons, draw: command.draw)
        return [
            DecidedAct(
                .filing(.docketed(body)), under: .docketWithinSevenDays, .onlineFiling, .singleJudge, .smallClaims)
        ]
    }
}
