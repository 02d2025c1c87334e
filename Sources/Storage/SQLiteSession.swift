import Foundation
import GRDB
import GRDBSQLite

/// Statements on one SQLite connection.
final class SQLiteSession: Session {
    private let database: Database
    private let texts: SQLiteSQL

    init(_ database: Database, _ texts: SQLiteSQL) {
        self.database = database
        self.texts = texts
    }

    var dialect: Dialect { .sqlite }

    func rows(_ sql: String, _ values: [Parameter]) throws -> [Row] {
        try translatingErrors {
            let statement = try database.cachedStatement(sql: texts.rewritten(sql)).sqliteStatement
            var rows: [Row] = []
            try step(statement, values) { rows.append($0) }
            return rows
        }
    }

    func each(_ sql: String, _ values: [Parameter], _ body: (Row) throws -> Void) throws {
        try translatingErrors {
            // Not the cached statement: the closure may run the same text again while this one is open.
            let statement = try database.makeStatement(sql: texts.rewritten(sql))
            try withExtendedLifetime(statement) { try step(statement.sqliteStatement, values, body) }
        }
    }

    func run(_ sql: String, _ values: [Parameter]) throws -> Int {
        try translatingErrors {
            let statement = try database.cachedStatement(sql: texts.rewritten(sql)).sqliteStatement
            let before = sqlite3_total_changes(connection)
            try step(statement, values) { _ in }
            // The count of changes keeps its last value over statements that change nothing.
            return sqlite3_total_changes(connection) == before ? 0 : Int(sqlite3_changes(connection))
        }
    }

    func script(_ sql: String) throws {
        try translatingErrors { try database.execute(sql: sql) }
    }

    private var connection: SQLiteConnection? { database.sqliteConnection }

    /// Binds and steps by the C interface: every write runs a dozen statements while all other writers wait.
    private func step(_ statement: OpaquePointer, _ values: [Parameter], _ body: (Row) throws -> Void) throws {
        // Not after the last step alone: an error or the closure may end it sooner.
        defer { sqlite3_reset(statement) }
        guard Int(sqlite3_bind_parameter_count(statement)) == values.count else {
            throw StorageError.unexpected("\(values.count) values for another number of parameters")
        }
        for (index, value) in values.enumerated() { try bind(value, CInt(index + 1), in: statement) }
        let columns = sqlite3_column_count(statement)
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: try body(Row(columns: (0..<columns).map { try Self.value(statement, $0) }))
            case SQLITE_DONE: return
            default: throw failure()
            }
        }
    }

    private func bind(_ parameter: Parameter, _ index: CInt, in statement: OpaquePointer) throws {
        let code: CInt
        switch parameter.value {
        case .null: code = sqlite3_bind_null(statement, index)
        case .integer(let value): code = sqlite3_bind_int64(statement, index, value)
        // What is empty may have no address, and no address would bind null.
        case .text(""): code = sqlite3_bind_text(statement, index, "", 0, Self.copied)
        case .text(var value):
            code = value.withUTF8 { text in
                text.withMemoryRebound(to: CChar.self) {
                    sqlite3_bind_text64(
                        statement, index, $0.baseAddress, UInt64(text.count), Self.copied, UInt8(SQLITE_UTF8))
                }
            }
        case .bytes([]): code = sqlite3_bind_zeroblob(statement, index, 0)
        case .bytes(let value):
            code = value.withUnsafeBytes {
                sqlite3_bind_blob64(statement, index, $0.baseAddress, UInt64($0.count), Self.copied)
            }
        }
        guard code == SQLITE_OK else { throw failure() }
    }

    /// `SQLITE_TRANSIENT`: SQLite copies what it is given. The C macro casts −1 to a function, which Swift has no other word
    /// for.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    private func failure() -> StorageError {
        StorageError(
            DatabaseError(
                resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
                message: String(cString: sqlite3_errmsg(connection))))
    }

    private static func value(_ statement: OpaquePointer, _ column: CInt) throws -> ColumnValue {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_TEXT:
            let start = sqlite3_column_text(statement, column)
            let buffer = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
            guard let text = String(validating: buffer, as: UTF8.self) else {
                throw StorageError.unexpected("column \(column) is not UTF-8")
            }
            return .text(text)
        case SQLITE_BLOB:
            // SQLite gives no address for an empty blob.
            guard let start = sqlite3_column_blob(statement, column) else { return .bytes([]) }
            let count = Int(sqlite3_column_bytes(statement, column))
            return .bytes([UInt8](UnsafeRawBufferPointer(start: start, count: count)))
        default: throw StorageError.unexpected("column \(column) is a fraction")
        }
    }
}

func translatingErrors<Result>(_ work: () throws -> Result) throws -> Result {
    do {
        return try work()
    } catch let error as DatabaseError {
        throw StorageError(error)
    }
}

extension StorageError {
    init(_ error: DatabaseError) {
        let message = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        switch error.extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
            self = .duplicateKey(message.split(separator: ": ", maxSplits: 1).dropFirst().first.map(String.init))
            return
        default: break
        }
        switch error.resultCode {
        case .SQLITE_CONSTRAINT: self = .constraint(message)
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_NOMEM: self = .busy
        case .SQLITE_FULL: self = .full
        case .SQLITE_READONLY: self = .readOnly
        case .SQLITE_CANTOPEN, .SQLITE_IOERR: self = .gone
        default: self = .unexpected("SQLite \(error.extendedResultCode.rawValue): \(message)")
        }
    }
}
