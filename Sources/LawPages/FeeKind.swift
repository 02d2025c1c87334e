import Procedure

/// What a person can ask the fee calculator, in the words of the counter; `FeeQuestion` has the law's.
enum FeeKind: String, CaseIterable, Sendable {
    case smallClaims = "small_claims"
    case simple, ordinary
    case settled
    case counterclaim, appeal
    case labour, divorce, personality
    case intellectualProperty = "intellectual_property"
    case otherNonProperty = "other_non_property"
    case jurisdictionObjection = "jurisdiction_objection"
    case paymentOrder = "payment_order"
    case preservation, enforcement
    case enforcementWithoutAmount = "enforcement_no_amount"
    case bankruptcy
    case publicSummons = "public_summons"
    case arbitrationReview = "arbitration_review"
    case administrative

    enum Group: CaseIterable, Sendable {
        case claim, otherCase, application

        var name: Words {
            switch self {
            case .claim: Words("要求付钱的案件", "Claims for money")
            case .otherCase: Words("其他案件", "Other cases")
            case .application: Words("申请", "Applications")
            }
        }
    }

    var group: Group {
        switch self {
        case .smallClaims, .simple, .ordinary, .settled, .counterclaim, .appeal: .claim
        case .labour, .divorce, .personality, .intellectualProperty, .otherNonProperty, .jurisdictionObjection,
            .administrative:
            .otherCase
        case .paymentOrder, .preservation, .enforcement, .enforcementWithoutAmount, .bankruptcy, .publicSummons,
            .arbitrationReview:
            .application
        }
    }

    var name: Words {
        switch self {
        case .smallClaims: Words("财产案件，小额诉讼程序", "Money claim, small claims procedure")
        case .simple: Words("财产案件，简易程序", "Money claim, simple procedure")
        case .ordinary: Words("财产案件，普通程序", "Money claim, ordinary procedure")
        case .settled: Words("财产案件，调解结案或者撤诉", "Money claim, settled by mediation or withdrawn")
        case .counterclaim: Words("反诉，与本诉合并审理", "Counterclaim heard together with the suit")
        case .appeal: Words("上诉（财产案件）", "Appeal (money claim)")
        case .labour: Words("劳动争议", "Labour dispute")
        case .divorce: Words("离婚，涉及财产分割", "Divorce with property to divide")
        case .personality: Words("人格权，涉及损害赔偿", "Personality rights with damages")
        case .intellectualProperty: Words("知识产权，没有争议金额", "Intellectual property without an amount")
        case .otherNonProperty: Words("其他非财产案件", "Other case that is not about money")
        case .jurisdictionObjection: Words("管辖权异议不成立", "Objection to jurisdiction that fails")
        case .paymentOrder: Words("申请支付令", "Payment order")
        case .preservation: Words("申请财产保全", "Preservation of property")
        case .enforcement: Words("申请执行，有金额", "Enforcement of a sum")
        case .enforcementWithoutAmount: Words("申请执行，没有金额", "Enforcement without a sum")
        case .bankruptcy: Words("申请破产", "Bankruptcy")
        case .publicSummons: Words("申请公示催告", "Public summons to claim")
        case .arbitrationReview: Words("申请撤销仲裁裁决或者认定仲裁协议效力", "Review of an arbitral award or agreement")
        case .administrative: Words("行政案件", "Administrative case")
        }
    }

    /// What the sum is; nil where the fee does not depend on one.
    var sum: Words? {
        switch self {
        case .smallClaims, .simple, .ordinary, .settled, .counterclaim: Words("诉讼请求的金额", "the sum claimed")
        case .appeal: Words("上诉不服部分的金额", "the sum you challenge")
        case .divorce: Words("要分割的财产总额", "the property to divide")
        case .personality: Words("损害赔偿的金额", "the damages claimed")
        case .paymentOrder: Words("要求支付的金额", "the sum to be paid")
        case .preservation: Words("实际保全的财产数额", "the value preserved")
        case .enforcement: Words("申请执行的金额", "the sum to enforce")
        case .bankruptcy: Words("破产财产总额", "the whole estate")
        case .labour, .intellectualProperty, .otherNonProperty, .jurisdictionObjection, .enforcementWithoutAmount,
            .publicSummons, .arbitrationReview, .administrative:
            nil
        }
    }

    /// Counts the fee; where each province fixes an amount, with the figure of this one.
    ///
    /// - Parameter sum: zero where `self.sum` is nil.
    func count(_ sum: Money, province: String, in table: FeeTable) -> ComputedFee {
        let base = LocalAmount.of(province: province)
        var circumstances = FeeCircumstances()
        let question: FeeQuestion
        switch self {
        case .smallClaims:
            question = .property(claims: [sum])
            circumstances.procedure = .smallClaims
        case .simple:
            question = .property(claims: [sum])
            circumstances.procedure = .simple
        case .ordinary: question = .property(claims: [sum])
        case .settled:
            question = .property(claims: [sum])
            circumstances.outcome = .mediation
        case .counterclaim:
            question = .counterclaim(sum)
            circumstances.isMerged = true
        case .appeal: question = .appeal(challenged: sum)
        case .labour: question = .labour
        case .divorce: question = .divorce(base: base, property: sum)
        case .personality: question = .personality(base: base, damages: sum)
        case .intellectualProperty: question = .intellectualProperty(base: base)
        case .otherNonProperty: question = .otherNonProperty(base: base)
        case .jurisdictionObjection: question = .jurisdictionObjection(base: base)
        case .paymentOrder: question = .paymentOrder(sum)
        case .preservation: question = .preservation(sum)
        case .enforcement: question = .enforcement(sum)
        case .enforcementWithoutAmount: question = .enforcementWithoutAmount(base: base)
        case .bankruptcy: question = .bankruptcy(estate: sum)
        case .publicSummons: question = .publicSummons
        case .arbitrationReview: question = .arbitrationReview
        case .administrative: question = .administrative
        }
        return table.count(question, under: circumstances)
    }
}
