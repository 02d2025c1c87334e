import Web

/// The calculators' questions and answers, field by field.
enum LawQuestionShapes {
    static let fee = APIOperation(
        "Count a court fee",
        takes: .decimalJSON(
            .object(
                .init(
                    "kind", .text(atMost: 100),
                    "property, property_halved, appeal, enforcement, preservation, payment_order …"),
                .init(
                    "input", .anything,
                    "What the kind asks for, such as claim; sums in yuan as numbers or decimal text."),
                .optional("rounding", .oneOf(["fen", "yuan"])))),
        answers: .object(
            .init("kind", .said), .init("fee_fen", .orNull(.fen)), .optional("fee", .said),
            .optional("fee_fen_min", .fen), .optional("fee_fen_max", .fen), .optional("unpublished", .words),
            .init("currency", .said), .init("direction", .oneOf(["payment", "refund"])),
            .init("articles", articles), .init("explanation", explanation), .init("table", .said)))

    static let deadline = APIOperation(
        "Count a time limit",
        takes: .json(
            .object(
                .init("deadline", .text(atMost: 100), "The limit by its name in the table."),
                .optional("event_date", .day),
                .optional(
                    "event_time", .text(1...40), "For limits in hours, instead of event_date or with it; RFC 3339."),
                .optional(
                    "suspensions",
                    .list(
                        .object(.init("ground", .text(atMost: 100)), .init("from", .day), .optional("to", .day)),
                        atMost: 100)),
                .optional("extension_days", .whole(1...3_650)), .optional("extension_months", .whole(1...120)),
                .optional("length", .whole(1...3_650)))),
        answers: .object(
            .init("deadline", .said), .init("name", .words), .init("nominal_last_day", .day), .init("last_day", .day),
            .init("ends", .instant), .init("provisional", .flag),
            .init("provisional_reasons", .list(.object(.init("code", .said), .init("reason", .words)))),
            .init("articles", articles), .init("explanation", explanation), .init("table", .said)))

    private static let lines = Shape.list(.said)
    private static let explanation = Shape.object(.init("zh", lines), .init("en", lines))
    private static let articles = Shape.list(.object(.init("id", .said), .init("zh", .said), .init("en", .said)))
}

extension Shape {
    /// A sum in fen; a refund is no smaller than zero either.
    fileprivate static let fen = Shape.count
}
