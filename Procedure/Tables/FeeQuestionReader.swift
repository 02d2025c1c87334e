import Foundation
import Procedure

/// What a fee can be asked for, by the names the table's examples use.
enum FeeQuestionKind: String, CaseIterable {
    case property
    case propertyHalved = "property_halved"
    case propertyHalvedOnce = "property_halved_once"
    case propertyAggregated = "property_aggregated"
    case counterclaimHalved = "counterclaim_halved"
    case claimIncrease = "claim_increase_topup"
    case claimReduction = "claim_reduction_refund"
    case appeal
    case appealHalved = "appeal_halved"
    case labour
    case labourHalved = "labour_halved"
    case divorce, personality
    case otherNonProperty = "other_non_property"
    case intellectualProperty = "intellectual_property"
    case jurisdictionObjection = "jurisdiction_objection"
    case administrative
    case specialAdministrative = "administrative_special"
    case paymentOrder = "payment_order"
    case enforcement
    case enforcementWithoutAmount = "enforcement_no_amount"
    case preservation, bankruptcy, reduction
    case publicSummons = "public_summons"
    case arbitrationReview = "arbitration_review"
}

extension LawQuestions {
    /// Answers one question about a fee.
    ///
    /// - Parameter json: `kind` and `input`, as in an example of the fee table; sums in yuan, as numbers or as decimal
    ///   text. Optional: `rounding`, `fen` (the default) or `yuan`. A provincial amount is given as `base`, or looked
    ///   up by `province`.
    /// - Returns: `fee_fen` (null with `fee_fen_min` and `fee_fen_max` when the province's figure is unpublished),
    ///   `fee`, `currency`, `direction`, `articles`, `explanation`, `table`.
    public func answerFee(json: Data) throws(LawQuestionProblem) -> Data {
        var fields = try Self.fields(of: json)
        guard let kind = try fields.choice("kind", of: FeeQuestionKind.self) else { throw .missing("kind") }
        var input = try QuestionFields(try fields.required("input"), at: "input")
        let rounding = try fields.choice("rounding", of: FeeRounding.self) ?? .toFen
        let (question, circumstances) = try self.question(kind, &input)
        try input.finish()
        try fields.finish()

        let fee = tables.fees.count(question, under: circumstances, rounding: rounding)
        var members: [StrictJSON.Member] = [.init(name: "kind", value: .string(kind.rawValue))]
        switch fee.amount {
        case .exact(let money):
            members.append(.init(name: "fee_fen", value: .number(String(money.minorUnits))))
            members.append(.init(name: "fee", value: .string(money.decimalText)))
        case .unpublished(let range, let reason):
            members.append(.init(name: "fee_fen", value: .null))
            members.append(.init(name: "fee_fen_min", value: .number(String(range.lowerBound))))
            members.append(.init(name: "fee_fen_max", value: .number(String(range.upperBound))))
            members.append(.init(name: "unpublished", value: StrictJSON(reason)))
        }
        members += [
            .init(name: "currency", value: "CNY"),
            .init(name: "direction", value: .string(fee.direction.rawValue)),
            .init(name: "articles", value: .articles(of: fee.explanation)),
            .init(name: "explanation", value: StrictJSON(fee.explanation)),
            .init(name: "table", value: .string(tables.fees.version)),
        ]
        return Data(StrictJSON.object(members).text.utf8)
    }

    private func question(
        _ kind: FeeQuestionKind, _ input: inout QuestionFields
    ) throws(LawQuestionProblem) -> (FeeQuestion, FeeCircumstances) {
        let plain = FeeCircumstances()
        switch kind {
        case .property: return (.property(claims: [try input.sum("claim")]), plain)
        case .propertyHalved, .propertyHalvedOnce:
            return (.property(claims: [try input.sum("claim")]), try halving(&input, asked: "procedure"))
        case .propertyAggregated: return (.property(claims: try input.sums("claims")), plain)
        case .counterclaimHalved:
            return (.counterclaim(try input.sum("claim")), FeeCircumstances(isMerged: try input.bool("merged")))
        case .claimIncrease, .claimReduction: return (try change(kind, &input), plain)
        case .appeal: return (.appeal(challenged: try input.sum("amount_appealed")), plain)
        case .appealHalved:
            return (.appeal(challenged: try input.sum("amount_appealed")), try halving(&input, asked: "outcome"))
        case .labour: return (.labour, plain)
        case .labourHalved: return (.labour, try halving(&input, asked: "procedure"))
        case .divorce:
            return (.divorce(base: try base(.divorce, &input), property: try input.sum("property")), plain)
        case .personality:
            return (.personality(base: try base(.personality, &input), damages: try input.sum("damages")), plain)
        case .otherNonProperty: return (.otherNonProperty(base: try base(.otherNonProperty, &input)), plain)
        case .intellectualProperty: return (.intellectualProperty(base: try base(.intellectualProperty, &input)), plain)
        case .jurisdictionObjection:
            return (.jurisdictionObjection(base: try base(.jurisdictionObjection, &input)), plain)
        case .administrative: return (.administrative, plain)
        case .specialAdministrative: return (.specialAdministrative, plain)
        case .paymentOrder: return (.paymentOrder(try input.sum("claim")), plain)
        case .enforcement: return (.enforcement(try input.sum("amount")), plain)
        case .enforcementWithoutAmount:
            return (.enforcementWithoutAmount(base: try base(.enforcementWithoutAmount, &input)), plain)
        case .preservation: return (.preservation(try input.sum("amount")), plain)
        case .bankruptcy: return (.bankruptcy(estate: try input.sum("estate")), plain)
        case .reduction:
            let claim = try input.sum("claim")
            return (.property(claims: [claim]), FeeCircumstances(reduction: try reduction(&input)))
        case .publicSummons: return (.publicSummons, plain)
        case .arbitrationReview: return (.arbitrationReview, plain)
        }
    }

    /// At least one ground must be named; `asked` is the one to name when none is.
    private func halving(
        _ input: inout QuestionFields, asked: String
    ) throws(LawQuestionProblem) -> FeeCircumstances {
        let procedure = asked == "outcome" ? nil : try input.choice("procedure", of: FeeCircumstances.Procedure.self)
        let outcome = try input.choice("outcome", of: FeeCircumstances.Outcome.self)
        guard procedure != nil || outcome != nil else { throw .missing(input.place(asked)) }
        return FeeCircumstances(procedure: procedure ?? .ordinary, outcome: outcome ?? .judgment)
    }

    private func change(
        _ kind: FeeQuestionKind, _ input: inout QuestionFields
    ) throws(LawQuestionProblem) -> FeeQuestion {
        let old = try input.sum("old")
        let new = try input.sum("new")
        if kind == .claimIncrease {
            guard new.minorUnits >= old.minorUnits else {
                throw .outOfRange("input.new", Words("不得低于原请求", "not below the old claim"))
            }
            return .claimChanged(from: old, to: new, stage: .beforeInvestigationEnds)
        }
        guard new.minorUnits <= old.minorUnits else {
            throw .outOfRange("input.new", Words("不得高于原请求", "not above the old claim"))
        }
        let isBefore = try input.bool("before_court_investigation_ends")
        return .claimChanged(from: old, to: new, stage: isBefore ? .beforeInvestigationEnds : .afterInvestigation)
    }

    private func base(_ fee: LocalFee, _ input: inout QuestionFields) throws(LawQuestionProblem) -> LocalAmount {
        if let province = input.optional("province") {
            guard case .string(let name) = province, (1...20).contains(name.count) else {
                throw .wrongType("input.province", Words("省级行政区简称", "a province's short name"))
            }
            return .of(province: name)
        }
        let base = try input.sum("base")
        if let range = tables.fees.ranges[fee], !range.contains(base.minorUnits) {
            let allowed = "\(range.lowerBound / 100)–\(range.upperBound / 100)"
            throw .outOfRange("input.base", Words("幅度为\(allowed)元", "the range is \(allowed) yuan"))
        }
        return .known(base)
    }

    private func reduction(_ input: inout QuestionFields) throws(LawQuestionProblem) -> FeeReduction {
        let rate = try input.part("reduction_rate")
        do {
            return try FeeReduction(rate: rate, in: tables.fees)
        } catch {
            throw .refused(error, "input.reduction_rate")
        }
    }
}
