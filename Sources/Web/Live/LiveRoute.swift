import Accounts
import HTTPTypes
import Hummingbird
import NIOCore
import Procedure

extension LiveHub {
    /// `/live?docket=ID,ID&seen=N`: an event stream for the dockets the person may read.
    ///
    /// - Parameters:
    ///   - beat: how often a comment goes out and the session is looked at again, so that a stream ends with it.
    ///   - mayRead: asked once for each docket at the start, and again with every event, so that a stream ends with the
    ///     permission; the page's own fetch is checked anyway.
    package nonisolated func register(
        in routes: inout Routes, every beat: Duration = .seconds(15),
        mayRead: @escaping @Sendable (Viewer, DocketID) async throws -> Bool
    ) {
        routes.get("/live", face: .both, kind: .asset, access: .signedIn) { request, context in
            let viewer = try context.person()
            let ids = (context.query["docket"] ?? "").split(separator: ",").compactMap {
                DocketID(rawValue: String($0))
            }
            guard !ids.isEmpty, ids.count <= Self.maximumDocketsPerStream else { throw Malformed(.formUnreadable) }
            for id in ids { guard try await mayRead(viewer, id) else { throw NotFound() } }
            let seen =
                request.headers[.lastEventID].flatMap { Int64($0) } ?? context.query["seen"].flatMap { Int64($0) }
                ?? .max
            let token = context.sessionToken(request)
            let site = context.site
            let stillAllowed: @Sendable (DocketID?) async -> Bool = { docket in
                guard let token, let now = try? await site.viewer(token), now.account == viewer.account else {
                    return false
                }
                guard let docket else { return true }
                return (try? await mayRead(viewer, docket)) ?? false
            }
            return self.stream(ids, seen: seen, request, every: beat, stillAllowed)
        }
    }

    private nonisolated func stream(
        _ dockets: [DocketID], seen: Int64, _ request: Request, every beat: Duration,
        _ stillAllowed: @escaping @Sendable (DocketID?) async -> Bool
    ) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store", .accelBuffering: "no"],
            body: .init { writer in
                let subscription = await self.subscribe(to: dockets, seen: seen)
                let signals = Self.withBeats(subscription.events, every: beat)
                do {
                    try await request.body.consumeWithInboundCloseHandler { _ in
                        try await writer.write(ByteBuffer(string: "retry: 2000\n: open\n\n"))
                        for await signal in signals {
                            guard await stillAllowed(signal?.docket) else { break }
                            let text = signal.map { "id: \($0.upTo)\ndata: \($0.docket)\n\n" } ?? ": still here\n\n"
                            try await writer.write(ByteBuffer(string: text))
                        }
                    } onInboundClosed: {
                        Task { await self.unsubscribe(subscription.id) }
                    }
                } catch {
                    // The page went away: nothing is lost, it asks again when it comes back.
                }
                await self.unsubscribe(subscription.id)
                try await writer.finish(nil)
            })
    }

    /// The events, with nil every so often in between; ends when the events end.
    private static func withBeats(_ events: AsyncStream<Event>, every beat: Duration) -> AsyncStream<Event?> {
        AsyncStream(bufferingPolicy: .bufferingNewest(256)) { continuation in
            let clock = Task {
                while !Task.isCancelled {
                    try await Task.sleep(for: beat)
                    continuation.yield(nil)
                }
            }
            let relay = Task {
                for await event in events { continuation.yield(event) }
                continuation.finish()
            }
            continuation.onTermination = { _ in
                clock.cancel()
                relay.cancel()
            }
        }
    }
}

extension HTTPField.Name {
    fileprivate static let lastEventID = known("Last-Event-ID")
    fileprivate static let accelBuffering = known("X-Accel-Buffering")
}
