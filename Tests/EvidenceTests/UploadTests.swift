import Crypto
import Evidence
import Foundation
import HummingbirdTesting
import Procedure
import Testing

@Suite("Uploads")
struct UploadTests {
    @Test("sixty megabytes in chunks arrive as they were sent, and the digest says so")
    func chunks() async throws {
        try await TestCourt.open { court in
            let story = try await court.servedCase()
            try await court.application.test(.router) { client in
                let piece = (0..<8_388_608).map { UInt8(truncatingIfNeeded: $0 &* 31) }
                let all = Array((0..<8).flatMap { _ in piece }.prefix(60_000_000))
                let place = try await client.begin("录像.mp4", all.count, for: story.docket, as: .seller)
                var at = 0
                var last: TestResponse?
                while at < all.count {
                    let end = min(all.count, at + piece.count)
                    let answer = try await client.patch(place, at: at, Array(all[at..<end]), as: .seller)
                    #expect(answer.status == .noContent)
                    at = try #require(answer["Upload-Offset"].flatMap { Int($0) })
                    #expect(at == end)
                    last = answer
                }
                let digest = SHA256.hash(data: all).map { String(format: "%02x", $0) }.joined()
                #expect(last?["Xz-Digest"] == "sha256:\(digest)")
            }
        }
    }

    @Test("after a broken line the true offset is told, and the rest completes the file")
    func brokenLine() async throws {
        try await TestCourt.open { court in
            let story = try await court.servedCase()
            try await court.application.test(.live) { client in
                let all = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
                let place = try await client.begin("a.bin", all.count, for: story.docket, as: .seller)
                let port = try #require(client.port)
                try BrokenLine.patch(place, port: port, promising: all, sending: 1_700_000)
                var reached = 0
                for _ in 0..<100 where reached == 0 {
                    try await Task.sleep(for: .milliseconds(20))
                    reached = try await client.offset(place, as: .seller)
                }
                #expect(reached > 0 && reached <= 1_700_000)
                // What was on the wire may still be arriving; a wrong guess is told the true offset.
                var rest = try await client.patch(place, at: reached, Array(all[reached...]), as: .seller)
                for _ in 0..<10 where rest.status == .conflict {
                    reached = try #require(rest["Upload-Offset"].flatMap { Int($0) })
                    rest = try await client.patch(place, at: reached, Array(all[reached...]), as: .seller)
                }
                #expect(rest.status == .noContent)
                let digest = SHA256.hash(data: all).map { String(format: "%02x", $0) }.joined()
                #expect(rest["Xz-Digest"] == "sha256:\(digest)")
            }
        }
    }

    @Test("a wrong offset is answered with the true one")
    func wrongOffset() async throws {
        try await TestCourt.open { court in
            let story = try await court.servedCase()
            try await court.application.test(.router) { client in
                let place = try await client.begin("a", 10, for: story.docket, as: .buyer)
                #expect(try await client.patch(place, at: 0, [1, 2, 3], as: .buyer).status == .noContent)
                let wrong = try await client.patch(place, at: 7, [8, 9, 10], as: .buyer)
                #expect(wrong.status == .conflict)
                #expect(wrong["Upload-Offset"] == "3")
                #expect(wrong.text.contains("upload.wrong-offset") && wrong.text.contains("请从给出的位置继续"))
                #expect(try await client.patch(place, at: 3, Array(1...9), as: .buyer).status == .contentTooLarge)
            }
        }
    }

    @Test("another person's upload does not exist, for any method")
    func wrongOwner() async throws {
        try await TestCourt.open { court in
            let story = try await court.servedCase()
            try await court.application.test(.router) { client in
                let place = try await client.begin("a", 3, for: story.docket, as: .buyer)
                #expect(try await client.tus(.head, place, as: .seller).status == .notFound)
                #expect(try await client.patch(place, at: 0, [1], as: .seller).status == .notFound)
                #expect(try await client.tus(.delete, place, as: .seller).status == .notFound)
                #expect(try await client.offset(place, as: .buyer) == 0)
                #expect(try await client.tus(.delete, place, as: .buyer).status == .noContent)
                #expect(try await client.tus(.head, place, as: .buyer).status == .notFound)
            }
        }
    }

    @Test("nobody uploads into a case that is not theirs")
    func strangeDocket() async throws {
        try await TestCourt.open { court in
            let story = try await court.servedCase()
            try await court.application.test(.router) { client in
                for (docket, person) in [(story.docket, Person.stranger), (.random(), .buyer), (story.docket, .judge)] {
                    let answer = try await client.tus(
                        .post, "/uploads", as: person,
                        ["Upload-Length": "5", "Upload-Metadata": metadata("a", docket)])
                    #expect(answer.status == .notFound)
                }
            }
        }
    }

    @Test("each refusal names its cause and its repair")
    func causes() async throws {
        try await TestCourt.open { court in
            let story = try await court.servedCase()
            try await court.application.test(.router) { client in
                let name = metadata("a", story.docket)
                let cases: [([String: String], Int, String)] = [
                    (["Upload-Length": "5000000000", "Upload-Metadata": name], 413, "upload.too-large"),
                    (["Upload-Length": "0", "Upload-Metadata": name], 422, "upload.empty"),
                    (["Upload-Length": "-1", "Upload-Metadata": name], 400, "upload.header"),
                    (["Upload-Metadata": name], 400, "upload.header"),
                    (["Upload-Length": "5", "Upload-Metadata": "for %%%"], 400, "upload.header"),
                    (["Tus-Resumable": "0.2.0", "Upload-Length": "5"], 412, "upload.protocol"),
                ]
                for (headers, status, code) in cases {
                    let answer = try await client.tus(.post, "/uploads", as: .buyer, headers)
                    #expect(answer.status.code == status)
                    #expect(answer.text.contains(code) && answer.text.contains("detail_zh"))
                }
                let place = try await client.begin("a", 5, for: story.docket, as: .buyer)
                let typed = try await client.tus(
                    .patch, place, as: .buyer, ["Upload-Offset": "0", "Content-Type": "text/plain"], body: [1])
                #expect(typed.status == .unsupportedMediaType)
            }
        }
    }

    @Test("the court's own room is kept: a full disk is told as such, not as a failure")
    func diskReserve() async throws {
        try await TestCourt.open(freeBytes: { (1 << 30) + 10 }) { court in
            let story = try await court.servedCase()
            try await court.application.test(.router) { client in
                _ = try await client.begin("a", 10, for: story.docket, as: .buyer)
                let answer = try await client.tus(
                    .post, "/uploads", as: .buyer,
                    ["Upload-Length": "11", "Upload-Metadata": metadata("a", story.docket)])
                #expect(answer.status.code == 507)
                #expect(answer.text.contains("upload.disk-full"))
            }
        }
    }

    @Test("the offer says which protocol and how much, to anybody")
    func options() async throws {
        try await TestCourt.open { court in
            try await court.application.test(.router) { client in
                let answer = try await client.execute(uri: "/uploads", method: .options)
                #expect(answer["Tus-Extension"] == "creation,termination,expiration")
                #expect(answer["Tus-Max-Size"] == String(4 << 30))
            }
        }
    }
}
