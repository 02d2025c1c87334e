/// The papers go back, the plaintiff not insisting on a ruling (退回起诉材料).
public struct ReturnPapers: Hashable, Sendable {
    public let reason: String
    public let notice: DocumentReference

    public init(reason: String, notice: DocumentReference) {
        self.reason = reason
        self.notice = notice
    }
}

/// The clerk tells the plaintiff which court hears the case (告知向有管辖权的法院起诉).
public struct AdviseTransfer: Hashable, Sendable {
    public let court: String
    public let reason: String
    public let notice: DocumentReference

    public init(court: String, reason: String, notice: DocumentReference) {
        self.court = court
        self.reason = reason
        self.notice = notice
    }
}

/// The plaintiff wants a ruling all the same (坚持起诉).
public struct InsistOnRuling: Hashable, Sendable {
    public let words: String
    public init(words: String) { self.words = words }
}

/// A judge rules not to accept the suit (裁定不予受理).
public struct RuleNonAcceptance: Hashable, Sendable {
    public let reason: String
    public let ruling: DocumentReference
    public let signature: Signature

    public init(reason: String, ruling: DocumentReference, signature: Signature) {
        self.reason = reason
        self.ruling = ruling
        self.signature = signature
    }
}

extension Article {
    /// Papers returned when not corrected or not insisted on (退回诉状).
    public static let returnOfPapers = Article(.docketing, 7)
    /// The same, in Internet courts (不符合起诉条件的处理).
    public static let internetCourtFiling = Article(.internetCourts2018, 7)
    /// Tell the plaintiff which court is competent (告知有管辖权的法院).
    public static let adviseCompetentCourt = Article(.civilProcedureLaw, 127)
}

extension Refusal {
    public static let returnTooEarly = Refusal(
        code: "filing.return-too-early", article: .returnOfPapers,
        reason: Words(
            "尚不能退回材料：须已通知补正而逾期未补正或补正后仍不符合，或者已告知应向其他法院起诉。",
            "The papers cannot go back yet: first correction was asked for and did not come or did not suffice, or another court was named."
        ),
        remedy: Words("请先一次性告知补正，或告知有管辖权的法院。", "First ask for correction once, or name the competent court."))
    public static let plaintiffInsists = Refusal(
        code: "filing.plaintiff-insists", article: .onlineFiling,
        reason: Words("原告坚持起诉，须由法官裁定。", "The plaintiff insists, so a judge must rule."),
        remedy: Words("请提请法官作出不予受理裁定或立案。", "Ask a judge for a ruling, or docket the case."))
    public static let nothingToInsistOn = Refusal(
        code: "filing.nothing-to-insist-on", article: nil,
        reason: Words("法院尚未指出不符合起诉条件之处。", "The court has not found anything wanting."),
        remedy: Words("须先有补正通知或管辖告知。", "A correction notice or advice on the court must come first."))
    public static let notInsisted = Refusal(
        code: "filing.not-insisted", article: .onlineFiling,
        reason: Words(
            "只有原告坚持起诉时才裁定不予受理。", "A ruling not to accept is given only when the plaintiff insists."),
        remedy: Words("原告不坚持的，退回材料即可。", "If the plaintiff does not insist, return the papers."))
    public static let rulingSignature = Refusal(
        code: "ruling.signature-mismatch", article: .onlineSigning,
        reason: Words("签名与裁定书不相符。", "The signature does not belong to this very ruling."),
        remedy: Words("请重新核对裁定书后再签名。", "Check the ruling again, then sign it."))
}

extension CaseState {
    /// Not corrected in the time that began with the service of the notice, or corrected and still not enough, or told
    /// of another court.
    ///
    /// - Source: Online Litigation Rules art. 9; Docketing Provisions art. 7; Internet Courts Provisions art. 7.
    public func decide(_ command: ReturnPapers, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard filing.complaint != nil else { throw .notSubmitted }
        guard !filing.isDecided else { throw .filingDecided }
        guard filing.insisted == nil else { throw .plaintiffInsists }
        let insufficient = filing.correction?.answered != nil
        if !insufficient, filing.transferAdvice == nil {
            guard try isCorrectionOverdue(in: context) else { throw .returnTooEarly }
        }
        return [
            DecidedAct(
                .filing(.returned(PapersReturned(reason: command.reason, notice: command.notice))),
                under: .returnOfPapers, .internetCourtFiling),
            DecidedAct(.closing(.closed(CaseClosed(manner: .papersReturned))), under: .returnOfPapers),
        ]
    }

    /// - Source: Civil Procedure Law art. 127.
    public func decide(_ command: AdviseTransfer, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard filing.complaint != nil else { throw .notSubmitted }
        guard !filing.isDecided else { throw .filingDecided }
        let body = TransferAdvised(court: command.court, reason: command.reason, notice: command.notice)
        return [DecidedAct(.filing(.transferAdvised(body)), under: .adviseCompetentCourt)]
    }

    /// - Source: Online Litigation Rules art. 9.
    public func decide(_ command: InsistOnRuling, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard filing.complaint != nil else { throw .notSubmitted }
        guard !filing.isDecided else { throw .filingDecided }
        guard filing.correction != nil || filing.transferAdvice != nil else { throw .nothingToInsistOn }
        return [DecidedAct(.filing(.insisted(PlaintiffInsisted(words: command.words))), under: .onlineFiling)]
    }

    /// - Source: Civil Procedure Law art. 126; Online Litigation Rules art. 9.
    public func decide(_ command: RuleNonAcceptance, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard filing.complaint != nil else { throw .notSubmitted }
        guard !filing.isDecided else { throw .filingDecided }
        guard filing.insisted != nil else { throw .notInsisted }
        guard command.signature.binds(command.ruling, for: context.acting.account) else { throw .rulingSignature }
        let body = NonAcceptanceRuled(reason: command.reason, ruling: command.ruling, signature: command.signature)
        return [
            DecidedAct(.filing(.declined(body)), under: .docketWithinSevenDays, .onlineFiling),
            DecidedAct(.closing(.closed(CaseClosed(manner: .notAccepted))), under: .docketWithinSevenDays),
        ]
    }
}
