import CPango

/// How a piece of text is set. Sizes and widths are in points.
struct TextSetting {
    var families: [String]
    var size: Double
    var weight = PANGO_WEIGHT_NORMAL
    /// nil: one line, as long as it gets.
    var width: Double?
    var alignment = PANGO_ALIGN_LEFT
    var firstLineIndent = 0.0
    var justified = false
    var language = "zh-cn"
}

/// Some text broken into lines by Pango.
///
/// Making it checks that every character has a glyph in one of the named families: what cannot be printed is an error
/// here, before a page shows a box.
struct TextLines {
    struct Line {
        fileprivate let pointer: UnsafeMutablePointer<PangoLayoutLine>
        /// Keeps the line's memory.
        fileprivate let owner: Layout
        /// From the left edge of the text's width, in points.
        let x, width: Double
    }

    fileprivate final class Layout {
        let pointer: OpaquePointer

        init(in context: OpaquePointer) { pointer = pango_layout_new(context) }
        deinit { g_object_unref(UnsafeMutableRawPointer(pointer)) }
    }

    private(set) var lines: [Line] = []
    private let owner: Layout
    private var layout: OpaquePointer { owner.pointer }

    /// - Throws: `DrawingError.missingGlyph` or `.unprintable`.
    init(_ text: String, _ setting: TextSetting, in context: OpaquePointer) throws {
        let text = text.withPlainNewlines
        if let scalar = text.unicodeScalars.first(where: \.isUnprintable) { throw DrawingError.unprintable(scalar) }
        owner = Layout(in: context)
        let description = pango_font_description_new()
        defer { pango_font_description_free(description) }
        pango_font_description_set_family(description, setting.families.joined(separator: ","))
        pango_font_description_set_weight(description, setting.weight)
        pango_font_description_set_absolute_size(description, setting.size * Double(PANGO_SCALE))
        pango_layout_set_font_description(layout, description)

        let language = pango_attr_language_new(pango_language_from_string(setting.language))
        let attributes = pango_attr_list_new()
        pango_attr_list_insert(attributes, language)
        pango_layout_set_attributes(layout, attributes)
        pango_attr_list_unref(attributes)

        if let width = setting.width { pango_layout_set_width(layout, pangoUnits(width)) }
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        pango_layout_set_alignment(layout, setting.alignment)
        pango_layout_set_indent(layout, pangoUnits(setting.firstLineIndent))
        pango_layout_set_justify(layout, setting.justified ? 1 : 0)
        var bytes = text
        bytes.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { pango_layout_set_text(layout, $0.baseAddress, Int32($0.count)) }
        }
        try checkGlyphs(of: Array(text.utf8), families: Set(setting.families))
        readLines()
    }

    /// The widest line, in points.
    var width: Double { lines.map(\.width).max() ?? 0 }

    private mutating func readLines() {
        let iterator = pango_layout_get_iter(layout)
        defer { pango_layout_iter_free(iterator) }
        repeat {
            guard let line = pango_layout_iter_get_line_readonly(iterator) else { break }
            var extents = PangoRectangle()
            pango_layout_iter_get_line_extents(iterator, nil, &extents)
            lines.append(Line(pointer: line, owner: owner, x: points(extents.x), width: points(extents.width)))
        } while pango_layout_iter_next_line(iterator) != 0
    }

    private func checkGlyphs(of text: [UInt8], families: Set<String>) throws {
        let iterator = pango_layout_get_iter(layout)
        defer { pango_layout_iter_free(iterator) }
        repeat {
            // A line's end has no run.
            guard let run = pango_layout_iter_get_run_readonly(iterator)?.pointee, let item = run.item?.pointee,
                let glyphs = run.glyphs?.pointee
            else { continue }
            for index in 0..<Int(glyphs.num_glyphs)
            where glyphs.glyphs[index].glyph & pangoUnknownGlyph != 0 && glyphs.glyphs[index].glyph != pangoEmptyGlyph {
                throw missing(text, at: Int(item.offset) + Int(glyphs.log_clusters[index]))
            }
            guard let font = item.analysis.font, isOneOf(families, font) else {
                throw missing(text, at: Int(item.offset))
            }
        } while pango_layout_iter_next_run(iterator) != 0
    }

    private func isOneOf(_ families: Set<String>, _ font: UnsafeMutablePointer<PangoFont>) -> Bool {
        let description = pango_font_describe(font)
        defer { pango_font_description_free(description) }
        return pango_font_description_get_family(description).map { families.contains(String(cString: $0)) } ?? false
    }

    private func missing(_ text: [UInt8], at offset: Int) -> DrawingError {
        .missingGlyph(String(decoding: text[min(offset, text.count)...], as: UTF8.self).first ?? "\u{FFFD}")
    }
}

extension TextLines.Line {
    /// Draws the line from `x`, hanging its own height in the middle of the leading below `y`.
    func draw(on cairo: OpaquePointer, x: Double, y: Double, leading: Double) {
        withExtendedLifetime(owner) {
            var extents = PangoRectangle()
            pango_layout_line_get_extents(pointer, nil, &extents)
            cairo_move_to(cairo, x, y + (leading - points(extents.height)) / 2 - points(extents.y))
            pango_cairo_show_layout_line(cairo, pointer)
        }
    }

    /// Adds the outlines of the line to Cairo's path, its baseline beginning at the current point.
    func addPath(on cairo: OpaquePointer) {
        withExtendedLifetime(owner) { pango_cairo_layout_line_path(cairo, pointer) }
    }
}

/// `PANGO_GLYPH_UNKNOWN_FLAG` and `PANGO_GLYPH_EMPTY`, macros that Swift does not import.
private let pangoUnknownGlyph: UInt32 = 0x1000_0000
private let pangoEmptyGlyph: UInt32 = 0x0FFF_FFFF

private func pangoUnits(_ points: Double) -> Int32 { Int32(points * Double(PANGO_SCALE)) }
private func points(_ units: Int32) -> Double { Double(units) / Double(PANGO_SCALE) }
