/// JSON as it was written: numbers stay text, so that no sum passes through a binary float; names keep their order and
/// occur once.
enum StrictJSON: Hashable, Sendable {
    case object([Member])
    case array([StrictJSON])
    case string(String)
    /// The literal, such as `68500.55`.
    case number(String)
    case bool(Bool)
    case null

    struct Member: Hashable, Sendable {
        let name: String
        let value: StrictJSON
    }

    struct Malformed: Error {}

    /// - Throws: `Malformed` for anything that is not one JSON text in UTF-8, for a name that occurs twice, and for
    ///   nesting beyond eight levels.
    init(parsing bytes: some Collection<UInt8>) throws(Malformed) {
        guard let text = String(validating: Array(bytes), as: UTF8.self) else { throw Malformed() }
        var reader = Reader(text: Array(text.unicodeScalars))
        self = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.isAtEnd else { throw Malformed() }
    }

    var text: String {
        switch self {
        case .object(let members):
            "{" + members.map { "\(StrictJSON.quoted($0.name)):\($0.value.text)" }.joined(separator: ",") + "}"
        case .array(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
        case .string(let string): StrictJSON.quoted(string)
        case .number(let literal): literal
        case .bool(let bool): bool ? "true" : "false"
        case .null: "null"
        }
    }

    private static func quoted(_ string: String) -> String {
        var text = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}

extension StrictJSON: ExpressibleByDictionaryLiteral, ExpressibleByStringLiteral {
    init(dictionaryLiteral elements: (String, StrictJSON)...) {
        self = .object(elements.map { Member(name: $0.0, value: $0.1) })
    }

    init(stringLiteral value: String) { self = .string(value) }
}

extension StrictJSON {
    fileprivate struct Reader {
        let text: [Unicode.Scalar]
        var position = 0

        init(text: [Unicode.Scalar]) { self.text = text }

        var isAtEnd: Bool { position == text.count }
        private var next: Unicode.Scalar? { isAtEnd ? nil : text[position] }

        mutating func skipSpace() {
            while let scalar = next, [" ", "\t", "\n", "\r"].contains(scalar) { position += 1 }
        }

        private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
            guard next == scalar else { return false }
            position += 1
            return true
        }

        mutating func value(depth: Int) throws(Malformed) -> StrictJSON {
            guard depth < 8 else { throw Malformed() }
            skipSpace()
            switch next {
            case "{": return try object(depth: depth)
            case "[": return try array(depth: depth)
            case "\"": return .string(try string())
            case "t": return try word("true", .bool(true))
            case "f": return try word("false", .bool(false))
            case "n": return try word("null", .null)
            default: return .number(try number())
            }
        }

        private mutating func word(_ word: String, _ value: StrictJSON) throws(Malformed) -> StrictJSON {
            for scalar in word.unicodeScalars {
                guard take(scalar) else { throw Malformed() }
            }
            return value
        }

        private mutating func object(depth: Int) throws(Malformed) -> StrictJSON {
            position += 1
            var members: [Member] = []
            var names: Set<String> = []
            skipSpace()
            if take("}") { return .object([]) }
            repeat {
                skipSpace()
                guard next == "\"" else { throw Malformed() }
                let name = try string()
                skipSpace()
                guard names.insert(name).inserted, take(":") else { throw Malformed() }
                members.append(Member(name: name, value: try value(depth: depth + 1)))
                skipSpace()
            } while take(",")
            guard take("}") else { throw Malformed() }
            return .object(members)
        }

        private mutating func array(depth: Int) throws(Malformed) -> StrictJSON {
            position += 1
            var values: [StrictJSON] = []
            skipSpace()
            if take("]") { return .array([]) }
            repeat {
                values.append(try value(depth: depth + 1))
                skipSpace()
            } while take(",")
            guard take("]") else { throw Malformed() }
            return .array(values)
        }

        private mutating func number() throws(Malformed) -> String {
            let start = position
            _ = take("-")
            if take("0") {
                if let scalar = next, scalar.isDigit { throw Malformed() }
            } else {
                try digits()
            }
            if take(".") { try digits() }
            if take("e") || take("E") {
                if !take("+") { _ = take("-") }
                try digits()
            }
            var literal = String.UnicodeScalarView()
            literal.append(contentsOf: text[start..<position])
            return String(literal)
        }

        private mutating func digits() throws(Malformed) {
            guard let scalar = next, scalar.isDigit else { throw Malformed() }
            while let scalar = next, scalar.isDigit { position += 1 }
        }

        private mutating func string() throws(Malformed) -> String {
            position += 1
            var string = String.UnicodeScalarView()
            while let scalar = next {
                position += 1
                switch scalar {
                case "\"": return String(string)
                case "\\": string.append(try escape())
                case _ where scalar.value < 0x20: throw Malformed()
                default: string.append(scalar)
                }
            }
            throw Malformed()
        }

        private mutating func escape() throws(Malformed) -> Unicode.Scalar {
            guard let scalar = next else { throw Malformed() }
            position += 1
            switch scalar {
            case "\"", "\\", "/": return scalar
            case "b": return "\u{08}"
            case "f": return "\u{0C}"
            case "n": return "\n"
            case "r": return "\r"
            case "t": return "\t"
            case "u":
                let unit = try hex()
                guard (0xD800...0xDBFF).contains(unit) else {
                    guard let scalar = Unicode.Scalar(unit) else { throw Malformed() }
                    return scalar
                }
                guard take("\\"), take("u") else { throw Malformed() }
                let low = try hex()
                guard (0xDC00...0xDFFF).contains(low),
                    let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
                else { throw Malformed() }
                return scalar
            default: throw Malformed()
            }
        }

        private mutating func hex() throws(Malformed) -> UInt32 {
            var value: UInt32 = 0
            for _ in 0..<4 {
                guard let digit = next.flatMap({ Character($0).hexDigitValue }), next?.isASCII == true else {
                    throw Malformed()
                }
                position += 1
                value = value << 4 | UInt32(digit)
            }
            return value
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { (0x30...0x39).contains(value) }
}
