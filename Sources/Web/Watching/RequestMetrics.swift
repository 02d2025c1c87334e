import HTTPTypes
import Hummingbird
import Metrics

/// Counts and times requests. The labels are bounded: route templates, known methods, classes of status.
enum RequestMetrics {
    static func record(_ request: Request, _ route: Route?, _ status: HTTPResponse.Status, _ elapsed: Duration) {
        let dimensions = [
            ("route", route?.template ?? "none"), ("method", label(request.method)),
            ("status", "\(status.code / 100)xx"),
        ]
        Counter(label: "http_requests_total", dimensions: dimensions).increment()
        Timer(label: "http_request_duration_seconds", dimensions: dimensions).recordNanoseconds(
            elapsed.components.seconds * 1_000_000_000 + elapsed.components.attoseconds / 1_000_000_000)
    }

    static func label(_ method: HTTPRequest.Method) -> String { known.contains(method) ? method.rawValue : "other" }

    private static let known: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .patch, .delete, .options]
}
