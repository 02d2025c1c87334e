import Evidence
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Procedure
import Testing

/// Requests as court.js and a browser send them.
extension TestClientProtocol {
    func send(
        _ method: HTTPRequest.Method, _ path: String, as person: Person, _ headers: [String: String] = [:],
        body: [UInt8] = []
    ) async throws -> TestResponse {
        var fields: HTTPFields = [.authorization: "Bearer \(person.rawValue)"]
        for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
        return try await execute(
            uri: path, method: method, headers: fields, body: body.isEmpty ? nil : ByteBuffer(bytes: body))
    }

    func tus(
        _ method: HTTPRequest.Method, _ path: String, as person: Person, _ headers: [String: String] = [:],
        body: [UInt8] = []
    ) async throws -> TestResponse {
        try await send(method, path, as: person, ["Tus-Resumable": "1.0.0"].merging(headers) { $1 }, body: body)
    }

    /// - Returns: where the upload is.
    func begin(_ name: String, _ length: Int, for docket: DocketID, as person: Person) async throws -> String {
        let answer = try await tus(
            .post, "/uploads", as: person,
            ["Upload-Length": String(length), "Upload-Metadata": metadata(name, docket)])
        #expect(answer.status == .created)
        return try #require(answer.headers[.location])
    }

    func patch(_ place: String, at offset: Int, _ bytes: [UInt8], as person: Person) async throws -> TestResponse {
        try await tus(
            .patch, place, as: person,
            ["Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream"], body: bytes)
    }

    func offset(_ place: String, as person: Person) async throws -> Int {
        let answer = try await tus(.head, place, as: person)
        #expect(answer.status == .ok)
        return try #require(answer["Upload-Offset"].flatMap { Int($0) })
    }

    /// An upload that has arrived whole.
    func finished(_ name: String, _ bytes: [UInt8], for docket: DocketID, as person: Person) async throws -> String {
        let place = try await begin(name, bytes.count, for: docket, as: person)
        #expect(try await patch(place, at: 0, bytes, as: person).status == .noContent)
        return try #require(place.split(separator: "/").last.map(String.init))
    }
}

func metadata(_ name: String, _ docket: DocketID) -> String {
    let encode = { (text: String) in Data(text.utf8).base64EncodedString() }
    return "filename \(encode(name)),filetype \(encode("image/png")),for \(encode(docket.rawValue))"
}

extension TestResponse {
    subscript(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
    var text: String { String(buffer: body) }
    var bytes: [UInt8] { Array(buffer: body) }
}
