import CPango
import Procedure

/// Where the next line goes: a pen that moves down the page and turns to the next.
///
/// Text is drawn inside structure tags; page numbers, running heads and rules stay outside them, so that a screen reader
/// reads the document and not its furniture.
final class PageFlow {
    let style: PageStyle
    let context: OpaquePointer
    private(set) var page = 1
    private(set) var y: Double
    /// The middle of the line the stamp belongs over.
    private(set) var stampPlace: StampPlace?
    private let cairo: OpaquePointer

    /// - Parameter context: a Pango context made for `cairo`.
    init(_ cairo: OpaquePointer, style: PageStyle, context: OpaquePointer) throws {
        self.cairo = cairo
        self.style = style
        self.context = context
        y = style.top
        try drawFurniture()
    }

    /// How many lines of this leading still fit on the page.
    func room(leading: Double) -> Int { max(0, Int(((style.lastY - y) / leading + 0.001).rounded(.down))) }

    /// How many lines of this leading fit on an empty page.
    func capacity(leading: Double) -> Int { Int(((style.lastY - style.top) / leading).rounded(.down)) }

    func turnPage() throws {
        cairo_show_page(cairo)
        page += 1
        y = style.top
        try drawFurniture()
    }

    /// Turns the page unless so many lines fit on this one; more than a page of them is asked of an empty page.
    func need(_ lines: Int, leading: Double) throws {
        if room(leading: leading) < min(lines, capacity(leading: leading)), y > style.top { try turnPage() }
    }

    /// Leaves a space, except at the top of a page.
    func skip(_ height: Double) {
        if y > style.top { y = min(y + height, style.lastY) }
    }

    func skipExactly(_ height: Double) { y += height }

    func tagged<Result>(_ tag: String, _ draw: () throws -> Result) rethrows -> Result {
        cairo_tag_begin(cairo, tag, nil)
        defer { cairo_tag_end(cairo, tag) }
        return try draw()
    }

    /// Draws lines down the page and over as many pages as they take, as one element of the structure.
    ///
    /// - Parameter x: of the text's left edge, from the page's.
    func flow(_ text: TextLines, as tag: String, x: Double, leading: Double) throws {
        // Neither the first nor the last line of a paragraph stands alone.
        if text.lines.count > 1 { try need(2, leading: leading) }
        try tagged(tag) {
            var rest = text.lines[...]
            guard rest.count > room(leading: leading) else { return draw(rest, x: x, leading: leading) }
            while !rest.isEmpty {
                var count = min(room(leading: leading), rest.count)
                if rest.count - count == 1, count > 2 { count -= 1 }
                tagged("Span") { draw(rest.prefix(count), x: x, leading: leading) }
                rest = rest.dropFirst(count)
                if !rest.isEmpty { try turnPage() }
            }
        }
    }

    /// Draws lines where the pen is, all on this page, and moves the pen below them.
    func draw(_ lines: ArraySlice<TextLines.Line>, x: Double, leading: Double) {
        for line in lines {
            place(line, x: x, y: y, leading: leading)
            y += leading
        }
    }

    /// Draws lines from a height without moving the pen.
    func place(_ lines: ArraySlice<TextLines.Line>, x: Double, y top: Double, leading: Double) {
        for (index, line) in lines.enumerated() {
            place(line, x: x, y: top + Double(index) * leading, leading: leading)
        }
    }

    private func place(_ line: TextLines.Line, x: Double, y: Double, leading: Double) {
        line.draw(on: cairo, x: x + line.x, y: y, leading: leading)
    }

    func rule(fromX: Double, fromY: Double, toX: Double, toY: Double) {
        cairo_set_line_width(cairo, 0.6)
        cairo_move_to(cairo, fromX, fromY)
        cairo_line_to(cairo, toX, toY)
        cairo_stroke(cairo)
    }

    func markStampPlace(x: Double, y: Double) {
        stampPlace = StampPlace(page: page, x: x, y: style.height - y)
    }

    private func drawFurniture() throws {
        var number = style.body()
        number.size = 14
        number.alignment = PANGO_ALIGN_CENTER
        place(
            try TextLines("— \(page) —", number, in: context).lines[...], x: style.left, y: style.lastY + 19.8,
            leading: 20)
        guard let mark = LegalDocument.translationMark(style.language) else { return }
        var head = style.body()
        head.size = 9
        head.alignment = PANGO_ALIGN_RIGHT
        place(try TextLines(mark, head, in: context).lines[...], x: style.left, y: style.top - 40, leading: 16)
    }
}
