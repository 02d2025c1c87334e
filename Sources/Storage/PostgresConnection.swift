import CPostgres
import Foundation
import Logging

/// One libpq connection. Not Sendable: used by one thread at a time, which its pool sees to.
final class PostgresConnection {
    /// What a connection is set to before anyone uses it.
    struct Settings: Sendable {
        let url: String
        let schema: String?
        let logger: Logger
    }

    let handle: OpaquePointer
    private let notices: NoticeLog
    private var prepared: [StatementKey: String] = [:]
    /// Statements are few; only lists of varying length could make many.
    private static let capacity = 500

    private struct StatementKey: Hashable {
        let sql: String
        let types: [Oid]
    }

    /// Blocks until connected and set, 10 seconds at most for each address.
    init(_ settings: Settings) throws {
        // What stands in the URL overrides what comes before it.
        let options = [
            ("connect_timeout", "10"), ("keepalives_idle", "30"), ("keepalives_interval", "10"),
            ("keepalives_count", "3"), ("tcp_user_timeout", "30000"), ("application_name", "xiezhi"),
            ("dbname", settings.url), ("client_encoding", "UTF8"),
        ]
        let opened = withCStrings(options.map(\.0) + [nil]) { keywords in
            withCStrings(options.map(\.1) + [nil]) { values in PQconnectdbParams(keywords, values, 1) }
        }
        guard let opened else { throw StorageError.busy }
        guard PQstatus(opened) == CONNECTION_OK else {
            // The message may name the host and the user, never the password.
            let message = String(cString: PQerrorMessage(opened)).trimmingCharacters(in: .whitespacesAndNewlines)
            settings.logger.warning("cannot reach PostgreSQL", metadata: ["error": "\(message)"])
            PQfinish(opened)
            throw StorageError.gone
        }
        handle = opened
        notices = NoticeLog(settings.logger)
        // The log lives as long as the connection, which is finished first.
        let pointer = Unmanaged.passUnretained(notices).toOpaque()
        PQsetNoticeProcessor(handle, { NoticeLog.receive($0, $1) }, pointer)
        try prepare(settings)
    }

    deinit { PQfinish(handle) }

    var isOpen: Bool { PQstatus(handle) == CONNECTION_OK }

    private func prepare(_ settings: Settings) throws {
        try script(
            """
            SET statement_timeout = '30s'; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s';
            SET client_min_messages = 'notice'; SET default_transaction_isolation = 'read committed'
            """)
        if let schema = settings.schema {
            _ = try query("SELECT set_config('search_path', $1, false)", [Parameter(quoted(schema))])
        }
        let commit = try query("SELECT current_setting('synchronous_commit')", []).rows.first?.text(0) ?? ""
        guard ["on", "remote_apply"].contains(commit) else {
            throw StorageError.unexpected("synchronous_commit is \(commit): an answered write could be lost")
        }
    }

    /// An identifier as SQL.
    func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

    /// Runs one statement, prepared once for each connection.
    func query(_ sql: String, _ values: [Parameter]) throws -> (rows: [Row], changed: Int) {
        let types = values.map(\.oid)
        let name = try statement(StatementKey(sql: sql, types: types))
        let result = try withBinary(values) { count, pointers, lengths, formats in
            try checked(PQexecPrepared(handle, name, count, pointers, lengths, formats, 1))
        }
        return try (result.rows(), result.changed)
    }

    /// Runs one statement that is not worth preparing.
    func queryOnce(_ sql: String, _ values: [Parameter]) throws -> [Row] {
        let types = values.map(\.oid)
        let result = try withBinary(values) { count, pointers, lengths, formats in
            try checked(PQexecParams(handle, sql, count, types, pointers, lengths, formats, 1))
        }
        return try result.rows()
    }

    /// - Returns: the command as the server names it: after a failed statement, COMMIT answers `ROLLBACK`.
    @discardableResult
    func script(_ sql: String) throws -> String { try checked(PQexec(handle, sql)).command }

    private func statement(_ key: StatementKey) throws -> String {
        if let name = prepared[key] { return name }
        if prepared.count >= Self.capacity {
            try script("DEALLOCATE ALL")
            prepared = [:]
        }
        let name = "s\(prepared.count)"
        _ = try checked(PQprepare(handle, name, key.sql, Int32(key.types.count), key.types))
        prepared[key] = name
        return name
    }

    private func checked(_ pointer: OpaquePointer?) throws -> PostgresResult {
        guard let pointer else { throw isOpen ? StorageError.busy : PostgresError.lost }
        let result = PostgresResult(pointer)
        switch PQresultStatus(pointer) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return result
        default:
            guard isOpen else { throw PostgresError.lost }
            throw PostgresError(result)
        }
    }
}

/// Where a server's notices go: into our log, not to standard error.
private final class NoticeLog {
    private let logger: Logger

    init(_ logger: Logger) { self.logger = logger }

    static func receive(_ log: UnsafeMutableRawPointer?, _ message: UnsafePointer<CChar>?) {
        guard let log, let message else { return }
        let text = String(cString: message).trimmingCharacters(in: .whitespacesAndNewlines)
        Unmanaged<NoticeLog>.fromOpaque(log).takeUnretainedValue().logger.debug("PostgreSQL: \(text)")
    }
}
