/// Reads JSON strictly: no duplicate keys, no fractions, whole numbers within range, bounded depth, nothing after it.
package enum JSONReader {
    package static let deepest = 64

    /// What becomes of a number with a decimal point. No sum ever passes through a binary float.
    package enum Decimals: Hashable, Sendable {
        case refused
        /// `72.0` says 72 and is read so, as JSON Schema has it; anything else behind the point is refused.
        case whole
        /// Read as the text it was written as, and so is a number with an exponent or beyond the range of whole ones: a
        /// description that leaves a field open allows every number, and who reads the field says what it takes.
        case asText
    }

    package static func read(
        _ bytes: some Collection<UInt8>, decimals: Decimals = .refused
    ) throws(JSONFailure) -> JSONValue {
        var reader = Reader(bytes: Array(bytes), decimals: decimals)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.position == reader.bytes.count else { throw .malformed(offset: reader.position) }
        return value
    }

    private struct Reader {
        let bytes: [UInt8]
        let decimals: Decimals
        var position = 0

        mutating func skipSpace() {
            while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
        }

        func peek() throws(JSONFailure) -> UInt8 {
            guard position < bytes.count else { throw .malformed(offset: position) }
            return bytes[position]
        }

        mutating func expect(_ text: StaticString) throws(JSONFailure) {
            for index in 0..<text.utf8CodeUnitCount {
                guard position < bytes.count, bytes[position] == text.utf8Start[index] else {
                    throw .malformed(offset: position)
                }
                position += 1
            }
        }

        mutating func value(depth: Int) throws(JSONFailure) -> JSONValue {
            guard depth <= JSONReader.deepest else { throw .tooDeep }
            skipSpace()
            switch try peek() {
            case UInt8(ascii: "{"): return try object(depth: depth)
            case UInt8(ascii: "["): return try array(depth: depth)
            case UInt8(ascii: "\""): return .text(try text())
            case UInt8(ascii: "t"):
                try expect("true")
                return .bool(true)
            case UInt8(ascii: "f"):
                try expect("false")
                return .bool(false)
            case UInt8(ascii: "n"):
                try expect("null")
                return .null
            default: return try number()
            }
        }

        mutating func object(depth: Int) throws(JSONFailure) -> JSONValue {
            position += 1
            var members: [String: JSONValue] = [:]
            skipSpace()
            if try peek() == UInt8(ascii: "}") {
                position += 1
                return .object(members)
            }
            while true {
                skipSpace()
                guard try peek() == UInt8(ascii: "\"") else { throw .malformed(offset: position) }
                let key = try text()
                skipSpace()
                try expect(":")
                let member = try value(depth: depth + 1)
                guard members.updateValue(member, forKey: key) == nil else { throw .duplicateKey(key) }
                skipSpace()
                let next = try peek()
                position += 1
                if next == UInt8(ascii: "}") { return .object(members) }
                guard next == UInt8(ascii: ",") else { throw .malformed(offset: position - 1) }
            }
        }

        mutating func array(depth: Int) throws(JSONFailure) -> JSONValue {
            position += 1
            var elements: [JSONValue] = []
            skipSpace()
            if try peek() == UInt8(ascii: "]") {
                position += 1
                return .array(elements)
            }
            while true {
                elements.append(try value(depth: depth + 1))
                skipSpace()
                let next = try peek()
                position += 1
                if next == UInt8(ascii: "]") { return .array(elements) }
                guard next == UInt8(ascii: ",") else { throw .malformed(offset: position - 1) }
            }
        }

        mutating func number() throws(JSONFailure) -> JSONValue {
            let start = position
            if try peek() == UInt8(ascii: "-") { position += 1 }
            let digits = position
            skipDigits()
            guard position > digits, bytes[digits] != 48 || position == digits + 1 else {
                throw .malformed(offset: start)
            }
            if decimals == .asText { return try asWritten(from: start) }
            if position < bytes.count, bytes[position] == UInt8(ascii: ".") { return try decimal(from: start) }
            try refuseExponent()
            return .integer(try whole(bytes[start..<position]))
        }

        /// From the end of the whole digits on.
        mutating func asWritten(from start: Int) throws(JSONFailure) -> JSONValue {
            if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
                position += 1
                try expectDigits()
            }
            if position < bytes.count, [UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[position]) {
                position += 1
                if [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(try peek()) { position += 1 }
                try expectDigits()
            }
            let written = String(decoding: bytes[start..<position], as: UTF8.self)
            guard let value = Int64(written), value.magnitude <= JSONValue.largestInteger else { return .text(written) }
            return .integer(value)
        }

        mutating func expectDigits() throws(JSONFailure) {
            let first = position
            skipDigits()
            guard position > first else { throw .malformed(offset: position) }
        }

        /// From the decimal point on.
        mutating func decimal(from start: Int) throws(JSONFailure) -> JSONValue {
            guard decimals == .whole else { throw .fraction }
            let point = position
            position += 1
            try expectDigits()
            try refuseExponent()
            guard bytes[point + 1..<position].allSatisfy({ $0 == UInt8(ascii: "0") }) else { throw .fraction }
            return .integer(try whole(bytes[start..<point]))
        }

        func whole(_ digits: ArraySlice<UInt8>) throws(JSONFailure) -> Int64 {
            guard let value = Int64(String(decoding: digits, as: UTF8.self)),
                value.magnitude <= JSONValue.largestInteger
            else { throw .integerOutOfRange }
            return value
        }

        mutating func skipDigits() {
            while position < bytes.count, (48...57).contains(bytes[position]) { position += 1 }
        }

        func refuseExponent() throws(JSONFailure) {
            guard position < bytes.count else { return }
            if [UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[position]) { throw .fraction }
        }

        mutating func text() throws(JSONFailure) -> String {
            position += 1
            var content: [UInt8] = []
            while true {
                let byte = try peek()
                position += 1
                switch byte {
                case UInt8(ascii: "\""):
                    guard let text = String(validating: content, as: UTF8.self) else {
                        throw .malformed(offset: position)
                    }
                    return text
                case UInt8(ascii: "\\"): content += Array(try escape().utf8)
                case 0..<0x20: throw .malformed(offset: position - 1)
                default: content.append(byte)
                }
            }
        }

        mutating func escape() throws(JSONFailure) -> String {
            let byte = try peek()
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return "\""
            case UInt8(ascii: "\\"): return "\\"
            case UInt8(ascii: "/"): return "/"
            case UInt8(ascii: "b"): return "\u{8}"
            case UInt8(ascii: "t"): return "\t"
            case UInt8(ascii: "n"): return "\n"
            case UInt8(ascii: "f"): return "\u{C}"
            case UInt8(ascii: "r"): return "\r"
            case UInt8(ascii: "u"):
                let unit = try codeUnit()
                if let scalar = Unicode.Scalar(unit) { return String(Character(scalar)) }
                // A high surrogate must be followed by its low one; a lone one is no text.
                guard (0xD800..<0xDC00).contains(unit) else { throw .malformed(offset: position) }
                try expect("\\u")
                let low = try codeUnit()
                guard (0xDC00..<0xE000).contains(low),
                    let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
                else { throw .malformed(offset: position) }
                return String(Character(scalar))
            default: throw .malformed(offset: position - 1)
            }
        }

        mutating func codeUnit() throws(JSONFailure) -> UInt16 {
            guard position + 4 <= bytes.count,
                let unit = UInt16(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16),
                bytes[position] != UInt8(ascii: "+"), bytes[position] != UInt8(ascii: "-")
            else { throw .malformed(offset: position) }
            position += 4
            return unit
        }
    }
}
