import Foundation
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Storage

/// A database of its own for one test.
struct TestDatabase: Sendable {
    let location: StoreLocation
    let folder: TemporaryFolder
    private let name: String

    private init(_ engine: TestEngine) async throws {
        folder = try TemporaryFolder()
        name = "test_" + hexadecimal(SecureRandom.bytes(8))
        switch engine {
        case .sqlite: location = .sqlite(path: folder.path + "/court.db")
        case .postgres:
            location = .postgres(url: try Self.url(name))
            try await Self.administer("CREATE DATABASE \(name)")
        }
    }

    /// Makes a database, lends it and drops it.
    static func with(_ engine: TestEngine, _ body: (TestDatabase) async throws -> Void) async throws {
        let database = try await TestDatabase(engine)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(database)) } catch { outcome = .failure(error) }
        if engine == .postgres { try await administer("DROP DATABASE \(database.name) WITH (FORCE)") }
        try outcome.get()
    }

    func open(
        _ migrations: [Migration] = [], readOnly: Bool = false, schema: String? = nil, logger: Logger = .silent
    ) async throws -> Store {
        var location = location
        if case .postgres(let url, _) = location { location = .postgres(url: url, schema: schema) }
        return try await Store.open(location, migrations: migrations, readOnly: readOnly, logger: logger)
    }

    /// Speaks to the server beside the store under test.
    static func administer(_ sql: String, on database: String = "postgres") async throws {
        let settings = PostgresConnection.Settings(url: try url(database), schema: nil, logger: .silent)
        try await Disk.blocking { _ = try PostgresConnection(settings).script(sql) }
    }

    func administer(_ sql: String) async throws { try await Self.administer(sql, on: name) }

    private static func url(_ database: String) throws -> String {
        var url = try #require(URLComponents(string: TestEngine.postgresURL))
        url.path = "/" + database
        return try #require(url.string)
    }
}

/// Opens a store, lends it and closes it.
func withStore(
    _ engine: TestEngine, _ migrations: Migration..., body: (Store) async throws -> Void
) async throws {
    try await TestDatabase.with(engine) { database in
        let store = try await database.open(migrations)
        do {
            try await body(store)
        } catch {
            try? await store.close()
            throw error
        }
        try await store.close()
    }
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

/// One table of numbered lines, which most tests can do with.
let lines = Migration(
    "lines", "CREATE TABLE line (id <integer> PRIMARY KEY, text <text> NOT NULL CHECK (text <> 'forbidden'))<strict>")

extension Store {
    func addLine(_ id: Int, _ text: String = "") async throws {
        try await write { try $0.run("INSERT INTO line (id, text) VALUES ($1, $2)", id, text) }
    }

    func lineNumbers() async throws -> [Int] {
        try await read { try $0.rows("SELECT id FROM line ORDER BY id").map { Int(try $0.integer(0)) } }
    }
}

/// Counts what happens on any thread.
final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    @discardableResult
    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }

    func start(at number: Int) { count.withLock { $0 = number } }
}
