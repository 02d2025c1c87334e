/// The name of a key in signed notes. Two names are equal when their bytes are: Swift strings would
/// take different spellings of one accented letter for the same name.
///
/// - Source: c2sp.org/signed-note.
public struct KeyName: Hashable, Sendable, CustomStringConvertible {
    /// UTF-8.
    public let bytes: [UInt8]

    /// - Returns: nil for an empty name, invalid UTF-8, Unicode white space, a control byte or `+`.
    init?(bytes: some Collection<UInt8>) {
        guard let text = String(validating: bytes, as: UTF8.self), !text.isEmpty,
            text.unicodeScalars.allSatisfy({ $0 != "+" && $0.value >= 0x20 && !$0.properties.isWhitespace })
        else { return nil }
        self.bytes = Array(bytes)
    }

    /// - Returns: nil for an empty name, white space, a control character or `+`.
    public init?(_ text: String) { self.init(bytes: Array(text.utf8)) }

    public var description: String { String(decoding: bytes, as: UTF8.self) }
}
