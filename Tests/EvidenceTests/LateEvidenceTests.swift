import Docket
import Evidence
import HummingbirdTesting
import Procedure
import Testing

@Suite("Evidence that comes late, and windows that end early")
struct LateEvidenceTests {
    /// The defendant's period for evidence is over; the one for the answer runs on.
    private func lateCase(_ court: TestCourt) async throws -> TestCase {
        let story = try await court.servedCase()
        let today = court.registry.court.zone.day(of: court.registry.clock.now)
        let period = EvidencePeriodSet(
            party: story.defendant, evidenceBy: today.adding(days: -1), answerBy: today.adding(days: 7))
        try await court.registry.write(on: [story.docket]) { t in
            var open = try t.docket(story.docket)
            let acting = Acting(account: Person.clerk.account, capacity: .clerk)
            try t.enter([DecidedAct(.evidence(.periodSet(period)))], in: &open, by: acting)
        }
        return story
    }

    /// An exhibit in the defendant's tray, described, to go with the answer.
    private func layExhibit(_ story: TestCase, _ client: some TestClientProtocol) async throws {
        let tray = "/cases/\(story.docket)/evidence/tray"
        let upload = try await client.finished("聊天.png", png, for: story.docket, as: .seller)
        try await client.lay([upload], story, as: .seller)
        let page = try await client.send(.get, tray, as: .seller)
        let exhibit = try #require(page.text.firstMatch(of: /name="name\.([0-9a-z]{26})"/)?.1)
        let described = try await client.post(
            tray, as: .seller,
            [
                "name.\(exhibit)": "客服聊天记录", "proves.\(exhibit)": "已经退款", "origin.\(exhibit)": "electronic-data",
                "do": "answer",
            ])
        #expect(described.status == .seeOther)
    }

    @Test("late exhibits with an answer: the form asks why, and the act keeps it")
    func withTheAnswer() async throws {
        try await TestCourt.open { court in
            let story = try await lateCase(court)
            let base = "/cases/\(story.docket)/answer"
            try await court.application.test(.router) { client in
                try await client.writeAnswer(story)
                let before = try await client.send(.get, base, as: .seller)
                #expect(!before.text.contains("steps/late-evidence"), "without exhibits nothing is late")
                try await layExhibit(story, client)
                let asked = try await client.send(.get, base, as: .seller)
                #expect(asked.text.contains("steps/late-evidence"))
                let reading = try await client.send(.get, "\(base)/sign", as: .seller)
                let digest = try #require(reading.text.firstMatch(of: /name="digest" value="(sha256:[0-9a-f]{64})"/)?.1)
                let silent = try await client.post(
                    "\(base)/sign", as: .seller, ["digest": String(digest), "code": "123456"])
                #expect(silent["Location"] == "\(base)/check")

                let bare = try await client.post("\(base)/steps/late-evidence", as: .seller, ["reason_for_delay": ""])
                #expect(bare.status == .unprocessableContent)
                let told = try await client.post(
                    "\(base)/steps/late-evidence", as: .seller, ["reason_for_delay": "客服记录昨天才导出。"])
                #expect(told.status == .seeOther)
                let again = try await client.send(.get, "\(base)/sign", as: .seller)
                let signed = try #require(again.text.firstMatch(of: /name="digest" value="(sha256:[0-9a-f]{64})"/)?.1)
                let sent = try await client.post(
                    "\(base)/sign", as: .seller, ["digest": String(signed), "code": "123456"])
                #expect(sent.status == .seeOther && sent["Location"] == base)
                let state = try await court.registry.docket(story.docket).state
                #expect(state.evidence.answer?.reasonForDelay == "客服记录昨天才导出。")
                let read = try await client.send(.get, base, as: .buyer)
                #expect(read.text.contains("客服记录昨天才导出。"))
            }
        }
    }

    @Test("for exhibits that came after the exchange had closed it opens again, and only then")
    func reopened() async throws {
        try await TestCourt.open { court in
            let story = try await court.servedCase()
            let exchange = "/cases/\(story.docket)/exchange"
            try await court.application.test(.router) { client in
                try await client.answerQuickly(story)
                _ = try await client.post("\(exchange)/open", as: .judge, ["until": "2099-01-01"])
                for person in [Person.buyer, .seller] {
                    let agreed = try await client.post("\(exchange)/end", as: person, [:])
                    #expect(agreed.status == .seeOther)
                }
                let closed = try await client.post("\(exchange)/close", as: .judge, [:])
                #expect(closed.status == .seeOther, "both agreed, though nobody spoke")
                let over = try await client.send(.get, exchange, as: .judge)
                #expect(!over.text.contains("name=\"until\""))

                let tray = "/cases/\(story.docket)/evidence/tray"
                let upload = try await client.finished("发票.png", png, for: story.docket, as: .buyer)
                try await client.lay([upload], story, as: .buyer)
                let page = try await client.send(.get, tray, as: .buyer)
                let exhibit = try #require(page.text.firstMatch(of: /name="name\.([0-9a-z]{26})"/)?.1)
                let sent = try await client.post(
                    tray, as: .buyer,
                    [
                        "name.\(exhibit)": "发票", "proves.\(exhibit)": "价款", "origin.\(exhibit)": "digitised-copy",
                        "do": "send",
                    ])
                #expect(sent.status == .seeOther)
                let form = try await client.send(.get, exchange, as: .judge)
                #expect(form.text.contains("name=\"until\""))
                let opened = try await client.post("\(exchange)/open", as: .judge, ["until": "2099-02-01"])
                #expect(opened.status == .seeOther)
                let state = try await court.registry.docket(story.docket).state
                #expect(state.evidence.exchange?.closed == nil && state.evidence.exchange?.until == "2099-02-01")
            }
        }
    }

    @Test("one party's agreement ends nothing, and the page says that it was given")
    func oneAgreement() async throws {
        try await TestCourt.open { court in
            let story = try await court.servedCase()
            let exchange = "/cases/\(story.docket)/exchange"
            try await court.application.test(.router) { client in
                try await client.answerQuickly(story)
                _ = try await client.post("\(exchange)/open", as: .judge, ["until": "2099-01-01"])
                // The one exhibit is the buyer's: it is the seller who may still speak on it.
                let offered = try await client.send(.get, exchange, as: .buyer)
                #expect(offered.text.contains("\(exchange)/end"))
                _ = try await client.post("\(exchange)/end", as: .buyer, [:])
                let given = try await client.send(.get, exchange, as: .buyer)
                #expect(!given.text.contains("\(exchange)/end") && given.text.contains("您已同意提前结束证据交换"))
                let judge = try await client.post("\(exchange)/end", as: .judge, [:])
                #expect(judge.status == .forbidden)
                let closed = try await client.post("\(exchange)/close", as: .judge, [:])
                #expect(closed.status == .unprocessableContent)
            }
        }
    }
}
