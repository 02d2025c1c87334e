import Crypto
import Foundation

/// The 32 random bytes of an act. Whoever holds them can open every commitment of the act, so a receipt
/// carries only `salt(for:)` of the labels it opens.
///
/// - Source: decisions, "The leaf".
public struct LeafSalt: Sendable, CustomStringConvertible {
    /// Secret; for storing it, encrypted, with the act.
    public let bytes: [UInt8]

    /// - Returns: nil unless there are exactly 32 bytes.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    public func salt(for label: LeafLabel) -> LabelSalt {
        LabelSalt(copying: shortHMAC(label.bytes, key: bytes))
    }

    public func commitment(_ label: LeafLabel, to bytes: some DataProtocol) -> Hash {
        salt(for: label).commitment(label, toDigest: Hash.sha256(bytes))
    }

    /// - Parameter digest: SHA-256 of what is committed to.
    public func commitment(_ label: LeafLabel, toDigest digest: Hash) -> Hash {
        salt(for: label).commitment(label, toDigest: digest)
    }

    // Keeps the secret out of logs.
    public var description: String { "LeafSalt" }
}

/// The salt of one label of one act: opens that commitment and no other.
public struct LabelSalt: Hashable, Sendable {
    public let bytes: [UInt8]

    /// - Returns: nil unless there are exactly 32 bytes.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    fileprivate init(copying code: Hash) { bytes = code.bytes }

    /// - Parameter digest: SHA-256 of what is committed to.
    public func commitment(_ label: LeafLabel, toDigest digest: Hash) -> Hash {
        var message: [UInt8] = []
        message.reserveCapacity(64)
        message.append(contentsOf: "xiezhi/v1".utf8)
        message.append(0)
        message.append(contentsOf: label.rawValue.utf8)
        message.append(0)
        message.append(contentsOf: digest.bytes)
        return shortHMAC(message, key: bytes)
    }
}

/// HMAC-SHA-256 (RFC 2104) under a key of 32 bytes. Every act makes four; the library's own spends most of its time on
/// copying such short keys and messages about.
private func shortHMAC(_ message: [UInt8], key: [UInt8]) -> Hash {
    precondition(key.count == 32, "the pads below are made for keys of 32 bytes")
    var block = [UInt8](repeating: 0x36, count: 64)
    for (index, byte) in key.enumerated() { block[index] = byte ^ 0x36 }
    let inner = Hash.sha256(block + message)
    for (index, byte) in key.enumerated() { block[index] = byte ^ 0x5C }
    for index in 32..<64 { block[index] = 0x5C }
    return Hash.sha256(block + inner.bytes)
}

/// What a commitment is about: printable ASCII, 1 to 64 characters.
public struct LeafLabel: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: String

    public init?(rawValue: String) {
        guard (1...64).contains(rawValue.utf8.count), rawValue.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        self.rawValue = rawValue
    }

    private init(_ text: StaticString) { rawValue = text.description }

    /// The canonical JSON of an entry of a docket.
    public static let act = LeafLabel("act")
    /// The entry's place in its docket: `chainText`.
    public static let chain = LeafLabel("chain")
    /// The bytes of a file.
    public static let file = LeafLabel("file")

    public var description: String { rawValue }

    var bytes: [UInt8] { Array(rawValue.utf8) }
}

/// The canonical JSON that the `chain` commitment of an act commits to.
///
/// - Parameters:
///   - docket: the docket's id, 26 characters.
///   - position: 1 for the first entry.
///   - previous: SHA-256 of the previous entry's content; nil for the first.
/// - Returns: nil if the docket's id is not of ASCII letters and digits or the position is out of range.
public func chainText(docket: String, position: UInt64, previous: Hash?) -> String? {
    let isPlain = docket.utf8.allSatisfy { byte in
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
            || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
    // Past 2^53 - 1 canonical JSON has no exact integers.
    guard !docket.isEmpty, isPlain, (1..<1 << 53).contains(position) else { return nil }
    return #"{"docket":"\#(docket)","position":\#(position),"previous":"\#(previous?.hex ?? "")"}"#
}
