/// One step of why something is so, with the article it rests on (理由).
public struct LegalReason: Hashable, Codable, Sendable {
    public let words: Words
    /// nil where a fact is stated rather than a rule.
    public let article: Article?

    public init(_ words: Words, _ article: Article? = nil) {
        self.words = words
        self.article = article
    }
}
