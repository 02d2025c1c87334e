import Crypto
import Foundation
import Procedure

/// Bytes nobody can guess, from the operating system's generator.
package enum SecureRandom {
    package static func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            fill(UnsafeMutableRawBufferPointer(buffer))
            filled = count
        }
    }

    fileprivate static func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        // The call gives at most 256 bytes at a time.
        for start in stride(from: 0, to: buffer.count, by: 256) {
            let part = buffer[start..<min(start + 256, buffer.count)]
            let result = getentropy(UnsafeMutableRawBufferPointer(rebasing: part).baseAddress, part.count)
            // Linux refuses only where the arguments are wrong; without chance there is no secret.
            precondition(result == 0, "the operating system gives no random bytes")
        }
    }

    /// A fresh 256-bit key.
    package static func key() -> SymmetricKey { SymmetricKey(size: .bits256) }
}

extension Identifier {
    /// A name drawn at random: it says nothing about when or for whom it was made.
    package static func random() -> Self {
        var halves: (UInt64, UInt64) = (0, 0)
        withUnsafeMutableBytes(of: &halves) { SecureRandom.fill($0) }
        return Self(high: halves.0, low: halves.1)
    }
}
