import Hummingbird

/// The query of an address, in order, decoded; at most 100 parameters.
package struct Query: Hashable, Sendable {
    package let form: Form

    init(_ text: String?) {
        form = Form(pairs: Form.decoded(Array((text ?? "").utf8), maximumFields: 100) ?? [])
    }

    package subscript(_ name: String) -> String? { form[name] }
}

/// A path with the query left as it came, safe to redirect to: it starts with one slash and stays on this server.
package struct LocalPath: Hashable, Sendable {
    package let text: String

    /// - Returns: nil for anything that a browser could take as another server's address.
    package init?(_ text: String) {
        guard text.hasPrefix("/"), !text.hasPrefix("//"), text.utf8.count <= 2_000,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
        else { return nil }
        self.text = text
    }
}
