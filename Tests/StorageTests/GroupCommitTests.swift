import Foundation
import GRDB
import Synchronization
import Testing

@testable import Storage

private struct Refused: Error {}

@Suite("Group commit")
struct GroupCommitTests {
    /// Counts commits, and makes one fail.
    private final class CommitWatch: TransactionObserver, Sendable {
        private let failing: Int?
        private let attempts = Counter()
        private let done = Counter()

        init(failing: Int?) { self.failing = failing }

        var commits: Int { done.value }

        func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
        func databaseDidChange(with event: DatabaseEvent) {}
        func databaseDidCommit(_ db: Database) { done.next() }
        func databaseDidRollback(_ db: Database) {}
        func databaseWillCommit() throws {
            if attempts.next() == failing { throw DatabaseError(resultCode: .SQLITE_FULL) }
        }
    }

    /// A store whose writer is kept busy until `body` has queued its writes.
    private func withBusyWriter(
        queueing count: Int, failingCommit: Int? = nil, _ write: @escaping @Sendable (Store, Int) async throws -> Void,
        then check: (Store, CommitWatch, [Result<Void, any Error>]) async throws -> Void
    ) async throws {
        try await withStore(.sqlite, lines) { store in
            let engine = try #require(store.engine as? SQLiteEngine)
            let watch = CommitWatch(failing: failingCommit)
            engine.pool.add(transactionObserver: watch, extent: .databaseLifetime)
            let gate = DispatchSemaphore(value: 0)
            let started = AsyncStream.makeStream(of: Void.self)
            async let first: Void = store.write { transaction in
                started.continuation.finish()
                gate.wait()
                try transaction.run("INSERT INTO line VALUES (-1, 'first')")
            }
            for await _ in started.stream {}
            let outcomes = try await withThrowingTaskGroup(of: (Int, Result<Void, any Error>).self) { group in
                for number in 0..<count {
                    group.addTask {
                        do { return (number, .success(try await write(store, number))) } catch {
                            return (number, .failure(error))
                        }
                    }
                }
                while engine.commits.waiting < count { await Task.yield() }
                #expect(try await store.lineNumbers() == [], "readers go on meanwhile")
                gate.signal()
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            _ = try? await first
            try await check(store, watch, (0..<count).compactMap { outcomes[$0] })
        }
    }

    @Test("commits together what waited, and a lone write at once")
    func together() async throws {
        try await withBusyWriter(queueing: 30) { store, number in
            try await store.addLine(number)
        } then: { store, watch, outcomes in
            #expect(outcomes.allSatisfy { (try? $0.get()) != nil })
            #expect(try await store.lineNumbers() == Array(-1..<30))
            #expect(watch.commits == 2)
            try await store.addLine(30)
            #expect(watch.commits == 3)
        }
    }

    @Test("lets one request fail alone, by its own error")
    func alone() async throws {
        try await withBusyWriter(queueing: 30) { store, number in
            try await store.write { transaction in
                try transaction.run("INSERT INTO line VALUES ($1, '')", number)
                if number % 3 == 1 { throw Refused() }
                if number % 3 == 2 { try transaction.run("INSERT INTO line VALUES (-1, '')") }
            }
        } then: { store, watch, outcomes in
            for (number, outcome) in outcomes.enumerated() {
                switch number % 3 {
                case 0: #expect(throws: Never.self) { try outcome.get() }
                case 1: #expect(throws: Refused.self) { try outcome.get() }
                default: #expect(throws: StorageError.duplicateKey("line.id")) { try outcome.get() }
                }
            }
            let written = try await store.lineNumbers()
            #expect(written == [-1] + (0..<30).filter { $0 % 3 == 0 })
            #expect(watch.commits == 2)
        }
    }

    @Test("runs a batch again only when a request failed after it had written")
    func runsAgain() async throws {
        for writesFirst in [false, true] {
            let runs = Counter()
            try await withBusyWriter(queueing: 30) { store, number in
                try await store.write { transaction in
                    runs.next()
                    if number == 7, !writesFirst { throw Refused() }
                    try transaction.run("INSERT INTO line VALUES ($1, '')", number)
                    if number == 7 { throw Refused() }
                }
            } then: { store, _, outcomes in
                #expect(throws: Refused.self) { try outcomes[7].get() }
                let written = try await store.lineNumbers()
                #expect(written == [-1] + (0..<30).filter { $0 != 7 })
            }
            #expect((writesFirst ? 31...60 : 30...30).contains(runs.value))
        }
    }

    @Test("tells everyone when the commit fails, has written nothing, and works on")
    func failedCommit() async throws {
        let acted = Counter()
        // The first commit belongs to the write that keeps the writer busy.
        try await withBusyWriter(queueing: 30, failingCommit: 2) { store, number in
            try await store.write { transaction in
                transaction.afterCommit { acted.next() }
                try transaction.run("INSERT INTO line VALUES ($1, '')", number)
                // A refusal may rest on what an earlier request of the batch wrote; it is not given either.
                if number == 7 { throw Refused() }
            }
        } then: { store, _, outcomes in
            for outcome in outcomes { #expect(throws: StorageError.full) { try outcome.get() } }
            #expect(acted.value == 0)
            #expect(try await store.lineNumbers() == [-1])
            try await store.addLine(5)
            #expect(try await store.lineNumbers() == [-1, 5])
        }
    }

    @Test("on a full disk writes what it says it wrote, and works on once there is room")
    func fullDisk() async throws {
        try await withStore(.sqlite, lines) { store in
            let pool = try #require(store.engine as? SQLiteEngine).pool
            func allow(pages: Int) async throws {
                _ = try await pool.writeWithoutTransaction {
                    try Int.fetchOne($0, sql: "PRAGMA max_page_count = \(pages)")
                }
            }
            let pages = try await pool.read { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 }
            try await allow(pages: pages + 4)
            let written = await withTaskGroup(of: Int?.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        do {
                            try await store.addLine(number, String(repeating: "满", count: number % 4 == 3 ? 9_000 : 10))
                            return number
                        } catch {
                            #expect(error as? StorageError == .full)
                            return nil
                        }
                    }
                }
                return await group.compactMap { $0 }.reduce(into: []) { $0.append($1) }.sorted()
            }
            #expect(written.count < 40)
            #expect(try await store.lineNumbers() == written)
            try await allow(pages: 1_000_000)
            try await store.addLine(100, String(repeating: "空", count: 9_000))
            #expect(try await store.lineNumbers() == written + [100])
        }
    }

    @Test("acts after the commit in the order of the requests, before anyone is answered")
    func order() async throws {
        let acted = Mutex<[Int64]>([])
        try await withBusyWriter(queueing: 30) { store, number in
            try await store.write { transaction in
                try transaction.run("INSERT INTO line VALUES ($1, '')", number)
                let position = try transaction.row("SELECT count(*) FROM line")?.integer(0) ?? 0
                transaction.afterCommit { acted.withLock { $0.append(position) } }
            }
            #expect(acted.withLock { $0.count } == 30)
        } then: { _, _, outcomes in
            #expect(outcomes.allSatisfy { (try? $0.get()) != nil })
            #expect(acted.withLock { $0 } == Array(2...31))
        }
    }
}
