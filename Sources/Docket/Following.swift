import ServiceLifecycle
import Storage

extension Store {
    /// Looks once at the start, after each news of a channel, and at least every second, since news may be lost and some
    /// things become due by time alone. Never two looks at once; ends when the service is told to.
    package func follow(_ channel: String, look: @escaping @Sendable () async -> Void) async throws {
        let news = try await listen(channel: channel)
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                let (poke, poker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
                group.addTask { for await _ in news { poker.yield() } }
                group.addTask {
                    while !Task.isCancelled {
                        poker.yield()
                        try? await Task.sleep(for: .seconds(1))
                    }
                }
                group.addTask { for await _ in poke { await look() } }
                await group.next()
                group.cancelAll()
            }
        }
    }
}
