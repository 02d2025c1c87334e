import Accounts
import Docket
import Hummingbird
import HummingbirdTesting
import Procedure
import Storage
import TestSupport
import Testing
import Web

@testable import Filing

@Suite("What the desk hands on")
struct InsistenceTests {
    @Test("a plaintiff who insists stands on every judge's desk, and no longer on the filing clerk's")
    func onTheJudgesDesk() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let docket = try await court.submitted()
            try await court.desk.adviseTransfer(court.step(docket), to: "义乌市人民法院", reason: "纠纷并非因网络产生。")
            try await court.act(docket, as: .buyer) { try $0.decide(InsistOnRuling(words: "坚持向本院起诉。"), in: $1) }
            try await court.application.test(.router) { client in
                for judge in [Person.judgeWang, .judgeLi] {
                    let page = try await client.execute(
                        uri: "/desk/filing", method: .get, headers: [.authorization: "Bearer \(judge.rawValue)"])
                    #expect(String(buffer: page.body).contains("/desk/filing/\(docket)/ruling"))
                }
                let clerks = try await client.execute(
                    uri: "/desk/filing", method: .get,
                    headers: [.authorization: "Bearer \(Person.filingClerk.rawValue)"])
                #expect(!String(buffer: clerks.body).contains("/desk/filing/\(docket)/ruling"))
            }
        }
    }

    @Test("every paper the desk draws asks to be served, once each")
    func papersAskToBeServed() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let docket = try await court.submitted()
            try await court.desk.adviseTransfer(court.step(docket), to: "义乌市人民法院", reason: "纠纷并非因网络产生。")
            #expect(try await court.effects("serve-papers") == 1)
            try await court.desk.returnPapers(court.step(docket), reason: "原告未坚持起诉。")
            #expect(try await court.effects("serve-papers") == 2)
        }
    }

    @Test("the notices of docketing are nobody's letter: without an address they stay a duty of the clerk")
    func noticesWait() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let docket = try await court.submitted(confirmingAddress: false)
            try await court.desk.docketCase(court.step(docket))
            try await court.desk.serveNotices(of: docket)
            let (rows, _) = try await court.desk.matters.queue(
                owner: "clerk", person: nil, today: court.today, limit: 10)
            #expect(rows.contains { $0.step == .serveDocketingNotices && $0.due != nil })
        }
    }

    @Test("to a plaintiff who wants letters the clerk posts them; the fee falls due from the receipt, once")
    func noticesByPost() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let docket = try await court.submitted(confirmingAddress: false)
            try await court.desk.docketCase(court.step(docket))
            await #expect(throws: Forbidden(.recordService)) {
                try await court.desk.postNotices(court.step(docket), tracking: "EMS1")
            }
            try await court.desk.postNotices(court.step(docket, by: .clerk), tracking: "EMS1")
            var state = try await court.state(docket)
            let letter = try #require(state.service.posted(to: .plaintiff).first)
            #expect(letter.documents.count == 4 && letter.documents.allSatisfy { !$0.files.isEmpty })
            #expect(state.fee.notice == nil)
            let today = court.today
            try await court.registry.write(on: [docket]) { t in
                var open = try t.docket(docket)
                let context = t.context(
                    Acting(account: Person.clerk.account, capacity: .clerk), happened: .on(today))
                try t.enter(
                    open.state.decide(RecordDelivery(service: letter.service), in: context), in: &open,
                    by: context.acting, channel: .offline, happened: .on(today))
            }
            state = try await court.state(docket)
            let notice = try #require(state.fee.notice)
            #expect(notice.received == today && notice.payment == letter.fee?.payment)
            #expect(try await court.send(court.callback(notice)) == .paid)
        }
    }
}

@Suite("Another judge is drawn")
struct RedrawTests {
    private static let president = Viewer(
        account: AccountID(high: 7, low: 98), name: "院长", offices: [.president], session: .random(),
        secondFactorAt: nil,
        isVerified: true)

    /// A case whose judge had to step aside in the hearing.
    private func steppedAside(_ court: DeskCourt) async throws -> DocketID {
        let docket = try await court.submitted()
        try await court.desk.docketCase(court.step(docket))
        let notice = DocumentReference(document: .random(), kind: .hearingNotice, files: [])
        let acts: [Act] = [
            .hearing(.opened(HearingOpened(gates: [], until: court.today.adding(days: 7), notice: notice))),
            .hearing(.recusalAsked(RecusalAsked(party: .plaintiff, reason: "法官曾任被告的法律顾问。"))),
            .hearing(.recusalDecided(RecusalDecided(upheld: true, reason: "经查属实。"))),
        ]
        try await court.act(docket, as: .buyer) { _, _ in acts.map { DecidedAct($0) } }
        return docket
    }

    private func step(_ docket: DocketID, _ court: DeskCourt, by viewer: Viewer) async throws -> DeskStep {
        DeskStep(
            docket: docket, seen: try await court.registry.docket(docket).head.position, viewer: viewer,
            sending: Sending(key: nil, scope: "", request: []), arrived: court.clock.now)
    }

    @Test("by the president alone, and never the judge who stepped aside")
    func redraw() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let docket = try await steppedAside(court)
            let before = try #require(try await court.state(docket).filing.currentJudge)
            let (owed, _) = try await court.desk.matters.queue(
                owner: "president", person: nil, today: court.today, limit: 10)
            #expect(owed.map(\.step) == [.redrawJudge])
            await #expect(throws: Forbidden(.redrawJudge)) {
                try await court.desk.redrawJudge(step(docket, court, by: Person.buyer.viewer))
            }
            try await court.desk.redrawJudge(step(docket, court, by: Self.president))
            let state = try await court.state(docket)
            #expect(state.judge != nil && state.judge != before)
            #expect(state.filing.currentDraw?.candidates.first { $0.judge == before }?.barred == "已在本案中回避")
            await #expect(throws: Refusal.judgeSits) {
                try await court.desk.redrawJudge(step(docket, court, by: Self.president))
            }
        }
    }

    @Test(
        "the parties are told: the stamped notice enters with the draw and asks to be served", arguments: TestEngine.all
    )
    func notice(engine: TestEngine) async throws {
        try await DeskCourt.on(engine) { court in
            let docket = try await steppedAside(court)
            try await court.desk.redrawJudge(step(docket, court, by: Self.president))
            let last = try #require(try await court.registry.entries(of: docket).last)
            #expect(last.entry.act.documents.map(\.kind) == [.benchNotice])
            #expect(last.entry.under.contains(.tellWhoSits))
            let files = last.entry.act.body.files
            #expect(files.map(\.mediaType) == ["application/pdf", "text/html"])
            let stored = try await court.registry.store.read { t in
                Int(try t.row("SELECT COUNT(*) FROM file WHERE docket = $1", docket)?.integer(0) ?? 0)
            }
            #expect(stored == files.count)
            #expect(try await court.effects("serve-papers") == 1)
            #expect(try await court.state(docket).waitingPapers(for: .plaintiff).map(\.kind) == [.benchNotice])
            let (owed, _) = try await court.desk.matters.queue(
                owner: "clerk", person: nil, today: court.today, limit: 10)
            #expect(owed.contains { $0.step == .servePapers && $0.due != nil })
        }
    }

    @Test("the notice says who stepped aside and why, who sits now, and what may be asked for under which articles")
    func words() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let docket = try await steppedAside(court)
            let state = try await court.state(docket)
            let before = try #require(state.filing.currentDraw?.drawnName)
            try await court.desk.redrawJudge(step(docket, court, by: Self.president))
            let after = try await court.state(docket)
            let draw = try #require(after.filing.currentDraw)
            let context = Context(
                now: court.clock.now, court: court.desk.court, tables: court.desk.tables,
                acting: Acting(account: Self.president.account, capacity: .president))
            let paper = try #require(DeskPapers.Paper(state, in: context))
            let text = DeskPaperView(DeskPapers.bench(draw, state, paper)).html.text
            for said in [
                "审判人员告知书", "\(Person.buyer.name)、\(Person.seller.name)", "原承办审判员\(before)", "经查属实。",
                "审判员\(try #require(draw.drawnName))独任审理", "申请其回避", "第四十七条、第四十八条、第四十九条、第五十条、第一百三十一条",
            ] {
                #expect(text.contains(said), "\(said)")
            }
        }
    }

    @Test("a page drawn before somebody else drew is stale; the same sending twice draws once")
    func once() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let docket = try await steppedAside(court)
            let seen = try await court.registry.docket(docket).head.position
            let sending = Sending(
                key: IdempotencyKey(rawValue: "redraw-0001"), scope: "president", request: Array("bench".utf8))
            let first = DeskStep(
                docket: docket, seen: seen, viewer: Self.president, sending: sending, arrived: court.clock.now)
            try await court.desk.redrawJudge(first)
            let after = try await court.registry.docket(docket).head.position
            try await court.desk.redrawJudge(first)
            #expect(try await court.registry.docket(docket).head.position == after)
            let stale = DeskStep(
                docket: docket, seen: seen, viewer: Self.president,
                sending: Sending(key: nil, scope: "", request: []), arrived: court.clock.now)
            await #expect(throws: Stale.self) { try await court.desk.redrawJudge(stale) }
            #expect(try await court.effects("serve-papers") == 1)
        }
    }
}

@Suite("Money that is not the fee")
struct SettlementTests {
    private func step(_ docket: DocketID, _ court: DeskCourt) async throws -> DeskStep {
        try await court.step(docket, by: .clerk)
    }

    @Test("too much: the clerk takes the fee out of it with a receipt, and records what went back")
    func overpaid() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let (docket, notice) = try await court.waitingForFee()
            let tooMuch = Money(minorUnits: notice.amount.minorUnits + 2_500)
            #expect(try await court.send(court.callback(notice, amount: tooMuch)) == .mismatched)
            await #expect(throws: (any Error).self) {
                try await court.desk.settlePayment(court.step(docket, by: .filingClerk))
            }
            try await court.desk.settlePayment(step(docket, court))
            var fee = try await court.state(docket).fee
            #expect(fee.paid?.amount == notice.amount && fee.paid?.receipt?.files.isEmpty == false)
            #expect(fee.refundable.map(\.amount) == [.yuan(25)])
            try await court.desk.recordRefund(
                step(docket, court), RecordRefund(reference: "BANK-1", transfer: "TK-1"))
            fee = try await court.state(docket).fee
            #expect(fee.refundable.isEmpty && fee.refunds.map(\.transfer) == ["TK-1"])
        }
    }

    @Test("the page offers what can be done, and a refund without its transfer is told at the field")
    func page() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let (docket, notice) = try await court.waitingForFee()
            _ = try await court.send(court.callback(notice, amount: .yuan(500)))
            let headers: HTTPFields = [
                .authorization: "Bearer \(Person.clerk.rawValue)", .accept: "text/html",
                .contentType: "application/x-www-form-urlencoded",
            ]
            try await court.application.test(.router) { client in
                let path = "/desk/filing/\(docket)/payments"
                let offered = try await client.execute(uri: path, method: .get, headers: headers)
                #expect(String(buffer: offered.body).contains("/desk/filing/\(docket)/settlement"))
                var seen = try await court.registry.docket(docket).head.position
                let settled = try await client.execute(
                    uri: "/desk/filing/\(docket)/settlement", method: .post, headers: headers,
                    body: .init(string: "seen=\(seen)"))
                #expect(settled.status == .seeOther)
                seen = try await court.registry.docket(docket).head.position
                let bare = try await client.execute(
                    uri: "/desk/filing/\(docket)/refund", method: .post, headers: headers,
                    body: .init(string: "seen=\(seen)&reference=BANK-1&transfer="))
                #expect(bare.status == .unprocessableContent)
                #expect(String(buffer: bare.body).contains("BANK-1"))
            }
        }
    }
}
