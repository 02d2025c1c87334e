/// What a fee is asked for: one kind of case or application, and the sums it depends on.
public enum FeeQuestion: Hashable, Sendable {
    /// 财产案件; several money claims are added up.
    case property(claims: [Money])
    /// 上诉: on the part of the judgment that is challenged.
    case appeal(challenged: Money)
    /// 反诉
    case counterclaim(Money)
    /// 增加或者减少诉讼请求: what is still to pay, or what comes back.
    case claimChanged(from: Money, to: Money, stage: ClaimChangeStage)
    /// 劳动争议
    case labour
    case divorce(base: LocalAmount, property: Money)
    case personality(base: LocalAmount, damages: Money)
    case otherNonProperty(base: LocalAmount)
    /// 知识产权, without an amount in dispute.
    case intellectualProperty(base: LocalAmount)
    case jurisdictionObjection(base: LocalAmount)
    case administrative
    /// 商标、专利、海事行政案件
    case specialAdministrative
    /// 支付令
    case paymentOrder(Money)
    /// 申请执行
    case enforcement(Money)
    case enforcementWithoutAmount(base: LocalAmount)
    /// 申请保全: on the value actually preserved.
    case preservation(Money)
    /// 破产: on the whole estate.
    case bankruptcy(estate: Money)
    case publicSummons
    case arbitrationReview

    /// An application fee (申请费) rather than an acceptance fee (案件受理费): it is never halved.
    public var isApplication: Bool {
        switch self {
        case .property, .appeal, .counterclaim, .claimChanged, .labour, .divorce, .personality, .otherNonProperty,
            .intellectualProperty, .jurisdictionObjection, .administrative, .specialAdministrative:
            false
        case .paymentOrder, .enforcement, .enforcementWithoutAmount, .preservation, .bankruptcy, .publicSummons,
            .arbitrationReview:
            true
        }
    }
}

/// An amount that a province fixes: known, or to be looked up.
public enum LocalAmount: Hashable, Sendable {
    case known(Money)
    /// By the province's short name, such as 浙江.
    case of(province: String)
}

/// When a claim was changed: what is taken back after the court's investigation is not refunded.
public enum ClaimChangeStage: String, Codable, Sendable {
    case beforeInvestigationEnds = "before_court_investigation_ends"
    case afterInvestigation = "after_court_investigation"
}

/// What makes an acceptance fee smaller. However many grounds for halving coincide, it is halved once.
public struct FeeCircumstances: Hashable, Sendable {
    public enum Procedure: String, CaseIterable, Codable, Sendable {
        case ordinary, simple
        case smallClaims = "small_claims"
    }

    public enum Outcome: String, CaseIterable, Codable, Sendable { case judgment, mediation, withdrawal }

    public var procedure: Procedure
    public var outcome: Outcome
    /// A counterclaim or a third party's claim heard together with the suit (合并审理).
    public var isMerged: Bool
    public var reduction: FeeReduction?

    public init(
        procedure: Procedure = .ordinary, outcome: Outcome = .judgment, isMerged: Bool = false,
        reduction: FeeReduction? = nil
    ) {
        self.procedure = procedure
        self.outcome = outcome
        self.isMerged = isMerged
        self.reduction = reduction
    }
}

/// A reduction for hardship (减交), never below the least the law allows.
public struct FeeReduction: Hashable, Sendable {
    /// The part that need not be paid.
    public let rate: Fraction

    /// - Throws: a refusal when the rate is below the least, or would be an exemption (免交).
    /// - Source: Litigation Fees Measures art. 46.
    public init(rate: Fraction, in table: FeeTable) throws(Refusal) {
        guard rate.numerator * table.leastReduction.denominator >= table.leastReduction.numerator * rate.denominator,
            rate.numerator < rate.denominator
        else { throw .reductionOutOfBounds }
        self.rate = rate
    }
}

extension Refusal {
    public static let reductionOutOfBounds = Refusal(
        code: "fees.reduction",
        article: .reducedFee,
        reason: Words("减交比例不得低于30%，且低于全额。", "A reduction is at least 30% and less than the whole."),
        remedy: Words(
            "请填写不低于0.3、小于1的比例；全额应申请免交。", "Give a rate from 0.3 up to below 1; for the whole, apply for exemption."))
}

/// How a fee is rounded at the end; the Measures are silent. A half goes up either way.
public enum FeeRounding: String, CaseIterable, Codable, Sendable {
    case toFen = "fen"
    case toYuan = "yuan"
}

/// A fee counted out, with how it came about.
public struct ComputedFee: Hashable, Sendable {
    public enum Amount: Hashable, Sendable {
        case exact(Money)
        /// The province's figure is not in the table: the fee lies in this range (in the currency's minor units).
        case unpublished(ClosedRange<Int64>, reason: Words)
    }

    /// Whether it is to be paid or comes back.
    public enum Direction: String, Codable, Sendable { case payment, refund }

    public let amount: Amount
    public let direction: Direction
    public let explanation: Explanation

    public init(amount: Amount, direction: Direction, explanation: Explanation) {
        self.amount = amount
        self.direction = direction
        self.explanation = explanation
    }

    /// nil when the province's figure is unpublished.
    public var money: Money? {
        if case .exact(let money) = amount { money } else { nil }
    }
}
