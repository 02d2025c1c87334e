import Accounts
import Docket
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Procedure
import Storage
import TestSupport
import Testing
import Web

@testable import Filing

@Suite("Review at the filing desk")
struct ReviewTests {
    private let address = CorrectionItem(check: .definiteDefendant, explanation: "请补充被告的登记地址。")
    private let claims = CorrectionItem(check: .concreteClaims, explanation: "请写明赔偿的计算方法。")

    /// Correction asked for once, and answered by the plaintiff.
    private func correctedOnce(_ court: DeskCourt) async throws -> DocketID {
        let docket = try await court.submitted()
        try await court.desk.requestCorrection(
            court.step(docket), items: [address], due: court.today.adding(days: 7))
        try await court.act(docket, as: .buyer) {
            try $0.decide(CorrectComplaint(complaint: .kettle(signedBy: .buyer, edition: 2)), in: $1)
        }
        return docket
    }

    @Test("a second list with a new item is refused: everything is told at once", arguments: TestEngine.all)
    func secondList(engine: TestEngine) async throws {
        try await DeskCourt.on(engine) { court in
            let docket = try await correctedOnce(court)
            let before = try await court.registry.docket(docket).head.position
            let refusal = await #expect(throws: Refusal.self) {
                try await court.desk.requestCorrection(
                    court.step(docket), items: [address, claims], due: court.today.adding(days: 7))
            }
            #expect(refusal?.code == "filing.second-correction-list")
            #expect(refusal?.article == Article(.onlineLitigation, 9))
            #expect(try await court.registry.docket(docket).head.position == before)
        }
    }

    @Test("what the first list named and is still open may be named again")
    func sameItemAgain() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let docket = try await correctedOnce(court)
            try await court.desk.requestCorrection(
                court.step(docket), items: [address], due: court.today.adding(days: 7))
            #expect(try await court.state(docket).filing.isAwaitingCorrection)
        }
    }

    @Test("jurisdiction, procedure and form are found by the law, from what the form asked")
    func findings() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let here = court.desk.findings(.kettle(signedBy: .buyer), on: "2026-03-02")
            #expect(here.isClean)
            #expect(here.jurisdiction?.isForInternetCourt == true)
            #expect(here.procedure.result == .smallClaimsMandatory)
            #expect(here.fee.money == .yuan(25))

            let elsewhere = court.desk.findings(.kettle(signedBy: .buyer, receivedIn: "义乌市"), on: "2026-03-02")
            #expect(elsewhere.form.filter { !$0.isMet }.map(\.check) == [.withinJurisdiction])
            #expect(!elsewhere.isClean)
        }
    }

    @Test("the correction notice is stored bytes that the act names")
    func noticeIsStored() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let docket = try await court.submitted()
            try await court.desk.requestCorrection(
                court.step(docket), items: [address], due: court.today.adding(days: 7))
            let last = try #require(try await court.registry.entries(of: docket).last)
            #expect(last.entry.act.body.files.count == 2)
            let stored = try await court.registry.store.read { t in
                Int(try t.row("SELECT COUNT(*) FROM file WHERE docket = $1", docket)?.integer(0) ?? 0)
            }
            #expect(stored == 2)
        }
    }

    @Test("a page drawn before the correction came is stale, and says what changed")
    func stalePage() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let docket = try await court.submitted()
            let seen = try await court.registry.docket(docket).head.position
            try await court.desk.requestCorrection(
                court.step(docket), items: [address], due: court.today.adding(days: 7))
            let stale = await #expect(throws: Stale.self) {
                try await court.desk.adviseTransfer(
                    court.step(docket, seen: seen), to: "义乌市人民法院", reason: "纠纷并非因网络产生。")
            }
            #expect(stale?.changes.first?.zh.contains("已通知补正") == true)
        }
    }

    @Test("papers go back only after correction was asked for, or another court named")
    func returningPapers() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let docket = try await court.submitted()
            await #expect(throws: Refusal.returnTooEarly) {
                try await court.desk.returnPapers(court.step(docket), reason: "材料不全。")
            }
            try await court.desk.adviseTransfer(court.step(docket), to: "义乌市人民法院", reason: "纠纷并非因网络产生。")
            try await court.desk.returnPapers(court.step(docket), reason: "原告未坚持起诉。")
            #expect(try await court.state(docket).phase == .closed)
        }
    }

    @Test(
        "papers not corrected go back only when the time since the notice was served is over", arguments: TestEngine.all
    )
    func returningUncorrected(engine: TestEngine) async throws {
        try await DeskCourt.on(engine) { court in
            let docket = try await court.submitted(confirmingAddress: false)
            // Long ago by the clock of the court: ten days to mend it.
            let asked = court.today.adding(days: -30)
            let notice = DocumentReference(document: .random(), kind: .correctionNotice, files: [])
            let clerk = Acting(account: Person.filingClerk.account, capacity: .filingClerk)
            try await court.registry.write(on: [docket]) { [address] t in
                var open = try t.docket(docket)
                let body = CorrectionRequested(items: [address], due: asked.adding(days: 10), notice: notice)
                try t.enter(
                    [DecidedAct(.filing(.correctionRequested(body)), under: .onlineFiling)], in: &open, by: clerk,
                    channel: .offline, happened: .on(asked))
            }
            await #expect(throws: Refusal.correctionNotServed) {
                try await court.desk.returnPapers(court.step(docket), reason: "逾期未补正。")
            }
            let page = try await show(docket, court)
            #expect(page.contains(Refusal.correctionNotServed.reason.zh))
            #expect(!page.contains("/desk/filing/\(docket)/return\""))

            func serve(arrivedOn day: CourtDay) async throws {
                try await court.registry.write(on: [docket]) { t in
                    var open = try t.docket(docket)
                    let post = PostDocuments(
                        service: .random(), party: .plaintiff, documents: [notice], tracking: "EMS1")
                    let posted = t.context(clerk, happened: .on(asked))
                    try t.enter(
                        open.state.decide(post, in: posted), in: &open, by: clerk, channel: .offline,
                        happened: .on(asked))
                    let receipt = t.context(clerk, happened: .on(day))
                    try t.enter(
                        open.state.decide(RecordDelivery(service: post.service), in: receipt), in: &open, by: clerk,
                        channel: .offline, happened: .on(day))
                }
            }
            // Served yesterday the ten days still run, although the day first named is past.
            try await serve(arrivedOn: court.today.adding(days: -1))
            await #expect(throws: Refusal.returnTooEarly) {
                try await court.desk.returnPapers(court.step(docket), reason: "逾期未补正。")
            }
            // An earlier receipt turns up: the time is over, whatever rest days there were.
            try await serve(arrivedOn: court.today.adding(days: -25))
            #expect(try await show(docket, court).contains("/desk/filing/\(docket)/return\""))
            try await court.desk.returnPapers(court.step(docket), reason: "逾期未补正。")
            #expect(try await court.state(docket).closing.manner == .papersReturned)
        }
    }

    private func show(_ docket: DocketID, _ court: DeskCourt) async throws -> String {
        let answer = try await court.application.test(.router) { client in
            try await client.execute(
                uri: "/desk/filing/\(docket)", method: .get,
                headers: [
                    .authorization: "Bearer \(Person.filingClerk.rawValue)", .accept: "text/html",
                    .acceptLanguage: Language.chinese.rawValue,
                ])
        }
        return String(buffer: answer.body)
    }

    @Test("a judge signs the ruling not to accept, over its own bytes, once the plaintiff insists")
    func ruling() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let docket = try await court.submitted()
            try await court.desk.adviseTransfer(court.step(docket), to: "义乌市人民法院", reason: "纠纷并非因网络产生。")
            await #expect(throws: Refusal.notInsisted) {
                try await court.desk.ruleNonAcceptance(
                    court.step(docket, by: .judgeWang), reason: "不属于本院受理范围。", code: "123456")
            }
            try await court.act(docket, as: .buyer) { try $0.decide(InsistOnRuling(words: "坚持向本院起诉。"), in: $1) }
            await #expect(throws: Forbidden(.declineCase)) {
                try await court.desk.ruleNonAcceptance(court.step(docket), reason: "不属于本院受理范围。", code: "123456")
            }
            let wrong = await #expect(throws: FormErrors.self) {
                try await court.desk.ruleNonAcceptance(
                    court.step(docket, by: .judgeWang), reason: "不属于本院受理范围。", code: "000000")
            }
            #expect(wrong?.errors.map(\.field) == ["code"])

            try await court.desk.ruleNonAcceptance(
                court.step(docket, by: .judgeWang), reason: "不属于本院受理范围。", code: "123456")
            let declined = try #require(try await court.state(docket).filing.declined)
            #expect(declined.signature.account == Person.judgeWang.account)
            #expect(declined.signature.digest == declined.ruling.digest)
            #expect(declined.signature.factor == .timeCode)
        }
    }
}
