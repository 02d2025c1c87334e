import CourtServer
import Foundation
import Logging
import TestSupport

@testable import Storage

/// An empty place for a court: a folder of its own, and a database of its own where it lies on PostgreSQL.
struct TestPlace {
    static func with<Result>(_ engine: TestEngine, _ body: (CourtPlace) async throws -> Result) async throws -> Result {
        let folder = SimulatedCourt.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        guard engine == .postgres else { return try await body(CourtPlace(folder: folder)) }
        let name = "court_" + UUID().uuidString.lowercased().replacing("-", with: "")
        try await administer("CREATE DATABASE \(name)")
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(try await body(CourtPlace(folder: folder, database: try url(name))))
        } catch {
            outcome = .failure(error)
        }
        try await administer("DROP DATABASE \(name) WITH (FORCE)")
        return try outcome.get()
    }

    private static func url(_ database: String) throws -> String {
        guard var url = URLComponents(string: try TestEngine.postgresURL) else { throw CocoaError(.featureUnsupported) }
        url.path = "/" + database
        guard let text = url.string else { throw CocoaError(.featureUnsupported) }
        return text
    }

    private static func administer(_ sql: String) async throws {
        let settings = PostgresConnection.Settings(
            url: try url("postgres"), schema: nil,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        try await Disk.blocking { _ = try PostgresConnection(settings).script(sql) }
    }
}
