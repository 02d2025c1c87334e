/// Shows that a leaf stands at an index of the tree of some size.
///
/// - Source: RFC 6962 section 2.1.1; RFC 9162 section 2.1.3.
public struct InclusionProof: Hashable, Sendable {
    public let index: UInt64
    public let size: UInt64
    /// The leaf's sibling first; at most 63 hashes.
    public let path: [Hash]

    public init(index: UInt64, size: UInt64, path: [Hash]) {
        self.index = index
        self.size = size
        self.path = path
    }

    /// Makes a proof from all leaf hashes of a small tree.
    ///
    /// - Returns: nil unless `index` is below the number of leaves.
    public init?(index: UInt64, leaves: [Hash]) {
        guard index < UInt64(leaves.count) else { return nil }
        var nodes = LeafNodes(leaves: leaves)
        guard let proof = try? InclusionProof(index: index, size: UInt64(leaves.count), nodes: &nodes) else {
            return nil
        }
        self = proof
    }

    init(index: UInt64, size: UInt64, nodes: inout some TreeNodes) throws {
        precondition(index < size)
        var range = 0..<size
        var path: [Hash] = []
        while range.count > 1 {
            let middle = range.lowerBound + largestPowerOfTwo(below: UInt64(range.count))
            let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
            range = index < middle ? left : right
            path.append(try nodes.hash(over: index < middle ? right : left))
        }
        self.init(index: index, size: size, path: path.reversed())
    }

    /// The root that this proof leads to from a leaf, or nil if the proof has the wrong shape.
    public func root(from leaf: Hash) -> Hash? {
        guard index < size, size <= Decimal.most else { return nil }
        let inner = (index ^ (size - 1)).bitLength
        let border = (index >> UInt64(inner)).nonzeroBitCount
        guard path.count == inner + border else { return nil }
        var root = leaf
        for (height, sibling) in path.enumerated() {
            let isLeft = height < inner && index >> UInt64(height) & 1 == 0
            root = isLeft ? MerkleTree.node(root, sibling) : MerkleTree.node(sibling, root)
        }
        return root
    }

    public func verifies(leaf: Hash, root: Hash) -> Bool { self.root(from: leaf) == root }
}

extension UInt64 {
    /// The number of bits needed to write the value; 0 for 0.
    var bitLength: Int { UInt64.bitWidth - leadingZeroBitCount }
}
