import Procedure

/// An element form (要素式文书): what is asked, in which order, what each answer proves, and which sentences it makes.
///
/// A form is data. The next one is a file in `Assets/forms` and no code; `faults` says what is wrong with it.
package struct FormDefinition: Codable, Hashable, Sendable {
    package enum Purpose: String, Codable, Sendable {
        case complaint
        case answer
    }

    /// In lower-case letters and dashes; with the version it names what a person filled in, for ever.
    package let name: String
    /// Raised with every change of what is asked or said.
    package let version: Int
    package let purpose: Purpose
    package let title: Words
    package let lead: Words
    /// The cause of action it is for, by its id in the table of causes; nil for an answer.
    package let cause: String?
    /// The question that names the city the dispute is connected with, for the court's jurisdiction.
    package let city: String?
    /// What such a dispute has to do with the network.
    package let network: [NetworkFact]?
    package let steps: [Step]
    /// The claims that can be made with it, in the order a complaint lists them.
    package let claims: [ClaimPattern]
    /// The facts and reasons, sentence by sentence.
    package let facts: [FactSentence]

    /// As acts name it: `online-shopping/1`.
    package var id: String { "\(name)/\(version)" }

    /// One page.
    package struct Step: Codable, Hashable, Sendable {
        package let id: String
        package let title: Words
        package let lead: Words?
        package let questions: [Question]
        /// Whether the page counts the court fee as one types.
        package let showsFee: Bool?
        package let shownIf: Condition?
    }

    package enum Kind: String, Codable, CaseIterable, Sendable {
        case text
        case longText = "long-text"
        case money
        case day
        case choice
        case choices
        case yesNo = "yes-no"
        /// Who somebody is; its parts are fields of their own, such as `defendant.address`.
        case person
        /// Which of the form's claims are made.
        case claims
        /// The other side's claims, each with a stand, a sum and a reason.
        case claimResponses = "claim-responses"
        /// The exhibits; they are kept beside the answers.
        case evidence
    }

    package struct Question: Codable, Hashable, Sendable {
        /// The name of its field, and of its placeholder in sentences.
        package let id: String
        package let kind: Kind
        /// What it is called inside a sentence: 商品名称 · the item.
        package let name: Words
        /// The question as it is put.
        package let words: Words
        package let hint: Words?
        /// Where a person finds it.
        package let find: Words?
        package let options: [Option]?
        package let parts: [Part]?
        package let isOptional: Bool?
        package let shownIf: Condition?
        package let requiredIf: Condition?
        /// The element of the claim or defence that the answer goes to.
        package let proves: Words?
        /// The most characters a text may have.
        package let most: Int?
        package let suggest: Suggestion?
    }

    package struct Option: Codable, Hashable, Sendable {
        package let value: String
        package let words: Words
        package let hint: Words?
        /// How a document says it; as on the page when nil.
        package let says: Words?
    }

    /// A part of a person.
    package struct Part: Codable, Hashable, Sendable {
        package enum Name: String, Codable, CaseIterable, Sendable {
            case name
            case residentNumber = "resident_number"
            case address
            case telephone
            case tradeName = "trade_name"
        }

        package let part: Name
        package let hint: Words?
        package let isOptional: Bool?
        /// Known from the verified account: shown, not asked.
        package let isKnown: Bool?
    }

    /// Holds when the question's answer is among `has` (any answer, when nil), or is none of `lacks`.
    package struct Condition: Codable, Hashable, Sendable {
        package let question: String
        package let has: [String]?
        package let lacks: [String]?

        package init(question: String, has: [String]? = nil, lacks: [String]? = nil) {
            self.question = question
            self.has = has
            self.lacks = lacks
        }
    }

    /// A sum offered before anything was typed: so many times another one, and never below the least.
    package struct Suggestion: Codable, Hashable, Sendable {
        package let of: String
        package let times: Int64
        /// In fen.
        package let least: Int64?
        package let onlyIf: Condition?
    }

    package struct ClaimPattern: Codable, Hashable, Sendable {
        package let id: String
        package let kind: Claim.Kind
        package let words: Words
        package let hint: Words?
        /// The question that holds the sum; nil where no money is asked for.
        package let amount: String?
        /// The claim as the document states it, with `{placeholders}`.
        package let says: Words
    }

    /// One sentence of facts and reasons; left out when a placeholder in it has no answer.
    package struct FactSentence: Codable, Hashable, Sendable {
        package let says: Words
        package let onlyIf: Condition?
        package let startsParagraph: Bool?
    }
}

extension FormDefinition {
    package var questions: [Question] { steps.flatMap(\.questions) }

    package func step(_ id: String) -> Step? { steps.first { $0.id == id } }

    package func question(_ id: String) -> Question? { questions.first { $0.id == id } }

    /// The step a field belongs to, also for the parts of a person.
    package func step(ofField field: String) -> Step? {
        steps.first { step in step.questions.contains { $0.owns(field) } }
    }

    /// Whether a form of this kind has such a field: what else comes is not kept.
    package func hasField(_ field: String) -> Bool { step(ofField: field) != nil }
}

extension FormDefinition.Question {
    /// Whether the field is this question's own or one of its parts.
    package func owns(_ field: String) -> Bool {
        switch kind {
        case .person: (parts ?? []).contains { "\(id).\($0.part.rawValue)" == field }
        case .claimResponses: field.hasPrefix("\(id).")
        case .evidence: false
        default: field == id
        }
    }
}

extension FormDefinition.Part.Name {
    package var words: Words {
        switch self {
        case .name: Words("姓名或者名称", "Name")
        case .residentNumber: Words("公民身份号码", "Resident identity number")
        case .address: Words("住址", "Address")
        case .telephone: Words("电话", "Telephone")
        case .tradeName: Words("网店名称", "Name of the shop")
        }
    }

    /// Inside a sentence.
    package var name: Words {
        switch self {
        case .name: Words("姓名或者名称", "the name")
        case .residentNumber: Words("公民身份号码", "the resident identity number")
        case .address: Words("住址", "the address")
        case .telephone: Words("电话", "the telephone number")
        case .tradeName: Words("网店名称", "the name of the shop")
        }
    }
}
