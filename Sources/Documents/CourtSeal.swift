import CPango
import Foundation

/// The round red seal of a court (圆形印章): a ring, a five-pointed star, the court's name along the arc, and what it is.
///
/// 42 mm across, as the seals of courts are. All lines and filled outlines: it needs no font where it is shown.
struct CourtSeal {
    /// From the middle to the edge of the drawing, in points.
    static let extent = 61.0
    private static let radius = 59.5
    private static let ring = 3.4
    private static let star = 19.8
    private static let nameSize = 17.0
    private static let kindSize = 9.5
    private static let kind = "电子印章"

    /// PDF drawing operators around (0, 0), y upwards.
    private let operators: String

    /// - Throws: `DrawingError`.
    init(name: String, fonts: DocumentFonts) throws {
        operators = try Self.ringAndStar + Self.letters(name: name, fonts: fonts)
    }

    /// - Returns: the number of the form XObject, to be an annotation's appearance.
    func add(to update: inout PDFUpdate) -> Int {
        let r = PDFValue.real(Self.extent)
        let lower = PDFValue.real(-Self.extent)
        return update.add(
            stream: Array(("/Seal gs 0.8 0.06 0.09 rg 0.8 0.06 0.09 RG\n" + operators).utf8),
            [
                "Type": .name("XObject"), "Subtype": .name("Form"), "BBox": .array([lower, lower, r, r]),
                "Resources": .dictionary([
                    // Multiplied, so that the words under the seal stay legible.
                    "ExtGState": .dictionary([
                        "Seal": .dictionary(["Type": .name("ExtGState"), "BM": .name("Multiply")])
                    ])
                ]),
            ])
    }

    private static var ringAndStar: String {
        let r = radius - ring / 2
        // Four Bézier curves make a circle to three parts in ten thousand.
        let k = r * 0.5523
        var text = "\(shortDecimal(ring)) w \(point(r, 0)) m "
        for (a, b, c) in [
            ((r, k), (k, r), (0.0, r)), ((-k, r), (-r, k), (-r, 0.0)), ((-r, -k), (-k, -r), (0.0, -r)),
            ((k, -r), (r, -k), (r, 0.0)),
        ] { text += "\(point(a.0, a.1)) \(point(b.0, b.1)) \(point(c.0, c.1)) c " }
        text += "s\n"
        for corner in 0..<10 {
            // The inner corners of a pentagram lie at 0.382 of its radius.
            let distance = corner % 2 == 0 ? star : star * 0.382
            let angle = Double.pi / 2 + Double(corner) * .pi / 5
            text += point(distance * cos(angle), distance * sin(angle)) + (corner == 0 ? " m " : " l ")
        }
        return text + "h f\n"
    }

    private static func letters(name: String, fonts: DocumentFonts) throws -> String {
        try FontMaps.shared.lend { map in
            // A recording surface has no pixels to round to.
            guard let surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, nil) else {
                throw DrawingError.cairo("no surface")
            }
            defer { cairo_surface_destroy(surface) }
            guard let cairo = cairo_create(surface) else { throw DrawingError.cairo("no context") }
            defer { cairo_destroy(cairo) }
            guard let context = pango_font_map_create_context(map.pointer) else {
                throw DrawingError.cairo("no Pango context")
            }
            defer { g_object_unref(UnsafeMutableRawPointer(context)) }
            pango_cairo_update_context(cairo, context)

            var setting = TextSetting(
                families: [fonts.title] + fonts.supplements, size: nameSize, weight: PANGO_WEIGHT_BOLD)
            let characters = try name.filter { !$0.isNewline }.map { try TextLines(String($0), setting, in: context) }
            // The arc is at most three quarters of the ring; a long name gets smaller letters.
            let step = min(0.46, 4.7 / Double(max(characters.count, 1)))
            let scale = min(1, step * 44 / nameSize)
            for (index, character) in characters.enumerated() {
                guard let line = character.lines.first else { continue }
                let angle = (Double(index) - Double(characters.count - 1) / 2) * step
                cairo_save(cairo)
                cairo_rotate(cairo, angle)
                cairo_translate(cairo, 0, -(radius - ring - 3.5 - nameSize * 0.86))
                cairo_scale(cairo, scale, scale)
                cairo_move_to(cairo, -line.width / 2, 0)
                line.addPath(on: cairo)
                cairo_restore(cairo)
            }
            setting.size = kindSize
            if let line = try TextLines(kind, setting, in: context).lines.first {
                cairo_move_to(cairo, -line.width / 2, 36)
                line.addPath(on: cairo)
            }
            return try operators(of: cairo)
        }
    }

    /// Cairo's path as PDF operators, turned the right way up.
    private static func operators(of cairo: OpaquePointer) throws -> String {
        guard let path = cairo_copy_path(cairo) else { throw DrawingError.cairo("no path") }
        defer { cairo_path_destroy(path) }
        guard path.pointee.status == CAIRO_STATUS_SUCCESS, let data = path.pointee.data else {
            throw DrawingError.cairo("no path")
        }
        var text = ""
        var index = 0
        while index < Int(path.pointee.num_data) {
            let header = data[index].header
            for offset in 1..<max(1, Int(header.length)) {
                text += point(data[index + offset].point.x, -data[index + offset].point.y) + " "
            }
            switch header.type {
            case CAIRO_PATH_MOVE_TO: text += "m "
            case CAIRO_PATH_LINE_TO: text += "l "
            case CAIRO_PATH_CURVE_TO: text += "c "
            default: text += "h\n"
            }
            index += max(1, Int(header.length))
        }
        return text + "f\n"
    }

    private static func point(_ x: Double, _ y: Double) -> String { "\(shortDecimal(x)) \(shortDecimal(y))" }
}
