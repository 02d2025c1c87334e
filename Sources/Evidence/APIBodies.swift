import Docket
import Hummingbird
import NIOCore
import Procedure
import Web

/// What programs send and are answered with; wire types of our own, apart from what is stored.
enum APIBody {
    struct Exhibits: Codable {
        struct One: Codable {
            let upload, name, proves, origin: String
        }
        let exhibits: [One]
        let reason_for_delay: String?
    }

    struct AnswerFields: Codable {
        let version: Int64
        let fields: [String: [String]]
    }

    struct SignAnswer: Codable {
        /// Of the document as `GET` told it; what the signature binds.
        let digest: String
        let code: String
    }

    struct Window: Codable {
        let until: String
    }

    struct View: Codable {
        let accepted: Bool
        let reason: String?
    }

    struct Opinion: Codable {
        let exhibit: String
        let authenticity, legality, relevance: View
        let differs_from_original: String?
    }

    struct Finding: Codable {
        let upheld: Bool
        let reason: String?
    }

    struct Findings: Codable {
        struct Form: Codable {
            let ground: String
            let reason: String?
        }
        let exhibit: String
        /// The exhibit's `mark` as it was read: findings are made on what was seen.
        let seen: String
        /// All three, or none when only the form of an original is found on.
        let authenticity, legality, relevance: Finding?
        let form: Form?
    }
}

extension CourtContext {
    /// What was sent, and its bytes in canonical form, which name the request for idempotency.
    func body<Value: Codable>(_: Value.Type) throws -> (value: Value, bytes: [UInt8]) {
        (try sent(as: Value.self), try CanonicalJSON.bytes(json ?? .null))
    }
}

/// A value as text in a JSON body, or a 422 that names the field: its shape was right, its content is not.
func field<Value>(_ name: String, _ value: Value?) throws -> Value {
    guard let value else {
        throw FormErrors(name, Words("字段 \(name) 的内容不正确。", "The field \(name) makes no sense."))
    }
    return value
}
