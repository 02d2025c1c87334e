import Docket
import Evidence
import Foundation
import HummingbirdTesting
import Procedure
import Testing

@Suite("Exhibits and their exchange")
struct ExchangeTests {
    @Test("without script: one form with a file, a description, and the exhibit is in the case")
    func offerWithoutScript() async throws {
        try await TestCourt.open { court in
            let story = try await court.servedCase()
            try await court.application.test(.router) { client in
                let line = "----line"
                var body = Array(
                    "--\(line)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"发票.png\"\r\n\r\n".utf8)
                body += png + Array("\r\n--\(line)--\r\n".utf8)
                let added = try await client.send(
                    .post, "/cases/\(story.docket)/evidence/add", as: .buyer,
                    ["Content-Type": "multipart/form-data; boundary=\(line)"], body: body)
                #expect(added.status == .seeOther)
                let tray = "/cases/\(story.docket)/evidence/tray"
                let page = try await client.send(.get, tray, as: .buyer)
                let exhibit = try #require(page.text.firstMatch(of: /name="name\.([0-9a-z]{26})" value="发票"/)?.1)
                let bare = try await client.post(tray, as: .buyer, ["name.\(exhibit)": "发票", "do": "send"])
                #expect(bare.status == .unprocessableContent && bare.text.contains("证明什么"))
                let sent = try await client.post(
                    tray, as: .buyer,
                    [
                        "name.\(exhibit)": "发票", "proves.\(exhibit)": "价款", "origin.\(exhibit)": "digitised-copy",
                        "do": "send",
                    ])
                #expect(sent.status == .seeOther && sent["Location"] == "/cases/\(story.docket)/evidence")
                let list = try await client.send(.get, "/cases/\(story.docket)/evidence", as: .seller)
                #expect(list.text.contains("发票") && list.text.contains("订单页面截图"))
            }
        }
    }

    @Test("the window, an opinion with its reason, the close, and three findings")
    func exchange() async throws {
        try await TestCourt.open { court in
            let story = try await court.servedCase()
            let api = "/api/v1/cases/\(story.docket)"
            let exhibit = "/cases/\(story.docket)/exhibits/\(story.photo)"
            try await court.application.test(.router) { client in
                let early = try await client.post(
                    "/cases/\(story.docket)/exchange/open", as: .judge, ["until": "2099-01-01"])
                #expect(early.status == .unprocessableContent && early.text.contains("答辩"))
                try await client.answerQuickly(story)
                let opened = try await client.post(
                    "/cases/\(story.docket)/exchange/open", as: .judge, ["until": "2099-01-01"])
                #expect(opened.status == .seeOther)

                let form = try await client.send(.get, exhibit, as: .seller)
                #expect(!form.text.contains(" checked"), "nothing is chosen beforehand")
                let bare = try await client.post(
                    "\(exhibit)/opinion", as: .seller,
                    ["authenticity": "disputed", "legality": "accepted", "relevance": "accepted"])
                #expect(bare.status == .unprocessableContent && bare.text.contains("f-authenticity_reason"))
                let given = try await client.post(
                    "\(exhibit)/opinion", as: .seller,
                    [
                        "authenticity": "disputed", "authenticity_reason": "截图不完整", "legality": "accepted",
                        "relevance": "accepted", "differs": "缺少订单编号",
                    ])
                #expect(given.status == .seeOther)
                let own = try await client.post(
                    "\(exhibit)/opinion", as: .buyer,
                    ["authenticity": "accepted", "legality": "accepted", "relevance": "accepted"])
                #expect(own.status == .unprocessableContent)

                let judging = try await client.send(.get, exhibit, as: .judge)
                #expect(judging.text.contains("缺少订单编号") && !judging.text.contains(" checked"))
                let seen = try #require(judging.text.firstMatch(of: /name="seen" value="([0-9a-f]{64})"/)?.1)
                let findings = [
                    "found_authenticity": "upheld", "found_legality": "upheld", "found_relevance": "upheld",
                ]
                let stale = try await client.post(
                    "\(exhibit)/finding", as: .judge,
                    findings.merging(["seen": String(repeating: "0", count: 64)]) { $1 })
                #expect(stale.status == .conflict)
                let closed = try await client.post(
                    "/cases/\(story.docket)/exchange/close", as: .judge, [String: String]())
                #expect(closed.status == .seeOther)
                let noObjection = try await client.post(
                    "\(exhibit)/form", as: .judge, ["ground": "no-objection", "seen": String(seen)])
                #expect(noObjection.status == .unprocessableContent && noObjection.text.contains("异议"))
                let found = try await client.post(
                    "\(exhibit)/finding", as: .judge, findings.merging(["seen": String(seen)]) { $1 })
                #expect(found.status == .seeOther)
                let told = try await client.send(.get, "\(api)/findings", as: .seller)
                #expect(told.text.contains(#""upheld":true"#))
                let state = try await court.registry.docket(story.docket).state
                #expect(state.evidence.exhibits.first?.finding != nil && state.evidence.exhibits.first?.form == nil)
            }
        }
    }

    @Test("programs take the same steps; unknown fields and strangers are refused")
    func programs() async throws {
        try await TestCourt.open { court in
            let story = try await court.servedCase()
            let api = "/api/v1/cases/\(story.docket)"
            try await court.application.test(.router) { client in
                let upload = try await client.finished("a.png", png, for: story.docket, as: .seller)
                let body = """
                    {"exhibits":[{"upload":"\(upload)","name":"聊天","proves":"已退款","origin":"electronic-data"}]}
                    """
                let headers = ["Content-Type": "application/json", "Idempotency-Key": "offer-number-1"]
                let offered = try await client.send(
                    .post, "\(api)/exhibits", as: .seller, headers, body: Array(body.utf8))
                #expect(offered.status == .created && offered.text.contains("已退款"))
                let again = try await client.send(
                    .post, "\(api)/exhibits", as: .seller, headers, body: Array(body.utf8))
                #expect(again.status == .created)
                #expect(try await court.registry.docket(story.docket).state.evidence.exhibits.count == 2)
                let other = try await client.send(
                    .post, "\(api)/exhibits", as: .seller, headers, body: Array(body.replacing("聊天", with: "别的").utf8))
                #expect(other.status == .unprocessableContent && other.text.contains("idempotency.key-reused"))
                let extra = try await client.send(
                    .post, "\(api)/exchange", as: .judge, ["Content-Type": "application/json"],
                    body: Array(#"{"until":"2099-01-01","x":1}"#.utf8))
                #expect(extra.status == .badRequest)
                for part in ["exhibits", "answer", "exchange", "opinions", "findings"] {
                    let mine = try await client.send(.get, "\(api)/\(part)", as: .seller)
                    let strange = try await client.send(.get, "\(api)/\(part)", as: .stranger)
                    #expect(mine.status == .ok && strange.status == .notFound)
                }
            }
        }
    }
}

extension TestClientProtocol {
    func answerQuickly(_ story: TestCase) async throws {
        try await writeAnswer(story)
        let base = "/cases/\(story.docket)/answer"
        let reading = try await send(.get, "\(base)/sign", as: .seller)
        let digest = try #require(reading.text.firstMatch(of: /name="digest" value="(sha256:[0-9a-f]{64})"/)?.1)
        let sent = try await post("\(base)/sign", as: .seller, ["digest": String(digest), "code": "123456"])
        #expect(sent.status == .seeOther)
    }
}
