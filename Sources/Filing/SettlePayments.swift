import Accounts
import Docket
import Documents
import Hummingbird
import Procedure
import Storage
import Web

/// What a person does about money that did not match: take the fee out of it, and send back what is left.
extension FilingDesk {
    @Sendable func sendSettlement(_ request: Request, _ context: CourtContext) async throws -> Response {
        let step = try step(context)
        try await settlePayment(step)
        return .seeOther("/desk/filing/\(step.docket)/payments")
    }

    @Sendable func sendRefund(_ request: Request, _ context: CourtContext) async throws -> Response {
        let step = try step(context)
        let command = try context.form.read { reader in
            RecordRefund(
                reference: reader.text("reference", Words("到账流水号", "the reference of the sum"), max: 64),
                transfer: reader.text("transfer", Words("退款流水号", "the reference of the transfer"), max: 64))
        }
        try await recordRefund(step, command)
        return .seeOther("/desk/filing/\(step.docket)/payments")
    }

    /// Takes the fee out of sums that were too much, or came in parts; the receipt is drawn and filed with it.
    ///
    /// - Throws: `Forbidden`, `Stale`, a `Refusal`.
    func settlePayment(_ step: DeskStep) async throws {
        guard try await isStillToDo(step) else { return }
        let (_, state) = try await read(step.docket)
        let now = registry.clock.now
        let acting = try step.viewer.require(.settleFee, in: state, now: now)
        guard let notice = state.fee.notice, let number = state.filing.docketed?.number else {
            throw Refusal.noFeeNotice
        }
        let context = Context(now: now, court: court, tables: tables, acting: acting)
        // Asked before drawing too: nothing is drawn for what the rules decline.
        let decided = try state.decide(SettlePayment(receipt: .undrawn), in: context)
        guard case .fee(.paid(let paid))? = decided.first?.act else { return }
        let document = DeskPapers.receipt(
            to: state.parties.place(notice.party)?.details.name ?? "", from: court, number: number.rawValue,
            on: context.today, amount: paid.amount,
            [
                .init("缴费编号", paid.payment.rawValue),
                .init("支付平台流水号", (paid.from ?? [paid.reference]).joined(separator: "、")),
                .init("核定", "款项与应交数额不一致，经核对从中收取案件受理费；多收的部分退还。"),
            ])
        let pressed = try await press.press(
            document, .paymentReceipt, in: step.docket, drawnAt: now, stamped: true)
        try await write(step) { [press] t, docket in
            let acting = try step.viewer.require(.settleFee, in: docket.state, now: t.now)
            let command = SettlePayment(receipt: pressed.reference)
            try t.enter(docket.state.decide(command, in: t.context(acting)), in: &docket, by: acting)
            try press.record(pressed, at: t.now, in: t.storage)
        }
    }

    /// Writes down that money went back.
    ///
    /// - Throws: `Forbidden`, `Stale`, a `Refusal`.
    func recordRefund(_ step: DeskStep, _ command: RecordRefund) async throws {
        try await write(step) { t, docket in
            let acting = try step.viewer.require(.settleFee, in: docket.state, now: t.now)
            try t.enter(docket.state.decide(command, in: t.context(acting)), in: &docket, by: acting)
        }
    }

    /// What is to be done about the money of a case, for the clerk.
    func settling(
        _ state: CaseState, _ docket: DocketID, seen: Int, _ viewer: Viewer, _ typed: Typed, _ context: CourtContext
    ) -> HTML {
        guard viewer.may(.settleFee, in: state) else { return .empty }
        let voice = context.voice
        let known = Fields(typed, voice).hidden("seen", String(seen))
        let settlement: HTML? =
            state.fee.paid == nil && state.fee.isCovered
            ? """
            <h2>\(voice("核定缴费", "Take the fee"))</h2>
            <p>\(voice("到账款项合计已达到应交数额。核定后视为已交费（以款项足额到账之日为准），出具凭证；多收的部分列入应退。", "What came in reaches the fee. Taking it counts as payment, on the day the money was there in full; a receipt is drawn, and what is too much is to go back.")) \(ArticleLink(.refundWithinFifteenDays).html(voice))</p>
            \(PostForm(action: "/desk/filing/\(docket)/settlement", "\(known)\(Button.row(Button.send(Words("核定为已交费", "Take it as the fee"), voice)))").html(context))
            """ : nil
        return "\(settlement)\(refunds(state, docket, known, typed, context))"
    }

    private func refunds(
        _ state: CaseState, _ docket: DocketID, _ known: HTML, _ typed: Typed, _ context: CourtContext
    ) -> HTML {
        let voice = context.voice
        let done = state.fee.refunds.map { refund -> HTML in
            "<li>\(voice.money(refund.amount)) · <code>\(refund.reference)</code> → <code>\(refund.transfer)</code></li>"
        }
        let owed = state.fee.refundable.map { sum -> HTML in
            // What was typed belongs to the sum it was typed for.
            let fields = Fields(typed["reference"] == sum.reference ? typed : .nothing, voice)
            return """
                <section class="card"><h3>\(voice.money(sum.amount)) · <code>\(sum.reference)</code></h3>
                \(PostForm(action: "/desk/filing/\(docket)/refund", """
                    \(known)\(fields.hidden("reference", sum.reference))\
                    \(fields.text("transfer", Words("退款流水号", "Reference of the transfer"), hint: Words("按原支付渠道退回后填写。", "Once it went back the way it came."), size: 30, max: 64))\
                    \(Button.row(Button.send(Words("登记已退还", "Record the refund"), voice, rank: .quiet)))
                    """).html(context))</section>
                """
        }
        guard !done.isEmpty || !owed.isEmpty else { return .empty }
        let due = state.duties(in: Context(now: context.now, court: court, tables: tables, acting: Self.machine))
            .first { $0.step == .refundPayment }
        let day: HTML? = due?.due.map { "<p>\(voice("最迟：", "At the latest: "))\(voice.dayElement($0))</p>" }
        return """
            <h2>\(voice("退还", "Refunds"))</h2>\(day)\(owed)\(done.isEmpty ? nil : "<h3>\(voice("已退还", "Sent back"))</h3><ul>\(done)</ul>")
            """
    }
}
