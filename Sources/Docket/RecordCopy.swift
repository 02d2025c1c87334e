import Foundation
import Storage
import Synchronization

/// Copies a court's tables from one kind of database into the other, as they are at one moment (跨库复制).
///
/// Both stores have the same migrations, and the target has no rows. Projections stay behind: where the record arrives
/// they are folded anew. Of two stores one is SQLite; copying between two of one kind is their own business.
package struct RecordCopy: Sendable {
    private let source: Store
    private let target: Store
    private let last: String?

    /// - Parameter last: a table that is copied after all others, such as the row without which there is no court.
    package init(from source: Store, to target: Store, last: String? = nil) {
        self.source = source
        self.target = target
        self.last = last
    }

    struct Table: Sendable {
        let name: String
        let columns: [(name: String, type: ColumnType)]
    }

    struct Batch: Sendable {
        let table: Table
        var rows: [[any StoredValue & Sendable]] = []
    }

    /// - Returns: how many rows were copied.
    /// - Throws: `StorageError`; then the target holds a part, and is of no use.
    @discardableResult
    package func run() async throws -> Int {
        let tables = try await tables()
        let handover = Handover()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [source] in
                try await source.read { reading in try handover.send(tables, of: reading) }
            }
            var copied = 0
            do {
                for await batch in handover.batches {
                    try await write(batch)
                    copied += batch.rows.count
                    handover.taken()
                }
            } catch {
                handover.stop()
                throw error
            }
            try await group.waitForAll()
            return copied
        }
    }

    /// The tables both have, in the order in which they were made, so that what refers to another comes after it.
    private func tables() async throws -> [Table] {
        let lite = source.dialect == .sqlite ? source : target
        let made = try await lite.read { reading in
            // The feed is a view on SQLite and a table on PostgreSQL.
            try reading.rows("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY rowid")
                .map { try $0.text(0) }
        }
        let into = try await target.read { reading in
            try made.compactMap { name -> Table? in
                guard !Self.leftBehind.contains(name) else { return nil }
                let columns = try Self.columns(of: name, in: reading)
                return columns.isEmpty ? nil : Table(name: name, columns: columns)
            }
        }
        return into.filter { $0.name != last } + into.filter { $0.name == last }
    }

    /// What the target has of its own: its migrations, and which projections it has folded.
    private static let leftBehind: Set<String> = ["migration", "projection"]

    private static func columns(of table: String, in reading: Reading) throws -> [(name: String, type: ColumnType)] {
        let rows =
            reading.dialect == .sqlite
            ? try reading.rows(
                """
                SELECT c.name, c.type FROM sqlite_schema s, pragma_table_info(s.name) c
                WHERE s.name = $1 AND s.type = 'table' ORDER BY c.cid
                """, table)
            : try reading.rows(
                """
                SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT) FROM information_schema.columns
                WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position
                """, table)
        return try rows.map { row in
            let type: ColumnType =
                switch try row.text(1).lowercased() {
                case "blob", "bytea": .bytes
                case "integer", "bigint": .integer
                default: .text
                }
            return (try row.text(0), type)
        }
    }

    private func write(_ batch: Batch) async throws {
        let (table, columns) = (batch.table.name, batch.table.columns.map(\.name).joined(separator: ", "))
        let placeColumns = batch.table.columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        try await target.write { transaction in
            for row in batch.rows {
                try transaction.run("INSERT INTO \(table) (\(columns)) VALUES (\(placeColumns))", values: row)
            }
        }
    }
}

/// Hands rows from the one transaction that reads them to the many that write them, a bounded number at a time.
///
/// The reading closure is synchronous and may wait: it has a thread of its own.
private final class Handover: Sendable {
    let batches: AsyncStream<RecordCopy.Batch>
    private let continuation: AsyncStream<RecordCopy.Batch>.Continuation
    /// Batches that may still be on their way.
    private let room = DispatchSemaphore(value: 0)
    private let state = Mutex<(began: Bool, isStopped: Bool)>((false, false))

    init() {
        (batches, continuation) = AsyncStream.makeStream()
        // Not as its first value: below that it must not be when it goes, and a copy may be given up half-way.
        for _ in 0..<4 { room.signal() }
    }

    func taken() { room.signal() }

    /// The other side gave up.
    func stop() {
        state.withLock { $0.isStopped = true }
        room.signal()
    }

    func send(_ tables: [RecordCopy.Table], of reading: Reading) throws {
        defer { continuation.finish() }
        // After a lost connection the closure would run again, with rows that were written before.
        guard
            state.withLock({ state in
                defer { state.began = true }
                return !state.began
            })
        else { throw StorageError.gone }
        if reading.dialect == .postgres {
            _ = try reading.rows("SELECT set_config('statement_timeout', '0', true)")
        }
        for table in tables {
            var batch = RecordCopy.Batch(table: table)
            try reading.each(Self.select(table, from: reading.dialect)) { row in
                batch.rows.append(
                    try table.columns.enumerated().map { index, column in
                        switch column.type {
                        case .bytes: try row.optionalBytes(index)
                        case .integer: try row.optionalInteger(index)
                        case .text: try row.optionalText(index)
                        }
                    })
                if batch.rows.count == Self.batch {
                    try send(batch)
                    batch.rows = []
                }
            }
            if !batch.rows.isEmpty { try send(batch) }
        }
    }

    private static let batch = 500

    private func send(_ batch: RecordCopy.Batch) throws {
        room.wait()
        guard !state.withLock({ $0.isStopped }) else { throw CancellationError() }
        continuation.yield(batch)
    }

    private static func select(_ table: RecordCopy.Table, from dialect: Dialect) -> String {
        let columns = table.columns.map(\.name).joined(separator: ", ")
        guard table.name == "act", dialect == .postgres else { return "SELECT \(columns) FROM \(table.name)" }
        // On SQLite the row number is the place in the feed, which has no gaps. What has none yet follows, in the order
        // in which it would get one.
        return """
            SELECT \(columns) FROM (
                SELECT act.*, ROW_NUMBER() OVER (
                    ORDER BY feed.sequence NULLS LAST, act.entered, act.docket, act.position) AS sequence
                FROM act LEFT JOIN feed USING (docket, position)) numbered
            ORDER BY sequence
            """
    }
}
