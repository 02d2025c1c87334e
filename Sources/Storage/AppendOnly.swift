/// Triggers by which the database itself keeps a table append-only.
package enum AppendOnly {
    /// A migration after which UPDATE, DELETE and TRUNCATE on the table fail with `StorageError.constraint`.
    package static func migration(_ name: String, tables: String...) -> Migration {
        Migration(
            name, sqlite: tables.flatMap { statements(table: $0, for: .sqlite) },
            postgres: tables.flatMap { statements(table: $0, for: .postgres) })
    }

    /// - Parameter table: a plain name of our own.
    package static func statements(table: String, for dialect: Dialect) -> [String] {
        precondition(Notification.isChannel(table), "not a plain name")
        switch dialect {
        case .sqlite:
            // Recursive triggers are on, so that REPLACE, which deletes, is refused too.
            return ["UPDATE", "DELETE"].map { verb in
                """
                CREATE TRIGGER \(table)_no_\(verb.lowercased()) BEFORE \(verb) ON \(table)
                BEGIN SELECT RAISE(ABORT, '\(table) is append-only'); END
                """
            }
        case .postgres:
            return [
                """
                CREATE FUNCTION \(table)_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION '\(table) is append-only' USING ERRCODE = 'restrict_violation'; END $$
                """,
                """
                CREATE TRIGGER \(table)_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON \(table)
                FOR EACH STATEMENT EXECUTE FUNCTION \(table)_is_append_only()
                """,
            ]
        }
    }
}
