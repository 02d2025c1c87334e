import Crypto
import Foundation

/// What a log witness signs: at this time, this was the largest consistent tree of the log that I had seen.
///
/// - Source: c2sp.org/tlog-cosignature.
enum Cosignature {
    /// - Parameter time: POSIX seconds.
    static func message(time: UInt64, text: [UInt8]) -> [UInt8] {
        Array("cosignature/v1\ntime \(time)\n".utf8) + text
    }
}

extension VerifierKey {
    /// - Returns: the time a cosigner stated, in POSIX seconds; nil for a plain signature.
    func verify(_ signature: NoteSignature, over text: [UInt8]) throws(NoteFailure) -> UInt64? {
        let bytes = signature.signature
        switch kind {
        case .ed25519:
            guard bytes.count == 64, isValidEd25519(bytes, over: text) else { throw .badSignature(name) }
            return nil
        case .cosignature:
            guard bytes.count == 72 else { throw .badSignature(name) }
            let time = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard time <= Decimal.most,
                isValidEd25519(bytes.dropFirst(8), over: Cosignature.message(time: time, text: text))
            else { throw .badSignature(name) }
            return time
        default:
            throw .noKnownKey
        }
    }
}

/// The key of a log: Ed25519, named as the log's origin.
public struct LogKey: Sendable {
    public let origin: Origin
    public let verifierKey: VerifierKey
    private let key: Curve25519.Signing.PrivateKey

    /// - Parameter seed: the 32 secret bytes of an Ed25519 key.
    public init(origin: Origin, seed: [UInt8]) throws(Malformed) {
        self.origin = origin
        key = try ed25519Key(seed: seed)
        verifierKey = try VerifierKey(
            name: origin.keyName, kind: .ed25519, publicKey: Array(key.publicKey.rawRepresentation))
    }

    /// Signs whatever it is given. Only `TileLog` calls it for a log that lives, because it alone makes sure
    /// that one checkpoint never contradicts another.
    func sign(_ checkpoint: Checkpoint) throws -> NoteSignature {
        let signature = try key.signature(for: checkpoint.text)
        return NoteSignature(name: verifierKey.name, keyID: verifierKey.keyID, signature: Array(signature))
    }
}

/// The key of a log witness: Ed25519, one key pair per name, used for nothing else.
public struct WitnessKey: Sendable {
    public let verifierKey: VerifierKey
    private let key: Curve25519.Signing.PrivateKey

    /// - Parameter seed: the 32 secret bytes of an Ed25519 key.
    public init(name: KeyName, seed: [UInt8]) throws(Malformed) {
        key = try ed25519Key(seed: seed)
        verifierKey = try VerifierKey(
            name: name, kind: .cosignature, publicKey: Array(key.publicKey.rawRepresentation))
    }

    /// Cosigns a checkpoint. The caller has made durable that this is the largest tree it has seen.
    ///
    /// - Parameter time: POSIX seconds, above 0 and below 2^63.
    public func cosign(_ checkpoint: Checkpoint, time: UInt64) throws -> NoteSignature {
        guard time > 0, time <= Decimal.most else { throw Malformed(.cosignature, "the time is out of range") }
        let signature = try key.signature(for: Cosignature.message(time: time, text: checkpoint.text))
        let timeBytes = (0..<8).map { UInt8(truncatingIfNeeded: time >> UInt64(56 - 8 * $0)) }
        return NoteSignature(
            name: verifierKey.name, keyID: verifierKey.keyID, signature: timeBytes + Array(signature))
    }
}

private func ed25519Key(seed: [UInt8]) throws(Malformed) -> Curve25519.Signing.PrivateKey {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
        throw Malformed(.key, "an Ed25519 seed has 32 bytes, not \(seed.count)")
    }
    return key
}
