import Docket

/// The shapes that every route shares.
enum OpenAPISchemas {
    /// Every route may answer with one of these; what only some do, their operations name.
    static let problemStatuses = [400, 401, 403, 404, 405, 409, 413, 422, 429, 503]

    static let all: [String: JSONValue] = ["Problem": problem]
    static let reference: JSONValue = .object(["$ref": .text("#/components/schemas/Problem")])

    private static let text: JSONValue = .object(["type": .text("string")])

    /// As `Problem` of the web prints it.
    private static let problem: JSONValue = .object([
        "type": .text("object"),
        "required": .array(["type", "title", "detail", "title_zh", "detail_zh", "code", "status"].map { .text($0) }),
        "properties": .object([
            "type": text, "title": text, "detail": text, "title_zh": text, "detail_zh": text, "instance": text,
            "code": .object(["type": .text("string"), "description": .text("Stable; programs go by this.")]),
            "status": .object(["type": .text("integer"), "minimum": .integer(400), "maximum": .integer(599)]),
            "article": .object([
                "type": .text("object"), "required": .array([.text("id"), .text("printed")]),
                "properties": .object(["id": text, "printed": text]),
            ]),
            "errors": .object([
                "type": .text("array"),
                "items": .object([
                    "type": .text("object"),
                    "required": .array([.text("field"), .text("reason"), .text("reason_zh")]),
                    "properties": .object(["field": text, "reason": text, "reason_zh": text]),
                ]),
            ]),
            "changes": .object(["type": .text("array"), "items": text]),
        ]),
    ])

    static let problemResponses: [String: JSONValue] = {
        var responses = ["Problem": response("Another problem.")]
        let reasons = [
            400: "The request makes no sense.", 401: "Nobody is signed in.",
            403: "Not this person's step, a second factor is needed, or the origin is not proved.",
            404: "There is no such thing, or not for this person.", 405: "This address does not take that method.",
            409: "Something changed meanwhile, or the key names another request.", 413: "Too many bytes.",
            422: "Understood and declined: the code, the article and the remedy say why.",
            429: "Too many requests; Retry-After says when.", 503: "Not now; nothing was written. See Retry-After.",
        ]
        for status in problemStatuses { responses["Problem\(status)"] = response(reasons[status] ?? "A problem.") }
        return responses
    }()

    private static func response(_ description: String) -> JSONValue {
        .object([
            "description": .text(description),
            "content": .object([
                "application/problem+json": .object(["schema": reference])
            ]),
        ])
    }
}
