import Accounts
import CaseFile
import Docket
import Evidence
import Filing
import Hearing
import Judgment
import People
import Proofs
import ServiceOfProcess
import Storage

/// Every migration of the court's database, in the order they are applied.
package enum CourtSchema {
    package static let all: [Migration] =
        [CourtRow.migration, Sweeping.migration] + Registry.migrations + FileCatalogue.migrations
        + LedgerTable.migrations
        + AccountMigrations.all + PeopleArea.migrations + FilingArea.migrations + EvidenceArea.migrations
        + ServiceArea.migrations + HearingArea.migrations + JudgmentArea.migrations + CaseFileArea.migrations
}
