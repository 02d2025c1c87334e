import Accounts
import Procedure

extension FilingArea {
    /// Whether the docket is a draft of this person: what no docket holds yet is its writer's alone.
    ///
    /// A complaint that came back counts from the moment it did, before anything in it was changed.
    package func ownsDraft(_ docket: DocketID, _ viewer: Viewer) async throws -> Bool {
        do {
            _ = try await draft(docket, of: viewer)
            return true
        } catch is NotFound {
            return false
        } catch is DraftWasSent {
            return false
        } catch is Forbidden {
            return false
        }
    }
}
