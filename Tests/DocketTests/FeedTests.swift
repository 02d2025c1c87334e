import Foundation
import Procedure
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Docket

/// Holds a transaction open until it is told to end.
private final class Gate: Sendable {
    private let inside = AsyncStream.makeStream(of: Void.self)
    private let semaphore = DispatchSemaphore(value: 0)

    /// Called in the closure: blocks its thread, as a slow statement would.
    func hold() {
        inside.continuation.finish()
        semaphore.wait()
    }

    func entered() async { for await _ in inside.stream {} }
    func open() { semaphore.signal() }
}

@Suite("The feed: no gap, no change of order, readable from anywhere")
struct FeedTests {
    @Test("sixty-four writers at once, one of four changing its mind", arguments: TestEngine.all)
    func manyWriters(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            // Given eight dockets
            var dockets: [DocketID] = []
            for _ in 0..<8 { dockets.append(try await court.opened()) }
            // When 64 writers enter four acts each, wherever, and a reader follows meanwhile
            let follower = Task {
                var seen: [Feed.Item] = []
                while seen.count < 8 + 64 * 3 {
                    try await FeedNumbering.number(in: court.store)
                    seen += try await Feed(store: court.store).items(after: seen.last?.sequence ?? 0, limit: 7)
                    await Task.yield()
                }
                return seen
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<64 {
                    group.addTask { [dockets] in
                        for round in 0..<4 {
                            let docket = dockets[(writer + round) % dockets.count]
                            do {
                                try await court.registry.write(on: [docket]) { t in
                                    var open = try t.docket(docket)
                                    try t.enter([BareCourt.key("w")], in: &open, by: BareCourt.machine)
                                    if round == 3 { throw ChangedMind() }
                                }
                            } catch is ChangedMind {}
                        }
                    }
                }
                try await group.waitForAll()
            }
            let seen = try await follower.value
            // Then who followed saw each entry once, in the order everyone else sees
            let feed = try await court.feed()
            #expect(seen.map(\.stored.id) == feed.map(\.stored.id))
            #expect(feed.map(\.sequence) == Array(1...Int64(8 + 64 * 3)))
            for docket in dockets {
                let positions = feed.filter { $0.stored.docket == docket }.map(\.stored.position)
                #expect(positions == Array(1...positions.count))
            }
        }
    }

    @Test("a transaction held open is not skipped by who reads past it", arguments: TestEngine.all)
    func heldOpen(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            let (slow, quick) = (try await court.opened(), try await court.opened())
            let before = try await court.feed().count
            // Given a transaction that has entered its act and does not end
            let gate = Gate()
            let held = Task {
                try await court.registry.write(on: [slow]) { t in
                    var open = try t.docket(slow)
                    try t.enter([BareCourt.key("slow")], in: &open, by: BareCourt.machine)
                    gate.hold()
                }
            }
            await gate.entered()
            // When another commits meanwhile (PostgreSQL), or waits for it (SQLite), and a reader looks
            let other = Task { try await court.enter(BareCourt.key("quick"), in: quick) }
            if engine == .postgres { _ = try await other.value }
            let meanwhile = try await court.feed()
            #expect(meanwhile.count == before + (engine == .postgres ? 1 : 0))
            gate.open()
            try await held.value
            _ = try await other.value
            // Then the reader who goes on from there gets the late one, and what it had keeps its number
            let after = try await court.feed()
            #expect(after.map(\.sequence) == Array(1...Int64(before + 2)))
            #expect(after.prefix(meanwhile.count).map(\.stored.id) == meanwhile.map(\.stored.id))
            #expect(Set(after.suffix(2).map(\.stored.docket)) == [slow, quick])
        }
    }

    @Test("numbers handed out by two leaders at once are not handed out twice", arguments: TestEngine.all)
    func twoLeaders(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            for _ in 0..<4 { _ = try await court.opened(acts: 25) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { try await FeedNumbering.number(in: court.store) } }
                try await group.waitForAll()
            }
            #expect(try await court.feed().map(\.sequence) == Array(1...Int64(100)))
        }
    }

    @Test("a reader resumes at any number it was given", arguments: TestEngine.all)
    func resumes(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            _ = try await court.opened(acts: 9)
            let all = try await court.feed()
            for item in all {
                let rest = try await Feed(store: court.store).items(after: item.sequence, limit: 100)
                #expect(rest.map(\.sequence) == all.map(\.sequence).filter { $0 > item.sequence })
            }
            #expect(try await Feed(store: court.store).last() == 9)
        }
    }

    @Test(
        "who follows is told after the commit which dockets moved, and nothing of what was undone",
        arguments: TestEngine.all)
    func moves(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            let docket = try await court.opened()
            var news = try await court.store.listen(channel: Feed.channel).makeAsyncIterator()
            let feed = Feed(store: court.store)
            let before = try await feed.moves(after: 0, limit: 10).map(\.docket)
            #expect(before == [docket])
            try? await court.registry.write(on: [docket]) { t in
                var open = try t.docket(docket)
                try t.enter([BareCourt.key("undone")], in: &open, by: BareCourt.machine)
                throw ChangedMind()
            }
            try await court.enter(in: docket)
            _ = await news.next()
            let after = try await feed.moves(after: 1, limit: 10)
            #expect(after == [Feed.Move(sequence: 2, docket: docket)])
        }
    }
}
