import Procedure
import Testing

@Suite("Mending the record", .proves(.correctionOfRecord))
struct RecordTests {
    @Test("a receipt entered with the wrong day: limits come out as if it had always been right")
    func corrected() throws {
        let rightFromTheStart = try CaseStory.feeNoticed()
        var wrong = try CaseStory.docketed()
        try wrong.agreeToStages(.plaintiff)
        try wrong.confirmAddress(.plaintiff)
        try wrong.serveDocketingNotices()
        let notice = try #require(wrong.state.fee.notice)
        let entry = try wrong.last("fee.noticed")
        let body = FeeNoticed(
            payment: notice.payment, party: notice.party, amount: notice.amount, received: "2026-03-02",
            due: "2026-03-09")
        try wrong.mend(entry.id, to: .fee(.noticed(body)))
        #expect(wrong.state.fee.isOverdue(today: "2026-03-10"))
        try wrong.mend(entry.id, to: .fee(.noticed(notice)))
        #expect(wrong.state.fee == rightFromTheStart.state.fee)
        #expect(wrong.state.fee.isOverdue(today: "2026-03-10") == false)
        #expect(wrong.entries.first { $0.id == entry.id }?.act == entry.act, "the original stays as it was")
        #expect(wrong.entries.last?.under == [.correctionOfRecord])
    }

    @Test("a payment struck is a fee unpaid, as if it had never been entered")
    func struck() throws {
        let before = try CaseStory.feeNoticed()
        var story = before
        try story.pay()
        try story.strike(story.last("fee.paid").id)
        #expect(story.state == before.state)
        #expect(story.count(of: "fee.paid") == 1)
        try story.ruleDeemedWithdrawal(on: "2026-03-12")
        #expect(story.state.closing.manner == .deemedWithdrawal)
    }

    @Test("a corrected day of service moves the period that counted from it")
    func periodFollows() throws {
        var story = try CaseStory.served()
        let entry = try story.last("evidence.period-set")
        let body = EvidencePeriodSet(party: .defendant, evidenceBy: "2026-03-23", answerBy: "2026-03-31")
        try story.mend(entry.id, to: .evidence(.periodSet(body)))
        story.refuses("evidence.answer-awaited", .serveComplaintAndAnswer) { try $0.openExchange(on: "2026-03-31") }
        #expect(story.duties().contains("answer defendant 2026-03-31"))
    }

    @Test("no such entry, no reason, another kind of act, or a mend of a mend")
    func refused() throws {
        var story = try CaseStory.invited()
        let paid = try story.last("fee.paid")
        story.refuses("record.no-such-entry", nil) { try $0.strike(.number(999)) }
        story.refuses("record.needs-reason", .correctionOfRecord, about: ["reason"]) {
            try $0.strike(paid.id, because: " ")
        }
        story.refuses("record.needs-reason", .correctionOfRecord, about: ["reason"]) {
            try $0.mend(paid.id, to: paid.act, because: "")
        }
        story.refuses("record.other-type", nil) {
            try $0.mend(paid.id, to: .closing(.closed(CaseClosed(manner: .judgment))))
        }
        try story.strike(paid.id)
        let strike = try story.last("entry.struck")
        story.refuses("record.other-type", nil) { try $0.strike(strike.id) }
        story.refuses("record.other-type", nil) { try $0.mend(strike.id, to: strike.act) }
    }

    @Test("what a party sent and signed is nobody else's to mend", .proves(.onlineSigning))
    func signedByParty() throws {
        let story = try CaseStory.submitted()
        let complaint = try story.last("filing.submitted")
        story.refuses("record.signed-stands", .onlineSigning) { try $0.strike(complaint.id) }
        story.refuses("record.signed-stands", .onlineSigning) {
            try $0.mend(complaint.id, to: .filing(.submitted(ComplaintSubmitted(complaint: .corrected))))
        }
    }

    @Test("what a judge signed is nobody's to mend either", .proves(.onlineSigning))
    func signedByJudge() throws {
        let story = try CaseStory.judged()
        let judgment = try story.last("judgment.signed")
        story.refuses("record.signed-stands", .onlineSigning) { try $0.strike(judgment.id) }
    }

    @Test("what was struck stays struck")
    func struckStays() throws {
        var story = try CaseStory.invited()
        let paid = try story.last("fee.paid")
        try story.strike(paid.id)
        story.refuses("record.no-such-entry", nil) { try $0.mend(paid.id, to: paid.act) }
        story.refuses("record.no-such-entry", nil) { try $0.strike(paid.id) }
        #expect(story.state.fee.paid == nil)
    }

    @Test("a correction brings in no bytes of its own, so none goes unregistered")
    func filesOfACorrection() throws {
        let story = try CaseStory.invited()
        let paid = try story.last("fee.paid")
        let receipt = DocumentReference.paper(.paymentReceipt, edition: 2)
        let body = FeePaid(
            payment: .number(1), amount: .yuan(25), reference: "PAY-0001", late: false, receipt: receipt)
        story.refuses("record.other-files", .correctionOfRecord, about: ["files"]) {
            try $0.mend(paid.id, to: .fee(.paid(body)))
        }
        let sent = try story.last("service.sent")
        guard case .service(.sent(let first)) = sent.act else { return }
        let other = DocumentsSent(
            service: first.service, party: first.party, documents: [receipt], channel: .account)
        story.refuses("record.other-files", .correctionOfRecord, about: ["files"]) {
            try $0.mend(sent.id, to: .service(.sent(other)))
        }
    }
}
