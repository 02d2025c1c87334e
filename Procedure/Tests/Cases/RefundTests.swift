import Procedure
import Testing

@Suite("Money that is not the fee", .proves(.refundWithinFifteenDays))
struct RefundTests {
    @Test("too much: the fee is taken out of it, and the rest is to go back", .proves(.prepayWithinSevenDays))
    func overpaid() throws {
        var story = try CaseStory.feeNoticed()
        try story.pay(.yuan(50), on: "2026-03-10")
        #expect(story.state.fee.refundable.isEmpty, "nothing goes back before the fee is taken out of it")
        try story.settle(on: "2026-03-13")
        let paid = try #require(story.state.fee.paid)
        #expect(paid.amount == .yuan(25) && paid.from == ["PAY-0001"])
        #expect(paid.late == false, "the money was there in time, whoever looked later")
        #expect(try story.last("fee.paid").under == [.prepayWithinSevenDays, .refundWithinFifteenDays])
        #expect(story.state.fee.refundable.map(\.amount) == [.yuan(25)])
        #expect(story.duties().contains("refund-payment clerk -"))
        #expect(story.duties().contains { $0.hasPrefix("look-at-payment") } == false)
        try story.refund()
        #expect(story.state.fee.refunds.map(\.amount) == [.yuan(25)])
        #expect(story.duties().contains { $0.hasPrefix("refund-payment") } == false)
    }

    @Test("in parts: the parts make the fee, and only what went over it goes back")
    func inParts() throws {
        var story = try CaseStory.feeNoticed()
        try story.pay(.yuan(20), reference: "PAY-0001")
        story.refuses("fee.not-covered", .prepayWithinSevenDays) { try $0.settle() }
        try story.pay(.yuan(10), reference: "PAY-0002", on: "2026-03-16")
        try story.pay(.yuan(3), reference: "PAY-0003")
        try story.settle()
        #expect(story.state.fee.paid?.from == ["PAY-0001", "PAY-0002"])
        #expect(story.state.fee.paid?.late == true, "the fee was full only after the last day")
        #expect(story.state.fee.refundable.map(\.reference) == ["PAY-0002", "PAY-0003"])
        #expect(story.state.fee.refundable.map(\.amount) == [.yuan(5), .yuan(3)])
    }

    @Test("the right sum after a wrong one: the wrong one goes back whole; so does what was paid twice")
    func whole() throws {
        var story = try CaseStory.feeNoticed()
        try story.pay(.yuan(50))
        try story.pay(reference: "PAY-0002")
        try story.pay(reference: "PAY-0003")
        #expect(story.state.fee.refundable.map(\.amount) == [.yuan(50), .yuan(25)])
        story.refuses("fee.already-paid", nil) { try $0.settle() }
    }

    @Test("money after the end goes back")
    func afterTheEnd() throws {
        var story = try CaseStory.feeNoticed()
        try story.ruleDeemedWithdrawal(on: "2026-03-12")
        try story.serve([.withdrawalRuling], on: .plaintiff)
        try story.certifyEverything()
        try story.pay(on: "2026-03-13")
        #expect(story.duties() == ["refund-payment clerk -"])
        story.refuses("fee.refund-owed", .refundWithinFifteenDays) { try $0.archive() }
        try story.refund()
        #expect(story.duties() == ["archive clerk -"])
        try story.archive()
        story.refuses("case.ended", nil) { try $0.refund() }
        story.refuses("case.ended", nil) { try $0.settle() }
    }

    @Test(
        "a judged case whose fee came as too large a sum is settled, refunded and archived", .proves(.fileOfSimpleCase))
    func archived() throws {
        var story = try CaseStory.closed(paying: .yuan(50))
        try story.certifyEverything(on: "2026-04-20")
        #expect(story.duties() == ["look-at-payment clerk -"])
        story.refuses("archive.incomplete", .fileOfSimpleCase, about: ["fee-receipt"]) { try $0.archive() }
        try story.settle()
        // Fifteen days from 17 April, the day of effect; 1 to 5 May are holidays.
        #expect(story.duties() == ["refund-payment clerk 2026-05-06"])
        #expect(try story.duty(.refundPayment).why.lines.isEmpty == false)
        story.refuses("fee.refund-owed", .refundWithinFifteenDays) { try $0.archive() }
        try story.refund()
        try story.archive()
        #expect(story.state.phase == .archived)
    }

    @Test("a refund names the sum and its transfer, once, of money that is owed")
    func refused() throws {
        try CaseStory.docketed().refuses("fee.no-notice", nil) { try $0.settle() }
        try CaseStory.docketed().refuses("fee.no-notice", nil) { try $0.refund() }
        var story = try CaseStory.feeNoticed()
        try story.pay(.yuan(50))
        story.refuses("fee.nothing-to-refund", nil) { try $0.refund() }
        try story.settle()
        story.refuses("fee.transfer-missing", .refundWithinFifteenDays, about: ["transfer"]) {
            try $0.refund(transfer: " ")
        }
        story.refuses("fee.nothing-to-refund", nil) { try $0.refund("PAY-0009") }
        try story.refund()
        story.refuses("fee.nothing-to-refund", nil) { try $0.refund() }
    }
}
