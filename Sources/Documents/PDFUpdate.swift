import Procedure

/// An incremental update (ISO 32000-1, 7.5.6): objects appended to a file whose bytes stay as they are.
struct PDFUpdate {
    private let file: PDFFile
    private(set) var bytes: [UInt8]
    private var offsets: [Int: Int] = [:]
    private var nextNumber: Int

    init(of file: PDFFile) {
        self.file = file
        bytes = file.bytes
        if bytes.last != 10 { bytes.append(10) }
        nextNumber = file.size
    }

    mutating func newNumber() -> Int {
        defer { nextNumber += 1 }
        return nextNumber
    }

    mutating func replace(_ number: Int, with value: PDFValue) { write(number, Array(value.written.utf8)) }

    mutating func add(_ value: PDFValue) -> Int {
        let number = newNumber()
        replace(number, with: value)
        return number
    }

    mutating func add(stream: [UInt8], _ dictionary: PDFDictionary) -> Int {
        var dictionary = dictionary
        dictionary["Length"] = .integer(stream.count)
        let number = newNumber()
        write(number, Array("\(dictionary.written)\nstream\n".utf8) + stream + Array("\nendstream".utf8))
        return number
    }

    /// - Returns: where in the file the body begins.
    @discardableResult
    mutating func write(_ number: Int, _ body: [UInt8]) -> Int {
        offsets[number] = bytes.count
        bytes += Array("\(number) 0 obj\n".utf8)
        let start = bytes.count
        bytes += body + Array("\nendobj\n".utf8)
        return start
    }

    /// The whole file with its new cross-reference table.
    ///
    /// - Throws: `LibcryptoError` should SHA-256 be unavailable.
    consuming func finish() throws -> [UInt8] {
        let table = bytes.count
        var text = "xref\n"
        for (number, offset) in offsets.sorted(by: { $0.key < $1.key }) {
            let digits = String(offset)
            text += "\(number) 1\n\(String(repeating: "0", count: 10 - digits.count))\(digits) 00000 n \n"
        }
        // The identifier comes from the content, so that the same content has the same one.
        let now = PDFValue.string(Array(try sha256(bytes).prefix(16)))
        var trailer: PDFDictionary = ["Size": .integer(nextNumber), "Root": .reference(file.root)]
        if let info = file.info { trailer["Info"] = info }
        trailer["ID"] = .array([file.identifier?.array?.first ?? now, now])
        trailer["Prev"] = .integer(file.newestTable)
        text += "trailer\n\(trailer.written)\nstartxref\n\(table)\n%%EOF\n"
        return bytes + Array(text.utf8)
    }
}

extension Instant {
    /// `D:20260305010203Z`, whole seconds in UTC.
    var inPDF: String { "D:" + rawValue.prefix(19).filter(\.isNumber) + "Z" }
}
