import Docket
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Web

@Suite("What programs send is held to the description")
struct ShapeTests {
    private static let shape = Shape.object(
        .init("name", .text(1...5)), .optional("day", .day), .optional("amounts", .map(.whole(0...9), atMost: 2)),
        .optional("ways", .list(.oneOf(["a", "b"]), 1...2)))

    @Test(
        "a departure is told with the path of its field",
        arguments: [
            (#"{"name":"王"}"#, []), (#"{"name":"王","day":"2026-02-28","amounts":{"x":9},"ways":["a","b"]}"#, []),
            ("[]", [""]), ("{}", ["name"]), (#"{"name":""}"#, ["name"]), (#"{"name":"123456"}"#, ["name"]),
            (#"{"name":"a\u0000"}"#, ["name"]), (#"{"name":1,"more":2}"#, ["name", "more"]),
            (#"{"name":"x","day":"2026-02-30"}"#, ["day"]),
            (#"{"name":"x","day":null}"#, ["day"]), (#"{"name":"x","amounts":{"x":10}}"#, ["amounts.x"]),
            (#"{"name":"x","amounts":{"x":1,"y":1,"z":1}}"#, ["amounts"]),
            (#"{"name":"x","ways":["a","c"]}"#, ["ways[1]"]), (#"{"name":"x","ways":[]}"#, ["ways"]),
        ])
    func faults(_ json: String, _ fields: [String]) throws {
        #expect(Self.shape.faults(in: try JSONReader.read(json.utf8)).map(\.field) == fields)
    }

    @Test("text is counted as JSON Schema counts it, not as people see it")
    func scalars() throws {
        let family = "👨‍👩‍👧"
        #expect(Shape.text(1...4).faults(in: .text(family)).count == 1)
        #expect(Shape.text(1...5).faults(in: .text(family)).isEmpty)
    }

    @Test("a number with a decimal point keeps its text where the route takes one, and has no other way in")
    func decimals() throws {
        #expect(try JSONReader.read("[1280.50]".utf8, decimals: .asText) == .array([.text("1280.50")]))
        #expect(try JSONReader.read("[72.0,-1.00]".utf8, decimals: .whole) == .array([.integer(72), .integer(-1)]))
        for text in ["[72.5]", "[72.01]", "[9007199254740993.0]"] {
            #expect(throws: JSONFailure.self) { try JSONReader.read(text.utf8, decimals: .whole) }
        }
        for text in ["[72.0]", "[1280.50]", "[1e3]"] {
            #expect(throws: JSONFailure.fraction) { try JSONReader.read(text.utf8) }
        }
        for text in ["1e3", "-1.77e+71", "5.1079856582094056e16", "2E-2", "9007199254740993"] {
            #expect(try JSONReader.read(text.utf8, decimals: .asText) == .text(text))
            #expect(throws: JSONFailure.self) { try JSONReader.read(text.utf8, decimals: .whole) }
        }
        for text in ["[1e]", "[1.5E+]", "[e3]", "[1.]", "[.5]", "[-0.5.5]", "[01.5]", "[NaN]", "[Infinity]"] {
            #expect(throws: JSONFailure.self) { try JSONReader.read(text.utf8, decimals: .asText) }
        }
    }

    @Test("the handler sees only what fits")
    func route() async throws {
        let test = TestSite()
        try await test.run { client in
            let answers: [(String?, HTTPResponse.Status, String)] = [
                (#"{"name":"王小明"}"#, .ok, "王小明"), (#"{"name":"王小明","x":1}"#, .badRequest, "json.fields"),
                (#"{"name":"a","name":"b"}"#, .badRequest, "json.malformed"), (nil, .badRequest, "json.malformed"),
                ("name=x", .badRequest, "json.malformed"),
            ]
            for (body, status, part) in answers {
                let answer = try await client.execute(
                    uri: "/api/v1/named", method: .post, headers: [.authorization: "Bearer good"],
                    body: body.map { ByteBuffer(string: $0) })
                #expect(answer.status == status && answer.text.contains(part), "\(body ?? "-")")
            }
            let nobody = try await client.execute(
                uri: "/api/v1/named", method: .post, headers: [.authorization: "Bearer bad"],
                body: ByteBuffer(string: "{"))
            #expect(nobody.status == .unauthorized)
            for (query, status) in [("", HTTPResponse.Status.ok), ("?offset=3", .ok), ("?offset=x", .badRequest)] {
                let answer = try await client.execute(
                    uri: "/api/v1/named\(query)", method: .get, headers: [.authorization: "Bearer good"])
                #expect(answer.status == status)
            }
        }
    }
}
