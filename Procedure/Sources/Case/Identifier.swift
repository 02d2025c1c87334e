/// An opaque name of 16 bytes, written as 26 characters of lower-case Crockford base32.
///
/// One Swift type each, so that a docket's name can never stand where a document's belongs.
public struct Identifier<Of>: Hashable, Comparable, Sendable, RawRepresentable, CustomStringConvertible {
    public let high, low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// - Returns: nil unless there are exactly 16 bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard let (high, low) = identifierHalves(Array(bytes)) else { return nil }
        self.init(high: high, low: low)
    }

    public var bytes: [UInt8] { identifierBytes(high, low) }

    /// - Returns: nil unless the text is the one canonical spelling.
    public init?(rawValue: String) {
        let text = rawValue.utf8
        guard text.count == 26 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (index, character) in text.enumerated() {
            let digit = crockfordDigits[Int(character)]
            guard digit < 32, index > 0 || digit < 8 else { return nil }
            high = high << 5 | low >> 59
            low = low << 5 | UInt64(digit)
        }
        self.init(high: high, low: low)
    }

    public var rawValue: String { identifierText(high, low) }

    public static func < (a: Self, b: Self) -> Bool { (a.high, a.low) < (b.high, b.low) }
    // Without these, equality and hashing would go through the text.
    public static func == (a: Self, b: Self) -> Bool { a.high == b.high && a.low == b.low }
    public func hash(into hasher: inout Hasher) {
        hasher.combine(high)
        hasher.combine(low)
    }
    public var description: String { rawValue }
}

extension Identifier: Codable {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let id = Self(rawValue: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not an identifier"))
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

// Outside the generic type, whose members callers in other modules run unspecialised.

private func identifierBytes(_ high: UInt64, _ low: UInt64) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
        for index in 0..<8 {
            buffer[index] = UInt8(truncatingIfNeeded: high >> UInt64(56 - 8 * index))
            buffer[index + 8] = UInt8(truncatingIfNeeded: low >> UInt64(56 - 8 * index))
        }
        count = 16
    }
}

private func identifierHalves(_ bytes: [UInt8]) -> (high: UInt64, low: UInt64)? {
    guard bytes.count == 16 else { return nil }
    return bytes.withUnsafeBytes { buffer in
        (
            UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
            UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        )
    }
}

private func identifierText(_ high: UInt64, _ low: UInt64) -> String {
    var (high, low) = (high, low)
    return String(unsafeUninitializedCapacity: 26) { buffer in
        for index in stride(from: 25, through: 0, by: -1) {
            buffer[index] = crockfordAlphabet[Int(low & 31)]
            low = low >> 5 | high << 59
            high >>= 5
        }
        return 26
    }
}

private let crockfordAlphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
private let crockfordDigits: [UInt8] = {
    var digits = [UInt8](repeating: 255, count: 256)
    for (value, character) in crockfordAlphabet.enumerated() { digits[Int(character)] = UInt8(value) }
    return digits
}()

/// What the identifiers name.
public enum Named {
    public enum Docket {}
    public enum Entry {}
    public enum Account {}
    public enum Party {}
    public enum Document {}
    public enum File {}
    public enum Exhibit {}
    public enum Claim {}
    public enum Question {}
    public enum Payment {}
}

/// A docket (案件卷宗): everything that happened in one matter.
public typealias DocketID = Identifier<Named.Docket>
/// One entry of a docket.
public typealias EntryID = Identifier<Named.Entry>
/// An account of a person (专用账号).
public typealias AccountID = Identifier<Named.Account>
/// A place in the case (诉讼地位), filled by a person.
public typealias PartyID = Identifier<Named.Party>
/// A legal document (文书).
public typealias DocumentID = Identifier<Named.Document>
/// Some stored bytes.
public typealias FileID = Identifier<Named.File>
/// An exhibit (证据).
public typealias ExhibitID = Identifier<Named.Exhibit>
/// A claim (诉讼请求).
public typealias ClaimID = Identifier<Named.Claim>
/// A question put to a party (发问).
public typealias QuestionID = Identifier<Named.Question>
/// A payment (缴费).
public typealias PaymentID = Identifier<Named.Payment>
