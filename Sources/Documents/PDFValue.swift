/// A value of the PDF language, as far as reading and extending a file needs it (ISO 32000-1, 7.3).
indirect enum PDFValue: Hashable {
    case null
    case boolean(Bool)
    /// As it was written, so that it is written again unchanged.
    case number(String)
    case name(String)
    case string([UInt8])
    case array([PDFValue])
    case dictionary(PDFDictionary)
    case reference(Int)

    static func integer(_ value: Int) -> PDFValue { .number(String(value)) }

    /// A number in points with two digits after the point.
    static func real(_ value: Double) -> PDFValue { .number(shortDecimal(value)) }

    /// Text for people, in UTF-16 with its mark.
    static func text(_ text: String) -> PDFValue {
        .string([0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })
    }

    var number: Double? { if case .number(let text) = self { Double(text) } else { nil } }
    var integer: Int? { if case .number(let text) = self { Int(text) } else { nil } }
    var array: [PDFValue]? { if case .array(let values) = self { values } else { nil } }
    var dictionary: PDFDictionary? { if case .dictionary(let entries) = self { entries } else { nil } }
    var reference: Int? { if case .reference(let number) = self { number } else { nil } }
    var bytes: [UInt8]? { if case .string(let bytes) = self { bytes } else { nil } }

    /// The text of a string: UTF-16 when it says so, else what Latin letters of it there are.
    var text: String? {
        guard let bytes else { return nil }
        guard bytes.starts(with: [0xFE, 0xFF]) else { return String(bytes.map { Character(Unicode.Scalar($0)) }) }
        let units = stride(from: 2, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        return String(decoding: units, as: UTF16.self)
    }

    var written: String {
        switch self {
        case .null: "null"
        case .boolean(let value): value ? "true" : "false"
        case .number(let text): text
        case .name(let name): "/" + name
        case .string(let bytes): "<" + hexadecimal(bytes) + ">"
        case .array(let values): "[" + values.map(\.written).joined(separator: " ") + "]"
        case .dictionary(let entries): entries.written
        case .reference(let number): "\(number) 0 R"
        }
    }
}

/// Entries in the order they were written, so that an update changes nothing it does not mean to.
struct PDFDictionary: Hashable, ExpressibleByDictionaryLiteral {
    private(set) var entries: [(key: String, value: PDFValue)]

    init(dictionaryLiteral elements: (String, PDFValue)...) { entries = elements.map { ($0.0, $0.1) } }

    subscript(key: String) -> PDFValue? {
        get { entries.first { $0.key == key }?.value }
        set {
            let index = entries.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): entries[index].value = value
            case (let index?, nil): entries.remove(at: index)
            case (nil, let value?): entries.append((key, value))
            case (nil, nil): break
            }
        }
    }

    var written: String { "<< " + entries.map { "/\($0.key) \($0.value.written)" }.joined(separator: " ") + " >>" }

    static func == (a: Self, b: Self) -> Bool {
        a.entries.elementsEqual(b.entries) { $0.key == $1.key && $0.value == $1.value }
    }

    func hash(into hasher: inout Hasher) {
        for entry in entries {
            hasher.combine(entry.key)
            hasher.combine(entry.value)
        }
    }
}

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}

/// Two digits after the point at most, never an exponent, which PDF does not know.
func shortDecimal(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let sign = hundredths < 0 ? "-" : ""
    let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    guard rest > 0 else { return "\(sign)\(whole)" }
    return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest % 10 == 0 ? rest / 10 : rest)"
}
