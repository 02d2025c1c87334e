import HTTPTypes
import Hummingbird
import Procedure
import Storage
import Web

/// What the description says of the routes for programs of this area.
enum EvidenceOperations {
    static let exhibits = APIOperation("The exhibits and what was said of each", answers: exhibitList)
    static let offer = APIOperation(
        "Hand in uploads that are complete, each with what it proves",
        takes: .json(
            .object(
                .init(
                    "exhibits",
                    .list(
                        .object(
                            .init("upload", .id), .init("name", .text(atMost: 100)),
                            .init("proves", .text(atMost: 500)),
                            .init("origin", .oneOf(["electronic-data", "digitised-copy"]))),
                        1...100)),
                .optional("reason_for_delay", .text(0...2_000), "Needed once the period for evidence is over."))),
        answers: exhibitList, status: .created)

    static let answer = APIOperation("The answer, or its draft with what it still lacks", answers: answerStanding)
    static let write = APIOperation(
        "Save the answer's fields",
        takes: .json(.object(.init("version", .count, "Of the draft as it was read."), .init("fields", .fields))),
        answers: answerStanding)
    static let sign = APIOperation(
        "Sign the answer and send it; the court's signed answer",
        takes: .json(
            .object(.init("digest", .digest, "Of the document as it was read."), .init("code", .text(0...100)))),
        answers: .signedAnswer, status: .created)
    static let autosave = APIOperation(
        "Save the answer while it is typed",
        takes: .json(.object(.init("fields", .fields), .init("version", .count))), answers: .saved,
        conflict: .object(.init("fields", .fields), .init("version", .count)))

    static let exchange = APIOperation("How far the exchange of evidence is", answers: exchangeStanding)
    static let open = APIOperation(
        "Open the window of the exchange", takes: .json(.object(.init("until", .day))), answers: exchangeStanding)
    static let end = APIOperation("Agree that the window end before its last day", answers: exchangeStanding)
    static let close = APIOperation("Close the exchange", answers: exchangeStanding)

    static let opinions = APIOperation("What each party says of each exhibit", answers: opinionList)
    static let opine = APIOperation(
        "Say what you think of an exhibit",
        takes: .json(
            .object(
                .init("exhibit", .id), .init("authenticity", view), .init("legality", view), .init("relevance", view),
                .optional("differs_from_original", .text(0...1_000)))),
        answers: opinionList)
    static let findings = APIOperation("What the court found of the exhibits", answers: findingList)
    static let find = APIOperation(
        "Find on an exhibit: all three findings, or the one on the form of an original",
        takes: .json(
            .object(
                .init("exhibit", .id), .init("seen", .text(0...100), "The exhibit's mark as it was read."),
                .optional("authenticity", finding), .optional("legality", finding), .optional("relevance", finding),
                .optional(
                    "form",
                    .object(
                        .init("ground", .choice(OriginalFormFound.Ground.self)),
                        .optional("reason", .text(0...1_000)))))),
        answers: findingList)

    // MARK: Uploads (tus 1.0)

    static let create = upload(
        "Begin an upload (tus 1.0)", takes: .nothing, status: .created,
        [
            .init("Upload-Length", .whole(0...FileStore.largestFile), isRequired: true, "Bytes in all."),
            .init(
                "Upload-Metadata", .text(0...2_000), isRequired: true,
                "Pairs of a key and base64, with commas between: `for`, the docket; `filename`."),
        ])
    static let tell = upload("How much of an upload has arrived", takes: .nothing, status: .ok)
    static let receive = upload(
        "Send bytes from where the upload stands", takes: .bytes(mediaType: "application/offset+octet-stream"),
        status: .noContent, [.init("Upload-Offset", .count, isRequired: true, "Where these bytes go.")])
    static let terminate = upload("Give an upload up", takes: .nothing, status: .noContent)
    static let offerProtocol = upload("Which version of the protocol is spoken", takes: .nothing, status: .noContent)

    private static func upload(
        _ summary: String, takes: APIOperation.Body, status: HTTPResponse.Status,
        _ headers: [APIOperation.Parameter] = []
    ) -> APIOperation {
        let version = APIOperation.Parameter(
            "Tus-Resumable", .oneOf(["1.0.0"]), isRequired: true, "The version of the protocol.")
        return APIOperation(
            summary, takes: takes, answers: nil, status: status, headers: [version] + headers,
            problems: [408, 412, 415, 507])
    }

    // MARK: Parts

    private static let view = Shape.object(.init("accepted", .flag), .optional("reason", .text(0...1_000)))
    private static let finding = Shape.object(.init("upheld", .flag), .optional("reason", .text(0...1_000)))

    private static let viewGiven = Shape.object(.init("accepted", .flag), .init("reason", .said))
    private static let opinionGiven = Shape.object(
        .init("exhibit", .id), .init("party", .id), .init("authenticity", viewGiven), .init("legality", viewGiven),
        .init("relevance", viewGiven), .optional("differs_from_original", .said))
    private static let findingMade = Shape.object(.init("upheld", .flag), .init("reason", .said))
    private static let found = Shape.object(
        .init("exhibit", .id), .init("authenticity", findingMade), .init("legality", findingMade),
        .init("relevance", findingMade))
    private static let formFound = Shape.object(
        .init("exhibit", .id), .init("ground", .choice(OriginalFormFound.Ground.self)), .init("reason", .said))

    private static let exhibit = Shape.object(
        .init("id", .id), .init("name", .said), .init("proves", .said), .init("origin", .said), .init("party", .id),
        .init("handed_in", .happened), .init("mark", .said, "Changes with whatever is said or found of it."),
        .init("ordinal", .count),
        .init(
            "file",
            .object(
                .init("id", .id), .init("name", .said), .init("media_type", .said), .init("digest", .digest),
                .init("path", .said), .init("bytes", .count))),
        .init("opinions", .list(opinionGiven)), .optional("form_finding", formFound), .optional("finding", found))
    private static let exhibitList = Shape.object(
        .init("exhibits", .list(exhibit)),
        .init("evidence_by", .map(.day, atMost: 100), "The last day for evidence, by party."))
    private static let opinionList = Shape.object(.init("opinions", .list(opinionGiven)))
    private static let findingList = Shape.object(.init("findings", .list(found)), .init("forms", .list(formFound)))

    private static let answerStanding = Shape.object(
        .optional("answered", .happened), .optional("answer", .anything, "As it was signed."),
        .optional(
            "draft",
            .object(
                .init("form", .said), .init("version", .count), .init("fields", .fields), .init("open", .list(.said)),
                .optional("digest", .digest))),
        .optional("due", .day))
    private static let exchangeStanding = Shape.object(
        .optional("opened", .happened), .optional("until", .day), .optional("closed", .happened),
        .init("is_open", .flag), .init("consents", .map(.flag, atMost: 100)), .init("opinions_given", .count),
        .init("opinions_expected", .count), .init("findings_made", .count), .init("exhibits", .count))
}
