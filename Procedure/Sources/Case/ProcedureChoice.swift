extension Article {
    /// 简易程序的适用范围
    public static let simpleProcedureScope = Article(.civilProcedureLaw, 160)
    /// 小额诉讼的适用范围
    public static let smallClaimsScope = Article(.civilProcedureLaw, 165)
    /// 不适用小额诉讼的案件
    public static let smallClaimsExcluded = Article(.civilProcedureLaw, 166)
    /// 不适用简易程序的案件
    public static let simpleProcedureExcluded = Article(.interpretation, 257)
    /// 约定适用简易程序
    public static let simpleByAgreement = Article(.interpretation, 264)
    /// 上一年度就业人员年平均工资
    public static let wageOfLastYear = Article(.interpretation, 272)
    /// 应当适用简易程序
    public static let simpleProcedureDue = Article(.adjournment, 4)
}

/// What keeps a case out of small claims (不适用小额诉讼的情形).
public enum SmallClaimsExclusion: String, CaseIterable, Codable, Sendable {
    case statusOrTitle = "status_or_title"
    case foreignRelated = "foreign_related"
    case appraisal
    case partyMissing = "party_missing"
    case counterclaim
    case other

    public var name: Words {
        switch self {
        case .statusOrTitle: Words("人身关系、财产确权", "status or title to property")
        case .foreignRelated: Words("涉外", "foreign-related")
        case .appraisal: Words("需要评估、鉴定或者对诉前评估、鉴定结果有异议", "valuation or expert appraisal needed or disputed")
        case .partyMissing: Words("一方当事人下落不明", "a party's whereabouts are unknown")
        case .counterclaim: Words("当事人提出反诉", "a counterclaim")
        case .other: Words("其他不宜适用的案件", "otherwise unsuitable")
        }
    }
}

/// What keeps a case out of simple procedure (不适用简易程序的情形).
public enum SimpleProcedureExclusion: String, CaseIterable, Codable, Sendable {
    case defendantMissingAtFiling = "defendant_missing_at_filing"
    case remanded
    case numerousParty = "numerous_party"
    case trialSupervision = "trial_supervision"
    case publicInterest = "public_interest"
    case thirdPartyRevocation = "third_party_revocation"
    case other
    case specialProcedures = "special_procedures"

    public var name: Words {
        switch self {
        case .defendantMissingAtFiling: Words("起诉时被告下落不明", "the defendant was missing when the suit was brought")
        case .remanded: Words("发回重审", "remanded for retrial")
        case .numerousParty: Words("当事人一方人数众多", "one side has many members")
        case .trialSupervision: Words("适用审判监督程序", "trial supervision")
        case .publicInterest: Words("涉及国家利益、社会公共利益", "interests of the state or the public")
        case .thirdPartyRevocation: Words("第三人撤销之诉", "third-party revocation")
        case .other: Words("其他不宜适用", "otherwise unsuitable")
        case .specialProcedures:
            Words("特别程序、督促、公示催告、破产等", "special, payment-order, public-summons or insolvency procedure")
        }
    }
}

/// A case put to the question which procedure it takes.
public struct ProcedureQuestion: Hashable, Sendable {
    /// What the facts look like at docketing (事实清楚、权利义务关系明确、争议不大).
    public enum Clarity: String, Codable, Sendable { case clear, disputed }

    /// What is asked for (金钱给付).
    public enum Relief: String, Codable, Sendable { case moneyOnly = "money_only", other }

    /// What both parties have agreed on.
    public enum Agreement: String, Codable, Sendable {
        case smallClaims = "small_claims"
        case simple
    }

    public var amount: Money
    public var province: String
    public var docketedOn: CourtDay
    public var clarity: Clarity
    public var relief: Relief
    public var agreed: Set<Agreement>
    public var smallClaimsExclusions: [SmallClaimsExclusion]
    public var simpleExclusions: [SimpleProcedureExclusion]
    /// What the court's profile says where nothing is published for its province.
    public var courtThreshold: SmallClaimsThreshold?

    public init(
        amount: Money, province: String, docketedOn: CourtDay, clarity: Clarity = .clear, relief: Relief = .moneyOnly,
        agreed: Set<Agreement> = [], smallClaimsExclusions: [SmallClaimsExclusion] = [],
        simpleExclusions: [SimpleProcedureExclusion] = [], courtThreshold: SmallClaimsThreshold? = nil
    ) {
        self.amount = amount
        self.province = province
        self.docketedOn = docketedOn
        self.clarity = clarity
        self.relief = relief
        self.agreed = agreed
        self.smallClaimsExclusions = smallClaimsExclusions
        self.simpleExclusions = simpleExclusions
        self.courtThreshold = courtThreshold
    }
}

/// Which procedure a case takes, and why (程序选择).
public struct ProcedureChoice: Hashable, Sendable {
    public enum Result: String, Codable, Sendable {
        case smallClaimsMandatory = "small_claims_mandatory"
        case smallClaimsByAgreement = "small_claims_by_agreement"
        /// Simple procedure, and not small claims for want of agreement.
        case simple = "simple_procedure"
        /// Beyond twice the wage: simple where the case is clear, or ordinary; the court's to say.
        case simpleOrOrdinary = "simple_or_ordinary"
        /// Small claims is shut; what else is open, the reasons say.
        case notSmallClaims = "not_small_claims"
        case ordinary
        /// Whether it is small claims hangs on a threshold that is not known.
        case unpublished
    }

    public let result: Result
    public let reasons: [LegalReason]
}

extension SmallClaimsTable {
    /// Finds the procedure a case takes at docketing.
    ///
    /// - Source: Civil Procedure Law arts. 160, 165, 166; Interpretation arts. 257, 264, 272; Extension and
    ///   Adjournment Provisions art. 4.
    public func choice(for question: ProcedureQuestion) -> ProcedureChoice {
        if !question.simpleExclusions.isEmpty {
            return ProcedureChoice(
                result: .ordinary,
                reasons: question.simpleExclusions.map {
                    LegalReason(
                        Words("不适用简易程序：\($0.name.zh)。", "Not for simple procedure: \($0.name.en)."),
                        .simpleProcedureExcluded)
                })
        }
        if !question.smallClaimsExclusions.isEmpty {
            let reasons = question.smallClaimsExclusions.map {
                LegalReason(
                    Words("不适用小额诉讼：\($0.name.zh)。", "Not for small claims: \($0.name.en)."), .smallClaimsExcluded)
            }
            return ProcedureChoice(result: .notSmallClaims, reasons: reasons + [clearOrNot(question)])
        }
        guard question.clarity == .clear else {
            return question.agreed.contains(.simple)
                ? ProcedureChoice(
                    result: .simple,
                    reasons: [
                        LegalReason(
                            Words("双方约定适用简易程序。", "Both parties agreed on simple procedure."), .simpleByAgreement)
                    ])
                : ProcedureChoice(result: .ordinary, reasons: [clearOrNot(question)])
        }
        guard question.relief == .moneyOnly else {
            let words = Words("不是单纯的金钱给付案件，不适用小额诉讼。", "It is not a plain claim for money: not for small claims.")
            return ProcedureChoice(
                result: .notSmallClaims, reasons: [LegalReason(words, .smallClaimsScope), clearOrNot(question)])
        }
        return byAmount(question)
    }

    private func byAmount(_ question: ProcedureQuestion) -> ProcedureChoice {
        let published = threshold(of: question.province, on: question.docketedOn)
        guard let threshold = published ?? question.courtThreshold else {
            let words = Words(
                "\(question.province)在\(question.docketedOn)适用的小额诉讼标的额标准未收录，请由法院设定。",
                "The small-claims threshold of \(question.province) on \(question.docketedOn) is not in the table; the court "
                    + "sets it in its profile.")
            return ProcedureChoice(result: .unpublished, reasons: [LegalReason(words, .wageOfLastYear)])
        }
        let amount = question.amount.minorUnits
        let low = Money(minorUnits: threshold.mandatory).groupedText
        let high = Money(minorUnits: threshold.byAgreement).groupedText
        let sum = question.amount.groupedText
        let source = LegalReason(
            published == nil
                ? Words("标准由本院设定：\(low)元、\(high)元。", "The court has set the thresholds: \(low) and \(high) yuan.")
                : Words(
                    "\(question.province)标准：上年度就业人员年平均工资的50%为\(low)元，二倍为\(high)元。",
                    "\(question.province): 50% of last year's average wage is \(low) yuan, twice the wage \(high) yuan."
                ),
            .wageOfLastYear)
        if amount <= threshold.mandatory {
            let words = Words("标的额\(sum)元未超过\(low)元，适用小额诉讼。", "\(sum) yuan does not exceed \(low): small claims.")
            return ProcedureChoice(
                result: .smallClaimsMandatory, reasons: [source, LegalReason(words, .smallClaimsScope)])
        }
        guard amount <= threshold.byAgreement else {
            let words = Words("标的额\(sum)元超过\(high)元，不适用小额诉讼。", "\(sum) yuan exceeds \(high): not small claims.")
            return ProcedureChoice(
                result: .simpleOrOrdinary,
                reasons: [source, LegalReason(words, .smallClaimsScope), clearOrNot(question)])
        }
        if question.agreed.contains(.smallClaims) {
            let words = Words(
                "标的额\(sum)元未超过\(high)元，双方约定适用小额诉讼。", "\(sum) yuan does not exceed \(high), and both agreed.")
            return ProcedureChoice(
                result: .smallClaimsByAgreement, reasons: [source, LegalReason(words, .smallClaimsScope)])
        }
        let words = Words(
            "标的额\(sum)元未超过\(high)元，双方未约定小额诉讼，应当适用简易程序。",
            "\(sum) yuan does not exceed \(high); without agreement on small claims, simple procedure is due.")
        return ProcedureChoice(result: .simple, reasons: [source, LegalReason(words, .simpleProcedureDue)])
    }

    private func clearOrNot(_ question: ProcedureQuestion) -> LegalReason {
        question.clarity == .clear
            ? LegalReason(
                Words("事实清楚、权利义务关系明确、争议不大的，可以适用简易程序。", "A clear case with little dispute may take simple procedure."),
                .simpleProcedureScope)
            : LegalReason(
                Words("事实或者权利义务关系不清楚，适用普通程序。", "Facts or relations are not clear: ordinary procedure."),
                .simpleProcedureScope)
    }
}
