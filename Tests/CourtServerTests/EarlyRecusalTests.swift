import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Procedure
import Testing
import Web

@testable import Demonstration
@testable import Hearing

@Suite("Recusal before the hearing opens")
struct EarlyRecusalTests {
    private func page(
        _ court: ProgramsCourt, _ path: String, as who: String, in language: Language = .english,
        sending body: String? = nil
    ) async throws -> (status: HTTPResponse.Status, text: String) {
        let answer = try await court.application.test(.router) { client in
            try await client.execute(
                uri: path, method: body == nil ? .get : .post,
                headers: [
                    .authorization: "Bearer \(who)", .accept: "text/html", .acceptLanguage: language.rawValue,
                    .contentType: "application/x-www-form-urlencoded",
                ], body: body.map { ByteBuffer(string: $0) })
        }
        return (answer.status, String(buffer: answer.body))
    }

    @Test(
        "a party asks on the page, the judge's form gives way to the president's, and with the decision all goes on",
        arguments: Language.allCases)
    func page(language: Language) async throws {
        try await ProgramsCourt.with { court in
            let docket = court.told.docket
            let hearing = "/cases/\(docket)/hearing"
            let form = "action=\"\(hearing)/recusal\""
            let decision = "action=\"\(hearing)/recusal-decision\""
            #expect(
                try await page(court, "/cases/\(docket)", as: "buyer", in: language).text.contains("\(hearing)#recusal")
            )
            for party in ["buyer", "seller"] {
                #expect(try await page(court, hearing, as: party, in: language).text.contains(form))
            }
            for other in ["judge", "clerk", "president"] {
                #expect(try await !page(court, hearing, as: other, in: language).text.contains(form))
            }

            let bare = try await page(court, "\(hearing)/recusal", as: "seller", in: language, sending: "recusal=")
            #expect(bare.status == .unprocessableContent && bare.text.contains("id=\"recusal\""))
            let sent = try await page(
                court, "\(hearing)/recusal", as: "seller", in: language, sending: "recusal=TIES-OF-THE-JUDGE")
            #expect(sent.status == .seeOther)

            for person in ["buyer", "seller", "judge"] {
                let text = try await page(court, hearing, as: person, in: language).text
                #expect(text.contains("TIES-OF-THE-JUDGE") && !text.contains(form) && !text.contains(decision))
                #expect(!text.contains("action=\"\(hearing)/opening\""))
            }
            #expect(try await page(court, hearing, as: "president", in: language).text.contains(decision))
            let decided = try await page(
                court, "\(hearing)/recusal-decision", as: "president", in: language,
                sending: "outcome=rejected&decision=NOT-SO")
            #expect(decided.status == .seeOther)
            let after = try await page(court, hearing, as: "seller", in: language).text
            #expect(after.contains("NOT-SO") && after.contains(form))
        }
    }

    @Test("programs ask and decide the same; meanwhile the judge opens no hearing, and afterwards may")
    func programs() async throws {
        try await ProgramsCourt.with { court in
            let base = "\(court.path)/hearing"
            let until = court.today.adding(days: 3)
            let opening = """
                {"gates":{"difficulty":"属实。","facts-undisputed":"无争议。"},"until":"\(until)"}
                """
            _ = try await court.ask(.post, "\(base)/recusal", as: "judge", #"{"reason":"x"}"#, expecting: .forbidden)
            var said = try await court.ask(.post, "\(base)/recusal", as: "buyer", #"{"reason":"法官是被告的亲属。"}"#)
            #expect(said["recusals"][0]["outcome"] == .null && said["phase"] == .null)
            // The parties go on.
            _ = try await court.ask(.post, "\(base)/application", as: "buyer", #"{"difficulty":"时差七小时。"}"#)
            _ = try await court.ask(.post, "\(base)/agreement", as: "seller", #"{"agreement":"agree"}"#)
            _ = try await court.ask(
                .post, "\(base)/opening", as: "judge", opening, expecting: .unprocessableContent)
            let no = #"{"outcome":"rejected","reason":"经查不属实。"}"#
            _ = try await court.ask(.post, "\(base)/recusal-decision", as: "judge", no, expecting: .forbidden)
            said = try await court.ask(.post, "\(base)/recusal-decision", as: "president", no)
            #expect(said["recusals"][0]["outcome"].text == "rejected")
            said = try await court.ask(.post, "\(base)/opening", as: "judge", opening)
            #expect(said["phase"].text == "preparation")
        }
    }

    @Test("upheld, nobody opens the hearing until another judge was drawn")
    func upheld() async throws {
        try await ProgramsCourt.with { court in
            let base = "\(court.path)/hearing"
            _ = try await court.ask(.post, "\(base)/recusal", as: "seller", #"{"reason":"法官是原告的亲属。"}"#)
            _ = try await court.ask(
                .post, "\(base)/recusal-decision", as: "president", #"{"outcome":"upheld","reason":"属实。"}"#)
            _ = try await court.ask(
                .post, "\(base)/recusal", as: "seller", #"{"reason":"还有。"}"#, expecting: .unprocessableContent)
            let bench = try await page(court, "/desk/filing/\(court.told.docket)/bench", as: "president")
            #expect(bench.status == .ok && bench.text.contains("Draw a judge at random"))
            let seen = try await page(court, "/cases/\(court.told.docket)/hearing", as: "buyer").text
            #expect(!seen.contains("/hearing/recusal\""))
        }
    }
}
