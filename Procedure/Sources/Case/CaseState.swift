/// A case as its docket tells it: one state per stage, each folding what concerns it.
public struct CaseState: Hashable, Sendable {
    public var parties = PartiesState()
    public var filing = FilingState()
    public var fee = FeeState()
    public var participation = ParticipationState()
    public var service = ServiceState()
    public var evidence = EvidenceState()
    public var hearing = HearingState()
    public var judgment = JudgmentState()
    public var closing = ClosingState()
    /// Every document that came into the docket with some act.
    public private(set) var documents: Set<DocumentID> = []

    public init() {}

    /// Folds a whole docket, with its corrections applied: as if it had always been so.
    public init(folding entries: some Sequence<Entry>) {
        for entry in CorrectedDocket.entries(entries) { apply(entry) }
    }

    /// Folds one more entry. What has happened cannot be refused.
    ///
    /// - Note: after an entry that corrects or strikes another, fold the whole docket again.
    public mutating func apply(_ entry: Entry) {
        documents.formUnion(entry.act.documents.map(\.document))
        switch entry.act {
        case .filing(let act):
            parties.apply(act, in: entry)
            filing.apply(act, in: entry)
        case .fee(let act): fee.apply(act, in: entry)
        case .participation(let act):
            parties.apply(act)
            participation.apply(act, in: entry)
        case .service(let act): service.apply(act, in: entry)
        case .evidence(let act): evidence.apply(act, in: entry)
        case .hearing(let act):
            hearing.apply(act, in: entry)
            if case .recusalDecided(let body) = act, body.upheld { filing.recuse() }
        case .judgment(let act): judgment.apply(act, in: entry)
        case .closing(let act): closing.apply(act, in: entry)
        case .court(.benchRedrawn(let body)):
            filing.apply(body, in: entry)
            hearing.apply(body, in: entry)
        case .record, .person, .court: break
        }
        if case .filing(.submitted(let body)) = entry.act { evidence.offered(by: body.complaint, in: entry) }
        if case .filing(.corrected(let body)) = entry.act { evidence.offered(by: body.complaint, in: entry) }
    }

    /// How far the case has come.
    public var phase: CasePhase {
        if closing.archivedAt != nil { return .archived }
        if closing.manner != nil { return .closed }
        if judgment.signed != nil { return .judged }
        if hearing.closedAt != nil { return .deliberation }
        if hearing.opened != nil { return .hearing }
        if evidence.exchange != nil { return .exchange }
        if filing.docketed != nil { return .docketed }
        if filing.isAwaitingCorrection { return .correcting }
        return filing.complaint == nil ? .draft : .submitted
    }
}

/// How far a case has come (案件阶段).
public enum CasePhase: String, CaseIterable, Comparable, Codable, Sendable {
    case draft, submitted, correcting, docketed, exchange, hearing, deliberation, judged, closed, archived

    public var name: Words {
        switch self {
        case .draft: Words("起草", "Draft")
        case .submitted: Words("待立案审查", "With the filing clerk")
        case .correcting: Words("待补正", "Correction awaited")
        case .docketed: Words("已立案", "Docketed")
        case .exchange: Words("证据交换", "Evidence exchange")
        case .hearing: Words("庭审", "Hearing")
        case .deliberation: Words("待裁判", "Judgment awaited")
        case .judged: Words("已裁判", "Judgment given")
        case .closed: Words("已结案", "Closed")
        case .archived: Words("已归档", "Archived")
        }
    }

    public static func < (a: Self, b: Self) -> Bool { a.order < b.order }
    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// The list of entries as corrections leave it.
public enum CorrectedDocket {
    /// Entries in order of position, corrected ones carrying their right act, struck ones left out.
    public static func entries(_ entries: some Sequence<Entry>) -> [Entry] {
        let all = Array(entries)
        var corrected: [EntryID: Act] = [:]
        var struck: Set<EntryID> = []
        for entry in all {
            switch entry.act {
            case .record(.struck(let body)): struck.insert(body.entry)
            case .record(.corrected(let body)): corrected[body.entry] = body.corrected.act
            default: break
            }
        }
        guard !corrected.isEmpty || !struck.isEmpty else { return all }
        // What was struck stays struck, whatever was corrected before or after.
        return all.filter { !struck.contains($0.id) }.map { entry in corrected[entry.id].map(entry.carrying) ?? entry }
    }
}
