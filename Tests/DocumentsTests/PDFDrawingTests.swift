import Foundation
import Procedure
import Testing

@testable import Documents

@Suite("Drawing PDF")
struct PDFDrawingTests {
    let drawing: PDFDrawing

    init() throws { drawing = try PDFDrawing() }

    @Test("samples, for looking at", .enabled(if: ProcessInfo.processInfo.environment["XIEZHI_SAMPLES"] != nil))
    func samples() throws {
        let folder = URL(fileURLWithPath: ProcessInfo.processInfo.environment["XIEZHI_SAMPLES"] ?? "")
        for (name, document) in [
            ("judgment", Samples.judgment), ("complaint", Samples.complaint), ("receipt", Samples.receipt),
            ("translation", Samples.translation),
        ] {
            try Data(drawing.draw(document, at: Samples.drawnAt)).write(
                to: folder.appendingPathComponent(name + ".pdf"))
            let stamp = try CourtStamp.create(courtName: Samples.court, validFrom: Samples.drawnAt, years: 1)
            let stamped = try stamp.stamp(
                pdf: drawing.draw(document, at: Samples.drawnAt), reason: document.title, at: Samples.drawnAt)
            try Data(stamped).write(to: folder.appendingPathComponent(name + "-stamped.pdf"))
            try Data(HTMLDrawing.page(document).utf8).write(to: folder.appendingPathComponent(name + ".html"))
        }
    }

    @Test("the text comes back in order, from the court's name to the date")
    func textInOrder() throws {
        let text = try Tool.text(drawing.draw(Samples.judgment, at: Samples.drawnAt))
        var rest = text[...]
        for words in [
            "演示互联网法院", "民事判决书", "（2026）演0192民初42号", "原告：张伟", "诉讼请求", "1.", "退还原告货款2,199元", "经质证的证据",
            "订单截图", "一、被告", "三、驳回", "￥8,796.00", "人民币捌仟柒佰玖拾陆元整", "本判决为终审判决。", "审判员周敏",
            "二〇二六年三月五日",
        ] {
            let found = try #require(rest.range(of: words), "\(words) is not where it belongs in \(rest)")
            rest = rest[found.upperBound...]
        }
    }

    @Test("rare characters of names are drawn and come back", arguments: ["㐂", "𠮷", "䶮", "龘", "〇"])
    func rareCharacters(_ character: String) throws {
        let document = LegalDocument(title: "送达回证", blocks: [.paragraph(text: "受送达人：王\(character)")])
        #expect(try Tool.text(drawing.draw(document, at: Samples.drawnAt)).contains("王\(character)"))
    }

    @Test(
        "a character no configured font has is named, not boxed",
        arguments: zip(["王\u{30000}", "ก", "字\u{E000}"], ["\u{30000}", "ก", "\u{E000}"] as [Character]))
    func missingGlyph(_ text: String, _ character: Character) throws {
        for document in [
            LegalDocument(title: "送达回证", blocks: [.paragraph(text: text)]),
            LegalDocument(title: text),
            LegalDocument(title: "送达回证", blocks: [.table(.init(header: ["姓名"], rows: [[text]]))]),
        ] {
            #expect(throws: DrawingError.missingGlyph(character)) { try drawing.draw(document, at: Samples.drawnAt) }
        }
    }

    @Test("a supplement is asked for what the main font lacks")
    func supplement() throws {
        let document = LegalDocument(title: "送达回证", blocks: [.paragraph(text: "三分之二⅔")])
        #expect(throws: DrawingError.missingGlyph("⅔")) { try drawing.draw(document, at: Samples.drawnAt) }
        let supplemented = try PDFDrawing(fonts: DocumentFonts(supplements: ["DejaVu Sans"]))
        #expect(try Tool.text(supplemented.draw(document, at: Samples.drawnAt)).contains("⅔"))
    }

    @Test("what hides or reorders its neighbours is refused", arguments: ["\u{202E}", "\u{0}", "\u{2066}", "\u{1B}"])
    func unprintable(_ text: String) throws {
        let document = LegalDocument(title: "收据", blocks: [.paragraph(text: "甲\(text)乙")])
        #expect(throws: DrawingError.self) { try drawing.draw(document, at: Samples.drawnAt) }
    }

    @Test("a browser's line ends are line ends, in every kind of block")
    func lineEnds() throws {
        let text = "第一行\r\n第二行"
        let document = LegalDocument(
            title: "笔录",
            blocks: [
                .paragraph(text: text), .list(marker: .arabic, items: [text]), .fields([.init("内容", text)]),
                .table(.init(header: ["内容"], rows: [[text]])), .note(text: text),
            ])
        let lines = try Tool.run("pdftotext", ["FILE", "-"], on: drawing.draw(document, at: Samples.drawnAt)).output
            .split(whereSeparator: \.isNewline)
        #expect(lines.filter { $0.hasSuffix("第一行") }.count == 5)
        #expect(lines.filter { $0 == "第二行" }.count == 5)
    }

    @Test("a family that is not installed is said at start")
    func fontNotInstalled() {
        #expect(throws: DrawingError.fontNotInstalled("方正小标宋")) {
            try PDFDrawing(fonts: DocumentFonts(title: "方正小标宋"))
        }
    }

    @Test("fonts are embedded as subsets, with the way back to the characters")
    func fontsEmbedded() throws {
        let fonts = try Tool.run("pdffonts", ["FILE"], on: drawing.draw(Samples.judgment, at: Samples.drawnAt)).output
        let rows = fonts.split(separator: "\n").dropFirst(2)
        #expect(!rows.isEmpty)
        for row in rows { #expect(row.contains("Identity-H       yes yes yes"), "\(row)") }
    }

    @Test("the structure names headings, lists and tables; page numbers are outside it")
    func structure() throws {
        let pdf = try drawing.draw(Samples.judgment, at: Samples.drawnAt)
        let structure = try Tool.run("pdfinfo", ["-struct-text", "FILE"], on: pdf).output
        for tag in ["Document", "H1", "H2", "P (", "L (", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD"] {
            #expect(structure.contains(tag), "no \(tag)")
        }
        #expect(structure.contains("\"演示互联网法院\""))
        #expect(!structure.contains("— 1 —"))
        // Twice in the file: the catalogue as Cairo wrote it, and the newer one with the language.
        #expect(String(decoding: pdf.suffix(2_000), as: UTF8.self).contains("/Lang <7a682d434e>"))
        let info = try Tool.run("pdfinfo", ["FILE"], on: pdf).output
        #expect(info.contains("Tagged:          yes"))
        #expect(info.contains("Title:           民事判决书"))
        #expect(info.contains("A4"))
    }

    @Test("the same document and time give the same bytes, on any thread")
    func reproducible() async throws {
        let drawing = drawing
        let first = try drawing.draw(Samples.judgment, at: Samples.drawnAt)
        try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<12 { group.addTask { try drawing.draw(Samples.judgment, at: Samples.drawnAt) } }
            for try await bytes in group { #expect(bytes == first) }
        }
        #expect(try drawing.draw(Samples.judgment, at: "2026-03-06T00:00:00.000Z") != first)
    }

    @Test("thirty pages of text keep every paragraph, in order, a number at each foot")
    func manyPages() throws {
        let pdf = try drawing.draw(Samples.long(paragraphs: 130), at: Samples.drawnAt)
        let pages = try Tool.pages(pdf)
        #expect(pages >= 30)
        let text = try Tool.text(pdf)
        var rest = text[...]
        for number in 1...130 {
            let found = try #require(rest.range(of: "第\(number)段。"))
            rest = rest[found.upperBound...]
        }
        for number in 1...pages { #expect(text.contains("—\(number)—")) }
        // A paragraph cut by a page is still one paragraph.
        let structure = try Tool.run("pdfinfo", ["-struct-text", "FILE"], on: pdf).output
        #expect(structure.components(separatedBy: "\n  P (block)").count - 1 == 131)
    }

    @Test("a table over pages repeats its header on each, and is one table in the structure")
    func tableOverPages() throws {
        let rows = (1...120).map { ["\($0)", "第\($0)号证据，当事人提交的聊天记录截图", "真实性予以确认"] }
        let document = LegalDocument(
            title: "证据目录", blocks: [.table(.init(caption: "目录", header: ["序号", "证据名称", "认定"], rows: rows))])
        let pdf = try drawing.draw(document, at: Samples.drawnAt)
        let pages = try Tool.pages(pdf)
        #expect(pages >= 4)
        #expect(try Tool.text(pdf).components(separatedBy: "证据名称").count - 1 == pages)
        let structure = try Tool.run("pdfinfo", ["-struct-text", "FILE"], on: pdf).output
        #expect(structure.components(separatedBy: "证据名称").count - 1 == 1)
        #expect(structure.components(separatedBy: "Table").count - 1 == 1)
        for number in 1...120 { #expect(structure.contains("第\(number)号证据，")) }
    }

    @Test("cells, items and values longer than a page lose nothing")
    func tallBlocks() throws {
        let long = String(repeating: "长文", count: 1_500) + "终"
        for block: LegalDocument.Block in [
            .table(.init(header: ["甲", "乙"], rows: [["短", long]])), .list(marker: .chinese, items: [long]),
            .fields([.init("说明", long)]), .fields([.init(long, "短")]), .note(text: long),
            .signature(.init(lines: [long])), .heading(level: 1, text: long),
        ] {
            let pdf = try drawing.draw(LegalDocument(title: "长文", blocks: [block]), at: Samples.drawnAt)
            #expect(try Tool.pages(pdf) > 1)
            let text = try Tool.text(pdf)
            #expect(text.contains("终"))
            let count = text.components(separatedBy: "长").count - 1
            #expect(count >= 1_500, "\(count) of 1,501 in \("\(block)".prefix(40))")
        }
    }

    @Test("a heading is never the last line of a page")
    func headingStaysWithItsText() throws {
        for lines in 12...24 {
            let filler = LegalDocument.Block.list(marker: .arabic, items: Array(repeating: "项", count: lines))
            let document = LegalDocument(
                title: "裁定书", blocks: [filler, .heading(level: 1, text: "标题在此"), .paragraph(text: "正文随后")])
            let pdf = try drawing.draw(document, at: Samples.drawnAt)
            let pages = try Tool.run("pdftotext", ["FILE", "-"], on: pdf).output.split(separator: "\u{C}")
            let page = try #require(pages.first { $0.contains("标题在此") })
            #expect(page.contains("正文随后"), "\(lines) lines before")
        }
    }

    @Test("every page of a translation says which text is authoritative; a Chinese original does not")
    func translation() throws {
        let pdf = try drawing.draw(Samples.translation, at: Samples.drawnAt)
        let text = try Tool.text(pdf)
        #expect(text.components(separatedBy: "TheChinesetextisauthoritative").count - 1 == (try Tool.pages(pdf)))
        #expect(!(try Tool.text(drawing.draw(Samples.judgment, at: Samples.drawnAt))).contains("authoritative"))
    }

    @Test("an empty document, empty parts and a page break at the very top are still one page")
    func emptiness() throws {
        let document = LegalDocument(
            title: "空",
            blocks: [
                .paragraph(text: ""), .list(marker: .dash, items: []), .fields([]), .amounts([]),
                .table(.init(header: [], rows: [["x"]])), .party(.init(label: "原告", lines: [])),
                .signature(.init(lines: [])), .note(text: "\n\n"),
            ])
        #expect(try Tool.pages(drawing.draw(document, at: Samples.drawnAt)) == 1)
        let broken = LegalDocument(title: "两页", blocks: [.pageBreak, .pageBreak, .paragraph(text: "后")])
        #expect(try Tool.pages(drawing.draw(broken, at: Samples.drawnAt)) == 2)
    }

    @Test("memory does not grow with the number of documents")
    func memory() async {
        // In a process of its own, because the tests beside this one use memory too.
        await #expect(processExitsWith: .success) {
            let drawing = try PDFDrawing()
            func draw(_ count: Int) throws {
                for _ in 0..<count { _ = try drawing.draw(Samples.receipt, at: Samples.drawnAt) }
            }
            func residentKilobytes() throws -> Int {
                let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
                let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS") })
                return try #require(Int(line.filter(\.isNumber)))
            }
            try draw(30)
            let before = try residentKilobytes()
            try draw(400)
            // Each document is 140 KB: 400 kept ones would be 56 MB.
            #expect(try residentKilobytes() - before < 25_000)
        }
    }
}
