/// Shows that a tree is a longer version of an earlier one: the same leaves in the same order, then more.
///
/// Every tree extends the empty one, so there is nothing to prove from size 0 and `verifies` refuses it.
/// Whoever meets a log for the first time handles that case and pins the first non-empty checkpoint.
///
/// - Source: RFC 6962 section 2.1.2; RFC 9162 section 2.1.4.
public struct ConsistencyProof: Hashable, Sendable {
    public let oldSize: UInt64
    public let newSize: UInt64
    public let path: [Hash]

    public init(oldSize: UInt64, newSize: UInt64, path: [Hash]) {
        self.oldSize = oldSize
        self.newSize = newSize
        self.path = path
    }

    /// Makes a proof to the tree over all these leaf hashes.
    ///
    /// - Returns: nil unless `oldSize` is from 1 to the number of leaves.
    public init?(oldSize: UInt64, leaves: [Hash]) {
        guard oldSize > 0, oldSize <= UInt64(leaves.count) else { return nil }
        var nodes = LeafNodes(leaves: leaves)
        guard let proof = try? ConsistencyProof(oldSize: oldSize, newSize: UInt64(leaves.count), nodes: &nodes)
        else { return nil }
        self = proof
    }

    init(oldSize: UInt64, newSize: UInt64, nodes: inout some TreeNodes) throws {
        precondition(oldSize > 0 && oldSize <= newSize)
        var range = 0..<newSize
        var path: [Hash] = []
        while range.upperBound != oldSize {
            let middle = range.lowerBound + largestPowerOfTwo(below: UInt64(range.count))
            let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
            range = oldSize <= middle ? left : right
            path.append(try nodes.hash(over: oldSize <= middle ? right : left))
        }
        // The verifier knows the old root; it needs the seed only when that is not a node of the new tree.
        if range.lowerBound > 0 { path.append(try nodes.hash(over: range)) }
        self.init(oldSize: oldSize, newSize: newSize, path: path.reversed())
    }

    public func verifies(oldRoot: Hash, newRoot: Hash) -> Bool {
        guard oldSize > 0, oldSize <= newSize, newSize <= Decimal.most else { return false }
        if oldSize == newSize { return path.isEmpty && oldRoot == newRoot }

        let shift = oldSize.trailingZeroBitCount
        let inner = ((oldSize - 1) ^ (newSize - 1)).bitLength - shift
        let mask = (oldSize - 1) >> UInt64(shift)
        let border = (mask >> UInt64(inner)).nonzeroBitCount
        var rest = path[...]
        let isPowerOfTwo = oldSize & (oldSize - 1) == 0
        guard let seed = isPowerOfTwo ? oldRoot : rest.popFirst(), rest.count == inner + border else { return false }

        var (old, new) = (seed, seed)
        for (height, hash) in rest.enumerated() {
            if height >= inner || mask >> UInt64(height) & 1 == 1 {
                old = MerkleTree.node(hash, old)
                new = MerkleTree.node(hash, new)
            } else {
                new = MerkleTree.node(new, hash)
            }
        }
        return old == oldRoot && new == newRoot
    }
}
