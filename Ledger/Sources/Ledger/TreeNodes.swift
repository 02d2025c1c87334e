/// A node of the tree: the root of the complete subtree over leaves `position << height` up to, but not
/// including, `(position + 1) << height`.
struct TreeNode: Hashable {
    let height: Int
    let position: UInt64
}

/// Where proofs get their nodes from.
protocol TreeNodes {
    /// - Throws: when the node cannot be read; never for a node that is complete at the size in use.
    mutating func hash(_ node: TreeNode) throws -> Hash
}

extension TreeNodes {
    /// The hash over leaves `range`, which starts at a multiple of the power of two at or above its length,
    /// as every range does that comes up in a proof.
    mutating func hash(over range: Range<UInt64>) throws -> Hash {
        let count = range.upperBound - range.lowerBound
        if count & (count - 1) == 0 {
            let height = count.trailingZeroBitCount
            return try hash(TreeNode(height: height, position: range.lowerBound >> UInt64(height)))
        }
        let middle = range.lowerBound + largestPowerOfTwo(below: count)
        let left = try hash(over: range.lowerBound..<middle)
        return MerkleTree.node(left, try hash(over: middle..<range.upperBound))
    }

    /// The root over the first `size` leaves.
    mutating func root(size: UInt64) throws -> Hash {
        size == 0 ? MerkleTree.emptyRoot : try hash(over: 0..<size)
    }
}

/// The largest power of two below `count`, which is at least 2.
func largestPowerOfTwo(below count: UInt64) -> UInt64 { 1 << UInt64(63 - (count - 1).leadingZeroBitCount) }

/// Nodes computed from tiles; reads each tile once.
struct TileNodes: TreeNodes {
    let read: (_ level: Int, _ index: UInt64) throws -> [Hash]
    private var tiles: [Tile: [Hash]] = [:]

    /// - Parameter read: answers with the hashes of a tile of which enough is complete; may give more
    ///   hashes than a smaller tree had there, as the first ones never change.
    init(read: @escaping (_ level: Int, _ index: UInt64) throws -> [Hash]) { self.read = read }

    mutating func hash(_ node: TreeNode) throws -> Hash {
        let level = node.height / 8
        let step = node.height % 8
        let first = node.position << UInt64(step)
        let tile = Tile(level: level, index: first >> 8)
        let hashes = try tiles[tile] ?? read(level, tile.index)
        tiles[tile] = hashes
        let start = Int(first & 255)
        let end = start + 1 << step
        guard end <= hashes.count else {
            throw Malformed(.tile, "\(tile.path) lacks position \(end - 1)")
        }
        return MerkleTree.fold(hashes[start..<end])
    }
}

/// Nodes computed from all leaf hashes; for small trees.
struct LeafNodes: TreeNodes {
    let leaves: [Hash]

    func hash(_ node: TreeNode) -> Hash {
        let start = Int(node.position << UInt64(node.height))
        return MerkleTree.fold(leaves[start..<(start + 1 << node.height)])
    }
}
