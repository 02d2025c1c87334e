import Procedure
import Testing

/// One act of every kind, as the stories bring them about; the dockets of people and of the court are told by hand.
enum ActSamples {
    static func all() throws -> [String: Act] {
        let entries =
            try CaseStory.archived().entries + declined().entries + returned().entries + unpaid().entries
            + contested().entries
        let told = entries.map(\.act) + byHand
        return Dictionary(told.map { (type(of: $0.body).type, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static func declined() throws -> CaseStory {
        var story = try CaseStory.submitted()
        try story.requestCorrection()
        try story.correct()
        try story.adviseTransfer()
        try story.insist()
        try story.ruleNonAcceptance()
        return story
    }

    private static func returned() throws -> CaseStory {
        var story = try CaseStory.submitted()
        try story.adviseTransfer()
        try story.returnPapers()
        return story
    }

    private static func unpaid() throws -> CaseStory {
        var story = try CaseStory.feeNoticed()
        try story.answerConsent(.plaintiff, .mediation, agreed: false)
        try story.invite()
        try story.pay(.yuan(20), on: "2026-03-06")
        try story.mend(story.last("fee.noticed").id, to: story.last("fee.noticed").act)
        try story.strike(story.last("fee.mismatched").id)
        try story.moveOffline(on: "2026-03-21")
        try story.post()
        try story.sendAgain(.undelivered, to: "义乌市样板路9号", source: "原告提交的地址说明")
        try story.renewCode()
        try story.ruleDeemedWithdrawal()
        return story
    }

    private static func contested() throws -> CaseStory {
        var story = try CaseStory.exchanged()
        try story.offer(late: "客服记录刚刚导出。")
        try story.applyForWriting()
        try story.answerWriting(agreed: false)
        var hearing = try CaseStory.hearing(in: .investigation)
        try hearing.agreeToEnd(.investigation, .plaintiff, on: "2026-04-01")
        try hearing.ask()
        try hearing.reply()
        try hearing.askRecusal()
        try hearing.decideRecusal(upheld: false)
        try hearing.askRecusal()
        try hearing.decideRecusal(upheld: true)
        try hearing.redraw()
        var record = try CaseStory.transcribed()
        try record.objectToTranscript()
        var exchange = try CaseStory.exchanging()
        try exchange.agreeToEndExchange(.plaintiff)
        try exchange.pay(reference: "PAY-0002")
        try exchange.refund("PAY-0002")
        story.append(hearing.entries + record.entries + exchange.entries)
        return story
    }

    private static let byHand: [Act] = [
        .record(
            .restated(
                PeriodRestated(
                    limit: "fee_prepay", party: .plaintiff, told: "2026-03-11", now: "2026-03-12", reason: "系统停机"))),
        .person(
            .registered(
                PersonRegistered(
                    account: Person.plaintiff.account, name: "林晓演", residentNumber: "330106199003075421",
                    telephone: "13900000001", photographs: [.named("身份证正面.jpg", "image/jpeg")]))),
        .person(.verified(IdentityVerified(account: Person.plaintiff.account, method: .clerksDesk))),
        .person(.refused(IdentityRefused(account: Person.stranger.account, reason: "照片模糊"))),
        .court(.opened(CourtOpened(profile: .demonstration))),
        .court(.officeGiven(OfficeGiven(account: Person.judge.account, name: "法官203", office: "judge"))),
        .court(.officeEnded(OfficeEnded(account: Person.judge.account, office: "judge"))),
        .court(.keyPublished(KeyPublished(use: "ledger", key: "演示公钥"))),
        .court(.clockMoved(ClockMoved(days: 3))),
        .court(.keysDestroyed(KeysDestroyed(docket: DocketID(high: 4, low: 2), reason: .retentionOver))),
    ]
}

@Suite("Stored shapes")
struct ActSampleTests {
    @Test("the kinds of act are those of the list: no name is lost, changed or used again")
    func kinds() throws {
        let kinds = ActKinds.all.map { "\($0.type) \($0.version) \($0.volume.rawValue)" }.sorted()
        #expect(Set(ActKinds.all.map(\.type)).count == ActKinds.all.count)
        #expect(try Snapshot.lines("act-kinds.txt", orWrite: kinds) == kinds)
    }

    @Test(
        "every kind reads its stored sample as the same act and writes it the same again",
        arguments: ActKinds.all.map(\.type))
    func sample(_ type: String) throws {
        let act = try #require(ActSamples.all()[type], "no story brings about \(type)")
        let version = try #require(ActKinds.named[type]?.version)
        let text = try Stored.text(StoredAct(act))
        let stored = try Snapshot.lines("\(type).\(version).json", orWrite: [text]).joined()
        let read = try Stored.decode(StoredAct.self, stored)
        #expect(read.act == act)
        #expect(try Stored.text(read) == stored)
    }

    @Test("a newer version, or a kind nobody knows, is not read as something else")
    func unknown() throws {
        let text = try Stored.text(StoredAct(.court(.clockMoved(ClockMoved(days: 3)))))
        for other in [
            text.replacing("\"version\":1", with: "\"version\":2"),
            text.replacing("court.clock-moved", with: "court.x"),
        ] {
            #expect(throws: DecodingError.self) { try Stored.decode(StoredAct.self, other) }
        }
    }
}
