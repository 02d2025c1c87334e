import Foundation
import Storage
import Testing

/// The engines a contract is held to. PostgreSQL is asked for unless someone says that it is not there.
package enum TestEngine: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqlite = "SQLite"
    case postgres = "PostgreSQL"

    package var testDescription: String { rawValue }

    package static let hasPostgres = ProcessInfo.processInfo.environment["XIEZHI_TEST_SQLITE_ONLY"] != "1"
    package static var all: [TestEngine] { hasPostgres ? allCases : [.sqlite] }

    /// The server's URL.
    package static var postgresURL: String {
        get throws {
            guard let url = ProcessInfo.processInfo.environment["XIEZHI_TEST_POSTGRES"] else { throw NoPostgres() }
            return url
        }
    }
}

package struct NoPostgres: Error, CustomStringConvertible {
    package let description = """
        XIEZHI_TEST_POSTGRES is not set: export XIEZHI_TEST_POSTGRES=$(scripts/postgres.sh start FOLDER), \
        or XIEZHI_TEST_SQLITE_ONLY=1 to leave PostgreSQL out
        """
}
