import Procedure
import Web

/// What the description says of the routes for programs of this area.
enum JudgmentOperations {
    static let judgment = APIOperation("The draft of the judgment and its checks, or the judgment", answers: standing)
    static let save = APIOperation("Save the draft", takes: .json(draft(sent: true)), answers: standing)
    static let draw = APIOperation(
        "Save the draft, check it and draw it as a document", takes: .json(draft(sent: true)), answers: standing)
    static let sign = APIOperation(
        "Sign the judgment as it was drawn, and pronounce it",
        takes: .json(.object(.init("digest", .digest, "Of the document as it was read."))), answers: standing)
    static let unpaid = APIOperation("Rule that the suit counts as withdrawn for want of the fee", answers: standing)

    private static let outcomes = Shape.choice(ClaimDecision.Outcome.self)
    private static let provision = Shape.object(.init("law", .text(atMost: 100)), .init("number", .text(atMost: 40)))

    private static func draft(sent: Bool) -> Shape {
        .object(
            .init("version", .count, "Of the draft as it was read; nought before the first saving."),
            .init("findings", sent ? .text(0...50_000) : .said), .init("reasons", sent ? .text(0...50_000) : .said),
            .init("cited", .list(.id, atMost: 200), "Exhibits."), .init("provisions", .list(provision, atMost: 100)),
            .init(
                "decisions",
                .map(
                    .object(
                        .init("outcome", sent ? outcomes : .said),
                        .init("amount", sent ? .text(0...40) : .said, isRequired: !sent, "Decimal text in yuan."),
                        .init("reason", sent ? .text(0...1_000) : .said, isRequired: !sent)),
                    atMost: 100), "By claim."),
            .init("perform_within_days", .whole(0...3_650)),
            .init("fee_shares", .map(.text(0...40), atMost: 100), "Decimal text in yuan, by party."))
    }

    private static let standing = Shape.object(
        .optional("draft", draft(sent: false), "Absent once it is signed."),
        .init(
            "wanting",
            .list(
                .object(
                    .init("code", .said), .optional("article", .said), .init("reason", .words), .init("remedy", .words))
            ), "What the checks before signing still ask for."),
        .optional("document", .document), .optional("signed", .happened), .optional("pronounced", .happened),
        .optional("effective", .day), .optional("withdrawal", .document))
}
