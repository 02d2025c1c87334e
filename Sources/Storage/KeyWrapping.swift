import Crypto
import Foundation

/// A 256-bit key under another key: one algorithm byte (1: AES key wrap, RFC 3394), then 40 bytes.
enum KeyWrapping {
    static let byteCount = 41
    private static let aesKeyWrap: UInt8 = 1

    static func wrap(_ key: SymmetricKey, with wrapping: SymmetricKey) throws -> [UInt8] {
        [aesKeyWrap] + (try AES.KeyWrap.wrap(key, using: wrapping))
    }

    /// - Throws: `SealingError`, when the wrap was made with another key or was changed.
    static func unwrap(_ wrapped: [UInt8], with wrapping: SymmetricKey) throws(SealingError) -> SymmetricKey {
        guard let algorithm = wrapped.first else { throw .tooShort }
        guard algorithm == aesKeyWrap else { throw .unknownAlgorithm(algorithm) }
        guard wrapped.count == byteCount else { throw .tooShort }
        do { return try AES.KeyWrap.unwrap(wrapped.dropFirst(), using: wrapping) } catch { throw .doesNotOpen }
    }
}
