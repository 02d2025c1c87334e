/// One connection inside one transaction, as `Reading` and `Transaction` use it.
///
/// It throws `StorageError`, `CancellationError` or what the caller's closure threw, never an engine's own error.
protocol Session: AnyObject {
    var dialect: Dialect { get }
    func rows(_ sql: String, _ values: [Parameter]) throws -> [Row]
    /// Hands over row by row. The closure may run other statements.
    func each(_ sql: String, _ values: [Parameter], _ body: (Row) throws -> Void) throws
    /// - Returns: how many rows the statement changed.
    func run(_ sql: String, _ values: [Parameter]) throws -> Int
    /// Runs statements without parameters, several in one text.
    func script(_ sql: String) throws
}

/// A value with the type its column has, which PostgreSQL wants to know even for null.
struct Parameter: Sendable {
    let type: ColumnType
    let value: ColumnValue

    init(_ value: any StoredValue) throws {
        type = Swift.type(of: value).columnType
        self.value = try value.columnValue()
    }
}
