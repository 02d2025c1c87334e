/// Why a document could not be drawn. Nothing was written; nothing half-drawn leaves the function.
package enum DrawingError: Error, Hashable, Sendable {
    /// No configured font has this character, so the page would show a box instead of a name (D50).
    case missingGlyph(Character)
    /// A character with no shape of its own that hides or reorders its neighbours: a control or a direction override.
    case unprintable(Unicode.Scalar)
    /// A family named in the settings is not installed.
    case fontNotInstalled(String)
    /// Cairo stopped, in its own words; in practice, memory ran out.
    case cairo(String)
    /// A stored file without a digest of 32 bytes: our own mistake.
    case unreadableDigest
}

extension Unicode.Scalar {
    /// Controls other than tab and newline, and the marks that turn text around: with those, what a document says and
    /// what it shows would differ.
    var isUnprintable: Bool {
        switch value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069, 0xFFF9...0xFFFB: true
        default: (value & 0xFFFE) == 0xFFFE || (0xFDD0...0xFDEF).contains(value)
        }
    }
}
