extension StampPlace {
    /// Kept in the file's private data, so that the stamp finds the signature block long after the drawing.
    var pieceInfo: PDFValue {
        .dictionary(["StampPage": .integer(page), "StampX": .real(x), "StampY": .real(y)])
    }

    init?(pieceInfo: PDFDictionary) {
        guard let page = pieceInfo["StampPage"]?.integer, let x = pieceInfo["StampX"]?.number,
            let y = pieceInfo["StampY"]?.number
        else { return nil }
        self.init(page: page, x: x, y: y)
    }

    /// Where a document drawn by us wants its stamp: over the date of its last signature block.
    ///
    /// - Returns: nil for a document without one, or drawn by another program.
    /// - Throws: `PDFError`.
    package static func wanted(by pdf: [UInt8]) throws -> StampPlace? {
        let file = try PDFFile(pdf)
        let info = try file.dictionary(file.root)["PieceInfo"]?.dictionary?["Xiezhi"]?.dictionary?["Private"]?
            .dictionary
        return info.flatMap { StampPlace(pieceInfo: $0) }
    }
}
