import Storage
import TestSupport
import Testing

@Suite("Migrations")
struct MigrationTests {
    private let notes = Migration("notes", "CREATE TABLE note (id <integer> PRIMARY KEY, body <bytes>)<strict>")

    @Test("run once each, in the order of the program", arguments: TestEngine.all)
    func once(engine: TestEngine) async throws {
        let filled = Migration("filled", "INSERT INTO line VALUES (1, 'once')")
        try await TestDatabase.with(engine) { database in
            for program in [[lines, filled], [lines, filled], [lines, notes, filled]] {
                let store = try await database.open(program)
                #expect(try await store.lineNumbers() == [1])
                try await store.close()
            }
            let store = try await database.open([lines, notes, filled])
            let names = try await store.read {
                try $0.rows("SELECT name FROM migration ORDER BY position").map { try $0.text(0) }
            }
            #expect(names == ["lines", "filled", "notes"])
            try await store.close()
        }
    }

    @Test("that fail leave nothing behind and can be run again", arguments: TestEngine.all)
    func atomic(engine: TestEngine) async throws {
        let broken = Migration(
            "notes", "CREATE TABLE note (id <integer> PRIMARY KEY)", "INSERT INTO nowhere VALUES (1)")
        try await TestDatabase.with(engine) { database in
            await #expect(throws: StorageError.self) { try await database.open([lines, broken]) }
            let store = try await database.open([lines, notes])
            try await store.write { try $0.run("INSERT INTO note VALUES (1, $1)", [1, 2] as [UInt8]) }
            try await store.close()
        }
    }

    @Test("of a newer release keep an older program out", arguments: TestEngine.all)
    func newer(engine: TestEngine) async throws {
        try await TestDatabase.with(engine) { database in
            try await database.open([lines, notes]).close()
            await #expect(throws: StorageError.newerSchema(migration: "notes")) { try await database.open([lines]) }
            await #expect(throws: StorageError.newerSchema(migration: "notes")) {
                try await database.open([lines], readOnly: true)
            }
            try await database.open([lines, notes]).close()
        }
    }

    @Test("are not run by a reader, which says what it lacks", arguments: TestEngine.all)
    func older(engine: TestEngine) async throws {
        try await TestDatabase.with(engine) { database in
            try await database.open([]).close()
            await #expect(throws: StorageError.olderSchema(migration: "lines")) {
                try await database.open([lines], readOnly: true)
            }
            try await database.open([lines]).close()
            await #expect(throws: StorageError.olderSchema(migration: "notes")) {
                try await database.open([lines, notes], readOnly: true)
            }
        }
    }

    @Test("need names of their own", arguments: TestEngine.all)
    func names(engine: TestEngine) async throws {
        try await TestDatabase.with(engine) { database in
            await #expect(throws: StorageError.unexpected("two migrations of one name")) {
                try await database.open([lines, lines])
            }
        }
    }

    @Test("make a table that only grows", arguments: TestEngine.all)
    func appendOnly(engine: TestEngine) async throws {
        try await withStore(engine, lines, AppendOnly.migration("lines only grow", tables: "line")) { store in
            try await store.addLine(1, "for ever")
            var attempts = ["UPDATE line SET text = 'changed'", "DELETE FROM line"]
            attempts +=
                engine == .sqlite
                ? ["REPLACE INTO line VALUES (1, 'changed')"]
                : [
                    "TRUNCATE line",
                    "INSERT INTO line VALUES (1, '') ON CONFLICT (id) DO UPDATE SET text = 'changed'",
                ]
            for sql in attempts {
                await #expect(throws: StorageError.constraint("line is append-only"), "\(sql)") {
                    try await store.write { try $0.run(sql) }
                }
            }
            try await store.addLine(2)
            let texts = try await store.read { try $0.rows("SELECT text FROM line ORDER BY id").map { try $0.text(0) } }
            #expect(texts == ["for ever", ""])
        }
    }
}
