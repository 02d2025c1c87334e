import Docket
import Foundation
import Hummingbird
import HummingbirdTesting
import Procedure
import Testing
import Web

@Suite("The description of the whole court's API")
struct DescriptionTests {
    @Test("each route for programs says what it takes and answers, under a name of its own")
    func complete() async throws {
        try await ProgramsCourt.with { court in
            let routes = court.server.routes.list.filter { $0.kind == .api }
            for route in routes { #expect(route.operation != nil, "\(route.method) \(route.template)") }
            for route in routes where route.template.hasPrefix("/api/") && route.method != .get {
                #expect(route.operation?.answers != nil, "\(route.method) \(route.template)")
            }

            let description = try await court.ask(.get, "/api/v1/openapi.json", as: "nobody")
            guard case .object(let paths) = description["paths"] else { throw CocoaError(.coderReadCorrupt) }
            var described: Set<String> = []
            var names: [String] = []
            for (path, methods) in paths {
                guard case .object(let operations) = methods else { continue }
                for (method, operation) in operations {
                    described.insert("\(method.uppercased()) \(path)")
                    names.append(operation["operationId"].text ?? "")
                }
            }
            let served = routes.filter { $0.method != .options }.map { route in
                "\(route.method) "
                    + route.template.split(separator: "/", omittingEmptySubsequences: false).map { part in
                        part.hasPrefix(":") ? "{\(part.dropFirst())}" : String(part)
                    }.joined(separator: "/")
            }
            #expect(Set(served).symmetricDifference(described).sorted() == [])
            #expect(Set(names).count == names.count)
            for reference in Self.references(in: description) {
                let target = reference.split(separator: "/").dropFirst().reduce(description) { $0[String($1)] }
                #expect(target != .null, "\(reference) leads nowhere")
            }
        }
    }

    private static func references(in json: JSONValue) -> Set<String> {
        switch json {
        case .object(let members):
            members.reduce(into: []) { found, member in
                if member.key == "$ref", let text = member.value.text { found.insert(text) }
                found.formUnion(references(in: member.value))
            }
        case .array(let elements): elements.reduce(into: []) { $0.formUnion(references(in: $1)) }
        default: []
        }
    }

    /// What no two readers of JSON agree on.
    private static let hostile = [
        #"{"a":1,"a":2}"#, #"{"a":NaN}"#, tooPrecise, #"{"a":"\ud800"}"#,
        String(repeating: "[", count: 10_000), #"{"a":1}{}"#, "\u{FEFF}{}",
        #"{"a":01}"#,
    ]

    private static let tooPrecise = #"{"a":9007199254740993}"#

    @Test("what readers of JSON differ about is refused alike on every route")
    func strict() async throws {
        try await ProgramsCourt.with { court in
            let court = court
            let routes = court.server.routes.list.filter { route in
                guard case .bytes = route.operation?.takes else {
                    return route.kind == .api && [.post, .put, .patch].contains(route.method)
                }
                return false
            }
            #expect(routes.count > 40)
            try await court.application.test(.router) { client in
                for route in routes {
                    let path = route.template.split(separator: "/").map { part in
                        part.hasPrefix(":") ? DocketID.random().rawValue : String(part)
                    }.joined(separator: "/")
                    for body in Self.hostile where body.utf8.count <= route.maximumBodyBytes {
                        let answer = try await client.execute(
                            uri: "/\(path)", method: route.method,
                            headers: [.authorization: "Bearer judge", .contentType: "application/json"],
                            body: ByteBuffer(string: body))
                        #expect(answer.status == .badRequest, "\(route.template) \(body.prefix(20))")
                        #expect(answer.headers[.contentType] == "application/problem+json")
                        let problem = try JSONReader.read(answer.body.readableBytesView)
                        // Where numbers are read as they are written, this one is read, and is no field of the route.
                        var code = "json.malformed"
                        if case .decimalJSON = route.operation?.takes, body == Self.tooPrecise { code = "json.fields" }
                        #expect(problem["code"].text == code, "\(route.template) \(body.prefix(20))")
                    }
                }
            }
        }
    }
}
