/// A JSON value as act bodies use it: no fractions, whole numbers within ±(2^53 − 1), strings as they came.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case text(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The largest whole number every JSON reader keeps exactly.
    package static let largestInteger: Int64 = (1 << 53) - 1
}

/// Why bytes or a value are not canonical JSON.
package enum JSONFailure: Error, Hashable, Sendable {
    case fraction
    case integerOutOfRange
    case duplicateKey(String)
    case tooDeep
    case malformed(offset: Int)
}

/// Writes canonical JSON (RFC 8785): keys by their UTF-16 code units, no space, the shortest escapes.
package enum CanonicalJSON {
    package static func bytes(_ value: JSONValue) throws(JSONFailure) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(256)
        try write(value, to: &output)
        return output
    }

    package static func text(_ value: JSONValue) throws(JSONFailure) -> String {
        String(decoding: try bytes(value), as: UTF8.self)
    }

    static func write(_ value: JSONValue, to output: inout [UInt8]) throws(JSONFailure) {
        switch value {
        case .null: output += "null".utf8
        case .bool(let bool): output += bool ? "true".utf8 : "false".utf8
        case .integer(let integer):
            guard integer.magnitude <= JSONValue.largestInteger else { throw .integerOutOfRange }
            output += String(integer).utf8
        case .text(let text): write(text, to: &output)
        case .array(let array):
            output.append(UInt8(ascii: "["))
            var first = true
            for element in array {
                if !first { output.append(UInt8(ascii: ",")) }
                first = false
                try write(element, to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object(let object):
            output.append(UInt8(ascii: "{"))
            var first = true
            for (key, member) in object.sorted(by: { precedes($0.key, $1.key) }) {
                if !first { output.append(UInt8(ascii: ",")) }
                first = false
                write(key, to: &output)
                output.append(UInt8(ascii: ":"))
                try write(member, to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }

    /// Order by UTF-16 code units, which is not the order of Unicode scalars beyond the basic plane.
    static func precedes(_ a: String, _ b: String) -> Bool {
        // Within the basic plane the bytes of UTF-8 have the same order, and are at hand.
        let isBasic = !a.utf8.contains { $0 >= 0xF0 } && !b.utf8.contains { $0 >= 0xF0 }
        return isBasic ? a.utf8.lexicographicallyPrecedes(b.utf8) : a.utf16.lexicographicallyPrecedes(b.utf16)
    }

    private static let hex = Array("0123456789abcdef".utf8)

    static func write(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { write($0, to: &output) }
        output.append(UInt8(ascii: "\""))
    }

    private static func write(_ text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        // Most texts have nothing to escape.
        guard text.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) else {
            output.append(contentsOf: text)
            return
        }
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""): output += [UInt8(ascii: "\\"), UInt8(ascii: "\"")]
            case UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), UInt8(ascii: "\\")]
            case 0x08: output += [UInt8(ascii: "\\"), UInt8(ascii: "b")]
            case 0x09: output += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
            case 0x0A: output += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case 0x0C: output += [UInt8(ascii: "\\"), UInt8(ascii: "f")]
            case 0x0D: output += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
            case 0..<0x20:
                output += "\\u00".utf8
                output += [hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            default: output.append(byte)
            }
        }
    }
}
