import Procedure

/// Under which heading the calculator lists a limit, by the first procedure it belongs to.
enum DeadlineGroup: CaseIterable, Sendable {
    case litigation, service, mediation, preservation, appeal, paymentOrder, special, family, administrative
    case enforcement, other

    init(_ rule: DeadlineRule) {
        self =
            switch rule.appliesTo.first {
            case "ordinary", "simple", "small_claims", "online", "all": .litigation
            case "service", "foreign_related": .service
            case "mediation", "judicial_confirmation": .mediation
            case "preservation": .preservation
            case "appeal", "retrial", "third_party_revocation": .appeal
            case "payment_order", "public_summons": .paymentOrder
            case "special", "security_realization", "public_interest": .special
            case "family", "labour": .family
            case "administrative": .administrative
            case "enforcement", "enforcement_objection_suit": .enforcement
            default: .other
            }
    }

    var name: Words {
        switch self {
        case .litigation: Words("起诉、答辩、审理", "Filing, answer and trial")
        case .service: Words("送达、涉外", "Service of documents, parties abroad")
        case .mediation: Words("调解、司法确认", "Mediation and its confirmation")
        case .preservation: Words("保全", "Preservation")
        case .appeal: Words("上诉、再审、第三人撤销之诉", "Appeal, retrial, third-party revocation")
        case .paymentOrder: Words("支付令、公示催告", "Payment orders, public summons")
        case .special: Words("特别程序、公益诉讼", "Special procedures, public interest")
        case .family: Words("家事、劳动", "Family and labour")
        case .administrative: Words("行政诉讼", "Administrative litigation")
        case .enforcement: Words("执行", "Enforcement")
        case .other: Words("其他", "Other")
        }
    }
}
