/// The acts about the court fee (诉讼费用).
public enum FeeAct: Hashable, Sendable {
    case noticed(FeeNoticed)
    case paid(FeePaid)
    case mismatched(PaymentMismatched)

    public var body: any ActBody {
        switch self {
        case .noticed(let body): body
        case .paid(let body): body
        case .mismatched(let body): body
        }
    }

    static let kinds: [ActKind] = [
        ActKind(FeeNoticed.self) { .fee(.noticed($0)) },
        ActKind(FeePaid.self) { .fee(.paid($0)) },
        ActKind(PaymentMismatched.self) { .fee(.mismatched($0)) },
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
    public var files: [FileReference] { receipt?.files ?? [] }

    enum CodingKeys: String, CodingKey { case payment, amount, reference, late, receipt }

    public init(payment: PaymentID, amount: Money, reference: String, late: Bool, receipt: DocumentReference?) {
        self.payment = payment
        self.amount = amount
        self.reference = reference
        self.late = late
        self.receipt = receipt
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
