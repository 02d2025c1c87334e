import Docket
import Procedure
import Web

/// What the court can already say about a draft: which court, which procedure, which fee. Advice; nothing is decided.
struct DraftAdvice: Sendable {
    let jurisdiction: JurisdictionFinding?
    let procedure: ProcedureChoice?
    let sum: Money
    /// The fee as it would be in this procedure; nil while no sum is claimed.
    let fee: ComputedFee?
}

extension FilingArea {
    /// - Source: Civil Procedure Law arts. 24, 165; Internet Courts Jurisdiction Provisions art. 1; Litigation Fees
    ///   Measures arts. 13, 16.
    func advice(on hand: DraftAtHand, today: CourtDay) -> DraftAdvice {
        let (court, tables) = (registry.court, registry.tables)
        let sum = hand.sumInDispute
        guard sum.minorUnits > 0 else {
            return DraftAdvice(jurisdiction: finding(hand, today), procedure: nil, sum: sum, fee: nil)
        }
        let threshold = court.smallClaimsMaximum.map {
            SmallClaimsThreshold(mandatory: $0, byAgreement: court.smallClaimsAgreedMaximum ?? $0)
        }
        let choice = tables.smallClaims.choice(
            for: ProcedureQuestion(
                amount: sum, province: court.province, docketedOn: today, courtThreshold: threshold))
        let claims = hand.claims().filter { $0.kind != .costs }.compactMap(\.amount)
        let fee = tables.fees.count(
            .property(claims: claims), under: FeeCircumstances(procedure: choice.result.feeProcedure))
        return DraftAdvice(jurisdiction: finding(hand, today), procedure: choice, sum: sum, fee: fee)
    }

    private func finding(_ hand: DraftAtHand, _ today: CourtDay) -> JurisdictionFinding? {
        guard registry.court.kind == .internet, let cause = hand.form.cause.flatMap({ registry.tables.causes[$0] }),
            let question = hand.form.city, let city = hand.answers[question]
        else { return nil }
        return registry.tables.internetCourts.finding(
            for: JurisdictionQuestion(
                cause: cause, docketedOn: today, city: Self.cityName(city), facts: Set(hand.form.network ?? [])),
            seat: Self.cityName(registry.court.city))
    }

    /// 杭州 and 杭州市 are one city.
    private static func cityName(_ typed: String) -> String { typed.hasSuffix("市") ? typed : typed + "市" }
}

extension ProcedureChoice.Result {
    fileprivate var feeProcedure: FeeCircumstances.Procedure {
        switch self {
        case .smallClaimsMandatory, .smallClaimsByAgreement, .unpublished: .smallClaims
        case .simple, .simpleOrOrdinary, .notSmallClaims: .simple
        case .ordinary: .ordinary
        }
    }
}
