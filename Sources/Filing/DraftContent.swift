import Docket
import Foundation
import Procedure
import Web

/// What a person has put together so far (起草中的起诉状): answers, exhibits, consents, and the complaint once drawn.
struct DraftContent: Codable, Hashable, Sendable {
    /// The form's name and version.
    var form: String
    var answers = FormAnswers()
    var exhibits: [Exhibit] = []
    /// One answer per stage; a stage nobody answered is not in it.
    var consents: [Consent] = []
    var address: Address?
    /// The places in the case and the claims keep their ids from the first draft to the last correction.
    var plaintiff = PartyID.random()
    var defendant = PartyID.random()
    var claims: [String: ClaimID] = [:]
    var drawn: Drawn?

    init(form: String) { self.form = form }

    /// A file that is in the catalogue, and what the person says of it so far.
    struct Exhibit: Codable, Hashable, Sendable {
        let exhibit: ExhibitID
        var name: String
        var proves: String
        /// Nil until the person has said where it comes from.
        var origin: OfferedExhibit.Origin?
        let file: FileReference
    }

    struct Consent: Codable, Hashable, Sendable {
        let stage: Stage
        let agreed: Bool
        let notice: NoticeShown
    }

    /// Electronic service to the account, with the postal address for the rest.
    struct Address: Codable, Hashable, Sendable {
        /// Declined: documents then come by post, and no address is confirmed.
        let agreed: Bool
        let postal: String
        let notice: NoticeShown
    }

    /// The complaint as it was drawn from exactly this content. Any change voids it.
    struct Drawn: Codable, Hashable, Sendable {
        let document: DocumentReference
        /// What the account said of the plaintiff when it was drawn.
        let known: [String: String]
    }

    static let stages: [Stage] = [.evidenceExchange, .hearing]

    /// Takes the fields of exhibits, `exhibit.<id>.proves` and its like, from a form.
    mutating func takeExhibits(from form: Form) {
        for index in exhibits.indices {
            let prefix = Self.field(exhibits[index].exhibit)
            if let name = form["\(prefix).name"] { exhibits[index].name = String(name.trimmingSpace.prefix(100)) }
            if let proves = form["\(prefix).proves"] { exhibits[index].proves = String(proves.prefix(1_000)) }
            if let origin = form["\(prefix).origin"] { exhibits[index].origin = .init(rawValue: origin) }
        }
    }

    static func field(_ exhibit: ExhibitID) -> String { "exhibit.\(exhibit)" }

    /// The fields of exhibits as a page shows them.
    var exhibitFields: [(name: String, value: String)] {
        exhibits.flatMap { exhibit in
            let prefix = Self.field(exhibit.exhibit)
            return [
                ("\(prefix).name", exhibit.name), ("\(prefix).proves", exhibit.proves),
                ("\(prefix).origin", exhibit.origin?.rawValue ?? ""),
            ]
        }
    }

    /// Moves an exhibit by so many places; at the ends nothing happens.
    mutating func move(_ exhibit: ExhibitID, by places: Int) {
        guard let index = exhibits.firstIndex(where: { $0.exhibit == exhibit }),
            exhibits.indices.contains(index + places)
        else { return }
        exhibits.swapAt(index, index + places)
    }
}

extension OfferedExhibit.Origin {
    /// What a person may say of their own material; help by staff is entered by staff.
    static let ofParties: [Self] = [.electronicData, .digitisedCopy]

    var words: Words {
        switch self {
        case .electronicData: Words("电子数据：原本就是电子形式", "Electronic from the start")
        case .digitisedCopy: Words("翻拍、扫描件：由纸质或者实物拍摄、扫描", "A photograph or scan of paper or an object")
        case .courtAssisted: Words("由法院工作人员协助数字化", "Digitised with help of court staff")
        }
    }
}

extension String {
    var trimmingSpace: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
