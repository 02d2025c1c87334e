/// A cause of action (案由), level 3 or 4 of the list in force.
public struct Cause: Hashable, Sendable, Identifiable {
    /// Inside this software only, such as `C088.08`; the list has no codes of its own.
    public let id: String
    public let name: String
    /// Our own translation; the Chinese name is the authoritative one.
    public let english: String
    /// The headings above it, outermost first.
    public let path: [Words]
    /// The first letters of its name in pinyin.
    public let pinyin: String
    /// The kinds of case an Internet court hears that it can belong to; the facts must still fit.
    public let internet2025: [String]
    /// The same, only when the conduct itself was online.
    public let internet2025IfOnline: [String]
    /// The same under the list of 2018.
    public let internet2018: [String]
    /// Which fee is usual for it; a convenience, not law.
    public let feeHint: String?
    /// Its name stands in two independent transcriptions.
    public let confirmed: Bool

    public init(
        id: String, name: String, english: String, path: [Words], pinyin: String, internet2025: [String],
        internet2025IfOnline: [String], internet2018: [String], feeHint: String?, confirmed: Bool
    ) {
        self.id = id
        self.name = name
        self.english = english
        self.path = path
        self.pinyin = pinyin
        self.internet2025 = internet2025
        self.internet2025IfOnline = internet2025IfOnline
        self.internet2018 = internet2018
        self.feeHint = feeHint
        self.confirmed = confirmed
    }

    /// The name for a page; a Chinese document takes `name`.
    public var words: Words { Words(name, english) }
}

/// How people say it, and the causes that may be meant (口语说法).
public struct LayWords: Hashable, Sendable {
    public let chinese: [String]
    public let english: [String]
    public let pinyin: [String]
    /// Ids, the likeliest first.
    public let causes: [String]

    public init(chinese: [String], english: [String], pinyin: [String], causes: [String]) {
        self.chinese = chinese
        self.english = english
        self.pinyin = pinyin
        self.causes = causes
    }
}

/// The causes of action (民事案件案由规定), with what people call them.
public struct CauseTable: Sendable {
    public let version: String
    /// Cases docketed from this day on carry these names; older ones keep theirs.
    public let inForceFrom: CourtDay
    public let causes: [Cause]
    public let layWords: [LayWords]
    private let byID: [String: Cause]

    public init(version: String, inForceFrom: CourtDay, causes: [Cause], layWords: [LayWords]) {
        self.version = version
        self.inForceFrom = inForceFrom
        self.causes = causes
        self.layWords = layWords
        byID = Dictionary(causes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public subscript(id: String) -> Cause? { byID[id] }
    public func contains(_ id: String) -> Bool { byID[id] != nil }
}
