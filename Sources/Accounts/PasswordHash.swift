import Crypto
import CryptoExtras
import Foundation
import Storage

/// How much work one password costs.
package struct ScryptCost: Hashable, Sendable {
    /// N is 2 to this power.
    package let logRounds: UInt8
    package let blockSize: UInt8
    package let parallelism: UInt8

    package init(logRounds: UInt8, blockSize: UInt8, parallelism: UInt8) {
        self.logRounds = logRounds
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// N = 2^15, r = 8, p = 3: 32 MiB, 0.22 s on one of two small cores, measured in release (0.1 s is the least allowed).
    package static let standard = ScryptCost(logRounds: 15, blockSize: 8, parallelism: 3)

    /// Whether it may be computed at all: a damaged row must not take the memory of the machine.
    var isReasonable: Bool {
        (1...20).contains(logRounds) && (1...16).contains(blockSize) && (1...16).contains(parallelism)
            && (1 << Int(logRounds)) * Int(blockSize) * 128 <= 256 << 20
    }
}

/// A stored password: algorithm byte (1: scrypt), log2 N, r, p, 16 bytes of salt, 32 bytes of key.
struct PasswordHash: Hashable, Sendable {
    let bytes: [UInt8]

    private static let scrypt: UInt8 = 1
    private static let byteCount = 4 + 16 + 32

    /// - Returns: nil for what no release of ours wrote.
    init?(stored bytes: [UInt8]) {
        guard bytes.count == PasswordHash.byteCount, bytes[0] == PasswordHash.scrypt else { return nil }
        self.bytes = bytes
        guard cost.isReasonable else { return nil }
    }

    /// Hashes a password with a fresh salt. Slow by design.
    init(of password: String, cost: ScryptCost) throws {
        let salt = SecureRandom.bytes(16)
        bytes =
            [PasswordHash.scrypt, cost.logRounds, cost.blockSize, cost.parallelism] + salt
            + (try PasswordHash.key(from: password, salt: salt, cost: cost))
    }

    /// A hash no password has: what an unknown account is checked against, so that it costs what a known one does.
    init(dummyWith cost: ScryptCost) {
        bytes =
            [PasswordHash.scrypt, cost.logRounds, cost.blockSize, cost.parallelism] + SecureRandom.bytes(16 + 32)
    }

    var cost: ScryptCost { ScryptCost(logRounds: bytes[1], blockSize: bytes[2], parallelism: bytes[3]) }

    /// Whether it is this password, compared in constant time. Slow by design.
    func matches(_ password: String) throws -> Bool {
        equalInConstantTime(bytes[20...], try PasswordHash.key(from: password, salt: Array(bytes[4..<20]), cost: cost))
    }

    private static func key(from password: String, salt: [UInt8], cost: ScryptCost) throws -> [UInt8] {
        try KDF.Scrypt.deriveKey(
            from: Array(password.utf8), salt: salt, outputByteCount: 32, rounds: 1 << Int(cost.logRounds),
            blockSize: Int(cost.blockSize), parallelism: Int(cost.parallelism)
        ).withUnsafeBytes(Array.init)
    }
}
