import Crypto
import Foundation

/// A digest only the holder of a key can compute: one algorithm byte (1: HMAC-SHA-256), then 32 bytes.
package enum KeyedDigest {
    package static let byteCount = 33
    static let hmacSHA256: UInt8 = 1

    package static func of(_ message: some DataProtocol, with key: SymmetricKey) -> [UInt8] {
        [hmacSHA256] + HMAC<SHA256>.authenticationCode(for: message, using: key)
    }

    /// Whether `digest` belongs to `message`, compared in constant time.
    package static func matches(_ digest: [UInt8], _ message: some DataProtocol, with key: SymmetricKey) -> Bool {
        equalInConstantTime(digest, of(message, with: key))
    }
}

/// Compares two secrets in a time that depends on their lengths only, never on where they differ.
package func equalInConstantTime(_ a: some Collection<UInt8>, _ b: some Collection<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}
