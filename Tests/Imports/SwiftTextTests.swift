import Testing

@Suite("Taking a Swift file apart")
struct SwiftTextTests {
    @Test("an import is found whatever stands before it, and not in a comment or a text")
    func imports() {
        let text = SwiftText(
            """
            import A
            package import B
            @preconcurrency import C
            @_spi(CMS) import D
            import struct E.F
            // import G
            /* import H
            import I */
            let text = "import J"
              import K
            """)
        #expect(text.imports == ["A", "B", "C", "D", "E", "K"])
    }

    @Test("a literal is kept apart from the code around it, with its line")
    func literals() {
        let text = SwiftText("let a = 1 // \"no\"\nlet b = \"say \\\"yes\\\"\" + #\"raw \"q\" \\(x)\"#\n")
        #expect(text.literals.map(\.text) == ["say \"yes\"", "raw \"q\" \\(x)"])
        #expect(text.literals.map(\.line) == [2, 2])
        #expect(text.literals.allSatisfy { $0.interpolations.isEmpty })
        #expect(!text.code.contains("yes"))
    }

    @Test("an interpolation is code again, with literals of its own")
    func interpolations() {
        let text = SwiftText(#"let a = "x \(call("y", (1 + 2))) z"; print(a)"#)
        #expect(Set(text.literals.map(\.text)) == [#"x \(…) z"#, "y"])
        #expect(text.literals.first { $0.text.hasPrefix("x") }?.interpolations == [#"call("y", (1 + 2))"#])
        #expect(text.code.contains("print(a)"))
    }

    @Test("a long literal keeps its line breaks, so that the lines after it keep their numbers")
    func longLiterals() {
        let text = SwiftText("let a = \"\"\"\n    one \"two\"\n    three\n    \"\"\"\nlast")
        #expect(text.literals.map(\.text) == ["\n    one \"two\"\n    three\n    "])
        #expect(text.lines.count == 5)
        #expect(text.lines.last == "last")
    }

    @Test("a quote inside a regex opens nothing; a division is no regex")
    func regexes() {
        let text = SwiftText("let a = /say \"[^\"/]*/\nlet b = 4 / 2\nlet c = \"d\"\n")
        #expect(text.literals.map(\.text) == ["d"])
        #expect(text.code.contains("4 / 2"))
    }
}
