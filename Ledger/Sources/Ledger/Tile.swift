/// A file of up to 256 hashes of the tree: the complete nodes of height `8 * level`, from position
/// `256 * index` on.
///
/// - Source: c2sp.org/tlog-tiles.
public struct Tile: Hashable, Sendable {
    public static let fullWidth = 256
    static let levels = 0...63

    /// 0 holds leaf hashes; level L + 1 holds one hash per full tile of level L.
    public let level: Int
    public let index: UInt64
    /// 1 to 256 hashes.
    public let width: Int

    init(level: Int, index: UInt64, width: Int = Tile.fullWidth) {
        precondition(Tile.levels.contains(level) && (1...Tile.fullWidth).contains(width))
        self.level = level
        self.index = index
        self.width = width
    }

    public var isFull: Bool { width == Tile.fullWidth }

    var full: Tile { Tile(level: level, index: index) }

    /// Relative to the log's folder or URL prefix, such as `tile/1/x001/x234/067.p/8`.
    public var path: String { "tile/\(level)/" + TilePath.numbered(index, width: width) }

    /// The number of complete nodes of height `8 * level` in a tree of `size` leaves.
    static func count(level: Int, size: UInt64) -> UInt64 { level > 7 ? 0 : size >> UInt64(8 * level) }

    /// The partial tile of a level, if a tree of `size` leaves has one there.
    static func partial(level: Int, size: UInt64) -> Tile? {
        let count = count(level: level, size: size)
        let width = Int(count & 255)
        return width == 0 ? nil : Tile(level: level, index: count >> 8, width: width)
    }

    /// The tile with number `index` as it is in a tree of `size` leaves, or nil if it has none.
    static func tile(level: Int, index: UInt64, size: UInt64) -> Tile? {
        let count = count(level: level, size: size)
        if index < count >> 8 { return Tile(level: level, index: index) }
        return index == count >> 8 ? partial(level: level, size: size) : nil
    }

    /// Every tile of a tree of `size` leaves, level 0 first, in order. Meant for small trees and tests:
    /// there is one per 255 leaves or so.
    public static func all(size: UInt64) -> [Tile] {
        var tiles: [Tile] = []
        for level in levels {
            let count = count(level: level, size: size)
            if count == 0 { break }
            for index in 0..<(count >> 8) { tiles.append(Tile(level: level, index: index)) }
            if let last = partial(level: level, size: size) { tiles.append(last) }
        }
        return tiles
    }

    func hashes(from bytes: [UInt8]) throws(Malformed) -> [Hash] {
        guard bytes.count == width * Hash.byteCount else {
            throw Malformed(.tile, "\(path) holds \(bytes.count) bytes instead of \(width * Hash.byteCount)")
        }
        return stride(from: 0, to: bytes.count, by: Hash.byteCount).compactMap {
            Hash(bytes[$0..<($0 + Hash.byteCount)])
        }
    }

    static func bytes(of hashes: [Hash]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: hashes.count * Hash.byteCount) { buffer, count in
            let target = UnsafeMutableRawBufferPointer(buffer)
            for (place, hash) in hashes.enumerated() { hash.copy(to: target, at: place * Hash.byteCount) }
            count = hashes.count * Hash.byteCount
        }
    }
}

enum TilePath {
    /// `1234067` becomes `x001/x234/067`; a width below 256 adds `.p/W`.
    static func numbered(_ index: UInt64, width: Int) -> String {
        let path = number(index)
        return width == Tile.fullWidth ? path : "\(path).p/\(width)"
    }

    private static func number(_ index: UInt64) -> String {
        var path = padded(index % 1000)
        var rest = index / 1000
        while rest > 0 {
            path = "x\(padded(rest % 1000))/\(path)"
            rest /= 1000
        }
        return path
    }

    private static func padded(_ group: UInt64) -> String {
        let digits = String(group)
        return String(repeating: "0", count: 3 - digits.count) + digits
    }
}
