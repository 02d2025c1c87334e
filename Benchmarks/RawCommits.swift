import Foundation
import GRDBSQLite

/// The least a group commit of ours must do for an act: many writers, each waiting until its rows are durable; rows of the
/// same shape and size with random bytes, on the same disk with the same settings. Plain C calls, no keys, no rules.
///
/// Not `Sendable`: whoever has it writes alone.
final class RawCommits {
    enum Rows {
        /// Act, head, matter and duties, as one act writes them.
        case everyRowOfAnAct
        case theActAlone
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let database: OpaquePointer
    private var statements: [String: OpaquePointer] = [:]
    private var dockets: [(id: [UInt8], position: Int64)] = []
    private let random: [UInt8]
    private var place = 0
    private var shape: Shape?
    private var rows = Rows.everyRowOfAnAct

    /// Copies the database of a court that is closed, so that tables, indexes, triggers and depth of trees are its own.
    init(copying court: String, to path: String) throws {
        try? FileManager.default.removeItem(atPath: path)
        try FileManager.default.copyItem(atPath: court, toPath: path)
        var opened: OpaquePointer?
        guard sqlite3_open_v2(path, &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil) == SQLITE_OK,
            let opened
        else { throw Failure(description: "cannot open \(path)") }
        database = opened
        let source = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/dev/urandom"))
        random = [UInt8](try source.read(upToCount: 1 << 20) ?? Data())
        for setting in [
            "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON",
            "temp_store = MEMORY", "recursive_triggers = ON", "journal_size_limit = 67108864",
        ] { try run("PRAGMA \(setting)") }
        try each("SELECT docket, position FROM docket_head WHERE kind = 'case'") { statement in
            dockets.append((Self.bytes(statement, 0), sqlite3_column_int64(statement, 1)))
        }
    }

    func close() {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close(database)
    }

    /// Begins a commit, and says what rows its writes will be.
    func begin(_ rows: Rows) throws {
        if shape == nil { shape = try Shape(self) }
        self.rows = rows
        try step("BEGIN IMMEDIATE", [])
    }

    /// The rows of one act.
    func write() throws {
        guard let shape else { throw Failure(description: "no commit has begun") }
        try write(shape, rows)
    }

    func commit() throws { try step("COMMIT", []) }

    /// The sizes of what the court wrote.
    private struct Shape {
        var act: [Value] = []
        var digestBytes = 0
        var matter: [Value] = []
        var duties: [[Value]] = []

        /// Reads the last act and what its docket has in the projections.
        init(_ raw: RawCommits) throws {
            var docket: [UInt8] = []
            try raw.each(
                """
                SELECT docket, position, id, type, version, volume, number, account, capacity, party, channel, happened,
                    entered, under, together, body, leaf FROM act
                WHERE docket IN (SELECT docket FROM matter_g1) ORDER BY sequence DESC LIMIT 1
                """
            ) { statement in
                docket = RawCommits.bytes(statement, 0)
                act = RawCommits.values(statement)
            }
            try raw.each("SELECT length(digest) FROM docket_head LIMIT 1") {
                digestBytes = Int(sqlite3_column_int64($0, 0))
            }
            try raw.each(
                """
                SELECT docket, phase, number, title, cause, submitted, docketed, judge, ended, moved FROM matter_g1
                WHERE docket = ?1
                """, [.bytes(docket)]
            ) { matter = RawCommits.values($0) }
            try raw.each(
                "SELECT docket, step, owner, person, due, submitted, opens, ends FROM matter_duty_g1 WHERE docket = ?1",
                [.bytes(docket)]
            ) { duties.append(RawCommits.values($0)) }
        }
    }

    private func write(_ shape: Shape, _ rows: Rows) throws {
        let index = place % dockets.count
        dockets[index].position += 1
        let (docket, position) = dockets[index]
        var act = shape.act
        (act[0], act[1], act[2]) = (.bytes(docket), .integer(position), .bytes(fresh(16)))
        (act[15], act[16]) = (.bytes(fresh(act[15].count)), .bytes(fresh(act[16].count)))
        try step(
            """
            INSERT INTO act (docket, position, id, type, version, volume, number, account, capacity, party, channel,
                happened, entered, under, together, body, leaf)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
            """, act)
        guard rows == .everyRowOfAnAct else { return }
        try step(
            """
            UPDATE docket_head SET position = ?2, main_number = ?3, chambers_number = 0, digest = ?4, entered = ?5
            WHERE docket = ?1
            """,
            [.bytes(docket), .integer(position), .integer(position), .bytes(fresh(shape.digestBytes)), act[12]])
        var matter = shape.matter
        (matter[0], matter[3]) = (.bytes(docket), .bytes(fresh(matter[3].count)))
        try step(
            """
            INSERT INTO matter_g1 (docket, phase, number, title, cause, submitted, docketed, judge, ended, moved)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            ON CONFLICT (docket) DO UPDATE SET phase = excluded.phase, number = excluded.number,
                title = excluded.title, cause = excluded.cause, submitted = excluded.submitted,
                docketed = excluded.docketed, judge = excluded.judge, ended = excluded.ended, moved = excluded.moved
            """, matter)
        try step("DELETE FROM matter_duty_g1 WHERE docket = ?1", [.bytes(docket)])
        for duty in shape.duties {
            try step(
                """
                INSERT INTO matter_duty_g1 (docket, step, owner, person, due, submitted, opens, ends)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                """, [.bytes(docket)] + duty.dropFirst())
        }
    }

    /// Bytes nobody has seen in this row before; drawing them costs next to nothing.
    private func fresh(_ count: Int) -> [UInt8] {
        place += 1
        let start = (place &* 7_919) % (random.count - count - 8)
        var bytes = Array(random[start..<(start + count)])
        withUnsafeBytes(of: UInt64(place).bigEndian) { counter in
            for (index, byte) in counter.enumerated() where index < bytes.count { bytes[index] ^= byte }
        }
        return bytes
    }

    // MARK: SQLite

    private enum Value {
        case null
        case integer(Int64)
        case text(String)
        case bytes([UInt8])

        var count: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .text(let text): text.utf8.count
            default: 0
            }
        }
    }

    private func run(_ sql: String) throws {
        guard sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK else { throw failure(sql) }
    }

    private func statement(_ sql: String, _ values: [Value]) throws -> OpaquePointer {
        let statement: OpaquePointer
        if let known = statements[sql] {
            statement = known
        } else {
            var made: OpaquePointer?
            guard sqlite3_prepare_v3(database, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil) == SQLITE_OK,
                let made
            else { throw failure(sql) }
            statements[sql] = made
            statement = made
        }
        // SQLite copies what it is told is transient.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        for (index, value) in values.enumerated() {
            let column = Int32(index + 1)
            let code =
                switch value {
                case .null: sqlite3_bind_null(statement, column)
                case .integer(let number): sqlite3_bind_int64(statement, column, number)
                case .text(let text): sqlite3_bind_text(statement, column, text, -1, transient)
                case .bytes(let bytes): sqlite3_bind_blob(statement, column, bytes, Int32(bytes.count), transient)
                }
            guard code == SQLITE_OK else { throw failure(sql) }
        }
        return statement
    }

    private func step(_ sql: String, _ values: [Value]) throws {
        let statement = try statement(sql, values)
        defer { sqlite3_reset(statement) }
        guard sqlite3_step(statement) == SQLITE_DONE else { throw failure(sql) }
    }

    private func each(_ sql: String, _ values: [Value] = [], _ body: (OpaquePointer) -> Void) throws {
        let statement = try statement(sql, values)
        defer { sqlite3_reset(statement) }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: body(statement)
            case SQLITE_DONE: return
            default: throw failure(sql)
            }
        }
    }

    private func failure(_ sql: String) -> Failure {
        Failure(description: "\(String(cString: sqlite3_errmsg(database))): \(sql.prefix(80))")
    }

    private static func bytes(_ statement: OpaquePointer, _ column: Int32) -> [UInt8] {
        let count = Int(sqlite3_column_bytes(statement, column))
        return [UInt8](UnsafeRawBufferPointer(start: sqlite3_column_blob(statement, column), count: count))
    }

    private static func values(_ statement: OpaquePointer) -> [Value] {
        (0..<sqlite3_column_count(statement)).map { column in
            switch sqlite3_column_type(statement, column) {
            case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement, column))
            case SQLITE_TEXT: .text(String(cString: sqlite3_column_text(statement, column)))
            case SQLITE_BLOB: .bytes(bytes(statement, column))
            default: .null
            }
        }
    }
}
