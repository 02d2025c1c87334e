/// The court fee as the docket tells it (诉讼费用).
public struct FeeState: Hashable, Sendable {
    public private(set) var notice: FeeNoticed?
    public private(set) var paid: FeePaid?
    public private(set) var paidAt: Instant?
    public private(set) var mismatches: [PaymentMismatched] = []
    public private(set) var refunds: [PaymentRefunded] = []
    /// When each sum that did not match came in, by its reference.
    public private(set) var received: [String: Happened] = [:]

    mutating func apply(_ act: FeeAct, in entry: Entry) {
        switch act {
        case .noticed(let body): notice = body
        case .paid(let body):
            paid = body
            paidAt = entry.entered
        case .mismatched(let body):
            mismatches.append(body)
            received[body.reference] = entry.happened
        case .refunded(let body): refunds.append(body)
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
        return taking(notice.amount) != nil
    }

    /// The sums, in the order they came, that together first reach the fee; nil while they do not.
    func taking(_ fee: Money) -> [PaymentMismatched]? {
        var taken: [PaymentMismatched] = []
        var sum = Int128(0)
        for held in mismatches where held.difference == .wrongAmount && held.amount.currency == fee.currency {
            guard !refunds.contains(where: { $0.reference == held.reference }) else { continue }
            taken.append(held)
            sum += Int128(held.amount.minorUnits)
            if sum >= Int128(fee.minorUnits) { return taken }
        }
        return nil
    }

    /// What is to go back of each sum that is not, or not all of it, the fee (应退款项). Empty while money may still
    /// become the fee.
    public var refundable: [PaymentMismatched] {
        let settled = paid != nil
        let taken = paid?.from ?? []
        return mismatches.compactMap { held in
            guard !refunds.contains(where: { $0.reference == held.reference }) else { return nil }
            guard settled || held.difference != .wrongAmount || held.amount.currency != held.expected.currency else {
                return nil
            }
            let rest = taken.contains(held.reference) ? excess(of: held, in: taken) : held.amount.minorUnits
            guard rest > 0 else { return nil }
            return PaymentMismatched(
                payment: held.payment, amount: Money(minorUnits: rest, currency: held.amount.currency),
                expected: held.expected, reference: held.reference, difference: held.difference)
        }
    }

    /// Of the sums the fee was taken out of, only the last can have been too much.
    private func excess(of held: PaymentMismatched, in taken: [String]) -> Int64 {
        guard held.reference == taken.last, let paid else { return 0 }
        let sum = mismatches.filter { taken.contains($0.reference) }
            .reduce(Int128(0)) { $0 + Int128($1.amount.minorUnits) }
        return Int64(clamping: sum - Int128(paid.amount.minorUnits))
    }

    public func knows(reference: String) -> Bool {
        paid?.reference == reference || mismatches.contains { $0.reference == reference }
    }
}

extension Article {
    /// Prepay within seven days of the notice (预交期限).
    public static let prepayWithinSevenDays = Article(.fees, 22)
    /// Money to return goes back within fifteen days of the decision's effect (退还诉讼费用).
    public static let refundWithinFifteenDays = Article(.fees, 53)
    /// Unpaid after notice: treated as withdrawn (未交按撤诉处理).
    public static let unpaidIsWithdrawal = Article(.interpretation, 213)
}
