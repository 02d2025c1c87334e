import Foundation
import Procedure
import Synchronization

/// The court's clock. Never runs backwards while the process lives; a demonstration may move it forward.
package final class CourtClock: Sendable {
    private struct State {
        var latest: Int64 = 0
        var ahead: Int64 = 0
    }

    private let state = Mutex(State())

    package init() {}

    package var now: Instant {
        let system = Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down))
        return state.withLock { state in
            state.latest = max(state.latest, system + state.ahead)
            return Instant(milliseconds: state.latest)
        }
    }

    /// Moves a demonstration's clock forward, in all so many days ahead of the system.
    package func setAhead(days: Int) {
        state.withLock { $0.ahead = max($0.ahead, Int64(days) * 86_400_000) }
    }
}
