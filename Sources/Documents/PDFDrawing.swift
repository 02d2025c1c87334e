import CPango
import Procedure

/// Draws a legal document as tagged PDF: A4, fonts embedded, text extractable, structure for screen readers.
///
/// Safe to use from several threads at once. A drawing keeps its thread for tens of milliseconds, longer the first time
/// (fonts): call it outside a write transaction and outside an event loop.
package struct PDFDrawing: Sendable {
    private let fonts: DocumentFonts

    /// - Throws: `DrawingError.fontNotInstalled`, so that a court learns it at start and not at its first judgment.
    package init(fonts: DocumentFonts = .standard) throws {
        let missing = try FontMaps.shared.lend { map in fonts.all.first { !map.families.contains($0) } }
        if let missing { throw DrawingError.fontNotInstalled(missing) }
        self.fonts = fonts
    }

    /// The PDF's bytes: the same document, time, fonts and library give the same bytes.
    ///
    /// - Parameter drawnAt: the creation date written into the file.
    /// - Throws: `DrawingError`.
    package func draw(_ document: LegalDocument, at drawnAt: Instant) throws -> [UInt8] {
        let style = PageStyle(document, fonts: fonts)
        let (bytes, place) = try FontMaps.shared.lend { map in
            try PDFSurface.draw(width: style.width, height: style.height) { surface, cairo in
                set(surface, CAIRO_PDF_METADATA_TITLE, document.title)
                if let court = document.court { set(surface, CAIRO_PDF_METADATA_AUTHOR, court) }
                set(surface, CAIRO_PDF_METADATA_CREATOR, "Xiezhi")
                set(surface, CAIRO_PDF_METADATA_CREATE_DATE, String(drawnAt.rawValue.prefix(19)) + "Z")
                return try drawPages(of: document, style: style, cairo: cairo, map: map)
            }
        }
        return try describe(bytes, document: document, stampPlace: place, at: drawnAt)
    }

    private func drawPages(of document: LegalDocument, style: PageStyle, cairo: OpaquePointer, map: FontMap) throws
        -> StampPlace?
    {
        guard let context = pango_font_map_create_context(map.pointer) else {
            throw DrawingError.cairo("no Pango context")
        }
        defer { g_object_unref(UnsafeMutableRawPointer(context)) }
        pango_cairo_update_context(cairo, context)
        let flow = try PageFlow(cairo, style: style, context: context)
        try flow.tagged("Document") {
            try flow.drawHead(of: document)
            let blocks = document.blocksWithHeadingsInOrder
            for (index, block) in blocks.enumerated() {
                try flow.draw(block, before: blocks.dropFirst(index + 1).first)
            }
        }
        cairo_show_page(cairo)
        return flow.stampPlace
    }

    private func set(_ surface: OpaquePointer, _ entry: cairo_pdf_metadata_t, _ text: String) {
        cairo_pdf_surface_set_metadata(surface, entry, text)
    }

    /// Adds what Cairo 1.16 cannot say: the language, that the title is the window's, an identifier, and where the
    /// stamp belongs.
    private func describe(
        _ bytes: [UInt8], document: LegalDocument, stampPlace: StampPlace?, at drawnAt: Instant
    ) throws -> [UInt8] {
        let file = try PDFFile(bytes)
        var catalog = try file.dictionary(file.root)
        catalog["Lang"] = .string(Array(document.language.rawValue.utf8))
        catalog["MarkInfo"] = .dictionary(["Marked": .boolean(true)])
        catalog["ViewerPreferences"] = .dictionary(["DisplayDocTitle": .boolean(true)])
        catalog["Version"] = .name("1.7")
        if let stampPlace {
            catalog["PieceInfo"] = .dictionary([
                "Xiezhi": .dictionary([
                    "LastModified": .string(Array(drawnAt.inPDF.utf8)), "Private": stampPlace.pieceInfo,
                ])
            ])
        }
        var update = PDFUpdate(of: file)
        update.replace(file.root, with: .dictionary(catalog))
        return try update.finish()
    }
}
