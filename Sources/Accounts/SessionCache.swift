import Procedure
import Synchronization

/// Sessions read a moment ago. An entry lives so briefly that an ended session is gone everywhere within the two
/// seconds promised, on this node at once.
final class SessionCache: Sendable {
    struct Entry {
        let viewer: Viewer
        let readAt: Instant
    }

    private let life: Duration
    private let capacity: Int
    private let entries = Mutex<[[UInt8]: Entry]>([:])

    init(life: Duration, capacity: Int = 20_000) {
        self.life = life
        self.capacity = capacity
    }

    /// - Parameter digest: of the session's token.
    func viewer(for digest: [UInt8], at now: Instant) -> Viewer? {
        entries.withLock { entries in
            guard let entry = entries[digest] else { return nil }
            guard isAlive(entry, at: now) else {
                entries[digest] = nil
                return nil
            }
            return entry.viewer
        }
    }

    func keep(_ viewer: Viewer, for digest: [UInt8], at now: Instant) {
        entries.withLock { entries in
            if entries.count >= capacity { entries = entries.filter { isAlive($0.value, at: now) } }
            guard entries.count < capacity else { return }
            entries[digest] = Entry(viewer: viewer, readAt: now)
        }
    }

    func forget(_ digest: [UInt8]) { entries.withLock { $0[digest] = nil } }

    func forget(where isConcerned: @Sendable (Viewer) -> Bool) {
        entries.withLock { entries in entries = entries.filter { !isConcerned($0.value.viewer) } }
    }

    private func isAlive(_ entry: Entry, at now: Instant) -> Bool {
        entry.readAt <= now && now.milliseconds - entry.readAt.milliseconds < life.milliseconds
    }
}
