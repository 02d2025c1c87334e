import Docket
import Procedure

/// An exhibit as programs are told it.
struct ExhibitJSON: Encodable {
    struct File: Encodable {
        let id, name, media_type, digest, path: String
        let bytes: Int
    }

    let id, name, proves, origin, party, handed_in, mark: String
    let ordinal: Int
    let file: File
    let opinions: [OpinionGiven]
    let form_finding: OriginalFormFound?
    let finding: ExhibitFound?

    init(_ exhibit: EvidenceState.Exhibit, in docket: DocketID) throws {
        let (offered, reference) = (exhibit.offered, exhibit.offered.file)
        id = offered.exhibit.rawValue
        name = offered.name
        proves = offered.proves
        origin = offered.origin.rawValue
        party = exhibit.by.rawValue
        handed_in = exhibit.on.rawValue
        mark = try exhibit.mark
        ordinal = exhibit.ordinal
        file = File(
            id: reference.file.rawValue, name: reference.name, media_type: reference.mediaType,
            digest: reference.digest.rawValue, path: "/files/\(docket)/\(reference.file)", bytes: reference.bytes)
        opinions = exhibit.opinions.values.sorted { $0.party.rawValue < $1.party.rawValue }
        form_finding = exhibit.form
        finding = exhibit.finding
    }
}

struct ExhibitsJSON: Encodable {
    let exhibits: [ExhibitJSON]
    /// The last day for evidence, by party.
    let evidence_by: [String: String]
}

struct AnswerJSON: Encodable {
    struct Draft: Encodable {
        let form: String
        let version: Int
        let fields: [String: [String]]
        /// Fields that are missing or wrong.
        let open: [String]
        /// Of the document as it would be signed now; nil while something is open.
        let digest: String?
    }

    let answered: String?
    let answer: AnswerSubmitted?
    let draft: Draft?
    let due: String?
}

struct ExchangeJSON: Encodable {
    let opened, until, closed: String?
    let is_open: Bool
    /// Who agreed to exchange evidence online, by party.
    let consents: [String: Bool]
    let opinions_given, opinions_expected, findings_made, exhibits: Int
}

struct OpinionsJSON: Encodable { let opinions: [OpinionGiven] }

struct FindingsJSON: Encodable {
    let findings: [ExhibitFound]
    let forms: [OriginalFormFound]
}
