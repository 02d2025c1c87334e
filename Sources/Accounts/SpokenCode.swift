import Foundation
import Storage

/// A one-time code that people read off paper and type: Crockford's 32 characters in groups of four, such as
/// `k7m2-9xqa-…`, whose last character checks the others.
///
/// The check is a code over the field of 32 elements: any one wrong character and any two swapped ones are noticed
/// before the code is looked up, so a slip of the pen costs no attempt.
package struct SpokenCode: Hashable, Sendable {
    /// In lower case, without groups.
    package let text: String

    /// What the court writes on letters and to new staff: 95 random bits.
    package static let letterLength = 20
    /// A recovery code: 75 random bits.
    package static let recoveryLength = 16

    /// A new code drawn at random.
    package static func random(length: Int) -> SpokenCode {
        let digits = SecureRandom.bytes(length - 1).map { $0 & 31 }
        return SpokenCode(digits: digits + [checkDigit(of: digits)])
    }

    /// Reads what was typed: case, spaces, hyphens and wide characters do not matter, O is 0, I and L are 1.
    ///
    /// - Returns: nil when the length or the check character is wrong.
    package init?(typed: String, length: Int) {
        guard typed.utf8.count <= 200 else { return nil }
        var digits: [UInt8] = []
        for character in typed.precomposedStringWithCompatibilityMapping.lowercased().utf8 {
            switch character {
            case UInt8(ascii: " "), UInt8(ascii: "-"): continue
            case UInt8(ascii: "o"): digits.append(0)
            case UInt8(ascii: "i"), UInt8(ascii: "l"): digits.append(1)
            default:
                guard let digit = alphabet.firstIndex(of: character) else { return nil }
                digits.append(UInt8(digit))
            }
        }
        guard digits.count == length, let check = digits.last,
            check == SpokenCode.checkDigit(of: digits.dropLast())
        else { return nil }
        self.init(digits: digits)
    }

    /// In groups of four, as printed.
    package var grouped: String {
        stride(from: 0, to: text.count, by: 4).map { start in
            String(text.dropFirst(start).prefix(4))
        }.joined(separator: "-")
    }

    private init(digits: some Collection<UInt8>) {
        text = String(decoding: digits.map { alphabet[Int($0)] }, as: UTF8.self)
    }

    private static func checkDigit(of digits: some Collection<UInt8>) -> UInt8 {
        digits.reduce(UInt8(0)) { timesX($0 ^ $1) }
    }

    /// Multiplies by x in GF(2)[x] / (x⁵ + x² + 1).
    private static func timesX(_ value: UInt8) -> UInt8 { value & 16 == 0 ? value << 1 : (value << 1 ^ 0b100101) & 31 }
}

private let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
