/// The acts of a hearing in writing, each party at its own time (非同步审理).
public enum HearingAct: Hashable, Sendable {
    case applied(WritingApplied)
    case agreed(WritingAgreed)
    case refused(WritingRefused)
    case opened(HearingOpened)
    case phaseOpened(PhaseOpened)
    case asked(QuestionAsked)
    case answered(QuestionAnswered)
    case stated(StatementMade)
    case endAgreed(PhaseEndAgreed)
    case recusalAsked(RecusalAsked)
    case recusalDecided(RecusalDecided)
    case closed(HearingClosed)
    case transcriptDrafted(TranscriptDrafted)
    case transcriptConfirmed(TranscriptConfirmed)
    case transcriptObjected(TranscriptObjected)

    public var body: any ActBody {
        switch self {
        case .applied(let body): body
        case .agreed(let body): body
        case .refused(let body): body
        case .opened(let body): body
        case .phaseOpened(let body): body
        case .asked(let body): body
        case .answered(let body): body
        case .stated(let body): body
        case .endAgreed(let body): body
        case .recusalAsked(let body): body
        case .recusalDecided(let body): body
        case .closed(let body): body
        case .transcriptDrafted(let body): body
        case .transcriptConfirmed(let body): body
        case .transcriptObjected(let body): body
        }
    }

    static let kinds: [ActKind] = [
        ActKind(WritingApplied.self) { .hearing(.applied($0)) },
        ActKind(WritingAgreed.self) { .hearing(.agreed($0)) },
        ActKind(WritingRefused.self) { .hearing(.refused($0)) },
        ActKind(HearingOpened.self) { .hearing(.opened($0)) },
        ActKind(PhaseOpened.self) { .hearing(.phaseOpened($0)) },
        ActKind(QuestionAsked.self) { .hearing(.asked($0)) },
        ActKind(QuestionAnswered.self) { .hearing(.answered($0)) },
        ActKind(StatementMade.self) { .hearing(.stated($0)) },
        ActKind(PhaseEndAgreed.self) { .hearing(.endAgreed($0)) },
        ActKind(RecusalAsked.self) { .hearing(.recusalAsked($0)) },
        ActKind(RecusalDecided.self) { .hearing(.recusalDecided($0)) },
        ActKind(HearingClosed.self) { .hearing(.closed($0)) },
        ActKind(TranscriptDrafted.self) { .hearing(.transcriptDrafted($0)) },
        ActKind(TranscriptConfirmed.self) { .hearing(.transcriptConfirmed($0)) },
        ActKind(TranscriptObjected.self) { .hearing(.transcriptObjected($0)) },
    ]
}

/// The phases of a hearing, in order (庭审阶段).
///
/// - Source: Online Litigation Rules art. 22; Civil Procedure Law arts. 140–145.
public enum HearingPhase: String, CaseIterable, Codable, Sendable, Comparable {
    /// Rights told, recusal asked (庭前准备).
    case preparation
    /// Questions on facts (法庭调查).
    case investigation
    /// Argument (法庭辩论).
    case debate
    /// Last word (最后陈述).
    case finalStatements = "final-statements"

    public var name: Words {
        switch self {
        case .preparation: Words("庭前准备", "Preparation")
        case .investigation: Words("法庭调查", "Investigation")
        case .debate: Words("法庭辩论", "Debate")
        case .finalStatements: Words("最后陈述", "Final statements")
        }
    }

    public static func < (a: Self, b: Self) -> Bool { a.order < b.order }
    var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    public var next: HearingPhase? {
        let following = order + 1
        return following < Self.allCases.count ? Self.allCases[following] : nil
    }
}

/// A party asked, in writing, that each take part at its own time (书面申请).
public struct WritingApplied: ActBody {
    public static let type = "hearing.writing-applied"
    public let party: PartyID
    /// Why attending at the same time is really difficult.
    public let difficulty: String

    enum CodingKeys: String, CodingKey { case party, difficulty }

    public init(party: PartyID, difficulty: String) {
        self.party = party
        self.difficulty = difficulty
    }
}

/// Another party agreed (同意).
public struct WritingAgreed: ActBody {
    public static let type = "hearing.writing-agreed"
    public let party: PartyID

    enum CodingKeys: String, CodingKey { case party }
    public init(party: PartyID) { self.party = party }
}

/// A party would rather attend at the same time (不同意).
public struct WritingRefused: ActBody {
    public static let type = "hearing.writing-refused"
    public let party: PartyID
    public let reason: String

    enum CodingKeys: String, CodingKey { case party, reason }

    public init(party: PartyID, reason: String) {
        self.party = party
        self.reason = reason
    }
}

/// One condition of a hearing in writing, as the judge found it (适用条件).
public struct GateFound: Hashable, Codable, Sendable {
    public let gate: WritingGate
    public let reason: String

    enum CodingKeys: String, CodingKey { case gate, reason }

    public init(gate: WritingGate, reason: String) {
        self.gate = gate
        self.reason = reason
    }
}

/// The hearing in writing began; every gate of article 20 with its reason (开始非同步审理).
public struct HearingOpened: ActBody {
    public static let type = "hearing.opened"
    public let gates: [GateFound]
    public let until: CourtDay
    public let notice: DocumentReference
    public var files: [FileReference] { notice.files }

    enum CodingKeys: String, CodingKey { case gates, until, notice }

    public init(gates: [GateFound], until: CourtDay, notice: DocumentReference) {
        self.gates = gates
        self.until = until
        self.notice = notice
    }
}

/// The next phase began, and with it the one before ended (进入下一阶段).
public struct PhaseOpened: ActBody {
    public static let type = "hearing.phase-opened"
    public let phase: HearingPhase
    public let until: CourtDay

    enum CodingKeys: String, CodingKey { case phase, until }

    public init(phase: HearingPhase, until: CourtDay) {
        self.phase = phase
        self.until = until
    }
}

/// The judge, or a party through the judge, put a question (发问).
public struct QuestionAsked: ActBody {
    public static let type = "hearing.question-asked"
    public let question: QuestionID
    public let to: PartyID
    public let text: String
    /// The last day of the phase as it moved, when the time left was too short to answer.
    public let until: CourtDay?

    enum CodingKeys: String, CodingKey { case question, to, text, until }

    public init(question: QuestionID, to: PartyID, text: String, until: CourtDay? = nil) {
        self.question = question
        self.to = to
        self.text = text
        self.until = until
    }
}

/// The party answered it (回答).
public struct QuestionAnswered: ActBody {
    public static let type = "hearing.question-answered"
    public let question: QuestionID
    public let party: PartyID
    public let text: String

    enum CodingKeys: String, CodingKey { case question, party, text }

    public init(question: QuestionID, party: PartyID, text: String) {
        self.question = question
        self.party = party
        self.text = text
    }
}

/// A party spoke in the open phase: on facts, in argument, or for the last time (陈述、辩论).
public struct StatementMade: ActBody {
    public static let type = "hearing.statement-made"
    public let party: PartyID
    public let phase: HearingPhase
    public let text: String

    enum CodingKeys: String, CodingKey { case party, phase, text }

    public init(party: PartyID, phase: HearingPhase, text: String) {
        self.party = party
        self.phase = phase
        self.text = text
    }
}

/// A party has nothing more to say in this phase and agrees that it end before its last day (同意提前结束本阶段).
public struct PhaseEndAgreed: ActBody {
    public static let type = "hearing.end-agreed"
    public let party: PartyID
    public let phase: HearingPhase

    enum CodingKeys: String, CodingKey { case party, phase }

    public init(party: PartyID, phase: HearingPhase) {
        self.party = party
        self.phase = phase
    }
}

/// A party asked that the judge step aside (申请回避).
public struct RecusalAsked: ActBody {
    public static let type = "hearing.recusal-asked"
    public let party: PartyID
    public let reason: String

    enum CodingKeys: String, CodingKey { case party, reason }

    public init(party: PartyID, reason: String) {
        self.party = party
        self.reason = reason
    }
}

/// The request was decided, by someone other than the judge concerned (回避决定).
public struct RecusalDecided: ActBody {
    public static let type = "hearing.recusal-decided"
    public let upheld: Bool
    public let reason: String

    enum CodingKeys: String, CodingKey { case upheld, reason }

    public init(upheld: Bool, reason: String) {
        self.upheld = upheld
        self.reason = reason
    }
}

/// All phases were held; nothing more is heard (庭审结束).
public struct HearingClosed: BareActBody {
    public static let type = "hearing.closed"
    public init() {}
}

/// The record of the hearing was drawn, in one version (制作电子笔录).
public struct TranscriptDrafted: ActBody {
    public static let type = "transcript.drafted"
    public let transcript: DocumentReference
    public let version: Int
    public var files: [FileReference] { transcript.files }

    enum CodingKeys: String, CodingKey { case transcript, version }

    public init(transcript: DocumentReference, version: Int) {
        self.transcript = transcript
        self.version = version
    }
}

/// A person checked and confirmed exactly this version (确认笔录).
public struct TranscriptConfirmed: ActBody {
    public static let type = "transcript.confirmed"
    /// Nil when the judge confirms.
    public let party: PartyID?
    public let version: Int
    public let signature: Signature
    public var signed: Signature? { signature }

    enum CodingKeys: String, CodingKey { case party, version, signature }

    public init(party: PartyID?, version: Int, signature: Signature) {
        self.party = party
        self.version = version
        self.signature = signature
    }
}

/// A party asked for a correction of the record (申请补正笔录).
public struct TranscriptObjected: ActBody {
    public static let type = "transcript.objected"
    public let party: PartyID
    public let version: Int
    public let text: String

    enum CodingKeys: String, CodingKey { case party, version, text }

    public init(party: PartyID, version: Int, text: String) {
        self.party = party
        self.version = version
        self.text = text
    }
}
