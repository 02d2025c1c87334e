import Procedure

/// One row of a result; columns count from 0.
///
/// Every reading throws `StorageError.unexpected` when the column is missing, null or of another type: the statement
/// and the code that reads it have come apart.
package struct Row: Sendable {
    let columns: [ColumnValue]

    package var count: Int { columns.count }

    package func optionalInteger(_ index: Int) throws -> Int64? {
        switch try column(index) {
        case .integer(let value): value
        case .null: nil
        default: throw mismatch(index, "integer")
        }
    }

    package func optionalText(_ index: Int) throws -> String? {
        switch try column(index) {
        case .text(let value): value
        case .null: nil
        default: throw mismatch(index, "text")
        }
    }

    package func optionalBytes(_ index: Int) throws -> [UInt8]? {
        switch try column(index) {
        case .bytes(let value): value
        case .null: nil
        default: throw mismatch(index, "bytes")
        }
    }

    package func integer(_ index: Int) throws -> Int64 { try present(optionalInteger(index), index) }
    package func text(_ index: Int) throws -> String { try present(optionalText(index), index) }
    package func bytes(_ index: Int) throws -> [UInt8] { try present(optionalBytes(index), index) }

    package func isNull(_ index: Int) throws -> Bool { try column(index) == .null }

    /// A stored truth value: 0 or 1.
    package func bool(_ index: Int) throws -> Bool { try integer(index) != 0 }

    package func optionalIdentifier<Of>(_ index: Int, as type: Identifier<Of>.Type = Identifier<Of>.self) throws
        -> Identifier<Of>?
    {
        guard let bytes = try optionalBytes(index) else { return nil }
        guard let identifier = Identifier<Of>(bytes: bytes) else { throw mismatch(index, "identifier") }
        return identifier
    }

    package func identifier<Of>(_ index: Int, as type: Identifier<Of>.Type = Identifier<Of>.self) throws
        -> Identifier<Of>
    {
        try present(optionalIdentifier(index, as: type), index)
    }

    package func optionalDay(_ index: Int) throws -> CourtDay? {
        guard let text = try optionalText(index) else { return nil }
        guard let day = CourtDay(rawValue: text) else { throw mismatch(index, "day") }
        return day
    }

    package func day(_ index: Int) throws -> CourtDay { try present(optionalDay(index), index) }

    package func optionalInstant(_ index: Int) throws -> Instant? {
        try optionalInteger(index).map { Instant(milliseconds: $0) }
    }

    package func instant(_ index: Int) throws -> Instant { try present(optionalInstant(index), index) }

    private func column(_ index: Int) throws -> ColumnValue {
        guard columns.indices.contains(index) else { throw StorageError.unexpected("no column \(index)") }
        return columns[index]
    }

    private func present<Value>(_ value: Value?, _ index: Int) throws -> Value {
        guard let value else { throw StorageError.unexpected("column \(index) is null") }
        return value
    }

    private func mismatch(_ index: Int, _ wanted: String) -> StorageError {
        .unexpected("column \(index) is not \(wanted)")
    }
}
