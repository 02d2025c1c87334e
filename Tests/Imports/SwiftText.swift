/// A Swift file taken apart just far enough to ask about it: its code without comments and without the insides of
/// string literals, and the literals by themselves. Not a parser: it knows comments, strings and regex literals, so that
/// a word in a comment or a message is never taken for code.
struct SwiftText: Sendable {
    struct Literal: Sendable {
        /// What stands between the quotes; an interpolation is left as `\(…)`.
        let text: String
        /// The expressions put into it, in order.
        let interpolations: [String]
        /// Counted from 1.
        let line: Int
    }

    /// The file with comments and the insides of literals blanked, line by line as in the file.
    private(set) var code = ""
    private(set) var literals: [Literal] = []

    init(_ source: String) {
        var scanner = Scanner(source)
        scanner.scanCode(until: nil)
        code = String(scanner.code)
        literals = scanner.literals
    }

    var lines: [Substring] { code.split(separator: "\n", omittingEmptySubsequences: false) }

    /// The modules the file imports, whatever access level, attribute or kind of import.
    var imports: Set<String> {
        let pattern =
            /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias|actor)\s+)?(\w+)/
        return Set(lines.compactMap { line in line.firstMatch(of: pattern).map { String($0.1) } })
    }
}

private struct Scanner {
    private let source: [Character]
    private var index = 0
    private var line = 1
    private(set) var code: [Character] = []
    private(set) var literals: [SwiftText.Literal] = []

    init(_ text: String) { source = Array(text) }

    private func character(_ offset: Int) -> Character? {
        let place = index + offset
        return place >= 0 && place < source.count ? source[place] : nil
    }

    private func starts(with text: String) -> Bool {
        text.enumerated().allSatisfy { character($0.offset) == $0.element }
    }

    /// Moves on by one character; a line break is always kept, so that lines keep their numbers.
    private mutating func skip(keeping: Bool = false) {
        guard let current = character(0) else { return }
        if current.isNewline { line += 1 }
        if keeping || current.isNewline { code.append(current.isNewline ? "\n" : current) }
        index += 1
    }

    /// - Parameter until: `)` inside an interpolation, nil for the whole file.
    mutating func scanCode(until end: Character?) {
        var depth = 0
        while let current = character(0) {
            if starts(with: "//") {
                while let next = character(0), !next.isNewline { skip() }
            } else if starts(with: "/*") {
                scanBlockComment()
            } else if let hashes = literalStart() {
                scanLiteral(hashes: hashes)
            } else if current == "/", let length = regexLength() {
                for _ in 0..<length { skip() }
            } else if end != nil, current == "(" {
                depth += 1
                skip(keeping: true)
            } else if let end, current == end {
                skip(keeping: true)
                if depth == 0 { return }
                depth -= 1
            } else {
                skip(keeping: true)
            }
        }
    }

    private mutating func scanBlockComment() {
        var depth = 0
        while character(0) != nil {
            if starts(with: "/*") {
                depth += 1
                skip()
                skip()
            } else if starts(with: "*/") {
                depth -= 1
                skip()
                skip()
                if depth == 0 { return }
            } else {
                skip()
            }
        }
    }

    /// The number of `#` before the quote when a literal starts here.
    private func literalStart() -> Int? {
        var hashes = 0
        while character(hashes) == "#" { hashes += 1 }
        return character(hashes) == "\"" ? hashes : nil
    }

    private mutating func scanLiteral(hashes: Int) {
        let marks = String(repeating: "#", count: hashes)
        for _ in 0..<hashes { skip() }
        let isLong = starts(with: "\"\"\"")
        let quote = isLong ? "\"\"\"" : "\""
        let firstLine = line
        for _ in quote { skip(keeping: true) }
        var text = ""
        var interpolations: [String] = []
        while let current = character(0), !starts(with: quote + marks), isLong || !current.isNewline {
            if starts(with: "\\" + marks + "(") {
                text += "\\(…)"
                for _ in 0..<(2 + hashes) { skip() }
                let start = index
                scanCode(until: ")")
                interpolations.append(String(source[start..<max(start, index - 1)]))
            } else if starts(with: "\\" + marks) {
                // An escaped quote must not end the literal.
                for _ in 0..<(1 + hashes) { skip() }
                if let escaped = character(0) { text.append(escaped) }
                skip()
            } else {
                text.append(current)
                skip()
            }
        }
        for _ in quote { skip(keeping: true) }
        for _ in 0..<hashes { skip() }
        literals.append(SwiftText.Literal(text: text, interpolations: interpolations, line: firstLine))
    }

    /// The length of a regex literal that starts here; nil when the slash divides.
    private func regexLength() -> Int? {
        guard let next = character(1), !next.isWhitespace else { return nil }
        let before = code.reversed().first { $0 == "\n" || !$0.isWhitespace }
        guard before == nil || before.map({ "(,=:[{\n?&|".contains($0) }) == true || code.suffix(7) == Array("return ")
        else { return nil }
        var offset = 1
        var isInSet = false
        while let current = character(offset), !current.isNewline {
            switch current {
            case "\\": offset += 1
            case "[": isInSet = true
            case "]": isInSet = false
            case "/" where !isInSet: return offset + 1
            default: break
            }
            offset += 1
        }
        return nil
    }
}
