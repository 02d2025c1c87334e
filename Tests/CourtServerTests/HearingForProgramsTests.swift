import Docket
import Procedure
import Testing
import Web

@testable import Demonstration
@testable import Hearing
@testable import Judgment

@Suite("The hearing and the judgment for programs")
struct HearingForProgramsTests {
    @Test("a hearing is applied for, agreed to, opened, held phase by phase and closed")
    func hearing() async throws {
        try await ProgramsCourt.with { court in
            let base = "\(court.path)/hearing"
            let until = court.today.adding(days: 3)
            var said = try await court.ask(.get, base, as: "buyer")
            #expect(said["parties"].count == 2 && said["gates"].count == WritingGate.allCases.count)

            _ = try await court.ask(.post, "\(base)/application", as: "buyer", #"{"difficulty":"时差七小时。"}"#)
            said = try await court.ask(.post, "\(base)/agreement", as: "seller", #"{"agreement":"agree"}"#)
            #expect(said["parties"][1]["agrees"] == .bool(true))
            let opening = """
                {"gates":{"difficulty":"属实。","facts-undisputed":"无争议。"},"until":"\(until)"}
                """
            _ = try await court.ask(.post, "\(base)/opening", as: "seller", opening, expecting: .forbidden)
            said = try await court.ask(.post, "\(base)/opening", as: "judge", opening)
            #expect(said["phase"].text == "preparation" && said["until"].text == until.rawValue)

            for phase in ["investigation", "debate", "final-statements"] {
                let next = #"{"phase":"\#(phase)","until":"\#(until)"}"#
                _ = try await court.ask(.post, "\(base)/phases", as: "judge", next)
                if phase == "investigation" { try await question(court, base) }
                for party in ["buyer", "seller"] {
                    _ = try await court.ask(.post, "\(base)/statements", as: party, #"{"statement":"坚持请求。"}"#)
                }
            }
            said = try await court.ask(.post, "\(base)/close", as: "judge", "{}")
            #expect(said["closed"] != .null && said["statements"].count == 6)
            _ = try await court.ask(
                .post, "\(base)/statements", as: "buyer", #"{"statement":"还有。"}"#, expecting: .unprocessableContent)
        }
    }

    private func question(_ court: ProgramsCourt, _ base: String) async throws {
        let to = court.told.plan.seller.party
        let asked = try await court.ask(
            .post, "\(base)/questions", as: "judge", #"{"to":"\#(to)","question":"何时发货？"}"#)
        let question = try #require(asked["questions"][0]["question"].text)
        let answered = try await court.ask(
            .post, "\(base)/answers", as: "seller", #"{"question":"\#(question)","text":"当天。"}"#)
        #expect(answered["questions"][0]["answer"].text == "当天。")
    }

    @Test("every step of the page is a step for programs too")
    func everyStep() async throws {
        try await ProgramsCourt.with { court in
            let templates = Set(court.server.routes.list.filter { $0.kind == .api }.map(\.template))
            for step in HearingStep.allCases {
                #expect(templates.contains("/api/v1/cases/:docket/hearing/\(step.rawValue)"))
            }
            for step in TranscriptStep.allCases {
                #expect(templates.contains("/api/v1/cases/:docket/transcript/\(step.rawValue)"))
            }
        }
    }

    @Test("a transcript is drawn, corrected, drawn again and confirmed by version and digest")
    func transcript() async throws {
        try await ProgramsCourt.with { court in
            try await court.told.hear()
            let base = "\(court.path)/transcript"
            let first = #"{"version":0,"corrections":0,"outcomes":[]}"#
            var read = try await court.ask(.post, "\(base)/version", as: "clerk", first)
            _ = try await court.ask(.post, "\(base)/version", as: "clerk", first, expecting: .conflict)
            _ = try await court.ask(
                .post, "\(base)/correction", as: "buyer", #"{"version":1,"correction":"漏记一句。"}"#)
            read = try await court.ask(
                .post, "\(base)/version", as: "clerk", #"{"version":1,"corrections":1,"outcomes":["已补记。"]}"#)
            #expect(read["version"] == .integer(2))
            let digest = try #require(read["transcript"]["document"]["files"][0]["digest"].text)
            let other = "sha256:" + String(repeating: "0", count: 64)
            _ = try await court.ask(
                .post, "\(base)/confirmation", as: "buyer", #"{"version":2,"digest":"\#(other)"}"#,
                expecting: .unprocessableContent)
            for who in ["buyer", "seller", "judge"] {
                read = try await court.ask(
                    .post, "\(base)/confirmation", as: who, #"{"version":2,"digest":"\#(digest)"}"#)
            }
            #expect(read["transcript"]["confirmed_by_judge"] != .null)
        }
    }

    @Test("a judgment is saved, checked, drawn, signed over its digest and pronounced")
    func judgment() async throws {
        try await ProgramsCourt.with { court in
            try await court.told.hear()
            try await court.told.confirmTranscript()
            let base = "\(court.path)/judgment"
            let plan = court.told.plan
            let read = try await court.ask(.get, base, as: "judge")
            #expect(read["draft"]["version"] == .integer(0))
            #expect(read["wanting"].count > 0)
            _ = try await court.ask(.get, base, as: "buyer", expecting: .notFound)

            let decision = #"{"outcome":"dismissed","reason":"证据不足。"}"#
            let fee = court.told.state.fee.notice?.amount.decimalText ?? "0.00"
            let draft = """
                {"version":0,"findings":"经审理查明。","reasons":"本院认为。","cited":[],
                "provisions":[{"law":"中华人民共和国民法典","number":"第五百七十七条"}],
                "decisions":{"\(plan.refundClaim)":\(decision),"\(plan.compensationClaim)":\(decision)},
                "perform_within_days":10,"fee_shares":{"\(plan.buyer.party)":"\(fee)","\(plan.seller.party)":"0.00"}}
                """
            let saved = try await court.ask(.put, "\(base)/draft", as: "judge", draft)
            #expect(saved["draft"]["version"] == .integer(1))
            let again = draft.replacing("\"version\":0", with: "\"version\":1")
            let drawn = try await court.ask(.post, "\(base)/document", as: "judge", again)
            let digest = try #require(drawn["document"]["files"][0]["digest"].text, "\(drawn["wanting"])")
            let signed = try await court.ask(.post, "\(base)/signature", as: "judge", #"{"digest":"\#(digest)"}"#)
            #expect(signed["pronounced"] != .null && signed["draft"] == .null)
            _ = try await court.ask(.post, "\(base)/unpaid", as: "judge", "{}", expecting: .forbidden)
        }
    }
}
