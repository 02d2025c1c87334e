import Accounts
import Procedure

extension FilingArea {
    /// Whether the docket is a draft of this person: what no docket holds yet is its writer's alone.
    package func ownsDraft(_ docket: DocketID, _ viewer: Viewer) async throws -> Bool {
        try await registry.store.read { reading in
            try reading.row("SELECT 1 FROM draft WHERE docket = $1 AND account = $2", docket, viewer.account) != nil
        }
    }
}
