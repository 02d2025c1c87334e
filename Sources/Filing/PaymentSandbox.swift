import Accounts
import Docket
import Hummingbird
import NIOCore
import Procedure
import Storage
import Web

/// The payment service of a demonstration court: it plays the bank inside this server, and signs like one.
///
/// No other court has its page, and what it sends goes through the same door as a real service's callback.
struct PaymentSandbox: Sendable {
    /// What the person lets the service do, lawful or not.
    enum Trial: String, CaseIterable, Sendable {
        case exact, wrong, twice, late, forged, old

        var name: Words {
            switch self {
            case .exact: Words("支付应交数额", "Pay the sum due")
            case .wrong: Words("少付一元", "Pay one yuan too little")
            case .twice: Words("同一笔通知发送两次，再付一次", "Notify twice, then pay again")
            case .late: Words("期限届满后支付", "Pay after the last day")
            case .forged: Words("伪造签名的通知", "A notice with a forged signature")
            case .old: Words("十分钟前签名的通知", "A notice signed ten minutes ago")
            }
        }
    }

    /// One callback as it would go over the wire.
    struct Message: Sendable {
        let body: [UInt8]
        let signature: String
    }

    let signature: PaymentSignature

    func messages(
        for trial: Trial, payment: PaymentID, due: Money, now: Instant
    ) throws -> [Message] {
        func message(_ amount: Money, signedAt: Instant) throws -> Message {
            let callback = PaymentCallback(
                payment: payment, amount: amount, reference: "SBX-\(PaymentID.random())", paid: now)
            let body = try callback.body
            return Message(body: body, signature: signature.header(for: body, at: signedAt))
        }
        switch trial {
        case .exact, .late: return [try message(due, signedAt: now)]
        case .wrong: return [try message(Money(minorUnits: max(1, due.minorUnits - 100)), signedAt: now)]
        case .twice:
            let first = try message(due, signedAt: now)
            return [first, first, try message(due, signedAt: now)]
        case .forged:
            let right = try message(due, signedAt: now)
            let zeros = String(repeating: "0", count: 64)
            return [Message(body: right.body, signature: "t=\(now.milliseconds),v1=\(zeros)")]
        case .old: return [try message(due, signedAt: now.adding(milliseconds: -600_000))]
        }
    }
}

extension FilingDesk {
    func mountPayments(on routes: inout Routes) {
        routes.api(
            .post, "/payments/callback", face: .public, access: .anyone, origin: .callerSigns,
            maximumBodyBytes: 8_192, DeskOperations.callback, callback)
        guard court.isDemonstration else { return }
        routes.form("/payments/sandbox/:payment", face: .public, show: sandboxPage, send: trySandbox)
    }

    private struct Answer: ResponseEncodable {
        let outcome: PaymentOutcome
    }

    @Sendable private func callback(_ request: Request, _ context: CourtContext) async throws -> Answer {
        let buffer = try await request.body.collect(upTo: 8_192)
        let outcome = try await takeCallback(
            Array(buffer.readableBytesView), signature: request.headers[.paymentSignature], now: context.now,
            arrived: context.now)
        return Answer(outcome: outcome)
    }

    // MARK: The demonstration's page

    private func payable(
        _ context: CourtContext
    ) async throws -> (docket: DocketID, notice: FeeNoticed, state: CaseState) {
        let payment = try context.id("payment", as: PaymentID.self)
        let docket = try await registry.store.read { try PaymentTable.docket(of: payment, in: $0) }
        guard let docket else { throw NotFound() }
        let (_, state) = try await read(docket)
        try context.person().require(.payFee, in: state, now: context.now)
        guard let notice = state.fee.notice, notice.payment == payment else { throw NotFound() }
        return (docket, notice, state)
    }

    @Sendable private func sandboxPage(
        _ request: Request, _ context: CourtContext, _ typed: Typed
    ) async throws -> Page {
        let (docket, notice, state) = try await payable(context)
        let voice = context.voice
        let title = Words("演示支付平台", "Demonstration payment service")
        let isLate = context.today > notice.due
        let buttons = PaymentSandbox.Trial.allCases.map { trial -> HTML in
            guard trial != .late || isLate else {
                return
                    "<p class=\"hint\">\(voice(trial.name))\(voice("：", ": "))\(voice("请先把演示时钟拨到\(voice.day(notice.due))之后。", "first move the demonstration's clock past \(voice.day(notice.due))."))</p>"
            }
            return
                "<p>\(Button.send(trial.name, voice, rank: trial == .exact ? .primary : .quiet, name: "trial", value: trial.rawValue))</p>"
        }
        let standing: Words =
            state.fee.paid == nil ? Words("尚未支付", "Not paid yet") : Words("已经支付", "Paid already")
        return Page(
            voice(title),
            breadcrumbs: [.init(Words("交纳诉讼费", "Pay the court fee"), path: "/cases/\(docket)/fee")],
            hasErrors: typed.hasErrors,
            """
            <h1>\(voice(title))</h1>\(Fields(typed, voice).summary)
            <p>\(voice("这里不会发生真实付款。它像真实支付平台一样，把签名的通知发给法院。", "No real money moves. Like a real service it sends the court a signed notice."))</p>
            \(Facts([
                .init(Words("应付", "To pay"), "<strong>\(voice.money(notice.amount))</strong>"),
                .init(Words("缴费编号", "Payment number"), "<code>\(notice.payment)</code>"),
                .init(Words("状态", "State"), "\(voice(standing))"),
            ]).html(voice))\(PostForm("\(buttons)").html(context))
            """)
    }

    @Sendable private func trySandbox(_ request: Request, _ context: CourtContext) async throws -> Response {
        let (docket, notice, _) = try await payable(context)
        let trial = try context.form.read {
            $0.choice("trial", Words("要试的支付方式", "what to try"), as: PaymentSandbox.Trial.self)
        }
        let sandbox = PaymentSandbox(signature: callbacks)
        let messages = try sandbox.messages(
            for: trial, payment: notice.payment, due: notice.amount, now: context.now)
        for message in messages {
            _ = try await takeCallback(
                message.body, signature: message.signature, now: context.now, arrived: context.now)
        }
        return .seeOther("/cases/\(docket)/fee")
    }
}
