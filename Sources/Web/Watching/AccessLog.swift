import Hummingbird
import Logging

/// One line a request: what kind of thing was asked and how it went. No query, no name, no number, no address, no id of
/// a docket: the route's template stands for the path.
enum AccessLog {
    static func write(
        _ request: Request, _ response: Response, _ context: CourtContext, _ elapsed: Duration, to logger: Logger
    ) {
        logger.info(
            "request",
            metadata: [
                "request": "\(context.requestID)",
                "method": "\(RequestMetrics.label(request.method))",
                "route": "\(context.route?.template ?? "-")",
                "status": "\(response.status.code)",
                "ms": "\(elapsed.milliseconds)",
                "signed-in": "\(context.viewer != nil)",
            ])
    }
}

extension Duration {
    var milliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
