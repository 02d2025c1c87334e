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

extension Request {
    /// Reads a JSON body strictly: no field that nobody asked for, no key twice.
    ///
    /// - Returns: the value, and the bytes, which name the request for idempotency.
    func strict<Value: Codable>(_: Value.Type) async throws -> (value: Value, bytes: [UInt8]) {
        var bytes: [UInt8] = []
        for try await part in body { bytes.append(contentsOf: part.readableBytesView) }
        do {
            let json = try JSONReader.read(bytes).withoutNulls
            let value = try JSONCoding.decode(Value.self, from: json)
            guard try JSONCoding.encode(value).withoutNulls == json else {
                throw Malformed(Words("请求含有未知字段。", "The request has a field that is not known."))
            }
            return (value, bytes)
        } catch is JSONFailure {
            throw Malformed(Words("请求内容不是正确的JSON。", "The request is not well-formed JSON."))
        }
    }
}

extension Response {
    /// An answer in JSON, keys in order.
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        let bytes = try CanonicalJSON.bytes(JSONCoding.encode(value))
        return Response(
            status: status, headers: [.contentType: "application/json", .contentLength: String(bytes.count)],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

extension JSONValue {
    /// An optional field that is null says the same as one that is left out.
    fileprivate var withoutNulls: JSONValue {
        switch self {
        case .object(let fields): .object(fields.filter { $0.value != .null }.mapValues(\.withoutNulls))
        case .array(let items): .array(items.map(\.withoutNulls))
        default: self
        }
    }
}

/// A value as text in a JSON body, or a 400 that names the field.
func field<Value>(_ name: String, _ value: Value?) throws -> Value {
    guard let value else {
        throw Malformed(Words("字段 \(name) 的内容不正确。", "The field \(name) makes no sense."))
    }
    return value
}
