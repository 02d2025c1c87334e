/// The code of a company or other organisation (统一社会信用代码), with the right check character.
///
/// - Source: GB 32100-2015.
public struct OrganisationCode: RawRepresentable, Hashable, Codable, Sendable, CustomStringConvertible {
    public let rawValue: String

    /// - Returns: nil unless it has 18 places of the standard's letters and digits and the right last one.
    public init?(rawValue: String) {
        let text = Array(rawValue.uppercased().utf8)
        guard text.count == 18, text.allSatisfy(alphabet.contains),
            text[2..<8].allSatisfy({ (48...57).contains($0) }), text[17] == Self.checkCharacter(of: text[0..<17])
        else { return nil }
        self.rawValue = String(decoding: text, as: UTF8.self)
    }

    public var description: String { rawValue }

    /// Modulus 31 with weights that are powers of three.
    static func checkCharacter(of text: ArraySlice<UInt8>) -> UInt8 {
        var weight = 1
        var sum = 0
        for character in text {
            sum += (alphabet.firstIndex(of: character) ?? 0) * weight
            weight = weight * 3 % 31
        }
        return alphabet[(31 - sum % 31) % 31]
    }
}

/// No I, O, S, V, Z: they look like digits.
private let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
