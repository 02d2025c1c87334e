/// What a form sent: fields in the order they came, a name perhaps several times.
package struct Form: Hashable, Sendable {
    package let pairs: [(name: String, value: String)]

    package static let maximumFields = 400
    package static let maximumNameBytes = 100

    package init(pairs: [(name: String, value: String)] = []) { self.pairs = pairs }

    package init(_ fields: KeyValuePairs<String, String>) { pairs = fields.map { ($0.key, $0.value) } }

    /// Decodes `application/x-www-form-urlencoded`.
    ///
    /// - Throws: `Malformed` for broken escapes, text that is not UTF-8, or more fields than any form of ours has.
    package init(urlEncoded body: some Sequence<UInt8>, maximumFields: Int = Form.maximumFields) throws {
        guard let pairs = Self.decoded(Array(body), maximumFields: maximumFields) else {
            throw Malformed(.formUnreadable)
        }
        self.pairs = pairs
    }

    /// The first value of that name, as typed.
    package subscript(_ name: String) -> String? { pairs.first { $0.name == name }?.value }

    package func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    package func has(_ name: String) -> Bool { pairs.contains { $0.name == name } }

    /// The same fields with this one set once.
    package func setting(_ name: String, to value: String) -> Form {
        Form(pairs: pairs.filter { $0.name != name } + [(name, value)])
    }

    /// What may be shown again to the person who typed it: no secrets, nothing of our own.
    package var repeatable: Form {
        Form(pairs: pairs.filter { !$0.name.hasPrefix("_") && !Self.secret($0.name) })
    }

    private static func secret(_ name: String) -> Bool {
        let name = name.lowercased()
        return name.contains("password") || name.contains("passphrase") || name == "code" || name.hasSuffix("-code")
    }

    static func decoded(_ bytes: [UInt8], maximumFields: Int) -> [(name: String, value: String)]? {
        var pairs: [(name: String, value: String)] = []
        for piece in bytes.split(separator: UInt8(ascii: "&")) {
            guard pairs.count < maximumFields else { return nil }
            let equals = piece.firstIndex(of: UInt8(ascii: "=")) ?? piece.endIndex
            guard equals - piece.startIndex <= maximumNameBytes * 3, let name = unescaped(piece[..<equals]),
                name.utf8.count <= maximumNameBytes, let value = unescaped(piece[equals...].dropFirst())
            else { return nil }
            pairs.append((name, value))
        }
        return pairs
    }

    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String? {
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: "+"): plain.append(0x20)
            case UInt8(ascii: "%"):
                guard index + 2 < bytes.endIndex, let high = nibble(bytes[index + 1]),
                    let low = nibble(bytes[index + 2])
                else { return nil }
                plain.append(high << 4 | low)
                index += 2
            default: plain.append(bytes[index])
            }
            index += 1
        }
        return String(validating: plain, as: UTF8.self)
    }

    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    package static func == (a: Form, b: Form) -> Bool { a.pairs.elementsEqual(b.pairs) { $0 == $1 } }

    package func hash(into hasher: inout Hasher) {
        for (name, value) in pairs {
            hasher.combine(name)
            hasher.combine(value)
        }
    }
}
