/// How a date or a sum came about, in both languages, line by line: rule, trigger, counting, rest days, article.
public struct Explanation: Hashable, Codable, Sendable {
    public struct Line: Hashable, Codable, Sendable {
        public let words: Words
        /// Articles the line rests on, as ids or, for instruments the rules do not name, as printed in the table.
        public let articles: [String]

        public init(_ words: Words, articles: [String] = []) {
            self.words = words
            self.articles = articles
        }
    }

    public var lines: [Line]

    public init(_ lines: [Line] = []) { self.lines = lines }

    public mutating func add(_ zh: String, _ en: String, articles: [String] = []) {
        lines.append(Line(Words(zh, en), articles: articles))
    }

    /// The whole explanation as plain text, one line each.
    public func text(in language: Language) -> String {
        lines.map { line in
            line.articles.isEmpty
                ? line.words[language] : "\(line.words[language]) [\(line.articles.joined(separator: "; "))]"
        }.joined(separator: "\n")
    }
}
