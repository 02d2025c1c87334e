import Procedure
import Testing

@testable import Web

@Suite("What people type is text, never markup")
struct HTMLTests {
    @Test("text is escaped in text and in attributes")
    func escapes() {
        let typed = "<script>alert('1')</script> & \"x\""
        let page: HTML = "<p title=\"\(typed)\">\(typed)</p>"
        let escaped = "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;"
        #expect(page.text == "<p title=\"\(escaped)\">\(escaped)</p>")
    }

    @Test("pieces go in as they are, one, many or none")
    func nests() {
        let typed = "a&b"
        let piece: HTML = "<b>\(typed)</b>"
        let none: HTML? = nil
        let page: HTML = "\(piece)\([piece, piece])\(none)\(12)"
        #expect(page.text == "<b>a&amp;b</b><b>a&amp;b</b><b>a&amp;b</b>12")
    }

    @Test("control characters cannot vanish into a page")
    func controls() {
        let typed = "a\u{0}b\u{1B}[31mc\nd"
        let page: HTML = "\(typed)"
        #expect(page.text == "a\u{FFFD}b\u{FFFD}[31mc\nd")
    }

    @Test("a name with direction marks stays inside its own isolation")
    func isolates() {
        let page: HTML = "\(said: "\u{202E}gpj.exe<")"
        #expect(page.text == "<bdi>\u{202E}gpj.exe&lt;</bdi>")
    }

    @Test("attributes appear only with a value")
    func attributes() {
        let page: HTML =
            "<a\(attribute: "href", "/x?a=1&b=\"")\(attribute: "title", nil)\(attribute: "hidden", when: false)>"
        #expect(page.text == "<a href=\"/x?a=1&amp;b=&quot;\">")
    }

    @Test("a hostile corpus leaves no tag and no quote behind", arguments: hostile)
    func corpus(_ typed: String) {
        let text = HTML(typed).text
        #expect(!text.contains("<") && !text.contains(">") && !text.contains("\"") && !text.contains("'"))
    }

    static let hostile = [
        "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "'-alert(1)-'", "</textarea><script>", "<!--",
        "]]>",
        "＜script＞", "&#60;script&#62;", "javascript:alert(1)", "<bdi></bdi><b>", "\u{2028}<x>", "{{7*7}}<%=1%>",
    ]
}

@Suite("One voice for each language")
struct VoiceTests {
    let zh = Voice(.chinese)
    let en = Voice(.english)

    @Test("days, times and days left")
    func days() {
        #expect(zh.day("2026-01-05") == "2026年1月5日")
        #expect(en.day("2026-01-05") == "5 January 2026")
        #expect(zh.weekdayAndDay("2026-01-05") == "2026年1月5日（星期一）")
        #expect(en.time("2026-01-05T16:30:00.000Z") == "6 January 2026, 00:30")
        #expect(zh.daysLeft(until: "2026-01-08", today: "2026-01-05") == "还有3天")
        #expect(en.daysLeft(until: "2026-01-05", today: "2026-01-05") == "due today")
        #expect(en.daysLeft(until: "2026-01-03", today: "2026-01-05") == "2 days overdue")
    }

    @Test("sums keep every fen")
    func money() {
        #expect(zh.money(Money(minorUnits: 6_850_055)) == "68,500.55元")
        #expect(en.money(Money(minorUnits: 5)) == "CNY 0.05")
        #expect(en.money(Money(minorUnits: -123_456_789)) == "CNY -1,234,567.89")
        #expect(zh.number(1_000_000) == "1,000,000")
    }

    @Test(
        "sizes as phones count them",
        arguments: [
            (0, "0 B"), (999, "999 B"), (1_500, "1.5 kB"), (1_412_000, "1.4 MB"), (50_000_000, "50 MB"),
            (4_294_967_296, "4.2 GB"),
        ])
    func bytes(_ bytes: Int, _ text: String) { #expect(en.bytes(bytes) == text) }
}
