import Procedure

extension Claim {
    /// A claim is written in the court's language; for a reader of English its kind stands before it.
    package var words: Words { Words(text, "\(kind.english): \(text)") }
}

extension Claim.Kind {
    fileprivate var english: String {
        switch self {
        case .refund: "Refund of the price"
        case .compensation: "Compensation"
        case .payment: "Payment"
        case .costs: "Costs of the case"
        }
    }
}
