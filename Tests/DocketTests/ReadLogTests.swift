import Foundation
import Ledger
import Procedure
import Storage
import TestSupport
import Testing

@testable import Docket

@Suite("The log of readings")
struct ReadLogTests {
    static let morning: Instant = "2026-01-05T01:10:00.000Z"

    private func line(_ object: String = "", session: String = "s", at: Instant = morning) -> ReadLine {
        ReadLine(
            account: AccountID(high: 1, low: 1), session: session, docket: DocketID(high: 2, low: 2),
            what: "/cases/:docket", object: object, why: "judge", at: at)
    }

    private func expect(
        _ count: Int64, in court: BareCourt, _ place: SourceLocation = #_sourceLocation
    ) async throws {
        let found = try await court.store.read { try $0.row("SELECT COUNT(*) FROM read_line")?.integer(0) }
        #expect(found == count, sourceLocation: place)
    }

    @Test(
        "OLR 38: one line for each person, session, page and hour, also when another process wrote it",
        arguments: TestEngine.all)
    func oneLineAnHour(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            let (log, other) = (
                ReadLog(store: court.store, key: court.courtKey), ReadLog(store: court.store, key: court.courtKey)
            )
            try await log.note(line())
            try await log.note(line(at: Self.morning.adding(milliseconds: 60_000)))
            try await other.note(line(at: Self.morning.adding(milliseconds: 90_000)))
            try await expect(1, in: court)
            func isNoted(by log: ReadLog, at: Instant = Self.morning) -> Bool {
                let line = line(at: at)
                return log.hasNoted(
                    session: line.session, docket: line.docket, what: line.what, object: line.object, at: line.at)
            }
            #expect(isNoted(by: log) && !isNoted(by: log, at: Self.morning.adding(hours: 1)))
            #expect(!isNoted(by: ReadLog(store: court.store, key: court.courtKey)), "another process asks the database")
            try await log.note(line("entry"))
            try await log.note(line(session: "t"))
            try await log.note(line(at: Self.morning.adding(hours: 1)))
            try await expect(4, in: court)
        }
    }

    @Test("an hour is closed once it is over, with one leaf, and stays closed", arguments: TestEngine.all)
    func closes(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            let log = ReadLog(store: court.store, key: court.courtKey)
            try await log.note(line())
            try await log.note(line("entry"))
            #expect(try await log.closeHours(now: "2026-01-05T02:04:00.000Z") == 0, "a write may still be under way")
            #expect(try await log.closeHours(now: "2026-01-05T02:06:00.000Z") == 1)
            #expect(try await log.closeHours(now: "2026-01-05T09:00:00.000Z") == 0)
            let hours = try await log.hours(after: -1, limit: 10)
            let hour = try #require(hours.first)
            #expect(hours.count == 1)
            #expect(hour.isUnchanged)
            let leaf = try LeafEntry(hour.leaf)
            #expect(leaf.kind == .accessLogHour)
            #expect(leaf.minutes == 29_459_580, "the start of the hour, 2026-01-05 01:00 UTC")
            #expect(leaf.commitments.count == 1)
        }
    }

    @Test("the database keeps the lines as they were; a change past it is found", arguments: TestEngine.all)
    func changed(engine: TestEngine) async throws {
        try await BareCourt.on(engine) { court in
            let log = ReadLog(store: court.store, key: court.courtKey)
            try await log.note(line())
            try await log.closeHours(now: "2026-01-05T03:00:00.000Z")
            for change in ["UPDATE read_line SET why = 'clerk'", "DELETE FROM read_line", "DELETE FROM read_hour"] {
                await #expect(throws: StorageError.self) { try await court.store.write { try $0.run(change) } }
            }
            // Given somebody who adds a reading to a closed hour
            try await court.store.write {
                try $0.run(
                    """
                    INSERT INTO read_line (hour, session, docket, what, object, account, why, at)
                    SELECT hour, 'forged', docket, what, object, account, why, at FROM read_line
                    """)
            }
            #expect(try await log.hours(after: -1, limit: 10).map(\.isUnchanged) == [false])
        }
    }
}
