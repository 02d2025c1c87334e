import Procedure
import Testing

@Suite("The fee", .proves(.prepayWithinSevenDays))
struct PaymentTests {
    @Test("seven days from the notice, and the right sum in time pays it")
    func inTime() throws {
        var story = try CaseStory.feeNoticed()
        #expect(story.state.fee.notice?.due == "2026-03-11")
        try story.pay(on: "2026-03-11")
        let paid = try #require(story.state.fee.paid)
        #expect(paid.late == false && paid.amount == .yuan(25))
        #expect(story.entries.last?.party == .plaintiff)
    }

    @Test("reported twice is one payment")
    func reportedTwice() throws {
        var story = try CaseStory.feeNoticed()
        try story.pay()
        try story.entersNothing { try $0.pay() }
    }

    @Test("paid twice is money to give back, not a second fee")
    func paidTwice() throws {
        var story = try CaseStory.feeNoticed()
        try story.pay()
        try story.pay(reference: "PAY-0002")
        #expect(story.state.fee.mismatches.map(\.difference) == [.paidTwice])
        #expect(story.state.fee.paid?.reference == "PAY-0001")
        try story.entersNothing { try $0.pay(reference: "PAY-0002") }
    }

    @Test("what counts is when the money came, not when the court heard of it")
    func lastSecond() throws {
        var story = try CaseStory.feeNoticed()
        try story.pay(on: "2026-03-12", happened: .at("2026-03-11T15:59:59.999Z"))
        #expect(story.state.fee.paid?.late == false)

        var late = try CaseStory.feeNoticed()
        try late.pay(on: "2026-03-12", happened: .at("2026-03-11T16:00:00.000Z"))
        #expect(late.state.fee.paid?.late == true)
    }

    @Test("late but before any ruling still pays", .proves(.unpaidIsWithdrawal))
    func late() throws {
        var story = try CaseStory.feeNoticed()
        try story.pay(on: "2026-03-16")
        #expect(story.state.fee.paid?.late == true)
        story.refuses("fee.not-overdue", .prepayWithinSevenDays) { try $0.ruleDeemedWithdrawal() }
    }

    @Test("another sum is for a person to look at, and the right one may still come")
    func wrongSum() throws {
        var story = try CaseStory.feeNoticed()
        try story.pay(.yuan(50))
        let mismatch = try #require(story.state.fee.mismatches.first)
        #expect(mismatch.difference == .wrongAmount && mismatch.expected == .yuan(25) && mismatch.amount == .yuan(50))
        #expect(story.state.fee.paid == nil)
        #expect(story.duties().contains("look-at-payment clerk -"))
        try story.pay(reference: "PAY-0002")
        #expect(story.state.fee.paid != nil)
        #expect(story.duties().contains("look-at-payment clerk -") == false)
    }

    @Test("the same figures in another currency are another sum")
    func otherCurrency() throws {
        var story = try CaseStory.feeNoticed()
        let dollars = try #require(Currency(rawValue: "USD"))
        try story.pay(Money(minorUnits: 2_500, currency: dollars))
        #expect(story.state.fee.mismatches.map(\.difference) == [.wrongAmount])
    }

    @Test("money after the end is recorded and goes back", .proves(.unpaidIsWithdrawal))
    func afterTheEnd() throws {
        var story = try CaseStory.feeNoticed()
        try story.ruleDeemedWithdrawal(on: "2026-03-12")
        try story.pay(on: "2026-03-13")
        #expect(story.state.fee.mismatches.map(\.difference) == [.afterEnd])
        #expect(story.state.fee.paid == nil)
    }

    @Test("a payment that was never asked for, or under another number, is refused")
    func unknown() throws {
        try CaseStory.docketed().refuses("fee.no-notice", nil) { try $0.pay() }
        try CaseStory.feeNoticed().refuses("fee.unknown-payment", nil) { try $0.pay(payment: .number(2)) }
    }

    @Test("unpaid on the day after the last day: the suit counts as withdrawn", .proves(.unpaidIsWithdrawal))
    func deemedWithdrawal() throws {
        var story = try CaseStory.feeNoticed()
        story.refuses("fee.not-overdue", .prepayWithinSevenDays) { try $0.ruleDeemedWithdrawal(on: "2026-03-11") }
        #expect(story.duties(on: "2026-03-12").contains("rule-unpaid judge -"))
        try story.ruleDeemedWithdrawal(on: "2026-03-12")
        #expect(story.state.closing.manner == .deemedWithdrawal)
        #expect(try story.last("ruling.deemed-withdrawal").under == [.prepayWithinSevenDays, .unpaidIsWithdrawal])
    }

    @Test("no ruling without notice, a second time, or with another's signature", .proves(.onlineSigning))
    func noRuling() throws {
        try CaseStory.docketed().refuses("fee.no-notice", nil) { try $0.ruleDeemedWithdrawal() }
        var story = try CaseStory.feeNoticed()
        story.refuses("ruling.signature-mismatch", .onlineSigning) {
            try $0.ruleDeemedWithdrawal(signedBy: .president, on: "2026-03-12")
        }
        try story.ruleDeemedWithdrawal(on: "2026-03-12")
        story.refuses("case.ended", nil) { try $0.ruleDeemedWithdrawal() }
    }

    @Test("too much money is not an unpaid fee", .proves(.unpaidIsWithdrawal))
    func overpaid() throws {
        var story = try CaseStory.feeNoticed()
        try story.pay(.yuan(50))
        story.refuses("fee.not-overdue", .prepayWithinSevenDays) {
            try $0.ruleDeemedWithdrawal(on: "2026-03-12")
        }
    }

    @Test("only the plaintiff prepays, and the notice that started the seven days stands")
    func whoPaysAndWhen() throws {
        let fee = FeeDemand(payment: .number(1), amount: .yuan(25))
        do {
            var story = try CaseStory.joined()
            try story.serve([.feeNotice], on: .defendant, fee: fee)
            #expect(story.state.fee.notice?.party == .plaintiff)
        }
        do {
            var story = try CaseStory.feeNoticed()
            try story.serve([.feeNotice], on: .plaintiff, fee: fee, on: "2026-03-10")
            #expect(story.state.fee.notice?.due == "2026-03-11")
        }
    }
}
