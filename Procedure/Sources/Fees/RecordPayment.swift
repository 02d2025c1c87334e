/// The payment service reports money for this case (收到缴费通知). It may report twice, late, or the wrong sum.
public struct RecordPayment: Hashable, Sendable {
    public let payment: PaymentID
    public let amount: Money
    public let reference: String
    public let receipt: DocumentReference?

    public init(payment: PaymentID, amount: Money, reference: String, receipt: DocumentReference?) {
        self.payment = payment
        self.amount = amount
        self.reference = reference
        self.receipt = receipt
    }
}

/// A judge rules that the suit counts as withdrawn, the fee being unpaid (裁定按撤诉处理).
public struct RuleDeemedWithdrawal: Hashable, Sendable {
    public let reason: String
    public let ruling: DocumentReference
    public let signature: Signature

    public init(reason: String, ruling: DocumentReference, signature: Signature) {
        self.reason = reason
        self.ruling = ruling
        self.signature = signature
    }
}

extension Refusal {
    public static let noFeeNotice = Refusal(
        code: "fee.no-notice", article: nil,
        reason: Words("本案尚未发出交费通知。", "No fee notice has gone out in this case."),
        remedy: Words("须先通知交费。", "The fee notice must come first."))
    public static let unknownPayment = Refusal(
        code: "fee.unknown-payment", article: nil,
        reason: Words("缴费编号与本案通知不符。", "The payment number is not that of this case's notice."),
        remedy: Words("须先核对缴费通知上的编号。", "The number on the fee notice must be checked first."))
    public static let feeNotOverdue = Refusal(
        code: "fee.not-overdue", article: .prepayWithinSevenDays,
        reason: Words("交费期限尚未届满，或者费用已交。", "The period for payment is not over, or the fee is paid."),
        remedy: Words("期限届满仍未交费的，才可按撤诉处理。", "Only an unpaid fee after the last day counts as withdrawal."))
    public static let caseEnded = Refusal(
        code: "case.ended", article: nil,
        reason: Words("本案已经结案。", "The case has ended."),
        remedy: Words("须在结案前办理；如有疑问请联系书记员。", "This step must come before the end; ask the clerk if in doubt."))
}

extension CaseState {
    /// Decides what money that came in means. A reference seen before means nothing new: no act at all.
    ///
    /// - Source: Litigation Fees Measures arts. 20, 22.
    public func decide(_ command: RecordPayment, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard let notice = fee.notice else { throw .noFeeNotice }
        guard notice.payment == command.payment else { throw .unknownPayment }
        guard !fee.knows(reference: command.reference) else { return [] }
        let difference: PaymentMismatched.Difference? =
            if closing.manner != nil {
                .afterEnd
            } else if fee.paid != nil {
                .paidTwice
            } else if command.amount != notice.amount {
                .wrongAmount
            } else {
                nil
            }
        if let difference {
            let body = PaymentMismatched(
                payment: command.payment, amount: command.amount, expected: notice.amount,
                reference: command.reference, difference: difference)
            return [DecidedAct(.fee(.mismatched(body)), under: .prepayWithinSevenDays, party: notice.party)]
        }
        let body = FeePaid(
            payment: command.payment, amount: command.amount, reference: command.reference,
            late: context.happenedOn > notice.due, receipt: command.receipt)
        return [DecidedAct(.fee(.paid(body)), under: .prepayWithinSevenDays, party: notice.party)]
    }

    /// - Source: Litigation Fees Measures art. 22; Interpretation art. 213.
    public func decide(_ command: RuleDeemedWithdrawal, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard fee.notice != nil else { throw .noFeeNotice }
        guard closing.manner == nil else { throw .caseEnded }
        try requireSittingJudge()
        guard fee.isOverdue(today: context.today) else { throw .feeNotOverdue }
        guard command.signature.binds(command.ruling, for: context.acting.account) else { throw .rulingSignature }
        let body = WithdrawalRuled(reason: command.reason, ruling: command.ruling, signature: command.signature)
        return [
            DecidedAct(.judgment(.withdrawalRuled(body)), under: .prepayWithinSevenDays, .unpaidIsWithdrawal),
            DecidedAct(.closing(.closed(CaseClosed(manner: .deemedWithdrawal))), under: .unpaidIsWithdrawal),
        ]
    }
}
