/// A person brings a complaint before the court (提交起诉状).
public struct SubmitComplaint: Hashable, Sendable {
    public let complaint: Complaint
    public init(complaint: Complaint) { self.complaint = complaint }
}

extension Refusal {
    public static let alreadySubmitted = Refusal(
        code: "filing.already-submitted", article: nil,
        reason: Words("这份起诉状已经提交。", "This complaint has already been sent."),
        remedy: Words(
            "须另行起诉的，先新建一份起诉状；进展见案件页面。",
            "To sue again, start a new complaint first; the case page shows how this one stands."))
    public static let incompleteComplaint = Refusal(
        code: "filing.incomplete", article: .contentOfComplaint,
        reason: Words("起诉状还缺少必须写明的内容。", "The complaint still lacks something it must state."),
        remedy: Words("请补齐标出的各项，然后再提交。", "Fill in the marked items, then send it."))
    public static let noConcreteClaim = Refusal(
        code: "filing.no-concrete-claim", article: .conditionsOfSuit,
        reason: Words(
            "诉讼请求须具体：要求付款的，应以人民币写明金额。", "A claim must be concrete: a claim for money names the sum, in yuan."),
        remedy: Words("请写明每项请求和金额。", "State each claim and its sum."))
    public static let signatureOfOther = Refusal(
        code: "filing.signature-mismatch", article: .onlineSigning,
        reason: Words("签名与这份起诉状不相符。", "The signature does not belong to this very complaint."),
        remedy: Words("请重新核对起诉状后再签名。", "Check the complaint again, then sign it."))
    public static let unknownCause = Refusal(
        code: "filing.unknown-cause", article: nil,
        reason: Words("案由不在现行案由表中。", "The cause of action is not in the table in force."),
        remedy: Words("须先从现行案由表中选择案由。", "A cause must be chosen from the table first."))
}

extension CaseState {
    /// Decides whether a complaint may be entered as submitted.
    ///
    /// Form is checked so far as a person can mend it at once; the rest is the filing clerk's.
    ///
    /// - Source: Civil Procedure Law arts. 122, 124; Online Litigation Rules arts. 9, 11, 33.
    public func decide(_ command: SubmitComplaint, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard filing.submitted == nil else { throw .alreadySubmitted }
        try command.complaint.checkForm(by: context.acting.account, in: context)
        return [
            DecidedAct(
                .filing(.submitted(ComplaintSubmitted(complaint: command.complaint))),
                under: .contentOfComplaint, .onlineFiling)
        ]
    }
}

extension Complaint {
    /// Refuses a complaint that lacks what art. 124 asks for, or whose signature is not over its own bytes.
    func checkForm(by account: AccountID, in context: Context) throws(Refusal) {
        guard context.tables.causes.contains(cause) else { throw .unknownCause.about(["cause"]) }
        let missing = missingFields
        guard missing.isEmpty else { throw .incompleteComplaint.about(missing) }
        guard claims.contains(where: { $0.kind != .costs }),
            claims.allSatisfy({ $0.kind == .costs || ($0.amount?.minorUnits ?? 0) > 0 }),
            areSumsCountable
        else { throw .noConcreteClaim.about(["claims"]) }
        guard signature.binds(document, for: account) else { throw .signatureOfOther }
    }

    /// Whether every sum is in yuan, and each and all of them within what a court counts with.
    private var areSumsCountable: Bool {
        let sums = claims.compactMap(\.amount)
        let greatest = Self.greatestSum.minorUnits
        return sums.allSatisfy { $0.currency == .cny && (0...greatest).contains($0.minorUnits) }
            && sums.reduce(Int128(0)) { $0 + Int128($1.minorUnits) } <= Int128(greatest)
    }

    private var missingFields: [String] {
        var missing: [String] = []
        for place in parties {
            let role = place.role.rawValue
            if place.details.name.isBlank { missing.append("\(role).name") }
            if place.details.address.isBlank { missing.append("\(role).address") }
            if place.role == .plaintiff, place.details.telephone.isBlank { missing.append("\(role).telephone") }
            if place.role == .plaintiff, place.details.residentNumber == nil {
                missing.append("\(role).resident_number")
            }
        }
        if !parties.contains(where: { $0.role == .plaintiff }) { missing.append("plaintiff") }
        if !parties.contains(where: { $0.role == .defendant }) { missing.append("defendant") }
        if claims.isEmpty { missing.append("claims") }
        if facts.isBlank { missing.append("facts") }
        if document.files.isEmpty { missing.append("document") }
        return missing
    }
}

extension String {
    /// Whether there is nothing in it but space.
    var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
