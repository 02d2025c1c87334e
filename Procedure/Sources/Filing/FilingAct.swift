/// The acts of filing (立案).
public enum FilingAct: Hashable, Sendable {
    case submitted(ComplaintSubmitted)
    case correctionRequested(CorrectionRequested)
    case corrected(ComplaintCorrected)
    case returned(PapersReturned)
    case transferAdvised(TransferAdvised)
    case insisted(PlaintiffInsisted)
    case declined(NonAcceptanceRuled)
    case docketed(CaseDocketed)

    public var body: any ActBody {
        switch self {
        case .submitted(let body): body
        case .correctionRequested(let body): body
        case .corrected(let body): body
        case .returned(let body): body
        case .transferAdvised(let body): body
        case .insisted(let body): body
        case .declined(let body): body
        case .docketed(let body): body
        }
    }

    static let kinds: [ActKind] = [
        ActKind(ComplaintSubmitted.self) { .filing(.submitted($0)) },
        ActKind(CorrectionRequested.self) { .filing(.correctionRequested($0)) },
        ActKind(ComplaintCorrected.self) { .filing(.corrected($0)) },
        ActKind(PapersReturned.self) { .filing(.returned($0)) },
        ActKind(TransferAdvised.self) { .filing(.transferAdvised($0)) },
        ActKind(PlaintiffInsisted.self) { .filing(.insisted($0)) },
        ActKind(NonAcceptanceRuled.self) { .filing(.declined($0)) },
        ActKind(CaseDocketed.self) { .filing(.docketed($0)) },
    ]
}

/// What a complaint says (起诉状的内容), as the person checked and signed it.
///
/// - Source: Civil Procedure Law art. 124.
public struct Complaint: Hashable, Codable, Sendable {
    /// The cause's id in the table of causes, such as `C088.08`.
    public let cause: String
    public let parties: [PartyPlace]
    public let claims: [Claim]
    /// Facts and reasons, as told.
    public let facts: String
    /// The answers of the form, by the form's own field names.
    public let answers: [String: String]
    /// The form's name and version.
    public let form: String
    public let exhibits: [OfferedExhibit]
    public let document: DocumentReference
    public let signature: Signature

    enum CodingKeys: String, CodingKey {
        case cause, parties, claims, facts, answers, form, exhibits, document, signature
    }

    public init(
        cause: String, parties: [PartyPlace], claims: [Claim], facts: String, answers: [String: String], form: String,
        exhibits: [OfferedExhibit], document: DocumentReference, signature: Signature
    ) {
        self.cause = cause
        self.parties = parties
        self.claims = claims
        self.facts = facts
        self.answers = answers
        self.form = form
        self.exhibits = exhibits
        self.document = document
        self.signature = signature
    }

    /// The largest sum a claim, and all of them together, may name: 10¹⁵ fen.
    public static let greatestSum = Money(minorUnits: 1_000_000_000_000_000)

    /// The sum in dispute (诉讼标的额): all money claims but costs, added up. No complaint gets in whose sum is not in
    /// yuan or goes beyond `greatestSum`; of one stored all the same, what is in yuan counts, to that sum.
    ///
    /// - Source: Interpretation art. 201.
    public var sumInDispute: Money {
        let sums = claims.filter { $0.kind != .costs }.compactMap(\.amount).filter { $0.currency == .cny }
        return sums.reduce(.zero) { total, sum in
            let (units, overflows) = total.minorUnits.addingReportingOverflow(sum.minorUnits)
            return overflows ? Self.greatestSum : Money(minorUnits: min(units, Self.greatestSum.minorUnits))
        }
    }

    public var files: [FileReference] { document.files + exhibits.map(\.file) }
}

/// The complaint reached the court (提交起诉材料).
public struct ComplaintSubmitted: ActBody {
    public static let type = "filing.submitted"
    public let complaint: Complaint
    public var signed: Signature? { complaint.signature }
    public var files: [FileReference] { complaint.files }

    enum CodingKeys: String, CodingKey { case complaint }
    public init(complaint: Complaint) { self.complaint = complaint }
}

/// One thing that is missing or wrong in form (补正事项).
public struct CorrectionItem: Hashable, Codable, Sendable {
    /// Which check of the checklist failed.
    public let check: FilingCheck
    public let explanation: String

    enum CodingKeys: String, CodingKey { case check, explanation }

    public init(check: FilingCheck, explanation: String) {
        self.check = check
        self.explanation = explanation
    }
}

/// The court listed everything that needs correction, once (一次性告知补正).
public struct CorrectionRequested: ActBody {
    public static let type = "filing.correction-requested"
    public let items: [CorrectionItem]
    public let due: CourtDay
    public let notice: DocumentReference
    public var files: [FileReference] { notice.files }

    enum CodingKeys: String, CodingKey { case items, due, notice }

    public init(items: [CorrectionItem], due: CourtDay, notice: DocumentReference) {
        self.items = items
        self.due = due
        self.notice = notice
    }
}

/// The corrected complaint reached the court (提交补正材料).
public struct ComplaintCorrected: ActBody {
    public static let type = "filing.corrected"
    public let complaint: Complaint
    /// The digests of what was already in; only newer files become leaves again.
    public let kept: [ContentDigest]
    public var files: [FileReference] { complaint.files.filter { !kept.contains($0.digest) } }
    public var signed: Signature? { complaint.signature }

    enum CodingKeys: String, CodingKey { case complaint, kept }

    public init(complaint: Complaint, kept: [ContentDigest]) {
        self.complaint = complaint
        self.kept = kept
    }
}

/// The papers went back without a ruling: never corrected, or not insisted on (退回起诉材料).
public struct PapersReturned: ActBody {
    public static let type = "filing.returned"
    public let reason: String
    public let notice: DocumentReference
    public var files: [FileReference] { notice.files }

    enum CodingKeys: String, CodingKey { case reason, notice }

    public init(reason: String, notice: DocumentReference) {
        self.reason = reason
        self.notice = notice
    }
}

/// The plaintiff was told which court hears the case (告知向有管辖权的人民法院起诉).
public struct TransferAdvised: ActBody {
    public static let type = "filing.transfer-advised"
    public let court: String
    public let reason: String
    public let notice: DocumentReference
    public var files: [FileReference] { notice.files }

    enum CodingKeys: String, CodingKey { case court, reason, notice }

    public init(court: String, reason: String, notice: DocumentReference) {
        self.court = court
        self.reason = reason
        self.notice = notice
    }
}

/// The plaintiff wants a decision all the same (原告坚持起诉).
public struct PlaintiffInsisted: ActBody {
    public static let type = "filing.insisted"
    public let words: String

    enum CodingKeys: String, CodingKey { case words }
    public init(words: String) { self.words = words }
}

/// The court ruled not to accept the suit (裁定不予受理). Appealable within ten days.
public struct NonAcceptanceRuled: ActBody {
    public static let type = "filing.declined"
    public let reason: String
    public let ruling: DocumentReference
    public let signature: Signature
    public var files: [FileReference] { ruling.files }
    public var signed: Signature? { signature }

    enum CodingKeys: String, CodingKey { case reason, ruling, signature }

    public init(reason: String, ruling: DocumentReference, signature: Signature) {
        self.reason = reason
        self.ruling = ruling
        self.signature = signature
    }
}

/// The case was registered under a number (立案).
public struct CaseDocketed: ActBody {
    public static let type = "case.docketed"
    public let number: CaseNumber
    public let procedure: TrialProcedure
    /// Why this procedure: the reasons as the rules gave them.
    public let reasons: [String]
    public let draw: JudgeDraw

    enum CodingKeys: String, CodingKey { case number, procedure, reasons, draw }

    public init(number: CaseNumber, procedure: TrialProcedure, reasons: [String], draw: JudgeDraw) {
        self.number = number
        self.procedure = procedure
        self.reasons = reasons
        self.draw = draw
    }
}

/// The procedure of first instance a case is heard in (审理程序).
public enum TrialProcedure: String, CaseIterable, Codable, Sendable {
    case smallClaims = "small-claims"
    case simple
    case ordinary

    public var name: Words {
        switch self {
        case .smallClaims: Words("小额诉讼程序", "Small-claims procedure")
        case .simple: Words("简易程序", "Simple procedure")
        case .ordinary: Words("普通程序", "Ordinary procedure")
        }
    }
}
