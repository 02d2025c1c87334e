import Procedure
import Web

/// What the description says of the routes for programs of this area.
enum HearingOperations {
    static let hearing = APIOperation("The hearing in writing as it stands", answers: standing)
    static let application = step(
        "Ask that each take part at its own time", .init("difficulty", .text(atMost: 2_000)))
    static let agreement = step(
        "Say whether you agree to it", .init("agreement", .choice(Agreement.self)),
        .optional("reason", .text(0...2_000)))
    static let opening = step(
        "Open the hearing: the conditions with reasons, and the first window",
        .init("gates", .map(.text(atMost: 2_000), atMost: 10), "A reason for each condition the judge must find."),
        .init("until", .day))
    static let phase = step(
        "Go on to the next phase", .init("phase", .choice(HearingPhase.self)), .init("until", .day))
    static let end = step(
        "Agree that the open phase end before its last day", .init("phase", .choice(HearingPhase.self)))
    static let question = step(
        "Put a question to a party", .init("to", .id), .init("question", .text(atMost: 2_000)))
    static let answer = step("Answer a question", .init("question", .id), .init("text", .text(atMost: 10_000)))
    static let statement = step("Make a statement in the open phase", .init("statement", .text(atMost: 20_000)))
    static let recusal = step(
        "Ask that the judge step aside: from docketing until the debate ends",
        .init("reason", .text(atMost: 5_000)))
    static let recusalDecision = step(
        "Decide on a request for recusal", .init("outcome", .choice(RecusalOutcome.self)),
        .init("reason", .text(atMost: 5_000)))
    static let close = APIOperation("Close the hearing", answers: standing)

    static let transcript = APIOperation("The newest version of the transcript", answers: transcriptStanding)
    static let version = APIOperation(
        "Draw the next version",
        takes: .json(
            .object(
                .init("version", .count, "The version before, nought for the first."),
                .init("corrections", .count, "How many were asked for on it."),
                .init("outcomes", .list(.text(atMost: 5_000), atMost: 100), "One for each."))),
        answers: transcriptStanding)
    static let confirmation = APIOperation(
        "Sign and confirm exactly this version",
        takes: .json(.object(.init("version", .count), .init("digest", .digest))), answers: transcriptStanding)
    static let correction = APIOperation(
        "Ask for a correction",
        takes: .json(.object(.init("version", .count), .init("correction", .text(atMost: 10_000)))),
        answers: transcriptStanding)

    private static func step(_ summary: String, _ members: Shape.Member...) -> APIOperation {
        APIOperation(summary, takes: .json(.object(members)), answers: standing)
    }

    private static let phases = Shape.choice(HearingPhase.self)
    private static let standing = Shape.object(
        .init(
            "parties",
            .list(
                .object(
                    .init("party", .id), .init("role", .said), .init("name", .said),
                    .optional("agrees", .flag, "To take part at its own time; absent until answered."),
                    .optional("refusal", .said)))),
        .init(
            "gates",
            .list(
                .object(
                    .init("gate", .choice(WritingGate.self)),
                    .init("standing", .oneOf(["met", "not-met", "judge-finds"])), .init("reason", .words)))),
        .optional("application", .object(.init("party", .id), .init("difficulty", .said))),
        .optional("phase", phases, "Absent until it is open."), .optional("until", .day),
        .init("end_agreed", .list(.id), "Who agreed that the open phase end early."),
        .optional("closed", .happened),
        .init(
            "questions",
            .list(
                .object(
                    .init("question", .id), .init("to", .id), .init("text", .said), .init("phase", phases),
                    .init("asked", .happened), .optional("answer", .said), .optional("answered", .happened)))),
        .init(
            "statements",
            .list(
                .object(
                    .init("party", .id), .init("phase", phases), .init("text", .said), .init("at", .happened)))),
        .init(
            "recusals",
            .list(
                .object(
                    .init("by", .id), .init("reason", .said), .init("asked", .happened),
                    .optional("outcome", .choice(RecusalOutcome.self)), .optional("decision", .said)))))

    private static let transcriptStanding = Shape.object(
        .init("version", .count), .init("corrections", .count),
        .optional(
            "transcript",
            .object(
                .init("document", .document), .init("drafted", .happened),
                .init("confirmed", .map(.instant, atMost: 100), "When each party confirmed this version."),
                .optional("confirmed_by_judge", .instant),
                .init("asked", .list(.object(.init("party", .id), .init("correction", .said)))))))
}
