/// Answer and evidence as the docket tells it (答辩与证据).
public struct EvidenceState: Hashable, Sendable {
    public struct Exhibit: Hashable, Sendable {
        public let offered: OfferedExhibit
        public let by: PartyID
        public let on: Happened
        /// Why it came after the period, when it did.
        public let reasonForDelay: String?
        public internal(set) var opinions: [PartyID: OpinionGiven] = [:]
        public internal(set) var form: OriginalFormFound?
        public internal(set) var finding: ExhibitFound?
        /// Whether an exchange closed in which the other side could speak to it.
        public internal(set) var hadWindow = false
        /// Exhibits are numbered in the order they came, for people: 证据1, 证据2.
        public let ordinal: Int
    }

    public struct Exchange: Hashable, Sendable {
        public let opened: Happened
        public let until: CourtDay
        public internal(set) var closed: Happened?
        /// Who agreed that it end early.
        public internal(set) var endAgreed: Set<PartyID> = []
    }

    public private(set) var periods: [PartyID: EvidencePeriodSet] = [:]
    public private(set) var answer: AnswerSubmitted?
    public private(set) var answeredAt: Happened?
    public private(set) var exhibits: [Exhibit] = []
    public private(set) var exchange: Exchange?

    mutating func apply(_ act: EvidenceAct, in entry: Entry) {
        switch act {
        case .periodSet(let body): periods[body.party] = body
        case .answered(let body):
            answer = body
            answeredAt = entry.happened
            add(body.exhibits, by: body.party, on: entry.happened, late: body.reasonForDelay)
        case .offered(let body):
            add(body.exhibits, by: body.party, on: entry.happened, late: body.reasonForDelay)
            // Whoever agreed to the end did not know of these.
            exchange?.endAgreed = []
        case .exchangeOpened(let body): exchange = Exchange(opened: entry.happened, until: body.until)
        case .opined(let body): change(body.exhibit) { $0.opinions[body.party] = body }
        case .endAgreed(let body): exchange?.endAgreed.insert(body.party)
        case .exchangeClosed:
            exchange?.closed = entry.happened
            for index in exhibits.indices { exhibits[index].hadWindow = true }
        case .formFound(let body): change(body.exhibit) { $0.form = body }
        case .found(let body): change(body.exhibit) { $0.finding = body }
        }
    }

    /// The exhibits that came with a complaint; a corrected one replaces those of the first.
    mutating func offered(by complaint: Complaint, in entry: Entry) {
        guard let plaintiff = complaint.parties.first(where: { $0.role == .plaintiff })?.party else { return }
        exhibits.removeAll { $0.by == plaintiff }
        add(complaint.exhibits, by: plaintiff, on: entry.happened)
    }

    private mutating func add(
        _ offered: [OfferedExhibit], by party: PartyID, on happened: Happened, late reason: String? = nil
    ) {
        for one in offered where !exhibits.contains(where: { $0.offered.exhibit == one.exhibit }) {
            exhibits.append(
                Exhibit(
                    offered: one, by: party, on: happened, reasonForDelay: reason, ordinal: exhibits.count + 1))
        }
    }

    private mutating func change(_ exhibit: ExhibitID, _ mend: (inout Exhibit) -> Void) {
        guard let index = exhibits.firstIndex(where: { $0.offered.exhibit == exhibit }) else { return }
        mend(&exhibits[index])
    }

    public func exhibit(_ id: ExhibitID) -> Exhibit? { exhibits.first { $0.offered.exhibit == id } }

    /// Exhibits that came after the exchange had closed and that nobody could speak to yet.
    public var unexamined: [Exhibit] {
        guard exchange?.closed != nil else { return [] }
        return exhibits.filter { !$0.hadWindow && $0.opinions.isEmpty && $0.finding == nil }
    }

    /// Whether the window for opinions is open on this day.
    public func isExchangeOpen(today: CourtDay) -> Bool {
        guard let exchange else { return false }
        return exchange.closed == nil && today <= exchange.until
    }
}

extension Article {
    /// Evidence exchange online, at the same time or not (在线证据交换).
    public static let evidenceExchange = Article(.onlineLitigation, 14)
    /// Evidence must be examined; three findings (举证质证与认定).
    public static let examinedEvidenceOnly = Article(.onlineLitigation, 15)
    /// When the form of an original is met (视为符合原件形式).
    public static let originalForm = Article(.onlineLitigation, 13)
    /// When originals must be shown (要求提供原件).
    public static let originalsRequired = Article(.onlineLitigation, 12)
    /// Ways to submit (材料提交方式).
    public static let waysToSubmit = Article(.onlineLitigation, 11)
    /// Late evidence and its reasons (逾期举证).
    public static let lateEvidence = Article(.civilProcedureLaw, 68)
}
