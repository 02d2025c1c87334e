import Foundation
import Procedure
import Testing

/// A refusal as the sources declare it.
struct DeclaredRefusal: CustomTestStringConvertible {
    let code: String
    /// The constant's name, or `nil`.
    let article: String
    let remedy: Words
    var testDescription: String { code }
}

/// The sources of the rules, read as text: constants cannot be listed in any other way.
enum RuleSources {
    static let root = Snapshot.folder.deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    /// The folders these tests answer for.
    static let folders = [
        "Case", "Filing", "Fees", "Participation", "Service", "Evidence", "Hearing", "Judgment", "Closing", "Record",
    ]

    static func text(under folder: String) throws -> String {
        let folder = root.appending(path: folder)
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.filter { $0.pathExtension == "swift" }.sorted { $0.path() < $1.path() }
            .map { try String(contentsOf: $0, encoding: .utf8) }.joined(separator: "\n")
    }

    static func refusals(in folders: [String] = folders) throws -> [DeclaredRefusal] {
        let declaration =
            /code: "(?<code>[^"]+)",\s*article: (?<article>[.\w]+),.*?remedy: Words\(\s*"(?<zh>[^"]+)",\s*"(?<en>[^"]+)"/
            .dotMatchesNewlines()
        return try folders.flatMap { folder in
            try text(under: "Sources/\(folder)").matches(of: declaration).map {
                DeclaredRefusal(
                    code: String($0.code), article: String($0.article), remedy: Words(String($0.zh), String($0.en)))
            }
        }
    }
}

@Suite("Refusals")
struct RefusalTests {
    @Test("codes are unique and none is lost, renamed or moved to another article")
    func codes() throws {
        let all = try RuleSources.refusals()
        #expect(Set(all.map(\.code)).count == all.count)
        let declared = try RuleSources.folders.map { try RuleSources.text(under: "Sources/\($0)") }.joined()
        #expect(declared.matches(of: /= Refusal\(/).count == all.count, "each declaration was read")
        let lines = all.map { "\($0.code) \($0.article)" }.sorted()
        #expect(try Snapshot.lines("refusals.txt", orWrite: lines) == lines)
    }

    @Test("each refusal of the steps is given in some case here")
    func covered() throws {
        let tests = try RuleSources.text(under: "Tests/Cases")
        let steps = RuleSources.folders.filter { $0 != "Case" && $0 != "Fees" }
        let fees = ["fee.no-notice", "fee.unknown-payment", "fee.not-overdue", "case.ended"]
        for code in try RuleSources.refusals(in: steps).map(\.code) + fees {
            #expect(tests.contains("\"\(code)\""), "no case is refused with \(code)")
        }
    }

    @Test("each article the rules of the steps rest on is proved by a case here")
    func articles() throws {
        let proved = try RuleSources.text(under: "Tests/Cases").matches(of: /\.proves\(([^)]*)\)/)
            .flatMap { $0.1.matches(of: /\.(\w+)/).map { String($0.1) } }
        for folder in RuleSources.folders where folder != "Case" {
            let text =
                folder == "Fees"
                ? try String(
                    contentsOf: RuleSources.root.appending(path: "Sources/Fees/FeeState.swift"), encoding: .utf8)
                : try RuleSources.text(under: "Sources/\(folder)")
            for match in text.matches(of: /static let (\w+) = Article\(/) {
                #expect(proved.contains(String(match.1)), "nothing proves .\(String(match.1)) of \(folder)")
            }
        }
    }

    @Test("where no article is in the way, the remedy names the missing step", arguments: try RuleSources.refusals())
    func remedy(_ refusal: DeclaredRefusal) {
        guard refusal.article == "nil" else { return }
        let names =
            refusal.remedy.zh.contains(/须|先/) && refusal.remedy.en.lowercased().contains(/first|must|before/)
        #expect(names)
    }
}
