import Crypto
import Docket
import Evidence
import Foundation
import HummingbirdTesting
import Procedure
import Proofs
import Testing

@Suite("The answer")
struct AnswerTests {
    @Test("written page by page, read, signed and sent, it is answered by the court with a signature that verifies")
    func journey() async throws {
        try await TestCourt.open { court in
            let story = try await court.servedCase()
            let base = "/cases/\(story.docket)/answer"
            try await court.application.test(.router) { client in
                try await client.writeAnswer(story)
                let tray = "/cases/\(story.docket)/evidence/tray"
                let upload = try await client.finished("聊天.png", png, for: story.docket, as: .seller)
                try await client.lay([upload], story, as: .seller)
                // The button was pressed twice.
                try await client.lay([upload], story, as: .seller)
                let page = try await client.send(.get, tray, as: .seller)
                let exhibit = try #require(page.text.firstMatch(of: /name="name\.([0-9a-z]{26})"/)?.1)
                let described = try await client.post(
                    tray, as: .seller,
                    [
                        "name.\(exhibit)": "客服聊天记录", "proves.\(exhibit)": "已经退款",
                        "origin.\(exhibit)": "electronic-data", "do": "answer",
                    ])
                #expect(described.status == .seeOther)

                let reading = try await client.send(.get, "\(base)/sign", as: .seller)
                #expect(reading.text.contains("民事答辩状") && reading.text.contains("已经退款"))
                let digest = try #require(reading.text.firstMatch(of: /name="digest" value="(sha256:[0-9a-f]{64})"/)?.1)
                let pdf = try await client.send(.get, "\(base)/paper.pdf", as: .seller)
                #expect("sha256:" + SHA256.hash(data: pdf.bytes).map { String(format: "%02x", $0) }.joined() == digest)

                let wrong = try await client.post(
                    "\(base)/sign", as: .seller, ["digest": String(digest), "code": "135790"])
                #expect(wrong.status == .unprocessableContent && wrong.text.contains("动态口令不正确"))
                #expect(!wrong.text.contains("135790"))
                let signing = ["digest": String(digest), "code": "123456", "_once": "once-and-only-once"]
                let sent = try await client.post("\(base)/sign", as: .seller, signing)
                #expect(sent.status == .seeOther && sent["Location"] == base)
                let again = try await client.post("\(base)/sign", as: .seller, signing)
                #expect(again.status == .seeOther && again["Location"] == base)

                let state = try await court.registry.docket(story.docket).state
                let answer = try #require(state.evidence.answer)
                #expect(answer.responses.map(\.stand) == [.partlyAdmitted])
                #expect(answer.responses.first?.admitted == .yuan(80))
                #expect(answer.document.digest?.rawValue == String(digest))
                #expect(answer.exhibits.map(\.name) == ["客服聊天记录"])
                #expect(state.evidence.exhibits.count == 2)
                let receipt = try await client.send(.get, "\(base)/receipt.json", as: .seller)
                let signed = try JSONDecoder().decode(SignedAnswer.self, from: Data(receipt.bytes))
                #expect(AnswerSigner.verifies(signed) && signed.document == String(digest))
                let other = try await client.send(.get, "\(base)/receipt.json", as: .buyer)
                #expect(other.status == .notFound)
                let shown = try await client.send(.get, base, as: .seller)
                #expect(shown.text.contains("签名有效"))
                let file = try #require(answer.exhibits.first?.file.file)
                let read = try await client.send(.get, "/files/\(story.docket)/\(file)", as: .buyer)
                #expect(read.status == .ok && read.bytes == png)
            }
        }
    }

    @Test("what changed after it was read is not signed")
    func stale() async throws {
        try await TestCourt.open { court in
            let story = try await court.servedCase()
            let base = "/cases/\(story.docket)/answer"
            try await court.application.test(.router) { client in
                try await client.writeAnswer(story)
                let reading = try await client.send(.get, "\(base)/sign", as: .seller)
                let digest = try #require(reading.text.firstMatch(of: /name="digest" value="(sha256:[0-9a-f]{64})"/)?.1)
                _ = try await client.post("\(base)/steps/more", as: .seller, ["more": "还有一点补充。"])
                let late = try await client.post(
                    "\(base)/sign", as: .seller, ["digest": String(digest), "code": "123456"])
                #expect(late.status == .conflict)
                #expect(try await court.registry.docket(story.docket).state.evidence.answer == nil)
            }
        }
    }

    @Test("what is typed is saved, and a second device is told, not overwritten")
    func autosave() async throws {
        try await TestCourt.open { court in
            let story = try await court.servedCase()
            let base = "/cases/\(story.docket)/answer"
            try await court.application.test(.router) { client in
                let first = #"{"fields":{"more":["第一台设备"]},"version":0}"#
                let saved = try await client.send(
                    .put, "\(base)/draft", as: .seller, ["Content-Type": "application/json"], body: Array(first.utf8))
                #expect(saved.status == .ok && saved.text.contains(#""version":1"#))
                let second = #"{"fields":{"more":["第二台设备"]},"version":0}"#
                let conflict = try await client.send(
                    .put, "\(base)/draft", as: .seller, ["Content-Type": "application/json"], body: Array(second.utf8))
                #expect(conflict.status == .conflict && conflict.text.contains("第一台设备"))
                let page = try await client.send(.get, "\(base)/steps/more", as: .seller)
                #expect(page.text.contains("第一台设备"))
            }
        }
    }

    @Test("only the defendant writes it; for a stranger there is no case")
    func whose() async throws {
        try await TestCourt.open { court in
            let story = try await court.servedCase()
            try await court.application.test(.router) { client in
                let path = "/cases/\(story.docket)/answer/check"
                let plaintiff = try await client.send(.get, path, as: .buyer)
                let stranger = try await client.send(.get, path, as: .stranger)
                #expect(plaintiff.status == .forbidden && stranger.status == .notFound)
            }
        }
    }
}

let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + (0..<500).map { UInt8(truncatingIfNeeded: $0) }

extension TestClientProtocol {
    func post(_ path: String, as person: Person, _ fields: [String: String]) async throws -> TestResponse {
        let allowed = CharacterSet.alphanumerics
        let body: String = fields.map { name, value -> String in
            let encode = { (text: String) in text.addingPercentEncoding(withAllowedCharacters: allowed) ?? "" }
            return "\(encode(name))=\(encode(value))"
        }.joined(separator: "&")
        return try await send(
            .post, path, as: person, ["Content-Type": "application/x-www-form-urlencoded"], body: Array(body.utf8))
    }

    /// The pages of the form, filled in by a seller who admits a part.
    func writeAnswer(_ story: TestCase) async throws {
        let steps = "/cases/\(story.docket)/answer/steps"
        let claim = story.refund.rawValue
        let pages: [(String, [String: String])] = [
            (
                "responses",
                [
                    "response.\(claim)": "partly-admitted", "response.\(claim).amount": "80",
                    "response.\(claim).reason": "只同意退差价",
                ]
            ),
            ("deal", ["sold": "yes", "seller_is": "yes"]), ("defence", ["defence": "none"]),
            ("more", ["more": "愿意协商。"]),
        ]
        for (step, fields) in pages {
            let answer = try await post("\(steps)/\(step)", as: .seller, fields)
            #expect(answer.status == .seeOther, "\(step)")
        }
    }

    /// Hands finished uploads over to the tray, as the form with script does.
    func lay(_ uploads: [String], _ story: TestCase, as person: Person) async throws {
        let line = "----line"
        let fields: [String] = uploads.map {
            "--\(line)\r\nContent-Disposition: form-data; name=\"upload\"\r\n\r\n\($0)\r\n"
        }
        let once = "--\(line)\r\nContent-Disposition: form-data; name=\"_once\"\r\n\r\nlaid-\(uploads.joined())\r\n"
        let answer = try await send(
            .post, "/cases/\(story.docket)/evidence/add", as: person,
            ["Content-Type": "multipart/form-data; boundary=\(line)"],
            body: Array("\(once)\(fields.joined())--\(line)--\r\n".utf8))
        #expect(answer.status == .seeOther)
    }
}
