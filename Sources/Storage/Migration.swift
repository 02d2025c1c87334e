/// A step in the life of the schema, applied once and recorded by name. What has shipped is never edited.
package struct Migration: Sendable {
    package let name: String
    private let sqlite: [String]
    private let postgres: [String]

    /// SQL written once, with `<bytes>`, `<integer>`, `<text>` for the column types and `<strict>` after a table; or
    /// `<clustered>` after one of small rows that are asked for by their key: SQLite then keeps them in the key's order,
    /// and finds a row with one descent instead of two.
    package init(_ name: String, _ sql: String...) {
        self.name = name
        sqlite = sql.map { Self.filled($0, for: .sqlite) }
        postgres = sql.map { Self.filled($0, for: .postgres) }
    }

    package init(_ name: String, sqlite: [String], postgres: [String]) {
        self.name = name
        self.sqlite = sqlite
        self.postgres = postgres
    }

    func statements(for dialect: Dialect) -> [String] { dialect == .sqlite ? sqlite : postgres }

    /// SQL as one of the databases speaks it.
    package static func filled(_ sql: String, for dialect: Dialect) -> String {
        let (bytes, integer, strict, clustered) =
            dialect == .sqlite
            ? ("BLOB", "INTEGER", " STRICT", " STRICT, WITHOUT ROWID") : ("BYTEA", "BIGINT", "", "")
        return sql.replacing("<bytes>", with: bytes).replacing("<integer>", with: integer)
            .replacing("<text>", with: "TEXT").replacing("<strict>", with: strict)
            .replacing("<clustered>", with: clustered)
    }
}

/// Brings a database to what the program needs, or says why it cannot.
struct Migrations: Sendable {
    private let migrations: [Migration]
    /// Nodes that start together migrate one after another.
    private static let lockKey: Int64 = 0x7869_657A_6869_0001

    init(_ migrations: [Migration]) throws {
        self.migrations = migrations
        guard Set(migrations.map(\.name)).count == migrations.count else {
            throw StorageError.unexpected("two migrations of one name")
        }
    }

    /// Applies what is missing, each in its own transaction.
    func apply(to engine: some Engine) async throws {
        let applied = try await engine.write(lostKey: .fails) { transaction in
            try transaction.lock(key: Self.lockKey)
            if try !Self.hasTable(transaction) {
                try transaction.script(
                    "CREATE TABLE migration (position BIGINT NOT NULL UNIQUE, name TEXT PRIMARY KEY)")
            }
            return try Self.applied(transaction)
        }
        try refuseNewer(applied)
        for migration in migrations where !applied.contains(migration.name) {
            try await engine.write(lostKey: .fails) { transaction in
                try transaction.lock(key: Self.lockKey)
                let applied = try Self.applied(transaction)
                guard !applied.contains(migration.name) else { return }
                if transaction.dialect == .postgres { try transaction.script("SET LOCAL statement_timeout = 0") }
                for sql in migration.statements(for: transaction.dialect) { try transaction.script(sql) }
                try transaction.run(
                    "INSERT INTO migration (position, name) VALUES ($1, $2)", applied.count + 1, migration.name)
            }
        }
    }

    /// - Throws: `newerSchema` or `olderSchema` when the database is not at what the program needs.
    func check(_ engine: some Engine) async throws {
        let applied = try await engine.read { try Self.hasTable($0) ? Self.applied($0) : [] }
        try refuseNewer(applied)
        if let missing = migrations.first(where: { !applied.contains($0.name) }) {
            throw StorageError.olderSchema(migration: missing.name)
        }
    }

    private func refuseNewer(_ applied: [String]) throws {
        let known = Set(migrations.map(\.name))
        if let newer = applied.first(where: { !known.contains($0) }) {
            throw StorageError.newerSchema(migration: newer)
        }
    }

    private static func hasTable(_ reading: Reading) throws -> Bool {
        switch reading.dialect {
        case .sqlite: try reading.row("SELECT 1 FROM sqlite_schema WHERE name = 'migration'") != nil
        case .postgres: try reading.row("SELECT CAST(to_regclass('migration') AS TEXT)")?.isNull(0) == false
        }
    }

    private static func applied(_ reading: Reading) throws -> [String] {
        try reading.rows("SELECT name FROM migration ORDER BY position").map { try $0.text(0) }
    }
}
