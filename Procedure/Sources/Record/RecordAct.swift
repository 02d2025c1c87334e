/// The acts that mend a record without changing it (更正、撤销记载).
public enum RecordAct: Hashable, Sendable {
    case corrected(EntryCorrected)
    case struck(EntryStruck)
    case restated(PeriodRestated)

    public var body: any ActBody {
        switch self {
        case .corrected(let body): body
        case .struck(let body): body
        case .restated(let body): body
        }
    }

    static let kinds: [ActKind] = [
        ActKind(EntryCorrected.self) { .record(.corrected($0)) },
        ActKind(EntryStruck.self) { .record(.struck($0)) },
        ActKind(PeriodRestated.self) { .record(.restated($0)) },
    ]
}

/// An entry was wrong in what it says: folding reads the right body in its place. The original stays readable.
public struct EntryCorrected: ActBody {
    public static let type = "entry.corrected"
    public let entry: EntryID
    /// The act as it should have read; of the same type as the entry it mends.
    public let corrected: StoredAct
    public let reason: String

    enum CodingKeys: String, CodingKey { case entry, corrected, reason }

    public init(entry: EntryID, corrected: Act, reason: String) {
        self.entry = entry
        self.corrected = StoredAct(corrected)
        self.reason = reason
    }
}

/// An entry should not be there at all: folding leaves it out (撤销记载).
public struct EntryStruck: ActBody {
    public static let type = "entry.struck"
    public let entry: EntryID
    public let reason: String

    enum CodingKeys: String, CodingKey { case entry, reason }

    public init(entry: EntryID, reason: String) {
        self.entry = entry
        self.reason = reason
    }
}

/// A date that had been told moved, and those concerned are told the new one (重新告知期限).
public struct PeriodRestated: ActBody {
    public static let type = "period.restated"
    /// The limit's id in the table of limits.
    public let limit: String
    public let party: PartyID?
    public let told: CourtDay
    public let now: CourtDay
    public let reason: String

    enum CodingKeys: String, CodingKey { case limit, party, told, now, reason }

    public init(limit: String, party: PartyID?, told: CourtDay, now: CourtDay, reason: String) {
        self.limit = limit
        self.party = party
        self.told = told
        self.now = now
        self.reason = reason
    }
}
