/// Statements on one PostgreSQL connection, inside a transaction.
final class PostgresSession: Session {
    private let connection: PostgresConnection
    private var cursors = 0
    /// The last failure as the server put it, whether or not a savepoint undid it.
    private(set) var failure: PostgresError?

    init(_ connection: PostgresConnection) { self.connection = connection }

    var dialect: Dialect { .postgres }

    func rows(_ sql: String, _ values: [Parameter]) throws -> [Row] {
        try translating { try connection.query(sql, values).rows }
    }

    func run(_ sql: String, _ values: [Parameter]) throws -> Int {
        try translating { try connection.query(sql, values).changed }
    }

    func script(_ sql: String) throws { _ = try translating { try connection.script(sql) } }

    /// Through a cursor, so that other statements may run meanwhile.
    func each(_ sql: String, _ values: [Parameter], _ body: (Row) throws -> Void) throws {
        cursors += 1
        let cursor = "cursor_\(cursors)"
        _ = try translating { try connection.queryOnce("DECLARE \(cursor) NO SCROLL CURSOR FOR \(sql)", values) }
        var finished = false
        while !finished {
            let rows = try translating { try connection.queryOnce("FETCH 256 FROM \(cursor)", []) }
            finished = rows.count < 256
            do {
                for row in rows { try body(row) }
            } catch {
                // In a failed transaction this fails too and changes nothing.
                _ = try? connection.script("CLOSE \(cursor)")
                throw error
            }
        }
        try script("CLOSE \(cursor)")
    }

    private func translating<Result>(_ work: () throws -> Result) throws -> Result {
        do {
            return try work()
        } catch let error as PostgresError {
            failure = error
            throw error.storageError
        }
    }
}
