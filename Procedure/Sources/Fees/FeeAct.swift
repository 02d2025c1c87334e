/// The acts about the court fee (诉讼费用).
public enum FeeAct: Hashable, Sendable {
    case noticed(FeeNoticed)
    case paid(FeePaid)
    case mismatched(PaymentMismatched)
    case refunded(PaymentRefunded)

    public var body: any ActBody {
        switch self {
        case .noticed(let body): body
        case .paid(let body): body
        case .mismatched(let body): body
        case .refunded(let body): body
        }
    }

    static let kinds: [ActKind] = [
        ActKind(FeeNoticed.self) { .fee(.noticed($0)) },
        ActKind(FeePaid.self) { .fee(.paid($0)) },
        ActKind(PaymentMismatched.self) { .fee(.mismatched($0)) },
        ActKind(PaymentRefunded.self) { .fee(.refunded($0)) },
    ]
}

/// The plaintiff was told what to pay and by when (交费通知).
public struct FeeNoticed: ActBody {
    public static let type = "fee.noticed"
    public let payment: PaymentID
    public let party: PartyID
    public let amount: Money
    /// The day the notice reached the party; the seven days count from it.
    public let received: CourtDay
    /// The last day as it was told.
    public let due: CourtDay

    enum CodingKeys: String, CodingKey { case payment, party, amount, received, due }

    public init(payment: PaymentID, party: PartyID, amount: Money, received: CourtDay, due: CourtDay) {
        self.payment = payment
        self.party = party
        self.amount = amount
        self.received = received
        self.due = due
    }
}

/// The fee came in (预交案件受理费).
public struct FeePaid: ActBody {
    public static let type = "fee.paid"
    public let payment: PaymentID
    public let amount: Money
    /// The payment service's own reference; the same reference twice is one payment.
    public let reference: String
    /// Whether it came after the last day.
    public let late: Bool
    public let receipt: DocumentReference?
    /// The sums it was taken out of, by their references, when none of them was the fee to the fen.
    public let from: [String]?
    public var files: [FileReference] { receipt?.files ?? [] }

    enum CodingKeys: String, CodingKey { case payment, amount, reference, late, receipt, from }

    public init(
        payment: PaymentID, amount: Money, reference: String, late: Bool, receipt: DocumentReference?,
        from: [String]? = nil
    ) {
        self.payment = payment
        self.amount = amount
        self.reference = reference
        self.late = late
        self.receipt = receipt
        self.from = from
    }
}

/// Money came that does not match the notice: a person has to look (缴费异常).
public struct PaymentMismatched: ActBody {
    public enum Difference: String, Codable, Sendable {
        case wrongAmount = "wrong-amount"
        /// The fee was already paid; this sum is to be returned.
        case paidTwice = "paid-twice"
        /// The case had already ended.
        case afterEnd = "after-end"
    }

    public static let type = "fee.mismatched"
    public let payment: PaymentID
    public let amount: Money
    public let expected: Money
    public let reference: String
    public let difference: Difference

    enum CodingKeys: String, CodingKey { case payment, amount, expected, reference, difference }

    public init(payment: PaymentID, amount: Money, expected: Money, reference: String, difference: Difference) {
        self.payment = payment
        self.amount = amount
        self.expected = expected
        self.reference = reference
        self.difference = difference
    }
}

/// Money that was not owed went back to whoever paid it (退还多收款项).
public struct PaymentRefunded: ActBody {
    public static let type = "fee.refunded"
    public let payment: PaymentID
    /// The sum that came in, by the payment service's reference.
    public let reference: String
    public let amount: Money
    /// The reference under which the court's bank sent it back.
    public let transfer: String

    enum CodingKeys: String, CodingKey { case payment, reference, amount, transfer }

    public init(payment: PaymentID, reference: String, amount: Money, transfer: String) {
        self.payment = payment
        self.reference = reference
        self.amount = amount
        self.transfer = transfer
    }
}
