import Accounts
import Docket
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import Procedure
import Storage
import Web

/// What a payment service tells: which payment, how much, under which reference of its own, paid when.
package struct PaymentCallback: Codable, Sendable {
    package let payment: PaymentID
    package let amount: Money
    /// Names the money at the service; the same reference twice is one payment.
    package let reference: String
    /// When the person paid; a notice that comes days later does not make the payment late.
    package let paid: Instant

    package init(payment: PaymentID, amount: Money, reference: String, paid: Instant) {
        self.payment = payment
        self.amount = amount
        self.reference = reference
        self.paid = paid
    }

    /// - Throws: `Malformed` for anything that is not the four fields, or a reference or time no service would send.
    package init(body: [UInt8]) throws {
        do {
            self = try JSONDecoder().decode(PaymentCallback.self, from: Data(body))
        } catch {
            throw Malformed(Words("缴费通知的格式不正确。", "The payment notice has the wrong form."))
        }
        guard (1...64).contains(reference.utf8.count), reference.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            amount.minorUnits > 0
        else { throw Malformed(Words("缴费通知的内容不正确。", "The payment notice makes no sense.")) }
    }

    var body: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return Array(try encoder.encode(self))
        }
    }
}

extension HTTPField.Name {
    static let paymentSignature = HTTPField.Name("Payment-Signature") ?? .authorization
}

/// What became of a callback, as the service is told.
package enum PaymentOutcome: String, Codable, Sendable {
    case paid
    case mismatched
    /// The reference was known: nothing new.
    case known
}

extension FilingDesk {
    /// Takes a callback as it came: checks the signature, then records what the money means (RecordPayment).
    ///
    /// - Throws: `Problem` 401 unless signed by the service and fresh; `Malformed`; `NotFound` for a number not ours.
    package func takeCallback(
        _ body: [UInt8], signature: String?, now: Instant, arrived: Instant
    ) async throws -> PaymentOutcome {
        do {
            try callbacks.verify(signature, body: body, now: now)
        } catch {
            throw Problem.callbackRefused(error)
        }
        return try await record(PaymentCallback(body: body), arrived: arrived)
    }

    private func record(_ callback: PaymentCallback, arrived: Instant) async throws -> PaymentOutcome {
        let docket = try await registry.store.read { try PaymentTable.docket(of: callback.payment, in: $0) }
        guard let docket else { throw NotFound() }
        let receipt = try await drawReceipt(for: callback, in: docket)
        return try await registry.write(on: [docket], arrived: arrived) { [press] t in
            var open = try t.docket(docket)
            // Never later than now: a service's clock that runs ahead makes nobody early.
            let happened = Happened.at(min(callback.paid, min(arrived, t.now)))
            let command = RecordPayment(
                payment: callback.payment, amount: callback.amount, reference: callback.reference,
                receipt: receipt?.reference)
            let acts = try open.state.decide(command, in: t.context(Self.machine, happened: happened))
            try t.enter(acts, in: &open, by: Self.machine, channel: .system, happened: happened)
            guard case .fee(let act)? = acts.first?.act else { return .known }
            guard case .paid = act else { return .mismatched }
            if let receipt { try press.record(receipt, at: t.now, in: t.storage) }
            return .paid
        }
    }

    /// The receipt, drawn before the transaction when the money looks right; nil when there will be none.
    private func drawReceipt(
        for callback: PaymentCallback, in docket: DocketID
    ) async throws -> DocumentPress.Pressed? {
        let (_, state) = try await read(docket)
        guard let notice = state.fee.notice, let number = state.filing.docketed?.number, state.fee.paid == nil,
            state.closing.manner == nil, notice.amount == callback.amount, notice.payment == callback.payment
        else { return nil }
        let name = state.parties.place(notice.party)?.details.name ?? ""
        let now = registry.clock.now
        let document = DeskPapers.receipt(
            to: name, from: court, number: number.rawValue, on: court.zone.day(of: now), amount: callback.amount,
            [
                .init("缴费编号", callback.payment.rawValue), .init("支付平台流水号", callback.reference),
                .init("支付时间", callback.paid.rawValue),
            ])
        return try await press.press(document, .paymentReceipt, in: docket, drawnAt: now, stamped: true)
    }
}

extension Problem {
    static func callbackRefused(_ why: CallbackRefused) -> Problem {
        Problem(
            .unauthorized, code: "payment.callback-\(why.rawValue)",
            reason: Words("缴费通知的签名无效或已超过时限。", "The payment notice is not validly signed, or is too old."),
            remedy: Words("请用约定的密钥重新签名，并在五分钟内发送。", "Sign it anew with the agreed key and send it within five minutes."))
    }
}
