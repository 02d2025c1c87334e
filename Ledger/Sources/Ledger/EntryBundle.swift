/// A file of up to 256 entries, each as a 2-byte length and its bytes.
///
/// - Source: c2sp.org/tlog-tiles.
public struct EntryBundle: Hashable, Sendable {
    /// The longest entry the format can hold; what a `TileLog` takes is shorter (`TileLog.longestEntry`).
    static let longestEntry = 65_535

    public let index: UInt64
    /// 1 to 256 entries.
    public let width: Int

    init(index: UInt64, width: Int = Tile.fullWidth) {
        precondition((1...Tile.fullWidth).contains(width))
        self.index = index
        self.width = width
    }

    /// The bundle with number `index` as it is in a log of `size` entries, or nil if it has none.
    init?(index: UInt64, size: UInt64) {
        // Bundles are cut exactly as the tiles of level 0.
        guard let tile = Tile.tile(level: 0, index: index, size: size) else { return nil }
        self.init(index: index, width: tile.width)
    }

    public var isFull: Bool { width == Tile.fullWidth }

    /// Relative to the log's folder or URL prefix, such as `tile/entries/000.p/8`.
    public var path: String { "tile/entries/" + TilePath.numbered(index, width: width) }

    var full: EntryBundle { EntryBundle(index: index) }

    /// - Parameter entries: each at most 65,535 bytes.
    static func bytes(of entries: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entries.reduce(0) { $0 + $1.count + 2 })
        for entry in entries {
            precondition(entry.count <= longestEntry)
            bytes.append(UInt8(entry.count >> 8))
            bytes.append(UInt8(entry.count & 255))
            bytes += entry
        }
        return bytes
    }

    func entries(from bytes: [UInt8]) throws(Malformed) -> [[UInt8]] {
        var entries: [[UInt8]] = []
        entries.reserveCapacity(width)
        var place = 0
        while place < bytes.count, entries.count < width {
            guard bytes.count - place >= 2 else { break }
            let length = Int(bytes[place]) << 8 | Int(bytes[place + 1])
            place += 2
            guard bytes.count - place >= length else {
                throw Malformed(.entryBundle, "\(path) ends inside entry \(entries.count)")
            }
            entries.append(Array(bytes[place..<(place + length)]))
            place += length
        }
        guard entries.count == width else {
            throw Malformed(.entryBundle, "\(path) holds \(entries.count) entries instead of \(width)")
        }
        guard place == bytes.count else {
            throw Malformed(.entryBundle, "\(path) goes on after its \(width) entries")
        }
        return entries
    }
}
