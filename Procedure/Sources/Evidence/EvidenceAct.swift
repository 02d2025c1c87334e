/// The acts of answer and evidence (答辩、举证、质证、认证).
public enum EvidenceAct: Hashable, Sendable {
    case periodSet(EvidencePeriodSet)
    case answered(AnswerSubmitted)
    case offered(ExhibitsOffered)
    case exchangeOpened(ExchangeOpened)
    case opined(OpinionGiven)
    case endAgreed(ExchangeEndAgreed)
    case exchangeClosed(ExchangeClosed)
    case formFound(OriginalFormFound)
    case found(ExhibitFound)

    public var body: any ActBody {
        switch self {
        case .periodSet(let body): body
        case .answered(let body): body
        case .offered(let body): body
        case .exchangeOpened(let body): body
        case .opined(let body): body
        case .endAgreed(let body): body
        case .exchangeClosed(let body): body
        case .formFound(let body): body
        case .found(let body): body
        }
    }

    static let kinds: [ActKind] = [
        ActKind(EvidencePeriodSet.self) { .evidence(.periodSet($0)) },
        ActKind(AnswerSubmitted.self) { .evidence(.answered($0)) },
        ActKind(ExhibitsOffered.self) { .evidence(.offered($0)) },
        ActKind(ExchangeOpened.self) { .evidence(.exchangeOpened($0)) },
        ActKind(OpinionGiven.self) { .evidence(.opined($0)) },
        ActKind(ExchangeEndAgreed.self) { .evidence(.endAgreed($0)) },
        ActKind(ExchangeClosed.self) { .evidence(.exchangeClosed($0)) },
        ActKind(OriginalFormFound.self) { .evidence(.formFound($0)) },
        ActKind(ExhibitFound.self) { .evidence(.found($0)) },
    ]
}

/// A party's period for evidence and, for the defendant, for the answer (指定举证期限、答辩期).
public struct EvidencePeriodSet: ActBody {
    public static let type = "evidence.period-set"
    public let party: PartyID
    public let evidenceBy: CourtDay
    public let answerBy: CourtDay?

    enum CodingKeys: String, CodingKey {
        case party
        case evidenceBy = "evidence_by"
        case answerBy = "answer_by"
    }

    public init(party: PartyID, evidenceBy: CourtDay, answerBy: CourtDay?) {
        self.party = party
        self.evidenceBy = evidenceBy
        self.answerBy = answerBy
    }
}

/// What the defendant says to one claim (对诉讼请求的答辩意见).
public struct ClaimResponse: Hashable, Codable, Sendable {
    public enum Stand: String, CaseIterable, Codable, Sendable {
        case admitted
        case partlyAdmitted = "partly-admitted"
        case disputed
    }

    public let claim: ClaimID
    public let stand: Stand
    /// The sum admitted, when only part is.
    public let admitted: Money?
    public let reason: String

    enum CodingKeys: String, CodingKey { case claim, stand, admitted, reason }

    public init(claim: ClaimID, stand: Stand, admitted: Money?, reason: String) {
        self.claim = claim
        self.stand = stand
        self.admitted = admitted
        self.reason = reason
    }
}

/// The answer reached the court (提交答辩状).
public struct AnswerSubmitted: ActBody {
    public static let type = "answer.submitted"
    public let party: PartyID
    public let responses: [ClaimResponse]
    public let facts: String
    public let answers: [String: String]
    public let form: String
    public let exhibits: [OfferedExhibit]
    public let document: DocumentReference
    public let signature: Signature
    /// Why the exhibits came after the period, when they did.
    public let reasonForDelay: String?
    public var files: [FileReference] { document.files + exhibits.map(\.file) }
    public var signed: Signature? { signature }

    enum CodingKeys: String, CodingKey {
        case party, responses, facts, answers, form, exhibits, document, signature
        case reasonForDelay = "reason_for_delay"
    }

    public init(
        party: PartyID, responses: [ClaimResponse], facts: String, answers: [String: String], form: String,
        exhibits: [OfferedExhibit], document: DocumentReference, signature: Signature, reasonForDelay: String? = nil
    ) {
        self.party = party
        self.responses = responses
        self.facts = facts
        self.answers = answers
        self.form = form
        self.exhibits = exhibits
        self.document = document
        self.signature = signature
        self.reasonForDelay = reasonForDelay
    }

    func late(because reason: String?) -> AnswerSubmitted {
        AnswerSubmitted(
            party: party, responses: responses, facts: facts, answers: answers, form: form, exhibits: exhibits,
            document: document, signature: signature, reasonForDelay: reason)
    }
}

/// A party offered further exhibits (举证).
public struct ExhibitsOffered: ActBody {
    public static let type = "evidence.offered"
    public let party: PartyID
    public let exhibits: [OfferedExhibit]
    /// Why they came after the period, when they did.
    public let reasonForDelay: String?
    public var files: [FileReference] { exhibits.map(\.file) }

    enum CodingKeys: String, CodingKey {
        case party, exhibits
        case reasonForDelay = "reason_for_delay"
    }

    public init(party: PartyID, exhibits: [OfferedExhibit], reasonForDelay: String?) {
        self.party = party
        self.exhibits = exhibits
        self.reasonForDelay = reasonForDelay
    }
}

/// A window opened in which each party gives opinions at its own time (非同步证据交换).
public struct ExchangeOpened: ActBody {
    public static let type = "evidence.exchange-opened"
    public let until: CourtDay

    enum CodingKeys: String, CodingKey { case until }
    public init(until: CourtDay) { self.until = until }
}

/// One of the three questions about an exhibit (真实性、合法性、关联性).
public enum ExhibitQuality: String, CaseIterable, Codable, Sendable {
    case authenticity
    case legality
    case relevance

    public var name: Words {
        switch self {
        case .authenticity: Words("真实性", "Authenticity")
        case .legality: Words("合法性", "Legality")
        case .relevance: Words("关联性", "Relevance")
        }
    }
}

/// What the opponent says to one exhibit (质证意见): three answers, each with its reason where disputed.
public struct OpinionGiven: ActBody {
    public struct View: Hashable, Codable, Sendable {
        public let accepted: Bool
        public let reason: String

        enum CodingKeys: String, CodingKey { case accepted, reason }

        public init(accepted: Bool, reason: String) {
            self.accepted = accepted
            self.reason = reason
        }
    }

    public static let type = "evidence.opinion-given"
    public let exhibit: ExhibitID
    public let party: PartyID
    public let authenticity: View
    public let legality: View
    public let relevance: View
    /// Whether the copy is said to differ from the original, with grounds.
    public let differsFromOriginal: String?

    enum CodingKeys: String, CodingKey {
        case exhibit, party, authenticity, legality, relevance
        case differsFromOriginal = "differs_from_original"
    }

    public init(
        exhibit: ExhibitID, party: PartyID, authenticity: View, legality: View, relevance: View,
        differsFromOriginal: String?
    ) {
        self.exhibit = exhibit
        self.party = party
        self.authenticity = authenticity
        self.legality = legality
        self.relevance = relevance
        self.differsFromOriginal = differsFromOriginal
    }
}

/// A party has nothing more to say on the evidence and agrees that the window end before its last day (同意提前结束).
public struct ExchangeEndAgreed: ActBody {
    public static let type = "evidence.end-agreed"
    public let party: PartyID

    enum CodingKeys: String, CodingKey { case party }
    public init(party: PartyID) { self.party = party }
}

/// The window closed: its last day passed, or everybody had spoken or agreed (证据交换结束).
public struct ExchangeClosed: BareActBody {
    public static let type = "evidence.exchange-closed"
    public init() {}
}

/// A digitised exhibit meets the form of an original (视为符合原件形式). Says nothing about its truth.
///
/// - Source: Online Litigation Rules art. 13.
public struct OriginalFormFound: ActBody {
    public enum Ground: String, CaseIterable, Codable, Sendable {
        case noObjection = "no-objection"
        case notarised
        case confirmedEarlier = "confirmed-earlier"
        case compared
        case otherEvidence = "other-evidence"
    }

    public static let type = "evidence.form-found"
    public let exhibit: ExhibitID
    public let ground: Ground
    public let reason: String

    enum CodingKeys: String, CodingKey { case exhibit, ground, reason }

    public init(exhibit: ExhibitID, ground: Ground, reason: String) {
        self.exhibit = exhibit
        self.ground = ground
        self.reason = reason
    }
}

/// The court's three findings on an exhibit (认证).
///
/// - Source: Online Litigation Rules art. 15.
public struct ExhibitFound: ActBody {
    public struct Finding: Hashable, Codable, Sendable {
        public let upheld: Bool
        public let reason: String

        enum CodingKeys: String, CodingKey { case upheld, reason }

        public init(upheld: Bool, reason: String) {
            self.upheld = upheld
            self.reason = reason
        }
    }

    public static let type = "evidence.found"
    public let exhibit: ExhibitID
    public let authenticity: Finding
    public let legality: Finding
    public let relevance: Finding

    enum CodingKeys: String, CodingKey { case exhibit, authenticity, legality, relevance }

    public init(exhibit: ExhibitID, authenticity: Finding, legality: Finding, relevance: Finding) {
        self.exhibit = exhibit
        self.authenticity = authenticity
        self.legality = legality
        self.relevance = relevance
    }
}
