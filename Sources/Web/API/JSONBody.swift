import Docket
import Hummingbird
import NIOCore
import Procedure

/// The body of a request for programs, read once and strictly before any handler sees it.
enum JSONBody {
    /// Reads what a route takes; the request keeps its bytes for the handler.
    ///
    /// Twice the same key, a number JavaScript could not keep, half a surrogate pair, nesting beyond
    /// `JSONReader.deepest`, anything that is not JSON: one refusal for all of them, on every route.
    ///
    /// - Returns: nil where the route takes no JSON.
    /// - Throws: `Problem`, `TooLarge`.
    static func read(_ request: inout Request, for route: Route) async throws -> JSONValue? {
        let body = route.operation?.takes
        if case .bytes = body { return nil }
        var bytes = ByteBuffer()
        for try await part in request.body { bytes.writeImmutableBuffer(part) }
        request.body = RequestBody(buffer: bytes)
        let isEmpty = bytes.readableBytesView.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        if isEmpty, body == nil || body == .nothing { return nil }
        var decimals = JSONReader.Decimals.whole
        if case .decimalJSON = body { decimals = .asText }
        let json: JSONValue
        do {
            json = try JSONReader.read(bytes.readableBytesView, decimals: decimals)
        } catch {
            throw Problem.notStrictJSON
        }
        // A route that takes nothing may be sent an empty object, and nothing else.
        guard let shape = body == .nothing ? .object([]) : body?.shape else { return json }
        let faults = shape.faults(in: json)
        guard faults.isEmpty else { throw Problem.otherFields(faults) }
        return json
    }

    /// Holds the parameters of the query to the description; what it does not name is left alone.
    static func checkQuery(_ query: Query, for route: Route) throws {
        for parameter in route.operation?.asks ?? [] {
            let given = query.form.all(parameter.name)
            guard given.count <= 1 else {
                throw Problem.otherFields([FieldError(parameter.name, Words("只能写一次。", "Say it once."))])
            }
            guard let text = given.first else {
                guard parameter.isRequired else { continue }
                throw Problem.otherFields([FieldError(parameter.name, Words("缺少这一项。", "This field is missing."))])
            }
            var value = JSONValue.text(text)
            if case .whole = parameter.shape { value = Int64(text).map { .integer($0) } ?? value }
            let faults = parameter.shape.faults(in: value)
            guard faults.isEmpty else {
                throw Problem.otherFields(faults.map { FieldError(parameter.name, $0.words) })
            }
        }
    }
}

extension Route {
    /// Whether a body of JSON is expected, or none.
    var takesJSON: Bool { kind == .api && ![.get, .head, .options, .delete].contains(method) }
}

extension CourtContext {
    /// The JSON that was sent, as a value of the route's own wire type.
    ///
    /// - Throws: `Problem` 400 when the body is none; `DecodingError`, never for a type that fits the route's shape.
    package func sent<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
        guard let json else { throw Problem.notStrictJSON }
        return try JSONCoding.decode(type, from: json)
    }

    /// The same request as a page would send it, for use cases that read a form. Its place is its own address, which
    /// keeps apart what a repeated key stands for.
    package func sending(_ form: Form, at path: String) -> CourtContext {
        var context = self
        context.form = form
        context.place = path
        return context
    }
}

extension Response {
    /// An answer for programs in canonical JSON.
    package static func api(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        let bytes = try CanonicalJSON.bytes(JSONCoding.encode(value))
        return Response(
            status: status, headers: [.contentType: "application/json", .contentLength: String(bytes.count)],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

extension Problem {
    static let notStrictJSON = Problem(
        .badRequest, code: "json.malformed", reason: Words("请求内容不是规范的JSON。", "The request is not strict JSON."),
        remedy: Words(
            "每个键只写一次，整数不超过2的53次方减1，文字为完整的Unicode，嵌套不超过\(JSONReader.deepest)层；金额请写成文字。",
            "Write each key once, whole numbers within 2^53 − 1, whole Unicode text, at most \(JSONReader.deepest) levels; write sums as text."
        ))

    static func otherFields(_ faults: [FieldError]) -> Problem {
        Problem(
            .badRequest, code: "json.fields",
            reason: Words("请求的内容与接口说明不符。", "The request is not what the description of this route asks for."),
            remedy: Words(
                "请对照/api/v1/openapi.json改正下列各项。",
                "Put right what is listed; /api/v1/openapi.json says how it should be."),
            errors: faults)
    }
}
