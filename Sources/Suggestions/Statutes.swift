import Foundation
import Procedure
import Synchronization

/// One article of a law in force, as it is printed (法条).
package struct Statute: Hashable, Sendable, Codable {
    package let law: String
    /// As printed, 第一百二十八条.
    package let number: String
    /// Part, chapter and section headings.
    package let path: [String]
    package let text: String

    /// Names it inside this program: law and number.
    package var id: String { "\(law)\(number)" }
}

/// The laws a small case cites, found by words, law name or article number. Suggests, with its source; decides nothing.
package struct Statutes: Sendable {
    package let source: String
    package let articles: [Statute]
    private let byID: [String: Int]
    private let index: PairIndex

    private struct Document: Decodable {
        let source: String
        let articles: [Statute]
    }

    /// Reads the articles that come with the program.
    package init() throws {
        let folder = Bundle.module.bundleURL.appendingPathComponent("Data")
        let data = try Data(contentsOf: folder.appendingPathComponent("statutes.json"))
        let document = try JSONDecoder().decode(Document.self, from: data)
        self.init(document.articles, source: document.source)
    }

    package init(_ articles: [Statute], source: String) {
        self.articles = articles
        self.source = source
        byID = Dictionary(articles.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        index = PairIndex(of: articles)
    }

    package subscript(id: String) -> Statute? { byID[id].map { articles[$0] } }

    /// The best articles for some words, best first.
    ///
    /// Rare pairs weigh more than common ones; a number such as 第五十五条 or 55 with a law's name finds that article.
    package func search(_ typed: String, limit: Int = 10) -> [Statute] {
        let words = String(typed.prefix(200))
        let numbered = Self.articleNumber(in: words)
        var scores: [Int: Double] = [:]
        let total = Double(articles.count)
        let postings = index.postings
        for (pair, count) in Self.pairs(of: words) {
            guard let found = postings[pair] else { continue }
            let weight = log(1 + total / Double(found.count)) * Double(min(count, 3))
            for (article, count) in found {
                scores[article, default: 0] += weight * (Double(count) / (Double(count) + 1.5))
            }
        }
        if let numbered {
            for (index, article) in articles.enumerated() where article.number == numbered {
                let named = words.contains(Self.shortName(article.law))
                scores[index, default: 0] += named ? 1_000 : 10
            }
        }
        return scores.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(limit).map { articles[$0.key] }
    }

    fileprivate static func pairs(of text: String) -> [String: Int] {
        var counts: [String: Int] = [:]
        var previous: Character?
        for character in text where character.isLetter || character.isNumber {
            if let previous { counts[String([previous, character]), default: 0] += 1 }
            previous = character
        }
        return counts
    }

    static func shortName(_ law: String) -> String { law.replacingOccurrences(of: "中华人民共和国", with: "") }

    /// 第五十五条 as typed, or made from Arabic digits.
    private static func articleNumber(in text: String) -> String? {
        if let match = text.firstMatch(of: /第([〇零一二三四五六七八九十百千]+)条/) { return String(match.0) }
        guard let match = text.firstMatch(of: /(\d{1,4})/), let number = Int(match.1), number > 0 else { return nil }
        return "第\(chinese(number))条"
    }

    static func chinese(_ number: Int) -> String {
        let digits = Array("零一二三四五六七八九")
        let units = ["", "十", "百", "千"]
        var text = ""
        var zero = false
        let places = Array(String(number)).compactMap(\.wholeNumberValue)
        for (index, digit) in places.enumerated() {
            let unit = places.count - 1 - index
            if digit == 0 {
                zero = !text.isEmpty
                continue
            }
            if zero { text.append("零") }
            zero = false
            text.append(digits[digit])
            text += units[unit]
        }
        return text.hasPrefix("一十") ? String(text.dropFirst()) : text
    }
}

/// Articles by overlapping pairs of characters, with how often each pair stands there. Built at the first search: a
/// court that starts should answer before that.
private final class PairIndex: Sendable {
    typealias Postings = [String: [(article: Int, count: Int)]]

    private let articles: [Statute]
    private let built = Mutex<Postings?>(nil)

    init(of articles: [Statute]) { self.articles = articles }

    var postings: Postings {
        built.withLock { built in
            if let built { return built }
            var postings: Postings = [:]
            for (index, article) in articles.enumerated() {
                for (pair, count) in Statutes.pairs(of: article.law + article.path.joined() + article.text) {
                    postings[pair, default: []].append((index, count))
                }
            }
            built = postings
            return postings
        }
    }
}
