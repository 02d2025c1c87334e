import Docket
import Hummingbird
import Web

/// One operation of the description: what a route is called, takes and answers.
struct OpenAPIOperation {
    let route: Route
    private let note: OpenAPINote

    init(_ route: Route) {
        self.route = route
        note = OpenAPINote.of(route)
    }

    private var isWrite: Bool { ![.get, .head].contains(route.method) }
    private var takesBody: Bool { [.post, .put, .patch].contains(route.method) }

    var json: JSONValue {
        var members: [String: JSONValue] = [
            "operationId": .text(operationID), "summary": .text(note.summary), "tags": .array([.text(tag)]),
            "parameters": .array(parameters), "responses": .object(responses),
            "security": .array(security),
        ]
        if takesBody { members["requestBody"] = requestBody }
        return .object(members)
    }

    /// `POST /api/v1/drafts/:docket/submit` as `post_drafts_docket_submit`.
    var operationID: String {
        let parts = route.template.split(separator: "/").filter { $0 != "api" && $0 != "v1" }
        let name = parts.joined(separator: "_").map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "_" }
        return "\(route.method.rawValue.lowercased())_\(String(name).replacing("__", with: "_"))"
    }

    private var tag: String {
        let parts = route.template.split(separator: "/").drop { $0 == "api" || $0 == "v1" }
        return String(parts.first ?? "court")
    }

    private var security: [JSONValue] {
        route.access == .signedIn ? [.object(["session": .array([])]), .object(["bearer": .array([])])] : []
    }

    // MARK: What it takes

    private var parameters: [JSONValue] {
        var all = OpenAPI.parameters(of: route).map { name -> JSONValue in
            .object([
                "name": .text(name), "in": .text("path"), "required": .bool(true),
                "schema": .object(["$ref": .text("#/components/schemas/Id")]),
            ])
        }
        all += note.headers.map { header in
            .object([
                "name": .text(header.name), "in": .text("header"), "required": .bool(header.isRequired),
                "schema": header.schema, "description": .text(header.description),
            ])
        }
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

    private var requestBody: JSONValue {
        let content: [String: JSONValue] = [note.mediaType: .object(["schema": note.body])]
        return .object(["required": .bool(note.isBodyRequired), "content": .object(content)])
    }

    // MARK: What it answers

    private var responses: [String: JSONValue] {
        var responses: [String: JSONValue] = [:]
        for status in OpenAPISchemas.problemStatuses {
            responses["\(status)"] = .object(["$ref": .text("#/components/responses/Problem\(status)")])
        }
        // 408, 412, 415, 507 and whatever else can go wrong on the way look the same.
        responses["default"] = .object(["$ref": .text("#/components/responses/Problem")])
        var done: [String: JSONValue] = ["description": .text(note.answered)]
        if note.status != 204, route.method != .head, let answer = note.answer {
            done["content"] = .object(["application/json": .object(["schema": answer])])
        }
        responses["\(note.status)"] = .object(done)
        return responses
    }
}
