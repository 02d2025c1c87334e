/// Base64 with the standard alphabet and padding; one spelling per value.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()
    private static let pad = UInt8(ascii: "=")

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            bits <<= UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                let value = Int(bits >> UInt32(18 - 6 * place) & 63)
                text.append(place <= group.count ? alphabet[value] : pad)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// - Returns: nil for white space, missing padding, or padding bits that are not zero.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        let text = Array(text)
        guard text.count.isMultiple(of: 4) else { return nil }
        let padding = text.reversed().prefix(2).prefix { $0 == pad }.count
        let digits = text.dropLast(padding)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var bits: UInt32 = 0
        var held = 0
        for character in digits {
            let value = values[Int(character)]
            guard value < 64 else { return nil }
            bits = bits << 6 | UInt32(value)
            held += 6
            if held >= 8 {
                held -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
                bits &= (1 << UInt32(held)) - 1
            }
        }
        // What is left over must be zero, or two texts would mean the same bytes.
        guard bits == 0 else { return nil }
        return bytes
    }

    static func decode(_ text: String) -> [UInt8]? { decode(text.utf8) }
}

enum Hex {
    private static let digits = Array("0123456789abcdef".utf8)

    static func encode(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(2 * bytes.count)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

enum Decimal {
    static let most = UInt64(Int64.max)

    /// - Returns: nil for a sign, a leading zero, anything but ASCII digits, or more than 63 bits.
    static func parse(_ text: some Collection<UInt8>) -> UInt64? {
        guard let first = text.first, text.count <= 19 else { return nil }
        if first == UInt8(ascii: "0") && text.count > 1 { return nil }
        var value: UInt64 = 0
        for digit in text {
            guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
            // 19 digits stay below 2^64, so this cannot overflow.
            value = value * 10 + UInt64(digit - UInt8(ascii: "0"))
        }
        return value <= most ? value : nil
    }
}

/// Takes lines off the front of some bytes; every line must end in LF.
///
/// Works on bytes because Swift reads CR LF as one character and would hide it.
struct Lines {
    static let lineFeed = UInt8(ascii: "\n")
    private(set) var rest: ArraySlice<UInt8>
    /// Number of the line taken last, counted from 1.
    private(set) var number = 0

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// - Returns: the next line without its LF; nil when nothing is left or the last line does not end in LF.
    mutating func next() -> ArraySlice<UInt8>? {
        guard let end = rest.firstIndex(of: Lines.lineFeed) else { return nil }
        let line = rest[rest.startIndex..<end]
        rest = rest[(end + 1)...]
        number += 1
        return line
    }

    func startsWith(_ prefix: String) -> Bool { rest.starts(with: prefix.utf8) }
}

extension Collection<UInt8> {
    func starts(withText text: String) -> Bool { starts(with: text.utf8) }

    func equals(_ text: String) -> Bool { elementsEqual(text.utf8) }
}
