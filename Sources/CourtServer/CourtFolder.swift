import Accounts
import Docket
import Documents
import Foundation
import Logging
import Procedure
import Proofs
import Storage

/// Where a court keeps everything: its data folder, and its database where that lies elsewhere.
package struct CourtPlace: Hashable, Sendable {
    package var folder: String
    /// A `postgres://…` address; nil for SQLite in the folder.
    package var database: String?

    package init(folder: String, database: String? = nil) {
        self.folder = folder
        self.database = database
    }

    func location(in folder: DataFolder) -> StoreLocation {
        database.map { .postgres(url: $0) } ?? .sqlite(path: folder.courtDatabase)
    }

    func keyLocation(in folder: DataFolder) -> StoreLocation {
        database.map { .postgres(url: $0, schema: "xiezhi_keys") } ?? .sqlite(path: folder.keyDatabase)
    }
}

/// The one row that says which court this store is.
package struct CourtRow: Sendable {
    package let code: String
    package let docket: DocketID
    /// The ledger's permanent name.
    package let ledgerName: String
    package let isDemonstration: Bool
    /// Days a demonstration's clock has been moved ahead.
    package let daysAhead: Int
    /// Set after a restore, until the database has been compared with the last published checkpoint.
    package let isReadOnly: Bool

    package static let migration = Migration(
        "court-001-court",
        """
        CREATE TABLE court (
            only_one <integer> PRIMARY KEY CHECK (only_one = 1), code <text> NOT NULL, docket <bytes> NOT NULL,
            ledger <text> NOT NULL, demonstration <integer> NOT NULL, days_ahead <integer> NOT NULL,
            read_only <integer> NOT NULL
        )<strict>
        """)

    static func read(in reading: Reading) throws -> CourtRow? {
        let row = try reading.row(
            "SELECT code, docket, ledger, demonstration, days_ahead, read_only FROM court WHERE only_one = 1")
        guard let row else { return nil }
        return CourtRow(
            code: try row.text(0), docket: try row.identifier(1), ledgerName: try row.text(2),
            isDemonstration: try row.integer(3) == 1, daysAhead: Int(try row.integer(4)),
            isReadOnly: try row.integer(5) == 1)
    }

    func insert(in transaction: Transaction) throws {
        try transaction.run(
            """
            INSERT INTO court (only_one, code, docket, ledger, demonstration, days_ahead, read_only)
            VALUES (1, $1, $2, $3, $4, $5, 0)
            """, code, docket, ledgerName, isDemonstration, daysAhead)
    }
}

/// Why a court does not start. Each says what to do.
package enum CourtStartFailure: Error, Hashable, Sendable, CustomStringConvertible {
    case noCourt(folder: String)
    case alreadyACourt(code: String)
    case demonstrationCode(String)
    case demonstrationMaterial(String)
    case profileMissing
    case awaitingComparison

    package var description: String {
        switch self {
        case .noCourt(let folder):
            "There is no court in \(folder). Make one with `xiezhi demo` or `xiezhi init`."
        case .alreadyACourt(let code): "This store already holds the court \(code)."
        case .demonstrationCode(let code):
            "\(code) is a demonstration court's code, and this court is none. Give it its own code."
        case .demonstrationMaterial(let what):
            "This court is no demonstration, and yet it has \(what). It does not start with it; remove it first."
        case .profileMissing: "The court's docket has no profile. Restore it from a backup."
        case .awaitingComparison:
            "This database was restored and waits to be compared with the last published checkpoint: "
                + "run `xiezhi restore --compare`. Until then it only reads."
        }
    }
}
