/// The filing clerk lists everything that must be corrected (一次性告知补正).
public struct RequestCorrection: Hashable, Sendable {
    public let items: [CorrectionItem]
    public let due: CourtDay
    public let notice: DocumentReference

    public init(items: [CorrectionItem], due: CourtDay, notice: DocumentReference) {
        self.items = items
        self.due = due
        self.notice = notice
    }
}

/// The plaintiff sends the corrected complaint (提交补正材料).
public struct CorrectComplaint: Hashable, Sendable {
    public let complaint: Complaint
    public init(complaint: Complaint) { self.complaint = complaint }
}

extension Refusal {
    public static let notSubmitted = Refusal(
        code: "filing.not-submitted", article: nil,
        reason: Words("起诉状尚未提交。", "No complaint has been sent yet."),
        remedy: Words("须先提交起诉状。", "The complaint must be sent first."))
    public static let filingDecided = Refusal(
        code: "filing.already-decided", article: nil,
        reason: Words("立案审查已经有结果。", "The filing has already been decided."),
        remedy: Words("此步须在立案审查作出结果之前；结果见案件页面。", "This step must come before the decision; the case page shows it."))
    public static let correctionPending = Refusal(
        code: "filing.correction-pending", article: nil,
        reason: Words("已通知补正，尚未收到补正材料。", "Correction was asked for and has not come yet."),
        remedy: Words(
            "须先收到补正材料；期限届满后可以退回材料。", "The corrected papers must come first; once the period is over, return the papers."
        ))
    public static let nothingToCorrect = Refusal(
        code: "filing.nothing-to-correct", article: nil,
        reason: Words("法院没有要求补正。", "The court has not asked for any correction."),
        remedy: Words("须先有补正通知。", "A correction notice must come first."))
    public static let emptyList = Refusal(
        code: "filing.empty-correction-list", article: .onlineFiling,
        reason: Words("补正通知须列明全部补正事项。", "A correction notice must list what is to be corrected."),
        remedy: Words("请至少选择一项并写明如何补正。", "Choose at least one item and say how to mend it."))
    public static let secondList = Refusal(
        code: "filing.second-correction-list", article: .onlineFiling,
        reason: Words(
            "补正事项须一次性告知：第二次通知不得增加新事项。",
            "Everything to be corrected is told at once: a second notice may not add a new item."),
        remedy: Words(
            "只能就第一次列明而仍未补正的事项再次通知；其余请立案或作出裁定。",
            "Only items of the first list that are still open may be named again; otherwise docket the case or rule on it."
        ))
    public static let otherParties = Refusal(
        code: "filing.other-parties", article: .onlineFiling,
        reason: Words("补正不能更换当事人的诉讼地位。", "A correction cannot put other places in the case."),
        remedy: Words(
            "请保留原有当事人，只补正其信息；另告他人的，另行起诉。", "Keep the parties and mend what is said of them; sue another person anew."))
    public static let correctionTooShort = Refusal(
        code: "filing.correction-period-past", article: .onlineFiling,
        reason: Words("补正期限须在今天之后。", "The period for correction must end after today."),
        remedy: Words("请另定期限。", "Set another date."))
}

extension CaseState {
    /// Decides whether the court may ask for corrections: once, and everything at once.
    ///
    /// - Source: Online Litigation Rules art. 9.
    public func decide(_ command: RequestCorrection, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard filing.complaint != nil else { throw .notSubmitted }
        guard !filing.isDecided else { throw .filingDecided }
        guard !filing.isAwaitingCorrection else { throw .correctionPending }
        guard !command.items.isEmpty, command.items.allSatisfy({ !$0.explanation.isBlank }) else {
            throw .emptyList.about(["items"])
        }
        if let first = filing.correction {
            let known = Set(first.items.map(\.check))
            guard command.items.allSatisfy({ known.contains($0.check) }) else { throw .secondList.about(["items"]) }
        }
        guard command.due > context.today else { throw .correctionTooShort.about(["due"]) }
        let body = CorrectionRequested(items: command.items, due: command.due, notice: command.notice)
        return [DecidedAct(.filing(.correctionRequested(body)), under: .onlineFiling)]
    }

    /// Decides whether a corrected complaint may come in. It may, even late, as long as the papers are here.
    ///
    /// - Source: Online Litigation Rules art. 9; Interpretation art. 126.
    public func decide(_ command: CorrectComplaint, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard let before = filing.complaint else { throw .notSubmitted }
        guard !filing.isDecided else { throw .filingDecided }
        guard filing.isAwaitingCorrection else { throw .nothingToCorrect }
        guard command.complaint.places == before.places else { throw .otherParties.about(["parties"]) }
        try command.complaint.checkForm(by: context.acting.account, in: context)
        let body = ComplaintCorrected(complaint: command.complaint, kept: before.files.map(\.digest))
        return [DecidedAct(.filing(.corrected(body)), under: .onlineFiling, .clockAfterCorrection)]
    }
}

extension Complaint {
    /// The places in the case, whatever is told about who fills them.
    fileprivate var places: Set<[String]> { Set(parties.map { [$0.party.rawValue, $0.role.rawValue] }) }
}
