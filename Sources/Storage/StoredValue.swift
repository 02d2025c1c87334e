import Foundation
import Procedure

/// The three types our tables use. SQLite: INTEGER, TEXT, BLOB. PostgreSQL: BIGINT, TEXT, BYTEA.
package enum ColumnType: Sendable { case integer, text, bytes }

/// One value as it stands in a column.
package enum ColumnValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
}

/// A value that can be given as `$1`, `$2`, … Its column type is known even when it is nil.
package protocol StoredValue {
    static var columnType: ColumnType { get }
    /// - Throws: `StorageError.constraint` for what no column can hold: an integer past 2^63 − 1, text with U+0000.
    func columnValue() throws -> ColumnValue
}

extension StoredValue {
    var columnType: ColumnType { Self.columnType }
}

extension Int64: StoredValue {
    package static var columnType: ColumnType { .integer }
    package func columnValue() -> ColumnValue { .integer(self) }
}

extension Int: StoredValue {
    package static var columnType: ColumnType { .integer }
    package func columnValue() -> ColumnValue { .integer(Int64(self)) }
}

extension UInt64: StoredValue {
    package static var columnType: ColumnType { .integer }
    package func columnValue() throws -> ColumnValue {
        guard let value = Int64(exactly: self) else { throw StorageError.constraint("integer past 2^63 - 1") }
        return .integer(value)
    }
}

/// Stored as 0 or 1.
extension Bool: StoredValue {
    package static var columnType: ColumnType { .integer }
    package func columnValue() -> ColumnValue { .integer(self ? 1 : 0) }
}

/// U+0000 is refused: PostgreSQL cannot hold it, and C libraries would cut the text there.
extension String: StoredValue {
    package static var columnType: ColumnType { .text }
    package func columnValue() throws -> ColumnValue {
        guard !utf8.contains(0) else { throw StorageError.constraint("text with U+0000") }
        return .text(self)
    }
}

extension Array: StoredValue where Element == UInt8 {
    package static var columnType: ColumnType { .bytes }
    package func columnValue() -> ColumnValue { .bytes(self) }
}

extension Data: StoredValue {
    package static var columnType: ColumnType { .bytes }
    package func columnValue() -> ColumnValue { .bytes([UInt8](self)) }
}

extension Optional: StoredValue where Wrapped: StoredValue {
    package static var columnType: ColumnType { Wrapped.columnType }
    package func columnValue() throws -> ColumnValue { try self?.columnValue() ?? .null }
}

/// Stored as its 16 bytes.
extension Identifier: StoredValue {
    package static var columnType: ColumnType { .bytes }
    package func columnValue() -> ColumnValue { .bytes(bytes) }
}

/// Stored as text, `2026-01-05`, which sorts as the days do.
extension CourtDay: StoredValue {
    package static var columnType: ColumnType { .text }
    package func columnValue() -> ColumnValue { .text(rawValue) }
}

/// Stored as milliseconds since 1970.
extension Instant: StoredValue {
    package static var columnType: ColumnType { .integer }
    package func columnValue() -> ColumnValue { .integer(milliseconds) }
}
