import Crypto
import Evidence
import Foundation
import HummingbirdTesting
import Procedure
import Testing

@Suite("Files out")
struct FileTests {
    @Test("a range gives exactly its bytes; what cannot be given says how long the file is")
    func ranges() async throws {
        try await TestCourt.open { court in
            let story = try await court.servedCase()
            let path = "/files/\(story.docket)/\(story.photoFile)"
            try await court.application.test(.router) { client in
                let whole = try await client.send(.get, path, as: .seller)
                #expect(whole.status == .ok && whole.bytes == jpeg)
                #expect(whole["Accept-Ranges"] == "bytes" && whole["Content-Length"] == "2004")
                let tag = try #require(whole["ETag"])
                #expect(tag == "\"sha256:\(SHA256.hash(data: jpeg).map { String(format: "%02x", $0) }.joined())\"")
                let cases: [(String, Range<Int>)] = [
                    ("bytes=0-3", 0..<4), ("bytes=10-", 10..<2_004), ("bytes=-5", 1_999..<2_004),
                    ("bytes=2000-9999", 2_000..<2_004),
                ]
                for (range, expected) in cases {
                    let part = try await client.send(.get, path, as: .seller, ["Range": range])
                    #expect(part.status == .partialContent)
                    #expect(part.bytes == Array(jpeg[expected]))
                    #expect(
                        part["Content-Range"] == "bytes \(expected.lowerBound)-\(expected.upperBound - 1)/2004")
                }
                let past = try await client.send(.get, path, as: .seller, ["Range": "bytes=2004-"])
                #expect(past.status == .rangeNotSatisfiable && past["Content-Range"] == "bytes */2004")
                for nonsense in ["bytes=5-2", "bytes=a-b", "bytes=0-1,5-6", "lines=0-1"] {
                    #expect(try await client.send(.get, path, as: .seller, ["Range": nonsense]).status == .ok)
                }
                let same = try await client.send(.get, path, as: .seller, ["Range": "bytes=0-3", "If-Range": tag])
                #expect(same.status == .partialContent)
                let other = try await client.send(
                    .get, path, as: .seller, ["Range": "bytes=0-3", "If-Range": "\"sha256:00\""])
                #expect(other.status == .ok && other.bytes == jpeg)
            }
        }
    }

    @Test("a file of another docket, or of nobody's entry, does not exist")
    func otherDocket() async throws {
        try await TestCourt.open { court in
            let (story, other) = (try await court.servedCase(), try await court.servedCase())
            let loose = try await court.files.put(jpeg, in: story.docket, .main, name: "loose.jpg")
            try await court.registry.write(on: [story.docket]) { [files = court.files] t in
                try files.record(loose, at: t.now, in: t.storage)
            }
            try await court.application.test(.router) { client in
                for path in [
                    "/files/\(story.docket)/\(other.photoFile)", "/files/\(other.docket)/\(story.photoFile)",
                    "/files/\(story.docket)/\(loose.id)", "/files/\(story.docket)/\(FileID.random())",
                    "/files/x/\(story.photoFile)",
                ] {
                    let answer = try await client.send(.get, path, as: .buyer)
                    #expect(answer.status == .notFound)
                }
                let path = "/files/\(story.docket)/\(story.photoFile)"
                #expect(try await client.send(.get, path, as: .stranger).status == .notFound)
                for person in [Person.buyer, .seller, .judge, .clerk] {
                    #expect(try await client.send(.get, path, as: person).status == .ok)
                }
                let foreign = ["Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image"]
                #expect(try await client.send(.get, path, as: .buyer, foreign).status == .notFound)
            }
        }
    }

    @Test(
        "no name breaks the header, hides its ending or leads into a folder",
        arguments: [
            "订单“截图”.jpg", "a\"; filename=\"evil.html", "line\r\nSet-Cookie: a=b.jpg", "\u{202E}gpj.exe",
            "../../etc/passwd", "a\u{2066}b\u{2069}\u{200F}.jpg", "%2e%2e%22.jpg", String(repeating: "长", count: 190),
        ])
    func hostileNames(name: String) async throws {
        try await TestCourt.open { court in
            let story = try await court.servedCase(fileName: name)
            try await court.application.test(.router) { client in
                let answer = try await client.send(.get, "/files/\(story.docket)/\(story.photoFile)", as: .buyer)
                let said = try #require(answer["Content-Disposition"])
                #expect(said.utf8.allSatisfy { (0x20...0x7E).contains($0) })
                #expect(said.hasPrefix("inline; filename=\"") && said.filter { $0 == "\"" }.count == 2)
                let plain = try #require(said.split(separator: "\"").dropFirst().first)
                #expect(!plain.contains("/") && !plain.contains("\\") && !plain.contains(";filename"))
                let encoded = try #require(said.components(separatedBy: "UTF-8''").last?.removingPercentEncoding)
                let hidden = Set("\u{202E}\u{2066}\u{2069}\u{200F}\r\n/".unicodeScalars)
                #expect(encoded.unicodeScalars.allSatisfy { !hidden.contains($0) })
                #expect(answer["Set-Cookie"] == nil)
                #expect(answer["Content-Security-Policy"]?.hasPrefix("sandbox") == true)
                #expect(answer["X-Content-Type-Options"] == "nosniff")
                #expect(answer["Cross-Origin-Resource-Policy"] == "same-origin")
                #expect(answer["Cache-Control"] == "no-store")
            }
        }
    }

    @Test("a page or a drawing that could carry script is kept, never opened")
    func attachments() async throws {
        try await TestCourt.open { court in
            let story = try await court.servedCase(
                fileName: "x.jpg", bytes: Array("<!DOCTYPE html><script>alert(1)</script>".utf8))
            try await court.application.test(.router) { client in
                let answer = try await client.send(.get, "/files/\(story.docket)/\(story.photoFile)", as: .buyer)
                #expect(answer["Content-Disposition"]?.hasPrefix("attachment") == true)
            }
        }
    }
}
