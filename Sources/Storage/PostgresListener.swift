import CPostgres
import Foundation
import NIOPosix
import Synchronization

/// One connection and one thread that hear for the whole store, from the first `listen` to `close`.
///
/// A lost connection is opened again; then everyone is told to look again, because nothing was kept for us meanwhile.
final class PostgresListener: Sendable {
    private struct Request: Sendable {
        let channel: String
        let answer: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var requests: [Request] = []
        var wake: WakeUp?
        var isClosed = false
    }

    private let settings: PostgresConnection.Settings
    private let listeners = LocalListeners()
    private let thread = NIOThreadPool(numberOfThreads: 1)
    private let state = Mutex(State())

    init(_ settings: PostgresConnection.Settings) { self.settings = settings }

    func listen(_ channel: String) async throws -> AsyncStream<String> {
        let stream = listeners.listen(channel)
        try await withCheckedThrowingContinuation { add(Request(channel: channel, answer: $0)) }
        return stream
    }

    func close() async throws {
        state.withLock { state in
            state.isClosed = true
            state.wake?.wake()
        }
        try await thread.shutdownGracefully()
        for request in takeRequests() { request.answer.resume(throwing: StorageError.gone) }
        listeners.close()
    }

    private func add(_ request: Request) {
        let refusal: StorageError? = state.withLock { state in
            guard !state.isClosed else { return .gone }
            if state.wake == nil {
                guard let wake = WakeUp() else { return .busy }
                state.wake = wake
                thread.start()
                thread.submit { [self] in if case .active = $0 { hear(wake) } }
            }
            state.requests.append(request)
            state.wake?.wake()
            return nil
        }
        if let refusal { request.answer.resume(throwing: refusal) }
    }

    private func takeRequests() -> [Request] {
        state.withLock { state in
            defer { state.requests = [] }
            return state.requests
        }
    }

    private func hear(_ wake: WakeUp) {
        var connection: PostgresConnection?
        var channels: Set<String> = []
        var pause: Int32 = 100
        while !state.withLock({ $0.isClosed }) {
            var requests = takeRequests()
            do {
                let open = try connection ?? reconnect(channels)
                connection = open
                pause = 100
                while let request = requests.first {
                    try open.script("LISTEN \(open.quoted(request.channel))")
                    channels.insert(request.channel)
                    requests.removeFirst()
                    request.answer.resume()
                }
                try tellWhatCame(open)
                // A minute of silence is asked about: the other end may be gone without a word.
                if !wake.wait(orReadable: PQsocket(open.handle), milliseconds: 60_000) { try open.script("SELECT 1") }
            } catch {
                connection = nil
                for request in requests { request.answer.resume(throwing: StorageError.gone) }
                _ = wake.wait(orReadable: -1, milliseconds: pause)
                pause = min(pause * 2, 5_000)
            }
        }
    }

    private func reconnect(_ channels: Set<String>) throws -> PostgresConnection {
        let connection = try PostgresConnection(settings)
        for channel in channels { try connection.script("LISTEN \(connection.quoted(channel))") }
        if !channels.isEmpty { listeners.tellAll() }
        return connection
    }

    private func tellWhatCame(_ connection: PostgresConnection) throws {
        guard PQconsumeInput(connection.handle) == 1 else { throw PostgresError.lost }
        while let notification = PQnotifies(connection.handle) {
            defer { PQfreemem(notification) }
            listeners.tell(
                Notification(
                    channel: String(cString: notification.pointee.relname),
                    payload: String(cString: notification.pointee.extra)))
        }
    }
}

/// A pipe that ends the wait of the thread that hears.
private final class WakeUp: Sendable {
    private let readEnd: Int32
    private let writeEnd: Int32

    init?() {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    deinit {
        _ = Foundation.close(readEnd)
        _ = Foundation.close(writeEnd)
    }

    /// A full pipe wakes as well as one more byte would.
    func wake() { _ = write(writeEnd, [1], 1) }

    /// - Parameter socket: negative for none.
    /// - Returns: false when the time ran out.
    func wait(orReadable socket: Int32, milliseconds: Int32) -> Bool {
        var watched = [
            pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0),
            pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
        ]
        let ready = poll(&watched, 2, milliseconds)
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(readEnd, &bytes, bytes.count) > 0 {}
        return ready != 0
    }
}
