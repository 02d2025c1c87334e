import Procedure
import Synchronization

/// Tells live streams that a docket moved: “docket X, up to n”, nothing more. Readers fetch under their own permission.
package final class LiveNews: Sendable {
    package struct Moved: Hashable, Sendable {
        package let docket: DocketID
        package let position: Int
    }

    private let listeners = Mutex<[Int: (dockets: Set<DocketID>?, continuation: AsyncStream<Moved>.Continuation)]>([:])
    private let next = Mutex(0)

    package init() {}

    /// News of these dockets, or of all; a reader that falls behind keeps the newest 256.
    package func listen(to dockets: Set<DocketID>?) -> AsyncStream<Moved> {
        let number = next.withLock { next in
            next += 1
            return next
        }
        let (stream, continuation) = AsyncStream.makeStream(of: Moved.self, bufferingPolicy: .bufferingNewest(256))
        continuation.onTermination = { [weak self] _ in self?.forget(number) }
        listeners.withLock { $0[number] = (dockets, continuation) }
        return stream
    }

    package func tell(_ docket: DocketID, position: Int) {
        let reached = listeners.withLock { all in
            all.values.filter { $0.dockets?.contains(docket) ?? true }.map(\.continuation)
        }
        for continuation in reached { continuation.yield(Moved(docket: docket, position: position)) }
    }

    private func forget(_ number: Int) {
        listeners.withLock { $0[number] = nil }
    }
}
