import Foundation
import GRDB
import Testing

@testable import Storage

@Suite("The SQLite engine")
struct SQLiteEngineTests {
    @Test("syncs each commit, keeps foreign keys, overwrites what is deleted, leaves no temporary files")
    func settings() async throws {
        try await withStore(.sqlite) { store in
            let pool = try #require(store.engine as? SQLiteEngine).pool
            let writer = try await pool.writeWithoutTransaction { database in
                try ["synchronous", "foreign_keys", "secure_delete", "temp_store", "recursive_triggers"].map {
                    try Int.fetchOne(database, sql: "PRAGMA \($0)")
                }
            }
            #expect(writer == [2, 1, 1, 2, 1])
            let mode = try await pool.writeWithoutTransaction { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
            #expect(mode == "wal")
            #expect(store.engineVersion.hasPrefix("SQLite 3."))
        }
    }

    @Test("lets one writer in, in this process or another")
    func oneWriter() async throws {
        try await TestDatabase.with(.sqlite) { database in
            let store = try await database.open([lines])
            let lock = database.folder.path + "/court.db.lock"
            await #expect(throws: StorageError.alreadyOpen(lock)) { try await database.open([lines]) }
            #expect(try flock(lock) == 1, "another program")
            try await store.close()
            #expect(try flock(lock) == 0)
            try await database.open([lines]).close()
        }
    }

    /// What `flock -n` says in a process of its own: 1 when the lock is taken.
    private func flock(_ path: String) throws -> Int32 {
        let other = Process()
        other.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
        other.arguments = ["-n", path, "true"]
        try other.run()
        other.waitUntilExit()
        return other.terminationStatus
    }

    @Test("makes files for the owner only")
    func modes() async throws {
        try await TestDatabase.with(.sqlite) { database in
            let store = try await database.open([lines])
            try await store.addLine(1)
            for file in try database.folder.files() { #expect(try database.folder.mode(of: file) == 0o600, "\(file)") }
            try await store.close()
        }
    }

    @Test("changes no byte of the database when it only reads, even where a crash left work to do")
    func readingChangesNothing() async throws {
        try await TestDatabase.with(.sqlite) { database in
            // Given the files of a process that died after its commits and before a checkpoint
            let store = try await database.open([lines])
            for number in 1...20 { try await store.addLine(number) }
            let crashed = try TemporaryFolder()
            for file in ["court.db", "court.db-wal"] { try crashed.write(database.folder.bytes(of: file), to: file) }
            try await store.close()
            let before = try ["court.db", "court.db-wal"].map { try crashed.bytes(of: $0) }
            #expect(before[1].count > 0)

            // When a reader opens, reads and closes
            let reader = try await Store.open(
                .sqlite(path: crashed.path + "/court.db"), migrations: [lines], readOnly: true, logger: .silent)
            #expect(try await reader.lineNumbers() == Array(1...20))
            try await reader.close()

            // Then everything is as it was, and the next writer finds it
            #expect(try ["court.db", "court.db-wal"].map { try crashed.bytes(of: $0) } == before)
            let writer = try await Store.open(
                .sqlite(path: crashed.path + "/court.db"), migrations: [lines], logger: .silent)
            #expect(try await writer.lineNumbers() == Array(1...20))
            try await writer.close()
            #expect(
                try crashed.files().filter { $0 == "court.db-wal" }.allSatisfy { try crashed.bytes(of: $0).isEmpty })
        }
    }

    @Test("does not make a database for a reader")
    func missing() async throws {
        try await TestDatabase.with(.sqlite) { database in
            await #expect(throws: StorageError.gone) { try await database.open([lines], readOnly: true) }
            let files = try database.folder.files()
            #expect(files == [])
        }
    }

    @Test("copies the database as it was at one moment while writing goes on")
    func backup() async throws {
        try await TestDatabase.with(.sqlite) { database in
            let store = try await database.open([lines])
            for number in 0..<50 { try await store.addLine(number, String(repeating: "卷", count: 500)) }
            let copy = database.folder.path + "/copy.db"
            async let writing: Void = {
                for number in 50..<250 { try await store.addLine(number, String(repeating: "卷", count: 500)) }
            }()
            try await store.backup(to: copy)
            try await writing

            #expect(try database.folder.files().filter { $0.hasPrefix("copy") } == ["copy.db"])
            #expect(try database.folder.mode(of: "copy.db") == 0o600)
            let restored = try await Store.open(.sqlite(path: copy), migrations: [lines], logger: .silent)
            let numbers = try await restored.lineNumbers()
            #expect(numbers.count >= 50)
            #expect(numbers == Array(0..<numbers.count))
            let pool = try #require(restored.engine as? SQLiteEngine).pool
            #expect(try await pool.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
            try await restored.close()

            await #expect(throws: StorageError.unexpected("the backup exists")) { try await store.backup(to: copy) }
            try await store.close()
        }
    }
}
