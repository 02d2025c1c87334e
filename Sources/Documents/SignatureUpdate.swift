import Procedure

/// An incremental update that holds a signature over everything around it.
struct SignatureUpdate {
    /// Room for a P-256 signature with four certificates; what is not used stays zero.
    static let signatureBytes = 8_192
    private static let range = "[0000000000 0000000000 0000000000 0000000000]"

    private let file: PDFFile
    private var update: PDFUpdate
    /// Where the signature's dictionary begins.
    private var dictionaryStart = 0

    init(of pdf: [UInt8]) throws {
        file = try PDFFile(pdf)
        update = PDFUpdate(of: file)
    }

    mutating func add(
        name: String, reason: String, at signedAt: Instant, seal: (place: StampPlace, outline: CourtSeal)?
    ) throws {
        let pages = try file.pages()
        let page = (seal?.place.page ?? 1) - 1
        guard pages.indices.contains(page) else { throw PDFError.noSuchPage(page + 1) }
        var catalog = try file.dictionary(file.root)
        var form = try file.resolved(catalog["AcroForm"])?.dictionary ?? [:]
        var fields = try file.resolved(form["Fields"])?.array ?? []

        let signature = update.newNumber()
        var widget: PDFDictionary = [
            "Type": .name("Annot"), "Subtype": .name("Widget"), "FT": .name("Sig"),
            "T": .text("CourtStamp\(fields.count + 1)"), "TU": .text("电子印章：\(name)"), "V": .reference(signature),
            // Printed, and never to be moved or changed.
            "F": .integer(132), "P": .reference(pages[page]),
        ]
        if let seal {
            let (x, y, r) = (seal.place.x, seal.place.y, CourtSeal.extent)
            widget["Rect"] = .array([.real(x - r), .real(y - r), .real(x + r), .real(y + r)])
            widget["AP"] = .dictionary(["N": .reference(seal.outline.add(to: &update))])
        } else {
            widget["Rect"] = .array([.integer(0), .integer(0), .integer(0), .integer(0)])
        }
        let field = update.add(.dictionary(widget))
        dictionaryStart = update.write(
            signature,
            Array(
                """
                << /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (\(signedAt.inPDF)) \
                /Name \(PDFValue.text(name).written) /Reason \(PDFValue.text(reason).written) /ByteRange \(Self.range) \
                /Contents <\(String(repeating: "0", count: Self.signatureBytes * 2))> >>
                """.utf8))

        fields.append(.reference(field))
        form["Fields"] = .array(fields)
        // Signatures exist, and only appending keeps them.
        form["SigFlags"] = .integer(3)
        catalog["AcroForm"] = .dictionary(form)
        update.replace(file.root, with: .dictionary(catalog))
        var pageEntries = try file.dictionary(pages[page])
        pageEntries["Annots"] = .array((try file.resolved(pageEntries["Annots"])?.array ?? []) + [.reference(field)])
        update.replace(pages[page], with: .dictionary(pageEntries))
    }

    /// - Parameter sign: returns the CMS signature over the bytes it gets.
    consuming func finish(_ sign: ([UInt8]) throws -> [UInt8]) throws -> [UInt8] {
        var bytes = try update.finish()
        guard
            let range = bytes[dictionaryStart...].firstRange(of: Array(Self.range.utf8)),
            let hole = bytes[range.upperBound...].firstRange(of: Array("/Contents <".utf8))
        else { throw PDFError.malformed(at: dictionaryStart) }
        // The hole includes its angle brackets.
        let start = hole.upperBound - 1
        let end = start + Self.signatureBytes * 2 + 2
        let numbers = [0, start, end, bytes.count - end].map { number in
            let digits = String(number)
            return String(repeating: "0", count: 10 - digits.count) + digits
        }
        bytes.replaceSubrange(range, with: Array("[\(numbers.joined(separator: " "))]".utf8))
        let signature = try sign(Array(bytes[..<start] + bytes[end...]))
        guard signature.count <= Self.signatureBytes else {
            throw PDFError.unsupported("a signature of \(signature.count) bytes")
        }
        let digits = Array(hexadecimal(signature).utf8)
        bytes.replaceSubrange(start + 1..<start + 1 + digits.count, with: digits)
        return bytes
    }
}
