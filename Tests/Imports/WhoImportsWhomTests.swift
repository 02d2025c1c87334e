import Testing

/// The map of ARCHITECTURE.md, held against the source files. The manifest alone does not: a target may import what
/// reaches it through another.
@Suite("Who may import whom")
struct WhoImportsWhomTests {
    static let areas = [
        "People", "Filing", "ServiceOfProcess", "Evidence", "Hearing", "Judgment", "CaseFile", "LawPages",
    ]

    let tree = SourceTree.here

    /// - Returns: one line for each import that is not among those allowed.
    func offences(in folder: String, allowing allowed: Set<String>) -> [String] {
        tree.files(in: folder).flatMap { file in
            file.text.imports.subtracting(allowed).sorted().map { "\(file) imports \($0)" }
        }
    }

    @Test("the law imports nothing, not even Foundation")
    func theLawStandsAlone() {
        #expect(!tree.files(in: "Procedure/Sources").isEmpty)
        #expect(offences(in: "Procedure/Sources", allowing: []) == [])
    }

    @Test("the law's tables read files and know the law, nothing else")
    func theTablesKnowTheLaw() {
        #expect(offences(in: "Procedure/Tables", allowing: ["Procedure", "Foundation"]) == [])
    }

    @Test("the proof needs a hash and a signature, nothing else")
    func theProofStandsAlone() {
        #expect(!tree.files(in: "Ledger/Sources").isEmpty)
        #expect(offences(in: "Ledger/Sources/Ledger", allowing: ["Crypto", "Foundation"]) == [])
        #expect(offences(in: "Ledger/Sources/xiezhi-verify", allowing: ["Ledger", "Crypto", "Foundation"]) == [])
    }

    @Test("areas never import each other; they meet in the docket", arguments: areas)
    func areasMeetInTheDocket(area: String) {
        let others = Set(Self.areas).subtracting([area])
        let met = tree.files(in: "Sources/\(area)").flatMap { file in
            file.text.imports.intersection(others).map { "\(file) imports \($0)" }
        }
        #expect(met == [])
    }

    @Test("the spine never leans on an area, on the whole or on the demonstration")
    func theSpineCarries() {
        let above = Set(Self.areas + ["CourtServer", "Demonstration"])
        let leaning = ["Storage", "Docket", "Proofs", "Accounts", "Documents", "Web", "Suggestions"]
            .flatMap { tree.files(in: "Sources/\($0)") }
            .flatMap { file in file.text.imports.intersection(above).map { "\(file) imports \($0)" } }
        #expect(leaning == [])
    }

    @Test("every area on disk is in the list these tests go through")
    func noAreaIsForgotten() {
        let known = Set(Self.areas).union([
            "Storage", "Docket", "Proofs", "Accounts", "Documents", "Web", "Suggestions", "CourtServer",
            "Demonstration", "xiezhi", "CPostgres", "CCrypto", "CPango", "CArchive", "CZlib",
        ])
        let onDisk = Set(tree.files(in: "Sources").compactMap { $0.path.split(separator: "/").dropFirst().first })
        #expect(onDisk.subtracting(known.map { $0[...] }) == [])
    }

    @Test(
        "only Storage speaks to a database engine",
        arguments: ["GRDB", "CPostgres", "SQLite3", "CSQLite", "GRDBSQLite"])
    func onlyStorageKnowsTheEngines(engine: String) {
        let others = tree.files(in: "Sources").filter {
            !$0.isIn("Sources/Storage") && $0.text.imports.contains(engine)
        }
        #expect(others.map(\.path) == [])
    }

    @Test("suggestions cannot reach the docket, an area, a person's account or the store")
    func suggestionsOnlySuggest() {
        let outOfReach = Set(Self.areas + ["Docket", "Storage", "Accounts", "Proofs", "CourtServer", "Demonstration"])
        let reaching = tree.files(in: "Sources/Suggestions").flatMap { file in
            file.text.imports.intersection(outOfReach).map { "\(file) imports \($0)" }
        }
        #expect(reaching == [])
    }

    @Test("no folder and no target is called Core, Common, Shared, Utils or Helpers")
    func everyRoomHasAName() {
        let banned: Set = ["core", "common", "shared", "utils", "util", "helpers", "helper"]
        let folders = tree.folders.filter { banned.contains(($0.split(separator: "/").last ?? "").lowercased()) }
        #expect(folders == [])
        let named = tree.manifests.flatMap { manifest in
            manifest.text.literals.filter { banned.contains($0.text.lowercased()) }
                .map { "\(manifest):\($0.line) \($0.text)" }
        }
        #expect(tree.manifests.count == 3)
        #expect(named == [])
    }
}
