import Docket
import Foundation
import Procedure
import Testing

@testable import Web

@Suite("Forms as data")
struct FormEngineTests {
    let library: FormLibrary
    let complaint: FormDefinition
    let answer: FormDefinition
    let setting = FormSetting(today: "2026-03-02")
    let chinese = Voice(.chinese)

    init() throws {
        library = try FormLibrary.shipped()
        complaint = try #require(library["online-shopping/1"])
        answer = try #require(library["online-shopping-answer/2"])
    }

    /// A kettle bought online that was not what the page said.
    static let kettle = FormAnswers([
        "plaintiff.name": ["林晓演"], "plaintiff.address": ["杭州市西湖区文三路演示小区3幢502室"], "plaintiff.telephone": ["13900000001"],
        "defendant.name": ["赵示范"], "defendant.trade_name": ["好水壶小店"], "defendant.address": ["义乌市演示街88号"],
        "platform": ["演示商城"], "order_number": ["YS-1001"], "item": ["电水壶一只"], "ordered_on": ["2026-01-08"],
        "price": ["1280"], "receipt_city": ["杭州市"], "problem": ["not_as_described"], "described_as": ["内胆为304不锈钢。"],
        "received_as": ["内胆为201不锈钢"], "reply": ["refused"], "asked_for": ["退货退款"],
        "claims": ["refund", "compensation", "costs"],
        "refund_amount": ["1280"], "basis": ["fraud"], "compensation_amount": ["3,840.00"],
    ])

    @Test("every form that is shipped is without fault")
    func shippedFormsAreSound() {
        for form in library.newest(.complaint) + library.newest(.answer) { #expect(form.faults == [], "\(form.id)") }
    }

    @Test("the notices read, and each language has a digest of its own")
    func noticesRead() throws {
        let notices = try NoticeLibrary.shipped()
        for notice in [notices.onlineStages, notices.electronicService] {
            #expect(notice.shown(in: .chinese).digest != notice.shown(in: .english).digest)
            #expect(notice.shown(in: .chinese) == notice.shown(in: .chinese))
            for words in notice.parts.flatMap({ [$0.title] + $0.lines }) {
                #expect(!words.zh.isEmpty && !words.en.isEmpty)
            }
        }
    }

    /// Changes one place of the shipped form's file and reads it again.
    private func changed(_ change: (inout [String: JSONValue]) -> Void) throws -> FormDefinition {
        guard case .object(var members) = try JSONCoding.encode(complaint) else { throw JSONFailure.tooDeep }
        change(&members)
        return try JSONCoding.decode(FormDefinition.self, from: .object(members))
    }

    @Test("a definition with a missing language or an unknown name is told its place")
    func faultsAreNamed() throws {
        let silent = try changed { $0["title"] = .object(["zh": .text("起诉状"), "en": .text(" ")]) }
        #expect(silent.faults == ["title: the English words are missing"])

        let unasked = try changed { members in
            members["facts"] = .array([
                .object(["says": .object(["zh": .text("{colour}。"), "en": .text("{colour}.")])])
            ])
        }
        #expect(Set(unasked.faults) == ["facts[0]: {colour} is not asked"])

        let dangling = try changed { members in
            guard case .array(var steps)? = members["steps"], case .object(var step)? = steps.first else { return }
            step["shownIf"] = .object(["question": .text("claims"), "has": .array([.text("moon")])])
            steps[0] = .object(step)
            members["steps"] = .array(steps)
        }
        #expect(dangling.faults.contains("you: depends on moon, which claims does not offer"))
        #expect(dangling.faults.contains("you: depends on claims, which comes no earlier"))
    }

    @Test("a misspelt name in a file is refused, not dropped")
    func unknownNamesAreRefused() throws {
        var text = try CanonicalJSON.text(JSONCoding.encode(complaint))
        text = text.replacing("\"isOptional\"", with: "\"isOptionl\"")
        #expect(throws: UnreadableForm.self) {
            try ShippedFiles.read(FormDefinition.self, "x.complaint.json", Array(text.utf8))
        }
    }

    @Test("a complete form has no errors, an empty one names what is missing in both languages")
    func validation() throws {
        #expect(complaint.errors(in: Self.kettle, setting: setting) == [])
        let errors = complaint.errors(in: FormAnswers(), setting: setting)
        #expect(errors.map(\.field).contains("defendant.address"))
        #expect(errors.map(\.field).contains("price"))
        #expect(!errors.map(\.field).contains("plaintiff.name"), "it is known from the account")
        #expect(!errors.map(\.field).contains("described_as"), "it was not said that anything differs")
        for error in errors { #expect(!error.words.zh.isEmpty && !error.words.en.isEmpty) }
    }

    @Test(
        "wrong values are told at their field",
        arguments: [
            ("price", "12.345"), ("price", "-1"), ("price", "0"), ("ordered_on", "2026-02-30"),
            ("ordered_on", "2026-03-03"),
            ("reply", "perhaps"), ("claims", "moon"), ("item", String(repeating: "长", count: 201)),
        ])
    func wrongValues(field: String, typed: String) {
        var answers = Self.kettle
        answers.set(field, to: [typed])
        #expect(complaint.errors(in: answers, setting: setting).map(\.field) == [field])
    }

    @Test("sums are offered from the price: once for the refund, three times and at least 500 for compensation")
    func suggestions() {
        var answers = Self.kettle
        answers = FormAnswers(answers.fields.filter { !["refund_amount", "compensation_amount"].contains($0.key) })
        #expect(complaint.suggesting(answers).money("compensation_amount") == .yuan(3_840))
        answers.set("price", to: ["100"])
        #expect(complaint.suggesting(answers).money("refund_amount") == .yuan(100))
        #expect(complaint.suggesting(answers).money("compensation_amount") == .yuan(500))
        answers.set("refund_amount", to: ["60"])
        #expect(complaint.suggesting(answers).money("refund_amount") == .yuan(60), "what was typed stays")
    }

    @Test("claims and facts are told in the words of the form")
    func sentences() {
        let claims = complaint.claimsMade(in: Self.kettle)
        #expect(claims.map(\.pattern.id) == ["refund", "compensation", "costs"])
        #expect(claims.map(\.amount) == [.yuan(1_280), .yuan(3_840), nil])
        #expect(complaint.text(of: claims[0].pattern, in: Self.kettle, chinese) == "判令被告退还货款1,280.00元。")
        let facts = complaint.facts(in: Self.kettle, chinese)
        #expect(facts.hasPrefix("2026年1月8日，原告通过演示商城在被告经营的“好水壶小店”网店购买电水壶一只"))
        #expect(facts.contains("商品页面载明：内胆为304不锈钢。原告实际收到的商品为：内胆为201不锈钢，与页面描述不符。"))
        #expect(facts.contains("被告予以拒绝"))
        #expect(!facts.contains("假冒"))
        #expect(!facts.contains("{"))
    }

    @Test("an answer that no longer applies is kept and says nothing")
    func changedAnswers() {
        var answers = Self.kettle
        answers.set("problem", to: ["not_delivered"])
        #expect(answers["described_as"] != nil)
        #expect(!complaint.facts(in: answers, chinese).contains("商品页面载明"))
        #expect(complaint.facts(in: answers, chinese).contains("被告至今没有交付商品"))
    }

    @Test("each claim of the other side takes a stand; a part admitted is smaller than the claim")
    func responses() throws {
        let claim = Claim(claim: ClaimID(high: 0, low: 1), kind: .refund, text: "退还货款", amount: .yuan(100))
        let setting = FormSetting(today: "2026-03-02", claims: [claim])
        let step = try #require(answer.step("responses"))
        let fields = ClaimResponseFields("response", claim.claim)
        var answers = FormAnswers()
        #expect(answer.errors(in: answers, step: step, setting: setting).map(\.field) == [fields.stand])
        answers.set(fields.stand, to: ["partly-admitted"])
        answers.set(fields.amount, to: ["100"])
        #expect(answer.errors(in: answers, step: step, setting: setting).map(\.field) == [fields.amount])
        answers.set(fields.amount, to: ["40"])
        #expect(answer.errors(in: answers, step: step, setting: setting) == [])
        #expect(answer.responses(in: answers, to: [claim]).map(\.admitted) == [.yuan(40)])
    }

    @Test("a page draws each question once, with what was typed escaped")
    func drawing() throws {
        var answers = Self.kettle
        answers.set("item", to: ["<b>kettle</b>"])
        for form in [complaint, answer] {
            for language in Language.allCases {
                let drawing = FormDrawing(form, answers, Fields(Typed(answers.form), Voice(language)))
                for step in form.steps(for: answers) {
                    let html = drawing.html(step).text
                    for question in step.questions(for: answers)
                    where ![.evidence, .person, .claimResponses].contains(question.kind) {
                        #expect(html.contains("name=\"\(question.id)\""), "\(question.id)")
                    }
                    #expect(!html.contains("<b>kettle"))
                }
            }
        }
    }
}
