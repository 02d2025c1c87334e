/// A language of the interface. Both are complete; a third is a file keyed by the same codes.
public enum Language: String, CaseIterable, Codable, Sendable {
    case chinese = "zh-CN"
    case english = "en"
}

/// One thing said in both languages, side by side, so that neither can be forgotten.
public struct Words: Hashable, Codable, Sendable {
    public let zh: String
    public let en: String

    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    /// The shorthand used throughout: `Words("立案", "Docketing")`.
    public init(_ zh: String, _ en: String) {
        self.init(zh: zh, en: en)
    }

    public subscript(_ language: Language) -> String {
        switch language {
        case .chinese: zh
        case .english: en
        }
    }
}
