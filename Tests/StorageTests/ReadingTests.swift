import Dispatch
import Storage
import TestSupport
import Testing

@Suite("Reading")
struct ReadingTests {
    private struct Enough: Error {}

    @Test("sees one picture while others write", arguments: TestEngine.all)
    func snapshot(engine: TestEngine) async throws {
        try await withStore(engine, lines) { store in
            try await store.addLine(1)
            let looked = DispatchSemaphore(value: 0)
            let written = DispatchSemaphore(value: 0)
            async let counts = store.read { reading in
                let before = try reading.row("SELECT count(*) FROM line")?.integer(0)
                looked.signal()
                written.wait()
                return try [before, reading.row("SELECT count(*) FROM line")?.integer(0)]
            }
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    looked.wait()
                    continuation.resume()
                }
            }
            try await store.addLine(2)
            written.signal()
            #expect(try await counts == [1, 1])
            #expect(try await store.lineNumbers() == [1, 2])
        }
    }

    @Test("goes row by row through a long result and may ask other things meanwhile", arguments: TestEngine.all)
    func each(engine: TestEngine) async throws {
        try await withStore(engine, lines) { store in
            try await store.write { transaction in
                for number in 0..<1_000 { try transaction.run("INSERT INTO line VALUES ($1, $2)", number, "\(number)") }
            }
            let sum = try await store.read { reading in
                var sum: Int64 = 0
                try reading.each("SELECT id FROM line WHERE id >= $1 ORDER BY id", 10) { row in
                    let number = try row.integer(0)
                    if number % 100 == 0 {
                        try reading.each("SELECT id FROM line WHERE id = $1", number) { sum += try $0.integer(0) }
                    } else {
                        sum += number
                    }
                }
                return sum
            }
            #expect(sum == (10..<1_000).reduce(0, +))
        }
    }

    @Test("stops at the row where the reader has enough, and can go on", arguments: TestEngine.all)
    func stopping(engine: TestEngine) async throws {
        try await withStore(engine, lines) { store in
            try await store.write { transaction in
                for number in 0..<600 { try transaction.run("INSERT INTO line VALUES ($1, '')", number) }
            }
            let seen = try await store.write { transaction in
                var seen = 0
                do {
                    try transaction.each("SELECT id FROM line ORDER BY id") { _ in
                        seen += 1
                        if seen == 300 { throw Enough() }
                    }
                } catch is Enough {
                }
                try transaction.run("INSERT INTO line VALUES (600, '')")
                return seen
            }
            #expect(seen == 300)
            #expect(try await store.lineNumbers().count == 601)
        }
    }

    @Test("cannot write", arguments: TestEngine.all)
    func writing(engine: TestEngine) async throws {
        try await withStore(engine, lines) { store in
            await #expect(throws: StorageError.readOnly) {
                try await store.read { _ = try $0.rows("INSERT INTO line VALUES (1, '') RETURNING id") }
            }
            let numbers = try await store.lineNumbers()
            #expect(numbers == [])
        }
    }

    @Test("beside the writer with a store that is read-only", arguments: TestEngine.all)
    func readOnlyStore(engine: TestEngine) async throws {
        try await TestDatabase.with(engine) { database in
            let writer = try await database.open([lines])
            let reader = try await database.open([lines], readOnly: true)
            try await writer.addLine(1)
            #expect(try await reader.lineNumbers() == [1])
            await #expect(throws: StorageError.readOnly) { try await reader.addLine(2) }
            try await reader.close()
            try await writer.close()
        }
    }

    @Test("a closed store says that it is gone", arguments: TestEngine.all)
    func closed(engine: TestEngine) async throws {
        try await TestDatabase.with(engine) { database in
            let store = try await database.open([lines])
            try await store.close()
            try await store.close()
            await #expect(throws: StorageError.gone) { try await store.addLine(1) }
            await #expect(throws: StorageError.gone) { try await store.lineNumbers() }
        }
    }
}
