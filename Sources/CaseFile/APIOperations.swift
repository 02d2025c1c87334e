import Procedure
import Web

/// What the description says of the routes for programs of this area.
enum CaseOperations {
    static let list = APIOperation(
        "Your cases, the newest first, fifty at a time",
        answers: .object(
            .init(
                "cases",
                .list(
                    .object(
                        .init("docket", .id), .init("phase", .choice(CasePhase.self)), .init("title", .said),
                        .optional("number", .said)))),
            .init("total", .count)),
        asks: [.init("offset", .whole(0...1_000_000), "How many to leave out from the start.")])

    static let one = APIOperation(
        "A case and the entries of its docket that you may see",
        answers: .object(
            .init("docket", .id), .optional("number", .said), .init("phase", .choice(CasePhase.self)),
            .init("entries", .list(entry, atMost: 100_000))))

    private static let entry = Shape.object(
        .init("id", .id), .init("type", .said), .init("capacity", .choice(Capacity.self)), .init("channel", .said),
        .init("happened", .happened), .init("entered", .instant), .init("number", .count),
        .init("under", .list(.said)),
        .optional("ledger_index", .count, "Absent for the second or two until its leaf stands in the ledger."))
}
