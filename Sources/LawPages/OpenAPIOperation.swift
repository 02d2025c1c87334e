import Docket
import Hummingbird
import Web

/// One operation of the description: what a route is called, takes and answers.
struct OpenAPIOperation {
    let route: Route
    private let operation: APIOperation

    init(_ route: Route) {
        self.route = route
        operation =
            route.operation ?? APIOperation("\(route.method.rawValue) \(route.template)", answers: .anything)
    }

    private var isWrite: Bool { ![.get, .head].contains(route.method) }

    var json: JSONValue {
        var members: [String: JSONValue] = [
            "operationId": .text(Self.id(of: route)), "summary": .text(operation.summary), "tags": .array([.text(tag)]),
            "parameters": .array(parameters), "responses": .object(responses),
            "security": .array(security),
        ]
        if let body { members["requestBody"] = body }
        return .object(members)
    }

    /// `POST /api/v1/drafts/:docket/submit` as `post_api_v1_drafts_by-docket_submit`: the method and the whole path, so
    /// that no two routes share one.
    static func id(of route: Route) -> String {
        let parts = route.template.split(separator: "/").map { $0.hasPrefix(":") ? "by-\($0.dropFirst())" : String($0) }
        return ([route.method.rawValue.lowercased()] + parts).joined(separator: "_")
    }

    private var tag: String {
        let parts = route.template.split(separator: "/").drop { $0 == "api" || $0 == "v1" }
        return String(parts.first ?? "court")
    }

    private var security: [JSONValue] {
        route.access == .signedIn ? [.object(["bearer": .array([])]), .object(["session": .array([])])] : []
    }

    // MARK: What it takes

    private var parameters: [JSONValue] {
        var all = OpenAPI.parameters(of: route).map { name -> JSONValue in
            .object([
                "name": .text(name), "in": .text("path"), "required": .bool(true), "schema": Shape.id.schema,
            ])
        }
        all += operation.asks.map { Self.parameter($0, in: "query") }
        all += operation.headers.map { Self.parameter($0, in: "header") }
        guard isWrite, route.origin == .ownPage else { return all }
        all.append(
            .object([
                "name": .text("Idempotency-Key"), "in": .text("header"), "required": .bool(false),
                "description": .text("Names this sending; sent again it is not done again."),
                "schema": .object([
                    "type": .text("string"), "minLength": .integer(8), "maxLength": .integer(128),
                    "pattern": .text("^[!-~]+$"),
                ]),
            ]))
        all.append(
            .object([
                "name": .text("X-CSRF-Token"), "in": .text("header"), "required": .bool(false),
                "description": .text("Needed with the session cookie, not with a bearer token."),
                "schema": .object(["type": .text("string")]),
            ]))
        return all
    }

    private static func parameter(_ parameter: APIOperation.Parameter, in place: String) -> JSONValue {
        .object([
            "name": .text(parameter.name), "in": .text(place), "required": .bool(parameter.isRequired),
            "schema": parameter.shape.schema, "description": .text(parameter.about),
        ])
    }

    private var body: JSONValue? {
        switch operation.takes {
        case .nothing: nil
        case .json(let shape), .decimalJSON(let shape): Self.content("application/json", shape.schema, required: true)
        case .bytes(let mediaType):
            Self.content(
                mediaType, .object(["type": .text("string"), "format": .text("binary")]), required: true)
        }
    }

    private static func content(_ mediaType: String, _ schema: JSONValue, required: Bool) -> JSONValue {
        .object([
            "required": .bool(required), "content": .object([mediaType: .object(["schema": schema])]),
        ])
    }

    // MARK: What it answers

    private var responses: [String: JSONValue] {
        var responses: [String: JSONValue] = [:]
        for status in OpenAPISchemas.problemStatuses {
            responses["\(status)"] = .object(["$ref": .text("#/components/responses/Problem\(status)")])
        }
        for status in operation.problems {
            responses["\(status)"] = .object(["$ref": .text("#/components/responses/Problem")])
        }
        if let conflict = operation.conflict {
            responses["409"] = .object([
                "description": .text("Something changed meanwhile; what stands there now."),
                "content": .object([
                    "application/json": .object(["schema": conflict.schema]),
                    "application/problem+json": .object(["schema": OpenAPISchemas.reference]),
                ]),
            ])
        }
        var done: [String: JSONValue] = ["description": .text(answered)]
        if route.method != .head, let answer = operation.answers {
            done["content"] = .object(["application/json": .object(["schema": answer.schema])])
        }
        responses["\(operation.status.code)"] = .object(done)
        return responses
    }

    private var answered: String {
        switch operation.status {
        case .created: "Made."
        case .noContent: "Done; nothing to say."
        default: "The answer."
        }
    }
}
