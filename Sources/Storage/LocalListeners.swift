import Synchronization

/// Who listens to which channel, inside this process.
final class LocalListeners: Sendable {
    private struct Listeners {
        var next = 0
        var streams: [String: [Int: AsyncStream<String>.Continuation]] = [:]
        var isClosed = false
    }

    private let listeners = Mutex(Listeners())

    /// - Returns: a stream that ends at once when closed.
    func listen(_ channel: String) -> AsyncStream<String> {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(256))
        let number: Int? = listeners.withLock { listeners in
            guard !listeners.isClosed else { return nil }
            listeners.next += 1
            listeners.streams[channel, default: [:]][listeners.next] = continuation
            return listeners.next
        }
        guard let number else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in
            self?.listeners.withLock { _ = $0.streams[channel]?.removeValue(forKey: number) }
        }
        return stream
    }

    func tell(_ notification: Notification) {
        for stream in streams(of: notification.channel) { stream.yield(notification.payload) }
    }

    /// Tells everyone to look again.
    func tellAll() {
        let all = listeners.withLock { $0.streams.values.flatMap(\.values) }
        for stream in all { stream.yield("") }
    }

    /// The streams end; no new ones begin.
    func close() {
        let all = listeners.withLock { listeners in
            defer { listeners.streams = [:] }
            listeners.isClosed = true
            return listeners.streams.values.flatMap(\.values)
        }
        for stream in all { stream.finish() }
    }

    private func streams(of channel: String) -> [AsyncStream<String>.Continuation] {
        listeners.withLock { $0.streams[channel].map { Array($0.values) } ?? [] }
    }
}
