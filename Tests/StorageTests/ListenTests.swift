import Storage
import TestSupport
import Testing

@Suite("Listening")
struct ListenTests {
    private struct ChangedMyMind: Error {}

    @Test("hears what was committed, in order, each text once a transaction", arguments: TestEngine.all)
    func hearing(engine: TestEngine) async throws {
        try await withStore(engine, lines) { store in
            var feed = try await store.listen(channel: "feed").makeAsyncIterator()
            var other = try await store.listen(channel: "other").makeAsyncIterator()
            _ = try? await store.write { transaction in
                transaction.notify(channel: "feed", "never")
                throw ChangedMyMind()
            }
            try await store.write { transaction in
                transaction.notify(channel: "feed", "1")
                transaction.notify(channel: "feed", "1")
                try? transaction.savepoint {
                    transaction.notify(channel: "feed", "undone")
                    throw ChangedMyMind()
                }
                transaction.notify(channel: "feed", "2 獬豸")
            }
            try await store.write { $0.notify(channel: "feed", "3") }
            try await store.write { $0.notify(channel: "other", "4") }
            #expect(await [feed.next(), feed.next(), feed.next()] == ["1", "2 獬豸", "3"])
            #expect(await other.next() == "4")
        }
    }

    @Test("ends when the store closes", arguments: TestEngine.all)
    func ending(engine: TestEngine) async throws {
        try await TestDatabase.with(engine) { database in
            let store = try await database.open()
            var feed = try await store.listen(channel: "feed").makeAsyncIterator()
            try await store.close()
            #expect(await feed.next() == nil)
        }
    }

    @Test("goes on after a lost connection, and is told to look again", .enabled(if: TestEngine.hasPostgres))
    func reconnecting() async throws {
        try await TestDatabase.with(.postgres) { database in
            let store = try await database.open()
            var feed = try await store.listen(channel: "feed").makeAsyncIterator()
            try await database.administer(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE 'LISTEN%'
                """)
            #expect(await feed.next() == "")
            try await store.write { $0.notify(channel: "feed", "still here") }
            #expect(await feed.next() == "still here")
            try await store.close()
        }
    }
}
