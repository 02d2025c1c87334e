import Procedure
import Web

/// What the description says of the routes for programs of this area.
enum ServiceOperations {
    // MARK: The parties

    static let consents = APIOperation("What each party has agreed to", answers: consentMatrix)
    static let consent = APIOperation(
        "Agree or decline, stage by stage",
        takes: .json(
            .object(
                .init("stage", .choice(Stage.self)), .init("agreed", .flag),
                .init("notice", .digest, "Of the notice as it was read."))),
        answers: consentMatrix)
    static let address = APIOperation("Your address for service, and the notice to read first", answers: addressShown)
    static let confirm = APIOperation(
        "Confirm your address for service",
        takes: .json(
            .object(.init("postal", .text(atMost: 200)), .init("notice", .digest, "Of the notice as it was read."))),
        answers: addressShown)
    static let inbox = APIOperation(
        "What the court has served on you",
        answers: .object(
            .init(
                "items",
                .list(
                    .object(
                        .init("docket", .id), .init("case", .said), .init("service", .id),
                        .optional("arrived", .happened), .init("read", .flag), .init("documents", .list(.document)),
                        .optional("certificate", .id),
                        .init(
                            "tasks",
                            .list(
                                .object(
                                    .init("what", .said), .init("what_zh", .said), .init("due", .day),
                                    .init("done", .flag)))))))))

    // MARK: The desk

    static let queue = APIOperation(
        "What the clerk owes of service, a hundred at a time",
        answers: .object(
            .init("total", .count),
            .init(
                "items",
                .list(
                    .object(
                        .init("docket", .id), .optional("number", .said), .init("title", .said),
                        .init("step", .choice(Duty.Step.self)), .optional("due", .day))))),
        asks: [.init("offset", .whole(0...1_000_000), "How many to leave out from the start.")])
    static let standing = APIOperation("Who is to be reached, how, and how far it is", answers: serviceStanding)
    static let invite = step("Draw the notice to the defendant", .init("answer_by", .day))
    static let again = step(
        "Draw the notice once more, with a new code; the old code stops working at once",
        .init("ground", .choice(InvitationSentAgain.Ground.self)), .init("answer_by", .day),
        .optional("address", .text(atMost: 200), "Where it goes; left out, where the last one went."),
        .optional(
            "address_source", .text(atMost: 200),
            "Where in the file the address stands, unless it is the complaint's, a confirmed one or of a letter."))
    static let renewCode = APIOperation(
        "Put a new code in the place of the old one, which stops working at once; it stands on the sheet to print",
        answers: serviceStanding)
    static let post = step(
        "Record that the letter was posted", .init("day", .day), .init("tracking", .text(atMost: 60)))
    static let receive = step("Record the postal receipt", .init("day", .day))
    static let moveOffline = step(
        "Move the defendant offline", .init("ground", .choice(OfflineGround.self)))
    static let complaint = APIOperation("Serve the complaint with its notices", answers: serviceStanding)
    static let judgment = APIOperation(
        "Serve the judgment on every party with an address for it", answers: serviceStanding)

    static let papers = APIOperation(
        "Serve the papers that wait on every party with an account for it", answers: serviceStanding)
    static let notices = APIOperation("Ask for the notices of docketing once more", answers: serviceStanding)
    static let postPapers = step(
        "Record that papers were posted to a party", .init("day", .day), .init("tracking", .text(atMost: 60)))
    static let delivered = step("Record the postal receipt of papers", .init("day", .day))

    private static func step(_ summary: String, _ members: Shape.Member...) -> APIOperation {
        APIOperation(summary, takes: .json(.object(members)), answers: serviceStanding)
    }

    // MARK: Parts

    private static let consentMatrix = Shape.object(
        .init(
            "people",
            .list(
                .object(
                    .init("party", .id), .init("role", .said), .init("offline", .flag),
                    .init(
                        "answers",
                        .list(
                            .object(
                                .init("stage", .choice(Stage.self)), .init("agreed", .flag), .init("at", .happened),
                                .init("basis", .said), .init("basis_zh", .said))))))))
    private static let addressShown = Shape.object(
        .optional("address", .object(.init("channel", .said), .init("postal", .said), .init("basis", .said))),
        .init("notice", .object(.init("name", .said), .init("version", .count), .init("digest", .digest))))
    private static let invitation = Shape.object(
        .init("letter", .document), .init("address", .said), .init("answer_by", .day),
        .init(
            "earlier",
            .list(
                .object(
                    .init("letter", .document), .init("address", .said),
                    .init("ground", .choice(InvitationSentAgain.Ground.self)), .init("issued", .happened),
                    .optional("posted", .happened), .optional("tracking", .said))),
            "The letters given up when the court wrote again."),
        .optional("code_renewed", .happened), .init("issued", .happened),
        .optional("posted", .happened), .optional("tracking", .said), .optional("received", .happened),
        .optional("link_by", .day), .optional("linked", .happened))
    private static let serviceStanding = Shape.object(
        .init("docket", .id), .optional("number", .said),
        .init("next", .list(.object(.init("step", .choice(Duty.Step.self)), .optional("due", .day)))),
        .init(
            "parties",
            .list(
                .object(
                    .init("party", .id), .init("role", .said), .init("name", .said),
                    .init("electronic", .flag, "Documents reach an account of this court."),
                    .optional("offline", .choice(OfflineGround.self)), .optional("invitation", invitation),
                    .init("waiting", .list(.document), "Papers still to reach this party.")))),
        .init(
            "deliveries",
            .list(
                .object(
                    .init("service", .id), .init("party", .id), .init("documents", .list(.document)),
                    .init("channel", .said), .optional("tracking", .said),
                    .init("sent", .happened), .optional("arrived", .happened), .optional("certificate", .document)))))
}
