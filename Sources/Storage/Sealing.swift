import Crypto
import Foundation

/// Why sealed bytes do not open. None of these says more: a wrong key, a moved value and a changed bit look alike.
package enum SealingError: Error, Hashable, Sendable {
    /// Written by a newer release, or damaged in its first byte.
    case unknownAlgorithm(UInt8)
    case tooShort
    case doesNotOpen
}

/// Authenticated encryption of stored values.
///
/// One algorithm byte (1: AES-256-GCM), a random 96-bit nonce, the ciphertext, a 16-byte tag. The algorithm byte and
/// the context are authenticated. A key may seal up to 2^32 values before random nonces become a worry; every key
/// here belongs to one docket or one file and stays far below.
package enum Sealing {
    /// What sealing adds to the length of a plaintext.
    package static let overhead = 1 + 12 + 16
    static let aes256GCM: UInt8 = 1

    package static func seal(
        _ plaintext: some DataProtocol, with key: SymmetricKey, for context: SealingContext
    ) throws -> [UInt8] {
        let (algorithm, box) = try box(plaintext, with: key, for: context)
        var sealed: [UInt8] = []
        sealed.reserveCapacity(1 + box.count)
        sealed.append(algorithm)
        sealed.append(contentsOf: box)
        return sealed
    }

    /// The same in its two parts, for who writes them one after the other.
    static func box(
        _ plaintext: some DataProtocol, with key: SymmetricKey, for context: SealingContext
    ) throws -> (algorithm: UInt8, box: Data) {
        let box = try AES.GCM.seal(plaintext, using: key, authenticating: [aes256GCM] + context.encoded)
        guard let combined = box.combined else { preconditionFailure("the default nonce has 12 bytes") }
        return (aes256GCM, combined)
    }

    /// - Throws: `SealingError`, when the key or the context is another one or any bit was changed.
    package static func open(
        _ sealed: [UInt8], with key: SymmetricKey, for context: SealingContext
    ) throws(SealingError) -> [UInt8] {
        guard let algorithm = sealed.first else { throw .tooShort }
        guard algorithm == aes256GCM else { throw .unknownAlgorithm(algorithm) }
        guard sealed.count >= overhead else { throw .tooShort }
        do {
            let box = try AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: sealed[1..<13]), ciphertext: sealed[13..<(sealed.count - 16)],
                tag: sealed[(sealed.count - 16)...])
            return Array(try AES.GCM.open(box, using: key, authenticating: [aes256GCM] + context.encoded))
        } catch {
            throw .doesNotOpen
        }
    }

    package static func seal(
        _ text: String, with key: SymmetricKey, for context: SealingContext
    ) throws -> [UInt8] {
        try seal(Array(text.utf8), with: key, for: context)
    }

    package static func openText(
        _ sealed: [UInt8], with key: SymmetricKey, for context: SealingContext
    ) throws(SealingError) -> String {
        guard let text = String(validating: try open(sealed, with: key, for: context), as: UTF8.self) else {
            throw .doesNotOpen
        }
        return text
    }
}
