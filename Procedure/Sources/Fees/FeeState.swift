/// The court fee as the docket tells it (诉讼费用).
public struct FeeState: Hashable, Sendable {
    public private(set) var notice: FeeNoticed?
    public private(set) var paid: FeePaid?
    public private(set) var paidAt: Instant?
    public private(set) var mismatches: [PaymentMismatched] = []

    mutating func apply(_ act: FeeAct, in entry: Entry) {
        switch act {
        case .noticed(let body): notice = body
        case .paid(let body):
            paid = body
            paidAt = entry.entered
        case .mismatched(let body): mismatches.append(body)
        }
    }

    /// Whether the last day has passed without the fee.
    public func isOverdue(today: CourtDay) -> Bool {
        guard let notice, !isCovered else { return false }
        return today > notice.due
    }

    /// Whether the fee is with the court, were it as too large a sum or in parts that a person has yet to look at.
    public var isCovered: Bool {
        guard paid == nil else { return true }
        guard let notice else { return false }
        let held = mismatches.filter { $0.difference == .wrongAmount && $0.amount.currency == notice.amount.currency }
        return held.reduce(0) { Int128($1.amount.minorUnits) + $0 } >= Int128(notice.amount.minorUnits)
    }

    public func knows(reference: String) -> Bool {
        paid?.reference == reference || mismatches.contains { $0.reference == reference }
    }
}

extension Article {
    /// Prepay within seven days of the notice (预交期限).
    public static let prepayWithinSevenDays = Article(.fees, 22)
    /// Unpaid after notice: treated as withdrawn (未交按撤诉处理).
    public static let unpaidIsWithdrawal = Article(.interpretation, 213)
}
