import Procedure

/// fees.json: sums in whole yuan, rates as decimal text.
struct FeesFile: Decodable {
    struct Bracket: Decodable {
        let from: Int64
        let to: Int64?
        let rate: DecimalText?
        let flat: Int64?

        var band: FeeScale.Band {
            FeeScale.Band(
                above: from * 100, through: to.map { $0 * 100 }, rate: rate?.fraction ?? Fraction(0),
                flat: (flat ?? 0) * 100)
        }
    }

    struct Range: Decodable {
        let min, max: Int64
        var inFen: ClosedRange<Int64> { min * 100...max * 100 }
    }

    struct Property: Decodable { let brackets: [Bracket] }
    struct Divorce: Decodable { let baseRange: Range; let propertyExtra: [Bracket] }
    struct Personality: Decodable { let baseRange: Range; let damagesExtra: [Bracket] }
    struct NonProperty: Decodable { let baseRange: Range }
    struct IntellectualProperty: Decodable { let noAmountRange: Range }
    struct Flat: Decodable { let flat: Int64 }
    struct Administrative: Decodable { let trademarkPatentMaritime, other: Int64 }
    struct Objection: Decodable { let range: Range }
    struct Provincial: Decodable {
        struct Item: Decodable {
            let province: String
            let divorce, personality, other, ipNoAmount, jurisdictionObjection: Int64
        }
        let items: [Item]
    }
    struct Acceptance: Decodable {
        let property: Property
        let divorce: Divorce
        let personalityRights: Personality
        let otherNonProperty: NonProperty
        let intellectualProperty: IntellectualProperty
        let labourDispute: Flat
        let administrative: Administrative
        let jurisdictionObjection: Objection
        let provincialAmounts: Provincial
    }
    struct Enforcement: Decodable { let noAmountRange: Range; let brackets: [Bracket] }
    struct Preservation: Decodable { let brackets: [Bracket]; let cap: Int64 }
    struct Part: Decodable { let fractionOfPropertyScale: DecimalText; let cap: Int64? }
    struct Application: Decodable {
        let enforcement: Enforcement
        let preservation: Preservation
        let paymentOrder: Part
        let publicSummons: Flat
        let setAsideAwardOrValidityOfArbitrationAgreement: Flat
        let bankruptcy: Part
    }
    struct Relief: Decodable {
        struct Reduction: Decodable { let minRate: DecimalText }
        let reduction: Reduction
    }

    let asOf: String
    let acceptanceFee: Acceptance
    let applicationFee: Application
    let relief: Relief

    func table() -> FeeTable {
        let acceptance = acceptanceFee
        let application = applicationFee
        return FeeTable(
            version: asOf,
            property: FeeScale(bands: acceptance.property.brackets.map(\.band)),
            enforcement: FeeScale(bands: application.enforcement.brackets.map(\.band)),
            preservation: FeeScale(
                bands: application.preservation.brackets.map(\.band), cap: application.preservation.cap * 100),
            divorceProperty: FeeScale(bands: acceptance.divorce.propertyExtra.map(\.band)),
            personalityDamages: FeeScale(bands: acceptance.personalityRights.damagesExtra.map(\.band)),
            ranges: [
                .divorce: acceptance.divorce.baseRange.inFen,
                .personality: acceptance.personalityRights.baseRange.inFen,
                .otherNonProperty: acceptance.otherNonProperty.baseRange.inFen,
                .intellectualProperty: acceptance.intellectualProperty.noAmountRange.inFen,
                .jurisdictionObjection: acceptance.jurisdictionObjection.range.inFen,
                .enforcementWithoutAmount: application.enforcement.noAmountRange.inFen,
            ],
            provinces: Dictionary(
                uniqueKeysWithValues: acceptance.provincialAmounts.items.map { ($0.province, $0.amounts) }),
            labour: acceptance.labourDispute.flat * 100,
            specialAdministrative: acceptance.administrative.trademarkPatentMaritime * 100,
            administrative: acceptance.administrative.other * 100,
            publicSummons: application.publicSummons.flat * 100,
            arbitrationReview: application.setAsideAwardOrValidityOfArbitrationAgreement.flat * 100,
            paymentOrderPart: application.paymentOrder.fractionOfPropertyScale.fraction,
            bankruptcyPart: application.bankruptcy.fractionOfPropertyScale.fraction,
            bankruptcyCap: (application.bankruptcy.cap ?? 0) * 100,
            leastReduction: relief.reduction.minRate.fraction)
    }
}

extension FeesFile.Provincial.Item {
    var amounts: [LocalFee: Int64] {
        [
            .divorce: divorce * 100, .personality: personality * 100, .otherNonProperty: other * 100,
            .intellectualProperty: ipNoAmount * 100, .jurisdictionObjection: jurisdictionObjection * 100,
        ]
    }
}

/// A number as the table prints it, `0.025` or `1/3`: exact, never through a binary float.
struct DecimalText: Decodable {
    let fraction: Fraction

    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count == 2, let top = Int64(parts[0]), let bottom = Int64(parts[1]), top >= 0, bottom > 0 {
            fraction = Fraction(Int128(top), over: Int128(bottom))
            return
        }
        let decimal = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(decimal.count), text.utf8.count <= 18,
            decimal.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        let digits = decimal.count == 2 ? String(decimal[1]) : ""
        guard let value = Int64(String(decimal[0]) + digits) else { return nil }
        fraction = Fraction(Int128(value), over: digits.reduce(Int128(1)) { power, _ in power * 10 })
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try (try? container.decode(Int64.self)).map(String.init) ?? container.decode(String.self)
        guard let value = DecimalText(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a plain number: \(text)")
        }
        self = value
    }
}
