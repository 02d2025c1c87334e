/// Why a PDF could not be read or extended.
package enum PDFError: Error, Hashable, Sendable {
    case malformed(at: Int)
    /// Sound perhaps, but written in a way this court does not write: compressed cross-references, encryption.
    case unsupported(String)
    case noSuchPage(Int)
    case noSuchObject(Int)
}

/// A PDF as our own drawing makes them: plain cross-reference tables, updates appended.
struct PDFFile {
    let bytes: [UInt8]
    let root: Int
    let info: PDFValue?
    let identifier: PDFValue?
    /// One more than the highest object number.
    let size: Int
    /// Where the newest cross-reference table begins.
    let newestTable: Int
    private let offsets: [Int: Int]

    /// - Throws: `PDFError`.
    init(_ bytes: [UInt8]) throws {
        self.bytes = bytes
        guard let start = bytes.lastRange(of: "startxref") else { throw PDFError.malformed(at: bytes.count) }
        var parser = PDFParser(bytes, at: start.upperBound)
        newestTable = try parser.integer()

        var offsets: [Int: Int] = [:]
        var trailers: [PDFDictionary] = []
        var next: Int? = newestTable
        var visited: Set<Int> = []
        while let table = next {
            guard table < bytes.count, visited.insert(table).inserted else { throw PDFError.malformed(at: table) }
            let trailer = try Self.readTable(bytes, at: table, into: &offsets)
            trailers.append(trailer)
            next = trailer["Prev"]?.integer
        }
        let newest = trailers[0]
        guard newest["Encrypt"] == nil else { throw PDFError.unsupported("encryption") }
        guard let root = newest["Root"]?.reference, let size = newest["Size"]?.integer, size > 0 else {
            throw PDFError.malformed(at: newestTable)
        }
        self.root = root
        self.size = max(size, (offsets.keys.max() ?? 0) + 1)
        info = newest["Info"]
        identifier = newest["ID"]
        self.offsets = offsets
    }

    func object(_ number: Int) throws -> PDFValue {
        guard let offset = offsets[number], offset < bytes.count else { throw PDFError.noSuchObject(number) }
        var parser = PDFParser(bytes, at: offset)
        guard try parser.integer() == number, try parser.integer() == 0 else { throw PDFError.malformed(at: offset) }
        try parser.take("obj")
        return try parser.value()
    }

    func dictionary(_ number: Int) throws -> PDFDictionary {
        guard let dictionary = try object(number).dictionary else { throw PDFError.noSuchObject(number) }
        return dictionary
    }

    /// The value itself where the file holds a reference to it.
    func resolved(_ value: PDFValue?) throws -> PDFValue? {
        guard case .reference(let number) = value else { return value }
        return try object(number)
    }

    /// The object numbers of the pages, in reading order.
    func pages() throws -> [Int] {
        guard let tree = try dictionary(root)["Pages"]?.reference else { throw PDFError.noSuchObject(root) }
        var pages: [Int] = []
        var visited: Set<Int> = []
        var waiting = [tree]
        while let number = waiting.popLast() {
            guard visited.insert(number).inserted else { throw PDFError.noSuchObject(number) }
            if let kids = try resolved(dictionary(number)["Kids"])?.array {
                waiting += kids.compactMap(\.reference).reversed()
            } else {
                pages.append(number)
            }
        }
        return pages
    }

    /// - Returns: the table's trailer.
    private static func readTable(_ bytes: [UInt8], at table: Int, into offsets: inout [Int: Int]) throws
        -> PDFDictionary
    {
        var parser = PDFParser(bytes, at: table)
        guard try parser.takes("xref") else { throw PDFError.unsupported("cross-reference streams") }
        while try !parser.takes("trailer") {
            let first = try parser.integer()
            let count = try parser.integer()
            for number in first..<first + count {
                let offset = try parser.integer()
                _ = try parser.integer()
                let used = try parser.takes("n")
                if !used { try parser.take("f") }
                // The newest table is read first, and its word counts.
                if used, offsets[number] == nil { offsets[number] = offset }
            }
        }
        guard let trailer = try parser.value().dictionary else { throw PDFError.malformed(at: parser.position) }
        return trailer
    }
}

extension [UInt8] {
    func lastRange(of text: String) -> Range<Int>? {
        let wanted = Array(text.utf8)
        guard count >= wanted.count else { return nil }
        for start in stride(from: count - wanted.count, through: 0, by: -1) where self[start...].starts(with: wanted) {
            return start..<start + wanted.count
        }
        return nil
    }
}
