/// The right edge of a tree: for each tile level, the hashes of its last, partial tile.
///
/// This is all it takes to append a leaf or to compute the root; at most 255 hashes a level are held,
/// however large the tree.
struct TreeEdge: Hashable, Sendable {
    private(set) var size: UInt64 = 0
    /// `levels[L]` holds the `size >> 8L & 255` hashes of the partial tile of level L.
    private(set) var levels: [[Hash]] = []

    init() {}

    /// - Parameter partialTile: answers with the hashes of a partial tile of a tree of `size` leaves.
    init(size: UInt64, reading partialTile: (Tile) throws -> [Hash]) rethrows {
        self.size = size
        var level = 0
        while size >> UInt64(8 * level) > 0 {
            levels.append(try Tile.partial(level: level, size: size).map(partialTile) ?? [])
            level += 1
        }
    }

    mutating func append(_ leaf: Hash) { append(leaf) { _, _ in } }

    /// - Parameter full: is told of each tile that this leaf completes, level 0 first.
    mutating func append(_ leaf: Hash, full: (Tile, [Hash]) throws -> Void) rethrows {
        var hash = leaf
        var level = 0
        var position = size
        size += 1
        while true {
            if level == levels.count { levels.append([]) }
            levels[level].append(hash)
            guard levels[level].count == Tile.fullWidth else { return }
            let hashes = levels[level]
            levels[level].removeAll(keepingCapacity: true)
            position >>= 8
            try full(Tile(level: level, index: position), hashes)
            hash = MerkleTree.fold(hashes[...])
            level += 1
        }
    }

    /// The partial tiles of this size with their hashes, level 0 first.
    var partialTiles: [(tile: Tile, hashes: [Hash])] {
        levels.enumerated().compactMap { level, hashes in
            Tile.partial(level: level, size: size).map { ($0, hashes) }
        }
    }

    var root: Hash {
        var root: Hash?
        for hashes in levels {
            // A partial tile splits into complete subtrees, the largest first; the tree hangs from the
            // smallest, so they are joined from the right.
            var end = hashes.count
            while end > 0 {
                let width = 1 << end.trailingZeroBitCount
                let peak = MerkleTree.fold(hashes[(end - width)..<end])
                root = root.map { MerkleTree.node(peak, $0) } ?? peak
                end -= width
            }
        }
        return root ?? MerkleTree.emptyRoot
    }
}
