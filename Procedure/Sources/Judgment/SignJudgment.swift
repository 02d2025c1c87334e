/// The judge signs the judgment (签发判决书).
public struct SignJudgment: Hashable, Sendable {
    public let content: JudgmentContent
    public let document: DocumentReference
    public let signature: Signature

    public init(content: JudgmentContent, document: DocumentReference, signature: Signature) {
        self.content = content
        self.document = document
        self.signature = signature
    }
}

/// The judgment is pronounced (宣判).
public struct PronounceJudgment: Hashable, Sendable {
    public init() {}
}

extension Refusal {
    public static let notTheJudge = Refusal(
        code: "judgment.not-the-judge", article: .singleJudge,
        reason: Words("本案由独任法官裁判。", "The judge of this case alone decides it."),
        remedy: Words("请由承办法官签发。", "The judge of the case must sign."))
    public static let transcriptUnsettled = Refusal(
        code: "judgment.transcript-unsettled", article: .electronicTranscript,
        reason: Words(
            "笔录尚未经各方确认，阅读期限也未届满。", "The transcript is not confirmed by all and the time to read it is not over."),
        remedy: Words("请等待确认或五日阅读期届满。", "Wait for the confirmations, or for the five days to end."))
    public static let claimUndecided = Refusal(
        code: "judgment.claim-undecided", article: .contentOfJudgment,
        reason: Words("判决须对每项诉讼请求作出处理。", "A judgment answers every claim."),
        remedy: Words("请补上遗漏的诉讼请求。", "Add the claims left out."))
    public static let decidesOther = Refusal(
        code: "judgment.no-such-claim", article: .contentOfJudgment,
        reason: Words("判决处理了本案没有的诉讼请求，或者重复处理。", "The judgment decides what was not claimed, or a claim twice."),
        remedy: Words("请删去多出的判项。", "Leave out what is too much."))
    public static let performancePeriod = Refusal(
        code: "judgment.performance-period", article: .contentOfJudgment,
        reason: Words("履行期限须在1日至365日之间。", "The time to perform is from 1 to 365 days."),
        remedy: Words("请另定履行期限。", "Set another time."))
    public static let beyondClaim = Refusal(
        code: "judgment.beyond-claim", article: .contentOfJudgment,
        reason: Words("判决金额超出诉讼请求，或与支持程度不符。", "The sum goes beyond the claim or does not fit the outcome."),
        remedy: Words("请核对各项金额。", "Check each sum."))
    public static let citesUnexamined = Refusal(
        code: "judgment.cites-unexamined", article: .examinedEvidenceOnly,
        reason: Words(
            "未经质证、认定，或者真实性未获认定的证据，不得作为认定事实的根据。",
            "An exhibit that was not examined and found genuine cannot carry a finding."),
        remedy: Words("请先对该证据作出认定，或不引用。", "Make the findings on it first, or leave it out."))
    public static let noProvision = Refusal(
        code: "judgment.no-provision", article: .contentOfJudgment,
        reason: Words("判决须写明适用的法律和理由。", "A judgment names the law it applies and its reasons."),
        remedy: Words("请写明理由并引用法律条文。", "Give the reasons and cite the provisions."))
    public static let feeSharesWrong = Refusal(
        code: "judgment.fee-shares-wrong", article: .loserPays,
        reason: Words(
            "诉讼费用须由本案当事人负担，各份不得为负，其和须等于案件受理费。",
            "The parties bear the fee, none less than nothing, and the shares add up to it."),
        remedy: Words("请核对各方负担的金额。", "Check what each party bears."))
    public static let judgmentGiven = Refusal(
        code: "judgment.already-given", article: nil,
        reason: Words("本案已经作出判决。", "Judgment has been given."),
        remedy: Words(
            "此步须在判决作出之前；判决有笔误的，另行补正。", "This step must come before judgment; a slip in it is corrected by another act.")
    )
    public static let judgmentSignature = Refusal(
        code: "judgment.signature-mismatch", article: .onlineSigning,
        reason: Words("签名与这份判决书不相符。", "The signature does not belong to this very judgment."),
        remedy: Words("请重新核对判决书后再签名。", "Check the judgment again, then sign it."))
    public static let judgmentNotSigned = Refusal(
        code: "judgment.not-signed", article: nil,
        reason: Words("判决书尚未签发。", "The judgment is not signed."),
        remedy: Words("须先签发判决书。", "It must be signed first."))
}

extension CaseState {
    /// The checks before a judgment is signed, all of them, so that the judge sees everything that is wanting at once.
    ///
    /// - Source: Civil Procedure Law arts. 150, 155; Online Litigation Rules arts. 15, 34; Litigation Fees Measures art. 29.
    public func wanting(in content: JudgmentContent, context: Context) -> [Refusal] {
        var wanting: [Refusal] = []
        if hearing.closedAt == nil { wanting.append(.hearingNotClosed) }
        if !isTranscriptSettled(in: context) { wanting.append(.transcriptUnsettled) }
        let claims = (filing.complaint?.claims ?? []).filter { $0.kind != .costs }
        let decided = Dictionary(content.decisions.map { ($0.claim, $0) }, uniquingKeysWith: { first, _ in first })
        let undecided = claims.filter { decided[$0.claim] == nil }
        if !undecided.isEmpty { wanting.append(.claimUndecided.about(undecided.map(\.claim.rawValue))) }
        let known = Set(claims.map(\.claim))
        let strange = content.decisions.filter { !known.contains($0.claim) }.map(\.claim.rawValue)
        let twice = Dictionary(grouping: content.decisions, by: \.claim).filter { $1.count > 1 }.map(\.key.rawValue)
        if !strange.isEmpty || !twice.isEmpty { wanting.append(.decidesOther.about((strange + twice).sorted())) }
        let beyond = claims.filter { claim in decided[claim.claim].map { !$0.fits(claim) } ?? false }
        if !beyond.isEmpty { wanting.append(.beyondClaim.about(beyond.map(\.claim.rawValue))) }
        let unexamined = content.cited.filter { evidence.exhibit($0)?.finding?.authenticity.upheld != true }
        if !unexamined.isEmpty { wanting.append(.citesUnexamined.about(unexamined.map(\.rawValue))) }
        if content.provisions.isEmpty || content.reasons.isBlank || content.findings.isBlank {
            wanting.append(.noProvision)
        }
        if content.decisions.contains(where: { $0.outcome != .dismissed }),
            !(1...365).contains(content.performWithinDays)
        {
            wanting.append(.performancePeriod.about(["perform_within_days"]))
        }
        if !areSharesRight(content.feeShares) { wanting.append(.feeSharesWrong) }
        return wanting
    }

    /// Whether the shares are the parties', none below nothing, and add up to the fee.
    private func areSharesRight(_ shares: [FeeShare]) -> Bool {
        let fee = fee.notice?.amount ?? .zero
        return shares.allSatisfy {
            parties.place($0.party) != nil && $0.amount.minorUnits >= 0 && $0.amount.currency == fee.currency
        } && shares.reduce(Int128(0)) { $0 + Int128($1.amount.minorUnits) } == Int128(fee.minorUnits)
    }

    public func decide(_ command: SignJudgment, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard closing.manner == nil else { throw .caseEnded }
        guard judgment.signed == nil else { throw .judgmentGiven }
        guard filing.docketed != nil else { throw .notDocketed }
        try requireSittingJudge()
        guard judge == context.acting.account else { throw .notTheJudge }
        if let first = wanting(in: command.content, context: context).first { throw first }
        guard command.signature.binds(command.document, for: context.acting.account) else { throw .judgmentSignature }
        let body = JudgmentSigned(content: command.content, document: command.document, signature: command.signature)
        return [
            DecidedAct(.judgment(.signed(body)), under: .contentOfJudgment, .smallClaims)
        ]
    }

    /// - Source: Civil Procedure Law art. 151.
    public func decide(_ command: PronounceJudgment, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard judgment.signed != nil else { throw .judgmentNotSigned }
        try requireSittingJudge()
        guard judgment.pronouncedAt == nil else { return [] }
        return [DecidedAct(.judgment(.pronounced(JudgmentPronounced())), under: .pronouncement)]
    }
}

extension ClaimDecision {
    /// Whether sum and outcome agree with what was claimed: all of it, some of it, none of it.
    func fits(_ claim: Claim) -> Bool {
        let claimed = claim.amount?.minorUnits ?? 0
        let given = amount?.minorUnits ?? 0
        guard amount.map({ $0.currency == claim.amount?.currency ?? .cny }) ?? true else { return false }
        return switch outcome {
        case .granted: given == claimed
        case .partlyGranted: given > 0 && given < claimed
        case .dismissed: given == 0 && !reason.isBlank
        }
    }
}
