import Procedure

/// Where a sealed value belongs: purpose first, then what places it (court, docket, position, type, version …).
///
/// A value sealed for one context opens in no other, so nobody can move a ciphertext to another row or field.
package struct SealingContext: Hashable, Sendable {
    /// The canonical encoding: the number of parts, then each part after its length, all big-endian in 32 bits.
    package let encoded: [UInt8]

    package init(_ purpose: String, _ parts: Part...) {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(128)
        encoded.append(bigEndian: UInt32(parts.count + 1))
        Part.text(purpose).append(to: &encoded)
        for part in parts { part.append(to: &encoded) }
        self.encoded = encoded
    }

    package enum Part: Hashable, Sendable {
        case bytes([UInt8])
        case text(String)
        case number(Int64)
        case pair(UInt64, UInt64)

        package static func number(_ number: Int) -> Part { .number(Int64(number)) }
        package static func id<Of>(_ id: Identifier<Of>) -> Part { .pair(id.high, id.low) }

        fileprivate func append(to encoded: inout [UInt8]) {
            switch self {
            case .bytes(let bytes):
                encoded.append(bigEndian: UInt32(bytes.count))
                encoded.append(contentsOf: bytes)
            case .text(let text):
                encoded.append(bigEndian: UInt32(text.utf8.count))
                encoded.append(contentsOf: text.utf8)
            case .number(let number):
                encoded.append(bigEndian: 8 as UInt32)
                encoded.append(bigEndian: UInt64(bitPattern: number))
            case .pair(let high, let low):
                encoded.append(bigEndian: 16 as UInt32)
                encoded.append(bigEndian: high)
                encoded.append(bigEndian: low)
            }
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(bigEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }
}

/// The bytes of `value`, most significant first.
func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }
