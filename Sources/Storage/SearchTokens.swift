import Crypto
import Foundation

/// What a projection stores so that a name or number can be found without being readable: one algorithm byte (1:
/// HMAC-SHA-256 cut to 32 bits) above the 32 bits, as one integer for an indexed column.
///
/// Short on purpose: several names share a token, so whoever searches opens the rows found and compares again. A thief
/// without the key learns how often a token occurs, and nothing else.
package struct SearchToken: RawRepresentable, Hashable, Sendable {
    /// Between 2^32 and 2^33 for algorithm 1.
    package let rawValue: Int64
    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Makes the search tokens of one court.
///
/// A name is folded, then gives one token for the whole and one for each piece, so that it is found while it is typed:
/// in Han, kana and hangul text a piece is a pair of neighbouring characters; in other scripts, where pairs are too
/// few to hide behind, three. A single character has no token of its own: surnames would show by their frequency.
/// A search asks for rows that have all tokens of `searching(name:)`.
package struct SearchTokens: Sendable {
    private let key: SymmetricKey

    package init(_ courtKey: CourtKey) { key = courtKey.key(for: .searchTokens) }

    /// What sort of number; each has its own tokens.
    package enum Number: String, CaseIterable, Sendable {
        /// 案号
        case caseNumber = "case-number"
        /// Mobile or fixed line; a leading 86, +86 or 0086 does not count.
        case phone
        /// Identity card, passport, unified social credit code.
        case identity
    }

    /// The token of the whole name.
    package func whole(name: String) -> SearchToken { token("name", NameFolding.fold(name)) }

    /// The tokens of the pieces, each once. Empty for a name too short to have any.
    package func pieces(ofName name: String) -> Set<SearchToken> {
        Set(NameFolding.pieces(of: NameFolding.fold(name)).map { token("piece", $0) })
    }

    /// Everything to store for a name.
    package func stored(forName name: String) -> Set<SearchToken> {
        pieces(ofName: name).union([whole(name: name)])
    }

    /// What a row must have, all of it, for what a person typed so far: the pieces, or the whole when it has none.
    /// Rows found this way still have to be compared after opening, with `NameFolding.fold`.
    package func searching(name typed: String) -> Set<SearchToken> {
        let pieces = pieces(ofName: typed)
        return pieces.isEmpty ? [whole(name: typed)] : pieces
    }

    package func token(_ number: String, as sort: Number) -> SearchToken {
        token("number.\(sort.rawValue)", NumberFolding.fold(number, as: sort))
    }

    private func token(_ sort: String, _ text: String) -> SearchToken {
        let context = SealingContext("token", .text(sort), .text(text))
        let code = HMAC<SHA256>.authenticationCode(for: context.encoded, using: key)
        return SearchToken(rawValue: code.prefix(4).reduce(Int64(1)) { $0 << 8 | Int64($1) })
    }
}

/// Spellings of one name made equal: compatibility forms (NFKC), case, traditional and simplified characters, middle
/// dots and spaces.
package enum NameFolding {
    package static func fold(_ name: String) -> String {
        let compatible = name.precomposedStringWithCompatibilityMapping
        let simplified = compatible.applyingTransform(StringTransform("Hant-Hans"), reverse: false) ?? compatible
        // Some letters change form once more when they lose their case.
        let lower = simplified.lowercased().precomposedStringWithCompatibilityMapping
        return String(String.UnicodeScalarView(lower.unicodeScalars.filter { !isIgnored($0) }))
    }

    static func pieces(of folded: String) -> [String] {
        let characters = Array(folded)
        guard characters.count > 1 else { return [] }
        return characters.indices.dropLast().compactMap { start in
            if isPaired(characters[start]) || isPaired(characters[start + 1]) {
                return String(characters[start...(start + 1)])
            }
            guard start + 2 < characters.count, !isPaired(characters[start + 2]) else { return nil }
            return String(characters[start...(start + 2)])
        }
    }

    private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        // Middle dots as they are typed between the parts of a name, then what shows no glyph.
        case "\u{B7}", "\u{2022}", "\u{2027}", "\u{2219}", "\u{22C5}", "\u{30FB}", "\u{FF65}", "\u{387}", "\u{1427}":
            true
        default: scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    private static func isPaired(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first else { return false }
        if scalar.properties.isIdeographic { return true }
        return switch scalar.value {
        case 0x3040...0x30FF, 0xAC00...0xD7A3: true
        default: false
        }
    }
}

/// Spellings of one number made equal: full-width forms, case, and everything that is neither letter nor digit.
package enum NumberFolding {
    package static func fold(_ number: String, as sort: SearchTokens.Number) -> String {
        let kept = NameFolding.fold(number).filter { $0.isLetter || $0.isNumber }
        guard sort == .phone else { return kept }
        for prefix in ["0086", "86"] where kept.hasPrefix(prefix) && kept.count >= prefix.count + 10 {
            return String(kept.dropFirst(prefix.count))
        }
        return kept
    }
}
