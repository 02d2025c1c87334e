/// Recomputes a log from its entries: every tile, the root, and whether the checkpoint says the same.
///
/// Reads each file once and holds one tile a level, so a log of any length can be audited. Files beyond the
/// checkpoint are left alone: a crash may leave some.
public struct LogAudit {
    /// What a log that agrees with itself says.
    public struct Report: Hashable, Sendable {
        public let checkpoint: Checkpoint
        public let cosignatures: [ProofReport.Cosignature]
        /// Number of tiles compared, without entry bundles and left-over partial files.
        public let tiles: Int
    }

    /// The first difference found; entries first, each followed by the tiles it completes.
    public enum Difference: Error, Hashable, Sendable, CustomStringConvertible {
        case checkpoint(VerificationFailure)
        case missing(path: String)
        case malformed(path: String, reason: String)
        /// The hash at `position` of a tile is not that of `entries`; either may have been changed.
        case hash(path: String, position: Int, entries: Range<UInt64>)
        /// A left-over partial bundle differs from the full one in this entry.
        case entry(path: String, index: UInt64)
        case root(size: UInt64, computed: Hash)

        public var description: String {
            switch self {
            case .checkpoint(let failure): "checkpoint: \(failure)"
            case .missing(let path): "\(path) is missing"
            case .malformed(let path, let reason): "\(path): \(reason)"
            case .hash(let path, let position, let entries) where entries.count == 1:
                "\(path), position \(position): is not the hash of entry \(entries.lowerBound)"
            case .hash(let path, let position, let entries):
                "\(path), position \(position): is not the hash of entries \(entries.lowerBound) to \(entries.upperBound - 1)"
            case .entry(let path, let index): "\(path): entry \(index) is not that of the full bundle"
            case .root(let size, let computed):
                "checkpoint: the \(size) entries lead to the root \(computed.base64)"
            }
        }
    }

    private let folder: DurableFolder
    private let checkpoint: Checkpoint
    private let cosignatures: [ProofReport.Cosignature]
    private var tiles = 0

    /// - Parameter now: POSIX seconds of our clock, if we have one.
    /// - Throws: `Difference`, or `FileFailure` where a file cannot be read.
    public static func run(directory: String, under policy: TrustPolicy, now: UInt64? = nil) throws -> Report {
        var audit = try LogAudit(directory: directory, policy: policy, now: now)
        try audit.recompute()
        return Report(checkpoint: audit.checkpoint, cosignatures: audit.cosignatures, tiles: audit.tiles)
    }

    private init(directory: String, policy: TrustPolicy, now: UInt64?) throws {
        folder = DurableFolder(directory)
        guard let bytes = try folder.read(LogFiles.checkpointName) else {
            throw Difference.missing(path: LogFiles.checkpointName)
        }
        do {
            (checkpoint, cosignatures) = try policy.verify(SignedNote(bytes), now: now)
        } catch let malformed as Malformed {
            throw Difference.checkpoint(.malformed(.checkpoint, malformed))
        } catch let failure as VerificationFailure {
            throw Difference.checkpoint(failure)
        }
    }

    private mutating func recompute() throws {
        var edge = TreeEdge()
        while edge.size < checkpoint.size {
            guard let bundle = EntryBundle(index: edge.size >> 8, size: checkpoint.size) else {
                preconditionFailure("a bundle below the size exists")
            }
            for entry in try entries(of: bundle) {
                try edge.append(MerkleTree.leafHash(entry)) { try compare($0, hashes: $1) }
            }
        }
        for (tile, hashes) in edge.partialTiles { try compare(tile, hashes: hashes) }
        guard edge.root == checkpoint.root else {
            throw Difference.root(size: checkpoint.size, computed: edge.root)
        }
    }

    private func entries(of bundle: EntryBundle) throws -> [[UInt8]] {
        let (bytes, isFull) = try read(bundle.path, or: bundle.full.path)
        let read = try parsing(bundle.path) { () throws(Malformed) in
            try (isFull ? bundle.full : bundle).entries(from: bytes)
        }
        let entries = Array(read.prefix(bundle.width))
        for width in try leftOver(bundle.full.path, below: bundle.width) {
            let older = EntryBundle(index: bundle.index, width: width)
            guard let bytes = try folder.read(older.path) else { continue }
            let found = try parsing(older.path) { () throws(Malformed) in try older.entries(from: bytes) }
            if let place = zip(found, entries).enumerated().first(where: { $1.0 != $1.1 })?.offset {
                throw Difference.entry(path: older.path, index: bundle.index << 8 + UInt64(place))
            }
        }
        return entries
    }

    private mutating func compare(_ tile: Tile, hashes: [Hash]) throws {
        let (bytes, isFull) = try read(tile.path, or: tile.full.path)
        try compare(isFull ? tile.full : tile, bytes: bytes, hashes: hashes)
        for width in try leftOver(tile.full.path, below: tile.width) {
            let older = Tile(level: tile.level, index: tile.index, width: width)
            guard let bytes = try folder.read(older.path) else { continue }
            try compare(older, bytes: bytes, hashes: hashes)
        }
        tiles += 1
    }

    private func compare(_ tile: Tile, bytes: [UInt8], hashes: [Hash]) throws {
        let found = try parsing(tile.path) { () throws(Malformed) in try tile.hashes(from: bytes) }
        guard let position = zip(found, hashes).enumerated().first(where: { $1.0 != $1.1 })?.offset else { return }
        let place = tile.index << 8 + UInt64(position)
        let shift = UInt64(8 * tile.level)
        throw Difference.hash(
            path: tile.path, position: position, entries: (place << shift)..<((place + 1) << shift))
    }

    private func read(_ path: String, or fullPath: String) throws -> (bytes: [UInt8], isFull: Bool) {
        if let bytes = try folder.read(path) { return (bytes, path == fullPath) }
        if let bytes = try folder.read(fullPath) { return (bytes, true) }
        throw Difference.missing(path: path)
    }

    private func parsing<Value>(_ path: String, _ parse: () throws(Malformed) -> Value) throws -> Value {
        do throws(Malformed) {
            return try parse()
        } catch {
            throw Difference.malformed(path: path, reason: error.reason)
        }
    }

    /// The widths of partial files that lie beside a file, smallest first.
    private func leftOver(_ fullPath: String, below width: Int) throws -> [Int] {
        let names = folder.names(in: fullPath + ".p").sorted()
        return try names.map { name in
            guard let width = Decimal.parse(name.utf8), (1..<256).contains(width) else {
                throw Difference.malformed(path: "\(fullPath).p/\(name)", reason: "is no file of a log")
            }
            return Int(width)
        }.filter { $0 < width }.sorted()
    }
}
