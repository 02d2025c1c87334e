import Crypto
import Foundation

/// The hashes of the tree: SHA-256 with one prefix for leaves and another for inner nodes, so that an
/// entry can never be passed off as an inner node.
///
/// - Source: RFC 6962 section 2.1; RFC 9162 section 2.1.
public enum MerkleTree {
    /// The root of a tree without leaves: SHA-256 of no bytes.
    public static let emptyRoot = Hash.sha256([UInt8]())

    /// - Parameter entry: the entry's bytes, of any length.
    public static func leafHash(_ entry: some DataProtocol) -> Hash {
        var hasher = SHA256()
        withUnsafeBytes(of: UInt8(0x00)) { hasher.update(bufferPointer: $0) }
        hasher.update(data: entry)
        return Hash(hasher.finalize())
    }

    public static func node(_ left: Hash, _ right: Hash) -> Hash {
        withUnsafeTemporaryAllocation(byteCount: 1 + 2 * Hash.byteCount, alignment: 8) { buffer in
            buffer[0] = 0x01
            left.copy(to: buffer, at: 1)
            right.copy(to: buffer, at: 1 + Hash.byteCount)
            var hasher = SHA256()
            hasher.update(bufferPointer: UnsafeRawBufferPointer(buffer))
            return Hash(hasher.finalize())
        }
    }

    /// The root over leaf hashes in order; `emptyRoot` for none.
    public static func root(of leaves: some RandomAccessCollection<Hash>) -> Hash {
        var edge = TreeEdge()
        for leaf in leaves { edge.append(leaf) }
        return edge.root
    }

    /// Hashes a power of two of neighbours pairwise up to their common node.
    static func fold(_ hashes: ArraySlice<Hash>) -> Hash {
        precondition(!hashes.isEmpty && hashes.count & (hashes.count - 1) == 0)
        var row = Array(hashes)
        while row.count > 1 {
            row = stride(from: 0, to: row.count, by: 2).map { node(row[$0], row[$0 + 1]) }
        }
        return row[0]
    }
}
