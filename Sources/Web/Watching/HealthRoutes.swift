import Hummingbird
import NIOCore

/// Whether the process lives, whether it can serve, and what it has measured.
package enum HealthRoutes {
    /// `/health/live`, `/health/ready` on both faces, without details; `/metrics` and the reasons only in chambers.
    package static func register(in routes: inout Routes, metrics: PrometheusMetrics) {
        routes.get("/health/live", face: .both, kind: .asset, access: .anyone) { _, _ in text("live\n") }
        routes.get("/health/ready", face: .both, kind: .asset, access: .anyone) { _, context in
            let missing = await context.site.missing()
            guard missing.isEmpty else {
                let detail = context.face == .public ? "" : missing.map { "\($0)\n" }.joined()
                var response = text("not ready\n\(detail)")
                response.status = .serviceUnavailable
                response.headers[.retryAfter] = "5"
                return response
            }
            return text("ready\n")
        }
        routes.get("/metrics", face: .chambers, kind: .asset, access: .anyone) { _, _ in
            text(metrics.text(), mediaType: "text/plain; version=0.0.4; charset=utf-8")
        }
    }

    private static func text(_ text: String, mediaType: String = "text/plain; charset=utf-8") -> Response {
        let bytes = ByteBuffer(string: text)
        return Response(
            status: .ok, headers: [.contentType: mediaType, .contentLength: String(bytes.readableBytes)],
            body: .init(byteBuffer: bytes))
    }
}
