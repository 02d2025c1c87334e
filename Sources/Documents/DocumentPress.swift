import Foundation
import Procedure
import Storage

/// Draws a legal document once and stores its forms: the PDF first, which signatures bind, then the HTML view.
package struct DocumentPress: Sendable {
    private let files: FileStore
    private let drawing: PDFDrawing
    private let stamp: CourtStamp

    package init(files: FileStore, drawing: PDFDrawing, stamp: CourtStamp) {
        self.files = files
        self.drawing = drawing
        self.stamp = stamp
    }

    /// A drawn document: durable bytes, not yet named by any act.
    package struct Pressed: Sendable {
        package let reference: DocumentReference
        fileprivate let stored: [StoredFile]
    }

    /// - Parameters:
    ///   - stamped: with the court's stamp, a PAdES signature over the whole PDF.
    ///   - drawnAt: printed nowhere but kept in the file, so that the same call gives the same bytes.
    /// - Throws: `DrawingError.missingGlyph` when a font lacks a character: such a document is never signed.
    package func press(
        _ document: LegalDocument, _ kind: DocumentKind, in docket: DocketID, _ volume: Volume = .main,
        drawnAt: Instant, stamped: Bool
    ) async throws -> Pressed {
        let (drawing, stamp) = (drawing, stamp)
        let pdf = try await Disk.blocking {
            let plain = try drawing.draw(document, at: drawnAt)
            return stamped ? try stamp.stamp(pdf: plain, reason: document.title, at: drawnAt) : plain
        }
        let name = document.title.filter { !$0.isWhitespace }
        let files = [
            try await files.put(pdf, in: docket, volume, name: "\(name).pdf", mediaType: .pdf),
            try await files.put(
                Array(HTMLDrawing.page(document).utf8), in: docket, volume, name: "\(name).html", mediaType: .html),
        ]
        let reference = DocumentReference(
            document: .random(), kind: kind, files: try files.map { try $0.reference })
        return Pressed(reference: reference, stored: files)
    }

    /// Enters the bytes in the catalogue, in the transaction whose act names them.
    package func record(_ pressed: Pressed, at instant: Instant, in transaction: Transaction) throws {
        for file in pressed.stored { try files.record(file, at: instant, in: transaction) }
    }
}

extension StoredFile {
    /// The file as acts name it.
    package var reference: FileReference {
        get throws {
            guard let digest = ContentDigest(bytes: sha256) else { throw DrawingError.unreadableDigest }
            return FileReference(
                file: id, digest: digest, bytes: Int(size), mediaType: mediaType.rawValue, name: name)
        }
    }
}
