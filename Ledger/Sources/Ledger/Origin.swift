/// The permanent name of one of our own logs, such as `ledger.example/court/1`; never used again for another.
///
/// Lower-case ASCII without scheme, spaces or `+`, at most 200 bytes. Logs of others may be named otherwise.
public struct Origin: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public static let longest = 200
    public let rawValue: String

    public init?(rawValue: String) {
        let isAllowed = { (byte: UInt8) in
            (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "+")
                && !(UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte)
        }
        guard (1...Origin.longest).contains(rawValue.utf8.count), rawValue.utf8.allSatisfy(isAllowed),
            !rawValue.contains("://")
        else { return nil }
        self.rawValue = rawValue
    }

    public var description: String { rawValue }

    /// Every origin is also a key name; this is the name of the log's key.
    var keyName: KeyName {
        guard let name = KeyName(rawValue) else { preconditionFailure("an origin is always a key name") }
        return name
    }
}
