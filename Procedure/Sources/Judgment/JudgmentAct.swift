/// The acts of deciding (裁判).
public enum JudgmentAct: Hashable, Sendable {
    case signed(JudgmentSigned)
    case pronounced(JudgmentPronounced)
    case tookEffect(JudgmentTookEffect)
    case withdrawalRuled(WithdrawalRuled)

    public var body: any ActBody {
        switch self {
        case .signed(let body): body
        case .pronounced(let body): body
        case .tookEffect(let body): body
        case .withdrawalRuled(let body): body
        }
    }

    static let kinds: [ActKind] = [
        ActKind(JudgmentSigned.self) { .judgment(.signed($0)) },
        ActKind(JudgmentPronounced.self) { .judgment(.pronounced($0)) },
        ActKind(JudgmentTookEffect.self) { .judgment(.tookEffect($0)) },
        ActKind(WithdrawalRuled.self) { .judgment(.withdrawalRuled($0)) },
    ]
}

/// What the judgment says to one claim (对诉讼请求的处理).
public struct ClaimDecision: Hashable, Codable, Sendable {
    public enum Outcome: String, CaseIterable, Codable, Sendable {
        case granted
        case partlyGranted = "partly-granted"
        case dismissed
    }

    public let claim: ClaimID
    public let outcome: Outcome
    public let amount: Money?
    public let reason: String

    enum CodingKeys: String, CodingKey { case claim, outcome, amount, reason }

    public init(claim: ClaimID, outcome: Outcome, amount: Money?, reason: String) {
        self.claim = claim
        self.outcome = outcome
        self.amount = amount
        self.reason = reason
    }
}

/// A provision a judgment rests on (法律依据), as printed in the law.
public struct CitedProvision: Hashable, Codable, Sendable {
    public let law: String
    /// As printed, 第一百二十八条.
    public let number: String

    enum CodingKeys: String, CodingKey { case law, number }

    public init(law: String, number: String) {
        self.law = law
        self.number = number
    }
}

/// What a party bears of the fee (诉讼费用负担).
public struct FeeShare: Hashable, Codable, Sendable {
    public let party: PartyID
    public let amount: Money

    enum CodingKeys: String, CodingKey { case party, amount }

    public init(party: PartyID, amount: Money) {
        self.party = party
        self.amount = amount
    }
}

/// The content of a judgment (判决内容), before and as it is signed.
public struct JudgmentContent: Hashable, Codable, Sendable {
    public let findings: String
    public let reasons: String
    public let decisions: [ClaimDecision]
    /// Days to perform, counted from when the judgment takes effect.
    public let performWithinDays: Int
    public let cited: [ExhibitID]
    public let provisions: [CitedProvision]
    public let feeShares: [FeeShare]

    enum CodingKeys: String, CodingKey {
        case findings, reasons, decisions, cited, provisions
        case performWithinDays = "perform_within_days"
        case feeShares = "fee_shares"
    }

    public init(
        findings: String, reasons: String, decisions: [ClaimDecision], performWithinDays: Int, cited: [ExhibitID],
        provisions: [CitedProvision], feeShares: [FeeShare]
    ) {
        self.findings = findings
        self.reasons = reasons
        self.decisions = decisions
        self.performWithinDays = performWithinDays
        self.cited = cited
        self.provisions = provisions
        self.feeShares = feeShares
    }
}

/// The judge signed the judgment with a fresh second factor; the court's stamp is on it (签发判决书).
public struct JudgmentSigned: ActBody {
    public static let type = "judgment.signed"
    public let content: JudgmentContent
    public let document: DocumentReference
    public let signature: Signature
    public var files: [FileReference] { document.files }
    public var signed: Signature? { signature }

    enum CodingKeys: String, CodingKey { case content, document, signature }

    public init(content: JudgmentContent, document: DocumentReference, signature: Signature) {
        self.content = content
        self.document = document
        self.signature = signature
    }
}

/// The judgment was pronounced (宣判).
public struct JudgmentPronounced: BareActBody {
    public static let type = "judgment.pronounced"
    public init() {}
}

/// The judgment took effect: in small claims once it is served on all, there being no appeal (发生法律效力).
public struct JudgmentTookEffect: ActBody {
    public static let type = "judgment.took-effect"
    public let on: CourtDay

    enum CodingKeys: String, CodingKey { case on }
    public init(on day: CourtDay) { on = day }
}

/// The judge ruled that the suit counts as withdrawn, the fee being unpaid (按撤诉处理).
public struct WithdrawalRuled: ActBody {
    public static let type = "ruling.deemed-withdrawal"
    public let reason: String
    public let ruling: DocumentReference
    public let signature: Signature
    public var files: [FileReference] { ruling.files }
    public var signed: Signature? { signature }

    enum CodingKeys: String, CodingKey { case reason, ruling, signature }

    public init(reason: String, ruling: DocumentReference, signature: Signature) {
        self.reason = reason
        self.ruling = ruling
        self.signature = signature
    }
}
