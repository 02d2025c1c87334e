extension Article {
    /// 案件受理费交纳标准
    public static let acceptanceFee = Article(.fees, 13)
    /// 申请费交纳标准
    public static let applicationFee = Article(.fees, 14)
    /// 调解结案或者申请撤诉减半
    public static let halvedOnSettlement = Article(.fees, 15)
    /// 简易程序减半
    public static let halvedInSimpleProcedure = Article(.fees, 16)
    /// 上诉案件按不服一审判决部分交纳
    public static let appealFee = Article(.fees, 17)
    /// 合并审理减半
    public static let halvedWhenMerged = Article(.fees, 18)
    /// 增减诉讼请求数额
    public static let feeOnChangedClaim = Article(.fees, 21)
    /// 减交比例
    public static let reducedFee = Article(.fees, 46)
    /// 多个请求的交费
    public static let feeOnSeveralClaims = Article(.interpretation, 201)
    /// 减半只能减半一次
    public static let halvedOnce = Article(.interpretation, 206)
}

extension FeeTable {
    /// Counts a fee (诉讼费用的计算): exact until the one rounding at the end.
    ///
    /// - Returns: a range with its reason when the province's amount is not known; never a guess.
    /// - Source: Litigation Fees Measures arts. 13–18, 21, 46; Interpretation arts. 201, 206.
    public func count(
        _ question: FeeQuestion, under circumstances: FeeCircumstances = FeeCircumstances(),
        rounding: FeeRounding = .toFen
    ) -> ComputedFee {
        var count = FeeCount(table: self)
        return count.fee(question, circumstances, rounding)
    }
}

/// One fee being counted, and what its explanation will say.
struct FeeCount {
    let table: FeeTable
    var explanation = Explanation()
    /// Set when the province's amount is missing: its national range, in fen.
    var missing: (range: ClosedRange<Int64>, reason: Words)?

    init(table: FeeTable) { self.table = table }

    mutating func fee(
        _ question: FeeQuestion, _ circumstances: FeeCircumstances, _ rounding: FeeRounding
    ) -> ComputedFee {
        var direction = ComputedFee.Direction.payment
        if case .claimChanged(let old, let new, _) = question, new.minorUnits < old.minorUnits { direction = .refund }
        let known = base(question)
        let part = question.isApplication ? Fraction(1) : partLeft(circumstances)
        let amount: ComputedFee.Amount
        if let missing {
            let low = rounded((known + Fraction(Int128(missing.range.lowerBound))) * part, rounding)
            let high = rounded((known + Fraction(Int128(missing.range.upperBound))) * part, rounding)
            explanation.lines.append(.init(missing.reason))
            amount = .unpublished(low...max(low, high), reason: missing.reason)
        } else {
            let fee = rounded(known * part, rounding)
            explainResult(known * part, fee, direction)
            amount = .exact(Money(minorUnits: fee))
        }
        return ComputedFee(amount: amount, direction: direction, explanation: explanation)
    }

    private mutating func base(_ question: FeeQuestion) -> Fraction {
        switch question {
        case .property(let claims):
            let sum = claims.reduce(Int64(0)) { $0 + $1.minorUnits }
            if claims.count > 1 { explainSum(claims, sum) }
            return onScale(table.property, sum, Words("财产案件", "property case"), .acceptanceFee)
        case .appeal(let challenged):
            explanation.add(
                "上诉案件按不服一审判决部分的上诉请求数额计算。", "An appeal pays on the part of the judgment it challenges.",
                articles: [Article.appealFee.rawValue])
            return onScale(table.property, challenged.minorUnits, Words("财产案件", "property case"), .acceptanceFee)
        case .counterclaim(let claim):
            return onScale(
                table.property, claim.minorUnits, Words("反诉（财产案件）", "counterclaim, property scale"), .acceptanceFee)
        case .claimChanged(let old, let new, let stage): return change(from: old, to: new, stage)
        case .labour: return flat(table.labour, Words("劳动争议案件", "labour dispute"), .acceptanceFee)
        case .divorce(let base, let property):
            let extra = onScale(
                table.divorceProperty, property.minorUnits, Words("离婚案件财产部分", "divorce, property part"), .acceptanceFee)
            return local(.divorce, base, .acceptanceFee) + extra
        case .personality(let base, let damages):
            let extra = onScale(
                table.personalityDamages, damages.minorUnits, Words("人格权案件赔偿部分", "personality rights, damages part"),
                .acceptanceFee)
            return local(.personality, base, .acceptanceFee) + extra
        case .otherNonProperty(let base): return local(.otherNonProperty, base, .acceptanceFee)
        case .intellectualProperty(let base): return local(.intellectualProperty, base, .acceptanceFee)
        case .jurisdictionObjection(let base): return local(.jurisdictionObjection, base, .acceptanceFee)
        case .administrative: return flat(table.administrative, Words("行政案件", "administrative case"), .acceptanceFee)
        case .specialAdministrative:
            return flat(
                table.specialAdministrative,
                Words("商标、专利、海事行政案件", "administrative case on trade marks, patents or maritime matters"), .acceptanceFee
            )
        case .paymentOrder, .enforcement, .enforcementWithoutAmount, .preservation, .bankruptcy, .publicSummons,
            .arbitrationReview:
            return application(question)
        }
    }

    private mutating func application(_ question: FeeQuestion) -> Fraction {
        switch question {
        case .paymentOrder(let claim):
            let whole = onScale(table.property, claim.minorUnits, Words("财产案件标准", "property scale"), .acceptanceFee)
            explainPart(table.paymentOrderPart, of: whole, Words("支付令", "payment order"))
            return whole * table.paymentOrderPart
        case .enforcement(let amount):
            return onScale(table.enforcement, amount.minorUnits, Words("申请执行", "enforcement"), .applicationFee)
        case .enforcementWithoutAmount(let base): return local(.enforcementWithoutAmount, base, .applicationFee)
        case .preservation(let amount):
            return onScale(table.preservation, amount.minorUnits, Words("申请保全", "preservation"), .applicationFee)
        case .bankruptcy(let estate):
            let whole = onScale(table.property, estate.minorUnits, Words("财产案件标准", "property scale"), .acceptanceFee)
            explainPart(table.bankruptcyPart, of: whole, Words("破产案件", "bankruptcy"))
            let part = whole * table.bankruptcyPart
            guard part.numerator > Int128(table.bankruptcyCap) * part.denominator else { return part }
            explainCap(table.bankruptcyCap)
            return Fraction(Int128(table.bankruptcyCap))
        case .publicSummons: return flat(table.publicSummons, Words("公示催告", "public summons"), .applicationFee)
        default:
            return flat(
                table.arbitrationReview, Words("撤销仲裁裁决或者认定仲裁协议效力", "review of an arbitral award or agreement"),
                .applicationFee)
        }
    }

    private mutating func change(from old: Money, to new: Money, _ stage: ClaimChangeStage) -> Fraction {
        let name = Words("财产案件", "property case")
        let before = onScale(table.property, old.minorUnits, name, .acceptanceFee)
        let after = onScale(table.property, new.minorUnits, name, .acceptanceFee)
        if new.minorUnits >= old.minorUnits {
            explainChange(Words("增加诉讼请求，补交差额。", "The claim rose: the difference is to be paid."))
            return (after + before * Fraction(-1))
        }
        guard stage == .beforeInvestigationEnds else {
            explainChange(
                Words("法庭调查终结后减少诉讼请求，不退还差额。", "The claim fell after the court's investigation: nothing is refunded."))
            return Fraction(0)
        }
        explainChange(
            Words(
                "法庭调查终结前减少诉讼请求，退还差额。",
                "The claim fell before the court's investigation ended: the difference comes back."))
        return (before + after * Fraction(-1))
    }

    private mutating func onScale(_ scale: FeeScale, _ amount: Int64, _ name: Words, _ article: Article) -> Fraction {
        let fee = scale.fee(on: amount)
        explainScale(scale, amount, fee, name, article)
        return fee
    }

    private mutating func flat(_ amount: Int64, _ name: Words, _ article: Article) -> Fraction {
        explanation.add(
            "\(name.zh)：每件\(yuan(amount))元。", "\(name.en): \(yuan(amount)) yuan for each case.",
            articles: [article.rawValue])
        return Fraction(Int128(amount))
    }

    private mutating func local(_ fee: LocalFee, _ base: LocalAmount, _ article: Article) -> Fraction {
        let range = table.ranges[fee] ?? 0...0
        switch base {
        case .known(let money):
            explainLocal(fee, money.minorUnits, range, article)
            return Fraction(money)
        case .of(let province):
            if let amount = table.provinces[province]?[fee] {
                explainLocal(fee, amount, range, article, in: province)
                return Fraction(Int128(amount))
            }
            missing = (
                range,
                Words(
                    "\(fee.name.zh)的具体标准由各省级政府在\(yuan(range.lowerBound))元至\(yuan(range.upperBound))元之间规定，"
                        + "\(province)的标准未收录。",
                    "For \(fee.name.en) each province fixes an amount from \(yuan(range.lowerBound)) to "
                        + "\(yuan(range.upperBound)) yuan; the figure for \(province) is not in the table.")
            )
            return Fraction(0)
        }
    }

    private mutating func partLeft(_ circumstances: FeeCircumstances) -> Fraction {
        var grounds: [(Words, Article)] = []
        if circumstances.procedure != .ordinary {
            let name =
                circumstances.procedure == .simple
                ? Words("简易程序", "simple procedure") : Words("小额诉讼（简易程序）", "small claims, part of simple procedure")
            grounds.append((name, .halvedInSimpleProcedure))
        }
        switch circumstances.outcome {
        case .judgment: break
        case .mediation: grounds.append((Words("调解结案", "closed by mediation"), .halvedOnSettlement))
        case .withdrawal: grounds.append((Words("申请撤诉", "withdrawn on application"), .halvedOnSettlement))
        }
        if circumstances.isMerged { grounds.append((Words("合并审理", "heard together with the suit"), .halvedWhenMerged)) }
        var part = Fraction(1)
        if !grounds.isEmpty {
            explainHalving(grounds)
            part = Fraction(1, over: 2)
        }
        if let reduction = circumstances.reduction {
            explainReduction(reduction.rate)
            part = (part * (Fraction(1) + reduction.rate * Fraction(-1)))
        }
        return part
    }

    private func rounded(_ fee: Fraction, _ rounding: FeeRounding) -> Int64 {
        switch rounding {
        case .toFen: Int64(fee.roundedHalfUp)
        case .toYuan: Int64((fee * Fraction(1, over: 100)).roundedHalfUp) * 100
        }
    }
}
