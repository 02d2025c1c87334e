import NIOPosix
import Synchronization

/// Threads that may block, each with a connection when it needs one. Connections open when first wanted.
final class PostgresPool: Sendable {
    /// A connection between two uses: one thread takes it out of the lock, and only its holder puts it back.
    private struct Idle: @unchecked Sendable {  // safe: one thread holds it at a time
        let connection: PostgresConnection
    }

    private let idle = Mutex<[Idle]>([])
    private let threads: NIOThreadPool
    private let settings: PostgresConnection.Settings

    init(_ settings: PostgresConnection.Settings, size: Int) {
        self.settings = settings
        threads = NIOThreadPool(numberOfThreads: size)
        threads.start()
    }

    /// Runs on a thread of the pool, to its end even when the waiting task is cancelled.
    ///
    /// - Throws: `StorageError.gone` when closed, also while it waits for a thread.
    func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            threads.submit { state in
                switch state {
                case .active: continuation.resume(with: Swift.Result(catching: work))
                case .cancelled: continuation.resume(throwing: StorageError.gone)
                }
            }
        }
    }

    /// Runs on a thread of the pool, without anyone waiting for it; not at all once closed.
    func start(_ work: @escaping @Sendable () -> Void) {
        threads.submit { if case .active = $0 { work() } }
    }

    func take() throws -> PostgresConnection {
        if let last = idle.withLock({ $0.popLast() }) { return last.connection }
        return try PostgresConnection(settings)
    }

    func giveBack(_ connection: PostgresConnection) {
        guard connection.isOpen else { return }
        let back = Idle(connection: connection)
        idle.withLock { $0.append(back) }
    }

    /// After a lost connection the others are most likely lost too.
    func forgetIdle() { idle.withLock { $0 = [] } }

    func close() async throws {
        try await threads.shutdownGracefully()
        forgetIdle()
    }
}
