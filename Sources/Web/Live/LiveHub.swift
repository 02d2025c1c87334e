import Procedure
import Synchronization

/// Tells open pages that a docket moved on, and nothing else: "docket X, up to n" (D34). The page then asks again
/// under its own permission.
package actor LiveHub {
    package struct Event: Hashable, Sendable {
        package let docket: DocketID
        /// The number of the feed up to which the docket has moved; also the event's id.
        package let upTo: Int64
    }

    package struct Subscription: Sendable {
        package let id: Int
        package let events: AsyncStream<Event>
    }

    /// Dockets whose last number is remembered for pages that come back after a break.
    static let remembered = 20_000
    static let maximumDocketsPerStream = 50

    private struct Subscriber {
        let dockets: Set<DocketID>
        let continuation: AsyncStream<Event>.Continuation
    }

    private var subscribers: [Int: Subscriber] = [:]
    private var byDocket: [DocketID: Set<Int>] = [:]
    private var latest: [DocketID: Int64] = [:]
    private let highest = Mutex<Int64>(0)
    private var forgotten: Int64 = 0
    private var nextID = 0
    private var isClosed = false

    package init() {}

    /// The number of the feed up to which everything was told: what a page drawn now has seen at least.
    package nonisolated var toldUpTo: Int64 { highest.withLock { $0 } }

    /// Where the feed stands as the process starts. A page that saw less is told to look: what it missed is unknown.
    package func begin(at number: Int64) {
        highest.withLock { $0 = max($0, number) }
        forgotten = max(forgotten, number)
    }

    package func publish(_ docket: DocketID, upTo number: Int64) {
        if latest.count >= Self.remembered, latest[docket] == nil {
            // Whoever saw less than this may have missed something and is told to look.
            forgotten = toldUpTo
            latest.removeAll(keepingCapacity: true)
        }
        latest[docket] = max(number, latest[docket] ?? 0)
        for id in byDocket[docket] ?? [] {
            subscribers[id]?.continuation.yield(Event(docket: docket, upTo: number))
        }
        // Last: a page that takes this number was drawn after everyone listening was told.
        highest.withLock { $0 = max($0, number) }
    }

    /// - Parameter seen: the number of the feed the page was drawn from; what happened since is told at once.
    package func subscribe(to dockets: [DocketID], seen: Int64) -> Subscription {
        let (events, continuation) = AsyncStream.makeStream(of: Event.self, bufferingPolicy: .bufferingNewest(256))
        nextID += 1
        guard !isClosed else {
            continuation.finish()
            return Subscription(id: nextID, events: events)
        }
        subscribers[nextID] = Subscriber(dockets: Set(dockets), continuation: continuation)
        for docket in dockets {
            byDocket[docket, default: []].insert(nextID)
            let missed = latest[docket] ?? (seen < forgotten ? forgotten : 0)
            if missed > seen { continuation.yield(Event(docket: docket, upTo: missed)) }
        }
        return Subscription(id: nextID, events: events)
    }

    package func unsubscribe(_ id: Int) {
        guard let subscriber = subscribers.removeValue(forKey: id) else { return }
        subscriber.continuation.finish()
        for docket in subscriber.dockets {
            byDocket[docket]?.remove(id)
            if byDocket[docket]?.isEmpty == true { byDocket[docket] = nil }
        }
    }

    /// Ends every stream, as the process stops; browsers come back by themselves.
    package func close() {
        isClosed = true
        for id in Array(subscribers.keys) { unsubscribe(id) }
    }

    package var openStreams: Int { subscribers.count }
}
