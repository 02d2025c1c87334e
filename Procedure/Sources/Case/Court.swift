/// A court by the code its case numbers carry (法院代字), such as 浙0192.
public struct Court: Hashable, Sendable {
    public let code: String
    public let name: String
    public let level: CourtLevel
    public let confirmed: Bool

    public init(code: String, name: String, level: CourtLevel, confirmed: Bool) {
        self.code = code
        self.name = name
        self.level = level
        self.confirmed = confirmed
    }
}

/// The courts whose codes are known. A court that is missing may still exist: codes are never computed.
public struct CourtTable: Sendable {
    public let version: String
    public let courts: [Court]
    private let byCode: [String: Court]

    public init(version: String, courts: [Court]) {
        self.version = version
        self.courts = courts
        byCode = Dictionary(courts.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public subscript(code: String) -> Court? { byCode[code] }

    /// Courts whose name or code contains the text, at most `limit`.
    public func search(_ text: String, limit: Int = 20) -> [Court] {
        guard !text.isEmpty else { return [] }
        return Array(courts.lazy.filter { $0.name.contains(text) || $0.code.hasPrefix(text) }.prefix(limit))
    }
}
