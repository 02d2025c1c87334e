/// Reads PDF values from bytes. Bounded in depth, so that a hostile file is an error and never a crash.
struct PDFParser {
    private let bytes: [UInt8]
    private(set) var position: Int
    private static let deepest = 64

    init(_ bytes: [UInt8], at position: Int) {
        self.bytes = bytes
        self.position = position
    }

    mutating func value(depth: Int = 0) throws -> PDFValue {
        guard depth < Self.deepest else { throw PDFError.malformed(at: position) }
        skipSpace()
        switch try peek() {
        case UInt8(ascii: "/"): return .name(try name())
        case UInt8(ascii: "("): return .string(try literalString())
        case UInt8(ascii: "["):
            position += 1
            var values: [PDFValue] = []
            while try !takes("]") { values.append(try value(depth: depth + 1)) }
            return .array(values)
        case UInt8(ascii: "<"):
            guard try takes("<<") else { return .string(try hexadecimalString()) }
            var entries: PDFDictionary = [:]
            while try !takes(">>") {
                guard try peek() == UInt8(ascii: "/") else { throw PDFError.malformed(at: position) }
                let key = try name()
                entries[key] = try value(depth: depth + 1)
            }
            return .dictionary(entries)
        default: return try word()
        }
    }

    /// Whether the next thing is this text, which is then behind us.
    mutating func takes(_ text: String) throws -> Bool {
        skipSpace()
        guard position < bytes.count else { throw PDFError.malformed(at: position) }
        guard bytes[position...].starts(with: text.utf8) else { return false }
        position += text.utf8.count
        return true
    }

    mutating func take(_ text: String) throws {
        guard try takes(text) else { throw PDFError.malformed(at: position) }
    }

    mutating func integer() throws -> Int {
        skipSpace()
        let start = position
        var value = 0
        while position < bytes.count, (48...57).contains(bytes[position]), position - start < 15 {
            value = value * 10 + Int(bytes[position] - 48)
            position += 1
        }
        guard position > start else { throw PDFError.malformed(at: start) }
        return value
    }

    private func peek() throws -> UInt8 {
        guard position < bytes.count else { throw PDFError.malformed(at: position) }
        return bytes[position]
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "%") {
                while position < bytes.count, bytes[position] != 10, bytes[position] != 13 { position += 1 }
            } else if isSpace(bytes[position]) {
                position += 1
            } else {
                return
            }
        }
    }

    private mutating func regular() -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.count, !isSpace(bytes[position]), !isDelimiter(bytes[position]) { position += 1 }
        return bytes[start..<position]
    }

    private mutating func name() throws -> String {
        position += 1
        return String(decoding: regular(), as: UTF8.self)
    }

    private mutating func word() throws -> PDFValue {
        let start = position
        let text = String(decoding: regular(), as: UTF8.self)
        switch text {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "null": return .null
        default: break
        }
        guard Double(text) != nil else { throw PDFError.malformed(at: start) }
        // "12 0 R" begins like a number.
        if let number = Int(text), number >= 0 {
            var ahead = self
            if (try? ahead.integer()) == 0, (try? ahead.takes("R")) == true {
                self = ahead
                return .reference(number)
            }
        }
        return .number(text)
    }

    private mutating func hexadecimalString() throws -> [UInt8] {
        position += 1
        var digits: [UInt8] = []
        while try peek() != UInt8(ascii: ">") {
            let character = bytes[position]
            position += 1
            if isSpace(character) { continue }
            guard let digit = Character(Unicode.Scalar(character)).hexDigitValue else {
                throw PDFError.malformed(at: position - 1)
            }
            digits.append(UInt8(digit))
        }
        position += 1
        if digits.count % 2 == 1 { digits.append(0) }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    private mutating func literalString() throws -> [UInt8] {
        position += 1
        var text: [UInt8] = []
        var open = 1
        while true {
            let character = try peek()
            position += 1
            switch character {
            case UInt8(ascii: "("): open += 1
            case UInt8(ascii: ")"):
                open -= 1
                if open == 0 { return text }
            case UInt8(ascii: "\\"):
                if let escaped = try escape() { text.append(escaped) }
                continue
            default: break
            }
            text.append(character)
        }
    }

    private mutating func escape() throws -> UInt8? {
        let character = try peek()
        position += 1
        switch character {
        case UInt8(ascii: "n"): return 10
        case UInt8(ascii: "r"): return 13
        case UInt8(ascii: "t"): return 9
        case UInt8(ascii: "b"): return 8
        case UInt8(ascii: "f"): return 12
        case 10: return nil
        case 13:
            if try peek() == 10 { position += 1 }
            return nil
        case 48...55:
            var value = Int(character - 48)
            for _ in 0..<2 {
                guard (48...55).contains(try peek()) else { break }
                value = value * 8 + Int(bytes[position] - 48)
                position += 1
            }
            return UInt8(truncatingIfNeeded: value)
        default: return character
        }
    }
}

private func isSpace(_ byte: UInt8) -> Bool { [0, 9, 10, 12, 13, 32].contains(byte) }
private func isDelimiter(_ byte: UInt8) -> Bool { "()<>[]{}/%".utf8.contains(byte) }
