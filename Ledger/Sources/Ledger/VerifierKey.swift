import Crypto
import Foundation

/// A public key that signs notes, with its name, as written in trust policies.
///
/// - Source: c2sp.org/signed-note, c2sp.org/tlog-cosignature.
public struct VerifierKey: Hashable, Sendable, CustomStringConvertible {
    /// The type byte. A type outside the named ones is kept and never verifies anything.
    public struct Kind: RawRepresentable, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Plain Ed25519 over the text: logs.
        public static let ed25519 = Kind(rawValue: 0x01)
        /// Ed25519 over time and text: log witnesses.
        public static let cosignature = Kind(rawValue: 0x04)

        var canVerify: Bool { self == .ed25519 || self == .cosignature }
    }

    public let name: KeyName
    public let kind: Kind
    public let publicKey: [UInt8]
    /// A hint for looking the key up, never a fingerprint.
    public let keyID: UInt32

    public init(name: KeyName, kind: Kind, publicKey: [UInt8]) throws(Malformed) {
        guard !publicKey.isEmpty, !kind.canVerify || publicKey.count == 32 else {
            throw Malformed(.verifierKey, "an Ed25519 key has 32 bytes, not \(publicKey.count)")
        }
        self.name = name
        self.kind = kind
        self.publicKey = publicKey
        let digest = Hash.sha256(name.bytes + [Lines.lineFeed, kind.rawValue] + publicKey).bytes
        keyID = digest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Reads `<name>+<key ID>+<base64 of type and key>` and recomputes the key ID.
    public init(_ text: String) throws(Malformed) { try self.init(bytes: Array(text.utf8)) }

    init(bytes: some Collection<UInt8>) throws(Malformed) {
        // Base64 may hold a plus too, so only the first two separate.
        let parts = bytes.split(separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw Malformed(.verifierKey, "needs a name, a key ID and a key") }
        guard let name = KeyName(bytes: parts[0]) else { throw Malformed(.verifierKey, "bad name") }
        guard let data = Base64.decode(parts[2]), let type = data.first, data.count > 1 else {
            throw Malformed(.verifierKey, "the key is not base64")
        }
        try self.init(name: name, kind: Kind(rawValue: type), publicKey: Array(data.dropFirst()))
        guard parts[1].equals(keyIDText) else {
            throw Malformed(.verifierKey, "the key ID should be \(keyIDText)")
        }
    }

    public var description: String { "\(name)+\(keyIDText)+\(Base64.encode([kind.rawValue] + publicKey))" }

    private var keyIDText: String {
        Hex.encode((0..<4).map { UInt8(truncatingIfNeeded: keyID >> UInt32(24 - 8 * $0)) })
    }

    func isValidEd25519(_ signature: some DataProtocol, over message: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(signature, for: message)
    }
}
