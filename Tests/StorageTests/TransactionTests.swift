import Foundation
import Storage
import Synchronization
import TestSupport
import Testing

private struct ChangedMyMind: Error {}

@Suite("A transaction")
struct TransactionTests {
    @Test("that throws has written nothing", arguments: TestEngine.all)
    func allOrNothing(engine: TestEngine) async throws {
        try await withStore(engine, lines) { store in
            await #expect(throws: ChangedMyMind.self) {
                try await store.write { transaction in
                    try transaction.run("INSERT INTO line VALUES (1, '')")
                    throw ChangedMyMind()
                }
            }
            let numbers = try await store.lineNumbers()
            #expect(numbers == [])
        }
    }

    @Test("says how many rows it changed", arguments: TestEngine.all)
    func changes(engine: TestEngine) async throws {
        try await withStore(engine, lines) { store in
            let counts = try await store.write { transaction in
                [
                    try transaction.run("INSERT INTO line VALUES (1, ''), (2, '')"),
                    try transaction.run("INSERT INTO line VALUES (2, ''), (3, '') ON CONFLICT DO NOTHING"),
                    try transaction.run("UPDATE line SET text = 'x' WHERE id > $1", 1),
                    try transaction.run("DELETE FROM line WHERE id = $1", 9),
                ]
            }
            #expect(counts == [2, 1, 2, 0])
        }
    }

    @Test("learns which rule of the schema declined", arguments: TestEngine.all)
    func typedErrors(engine: TestEngine) async throws {
        try await withStore(engine, lines) { store in
            try await store.addLine(1)
            let key = engine == .sqlite ? "line.id" : "line_pkey"
            await #expect(throws: StorageError.duplicateKey(key)) { try await store.addLine(1) }
            for text in ["'forbidden'", "NULL"] {
                let error = await #expect(throws: StorageError.self) {
                    try await store.write { try $0.run("INSERT INTO line VALUES (2, \(text))") }
                }
                guard case .constraint = error else { Issue.record("\(error as Any)"); continue }
            }
            #expect(try await store.lineNumbers() == [1])
        }
    }

    @Test("with a failed statement cannot be committed by looking away", arguments: TestEngine.all)
    func swallowedFailure(engine: TestEngine) async throws {
        try await withStore(engine, lines) { store in
            try await store.addLine(1)
            await #expect(throws: StorageError.self) {
                try await store.write { transaction in
                    try transaction.run("INSERT INTO line VALUES (2, '')")
                    _ = try? transaction.run("INSERT INTO line VALUES (1, '')")
                }
            }
            await #expect(throws: StorageError.self) {
                try await store.write { transaction in
                    _ = try? transaction.run("INSERT INTO line VALUES (1, '')")
                    try transaction.run("INSERT INTO line VALUES (3, '')")
                }
            }
            #expect(try await store.lineNumbers() == [1])
        }
    }

    @Test("goes on after a savepoint that failed, without what it did", arguments: TestEngine.all)
    func savepoint(engine: TestEngine) async throws {
        try await withStore(engine, lines) { store in
            let done = Mutex<[String]>([])
            try await store.write { transaction in
                try transaction.run("INSERT INTO line VALUES (1, '')")
                transaction.afterCommit { done.withLock { $0.append("first") } }
                do {
                    try transaction.savepoint {
                        transaction.afterCommit { done.withLock { $0.append("undone") } }
                        try transaction.run("INSERT INTO line VALUES (2, '')")
                        try transaction.run("INSERT INTO line VALUES (1, '')")
                    }
                    Issue.record("the key was taken")
                } catch StorageError.duplicateKey {
                }
                try transaction.savepoint {
                    try transaction.run("INSERT INTO line VALUES (3, '')")
                    transaction.afterCommit { done.withLock { $0.append("second") } }
                }
            }
            #expect(try await store.lineNumbers() == [1, 3])
            #expect(done.withLock { $0 } == ["first", "second"])
        }
    }

    @Test("acts after its commit, in order, once, and not at all when it failed", arguments: TestEngine.all)
    func afterCommit(engine: TestEngine) async throws {
        try await withStore(engine, lines) { store in
            let done = Mutex<[Int]>([])
            try await store.write { transaction in
                try transaction.run("INSERT INTO line VALUES (1, '')")
                for number in 1...3 { transaction.afterCommit { done.withLock { $0.append(number) } } }
                #expect(done.withLock { $0 } == [])
            }
            #expect(done.withLock { $0 } == [1, 2, 3], "before the writer is answered")
            _ = try? await store.write { transaction in
                transaction.afterCommit { done.withLock { $0.append(4) } }
                throw ChangedMyMind()
            }
            _ = try? await store.write { transaction in
                transaction.afterCommit { done.withLock { $0.append(5) } }
                try transaction.run("INSERT INTO line VALUES (1, '')")
            }
            #expect(done.withLock { $0 } == [1, 2, 3])
        }
    }

    @Test("fails alone when it leaves a foreign key dangling", arguments: TestEngine.all)
    func danglingKey(engine: TestEngine) async throws {
        let notes = Migration(
            "notes",
            """
            CREATE TABLE note (id <integer> PRIMARY KEY,
                line <integer> NOT NULL REFERENCES line (id) DEFERRABLE INITIALLY DEFERRED)<strict>
            """)
        try await withStore(engine, lines, notes) { store in
            let outcomes = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        let written: Void? = try? await store.write { transaction in
                            try transaction.run("INSERT INTO note VALUES ($1, $2)", number, number)
                            if number % 2 == 0 { try transaction.run("INSERT INTO line VALUES ($1, '')", number) }
                        }
                        return written != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(outcomes == 20)
            let numbers = try await store.lineNumbers()
            #expect(numbers == (0..<40).filter { $0 % 2 == 0 })
            let error = await #expect(throws: StorageError.self) {
                try await store.write { try $0.run("INSERT INTO note VALUES (100, 100)") }
            }
            guard case .constraint = error else { Issue.record("\(error as Any)"); return }
        }
    }

    @Test("one of 64 at a time takes a number: none twice, none left out", arguments: TestEngine.all)
    func gaplessNumbers(engine: TestEngine) async throws {
        let counters = Migration(
            "counters",
            "CREATE TABLE counter (kind <text> PRIMARY KEY, last <integer> NOT NULL)<strict>",
            "CREATE TABLE taken (number <integer> PRIMARY KEY, writer <integer> NOT NULL)<strict>",
            "INSERT INTO counter VALUES ('民初', 0)")
        try await withStore(engine, counters) { store in
            let writers = 64
            let rounds = 5
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<writers {
                    group.addTask {
                        for _ in 0..<rounds {
                            try await store.write { transaction in
                                try transaction.lock("SELECT last FROM counter WHERE kind = $1", "民初")
                                let row = try transaction.row("SELECT last FROM counter WHERE kind = $1", "民初")
                                let number = try #require(row).integer(0) + 1
                                try transaction.run("UPDATE counter SET last = $1 WHERE kind = $2", number, "民初")
                                try transaction.run("INSERT INTO taken VALUES ($1, $2)", number, writer)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let taken = try await store.read {
                try $0.rows("SELECT number FROM taken ORDER BY number").map { try $0.integer(0) }
            }
            #expect(taken == Array(1...Int64(writers * rounds)))
        }
    }

    @Test("whose caller gives up is written once or not at all, as the caller is told", arguments: TestEngine.all)
    func cancellation(engine: TestEngine) async throws {
        try await withStore(engine, lines) { store in
            let numbers = 0..<300
            let told = await withTaskGroup(of: (Int, Bool).self) { group in
                for number in numbers {
                    group.addTask {
                        do {
                            try await store.addLine(number)
                            return (number, true)
                        } catch is CancellationError {
                            return (number, false)
                        } catch {
                            Issue.record(error)
                            return (number, false)
                        }
                    }
                }
                var told: [Int: Bool] = [:]
                for await (number, written) in group {
                    told[number] = written
                    if told.count == 20 { group.cancelAll() }
                }
                return told
            }
            #expect(told.count == numbers.count)
            let written = try await store.lineNumbers()
            #expect(written == numbers.filter { told[$0] == true })
        }
    }
}
