import Docket
import Procedure

/// What a JSON value of the API looks like: the description says it, and requests are held to it.
///
/// Texts are counted in Unicode scalars, as JSON Schema counts them.
package indirect enum Shape: Hashable, Sendable {
    /// What people typed: no control characters but tabs and the ends of lines.
    case text(ClosedRange<Int>)
    /// Any text the court says.
    case said
    /// An opaque id.
    case id
    case day
    case instant
    /// A day, or an instant where the time of day is known.
    case happened
    /// `sha256:…`
    case digest
    case flag
    case whole(ClosedRange<Int64>)
    case oneOf([String])
    case list(Shape, ClosedRange<Int>)
    /// An object whose keys are ids, names of fields, and the like.
    case map(Shape, atMost: Int)
    case object([Member])
    /// An object that another place describes, such as the input of a fee question.
    case anything
    /// The same, or `null`.
    case orNull(Shape)

    package struct Member: Hashable, Sendable {
        package let name: String
        package let shape: Shape
        package let isRequired: Bool
        /// One sentence; empty where the name says it.
        package let about: String

        package init(_ name: String, _ shape: Shape, isRequired: Bool = true, _ about: String = "") {
            self.name = name
            self.shape = shape
            self.isRequired = isRequired
            self.about = about
        }

        /// A member that may be left out.
        package static func optional(_ name: String, _ shape: Shape, _ about: String = "") -> Member {
            Member(name, shape, isRequired: false, about)
        }
    }

    package static func object(_ members: Member...) -> Shape { .object(members) }
    package static func list(_ shape: Shape, atMost most: Int = 1_000) -> Shape { .list(shape, 0...most) }
    package static func text(atMost most: Int) -> Shape { .text(1...most) }

    package static let count = Shape.whole(0...JSONValue.largestInteger)
    package static let words = Shape.object(Member("zh", .said), Member("en", .said))
    package static let money = Shape.object(Member("amount", .text(1...20)), Member("currency", .text(3...3)))

    package static func choice<Choice: RawRepresentable<String> & CaseIterable>(_: Choice.Type) -> Shape {
        .oneOf(Choice.allCases.map(\.rawValue))
    }

    package static let file = Shape.object(
        Member("file", .id), Member("digest", .digest), Member("bytes", .count), Member("media_type", .said),
        Member("name", .said))
    package static let document = Shape.object(
        Member("document", .id), Member("kind", .choice(DocumentKind.self)), Member("files", .list(.file)))
    package static let signature = Shape.object(
        Member("account", .id), Member("factor", .said), Member("at", .instant), Member("digest", .digest))
}

// MARK: As JSON Schema

extension Shape {
    /// The first digit carries three bits.
    package static let idPattern = "^[0-7][0-9a-hjkmnp-tv-z]{25}$"
    package static let typedPattern = #"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"#
    package static let digestPattern = "^sha256:[0-9a-f]{64}$"

    /// JSON Schema 2020-12, as OpenAPI 3.1 takes it.
    package var schema: JSONValue {
        switch self {
        case .text(let length):
            .object([
                "type": .text("string"), "minLength": .integer(Int64(length.lowerBound)),
                "maxLength": .integer(Int64(length.upperBound)), "pattern": .text(Self.typedPattern),
            ])
        case .said: .object(["type": .text("string")])
        case .id: .object(["type": .text("string"), "pattern": .text(Self.idPattern)])
        case .day:
            // Years have four digits and none is before 1000.
            .object(["type": .text("string"), "format": .text("date"), "pattern": .text("^[1-9]")])
        case .instant: Self.string(format: "date-time")
        case .happened: .object(["anyOf": .array([Shape.day.schema, Shape.instant.schema])])
        case .digest: .object(["type": .text("string"), "pattern": .text(Self.digestPattern)])
        case .flag: .object(["type": .text("boolean")])
        case .whole(let range):
            .object([
                "type": .text("integer"), "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
            ])
        case .oneOf(let values): .object(["type": .text("string"), "enum": .array(values.map { .text($0) })])
        case .list(let element, let count):
            .object([
                "type": .text("array"), "items": element.schema, "minItems": .integer(Int64(count.lowerBound)),
                "maxItems": .integer(Int64(count.upperBound)),
            ])
        case .map(let value, let most):
            .object([
                "type": .text("object"), "additionalProperties": value.schema, "maxProperties": .integer(Int64(most)),
                "propertyNames": .object(["minLength": .integer(1), "maxLength": .integer(Self.longestKey)]),
            ])
        case .object(let members):
            .object([
                "type": .text("object"), "additionalProperties": .bool(false),
                "required": .array(members.filter(\.isRequired).map { .text($0.name) }),
                "properties": .object(
                    Dictionary(members.map { ($0.name, $0.schema) }, uniquingKeysWith: { first, _ in first })),
            ])
        case .anything: .object(["type": .text("object")])
        case .orNull(let shape):
            .object(["anyOf": .array([shape.schema, .object(["type": .text("null")])])])
        }
    }

    private static let longestKey: Int64 = 100

    private static func string(format: String) -> JSONValue {
        .object(["type": .text("string"), "format": .text(format)])
    }
}

extension Shape.Member {
    fileprivate var schema: JSONValue {
        guard !about.isEmpty, case .object(var schema) = shape.schema else { return shape.schema }
        schema["description"] = .text(about)
        return .object(schema)
    }
}

// MARK: Held against a request

extension Shape {
    /// Where a value departs from the shape, each with the path of the field; at most twenty, which is enough to say.
    package func faults(in value: JSONValue) -> [FieldError] {
        var faults: [FieldError] = []
        hold(value, at: "", &faults)
        return Array(faults.prefix(20))
    }

    private func hold(_ value: JSONValue, at path: String, _ faults: inout [FieldError]) {
        guard faults.count < 20 else { return }
        switch (self, value) {
        case (.text(let length), .text(let text)):
            guard !length.contains(text.unicodeScalars.count) || !text.unicodeScalars.allSatisfy(Self.isTyped) else {
                return
            }
            faults.append(
                FieldError(
                    path,
                    Words(
                        "应当有\(length.lowerBound)到\(length.upperBound)个字符，不含控制字符。",
                        "Needs \(length.lowerBound) to \(length.upperBound) characters and no control characters.")))
        case (.id, .text(let text)) where Identifier<Shape>(rawValue: text) != nil: return
        case (.day, .text(let text)) where CourtDay(rawValue: text) != nil: return
        case (.instant, .text(let text)) where Instant(rawValue: text) != nil: return
        case (.happened, .text(let text)) where Happened(rawValue: text) != nil: return
        case (.digest, .text(let text)) where ContentDigest(rawValue: text) != nil: return
        case (.said, .text), (.flag, .bool), (.anything, .object), (.orNull, .null): return
        case (.orNull(let shape), _): shape.hold(value, at: path, &faults)
        case (.whole(let range), .integer(let integer)) where range.contains(integer): return
        case (.oneOf(let values), .text(let text)) where values.contains(text): return
        case (.list(let element, let count), .array(let elements)) where count.contains(elements.count):
            for (index, one) in elements.enumerated() { element.hold(one, at: "\(path)[\(index)]", &faults) }
        case (.map(let shape, let most), .object(let members))
        where members.count <= most
            && members.keys.allSatisfy({ (1...Int(Self.longestKey)).contains($0.unicodeScalars.count) }):
            for (key, member) in members.sorted(by: { $0.key < $1.key }) {
                shape.hold(member, at: Self.path(path, key), &faults)
            }
        case (.object(let known), .object(let members)): hold(members, to: known, at: path, &faults)
        default: faults.append(FieldError(path, expected))
        }
    }

    private func hold(
        _ members: [String: JSONValue], to known: [Member], at path: String, _ faults: inout [FieldError]
    ) {
        for member in known {
            if let value = members[member.name] {
                member.shape.hold(value, at: Self.path(path, member.name), &faults)
            } else if member.isRequired {
                faults.append(FieldError(Self.path(path, member.name), Words("缺少这一项。", "This field is missing.")))
            }
        }
        let names = Set(known.map(\.name))
        for name in members.keys.sorted() where !names.contains(name) {
            faults.append(FieldError(Self.path(path, name), Words("没有这一项。", "There is no such field.")))
        }
    }

    private static func isTyped(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x20 && scalar.value != 0x7F || ["\t", "\n", "\r"].contains(scalar)
    }

    private static func path(_ path: String, _ name: String) -> String {
        path.isEmpty ? String(name.prefix(100)) : "\(path).\(name.prefix(100))"
    }

    private var expected: Words {
        switch self {
        case .text, .said: Words("应当是文字。", "Must be text.")
        case .id: Words("应当是26个字符的编号。", "Must be an id of 26 characters.")
        case .day: Words("应当是日期，例如2026-01-05。", "Must be a day such as 2026-01-05.")
        case .instant:
            Words("应当是时刻，例如2026-01-05T01:02:03.004Z。", "Must be an instant such as 2026-01-05T01:02:03.004Z.")
        case .happened: Words("应当是日期或者时刻。", "Must be a day or an instant.")
        case .digest: Words("应当是sha256:开头的摘要值。", "Must be a digest that starts with sha256:.")
        case .flag: Words("应当是true或者false。", "Must be true or false.")
        case .whole(let range):
            Words(
                "应当是\(range.lowerBound)到\(range.upperBound)的整数。",
                "Must be a whole number from \(range.lowerBound) to \(range.upperBound).")
        case .oneOf(let values):
            Words("应当是其中之一：\(values.joined(separator: "、"))。", "Must be one of: \(values.joined(separator: ", ")).")
        case .list(_, let count):
            Words(
                "应当是有\(count.lowerBound)到\(count.upperBound)项的数组。",
                "Must be an array of \(count.lowerBound) to \(count.upperBound).")
        case .map(_, let most): Words("应当是至多\(most)项的对象。", "Must be an object of at most \(most) fields.")
        case .object, .anything: Words("应当是对象。", "Must be an object.")
        case .orNull(let shape): shape.expected
        }
    }
}
