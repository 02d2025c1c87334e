import Hummingbird
import HummingbirdTesting
import NIOCore
import Procedure
import Testing

@testable import Web

@Suite("Forms are read whole and keep what was typed")
struct FormTests {
    @Test("urlencoded fields come in order, decoded, names repeated")
    func decodes() throws {
        let form = try Form(urlEncoded: Array("a=1&b=%E5%BC%A0+%26&a=2&empty=&flag".utf8))
        #expect(
            form["a"] == "1" && form.all("a") == ["1", "2"] && form["b"] == "张 &" && form["empty"] == ""
                && form.has("flag"))
    }

    @Test(
        "broken or endless forms are refused",
        arguments: [
            "a=%", "a=%4", "a=%zz", "a=%ff%fe", String(repeating: "a=1&", count: 401),
            String(repeating: "n", count: 101) + "=1",
        ])
    func malformed(_ body: String) { #expect(throws: Malformed.self) { try Form(urlEncoded: Array(body.utf8)) } }

    @Test("everything wrong is told at once, in both languages")
    func collects() throws {
        let form = Form(["name": " ", "price": "12,5.x", "day": "2026-02-30", "count": "11", "text": "a\u{1}b"])
        let errors = try #require(throws: FormErrors.self) {
            try form.read { reader in
                _ = reader.text("name", Words("姓名", "your name"))
                _ = reader.money("price", Words("价款", "the price"))
                _ = reader.day("day", Words("日期", "the day"))
                _ = reader.integer("count", Words("数量", "the number"), in: 1...10)
                _ = reader.text("text", Words("说明", "the note"))
                _ = reader.choice("way", Words("方式", "the way"), as: Face.self)
            }
        }.errors
        #expect(errors.map(\.field) == ["name", "price", "day", "count", "text", "way"])
        #expect(errors.allSatisfy { !$0.words.zh.isEmpty && !$0.words.en.isEmpty })
        #expect(errors[0].words == Words("请填写姓名。", "Enter your name."))
    }

    @Test("typed values are what was meant")
    func reads() throws {
        let form = Form(["sum": "￥1,280.50", "day": "2026年1月5日", "note": " a\r\nb ", "face": "chambers", "blank": " "])
        let (sum, day, note, face, blank) = try form.read { reader in
            (
                reader.money("sum", Words("", "")), reader.day("day", Words("", "")),
                reader.text("note", Words("", "")),
                reader.choice("face", Words("", ""), as: Face.self), reader.optionalText("blank", Words("", ""))
            )
        }
        #expect(
            sum == Money(minorUnits: 128_050) && day == "2026-01-05" && note == "a\nb" && face == .chambers
                && blank == nil)
    }

    @Test("a form with mistakes comes back filled, marked, with the errors first")
    func rerenders() async throws {
        let test = TestSite()
        try await test.run { client in
            let opened = try await client.execute(uri: "/name", method: .get, headers: .browser("xz-lang=en"))
            let cookies = "xz-lang=en; \(opened.cookies)"
            let proof = try #require(opened.proof)
            let send = { (name: String) in
                try await client.execute(
                    uri: "/name", method: .post, headers: .browser(cookies),
                    body: ByteBuffer(string: "_csrf=\(proof)&name=\(name)"))
            }
            let long = try await send("%3Ctoo+long%3E")
            #expect(long.status == .unprocessableContent)
            #expect(long.text.contains("value=\"&lt;too long&gt;\"") && long.text.contains("aria-invalid=\"true\""))
            #expect(long.text.contains("<a href=\"#f-name\">Your name can have 5 characters; it has 10.</a>"))
            #expect(long.text.contains("<title>Error: name"))
            let refused = try await send("no")
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("It may not be") && refused.text.contains("value=\"no\""))
            try await #expect(send("fine").headers[.location] == "/open")
        }
    }
}

@Suite("A file arrives as a stream, whatever the sender does")
struct MultipartTests {
    private let contentType = "multipart/form-data; boundary=----xB9"
    private let body = Array(
        "------xB9\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n------xB9\r\nContent-Disposition: form-data; name=\"file\"; filename=\"照片 1.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n\r\n--\r\n------xB\r\n\0bytes\r\n\r\n------xB9--\r\n"
            .utf8)

    private func parse(_ pieces: [[UInt8]], _ type: String? = nil) throws -> [MultipartParser.Event] {
        var parser = try MultipartParser(contentType: type ?? contentType)
        var events: [MultipartParser.Event] = []
        for piece in pieces { events += try parser.feed(ByteBuffer(bytes: piece)) }
        try parser.finish()
        // Bytes may come in any number of pieces.
        return events.reduce(into: []) { joined, event in
            if case .bytes(let new) = event, case .bytes(var old)? = joined.last {
                old.writeImmutableBuffer(new)
                joined[joined.count - 1] = .bytes(old)
            } else {
                joined.append(event)
            }
        }
    }

    private var expected: [MultipartParser.Event] {
        [
            .part(.init(name: "note", fileName: nil, mediaType: nil)), .bytes(ByteBuffer(string: "hello")), .partEnded,
            .part(.init(name: "file", fileName: "照片 1.jpg", mediaType: "image/jpeg")),
            .bytes(ByteBuffer(string: "\r\n--\r\n------xB\r\n\0bytes\r\n")), .partEnded,
        ]
    }

    @Test("the same parts come out wherever the bytes are cut")
    func everySplit() throws {
        #expect(try parse([body]) == expected)
        for cut in 0...body.count {
            #expect(try parse([Array(body[..<cut]), Array(body[cut...])]) == expected, "cut at \(cut)")
        }
        #expect(try parse(body.map { [$0] }) == expected)
    }

    @Test("a body that breaks off anywhere is an error, never a short file")
    func everyTruncation() {
        for end in 0..<(body.count - 4) {
            #expect(throws: Malformed.self, "cut off at \(end)") { try parse([Array(body[..<end])]) }
        }
    }

    @Test(
        "hostile bodies are refused",
        arguments: [
            "nothing", "------xB9\r\n\r\nno headers\r\n------xB9--", "------xB9X\r\n",
            "------xB9\r\nContent-Disposition: form-data\r\n\r\nx\r\n------xB9--",
            "------xB9\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n------xB9--",
            "------xB9\r\nno colon\r\n\r\nx\r\n------xB9--",
            "------xB9\r\nContent-Disposition: form-data; name=\"unclosed\r\n\r\nx\r\n------xB9--",
            "------xB9\r\nContent-Disposition: form-data; name=\"\(String(repeating: "n", count: 101))\"\r\n\r\nx\r\n------xB9--",
            "------xB9\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\(String(repeating: "n", count: 1_025))\"\r\n\r\nx\r\n------xB9--",
            "------xB9\r\n" + String(repeating: "X-Flood: 1\r\n", count: 2_000) + "\r\nx\r\n------xB9--",
            String(repeating: "------xB9\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n", count: 401)
                + "------xB9--",
        ])
    func hostile(_ text: String) { #expect(throws: Malformed.self) { try parse([Array(text.utf8)]) } }

    @Test("a header block without end is refused before it fills memory")
    func endlessHeader() throws {
        var parser = try MultipartParser(contentType: contentType)
        _ = try parser.feed(ByteBuffer(string: "------xB9\r\nX: "))
        #expect(throws: Malformed.self) {
            for _ in 0..<10 { _ = try parser.feed(ByteBuffer(repeating: UInt8(ascii: "a"), count: 1_000)) }
        }
    }

    @Test(
        "a content type without a usable boundary is refused",
        arguments: [
            "multipart/form-data", "multipart/form-data; boundary=",
            "multipart/form-data; boundary=\"\(String(repeating: "b", count: 71))\"",
            "multipart/form-data; boundary=\"a\r\nb\"",
        ])
    func boundaries(_ type: String) { #expect(throws: Malformed.self) { try MultipartParser(contentType: type) } }

    @Test("a random file full of near-boundaries comes through whole", arguments: 0..<20)
    func nearBoundaries(_ seed: UInt64) throws {
        var generator = Seeded(state: seed)
        let alphabet = Array("\r\n--xB9".utf8)
        let content = (0..<3_000).map { _ in alphabet[Int(generator.next() % UInt64(alphabet.count))] }
        guard !contains(content, Array("\r\n------xB9".utf8)) else { return }
        let whole =
            Array("------xB9\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n".utf8) + content
            + Array("\r\n------xB9--".utf8)
        let cut = Int(generator.next() % UInt64(whole.count))
        let events = try parse([Array(whole[..<cut]), Array(whole[cut...])])
        #expect(events.contains(.bytes(ByteBuffer(bytes: content))))
    }

    private func contains(_ bytes: [UInt8], _ needle: [UInt8]) -> Bool {
        bytes.indices.contains { bytes[$0...].starts(with: needle) }
    }

    struct Seeded: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
    }

    @Test("the form's proof comes first; without it the file is never read")
    func upload() async throws {
        let test = TestSite()
        try await test.run { client in
            let opened = try await client.execute(uri: "/name", method: .get, headers: .browser())
            let proof = try #require(opened.proof)
            let send = { (proof: String, file: String, more: HTTPFields) in
                var text = ""
                for (name, value) in [("_csrf", proof), ("note", "n")] {
                    text += "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
                }
                text += "--b\r\nContent-Disposition: form-data; name=\"file\"; \(file)\r\n--b--\r\n"
                return try await client.execute(
                    uri: "/file", method: .post,
                    headers: .browser(opened.cookies, more.merging([.contentType: "multipart/form-data; boundary=b"])),
                    body: ByteBuffer(string: text))
            }
            let file = "filename=\"C:\\\\dir\\\\../a.jpg\"\r\n\r\n" + String(repeating: "x", count: 100_000)
            let own: HTTPFields = [.secFetchSite: "same-origin"]
            try await #expect(send(proof, file, own).text == "n a.jpg 100000")
            try await #expect(send(proof, "filename=\"\"\r\n\r\n", own).text == "n - 0")
            try await #expect(send("wrong", file, own).status == .forbidden)
            try await #expect(send(proof, file, [.secFetchSite: "cross-site"]).status == .forbidden)
            try await #expect(
                send(proof, file, [:]).status == .forbidden,
                "a browser too old to say where it comes from needs the header")
        }
    }
}

extension HTTPFields {
    fileprivate func merging(_ other: HTTPFields) -> HTTPFields {
        var all = self
        for field in other { all.append(field) }
        return all
    }
}
