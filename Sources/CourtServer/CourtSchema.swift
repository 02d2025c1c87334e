import Accounts
import Docket
import Proofs
import Storage

/// Every migration of the court's database, in the order they are applied.
package enum CourtSchema {
    package static let all: [Migration] =
        [CourtRow.migration] + Registry.migrations + FileCatalogue.migrations + LedgerTable.migrations
        + AccountMigrations.all
}
