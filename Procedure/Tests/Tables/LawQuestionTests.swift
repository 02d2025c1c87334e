import Foundation
import Procedure
import ProcedureTables
import Testing

private let questions = LawQuestions(tables: tables)

/// A vector of fees.json as it stands there: what it asks and what it expects.
struct FeeVector: CustomTestStringConvertible, Sendable {
    let id, question: String
    let feeInFen: Int

    var testDescription: String { id }

    static func all() throws -> [FeeVector] {
        let data = try Data(contentsOf: LawTables.folder.appendingPathComponent("fees.json"))
        let file = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        return try (file?["test_vectors"] as? [[String: Any]] ?? []).map { row in
            let asked: [String: Any] = ["kind": row["kind"] as Any, "input": row["input"] as Any]
            return FeeVector(
                id: row["id"] as? String ?? "",
                question: String(decoding: try JSONSerialization.data(withJSONObject: asked), as: UTF8.self),
                feeInFen: row["fee_fen"] as? Int ?? -1)
        }
    }
}

private func object(_ data: Data) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
}

private func problem(_ answer: () throws(LawQuestionProblem) -> Data) -> LawQuestionProblem? {
    do {
        _ = try answer()
        return nil
    } catch {
        return error
    }
}

@Suite("Questions about fees")
struct FeeQuestionTests {
    @Test(
        "every example of the fee table", .proves(.acceptanceFee, .applicationFee, .halvedOnce, .reducedFee),
        arguments: try FeeVector.all())
    func vector(_ vector: FeeVector) throws {
        let answer = try object(questions.answerFee(json: Data(vector.question.utf8)))
        #expect(answer["fee_fen"] as? Int == vector.feeInFen)
        let explanation = try #require(answer["explanation"] as? [String: [String]])
        #expect(explanation["zh"]?.isEmpty == false && explanation["zh"]?.count == explanation["en"]?.count)
        #expect((answer["articles"] as? [Any])?.isEmpty == false)
    }

    @Test("all examples were read")
    func complete() throws { #expect(try FeeVector.all().count == 43) }

    @Test("a sum is read from its literal, as number or as text", arguments: ["68500.55", "\"68500.55\""])
    func literal(_ sum: String) throws {
        let answer = try object(questions.answerFee(json: Data(#"{"kind":"property","input":{"claim":\#(sum)}}"#.utf8)))
        #expect(answer["fee_fen"] as? Int == 151_251)
    }

    @Test("a province without a figure gives the range")
    func range() throws {
        let answer = try object(
            questions.answerFee(json: Data(#"{"kind":"divorce","input":{"province":"四川","property":0}}"#.utf8)))
        #expect(answer["fee_fen"] is NSNull)
        #expect(answer["fee_fen_min"] as? Int == 5_000)
        #expect(answer["fee_fen_max"] as? Int == 30_000)
    }

    @Test(
        "what cannot be answered says why",
        arguments: [
            ("", "law.malformed"), ("[]", "law.malformed"), ("{", "law.malformed"), ("{}x", "law.malformed"),
            (#"{"kind":"property","kind":"property","input":{"claim":1}}"#, "law.malformed"),
            (#"{"kind":"property","input":{"claim":01}}"#, "law.malformed"),
            (#"{"kind":"property","input":{"claim":NaN}}"#, "law.malformed"),
            ("{}", "law.missing-field"), (#"{"kind":"property"}"#, "law.missing-field"),
            (#"{"kind":"property","input":{}}"#, "law.missing-field"),
            (#"{"kind":"property","input":{"claim":null}}"#, "law.missing-field"),
            (#"{"kind":"property_halved","input":{"claim":1}}"#, "law.missing-field"),
            (#"{"kind":"nothing","input":{}}"#, "law.unknown-value"),
            (#"{"kind":"property_halved","input":{"claim":1,"procedure":"swift"}}"#, "law.unknown-value"),
            (#"{"kind":"property","input":{"claim":1,"more":2}}"#, "law.unknown-field"),
            (#"{"kind":"property","input":{"claim":1},"fee":50}"#, "law.unknown-field"),
            (#"{"kind":"property","input":[]}"#, "law.wrong-type"), (#"{"kind":7,"input":{}}"#, "law.wrong-type"),
            (#"{"kind":"property","input":{"claim":true}}"#, "law.wrong-type"),
            (#"{"kind":"property","input":{"claim":"abc"}}"#, "law.wrong-type"),
            (#"{"kind":"property","input":{"claim":1e5}}"#, "law.wrong-type"),
            (#"{"kind":"property","input":{"claim":1.005}}"#, "law.wrong-type"),
            (#"{"kind":"property","input":{"claim":"１２"}}"#, "law.wrong-type"),
            (#"{"kind":"property","input":{"claim":-1}}"#, "law.out-of-range"),
            (#"{"kind":"property","input":{"claim":9999999999999}}"#, "law.out-of-range"),
            (#"{"kind":"property_aggregated","input":{"claims":[]}}"#, "law.out-of-range"),
            (#"{"kind":"property_aggregated","input":{"claims":[1,-2]}}"#, "law.out-of-range"),
            (#"{"kind":"reduction","input":{"claim":250000,"reduction_rate":0.2}}"#, "law.out-of-range"),
            (#"{"kind":"divorce","input":{"base":301,"property":0}}"#, "law.out-of-range"),
            (#"{"kind":"claim_increase_topup","input":{"old":2,"new":1}}"#, "law.out-of-range"),
        ])
    func problems(_ json: String, _ code: String) throws {
        let found = try #require(
            problem { () throws(LawQuestionProblem) in try questions.answerFee(json: Data(json.utf8)) })
        #expect(found.code == code)
        let printed = try object(found.json)
        #expect(printed["code"] as? String == code)
        #expect((printed["title"] as? [String: String])?.keys.sorted() == ["en", "zh"])
    }

    @Test(
        "the largest sums are counted, not overflowed",
        arguments: ["property", "enforcement", "preservation", "bankruptcy", "payment_order"])
    func largest(_ kind: String) throws {
        let field = ["enforcement": "amount", "preservation": "amount", "bankruptcy": "estate"][kind] ?? "claim"
        let json = #"{"kind":"\#(kind)","input":{"\#(field)":999999999999.99}}"#
        #expect(try object(questions.answerFee(json: Data(json.utf8)))["fee_fen"] is Int)
    }

    @Test("something long or deep is refused")
    func absurd() {
        let long = Data(repeating: UInt8(ascii: " "), count: 70_000)
        #expect(
            problem { () throws(LawQuestionProblem) in try questions.answerFee(json: long) }?.code == "law.too-long")
        let deep = Data((String(repeating: "[", count: 30_000)).utf8)
        #expect(
            problem { () throws(LawQuestionProblem) in try questions.answerFee(json: deep) }?.code == "law.malformed")
        let notText = Data([0x7B, 0xFF, 0x7D])
        #expect(
            problem { () throws(LawQuestionProblem) in try questions.answerFee(json: notText) }?.code == "law.malformed"
        )
    }
}

@Suite("Questions about limits")
struct DeadlineQuestionTests {
    private func answer(_ json: String) throws -> [String: Any] {
        try object(questions.answerDeadline(json: Data(json.utf8)))
    }

    @Test(
        "every example of the table of limits",
        arguments: try LawData.rows("deadlines", "test_vectors", as: DeadlineVector.self))
    func vector(_ vector: DeadlineVector) throws {
        let answer = try answer(#"{"deadline":"\#(vector.deadline)","event_date":"\#(vector.eventDate)"}"#)
        #expect(answer["nominal_last_day"] as? String == vector.nominalLastDay.rawValue)
        #expect(answer["last_day"] as? String == vector.lastDay.rawValue)
        #expect(answer["provisional"] as? Bool == false)
        let explanation = try #require(answer["explanation"] as? [String: [String]])
        #expect(explanation["zh"]?.count == explanation["en"]?.count)
    }

    @Test("suspensions and extensions are counted")
    func adjusted() throws {
        let suspended = try answer(
            #"""
            {"deadline":"trial_limit_small_claims","event_date":"2026-01-01",
             "suspensions":[{"ground":"appraisal","from":"2026-01-10","to":"2026-01-19"}]}
            """#)
        #expect(suspended["nominal_last_day"] as? String == "2026-03-11")
        let extended = try answer(#"{"deadline":"answer","event_date":"2026-03-10","extension_days":5}"#)
        #expect(extended["last_day"] as? String == "2026-03-30")
    }

    @Test("a limit in hours takes a time with its distance from UTC")
    func hours() throws {
        let answer = try answer(
            #"{"deadline":"preservation_pre_suit_ruling","event_date":"2026-01-31","event_time":"2026-01-31T10:20:00+08:00"}"#
        )
        #expect(answer["ends"] as? String == "2026-02-02T03:00:00.000Z")
        #expect(answer["last_day"] as? String == "2026-02-02")
    }

    @Test("an unpublished year is provisional with its reason")
    func provisional() throws {
        let answer = try answer(#"{"deadline":"answer","event_date":"2027-04-16"}"#)
        #expect(answer["provisional"] as? Bool == true)
        #expect((answer["provisional_reasons"] as? [Any])?.count == 1)
    }

    @Test(
        "what cannot be answered says why",
        arguments: [
            ("nonsense", "law.malformed"), ("{}", "law.missing-field"),
            (#"{"deadline":"answer"}"#, "law.missing-field"),
            (#"{"deadline":"nothing","event_date":"2026-03-10"}"#, "law.unknown-limit"),
            (#"{"deadline":"answer","event_date":"2026-02-30"}"#, "law.wrong-type"),
            (#"{"deadline":"answer","event_date":"2026-3-10"}"#, "law.wrong-type"),
            (#"{"deadline":"answer","event_date":20260310}"#, "law.wrong-type"),
            (#"{"deadline":"answer","event_date":"1948-12-31"}"#, "law.out-of-range"),
            (#"{"deadline":"answer","event_date":"2201-01-01"}"#, "law.out-of-range"),
            (#"{"deadline":"answer","event_date":"2026-03-10","last_day":"2026-03-25"}"#, "law.unknown-field"),
            (#"{"deadline":"answer","event_date":"2026-03-10","extension_days":-1}"#, "law.out-of-range"),
            (#"{"deadline":"answer","event_date":"2026-03-10","extension_days":1.5}"#, "law.wrong-type"),
            (
                #"{"deadline":"answer","event_date":"2026-03-10","extension_days":99999999999999999999}"#,
                "law.wrong-type"
            ),
            (#"{"deadline":"preservation_pre_suit_ruling","event_date":"2026-03-10"}"#, "law.missing-field"),
            (#"{"deadline":"preservation_pre_suit_ruling","event_time":"2026-03-10 10:00"}"#, "law.wrong-type"),
            (
                #"{"deadline":"preservation_pre_suit_ruling","event_date":"2026-03-11","event_time":"2026-03-10T10:00:00+08:00"}"#,
                "law.out-of-range"
            ),
            (#"{"deadline":"answer","event_date":"2026-03-10","suspensions":{}}"#, "law.wrong-type"),
            (
                #"{"deadline":"answer","event_date":"2026-03-10","suspensions":[{"ground":"rain","from":"2026-03-11"}]}"#,
                "law.unknown-value"
            ),
            (
                #"{"deadline":"answer","event_date":"2026-03-10","suspensions":[{"ground":"appraisal","from":"2026-03-11","to":"2026-03-10"}]}"#,
                "law.out-of-range"
            ),
        ])
    func problems(_ json: String, _ code: String) {
        #expect(
            problem { () throws(LawQuestionProblem) in try questions.answerDeadline(json: Data(json.utf8)) }?.code
                == code)
    }

    @Test("every limit answers on the first and the last day allowed", arguments: tables.deadlines.rules)
    func extremes(_ rule: DeadlineRule) throws {
        for day in ["1949-01-01", "2200-12-31"] {
            let event = rule.unit == .hours ? #""event_time":"\#(day)T12:00:00+08:00""# : #""event_date":"\#(day)""#
            #expect(try answer(#"{"deadline":"\#(rule.id)",\#(event)}"#)["provisional"] is Bool)
        }
    }
}
