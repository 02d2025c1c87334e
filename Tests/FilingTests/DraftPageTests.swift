import Accounts
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Procedure
import Proofs
import Testing
import Web

@testable import Filing

@Suite("The pages and the interface of a draft")
struct DraftPageTests {
    /// Every page of a complete draft, before and after drawing.
    private func pages(_ docket: DocketID, _ form: FormDefinition, _ answers: FormAnswers) -> [String] {
        ["/drafts", "/drafts/\(docket)"]
            + ["evidence", "consents", "address", "check", "sign", "discard"].map { "/drafts/\(docket)/\($0)" }
            + form.steps(for: answers).map { "/drafts/\(docket)/steps/\($0.id)" }
    }

    @Test("every page of a draft draws in both languages, escaped, and exists for its owner alone")
    func everyPage() async throws {
        try await TestCourt.open { court in
            let docket = try await court.complete()
            try await court.type(Form(["item": "<script>alert(1)</script>"]), into: docket)
            let hand = try await court.area.drawComplaint(docket, by: court.buyer)
            try await court.application.test(.router) { client in
                for path in pages(docket, hand.form, hand.answers) {
                    for language in ["zh-CN", "en"] {
                        let answer = try await client.get(path, language)
                        #expect(answer.status == .ok, "\(path)")
                        #expect(!answer.text.contains("<script>alert"), "\(path)")
                        #expect(answer.text.contains("lang=\"\(language)\""), "\(path)")
                    }
                    guard path != "/drafts" else { continue }
                    #expect(try await client.get(path, "en", as: "stranger").status == .notFound, "\(path)")
                }
            }
        }
    }

    @Test("the page to sign shows the stored bytes, the digest and the PDF")
    func signPage() async throws {
        try await TestCourt.open { court in
            let docket = try await court.complete()
            let hand = try await court.area.drawComplaint(docket, by: court.buyer)
            let document = try #require(hand.content.drawn?.document)
            try await court.application.test(.router) { client in
                let page = try await client.get("/drafts/\(docket)/sign", "zh-CN").text
                #expect(page.contains("民事起诉状"))
                #expect(page.contains("判令被告退还货款1,280.00元。"))
                #expect(page.contains(try #require(document.digest).hex))
                let pdf = try await client.get("/drafts/\(docket)/files/\(document.files[0].file)", "zh-CN")
                #expect(Array(buffer: pdf.body).starts(with: Array("%PDF-".utf8)))
            }
        }
    }

    @Test("a step keeps what was typed also when it is wrong, and says so at the field")
    func wrongStep() async throws {
        try await TestCourt.open { court in
            let docket = try await court.begin()
            try await court.application.test(.router) { client in
                let answer = try await client.post(
                    "/drafts/\(docket)/steps/order", "item=%E5%A3%B6&price=cheap&_version=1")
                #expect(answer.status == .unprocessableContent)
                #expect(answer.text.contains("value=\"cheap\""))
                #expect(answer.text.contains("id=\"e-price\""))
                let later = try await client.post(
                    "/drafts/\(docket)/steps/order", "item=%E5%A3%B6&price=cheap&then=later&_version=1")
                #expect(later.headers[.location] == "/drafts/\(docket)")
            }
            let hand = try await court.area.draft(docket, of: court.buyer)
            #expect(hand.answers["item"] == "壶")
            #expect(hand.answers["price"] == "cheap")
        }
    }

    @Test("the whole way without script: begin, steps, file, consents, address, draw, sign, answer")
    func withoutScript() async throws {
        try await TestCourt.open { court in
            try await court.application.test(.router) { client in
                let begun = try await client.post("/drafts", "form=online-shopping/1&_once=begin-form-1")
                let start = try #require(begun.headers[.location])
                let docket = try #require(DocketID(rawValue: String(start.dropFirst("/drafts/".count))))
                try await walkSteps(start, docket, client, court)
                let file = try await client.execute(
                    uri: "\(start)/evidence", method: .post,
                    headers: [.authorization: "Bearer buyer", .contentType: "multipart/form-data; boundary=xx"],
                    body: ByteBuffer(
                        string:
                            "--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nproof\r\n--xx--\r\n"
                    ))
                #expect(file.headers[.location] == "\(start)/evidence")
                let exhibit = try #require(
                    try await court.area.draft(docket, of: court.buyer).content.exhibits.first?.exhibit)
                let described = try await client.post(
                    "\(start)/evidence/list",
                    "exhibit.\(exhibit).name=order&exhibit.\(exhibit).proves=price&exhibit.\(exhibit).origin=electronic-data&do=done"
                )
                #expect(described.headers[.location] == start)
                try await sendConsents(start, client, court)

                #expect(try await client.post("\(start)/draw", "").headers[.location] == "\(start)/sign")
                let drawn = try await court.area.draft(docket, of: court.buyer).content.drawn
                let digest = try #require(drawn?.document.digest?.rawValue)
                let wrong = try await client.post("\(start)/submit", "digest=\(digest)&code=1&_once=send-form-1")
                #expect(wrong.status == .unprocessableContent && wrong.text.contains("id=\"e-code\""))
                let sent = try await client.post(
                    "\(start)/submit", "digest=\(digest)&code=\(TestCourt.code)&_once=send-form-1")
                let receipt = try #require(sent.headers[.location])
                #expect(receipt.hasPrefix("\(start)/receipt/"))
                let page = try await client.get(receipt, "en")
                #expect(page.status == .ok && page.text.contains("What happens next"))
                #expect(page.text.contains("Why this date"))
                let kept = try await client.get(receipt + "/answer", "en")
                #expect(
                    AnswerSigner.verifies(try JSONDecoder().decode(SignedAnswer.self, from: Data(buffer: kept.body))))
                #expect(try await client.get(start, "en").headers[.location] == "/cases/\(docket)")
            }
        }
    }

    private func walkSteps(
        _ start: String, _ docket: DocketID, _ client: some TestClientProtocol, _ court: TestCourt
    ) async throws {
        let form = try #require(court.area.forms["online-shopping/1"])
        var path = "\(start)/steps/you"
        for _ in 0..<20 where path.contains("/steps/") {
            let hand = try await court.area.draft(docket, of: court.buyer)
            let step = try #require(form.step(String(path.split(separator: "/").last ?? "")))
            let fields = Set(step.fields(for: hand.answers))
            let offered = hand.answers
            let typed = kettle.filter { fields.contains($0.key) }.map { ($0.key, $0.value) }
            let sums = fields.filter { field in !typed.contains { $0.0 == field } }.compactMap { field in
                offered[field].map { (field, $0) }
            }
            let body = (typed + sums).map { "\($0.0)=\(escaped($0.1))" }.joined(separator: "&")
            let answer = try await client.post(path, body)
            #expect(answer.status == .seeOther, "\(path)")
            path = answer.headers[.location] ?? ""
        }
        #expect(path == "\(start)/evidence")
    }

    private func sendConsents(_ start: String, _ client: some TestClientProtocol, _ court: TestCourt) async throws {
        let (stages, service) = (court.area.notices.onlineStages, court.area.notices.electronicService)
        let unread = try await client.post(
            "\(start)/consents", "consent.hearing=yes&consent.evidence-exchange=yes&notice=sha256:0")
        #expect(unread.status == .conflict)
        let half = try await client.post(
            "\(start)/consents", "consent.hearing=yes&notice=\(stages.shown(in: .chinese).digest.rawValue)")
        #expect(half.status == .unprocessableContent)
        let both = try await client.post(
            "\(start)/consents",
            "consent.hearing=no&consent.evidence-exchange=yes&notice=\(stages.shown(in: .chinese).digest.rawValue)")
        #expect(both.headers[.location] == start)
        let address = try await client.post(
            "\(start)/address",
            "service=yes&postal=\(escaped("杭州市"))&notice=\(service.shown(in: .chinese).digest.rawValue)")
        #expect(address.headers[.location] == start)
    }

    @Test("saving while typing: the next version, or both sides of a conflict")
    func autosave() async throws {
        try await TestCourt.open { court in
            let docket = try await court.begin()
            try await court.application.test(.router) { client in
                let saved = try await client.json(
                    .put, "/drafts/\(docket)/answers", #"{"fields":{"item":["kettle"],"moon":["1"]},"version":1}"#)
                #expect(saved.status == .ok)
                #expect(saved.text.contains("\"version\":2"))
                let stale = try await client.json(
                    .put, "/drafts/\(docket)/answers", #"{"fields":{"item":["pot"]},"version":1}"#)
                #expect(stale.status == .conflict)
                #expect(stale.text.contains("\"item\":[\"kettle\"]"))
                let malformed = try await client.json(.put, "/drafts/\(docket)/answers", "{")
                #expect(malformed.status == .badRequest)
            }
        }
    }

    @Test("the same by the interface for programs")
    func api() async throws {
        try await TestCourt.open { court in
            try await court.application.test(.router) { client in
                let made = try await client.json(.post, "/api/v1/drafts", #"{"form":"online-shopping/1"}"#)
                #expect(made.status == .created)
                let docket = try #require(try await court.area.drafts(of: court.buyer).first?.draft.docket)
                let early = try await client.json(.post, "/api/v1/drafts/\(docket)/draw", "{}")
                #expect(early.status == .unprocessableContent)
                #expect(early.text.contains("defendant.address"))
                try await court.type(Form(kettle), into: docket)
                let stages = court.area.notices.onlineStages.shown(in: .english).digest.rawValue
                let service = court.area.notices.electronicService.shown(in: .english).digest.rawValue
                let consents = try await client.json(
                    .put, "/api/v1/drafts/\(docket)/consents",
                    """
                    {"language":"en","stages":{"evidence-exchange":true,"hearing":true},"stages_notice":"\(stages)",\
                    "service":true,"service_notice":"\(service)","postal":"Hangzhou"}
                    """)
                #expect(consents.status == .ok)
                #expect(try await client.json(.post, "/api/v1/drafts/\(docket)/draw", "{}").status == .ok)
                let drawn = try await court.area.draft(docket, of: court.buyer).content.drawn
                let digest = try #require(drawn?.document.digest?.rawValue)
                let sent = try await client.json(
                    .post, "/api/v1/drafts/\(docket)/submit", #"{"digest":"\#(digest)","code":"\#(TestCourt.code)"}"#)
                #expect(sent.status == .created)
                #expect(
                    AnswerSigner.verifies(try JSONDecoder().decode(SignedAnswer.self, from: Data(buffer: sent.body))))
            }
        }
    }
}

private func escaped(_ text: String) -> String {
    text.utf8.map { "%" + String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}

extension TestClientProtocol {
    fileprivate func get(_ path: String, _ language: String, as person: String = "buyer") async throws -> TestResponse {
        try await execute(
            uri: path, method: .get, headers: [.authorization: "Bearer \(person)", .acceptLanguage: language])
    }

    fileprivate func post(_ path: String, _ body: String) async throws -> TestResponse {
        try await execute(
            uri: path, method: .post,
            headers: [.authorization: "Bearer buyer", .contentType: "application/x-www-form-urlencoded"],
            body: ByteBuffer(string: body))
    }

    fileprivate func json(_ method: HTTPRequest.Method, _ path: String, _ body: String) async throws -> TestResponse {
        try await execute(
            uri: path, method: method, headers: [.authorization: "Bearer buyer", .contentType: "application/json"],
            body: ByteBuffer(string: body))
    }
}

extension TestResponse {
    fileprivate var text: String { String(buffer: body) }
}
