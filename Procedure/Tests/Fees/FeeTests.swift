import Foundation
import Procedure
import ProcedureTables
import Testing

private func yuan(_ text: String) -> Money {
    guard let money = Money(typed: text) else { preconditionFailure("not a sum: \(text)") }
    return money
}

private func fee(_ fen: Int64, _ circumstances: FeeCircumstances = FeeCircumstances()) -> Int64? {
    tables.fees.count(.property(claims: [Money(minorUnits: fen)]), under: circumstances).money?.minorUnits
}

@Suite("Fees")
struct FeeTests {
    @Test("several money claims are added up", .proves(.feeOnSeveralClaims, .acceptanceFee))
    func added() {
        let answer = tables.fees.count(.property(claims: [yuan("60000"), yuan("45000")]))
        #expect(answer.money == yuan("2400"))
        #expect(answer.explanation.text(in: .english).contains("60,000 + 45,000 = 105,000"))
    }

    @Test("simple procedure halves the fee, small claims included", .proves(.halvedInSimpleProcedure))
    func simple() {
        #expect(fee(3_000_000, FeeCircumstances(procedure: .simple)) == 27_500)
        #expect(fee(3_000_000, FeeCircumstances(procedure: .smallClaims)) == 27_500)
    }

    @Test("mediation and withdrawal halve the fee", .proves(.halvedOnSettlement))
    func settled() {
        #expect(fee(3_000_000, FeeCircumstances(outcome: .mediation)) == 27_500)
        #expect(fee(3_000_000, FeeCircumstances(outcome: .withdrawal)) == 27_500)
    }

    @Test("a merged counterclaim is halved", .proves(.halvedWhenMerged))
    func merged() {
        let answer = tables.fees.count(.counterclaim(yuan("150000")), under: FeeCircumstances(isMerged: true))
        #expect(answer.money == yuan("1650"))
    }

    @Test("however many grounds coincide, the fee is halved once", .proves(.halvedOnce))
    func once() {
        let whole = fee(25_000_000)
        for procedure in FeeCircumstances.Procedure.allCases {
            for outcome in FeeCircumstances.Outcome.allCases {
                for isMerged in [false, true] {
                    let circumstances = FeeCircumstances(procedure: procedure, outcome: outcome, isMerged: isMerged)
                    let none = procedure == .ordinary && outcome == .judgment && !isMerged
                    #expect(fee(25_000_000, circumstances) == whole.map { none ? $0 : $0 / 2 })
                }
            }
        }
    }

    @Test("an appeal pays on what it challenges", .proves(.appealFee))
    func appeal() {
        #expect(tables.fees.count(.appeal(challenged: yuan("120000"))).money == yuan("2700"))
    }

    @Test("a claim that rises pays the difference; one that falls gets it back in time", .proves(.feeOnChangedClaim))
    func changed() {
        func change(_ old: String, _ new: String, _ stage: ClaimChangeStage) -> ComputedFee {
            tables.fees.count(.claimChanged(from: yuan(old), to: yuan(new), stage: stage))
        }
        #expect(change("100000", "250000", .beforeInvestigationEnds).money == yuan("2750"))
        let back = change("250000", "100000", .beforeInvestigationEnds)
        #expect(back.money == yuan("2750") && back.direction == .refund)
        #expect(change("250000", "100000", .afterInvestigation).money == .zero)
    }

    @Test("application fees are never halved", .proves(.applicationFee))
    func applications() {
        let halved = FeeCircumstances(procedure: .simple, outcome: .withdrawal)
        #expect(tables.fees.count(.preservation(yuan("100000")), under: halved).money == yuan("1020"))
        #expect(tables.fees.count(.enforcement(yuan("100000")), under: halved).money == yuan("1400"))
        #expect(tables.fees.count(.bankruptcy(estate: yuan("999999999999"))).money == yuan("300000"))
    }

    @Test("a reduction is at least thirty per cent", .proves(.reducedFee))
    func reduction() throws {
        let third = try FeeReduction(rate: Fraction(3, over: 10), in: tables.fees)
        #expect(fee(25_000_000, FeeCircumstances(reduction: third)) == 353_500)
        for rate in [Fraction(29, over: 100), Fraction(1), Fraction(0)] {
            #expect(throws: Refusal.reductionOutOfBounds) { try FeeReduction(rate: rate, in: tables.fees) }
        }
    }

    @Test(
        "a province's figure is used, and one that is missing gives the range with its reason", .proves(.acceptanceFee))
    func provinces() {
        #expect(tables.fees.count(.divorce(base: .of(province: "浙江"), property: .zero)).money == yuan("300"))
        let missing = tables.fees.count(.divorce(base: .of(province: "四川"), property: yuan("300000")))
        guard case .unpublished(let range, let reason) = missing.amount else {
            Issue.record("a figure was guessed")
            return
        }
        #expect(range == 55_000...80_000)
        #expect(reason.zh.contains("四川") && reason.en.contains("not in the table"))
    }

    @Test("a half goes up, to the fen or to the yuan")
    func rounding() {
        #expect(fee(6_850_055) == 151_251)
        let whole = tables.fees.count(.property(claims: [yuan("68500.55")]), rounding: .toYuan)
        #expect(whole.money == yuan("1513"))
        // 50.50 yuan, exactly half a yuan: 10020 × 2.5% − 200.
        #expect(tables.fees.count(.property(claims: [yuan("10020")]), rounding: .toYuan).money == yuan("51"))
    }
}

@Suite("Fees: what holds for all sums")
struct FeePropertyTests {
    static let scales = [
        tables.fees.property, tables.fees.enforcement, tables.fees.preservation, tables.fees.divorceProperty,
        tables.fees.personalityDamages,
    ]

    private func fen(_ fraction: Fraction) -> Double { Double(fraction.numerator) / Double(fraction.denominator) }

    @Test("a scale meets itself at every edge", arguments: scales.indices)
    func continuous(_ index: Int) {
        let scale = Self.scales[index]
        for edge in scale.bands.compactMap(\.through) {
            let step = fen(scale.fee(on: edge + 1)) - fen(scale.fee(on: edge))
            #expect(step >= 0 && step < 0.03)
        }
    }

    @Test("a larger sum never pays less", arguments: scales.indices)
    func monotone(_ index: Int) {
        let scale = Self.scales[index]
        var last = -1.0
        var amount: Int64 = 0
        while amount < 5_000_000_000_00 {
            let fee = fen(scale.fee(on: amount))
            #expect(fee >= last)
            last = fee
            amount = amount + amount / 17 + 3_337
        }
    }

    @Test("the quick figures of the table are those of its bands")
    func quickAdd() throws {
        struct Bracket: Decodable { let quickAdd: Int64?; let cumulativeAtTop: Int64? }
        struct Property: Decodable { let brackets: [Bracket] }
        struct Acceptance: Decodable { let property: Property }
        struct File: Decodable { let acceptanceFee: Acceptance }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let file = try decoder.decode(
            File.self, from: Data(contentsOf: LawTables.folder.appendingPathComponent("fees.json")))
        for (band, bracket) in zip(tables.fees.property.bands, file.acceptanceFee.property.brackets) {
            if let quick = bracket.quickAdd {
                let add = tables.fees.property.quickAdd(of: band)
                #expect(add.numerator == Int128(quick) * 100 * add.denominator)
            }
            if let top = bracket.cumulativeAtTop, let through = band.through {
                let fee = tables.fees.property.fee(on: through)
                #expect(fee.numerator == Int128(top) * 100 * fee.denominator)
            }
        }
    }
}
