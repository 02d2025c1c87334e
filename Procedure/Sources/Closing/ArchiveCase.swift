/// The end of the matter as the docket tells it (结案与归档).
public struct ClosingState: Hashable, Sendable {
    public private(set) var manner: CaseClosed.Manner?
    public private(set) var closedAt: Happened?
    public private(set) var archivedAt: Happened?

    mutating func apply(_ act: ClosingAct, in entry: Entry) {
        switch act {
        case .closed(let body):
            manner = body.manner
            closedAt = entry.happened
        case .archived: archivedAt = entry.happened
        }
    }
}

/// The clerk forms the archive (归档).
public struct ArchiveCase: Hashable, Sendable {
    public init() {}
}

/// One thing a complete case file holds (卷宗应当具备的材料).
///
/// - Source: Interpretation art. 263.
public enum ArchiveCheck: String, CaseIterable, Codable, Sendable {
    case complaint
    case answerOrNone = "answer-or-none"
    case identities
    case evidence
    case transcript
    case decision
    case proofsOfService = "proofs-of-service"
    case feeReceipt = "fee-receipt"
    case smallClaimsNotice = "small-claims-notice"

    public var name: Words {
        switch self {
        case .complaint: Words("起诉状", "Complaint")
        case .answerOrNone: Words("答辩状，或未答辩的记录", "Answer, or the record that none came")
        case .identities: Words("当事人身份核验记录", "Record of the parties' identities")
        case .evidence: Words("证据及质证、认定", "Exhibits with opinions and findings")
        case .transcript: Words("庭审笔录", "Transcript")
        case .decision: Words("裁判文书", "Decision")
        case .proofsOfService: Words("送达凭证", "Service certificates")
        case .feeReceipt: Words("诉讼费收据", "Payment receipt")
        case .smallClaimsNotice: Words("小额诉讼程序告知书", "Small-claims notice")
        }
    }
}

extension Article {
    /// Electronic file and archive (电子卷宗与电子档案).
    public static let electronicArchive = Article(.onlineLitigation, 35)
    /// What the file of a simple case holds (简易程序卷宗材料).
    public static let fileOfSimpleCase = Article(.interpretation, 263)
}

extension Refusal {
    public static let notClosed = Refusal(
        code: "archive.not-closed", article: nil,
        reason: Words("本案尚未结案。", "The case is not closed."),
        remedy: Words("须先结案。", "It must be closed first."))
    public static let fileIncomplete = Refusal(
        code: "archive.incomplete", article: .fileOfSimpleCase,
        reason: Words("卷宗材料不齐全。", "The file is not complete."),
        remedy: Words("请补齐标出的材料后归档。", "Add what is marked, then archive."))
}

extension CaseState {
    /// What the file still lacks. Only a case that ended by judgment needs all of it.
    ///
    /// - Source: Interpretation art. 263.
    public var missingForArchive: [ArchiveCheck] {
        ArchiveCheck.allCases.filter { !holds($0) }
    }

    private func holds(_ check: ArchiveCheck) -> Bool {
        let judged = closing.manner == .judgment
        return switch check {
        case .complaint: filing.complaint != nil
        case .answerOrNone: !judged || evidence.answer != nil || evidence.exchange != nil
        case .identities: !judged || parties.places.allSatisfy { parties.filledBy[$0.party] != nil }
        case .evidence: !judged || evidence.exhibits.allSatisfy { $0.finding != nil }
        case .transcript: !judged || hearing.transcript?.confirmedByJudge != nil
        case .decision:
            judgment.signed != nil || judgment.withdrawal != nil || filing.declined != nil || filing.returned != nil
        case .proofsOfService:
            parties.places.allSatisfy { waitingPapers(for: $0.party).isEmpty }
                && service.deliveries.allSatisfy { service.isProven($0) }
        case .feeReceipt: !judged || fee.paid?.receipt != nil
        case .smallClaimsNotice:
            !judged || parties.places.allSatisfy { service.served(.smallClaimsNotice, on: $0.party) != nil }
        }
    }

    /// - Source: Online Litigation Rules art. 35; Interpretation art. 263; Litigation Fees Measures art. 53.
    public func decide(_ command: ArchiveCase, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard closing.manner != nil else { throw .notClosed }
        guard closing.archivedAt == nil else { return [] }
        let missing = missingForArchive
        guard missing.isEmpty else { throw .fileIncomplete.about(missing.map(\.rawValue)) }
        guard fee.refundable.isEmpty else { throw .refundOwed }
        let body = CaseArchived(checks: ArchiveCheck.allCases.map(\.rawValue))
        return [DecidedAct(.closing(.archived(body)), under: .electronicArchive, .fileOfSimpleCase)]
    }
}
