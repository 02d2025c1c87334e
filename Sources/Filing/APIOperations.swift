import Docket
import Procedure
import Web

/// What the description says of a draft's routes for programs.
enum DraftOperations {
    static let list = APIOperation("Your drafts", answers: .object(.init("drafts", .list(draft))))
    static let begin = APIOperation(
        "Begin a complaint",
        takes: .json(.object(.init("form", .text(atMost: 100), "The form by its name, such as online-shopping/1."))),
        answers: draft, status: .created)
    static let one = APIOperation("A draft with what it still lacks", answers: draft)
    static let save = APIOperation("Save answers", takes: .json(answers), answers: draft)
    static let autosave = APIOperation(
        "Save answers while they are typed", takes: .json(answers), answers: .saved,
        conflict: .object(.init("fields", .fields), .init("version", .count)))
    static let consent = APIOperation(
        "Answer the two notices",
        takes: .json(
            .object(
                .init("language", .choice(Language.self), "In which the notices were read."),
                .init("stages", .map(.flag, atMost: 10), "One answer for each stage."),
                .init("stages_notice", .digest), .init("service", .flag), .init("service_notice", .digest),
                .init("postal", .text(0...1_000)))),
        answers: draft)
    static let addEvidence = APIOperation(
        "Add a finished upload as evidence", takes: .json(.object(.init("upload", .id))), answers: draft,
        status: .created, problems: [507])
    static let draw = APIOperation("Draw the complaint as a document", answers: draft)
    static let submit = APIOperation(
        "Sign the complaint and send it; the court's signed answer",
        takes: .json(
            .object(
                .init("digest", .text(0...100), "Of the complaint as it was drawn and read."),
                .init("code", .text(0...100)))),
        answers: .signedAnswer, status: .created)

    private static let answers = Shape.object(.init("fields", .fields), .init("version", .count))

    private static let draft = Shape.object(
        .init("docket", .id), .init("form", .said), .init("version", .count), .init("fields", .fields),
        .init(
            "exhibits",
            .list(
                .object(
                    .init("exhibit", .id), .init("name", .said), .init("proves", .said), .init("origin", .said),
                    .init("digest", .digest)))),
        .init("sum", .money),
        .init(
            "missing",
            .list(.object(.init("field", .said), .init("reason", .said), .init("reason_zh", .said)))),
        .optional("digest", .digest))
}

/// What the description says of the filing desk's routes for programs, and of the payment service's.
enum DeskOperations {
    static let list = APIOperation(
        "Filings that wait for a decision",
        answers: .object(
            .init("total", .count),
            .init(
                "filings",
                .list(
                    .object(
                        .init("docket", .id), .init("step", .choice(Duty.Step.self)),
                        .init("phase", .choice(CasePhase.self)), .init("title", .said), .init("cause", .said),
                        .init("submitted", .instant), .optional("due", .day))))),
        asks: [.init("offset", .whole(0...1_000_000), "How many to leave out from the start.")])
    static let docket = decision(
        "Docket a case and draw its judge",
        .optional("exclusions", .list(.choice(SmallClaimsExclusion.self), atMost: 20)))
    static let correct = decision(
        "Ask for what is missing",
        .init(
            "items",
            .list(
                .object(.init("check", .choice(FilingCheck.self)), .init("explanation", .text(0...2_000))), atMost: 50)),
        .init("due", .day, "If served today; served later, as many days count from the day after service."))
    static let sendBack = decision("Return the papers", .init("reason", .text(0...2_000)))
    static let transfer = decision(
        "Say which court is the right one", .init("court", .text(0...200)), .init("reason", .text(0...2_000)))

    static let callback = APIOperation(
        "A payment service reports a payment; it signs the request",
        takes: .json(
            .object(
                .init("payment", .id), .init("amount", .money), .init("reference", .text(atMost: 64)),
                .init("paid", .text(1...40), "Such as 2026-01-05T01:02:03.004Z."))),
        answers: .object(.init("outcome", .oneOf(["paid", "mismatched", "known"]))),
        headers: [.init("Payment-Signature", .said, "t=…,v1=…: when it was signed, and the signature.")])

    /// A decision names the position of the docket it was made on.
    private static func decision(_ summary: String, _ members: Shape.Member...) -> APIOperation {
        APIOperation(
            summary, takes: .json(.object([.init("seen", .count, "The position the decision was made on.")] + members)),
            answers: .object(
                .init("docket", .id), .init("phase", .choice(CasePhase.self)), .optional("number", .said),
                .init("seen", .count)))
    }
}
