import Docket
import Hummingbird
import Web

/// What a route's list entry cannot say: a sentence, the status of success, the body. A route without a note of its own
/// gets what its method usually does.
struct OpenAPINote {
    struct Header {
        let name, description: String
        let isRequired: Bool
        let schema: JSONValue
    }

    var summary: String
    var status = 200
    var mediaType = "application/json"
    var body: JSONValue = .object(["$ref": .text("#/components/schemas/Object")])
    var isBodyRequired = true
    var answer: JSONValue? = .object(["$ref": .text("#/components/schemas/Object")])
    var headers: [Header] = []

    var answered: String {
        switch status {
        case 201: "Made."
        case 204: "Done; nothing to say."
        case 303: "Done; go on there."
        default: "The answer."
        }
    }

    static func of(_ route: Route) -> OpenAPINote {
        let key = "\(route.method.rawValue) \(route.template)"
        return known[key] ?? OpenAPINote(summary: key)
    }

    private static let known: [String: OpenAPINote] = [
        "GET /api/v1/openapi.json": note("This description"),
        "POST /api/v1/law/fee": note(
            "Count a court fee", body: OpenAPIQuestions.fee, answer: OpenAPIQuestions.feeAnswer),
        "POST /api/v1/law/deadline": note(
            "Count a time limit", body: OpenAPIQuestions.deadline, answer: OpenAPIQuestions.deadlineAnswer),

        "GET /api/v1/cases": note("Your cases"),
        "GET /api/v1/cases/:docket": note("A case and the entries of its docket that you may see"),
        "GET /api/v1/cases/:docket/consents": note("What each party has agreed to"),
        "POST /api/v1/cases/:docket/consents": note("Agree or decline, stage by stage"),
        "GET /api/v1/cases/:docket/address": note("The address for service"),
        "POST /api/v1/cases/:docket/address": note("Confirm the address for service"),
        "GET /api/v1/inbox": note("What the court has served on you"),
        "PUT /cases/:docket/answer/draft": note("Save the answer while it is typed"),

        "GET /api/v1/drafts": note("Your drafts"),
        "POST /api/v1/drafts": note("Begin a complaint", status: 201),
        "GET /api/v1/drafts/:docket": note("A draft with what it still lacks"),
        "PUT /api/v1/drafts/:docket/answers": note("Save answers"),
        "PUT /drafts/:docket/answers": note("Save answers while they are typed"),
        "PUT /api/v1/drafts/:docket/consents": note("Answer the two notices"),
        "POST /api/v1/drafts/:docket/evidence": note("Add a finished upload as evidence", status: 201),
        "POST /api/v1/drafts/:docket/draw": note("Draw the complaint as a document", needsBody: false),
        "POST /api/v1/drafts/:docket/submit": note(
            "Sign the complaint and send it; the court's signed answer", status: 201),

        "GET /api/v1/desk/filings": note("Filings that wait for a decision"),
        "POST /api/v1/desk/filings/:docket/docket": note("Docket a case and draw its judge"),
        "POST /api/v1/desk/filings/:docket/correction": note("Ask for what is missing"),
        "POST /api/v1/desk/filings/:docket/return": note("Return the papers"),
        "POST /api/v1/desk/filings/:docket/transfer": note("Say which court is the right one"),

        "POST /payments/callback": note("A payment service reports a payment; it signs the request"),

        "POST /uploads": upload(
            "Begin an upload (tus 1.0)", status: 201,
            headers: [
                header("Upload-Length", "Bytes in all.", integer),
                header(
                    "Upload-Metadata", "Pairs of a key and base64, with commas between.", OpenAPISchemas.text, false),
            ]),
        "HEAD /uploads/:upload": upload("How much of an upload has arrived"),
        "PATCH /uploads/:upload": upload(
            "Send bytes from where the upload stands", status: 204,
            headers: [header("Upload-Offset", "Where these bytes go.", integer)]),
        "DELETE /uploads/:upload": upload("Give an upload up", status: 204),
    ]

    private static let integer: JSONValue = .object(["type": .text("integer"), "minimum": .integer(0)])

    private static func note(
        _ summary: String, status: Int = 200, needsBody: Bool = true, body: JSONValue? = nil, answer: JSONValue? = nil
    ) -> OpenAPINote {
        var note = OpenAPINote(summary: summary, status: status, isBodyRequired: needsBody)
        if let body { note.body = body }
        if let answer { note.answer = answer }
        return note
    }

    private static func upload(_ summary: String, status: Int = 200, headers: [Header] = []) -> OpenAPINote {
        OpenAPINote(
            summary: summary, status: status, mediaType: "application/offset+octet-stream",
            body: .object(["type": .text("string"), "format": .text("binary")]), isBodyRequired: status == 204,
            answer: nil,
            headers: [
                header("Tus-Resumable", "The version of the protocol.", .object(["const": .text("1.0.0")]))
            ] + headers)
    }

    private static func header(
        _ name: String, _ description: String, _ schema: JSONValue, _ isRequired: Bool = true
    ) -> Header {
        Header(name: name, description: description, isRequired: isRequired, schema: schema)
    }
}
