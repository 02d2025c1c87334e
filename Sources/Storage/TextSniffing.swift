/// Tells plain text from HTML, SVG and other XML, and all of these from bytes that are no UTF-8 text.
enum TextSniffing {
    /// - Parameter head: the beginning of the file; a character cut off at its end does no harm.
    /// - Returns: nil when it is no text.
    static func type(of head: [UInt8]) -> MediaType? {
        guard !head.isEmpty, let text = decode(head) else { return nil }
        guard !text.unicodeScalars.contains(where: isControl) else { return nil }
        var rest = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        guard rest.first == "<" else { return .text }
        let isXML = rest.hasPrefix("<?xml")
        while true {
            if rest.hasPrefix("<?") {
                rest = rest.after("?>")
            } else if rest.hasPrefix("<!--") {
                rest = rest.after("-->")
            } else if rest.hasPrefix("<!") {
                if rest.prefix(14).lowercased() == "<!doctype html" { return .html }
                rest = rest.after(">")
            } else {
                break
            }
            rest = rest.drop(while: \.isWhitespace)
        }
        let name = rest.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == ":" || $0 == "-" }.lowercased()
        guard rest.first == "<" else { return isXML ? .xml : .text }
        if name == "svg" || name.hasSuffix(":svg") { return .svg }
        if htmlElements.contains(name) || name == "html" || name.hasSuffix(":html") { return .html }
        return isXML ? .xml : .text
    }

    /// Elements that make a browser take a file without a doctype for HTML.
    private static let htmlElements: Set<String> = [
        "a", "article", "b", "body", "br", "center", "div", "embed", "form", "frameset", "font", "h1", "h2", "h3",
        "head", "iframe", "img", "input", "link", "main", "meta", "object", "ol", "p", "script", "section", "span",
        "style", "table", "title", "ul", "video",
    ]

    private static func decode(_ head: [UInt8]) -> String? {
        for cut in 0...min(3, head.count - 1) {
            if let text = String(validating: head.dropLast(cut), as: UTF8.self) { return text }
            guard head.count == Int(MediaType.headBytes) else { return nil }
        }
        return nil
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        (scalar.value < 0x20 && ![9, 10, 12, 13].contains(scalar.value)) || scalar.value == 0x7F
    }
}

extension Substring {
    fileprivate func after(_ mark: String) -> Substring {
        guard let range = firstRange(of: mark) else { return "" }
        return self[range.upperBound...]
    }
}
