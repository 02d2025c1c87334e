import Foundation
import FoundationXML
import Procedure
import Testing

@testable import Documents

@Suite("Drawing HTML")
struct HTMLDrawingTests {
    static let all = [Samples.judgment, Samples.complaint, Samples.receipt, Samples.translation]

    @Test("every page is well-formed and carries language, title and one first heading", arguments: all)
    func wellFormed(_ document: LegalDocument) throws {
        let page = HTMLDrawing.page(document)
        let outline = try Outline(page)
        #expect(outline.elements.first?.attributes["lang"] == document.language.rawValue)
        #expect(outline.elements.filter { $0.name == "h1" }.count == 1)
        #expect(outline.text("title").contains(document.title))
        #expect(outline.text("h1") == document.title)
    }

    @Test("a strict HTML5 parser finds no error, where one is installed", arguments: all)
    func strictHTML5(_ document: LegalDocument) throws {
        guard try Tool.run("python3", ["-c", "import html5lib"]).status == 0 else { return }
        let script = "import html5lib,sys; html5lib.HTMLParser(strict=True).parse(open(sys.argv[1],'rb').read())"
        let outcome = try Tool.run("python3", ["-c", script, "FILE"], on: Array(HTMLDrawing.page(document).utf8))
        #expect(outcome.status == 0, "\(outcome.output)")
    }

    @Test("headings never skip a level, whatever the document says")
    func headingsInOrder() throws {
        let levels = [3, 1, 4, 2, 9, -1]
        let document = LegalDocument(title: "标题", blocks: levels.map { .heading(level: $0, text: "级\($0)") })
        let headings = try Outline(HTMLDrawing.page(document)).elements.map(\.name).filter {
            $0.hasPrefix("h") && $0.count == 2
        }
        #expect(headings.filter { $0 != "hr" } == ["h1", "h2", "h2", "h3", "h3", "h4", "h2"])
    }

    @Test("the fragment for our own pages carries no style and begins where it is told")
    func fragment() throws {
        for document in Self.all {
            let fragment = HTMLDrawing.fragment(document, topLevel: 2)
            #expect(!fragment.contains("style"))
            #expect(!fragment.contains("<h1"))
            #expect(fragment.contains("<h2>\(document.title)</h2>"))
            _ = try Outline(fragment)
        }
    }

    @Test("header cells have scopes, fields are a definition list, dates are machine-readable")
    func semantics() throws {
        let judgment = try Outline(HTMLDrawing.page(Samples.judgment))
        let scopes = judgment.elements.filter { $0.name == "th" }.map { $0.attributes["scope"] }
        #expect(scopes == ["col", "col", "col", "col", "row", "row"])
        #expect(judgment.elements.first { $0.name == "time" }?.attributes["datetime"] == "2026-03-05")
        let receipt = try Outline(HTMLDrawing.page(Samples.receipt))
        #expect(receipt.elements.filter { $0.name == "dt" }.count == 3)
        #expect(receipt.text("dd").contains("张伟"))
    }

    static let hostile: [String] = {
        let plain = [
            "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='x", "</style><script>",
            "</title>",
            "<!--", "-->", "<![CDATA[x]]>", "&lt;script&gt;", "&amp;", "&#60;b&#62;", "&", "<", ">", "\"", "'", "`",
            "\\", "{{x}}",
            "{{{x}}}", "${x}", "<%= x %>", "javascript:alert(1)", "data:text/html,<b>", "<a href=\"javascript:x\">",
            "<svg/onload=x>", "<iframe srcdoc='x'>", "<?php x ?>", "<?xml version=\"1.0\"?>", "<!DOCTYPE x>", "]]>",
            "</article></main>", "<style>*{display:none}</style>", "<base href=//x>", "<meta http-equiv=refresh>",
            "<form action=//x>", "<input autofocus onfocus=x>", "<details open ontoggle=x>", "<math><mi//xlink:href=x>",
            "%3Cscript%3E", "\\u003cscript\\u003e", "＜script＞", "<scr<script>ipt>", "on\u{200B}load=x",
        ]
        let strange = ["a\u{0}b", "\u{202E}txt.exe", "\u{8}", "\u{FFFE}", "\u{1B}[31m", "x\u{9F}y"]
        return plain + strange
    }()

    @Test("fifty hostile strings stay text wherever a document can hold one", arguments: hostile)
    func escaping(_ text: String) throws {
        let document = LegalDocument(
            title: text, court: text, caseNumber: text,
            blocks: [
                .heading(level: 1, text: text), .paragraph(text: text),
                .party(.init(label: text, lines: [text, text])),
                .list(marker: .chinese, items: [text]), .list(marker: .dash, items: [text]),
                .table(.init(caption: text, header: [text], rows: [[text]])), .fields([.init(text, text)]),
                .amounts([.init(text, .zero)]), .signature(.init(lines: [text])), .note(text: text),
            ])
        // The same document with harmless words is what the elements must look like.
        let outline = try Outline(HTMLDrawing.page(document))
        let harmless = try Outline(HTMLDrawing.page(replacing(text, by: "字", in: document)))
        #expect(outline.elements.map(\.name) == harmless.elements.map(\.name))
        #expect(outline.elements.map(\.attributes) == harmless.elements.map(\.attributes))
        let shown = String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.isUnprintable ? "\u{FFFD}" : $0 }))
        #expect(outline.text("h1") == shown)
        #expect(outline.text("td").contains(shown))
    }

    private func replacing(_ text: String, by word: String, in document: LegalDocument) throws -> LegalDocument {
        let json = try JSONEncoder().encode(document)
        func replaced(_ value: Any) -> Any {
            switch value {
            case let string as String: string == text ? word : string
            case let list as [Any]: list.map(replaced)
            case let entries as [String: Any]: entries.mapValues(replaced)
            default: value
            }
        }
        let changed = replaced(try JSONSerialization.jsonObject(with: json))
        return try JSONDecoder().decode(LegalDocument.self, from: JSONSerialization.data(withJSONObject: changed))
    }

    @Test("a document written as JSON comes back the same", arguments: all)
    func codable(_ document: LegalDocument) throws {
        #expect(try JSONDecoder().decode(LegalDocument.self, from: JSONEncoder().encode(document)) == document)
    }
}

/// The elements of a document, read by a parser that forgives nothing.
final class Outline: NSObject, XMLParserDelegate {
    struct Element {
        let name: String
        let attributes: [String: String]
        var text = ""
    }
    private(set) var elements: [Element] = []
    private var open: [Int] = []

    init(_ html: String) throws {
        super.init()
        let parser = XMLParser(data: Data(html.utf8))
        parser.delegate = self
        guard parser.parse() else {
            throw NotWellFormed(reason: "\(parser.parserError.map { "\($0)" } ?? "?") at line \(parser.lineNumber)")
        }
    }

    struct NotWellFormed: Error { let reason: String }

    /// The text of all elements of that name.
    func text(_ name: String) -> String { elements.filter { $0.name == name }.map(\.text).joined(separator: "\n") }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        open.append(elements.count)
        elements.append(Element(name: name, attributes: attributes))
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        for index in open { elements[index].text += string }
    }

    func parser(_ parser: XMLParser, didEndElement: String, namespaceURI: String?, qualifiedName: String?) {
        open.removeLast()
    }
}
