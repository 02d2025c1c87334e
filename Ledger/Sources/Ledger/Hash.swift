import Crypto
import Foundation

/// 32 bytes of SHA-256 output: a leaf hash, an inner node, a root, a commitment.
///
/// Kept in four machine words, so that a tree of a million leaves allocates nothing per hash.
public struct Hash: Hashable, Sendable {
    public static let byteCount = 32

    // In memory order, so copying the words copies the bytes on any machine.
    private let first: UInt64
    private let second: UInt64
    private let third: UInt64
    private let fourth: UInt64

    /// - Returns: nil unless there are exactly 32 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Hash.byteCount else { return nil }
        self = Array(bytes).withUnsafeBytes(Hash.init(copying:))
    }

    init(_ digest: SHA256.Digest) {
        self = digest.withUnsafeBytes(Hash.init(copying:))
    }

    /// `source` holds at least 32 bytes; every caller in this file and beside it has checked.
    private init(copying source: UnsafeRawBufferPointer) {
        first = source.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
        second = source.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        third = source.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
        fourth = source.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
    }

    func copy(to target: UnsafeMutableRawBufferPointer, at offset: Int) {
        target.storeBytes(of: first, toByteOffset: offset, as: UInt64.self)
        target.storeBytes(of: second, toByteOffset: offset + 8, as: UInt64.self)
        target.storeBytes(of: third, toByteOffset: offset + 16, as: UInt64.self)
        target.storeBytes(of: fourth, toByteOffset: offset + 24, as: UInt64.self)
    }

    public var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Hash.byteCount) { buffer, count in
            copy(to: UnsafeMutableRawBufferPointer(buffer), at: 0)
            count = Hash.byteCount
        }
    }

    /// 44 characters, standard alphabet with padding.
    public var base64: String { Base64.encode(bytes) }

    /// 64 lower-case hex digits.
    public var hex: String { Hex.encode(bytes) }

    /// SHA-256 of `bytes` with no prefix; for leaves and nodes use `MerkleTree`.
    public static func sha256(_ bytes: some DataProtocol) -> Hash { Hash(SHA256.hash(data: bytes)) }

    /// The same for what lies in one piece.
    public static func sha256(_ bytes: [UInt8]) -> Hash {
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return Hash(hash.finalize())
    }
}

extension Hash: Comparable {
    /// Orders by bytes, as a batch of leaves is ordered before it enters the log (decision D26).
    public static func < (left: Hash, right: Hash) -> Bool {
        if left.first != right.first { return left.first.bigEndian < right.first.bigEndian }
        if left.second != right.second { return left.second.bigEndian < right.second.bigEndian }
        if left.third != right.third { return left.third.bigEndian < right.third.bigEndian }
        return left.fourth.bigEndian < right.fourth.bigEndian
    }
}

extension Hash: CustomStringConvertible {
    public var description: String { hex }
}
