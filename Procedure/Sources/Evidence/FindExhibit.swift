/// The judge finds that a copy meets the form of an original (认定符合原件形式).
public struct FindOriginalForm: Hashable, Sendable {
    public let finding: OriginalFormFound
    public init(finding: OriginalFormFound) { self.finding = finding }
}

/// The judge makes the three findings on an exhibit (认证).
public struct FindExhibit: Hashable, Sendable {
    public let finding: ExhibitFound
    public init(finding: ExhibitFound) { self.finding = finding }
}

extension Refusal {
    public static let notYetExamined = Refusal(
        code: "evidence.not-examined", article: .examinedEvidenceOnly,
        reason: Words("该证据尚未经过质证。", "This exhibit has not been examined by the other side."),
        remedy: Words(
            "请先让对方发表质证意见，或等待期限届满；其后提交的，请再次组织证据交换。",
            "Let the other side give its opinion first, or the window end; for an exhibit that came later, open the exchange again."
        ))
    public static let findingNeedsReason = Refusal(
        code: "evidence.finding-needs-reason", article: .examinedEvidenceOnly,
        reason: Words("不予认定须说明理由。", "A finding against an exhibit needs its reason."),
        remedy: Words("请写明理由。", "State the reason."))
    public static let objectionStands = Refusal(
        code: "evidence.objection-stands", article: .originalForm,
        reason: Words(
            "对方对一致性提出了异议，不能以“无异议”认定。", "The other side says the copy differs, so “no objection” is not open."),
        remedy: Words("请另选理由，或要求提供原件。", "Choose another ground, or require the original."))
}

extension CaseState {
    /// Form only; nothing is said about truth. “No objection” needs that the opponent had the chance.
    ///
    /// - Source: Online Litigation Rules art. 13.
    public func decide(_ command: FindOriginalForm, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard closing.manner == nil else { throw .caseEnded }
        try requireSittingJudge()
        guard let exhibit = evidence.exhibit(command.finding.exhibit) else { throw .unknownExhibit }
        guard exhibit.hadWindow else { throw .notYetExamined }
        if command.finding.ground == .noObjection {
            guard exhibit.opinions.values.allSatisfy({ $0.differsFromOriginal == nil }) else { throw .objectionStands }
        }
        return [DecidedAct(.evidence(.formFound(command.finding)), under: .originalForm)]
    }

    /// Only what was examined, or what the opponent had its window to examine, can be found on.
    ///
    /// - Source: Online Litigation Rules art. 15.
    public func decide(_ command: FindExhibit, in context: Context) throws(Refusal) -> [DecidedAct] {
        let finding = command.finding
        guard closing.manner == nil else { throw .caseEnded }
        try requireSittingJudge()
        guard let exhibit = evidence.exhibit(finding.exhibit) else { throw .unknownExhibit }
        let examined = parties.others(than: exhibit.by).allSatisfy { exhibit.opinions[$0.party] != nil }
        guard examined || exhibit.hadWindow else { throw .notYetExamined }
        let parts = [
            ("authenticity", finding.authenticity), ("legality", finding.legality), ("relevance", finding.relevance),
        ]
        let bare = parts.filter { !$0.1.upheld && $0.1.reason.isBlank }.map(\.0)
        guard bare.isEmpty else { throw .findingNeedsReason.about(bare) }
        return [DecidedAct(.evidence(.found(finding)), under: .examinedEvidenceOnly)]
    }
}
