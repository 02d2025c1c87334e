/// The hearing in writing as the docket tells it (非同步庭审).
public struct HearingState: Hashable, Sendable {
    public struct Question: Hashable, Sendable {
        public let question: QuestionID
        public let to: PartyID
        public let text: String
        public let phase: HearingPhase
        public let asked: Happened
        public internal(set) var answer: String?
        public internal(set) var answered: Happened?
    }

    public struct Statement: Hashable, Sendable {
        public let party: PartyID
        public let phase: HearingPhase
        public let text: String
        public let at: Happened
    }

    /// A party agreed that a phase end early.
    public struct EarlyEnd: Hashable, Sendable {
        public let party: PartyID
        public let phase: HearingPhase
        public let at: Happened
    }

    public struct Recusal: Hashable, Sendable {
        public let by: PartyID
        public let reason: String
        public let asked: Happened
        public internal(set) var upheld: Bool?
        public internal(set) var decision: String?
        /// When the hearing went on: with the decision, or once another judge was drawn.
        public internal(set) var wentOn: Happened?
    }

    public struct Transcript: Hashable, Sendable {
        public let document: DocumentReference
        public let version: Int
        public let drafted: Happened
        public internal(set) var confirmedBy: [PartyID: Signature] = [:]
        public internal(set) var confirmedByJudge: Signature?
        public internal(set) var objections: [TranscriptObjected] = []
    }

    public private(set) var application: WritingApplied?
    public private(set) var agreed: Set<PartyID> = []
    public private(set) var refused: [PartyID: String] = [:]
    public private(set) var opened: HearingOpened?
    public private(set) var phase: HearingPhase?
    /// The last day of the open phase.
    public private(set) var phaseUntil: CourtDay?
    /// Who agreed that the open phase end early; whatever is said or asked afterwards voids it.
    public private(set) var endAgreed: Set<PartyID> = []
    public private(set) var questions: [Question] = []
    public private(set) var statements: [Statement] = []
    /// Every agreement that was given, also those that were voided since.
    public private(set) var earlyEnds: [EarlyEnd] = []
    public private(set) var recusals: [Recusal] = []
    public private(set) var closedAt: Happened?
    /// The newest version; confirmations of an older one do not carry over.
    public private(set) var transcript: Transcript?

    mutating func apply(_ act: HearingAct, in entry: Entry) {
        switch act {
        case .applied(let body):
            application = body
            agreed.insert(body.party)
        case .agreed(let body):
            agreed.insert(body.party)
            refused[body.party] = nil
        case .refused(let body):
            agreed.remove(body.party)
            refused[body.party] = body.reason
        case .opened(let body):
            opened = body
            phase = .preparation
            phaseUntil = body.until
        case .phaseOpened(let body):
            phase = body.phase
            phaseUntil = body.until
            endAgreed = []
        case .asked(let body):
            endAgreed = []
            if let until = body.until { phaseUntil = until }
            questions.append(
                Question(
                    question: body.question, to: body.to, text: body.text, phase: phase ?? .investigation,
                    asked: entry.happened))
        case .answered(let body):
            guard let index = questions.firstIndex(where: { $0.question == body.question }) else { return }
            questions[index].answer = body.text
            questions[index].answered = entry.happened
            endAgreed = []
        case .stated(let body):
            statements.append(
                Statement(party: body.party, phase: body.phase, text: body.text, at: entry.happened))
            endAgreed = []
        case .endAgreed(let body):
            endAgreed.insert(body.party)
            earlyEnds.append(EarlyEnd(party: body.party, phase: body.phase, at: entry.happened))
        case .recusalAsked(let body):
            recusals.append(Recusal(by: body.party, reason: body.reason, asked: entry.happened))
        case .recusalDecided(let body):
            guard let index = recusals.firstIndex(where: { $0.upheld == nil }) else { return }
            recusals[index].upheld = body.upheld
            recusals[index].decision = body.reason
            if !body.upheld { goOn(from: index, at: entry) }
        case .closed: closedAt = entry.happened
        case .transcriptDrafted(let body):
            transcript = Transcript(document: body.transcript, version: body.version, drafted: entry.happened)
        case .transcriptConfirmed(let body):
            guard transcript?.version == body.version else { return }
            if let party = body.party {
                transcript?.confirmedBy[party] = body.signature
            } else {
                transcript?.confirmedByJudge = body.signature
            }
        case .transcriptObjected(let body):
            guard transcript?.version == body.version else { return }
            transcript?.objections.append(body)
        }
    }

    mutating func apply(_ body: BenchRedrawn, in entry: Entry) {
        guard let index = recusals.lastIndex(where: { $0.upheld == true && $0.wentOn == nil }) else { return }
        goOn(from: index, at: entry)
    }

    /// The window gets back the days it waited; a begun day counts as one.
    private mutating func goOn(from index: Int, at entry: Entry) {
        recusals[index].wentOn = entry.happened
        guard closedAt == nil, let until = phaseUntil else { return }
        phaseUntil = until.adding(days: recusals[index].asked.begunDays(until: entry.happened))
    }

    public var isOpen: Bool { opened != nil && closedAt == nil }
    /// Who has spoken in a phase, or answered what was asked in it.
    public func spoken(in phase: HearingPhase) -> Set<PartyID> {
        Set(statements.filter { $0.phase == phase }.map(\.party))
            .union(questions.filter { $0.phase == phase && $0.answered != nil }.map(\.to))
    }

    public var pendingRecusal: Recusal? { recusals.first { $0.upheld == nil } }
}

extension Article {
    /// Steps at each one's own time (非同步审理).
    public static let asynchronousSteps = Article(.onlineLitigation, 20)
    /// All phases, all rights (庭审程序完整).
    public static let wholeHearing = Article(.onlineLitigation, 22)
    /// Electronic transcripts (电子笔录).
    public static let electronicTranscript = Article(.onlineLitigation, 34)
    /// Reading the record: at once or within five days; corrections (笔录的阅读与补正).
    public static let readingTheRecord = Article(.civilProcedureLaw, 150)
    /// Asking for recusal (申请回避).
    public static let askingForRecusal = Article(.civilProcedureLaw, 48)
    /// Who decides on recusal (回避的决定).
    public static let decidingRecusal = Article(.civilProcedureLaw, 49)
}
