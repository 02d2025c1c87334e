/// Filing as the docket tells it (立案阶段).
public struct FilingState: Hashable, Sendable {
    public struct CorrectionRound: Hashable, Sendable {
        public let items: [CorrectionItem]
        /// The day named when the court asked; see `CaseState.correctionTerm(in:)` for when the time is over.
        public let due: CourtDay
        public let notice: DocumentReference
        public let asked: Happened
        /// Nil until corrected material came.
        public internal(set) var answered: Happened?
    }

    /// How the parties are told that another judge sits, and since when that one does.
    public struct BenchTold: Hashable, Sendable {
        public let notice: DocumentReference
        public let redrawn: Happened
    }

    /// The complaint in its newest form.
    public private(set) var complaint: Complaint?
    public private(set) var submitted: Happened?
    public private(set) var correction: CorrectionRound?
    public private(set) var insisted: String?
    public private(set) var transferAdvice: TransferAdvised?
    public private(set) var returned: PapersReturned?
    public private(set) var declined: NonAcceptanceRuled?
    /// How the case was registered, with the draw that stands now.
    public private(set) var docketed: CaseDocketed?
    public private(set) var docketedOn: Happened?
    /// The judges who had to step aside in this case.
    public private(set) var recused: Set<AccountID> = []
    /// The newest, once another judge was drawn.
    public private(set) var benchTold: BenchTold?

    mutating func apply(_ act: FilingAct, in entry: Entry) {
        switch act {
        case .submitted(let body):
            complaint = body.complaint
            submitted = entry.happened
        case .correctionRequested(let body):
            correction = CorrectionRound(
                items: body.items, due: body.due, notice: body.notice, asked: entry.happened)
        case .corrected(let body):
            complaint = body.complaint
            correction?.answered = entry.happened
        case .returned(let body): returned = body
        case .transferAdvised(let body): transferAdvice = body
        case .insisted(let body): insisted = body.words
        case .declined(let body): declined = body
        case .docketed(let body):
            docketed = body
            docketedOn = entry.happened
        }
    }

    /// The draw that stands: the newest one.
    public var currentDraw: JudgeDraw? { docketed?.draw }
    /// The judge last drawn, who may have had to step aside since; see `CaseState.judge`.
    public var currentJudge: AccountID? { currentDraw?.drawn }

    /// The judge steps aside and waits for nobody: until another is drawn the case has none.
    mutating func recuse() {
        if let currentJudge { recused.insert(currentJudge) }
    }

    mutating func apply(_ body: BenchRedrawn, in entry: Entry) {
        benchTold = BenchTold(notice: body.notice, redrawn: entry.happened)
        guard let first = docketed else { return }
        docketed = CaseDocketed(
            number: first.number, procedure: first.procedure, reasons: first.reasons, draw: body.draw)
    }

    public var isAwaitingCorrection: Bool { correction != nil && correction?.answered == nil && !isDecided }
    public var isDecided: Bool { docketed != nil || declined != nil || returned != nil }

    /// The day the seven days count from: receipt of the papers, or of the corrected ones.
    ///
    /// - Source: Civil Procedure Law art. 126; Interpretation art. 126; Online Litigation Rules art. 9.
    public func clockStarted(in zone: CourtZone) -> (limit: DeadlineID, day: CourtDay)? {
        if let answered = correction?.answered { return (.filingDecisionAfterCorrection, answered.day(in: zone)) }
        guard let submitted, correction == nil else { return nil }
        return (.filingDecision, submitted.day(in: zone))
    }
}

/// What the filing clerk checks: form only (形式审查). There is no check that asks for paper.
///
/// - Source: Civil Procedure Law arts. 122, 124; Online Litigation Rules art. 9.
public enum FilingCheck: String, CaseIterable, Codable, Sendable {
    case plaintiffDetails = "plaintiff-details"
    case definiteDefendant = "definite-defendant"
    case concreteClaims = "concrete-claims"
    case factsAndReasons = "facts-and-reasons"
    case evidenceReadable = "evidence-readable"
    case withinJurisdiction = "within-jurisdiction"
    case signature

    public var name: Words {
        switch self {
        case .plaintiffDetails:
            Words("原告身份、住所、联系方式齐全", "The plaintiff's identity, address and contact are complete")
        case .definiteDefendant: Words("有明确的被告", "There is a definite defendant")
        case .concreteClaims: Words("诉讼请求具体", "The claims are concrete")
        case .factsAndReasons: Words("写明事实和理由", "Facts and reasons are given")
        case .evidenceReadable: Words("证据材料可以打开、看清", "The evidence opens and can be read")
        case .withinJurisdiction: Words("属于本院受理范围", "The case is one this court hears")
        case .signature: Words("起诉状已由本人签名", "The complaint is signed by the plaintiff")
        }
    }

    public var article: Article {
        switch self {
        case .definiteDefendant, .withinJurisdiction: .conditionsOfSuit
        case .signature: .onlineSigning
        default: .contentOfComplaint
        }
    }
}

extension Article {
    /// Conditions of a suit (起诉条件).
    public static let conditionsOfSuit = Article(.civilProcedureLaw, 122)
    /// What a complaint contains (起诉状的内容).
    public static let contentOfComplaint = Article(.civilProcedureLaw, 124)
    /// Docket within seven days (七日内立案).
    public static let docketWithinSevenDays = Article(.civilProcedureLaw, 126)
    /// Filing online: one list, one restart of the clock, no paper (在线立案).
    public static let onlineFiling = Article(.onlineLitigation, 9)
    /// The clock restarts the day after correction (补正后期间).
    public static let clockAfterCorrection = Article(.interpretation, 126)
    /// Signing online (在线确认与电子签章).
    public static let onlineSigning = Article(.onlineLitigation, 33)
}
