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
}
