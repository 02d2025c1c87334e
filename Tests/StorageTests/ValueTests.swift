import Foundation
import Procedure
import Storage
import TestSupport
import Testing

@Suite("Values")
struct ValueTests {
    private static let values = Migration(
        "values", "CREATE TABLE value (id <integer> PRIMARY KEY, i <integer>, t <text>, b <bytes>)<strict>")

    @Test(
        "come back as they went in", arguments: TestEngine.all,
        [
            (Int64.max, "", []), (Int64.min, "獬豸𠮷😀é", [0]), (0, "it's \"$1\" \\ ?", [0, 255, 0]), (-1, "\n\t", [0x5C]),
            (nil, nil, nil),
        ] as [(Int64?, String?, [UInt8]?)])
    func roundTrip(engine: TestEngine, values: (Int64?, String?, [UInt8]?)) async throws {
        try await withStore(engine, Self.values) { store in
            let (i, t, b) = values
            try await store.write { try $0.run("INSERT INTO value VALUES (1, $1, $2, $3)", i, t, b) }
            let row = try #require(try await store.read { try $0.row("SELECT i, t, b FROM value") })
            #expect(try row.optionalInteger(0) == i)
            #expect(try row.optionalText(1) == t)
            #expect(try row.optionalBytes(2) == b)
        }
    }

    @Test("of the law keep their meaning", arguments: TestEngine.all)
    func valuesOfTheLaw(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let id = DocketID(high: .max, low: 1)
            let day: CourtDay = "2025-09-16"
            let instant: Instant = "2026-01-05T01:02:03.004Z"
            let row = try #require(
                try await store.read {
                    try $0.row("SELECT $1, $2, $3, $4, $5, $6", id, day, instant, true, Data([7]), nil as DocketID?)
                })
            #expect(try row.identifier(0, as: DocketID.self) == id)
            #expect(try row.day(1) == day)
            #expect(try row.instant(2) == instant)
            #expect(try row.bool(3))
            #expect(try row.bytes(4) == [7])
            #expect(try row.optionalIdentifier(5, as: DocketID.self) == nil)
            #expect(try row.isNull(5))
        }
    }

    @Test("that no column can hold are refused", arguments: TestEngine.all)
    func refused(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            await #expect(throws: StorageError.constraint("text with U+0000")) {
                try await store.read { try $0.rows("SELECT $1", "a\u{0}b") }
            }
            await #expect(throws: StorageError.constraint("integer past 2^63 - 1")) {
                try await store.read { try $0.rows("SELECT $1", UInt64(1) << 63) }
            }
            let largest = try await store.read { try $0.row("SELECT $1", UInt64(Int64.max))?.integer(0) }
            #expect(largest == .max)
        }
    }

    @Test("of the wrong type are refused by the table", arguments: TestEngine.all)
    func wrongType(engine: TestEngine) async throws {
        try await withStore(engine, Self.values) { store in
            await #expect(throws: StorageError.self) {
                try await store.write { try $0.run("INSERT INTO value (id, i) VALUES (1, $1)", "one") }
            }
        }
    }

    @Test("that are read as another type say so", arguments: TestEngine.all)
    func wrongReading(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let row = try #require(try await store.read { try $0.row("SELECT $1, $2", 1, nil as String?) })
            #expect(throws: StorageError.unexpected("column 0 is not text")) { try row.text(0) }
            #expect(throws: StorageError.unexpected("column 1 is null")) { try row.text(1) }
            #expect(throws: StorageError.unexpected("no column 2")) { try row.text(2) }
        }
    }

    @Test("are counted and added up to integers", arguments: TestEngine.all)
    func sums(engine: TestEngine) async throws {
        try await withStore(engine, Self.values) { store in
            for numbers in [[Int64.max], [.min], [0], [10_000, 9_999], [-1, 1, -70_000], [100_000_000]] {
                let sum = try await store.write { transaction in
                    try transaction.run("DELETE FROM value")
                    for (id, number) in numbers.enumerated() {
                        try transaction.run("INSERT INTO value (id, i) VALUES ($1, $2)", id, number)
                    }
                    let row = try transaction.row("SELECT sum(i), count(*), max(i) FROM value")
                    return try [row?.integer(0), row?.integer(1), row?.integer(2)]
                }
                #expect(sum == [numbers.reduce(0, +), Int64(numbers.count), numbers.max()])
            }
        }
    }

    @Test("stand where their number says, in quotes and comments nowhere", arguments: TestEngine.all)
    func parameters(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let row = try #require(
                try await store.read {
                    try $0.row("SELECT $2, '$1 ''$2', $1, /* $3 */ $2 AS \"$1\" -- $9\n", "a", "b")
                })
            #expect(try (0..<4).map { try row.text($0) } == ["b", "$1 '$2", "a", "b"])
        }
    }
}
