import Synchronization

/// SQL as SQLite wants it: `?1` for `$1`, whose own `$1` would be a name numbered by appearance.
final class SQLiteSQL: Sendable {
    private let texts = Mutex<[String: String]>([:])
    /// Statements are few; only lists of varying length could make many.
    private static let capacity = 2_000

    func rewritten(_ sql: String) -> String {
        if let known = texts.withLock({ $0[sql] }) { return known }
        let text = Self.rewrite(sql)
        texts.withLock { texts in
            if texts.count >= Self.capacity { texts.removeAll() }
            texts[sql] = text
        }
        return text
    }

    /// Leaves alone what stands in quotes or comments.
    static func rewrite(_ sql: String) -> String {
        let source = Array(sql.utf8)
        var target: [UInt8] = []
        target.reserveCapacity(source.count)
        var index = 0
        while index < source.count {
            let end = endOfQuoted(source, from: index)
            if end > index {
                target += source[index..<end]
                index = end
            } else {
                let isParameter =
                    source[index] == UInt8(ascii: "$") && index + 1 < source.count
                    && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(source[index + 1])
                target.append(isParameter ? UInt8(ascii: "?") : source[index])
                index += 1
            }
        }
        return String(decoding: target, as: UTF8.self)
    }

    /// - Returns: `start` when nothing quoted begins there. A doubled quote reads as two quoted pieces in a row.
    private static func endOfQuoted(_ text: [UInt8], from start: Int) -> Int {
        func end(_ closing: [UInt8], after opening: Int) -> Int {
            var index = start + opening
            while index + closing.count <= text.count {
                if text[index..<index + closing.count].elementsEqual(closing) { return index + closing.count }
                index += 1
            }
            return text.count
        }
        let next = start + 1 < text.count ? text[start + 1] : 0
        switch (text[start], next) {
        case (UInt8(ascii: "'"), _), (UInt8(ascii: "\""), _): return end([text[start]], after: 1)
        case (UInt8(ascii: "-"), UInt8(ascii: "-")): return end([UInt8(ascii: "\n")], after: 2)
        case (UInt8(ascii: "/"), UInt8(ascii: "*")): return end([UInt8(ascii: "*"), UInt8(ascii: "/")], after: 2)
        default: return start
        }
    }
}
