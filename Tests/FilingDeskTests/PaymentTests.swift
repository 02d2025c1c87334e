import Accounts
import Docket
import Procedure
import Storage
import TestSupport
import Testing
import Web

@testable import Filing

@Suite("Payments")
struct PaymentTests {
    @Test("the fee comes in, with a receipt; the same callback again says nothing new", arguments: TestEngine.all)
    func paidAndRepeated(engine: TestEngine) async throws {
        try await DeskCourt.on(engine) { court in
            let (docket, notice) = try await court.waitingForFee()
            let body = try court.callback(notice)
            #expect(try await court.send(body) == .paid)
            let after = try await court.registry.docket(docket).head.position
            #expect(try await court.send(body) == .known)

            let state = try await court.state(docket)
            #expect(state.fee.paid?.amount == notice.amount)
            #expect(state.fee.paid?.late == false)
            #expect(state.fee.paid?.receipt?.kind == .paymentReceipt)
            #expect(state.fee.mismatches.isEmpty)
            #expect(try await court.registry.docket(docket).head.position == after)
        }
    }

    @Test("twenty deliveries of one callback at once are one payment", arguments: TestEngine.all)
    func manyAtOnce(engine: TestEngine) async throws {
        try await DeskCourt.on(engine) { court in
            let (docket, notice) = try await court.waitingForFee()
            let body = try court.callback(notice)
            let outcomes = try await withThrowingTaskGroup(of: PaymentOutcome.self) { group in
                for _ in 0..<20 { group.addTask { try await court.send(body) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.filter { $0 == .paid }.count == 1)
            #expect(outcomes.filter { $0 == .known }.count == 19)
            #expect(try await court.state(docket).fee.mismatches.isEmpty)
        }
    }

    @Test("another payment on top is kept for a person to look at and pay back")
    func paidTwice() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let (docket, notice) = try await court.waitingForFee()
            #expect(try await court.send(court.callback(notice)) == .paid)
            #expect(try await court.send(court.callback(notice, reference: "BANK-2")) == .mismatched)
            #expect(try await court.state(docket).fee.mismatches.map(\.difference) == [.paidTwice])
        }
    }

    @Test("a wrong sum pays nothing, and the right one still may")
    func wrongSum() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let (docket, notice) = try await court.waitingForFee()
            #expect(try await court.send(court.callback(notice, amount: .yuan(24))) == .mismatched)
            let state = try await court.state(docket)
            #expect(state.fee.paid == nil)
            #expect(state.fee.mismatches.map(\.difference) == [.wrongAmount])
            #expect(try await court.send(court.callback(notice, reference: "BANK-2")) == .paid)
        }
    }

    @Test("money paid after the last day counts as late; a late notice of money paid in time does not")
    func late() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let (first, notice) = try await court.waitingForFee()
            let (second, other) = try await court.waitingForFee()
            let inTime = court.clock.now
            court.clock.setAhead(days: 40)
            #expect(try await court.send(court.callback(notice)) == .paid)
            #expect(try await court.state(first).fee.paid?.late == true)
            #expect(try await court.send(court.callback(other, paid: inTime)) == .paid)
            #expect(try await court.state(second).fee.paid?.late == false)
        }
    }

    @Test("a service's clock that runs ahead does not date a payment into the future")
    func neverInTheFuture() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let (docket, notice) = try await court.waitingForFee()
            let ahead = court.clock.now.adding(hours: 24 * 30)
            #expect(try await court.send(court.callback(notice, paid: ahead)) == .paid)
            #expect(try await court.state(docket).fee.paid?.late == false)
        }
    }

    @Test("what is forged, unsigned, changed on the way or too old never reaches the case")
    func refusedCallbacks() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let (docket, notice) = try await court.waitingForFee()
            let before = try await court.registry.docket(docket).head.position
            let body = try court.callback(notice)
            let now = court.clock.now
            let right = court.desk.callbacks.header(for: body, at: now)
            let stranger = PaymentSignature(try CourtKey(bytes: [1] + Array(0..<32), court: "演0192"))
            let bad: [(String?, [UInt8], String)] = [
                (nil, body, "payment.callback-unsigned"), ("nonsense", body, "payment.callback-unsigned"),
                ("t=\(now.milliseconds),v1=" + String(repeating: "0", count: 64), body, "payment.callback-forged"),
                (stranger.header(for: body, at: now), body, "payment.callback-forged"),
                (right, try court.callback(notice, amount: .yuan(1)), "payment.callback-forged"),
                (
                    right.replacing("t=\(now.milliseconds)", with: "t=\(now.milliseconds + 1)"), body,
                    "payment.callback-forged"
                ),
                (
                    court.desk.callbacks.header(for: body, at: now.adding(milliseconds: -300_001)), body,
                    "payment.callback-out-of-time"
                ),
                (
                    court.desk.callbacks.header(for: body, at: now.adding(milliseconds: 300_001)), body,
                    "payment.callback-out-of-time"
                ),
                (
                    court.desk.callbacks.header(for: body, at: Instant(milliseconds: .min)), body,
                    "payment.callback-out-of-time"
                ),
            ]
            for (signature, sent, code) in bad {
                let problem = await #expect(throws: Problem.self) {
                    _ = try await court.desk.takeCallback(sent, signature: signature, now: now, arrived: now)
                }
                #expect(problem?.code == code)
            }
            #expect(try await court.registry.docket(docket).head.position == before)
            // Within the five minutes it is good, and replayed it says nothing new.
            #expect(
                try await court.desk.takeCallback(
                    body, signature: right, now: now.adding(milliseconds: 299_000), arrived: now) == .paid)
            #expect(
                try await court.desk.takeCallback(
                    body, signature: right, now: now.adding(milliseconds: 299_500), arrived: now) == .known)
        }
    }

    @Test("a number of no case of ours is not found, however well signed")
    func unknownPayment() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let body = try PaymentCallback(
                payment: .random(), amount: .yuan(25), reference: "BANK-9", paid: court.clock.now
            ).body
            await #expect(throws: NotFound.self) { _ = try await court.send(body) }
        }
    }
}
