import Docket

/// The calculators' questions and answers, field by field: their types are known here.
enum OpenAPIQuestions {
    static let fee: JSONValue = .object([
        "type": .text("object"), "required": names("kind", "input"), "additionalProperties": .bool(false),
        "properties": .object([
            "kind": .object([
                "type": .text("string"),
                "description": .text("property, property_halved, appeal, enforcement, preservation, payment_order …"),
            ]),
            "input": .object([
                "type": .text("object"),
                "description": .text(
                    "What the kind asks for, such as claim; sums in yuan as numbers or decimal text."),
            ]),
            "rounding": .object(["enum": names("fen", "yuan")]),
        ]),
        "examples": .array([
            .object([
                "kind": .text("property_halved"),
                "input": .object(["claim": .text("1280.50"), "procedure": .text("small_claims")]),
            ])
        ]),
    ])

    static let feeAnswer: JSONValue = .object([
        "type": .text("object"),
        "required": names("kind", "fee_fen", "currency", "direction", "articles", "explanation", "table"),
        "properties": .object([
            "kind": OpenAPISchemas.text, "fee_fen": .object(["type": names("integer", "null")]),
            "fee": OpenAPISchemas.text, "fee_fen_min": integer, "fee_fen_max": integer, "unpublished": words,
            "currency": OpenAPISchemas.text, "direction": .object(["enum": names("payment", "refund")]),
            "articles": articles, "explanation": explanation, "table": OpenAPISchemas.text,
        ]),
    ])

    static let deadline: JSONValue = .object([
        "type": .text("object"), "required": names("deadline"), "additionalProperties": .bool(false),
        "properties": .object([
            "deadline": .object(["type": .text("string"), "description": .text("The limit by its name in the table.")]),
            "event_date": date,
            "event_time": .object([
                "type": .text("string"), "format": .text("date-time"),
                "description": .text("For limits in hours, instead of event_date or with it."),
            ]),
            "suspensions": .object([
                "type": .text("array"), "maxItems": .integer(100),
                "items": .object([
                    "type": .text("object"), "required": names("ground", "from"), "additionalProperties": .bool(false),
                    "properties": .object(["ground": OpenAPISchemas.text, "from": date, "to": date]),
                ]),
            ]),
            "extension_days": whole(3_650), "extension_months": whole(120), "length": whole(3_650),
        ]),
        "examples": .array([
            .object(["deadline": .text("answer"), "event_date": .text("2026-03-10")])
        ]),
    ])

    static let deadlineAnswer: JSONValue = .object([
        "type": .text("object"),
        "required": names(
            "deadline", "name", "nominal_last_day", "last_day", "ends", "provisional", "provisional_reasons",
            "articles", "explanation", "table"),
        "properties": .object([
            "deadline": OpenAPISchemas.text, "name": words, "nominal_last_day": date, "last_day": date,
            "ends": .object(["type": .text("string"), "format": .text("date-time")]),
            "provisional": .object(["type": .text("boolean")]),
            "provisional_reasons": .object([
                "type": .text("array"),
                "items": .object([
                    "type": .text("object"), "required": names("code", "reason"),
                    "properties": .object(["code": OpenAPISchemas.text, "reason": words]),
                ]),
            ]),
            "articles": articles, "explanation": explanation, "table": OpenAPISchemas.text,
        ]),
    ])

    // MARK: Parts

    private static let integer: JSONValue = .object(["type": .text("integer")])
    private static let date: JSONValue = .object(["type": .text("string"), "format": .text("date")])
    private static let words: JSONValue = .object(["$ref": .text("#/components/schemas/Words")])
    private static let lines: JSONValue = .object(["type": .text("array"), "items": OpenAPISchemas.text])
    private static let explanation: JSONValue = .object([
        "type": .text("object"), "required": names("zh", "en"),
        "properties": .object(["zh": lines, "en": lines]),
    ])
    private static let articles: JSONValue = .object([
        "type": .text("array"),
        "items": .object([
            "type": .text("object"), "required": names("id", "zh", "en"),
            "properties": .object([
                "id": OpenAPISchemas.text, "zh": OpenAPISchemas.text, "en": OpenAPISchemas.text,
            ]),
        ]),
    ])

    private static func whole(_ most: Int64) -> JSONValue {
        .object(["type": .text("integer"), "minimum": .integer(1), "maximum": .integer(most)])
    }

    private static func names(_ names: String...) -> JSONValue { .array(names.map { .text($0) }) }
}
