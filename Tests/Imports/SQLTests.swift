import Testing

/// What the SQL in the sources may and may not do.
@Suite("SQL")
struct SQLTests {
    let tree = SourceTree.here

    /// What may stand in the text of a statement of a file, and why no stranger's words can get there.
    struct Exception {
        let expressions: Set<String>
        let why: String
    }

    /// Values never belong in the text of a statement: they are bound (`$1`, `$2` …). A list of column names kept in one
    /// place (`\(columns)`) and a name quoted as an identifier need no mention here.
    static let builtOnPurpose: [String: Exception] = [
        "Sources/Docket/Feed.swift": Exception(expressions: ["batch"], why: "a constant of the same file"),
        "Sources/Docket/ProjectionAudit.swift": Exception(
            expressions: ["table.name"], why: "names of projection tables, given in the code by the areas"),
        "Sources/Docket/RecordCopy.swift": Exception(
            expressions: ["table", "table.name"], why: "names of tables that our own migrations made"),
        "Sources/Docket/Rebuild.swift": Exception(
            expressions: ["Self.batch", "table"], why: "a constant; the name of a table that was found in the list"),
        "Sources/Docket/Matters.swift": Exception(
            expressions: ["also"], why: "as many numbered placeholders as the name searched for has tokens"),
        "Sources/Docket/Projections.swift": Exception(
            expressions: ["table.name", "generation"], why: "names of projection tables, given in the code by the areas"
        ),
        "Sources/Storage/AppendOnly.swift": Exception(
            expressions: ["table", "verb", "verb.lowercased()"], why: "names of our own tables, checked to be plain"),
    ]

    /// Code outside `Docket` that changes the record of acts, each with its reason.
    static let mayTouchActs: [String: String] = [
        "Sources/Demonstration/Attack.swift":
            "the attacker of the demonstration changes a record, so that the audit finds it"
    ]

    @Test("only Docket writes the record of acts")
    func onlyDocketWritesActs() {
        let others = tree.files(in: "Sources").filter {
            !$0.isIn("Sources/Docket") && Self.mayTouchActs[$0.path] == nil
        }
        #expect(others.flatMap(Self.writesToActs) == [])
    }

    @Test("no SQL text is put together from pieces; values are bound")
    func noStringBuiltSQL() {
        let built = tree.files(in: "Sources").flatMap { file in
            Self.builtStatements(in: file, allowing: Self.builtOnPurpose[file.path]?.expressions ?? [])
        }
        #expect(built == [])
    }

    @Test("an exception that is no longer needed is taken out of its list")
    func noStaleExceptions() {
        for (path, exception) in Self.builtOnPurpose {
            for expression in exception.expressions {
                let others = exception.expressions.subtracting([expression])
                let isUsed = tree.files.contains {
                    $0.path == path && !Self.builtStatements(in: $0, allowing: others).isEmpty
                }
                #expect(isUsed, "\(path): \(expression)")
            }
        }
        for path in Self.mayTouchActs.keys {
            #expect(tree.files.contains { $0.path == path && !Self.writesToActs(in: $0).isEmpty }, "\(path)")
        }
    }

    // MARK: the two readers, and that they see what they should

    static func writesToActs(in file: SourceFile) -> [String] {
        let write =
            /\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?|ALTER\s+TABLE|DROP\s+TABLE(?:\s+IF\s+EXISTS)?)\s+"?act"?(?:\s|;|\(|$)/
            .ignoresCase()
        return file.text.literals.filter { $0.text.contains(write) }.map { "\(file):\($0.line) writes to act" }
    }

    static func builtStatements(in file: SourceFile, allowing allowed: Set<String> = []) -> [String] {
        let statement =
            /^\s*(?:SELECT|INSERT|REPLACE|UPDATE|DELETE|TRUNCATE|CREATE|ALTER|DROP|WITH|COPY|PRAGMA|LISTEN|NOTIFY|SET)\s+\S/
        let ownNames = /^(?:\w+\.)*\w*[cC]olumns$|\.quoted\(\w+(?:\.\w+)*\)$/
        return file.text.literals
            .filter { literal in
                literal.text.contains(statement)
                    && !literal.interpolations.allSatisfy { $0.contains(ownNames) || allowed.contains($0) }
            }
            .map { "\(file):\($0.line) puts something into SQL: \($0.text.prefix(60))" }
    }

    @Test("a write to the acts is seen, however it is laid out; reading them and other tables is not")
    func theReaderSeesWrites() {
        let writes = [
            "run(\"INSERT INTO act (docket) VALUES ($1)\")", "run(\"update act set body = $1\")",
            "run(\"\"\"\n    DELETE FROM\n        act WHERE position = 1\n    \"\"\")",
            "run(\"DROP TABLE IF EXISTS \\\"act\\\"\")",
        ]
        for write in writes {
            #expect(!Self.writesToActs(in: SourceFile(path: "x", source: write)).isEmpty, "\(write)")
        }
        let others = [
            "rows(\"SELECT body FROM act\")", "run(\"INSERT INTO activity (a) VALUES (1)\")",
            "// run(\"UPDATE act SET body = ''\")", "run(\"INSERT INTO act_leaf (a) VALUES (1)\")",
        ]
        for other in others { #expect(Self.writesToActs(in: SourceFile(path: "x", source: other)).isEmpty, "\(other)") }
    }

    @Test("an interpolation in SQL is seen, in a message it is not")
    func theReaderSeesInterpolation() {
        let built = SourceFile(path: "x", source: #"rows("SELECT * FROM \(table) WHERE id = $1", id)"#)
        #expect(Self.builtStatements(in: built).count == 1)
        let message = SourceFile(
            path: "x", source: #"log("Select a file, \(name)"); rows("SELECT 1 WHERE a = $1", "\(b)")"#)
        #expect(Self.builtStatements(in: message) == [])
        let columns = SourceFile(path: "x", source: #"rows("SELECT \(Self.columns) FROM act WHERE id = $1", id)"#)
        #expect(Self.builtStatements(in: columns) == [])
    }
}
