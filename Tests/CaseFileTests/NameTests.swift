import Crypto
import Procedure
import Testing

@testable import CaseFile

@Suite("Names inside the zip")
struct NameTests {
    private func name(_ name: String, _ type: String = "image/jpeg", number: Int = 7, drawn: Bool = false) throws
        -> String
    {
        let digest = try #require(ContentDigest(bytes: [UInt8](repeating: 1, count: 32)))
        return EntryNameInZip.of(
            FileReference(file: .random(), digest: digest, bytes: 1, mediaType: type, name: name), number: number,
            isDrawnHere: drawn)
    }

    @Test(
        "a good name stays, with its place before it and the ending of its content",
        arguments: [
            ("订单截图.jpg", "image/jpeg", "007-订单截图.jpg"), ("IMG_0001.JPEG", "image/jpeg", "007-IMG_0001.jpg"),
            ("聊天记录（一）", "application/pdf", "007-聊天记录（一）.pdf"),
            ("table.xlsx", "application/x-none", "007-table.xlsx.bin"),
        ])
    func goodNames(given: String, type: String, expected: String) throws {
        #expect(try name(given, type) == expected)
    }

    @Test(
        "no name leads out of the folder, hides its ending, gives an order or is taken for another kind of file",
        arguments: [
            "../../etc/passwd", "..\\..\\windows\\system.ini", "/abs/olute", "C:\\CON", "a\u{202E}gpj.exe", "x\u{0}y",
            "line\r\nbreak", "</a><script>alert(1)</script>", "\"quoted\"", "$(reboot)", "`id`", "~", "%2e%2e%2f",
            "....", " ", "", "a\u{200F}\u{2066}b", String(repeating: "长", count: 400), "index.html",
            "\u{301}\u{301}\u{301}", "emoji 🎉.jpg",
        ])
    func hostileNames(given: String) throws {
        let made = try name(given)
        #expect(made.hasPrefix("007-") && made.hasSuffix(".jpg"))
        #expect(made.utf8.count <= 255)
        #expect(made.unicodeScalars.count <= 4 + 60 + 4)
        #expect(!made.contains(".."))
        let forbidden = Set("/\\:*?\"<>|$`~%&'#;{}[]=\r\n\t\0 ".unicodeScalars)
        #expect(made.unicodeScalars.allSatisfy { !forbidden.contains($0) && $0.properties.generalCategory != .format })
    }

    @Test("what a browser would run when opened from disk is text, unless the court drew it itself")
    func nothingRuns() throws {
        #expect(try name("page.html", "text/html") == "007-page.html.txt")
        #expect(try name("logo.svg", "image/svg+xml") == "007-logo.svg.txt")
        #expect(try name("民事判决书.html", "text/html", drawn: true) == "007-民事判决书.html")
    }

    @Test("no two files of one case are called alike")
    func unique() throws {
        #expect(try name("a.jpg", number: 1) != name("a.jpg", number: 2))
        #expect(try name("a.jpg", number: 12_345) == "12345-a.jpg")
    }
}
