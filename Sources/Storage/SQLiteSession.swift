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
            let statement = try database.cachedStatement(sql: texts.rewritten(sql))
            var rows: [Row] = []
            try step(statement, values) { rows.append($0) }
            return rows
        }
    }

    func each(_ sql: String, _ values: [Parameter], _ body: (Row) throws -> Void) throws {
        try translatingErrors {
            // Not the cached statement: the closure may run the same text again while this one is open.
            try step(database.makeStatement(sql: texts.rewritten(sql)), values, body)
        }
    }

    func run(_ sql: String, _ values: [Parameter]) throws -> Int {
        try translatingErrors {
            let before = database.totalChangesCount
            let statement = try database.cachedStatement(sql: texts.rewritten(sql))
            try statement.execute(arguments: arguments(values))
            // The count of changes keeps its last value over statements that change nothing.
            return database.totalChangesCount == before ? 0 : database.changesCount
        }
    }

    func script(_ sql: String) throws {
        try translatingErrors { try database.execute(sql: sql) }
    }

    private func step(_ statement: Statement, _ values: [Parameter], _ body: (Row) throws -> Void) throws {
        let cursor = try GRDB.Row.fetchCursor(statement, arguments: arguments(values))
        let columns = 0..<CInt(statement.columnCount)
        while try cursor.next() != nil {
            try body(Row(columns: columns.map { try Self.value(statement.sqliteStatement, $0) }))
        }
    }

    private func arguments(_ values: [Parameter]) -> StatementArguments {
        StatementArguments(
            values.map { parameter -> (any DatabaseValueConvertible)? in
                switch parameter.value {
                case .null: nil
                case .integer(let value): value
                case .text(let value): value
                case .bytes(let value): Data(value)
                }
            })
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
