import Dispatch
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Storage

private struct KeyTaken: Error {}

@Suite("The PostgreSQL engine", .enabled(if: TestEngine.hasPostgres))
struct PostgresEngineTests {
    /// Fails the statement with an error of our choice.
    private static let raising = Migration(
        "raising", sqlite: [],
        postgres: [
            """
            CREATE FUNCTION raise(state text) RETURNS bigint LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'raised' USING ERRCODE = state; END $$
            """,
            """
            CREATE TABLE last_straw (action text);
            CREATE FUNCTION break() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF new.action = 'die' THEN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(5);
                ELSE RAISE EXCEPTION 'raised' USING ERRCODE = new.action; END IF;
                RETURN NULL;
            END $$;
            CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON last_straw DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION break()
            """,
        ])

    @Test("runs the whole closure again after a conflict", arguments: ["40001", "40P01"])
    func conflict(state: String) async throws {
        try await withStore(.postgres, lines, Self.raising) { store in
            let runs = Counter()
            let acted = Counter()
            try await store.write { transaction in
                let run = runs.next()
                transaction.afterCommit { acted.next() }
                transaction.notify(channel: "feed", "\(run)")
                try transaction.run("INSERT INTO line VALUES ($1, '')", run)
                if run < 4 { _ = try transaction.rows("SELECT raise($1)", state) }
            }
            #expect(runs.value == 4)
            #expect(acted.value == 1)
            #expect(try await store.lineNumbers() == [4])
        }
    }

    @Test("gives up after five more runs")
    func endlessConflict() async throws {
        try await withStore(.postgres, Self.raising) { store in
            let runs = Counter()
            await #expect(throws: StorageError.busy) {
                try await store.write { transaction in
                    runs.next()
                    _ = try transaction.rows("SELECT raise('40001')")
                }
            }
            #expect(runs.value == 6)
        }
    }

    @Test("runs again when the conflict shows at the commit")
    func conflictAtCommit() async throws {
        try await withStore(.postgres, lines, Self.raising) { store in
            let runs = Counter()
            try await store.write { transaction in
                let isFirst = runs.next() == 1
                try transaction.run("INSERT INTO line VALUES (1, '')")
                if isFirst { try transaction.run("INSERT INTO last_straw VALUES ('40001')") }
            }
            #expect(runs.value == 2)
            #expect(try await store.lineNumbers() == [1])
        }
    }

    @Test("ends a deadlock with both written")
    func deadlock() async throws {
        try await withStore(.postgres, lines) { store in
            for number in 1...2 { try await store.addLine(number) }
            let holding = [DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)]
            let runs = Counter()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (mine, its) in [(0, 1), (1, 0)] {
                    group.addTask {
                        try await store.write { transaction in
                            let isFirst = runs.next() <= 2
                            try transaction.lock("SELECT id FROM line WHERE id = $1", mine + 1)
                            if isFirst {
                                holding[mine].signal()
                                holding[its].wait()
                            }
                            try transaction.run("UPDATE line SET text = text || 'x' WHERE id = $1", its + 1)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(runs.value >= 3)
            let texts = try await store.read { try $0.rows("SELECT text FROM line").map { try $0.text(0) } }
            #expect(texts == ["x", "x"])
        }
    }

    @Test("runs again after a lost key where that was asked for, and only there")
    func lostKey() async throws {
        try await withStore(.postgres, lines) { store in
            try await store.addLine(1)
            let number = Counter()
            let insert: @Sendable (Transaction) throws -> Void = { transaction in
                do {
                    try transaction.run("INSERT INTO line VALUES ($1, '')", number.next())
                } catch StorageError.duplicateKey {
                    throw KeyTaken()
                }
            }
            await #expect(throws: KeyTaken.self) { try await store.write(insert) }
            number.start(at: 0)
            try await store.write(lostKey: .runsAgain, insert)
            #expect(try await store.lineNumbers() == [1, 2])
        }
    }

    @Test("runs once more on a new connection when one breaks before the commit")
    func brokenConnection() async throws {
        try await withStore(.postgres, lines) { store in
            let runs = Counter()
            let breaking: @Sendable (Transaction, Int) throws -> Void = { transaction, breaks in
                let run = runs.next()
                try transaction.run("INSERT INTO line VALUES ($1, '')", run)
                if run <= breaks { _ = try transaction.rows("SELECT pg_terminate_backend(pg_backend_pid())") }
            }
            try await store.write { try breaking($0, 1) }
            #expect(try await store.lineNumbers() == [2])
            runs.start(at: 10)
            await #expect(throws: StorageError.gone) { try await store.write { try breaking($0, .max) } }
            #expect(runs.value == 12)
            #expect(try await store.lineNumbers() == [2])
        }
    }

    @Test("replaces connections that died while idle")
    func deadConnections() async throws {
        try await TestDatabase.with(.postgres) { database in
            let store = try await database.open([lines])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 { group.addTask { try await store.addLine(number) } }
                try await group.waitForAll()
            }
            try await database.administer(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                """)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 20..<60 { group.addTask { try await store.addLine(number) } }
                try await group.waitForAll()
            }
            #expect(try await store.lineNumbers() == Array(0..<60))
            try await store.close()
        }
    }

    @Test("does not run again when the connection breaks during the commit: the outcome is unknown")
    func brokenCommit() async throws {
        try await withStore(.postgres, lines, Self.raising) { store in
            let runs = Counter()
            let acted = Counter()
            await #expect(throws: StorageError.gone) {
                try await store.write { transaction in
                    runs.next()
                    transaction.afterCommit { acted.next() }
                    try transaction.run("INSERT INTO line VALUES (1, '')")
                    try transaction.run("INSERT INTO last_straw VALUES ('die')")
                }
            }
            #expect(runs.value == 1)
            #expect(acted.value == 0)
            try await store.addLine(2)
        }
    }

    @Test("calls a lock that is not given in time and a statement that runs too long busy")
    func timeouts() async throws {
        try await withStore(.postgres, lines) { store in
            try await store.addLine(1)
            let release = DispatchSemaphore(value: 0)
            let held = AsyncStream.makeStream(of: Void.self)
            async let holder: Void = store.write { transaction in
                try transaction.lock("SELECT id FROM line WHERE id = 1")
                held.continuation.finish()
                release.wait()
            }
            for await _ in held.stream {}
            await #expect(throws: StorageError.busy) {
                try await store.write { transaction in
                    try transaction.run("SET LOCAL lock_timeout = 20")
                    try transaction.lock("SELECT id FROM line WHERE id = 1")
                }
            }
            release.signal()
            try await holder
            await #expect(throws: StorageError.busy) {
                try await store.write { transaction in
                    try transaction.run("SET LOCAL statement_timeout = 20")
                    _ = try transaction.rows("SELECT pg_sleep(30)")
                }
            }
            let settings = try await store.read { reading in
                try ["statement_timeout", "lock_timeout", "synchronous_commit"].map {
                    try reading.row("SELECT current_setting($1)", $0)?.text(0)
                }
            }
            #expect(settings == ["30s", "10s", "on"])
        }
    }

    @Test("refuses a database that answers before it has written")
    func asynchronousCommit() async throws {
        try await TestDatabase.with(.postgres) { database in
            try await database.open().close()
            try await database.administer(
                """
                DO $$ BEGIN
                EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database());
                END $$
                """)
            await #expect(throws: StorageError.self) { try await database.open() }
        }
    }

    @Test("gives a job to one of several who ask")
    func advisoryLock() async throws {
        try await withStore(.postgres) { store in
            let release = DispatchSemaphore(value: 0)
            let held = AsyncStream.makeStream(of: Void.self)
            async let leader = store.write { transaction in
                let leads = try transaction.tryLock(key: 7)
                held.continuation.finish()
                release.wait()
                return leads
            }
            for await _ in held.stream {}
            let second = try await store.write { try $0.tryLock(key: 7) }
            release.signal()
            let first = try await leader
            let third = try await store.write { try $0.tryLock(key: 7) }
            #expect([first, second, third] == [true, false, true])
        }
    }

    @Test("keeps courts in schemas of one database apart")
    func schemas() async throws {
        try await TestDatabase.with(.postgres) { database in
            let first = try await database.open([lines], schema: "Court \"1\"")
            let second = try await database.open([lines], schema: "court_2")
            try await first.addLine(1)
            #expect(try await second.lineNumbers() == [])
            // A job held in one court waits for nobody in another
            let release = DispatchSemaphore(value: 0)
            let held = AsyncStream.makeStream(of: Void.self)
            async let holding: Void = first.write { transaction in
                try transaction.lock(key: 7)
                held.continuation.finish()
                release.wait()
            }
            for await _ in held.stream {}
            let free = try await second.write { try $0.tryLock(key: 7) }
            release.signal()
            try await holding
            #expect(free)
            try await first.close()
            try await second.close()
        }
    }

    @Test("lets nodes that start together migrate one after another")
    func startingTogether() async throws {
        try await TestDatabase.with(.postgres) { database in
            let stores = try await withThrowingTaskGroup(of: Store.self) { group in
                for _ in 0..<4 { group.addTask { try await database.open([lines], schema: "court") } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for store in stores { try await store.close() }
        }
    }

    @Test("says that a server is gone that is not there")
    func nobodyThere() async throws {
        let nowhere = StoreLocation.postgres(url: "postgres://court@127.0.0.1:1/court")
        await #expect(throws: StorageError.gone) { try await Store.open(nowhere, migrations: [], logger: .silent) }
    }

    @Test("sends the server's notices to the log")
    func notices() async throws {
        try await TestDatabase.with(.postgres) { database in
            let heard = Heard()
            let store = try await database.open(logger: Logger(label: "test") { _ in heard })
            try await store.write { try $0.run("DO $$ BEGIN RAISE NOTICE 'mark this'; END $$") }
            #expect(heard.lines.withLock { $0.contains { $0.contains("mark this") } })
            try await store.close()
        }
    }

    private final class Heard: LogHandler, Sendable {
        let lines = Mutex<[String]>([])
        var logLevel: Logger.Level {
            get { .trace }
            set {}
        }
        var metadata: Logger.Metadata {
            get { [:] }
            set {}
        }
        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { nil }
            set {}
        }

        func log(event: LogEvent) { lines.withLock { $0.append("\(event.message)") } }
    }
}
