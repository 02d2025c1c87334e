import Procedure

/// Where a sealed value belongs: purpose first, then what places it (court, docket, position, type, version …).
///
/// A value sealed for one context opens in no other, so nobody can move a ciphertext to another row or field.
package struct SealingContext: Hashable, Sendable {
    /// The canonical encoding: the number of parts, then each part after its length, all big-endian in 32 bits.
    package let encoded: [UInt8]

    package init(_ purpose: String, _ parts: Part...) {
        self.init([Array(purpose.utf8)] + parts.map(\.bytes))
    }

    package init(_ parts: [[UInt8]]) {
        var encoded = bigEndian(UInt32(parts.count))
        for part in parts {
            encoded += bigEndian(UInt32(part.count))
            encoded += part
        }
        self.encoded = encoded
    }

    package struct Part: Hashable, Sendable {
        let bytes: [UInt8]

        package static func bytes(_ bytes: [UInt8]) -> Part { Part(bytes: bytes) }
        package static func text(_ text: String) -> Part { Part(bytes: Array(text.utf8)) }
        package static func number(_ number: Int64) -> Part { Part(bytes: bigEndian(UInt64(bitPattern: number))) }
        package static func number(_ number: Int) -> Part { .number(Int64(number)) }
        package static func id<Of>(_ id: Identifier<Of>) -> Part { Part(bytes: id.bytes) }
    }
}

/// The bytes of `value`, most significant first.
func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }
