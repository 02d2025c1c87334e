extension CauseTable {
    /// A cause found, and by what.
    public struct Match: Hashable, Sendable {
        public enum By: String, Sendable { case name, layWords = "lay_words", pinyin, english }

        public let cause: Cause
        public let by: By
        /// Higher is nearer; only good for ordering.
        public let score: Int
    }

    /// Finds causes by name in either language, by what people call them, or by pinyin initials (案由检索).
    ///
    /// Several words must all match. Marks and spaces inside a Chinese name do not matter; an English word may be its
    /// beginning.
    ///
    /// - Returns: the nearest first, at most `limit`; none for an empty query.
    public func search(_ query: String, limit: Int = 10) -> [Match] {
        let words = query.prefix(100).split(whereSeparator: \.isWhitespace).map { folded($0) }.filter { !$0.isEmpty }
        guard !words.isEmpty, limit > 0 else { return [] }
        let whole = words.joined()
        let byLayWords = layScores(words.joined(separator: " "), whole)
        let matches = causes.compactMap { cause in
            nearest(cause, words: words, whole: whole, lay: byLayWords[cause.id])
        }
        return Array(matches.sorted { ($1.score, $0.cause.id) < ($0.score, $1.cause.id) }.prefix(limit))
    }

    private func nearest(_ cause: Cause, words: [String], whole: String, lay: Int?) -> Match? {
        let name = folded(cause.name)
        var best: Match?
        func offer(_ score: Int, _ by: Match.By) {
            if score > best?.score ?? 0 { best = Match(cause: cause, by: by, score: score) }
        }
        if name == whole {
            offer(1_000, .name)
        } else if name.hasPrefix(whole) {
            offer(700 - name.count, .name)
        } else if words.allSatisfy(name.contains) {
            offer(600 - name.count, .name)
        }
        if let lay { offer(lay, .layWords) }
        if whole.utf8.allSatisfy({ (97...122).contains($0) }), whole.count >= 2 {
            if cause.pinyin == whole {
                offer(900, .pinyin)
            } else if cause.pinyin.hasPrefix(whole) {
                offer(500 - cause.pinyin.count, .pinyin)
            } else if whole.count >= 3, cause.pinyin.contains(whole) {
                offer(400 - cause.pinyin.count, .pinyin)
            }
        }
        if whole.utf8.allSatisfy({ $0 < 128 }) {
            let english = cause.english.lowercased()
            if folded(english) == whole {
                offer(1_000, .english)
            } else if words.allSatisfy({ hasWord(startingWith: $0, in: english) }) {
                offer(550 - english.count, .english)
            }
        }
        return best
    }

    private func hasWord(startingWith start: String, in text: String) -> Bool {
        text.hasPrefix(start) || [" ", "-", "("].contains { text.contains($0 + start) }
    }

    /// What each cause gains from the words people use for it; the first cause named for a word gains most.
    private func layScores(_ phrase: String, _ whole: String) -> [String: Int] {
        var scores: [String: Int] = [:]
        for entry in layWords {
            let chinese = entry.chinese.map { folded($0) }
            let base: Int
            if chinese.contains(whole) || entry.english.contains(phrase) || entry.pinyin.contains(whole) {
                base = 850
            } else if chinese.contains(where: { whole.contains($0) || whole.count >= 2 && $0.contains(whole) })
                || entry.english.contains(where: { phrase.contains($0) || phrase.count >= 4 && $0.contains(phrase) })
            {
                base = 650
            } else {
                continue
            }
            for (place, cause) in entry.causes.enumerated() {
                scores[cause] = max(scores[cause] ?? 0, base - 10 * place)
            }
        }
        return scores
    }

    private func folded(_ text: some StringProtocol) -> String {
        String(text.lowercased().filter { !$0.isWhitespace && !"、，（）()，·".contains($0) })
    }
}
