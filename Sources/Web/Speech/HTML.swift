import Procedure

/// A piece of a page. Whatever is interpolated as text is escaped; only `HTML` goes in as it is.
///
/// ```swift
/// let title = "<script>"
/// let piece: HTML = "<h1>\(title)</h1>"      // <h1>&lt;script&gt;</h1>
/// let list: HTML = "<ul>\(items.map { "<li>\($0)</li>" })</ul>"
/// ```
/// The escaping holds in text and in attributes between double quotes; nowhere else (no script, no style, no
/// unquoted attribute), and the content policy forbids those places anyway.
package struct HTML: Hashable, Sendable, ExpressibleByStringInterpolation {
    package private(set) var text: String

    package static let empty = HTML(raw: "")

    /// Literals are ours and trusted; never pass a variable here.
    package init(stringLiteral value: StaticString) { text = value.description }

    package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

    /// Text, escaped.
    package init(_ text: String) {
        self.text = ""
        self.text.appendEscaped(text)
    }

    /// Only for what this module has made itself.
    init(raw: String) { text = raw }

    package static func + (a: HTML, b: HTML) -> HTML { HTML(raw: a.text + b.text) }
    package static func += (a: inout HTML, b: HTML) { a.text += b.text }

    package var isEmpty: Bool { text.isEmpty }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        package mutating func appendLiteral(_ literal: StaticString) { text += literal.description }

        // Disfavoured, so that a literal of ours inside an interpolation is markup and never shown as text.
        @_disfavoredOverload
        package mutating func appendInterpolation(_ text: String) { self.text.appendEscaped(text) }
        @_disfavoredOverload
        package mutating func appendInterpolation(_ text: Substring) { self.text.appendEscaped(String(text)) }
        package mutating func appendInterpolation(_ number: some BinaryInteger) { text += String(number) }
        package mutating func appendInterpolation<T>(_ id: Identifier<T>) { text += id.rawValue }
        package mutating func appendInterpolation(_ html: HTML) { text += html.text }
        package mutating func appendInterpolation(_ html: HTML?) { text += html?.text ?? "" }
        package mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { text += piece.text }
        }

        /// What a person typed or is called: isolated, so that its direction marks stay inside it.
        package mutating func appendInterpolation(said text: String) {
            self.text += "<bdi>"
            self.text.appendEscaped(text)
            self.text += "</bdi>"
        }

        /// ` name="value"` with the space before it; nothing when the value is nil.
        package mutating func appendInterpolation(attribute name: StaticString, _ value: String?) {
            guard let value else { return }
            text += " \(name)=\""
            text.appendEscaped(value)
            text += "\""
        }

        /// ` name` with the space before it, or nothing.
        package mutating func appendInterpolation(attribute name: StaticString, when present: Bool) {
            if present { text += " \(name)" }
        }
    }
}

extension Sequence where Element == HTML {
    package func joined(separator: HTML = .empty) -> HTML {
        HTML(raw: map(\.text).joined(separator: separator.text))
    }
}

extension String {
    /// Control characters have no place on a page: they come out as U+FFFD, so that nothing is lost unseen.
    fileprivate mutating func appendEscaped(_ other: String) {
        let needsWork = other.utf8.contains { byte in
            switch byte {
            case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
            case 0x09, 0x0A, 0x0D: false
            default: byte < 0x20 || byte == 0x7F
            }
        }
        guard needsWork else { return append(other) }
        for scalar in other.unicodeScalars {
            switch scalar {
            case "&": append("&amp;")
            case "<": append("&lt;")
            case ">": append("&gt;")
            case "\"": append("&quot;")
            case "'": append("&#39;")
            case "\t", "\n", "\r": unicodeScalars.append(scalar)
            default: unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? "\u{FFFD}" : scalar)
            }
        }
    }
}
