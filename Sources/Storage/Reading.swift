/// Statements on one consistent picture of the database. Lives inside one closure of `Store.read` or `Store.write`.
///
/// SQL is one text for both engines, with `$1`, `$2`, … for values. A statement that failed ends the transaction on both
/// engines, whether or not its error was caught: use `Transaction.savepoint` around what may fail and go on.
package class Reading {
    let session: any Session
    /// The first statement that failed and was not undone by a savepoint.
    var failure: StorageError?

    init(_ session: any Session) { self.session = session }

    package var dialect: Dialect { session.dialect }

    /// All rows at once; for results that are small.
    package func rows(_ sql: String, _ values: any StoredValue...) throws -> [Row] { try rows(sql, values: values) }

    /// The first row, or nil.
    package func row(_ sql: String, _ values: any StoredValue...) throws -> Row? { try rows(sql, values: values).first }

    /// Row by row, holding a bounded number of them. `body` may run other statements, but must not change the rows it
    /// still waits for.
    package func each(_ sql: String, _ values: any StoredValue..., do body: (Row) throws -> Void) throws {
        try each(sql, values: values, do: body)
    }

    /// The same, for a list of values whose length is not known in advance.
    package func rows(_ sql: String, values: [any StoredValue]) throws -> [Row] {
        let parameters = try values.map(Parameter.init)
        return try perform { try session.rows(sql, parameters) }
    }

    package func each(_ sql: String, values: [any StoredValue], do body: (Row) throws -> Void) throws {
        let parameters = try values.map(Parameter.init)
        var ours: (any Error)?
        try perform {
            try session.each(sql, parameters) { row in
                do {
                    try body(row)
                } catch {
                    ours = error
                    throw error
                }
            }
        } unless: {
            ours != nil
        }
    }

    /// Remembers a failed statement, so that its transaction can no longer be mistaken for a whole one.
    func perform<Result>(_ statement: () throws -> Result, unless isCallers: () -> Bool = { false }) throws -> Result {
        if let failure { throw StorageError.unexpected("a statement of this transaction has failed: \(failure)") }
        do {
            return try statement()
        } catch let error as StorageError {
            if !isCallers() { failure = error }
            throw error
        }
    }
}
