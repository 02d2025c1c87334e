import Testing

/// The habits a reviewer should not have to look for.
@Suite("House style")
struct HouseStyleTests {
    let tree = SourceTree.here

    /// - Returns: `file:line` for each place in code (never in a comment or a text) where the pattern is found.
    static func places(of pattern: some RegexComponent, in file: SourceFile) -> [String] {
        zip(1..., file.text.lines).filter { $0.1.firstMatch(of: pattern) != nil }.map { "\(file):\($0.0)" }
    }

    @Test("only the command line prints; the server logs")
    func onlyCommandsPrint() {
        let printing = /(?:^|[^\w.])(?:print|debugPrint)\(/
        let files = tree.files.filter {
            ($0.isIn("Sources") || $0.isIn("Procedure/Sources") || $0.isIn("Procedure/Tables")
                || $0.isIn("Ledger/Sources"))
                && !$0.isIn("Sources/xiezhi") && !$0.isIn("Ledger/Sources/xiezhi-verify")
        }
        #expect(files.flatMap { Self.places(of: printing, in: $0) } == [])
    }

    @Test("the law has no clock and throws no dice: time and chance come in as arguments")
    func theLawHasNoClock() {
        let clock =
            /\bDate\(|\bDate\.now\b|\b(?:Continuous|Suspending|System)Clock\b|\bSystemRandomNumberGenerator\b|\.random\(|\.shuffled\(\)|\.randomElement\(\)/
        #expect(tree.files(in: "Procedure/Sources").flatMap { Self.places(of: clock, in: $0) } == [])
    }

    @Test("nothing from outside can stop the server: it forces no error, no cast and no end")
    func nothingTraps() {
        let trap = /\b(?:try|as)[!]|\bfatal[E]rror\(/
        let files = tree.files(in: "Sources") + tree.files(in: "Procedure/Sources") + tree.files(in: "Ledger/Sources")
        #expect(files.flatMap { Self.places(of: trap, in: $0) } == [])
    }

    @Test("one idea a file: none is longer than 500 lines, and those above 400 are named as a warning")
    func filesStayShort() {
        let long = tree.files.filter { $0.lineCount > 400 }
        for file in long where file.lineCount <= 500 {
            Issue.record("\(file) has \(file.lineCount) lines: two ideas, two files?", severity: .warning)
        }
        #expect(long.filter { $0.lineCount > 500 }.map { "\($0) has \($0.lineCount) lines" } == [])
    }

    @Test("these tests see the repository they stand in")
    func theTreeIsThere() {
        #expect(tree.files.contains { $0.path == "Tests/Imports/HouseStyleTests.swift" })
        #expect(tree.files.count > 50)
    }
}
