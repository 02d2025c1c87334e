import Foundation
import Testing

@Suite("Everything on a page is said by a voice")
struct SpokenWordsTests {
    /// A tag of a page, which a type argument or a column's type is not, and the text up to the next one.
    private static var tag: Regex<(Substring, Substring)> {
        /<\/?(?:p|h[1-6]|li|dt|dd|td|th|a|span|strong|em|button|label|legend|summary|caption|div|option|title)\b[^<>]*>([^<>\\"]+)</
    }

    /// Text between tags in the literals of our sources that no voice has spoken: it would be one language only.
    static func unspoken(in source: String) -> [String] {
        var found: [String] = []
        let tag = tag
        for line in source.split(separator: "\n") {
            let code = line.drop { $0 == " " }
            if code.hasPrefix("//") { continue }
            // Interpolations are spoken or typed; what is left behind a tag is a literal.
            let plain = code.replacing(/\\\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/, with: "")
            for match in plain.matches(of: tag) {
                let text = String(match.1)
                if text.contains(/[\u{3400}-\u{9FFF}]/)
                    || text.contains(/[A-Za-z]{3,}/) && !text.contains(/&[a-z]+;|[{}=$]/)
                {
                    found.append(text)
                }
            }
        }
        return found
    }

    /// A key, an algorithm, a language by its own name, and what only readers of English need to be told.
    static let allowed: Set<String> = [
        "Enter", "SHA-256 ", "English",
        "The complaint is in Chinese, the language of the court. It says what you checked on the page before.",
    ]

    @Test("the scan sees what it should and leaves what it should")
    func scan() {
        #expect(Self.unspoken(in: "\"<h1>我的案件</h1>\"") == ["我的案件"])
        #expect(Self.unspoken(in: "\"<h1>My cases</h1>\"") == ["My cases"])
        #expect(Self.unspoken(in: "\"<h1>\\(voice(\"我的\", \"My cases\"))</h1> · <kbd>j</kbd>\"").isEmpty)
        #expect(Self.unspoken(in: "/// <h1>Example</h1>").isEmpty)
    }

    @Test("no page in the sources speaks one language only")
    func sources() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let files = FileManager.default.enumerator(
            at: root.appendingPathComponent("Sources"), includingPropertiesForKeys: nil)
        var seen = 0
        for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
            let unspoken = Self.unspoken(in: try String(contentsOf: file, encoding: .utf8))
            #expect(unspoken.filter { !Self.allowed.contains($0) }.isEmpty, "\(file.lastPathComponent): \(unspoken)")
            seen += 1
        }
        #expect(seen > 20)
    }
}
