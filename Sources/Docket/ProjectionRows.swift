import Procedure
import Storage

/// Rows of a projection's table with their sealed fields opened, so that two foldings can be compared.
enum ProjectionRows {
    static func columns(of table: ProjectionTable) -> String { table.columns.map(\.name).joined(separator: ", ") }

    /// The fields of one row as text, in the order of the table's columns.
    ///
    /// A field that does not open is `?`, which no field is that opens.
    static func opened(_ row: Row, of table: ProjectionTable, with sealing: FieldSealing?) throws -> [String] {
        try table.columns.enumerated().map { index, column in
            guard try !row.isNull(index) else { return "∅" }
            switch column {
            case .plain: return try row.anything(index)
            case .sealed(let field):
                return (try? sealing?.open(row.bytes(index), field: field)).map { "“\($0)”" } ?? "?"
            }
        }
    }
}

extension Row {
    /// A value as text, whatever its type; for comparing tables.
    fileprivate func anything(_ index: Int) throws -> String {
        if let text = try? text(index) { return text }
        if let integer = try? integer(index) { return String(integer) }
        return try bytes(index).map { String($0, radix: 16) }.joined()
    }
}
