import Crypto
import Procedure

/// Bytes nobody can guess, from the operating system's generator.
package enum SecureRandom {
    package static func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0.prefix(count - bytes.count)) }
        }
        return bytes
    }

    /// A fresh 256-bit key.
    package static func key() -> SymmetricKey { SymmetricKey(size: .bits256) }
}

extension Identifier {
    /// A name drawn at random: it says nothing about when or for whom it was made.
    package static func random() -> Self {
        var generator = SystemRandomNumberGenerator()
        return Self(high: generator.next(), low: generator.next())
    }
}
