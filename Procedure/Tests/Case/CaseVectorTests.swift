import Procedure
import Testing

struct NumberExample: Decodable, CustomTestStringConvertible {
    let value, why: String
    var testDescription: String { "\(value): \(why)" }
}

@Suite("Case numbers", .proves(.caseNumberParts))
struct CaseNumberTests {
    @Test(
        "a valid number is read and written full-width",
        arguments: try LawData.rows("case_numbers", "examples_valid", as: NumberExample.self))
    func valid(_ example: NumberExample) throws {
        let number = try tables.caseNumbers.parse(example.value)
        let canonical = example.value.replacing("(", with: "（").replacing(")", with: "）")
        #expect(number.rawValue == canonical)
        #expect(CaseNumber(rawValue: number.rawValue) == number)
        #expect(
            CaseNumber(
                year: number.year, court: number.court, mark: number.mark, type: number.type, serial: number.serial,
                suffix: number.suffix) == number)
    }

    @Test(
        "what is no case number is refused",
        arguments: try LawData.rows("case_numbers", "examples_invalid", as: NumberExample.self))
    func invalid(_ example: NumberExample) {
        #expect(throws: Refusal.self) { try tables.caseNumbers.parse(example.value) }
    }

    @Test(
        "a court of the wrong level has no such number",
        arguments: try LawData.rows("case_numbers", "examples_well_formed_but_wrong_level", as: NumberExample.self))
    func wrongLevel(_ example: NumberExample) {
        #expect(throws: Refusal.wrongCourtLevel) { try tables.caseNumbers.parse(example.value) }
    }

    @Test("the specialised mark is told apart from the type")
    func mark() throws {
        let number = try tables.caseNumbers.parse("（2026）最高法知民终10号")
        #expect(number.mark == "知")
        #expect(number.type == "民终")
        #expect(number.level == .supreme)
    }

    @Test("every type and court of the tables makes a number that reads back the same")
    func everyCode() throws {
        for type in tables.caseNumbers.types {
            let number = try #require(CaseNumber(year: 2026, court: "浙0192", type: type.code, serial: 7))
            #expect(number.type == type.code && number.mark == nil)
            #expect(CaseNumber(rawValue: number.rawValue) == number)
        }
        for court in tables.courts.courts {
            let number = try #require(CaseNumber(year: 2026, court: court.code, type: "民初", serial: 1))
            #expect(number.court == court.code)
            #expect(number.level == court.level)
            #expect(court.level == .supreme || tables.caseNumbers.provinces.contains(String(court.code.prefix(1))))
        }
    }
}

struct ProcedureVector: Decodable, CustomTestStringConvertible {
    let province: String
    let date: CourtDay
    let amount: TextOrNumber
    let agreed, excluded: Bool
    let result: ProcedureChoice.Result

    var testDescription: String { "\(province) \(amount.text) → \(result.rawValue)" }
}

@Suite("Choice of procedure")
struct ProcedureChoiceTests {
    private func question(_ amount: String, province: String = "江苏", on day: CourtDay = "2026-03-01") throws
        -> ProcedureQuestion
    {
        ProcedureQuestion(amount: try #require(Money(typed: amount)), province: province, docketedOn: day)
    }

    @Test(
        "the table's own examples",
        .proves(.smallClaimsScope, .smallClaimsExcluded, .simpleProcedureDue, .wageOfLastYear),
        arguments: try LawData.rows("small_claims", "test_vectors", as: ProcedureVector.self))
    func vector(_ vector: ProcedureVector) throws {
        var question = try question(vector.amount.text, province: vector.province, on: vector.date)
        if vector.agreed { question.agreed = [.smallClaims] }
        if vector.excluded { question.smallClaimsExclusions = [.counterclaim] }
        let choice = tables.smallClaims.choice(for: question)
        #expect(choice.result == vector.result)
        #expect(choice.reasons.contains { $0.article != nil })
        #expect(choice.reasons.allSatisfy { !$0.words.zh.isEmpty && !$0.words.en.isEmpty })
    }

    @Test("an unpublished threshold is said to be unknown, unless the court has set one", .proves(.wageOfLastYear))
    func unpublished() throws {
        for province in ["北京", "广东", "浙江"] {
            var question = try question("3000", province: province)
            #expect(tables.smallClaims.choice(for: question).result == .unpublished)
            question.courtThreshold = SmallClaimsThreshold(mandatory: 6_000_000, byAgreement: 24_000_000)
            #expect(tables.smallClaims.choice(for: question).result == .smallClaimsMandatory)
        }
    }

    @Test("the figure in force on the day of docketing counts", .proves(.wageOfLastYear))
    func byDay() throws {
        #expect(tables.smallClaims.threshold(of: "江苏省", on: "2026-01-03")?.mandatory == 6_086_200)
        #expect(tables.smallClaims.threshold(of: "江苏省", on: "2026-01-04")?.mandatory == 6_461_000)
        #expect(tables.smallClaims.threshold(of: "江苏省", on: "2021-12-31") == nil)
        #expect(tables.smallClaims.threshold(of: "浙江", on: "2022-06-01")?.mandatory == 5_432_300)
    }

    @Test("each exclusion shuts small claims", .proves(.smallClaimsExcluded), arguments: SmallClaimsExclusion.allCases)
    func excluded(_ exclusion: SmallClaimsExclusion) throws {
        var question = try question("3000")
        question.smallClaimsExclusions = [exclusion]
        let choice = tables.smallClaims.choice(for: question)
        #expect(choice.result == .notSmallClaims)
        #expect(choice.reasons.first?.article == .smallClaimsExcluded)
    }

    @Test(
        "what simple procedure cannot take goes to ordinary procedure", .proves(.simpleProcedureExcluded),
        arguments: SimpleProcedureExclusion.allCases)
    func notSimple(_ exclusion: SimpleProcedureExclusion) throws {
        var question = try question("3000")
        question.simpleExclusions = [exclusion]
        question.agreed = [.smallClaims, .simple]
        #expect(tables.smallClaims.choice(for: question).result == .ordinary)
    }

    @Test("an unclear case is ordinary, or simple by agreement", .proves(.simpleProcedureScope, .simpleByAgreement))
    func unclear() throws {
        var question = try question("3000")
        question.clarity = .disputed
        #expect(tables.smallClaims.choice(for: question).result == .ordinary)
        question.agreed = [.simple]
        #expect(tables.smallClaims.choice(for: question).result == .simple)
    }

    @Test("a claim for more than money is no small claim", .proves(.smallClaimsScope))
    func notMoney() throws {
        var question = try question("3000")
        question.relief = .other
        #expect(tables.smallClaims.choice(for: question).result == .notSmallClaims)
    }
}
