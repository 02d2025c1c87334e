import Foundation
import Hummingbird
import HummingbirdTesting
import Testing
import Web

@testable import LawPages

private func object(_ buffer: ByteBuffer) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(buffer.readableBytesView)) as? [String: Any])
}

@Suite("The calculators for programs")
struct LawQuestionRouteTests {
    let court: PublicCourt

    init() throws { court = try PublicCourt() }

    @Test("a question is answered without an account")
    func answered() async throws {
        let fee = try await court.ask(
            "/api/v1/law/fee", .post, body: #"{"kind":"property","input":{"claim":"68500.55"}}"#)
        #expect(fee.status == .ok)
        #expect(try object(fee.body)["fee_fen"] as? Int == 151_251)
        let deadline = try await court.ask(
            "/api/v1/law/deadline", .post, body: #"{"deadline":"answer","event_date":"2026-03-10"}"#)
        #expect(try object(deadline.body)["last_day"] as? String == "2026-03-25")
    }

    @Test(
        "what cannot be answered is a problem with its code",
        arguments: [
            ("fee", "nonsense", 400, "json.malformed"),
            ("fee", #"{"kind":"property","input":{},"x":1}"#, 400, "json.fields"),
            ("fee", #"{"kind":"nothing","input":{}}"#, 422, "law.unknown-value"),
            ("fee", #"{"kind":"nothing","input":{"x":-1.77e+71}}"#, 422, "law.unknown-value"),
            ("fee", #"{"kind":"property","input":{"claim":5.1e16}}"#, 422, "law.wrong-type"),
            ("fee", #"{"kind":"property","input":{"claim":9007199254740993}}"#, 422, "law.out-of-range"),
            ("deadline", #"{"deadline":"answer"}"#, 422, "law.missing-field"),
        ])
    func refused(_ path: String, _ body: String, _ status: Int, _ code: String) async throws {
        let answer = try await court.ask("/api/v1/law/\(path)", .post, body: body)
        #expect(answer.status.code == status)
        #expect(answer.headers[.contentType] == "application/problem+json")
        #expect(try object(answer.body)["code"] as? String == code)
    }

    @Test("more than 64 KiB is not read")
    func tooLong() async throws {
        let answer = try await court.ask("/api/v1/law/fee", .post, body: String(repeating: " ", count: 70_000))
        #expect(answer.status == .contentTooLarge)
    }
}

@Suite("The description of the API")
struct OpenAPITests {
    let court: PublicCourt

    init() throws { court = try PublicCourt() }

    private func described() async throws -> [String: [String: [String: Any]]] {
        let answer = try await court.ask("/api/v1/openapi.json")
        #expect(answer.headers[.contentType] == "application/json")
        // A copy for a validator outside.
        if let path = ProcessInfo.processInfo.environment["XIEZHI_OPENAPI_COPY"] {
            try Data(answer.body.readableBytesView).write(to: URL(filePath: path))
        }
        return try #require(try object(answer.body)["paths"] as? [String: [String: [String: Any]]])
    }

    @Test("every route for programs is in it, and nothing else")
    func complete() async throws {
        let paths = try await described()
        let inIt = Set(paths.flatMap { path, operations in operations.keys.map { "\($0) \(path)" } })
        let served = Set(
            court.routes.list.filter { $0.kind == .api }.map {
                "\($0.method.rawValue.lowercased()) \(OpenAPI.path(of: $0))"
            })
        #expect(inIt == served)
        #expect(inIt.contains("post /api/v1/something/unheard/of"))
    }

    @Test("every operation has a name of its own, its path's ids, and the common problems")
    func operations() async throws {
        let operations = try await described().flatMap { path, operations in operations.map { (path, $0.key, $0.value) }
        }
        let names = operations.compactMap { $0.2["operationId"] as? String }
        #expect(Set(names).count == operations.count)
        for (path, method, operation) in operations {
            let parameters = try #require(operation["parameters"] as? [[String: Any]])
            let inPath = parameters.filter { $0["in"] as? String == "path" }.compactMap { $0["name"] as? String }
            #expect(inPath == path.matches(of: /\{(\w+)\}/).map { String($0.1) })
            let responses = try #require(operation["responses"] as? [String: Any])
            for status in [400, 401, 403, 404, 405, 409, 422, 429, 503] { #expect(responses["\(status)"] != nil) }
            #expect(responses.keys.contains { $0.hasPrefix("2") }, "\(method) \(path)")
        }
    }

    @Test("only what needs a session asks for one; writes take a key")
    func security() async throws {
        let paths = try await described()
        #expect((paths["/api/v1/law/fee"]?["post"]?["security"] as? [Any])?.isEmpty == true)
        #expect((paths["/api/v1/cases/{docket}"]?["get"]?["security"] as? [Any])?.count == 2)
        let write = paths["/api/v1/drafts"]?["post"]?["parameters"] as? [[String: Any]]
        #expect(write?.contains { $0["name"] as? String == "Idempotency-Key" } == true)
    }
}
