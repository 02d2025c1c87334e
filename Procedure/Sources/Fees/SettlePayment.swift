/// The clerk takes the fee out of what came in, too much or in parts (核定缴费). What is left over is to go back.
public struct SettlePayment: Hashable, Sendable {
    public let receipt: DocumentReference
    public init(receipt: DocumentReference) { self.receipt = receipt }
}

/// The clerk records that money went back (登记退款).
public struct RecordRefund: Hashable, Sendable {
    /// The sum that came in, by the payment service's reference.
    public let reference: String
    /// The reference under which the court's bank sent it back.
    public let transfer: String

    public init(reference: String, transfer: String) {
        self.reference = reference
        self.transfer = transfer
    }
}

extension Refusal {
    public static let feeNotCovered = Refusal(
        code: "fee.not-covered", article: .prepayWithinSevenDays,
        reason: Words("到账款项合计不足案件受理费。", "What came in does not add up to the fee."),
        remedy: Words("请等待补足，或在期限届满后由法官裁定。", "Wait for the rest, or for the judge once the last day is over."))
    public static let feePaidAlready = Refusal(
        code: "fee.already-paid", article: nil,
        reason: Words("案件受理费已经交纳。", "The fee is already paid."),
        remedy: Words("须先核对缴费情况；多交的款项登记退还。", "Check the payments first; what was paid besides goes back."))
    public static let nothingToRefund = Refusal(
        code: "fee.nothing-to-refund", article: nil,
        reason: Words("这笔款项没有应退的数额，或者已经退还。", "Of this sum nothing is to go back, or it has gone back."),
        remedy: Words("须先核对缴费情况。", "Check the payments first."))
    public static let transferMissing = Refusal(
        code: "fee.transfer-missing", article: .refundWithinFifteenDays,
        reason: Words("登记退款须写明退款流水号。", "A refund is recorded with the reference of the transfer."),
        remedy: Words("请填写退款流水号。", "Enter the reference of the transfer."))
    public static let refundOwed = Refusal(
        code: "fee.refund-owed", article: .refundWithinFifteenDays,
        reason: Words("还有应当退还的款项。", "Money is still to go back."),
        remedy: Words("请先退还并登记。", "Send it back and record it."))
}

extension CaseState {
    /// Decides whether the fee can be taken out of sums that did not match the notice. It counts as paid when the sum
    /// that filled it came; also after the end, for the file needs its receipt.
    ///
    /// - Source: Litigation Fees Measures arts. 20, 22, 53.
    public func decide(_ command: SettlePayment, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard let notice = fee.notice else { throw .noFeeNotice }
        guard closing.archivedAt == nil else { throw .caseEnded }
        guard fee.paid == nil else { throw .feePaidAlready }
        guard let taken = fee.taking(notice.amount), let last = taken.last else { throw .feeNotCovered }
        let filled = fee.received[last.reference]?.day(in: context.court.zone) ?? context.today
        let body = FeePaid(
            payment: notice.payment, amount: notice.amount, reference: last.reference, late: filled > notice.due,
            receipt: command.receipt, from: taken.map(\.reference))
        return [
            DecidedAct(
                .fee(.paid(body)), under: .prepayWithinSevenDays, .refundWithinFifteenDays, party: notice.party)
        ]
    }

    /// - Source: Litigation Fees Measures art. 53.
    public func decide(_ command: RecordRefund, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard let notice = fee.notice else { throw .noFeeNotice }
        guard closing.archivedAt == nil else { throw .caseEnded }
        guard let owed = fee.refundable.first(where: { $0.reference == command.reference }) else {
            throw .nothingToRefund
        }
        guard !command.transfer.isBlank else { throw .transferMissing.about(["transfer"]) }
        let body = PaymentRefunded(
            payment: owed.payment, reference: owed.reference, amount: owed.amount, transfer: command.transfer)
        return [DecidedAct(.fee(.refunded(body)), under: .refundWithinFifteenDays, party: notice.party)]
    }
}
