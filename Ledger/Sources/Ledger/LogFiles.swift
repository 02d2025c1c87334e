/// Reads a log's folder. Holds no state, so any number may read while the one `TileLog` writes: files appear
/// whole, and those that a published checkpoint needs never change.
///
/// Calls block on the disk for a few files at most.
public struct LogFiles: Sendable {
    static let checkpointName = "checkpoint"
    static let signedName = "checkpoint.signed"

    public let directory: String
    /// The log's own key, under which checkpoints are read.
    public let key: VerifierKey
    let folder: DurableFolder

    public init(directory: String, key: VerifierKey) {
        self.directory = directory
        self.key = key
        folder = DurableFolder(directory)
    }

    /// The published checkpoint with all its signature lines.
    ///
    /// - Throws: `LogFailure.noCheckpoint`, `LogFailure.damaged`, `FileFailure`.
    public func checkpoint() throws -> SignedCheckpoint {
        guard let checkpoint = try signedCheckpoint(in: LogFiles.checkpointName) else {
            throw LogFailure.noCheckpoint(directory: directory)
        }
        return checkpoint
    }

    /// The newest checkpoint the log signed, published or not.
    public func newestSigned() throws -> SignedCheckpoint {
        let published = try checkpoint()
        guard let signed = try signedCheckpoint(in: LogFiles.signedName) else { return published }
        return signed.checkpoint.size > published.checkpoint.size ? signed : published
    }

    /// - Parameter index: below the newest signed size.
    public func entry(at index: UInt64) throws -> [UInt8] {
        let size = try newestSigned().checkpoint.size
        guard index < size else { throw LogFailure.outOfRange }
        return try entries(bundle: index >> 8, size: size)[Int(index & 255)]
    }

    /// - Parameter index: below the newest signed size.
    public func leafHash(at index: UInt64) throws -> Hash {
        let size = try newestSigned().checkpoint.size
        guard index < size else { throw LogFailure.outOfRange }
        return try hashes(level: 0, index: index >> 8, size: size)[Int(index & 255)]
    }

    /// - Parameters:
    ///   - index: below `size`.
    ///   - size: at most the newest signed size.
    public func inclusionProof(index: UInt64, size: UInt64) throws -> InclusionProof {
        let newest = try newestSigned().checkpoint.size
        guard index < size, size <= newest else { throw LogFailure.outOfRange }
        var nodes = nodes(size: newest)
        return try InclusionProof(index: index, size: size, nodes: &nodes)
    }

    /// - Parameters:
    ///   - oldSize: at least 1; from size 0 there is nothing to prove.
    ///   - newSize: at most the newest signed size.
    public func consistencyProof(from oldSize: UInt64, to newSize: UInt64) throws -> ConsistencyProof {
        let newest = try newestSigned().checkpoint.size
        guard oldSize > 0, oldSize <= newSize, newSize <= newest else { throw LogFailure.outOfRange }
        var nodes = nodes(size: newest)
        return try ConsistencyProof(oldSize: oldSize, newSize: newSize, nodes: &nodes)
    }

    /// A proof file under the published checkpoint.
    ///
    /// - Throws: `LogFailure.outOfRange` for an entry that it does not cover yet.
    public func proofFile(index: UInt64, extra: [UInt8]? = nil) throws -> ProofFile {
        try proofFile(index: index, under: checkpoint(), extra: extra)
    }

    /// A proof file under any checkpoint of this log.
    public func proofFile(index: UInt64, under checkpoint: SignedCheckpoint, extra: [UInt8]? = nil) throws -> ProofFile
    {
        let proof = try inclusionProof(index: index, size: checkpoint.checkpoint.size)
        guard let root = proof.root(from: try leafHash(at: index)), root == checkpoint.checkpoint.root else {
            throw LogFailure.inconsistent(reason: "the tiles do not lead to the root of size \(proof.size)")
        }
        return try ProofFile(index: index, path: proof.path, checkpoint: checkpoint.note, extra: extra)
    }

    func signedCheckpoint(in name: String) throws -> SignedCheckpoint? {
        guard let bytes = try folder.read(name) else { return nil }
        do {
            return try SignedCheckpoint(bytes, log: key)
        } catch {
            throw LogFailure.damaged(path: name, reason: "\(error)")
        }
    }

    /// Nodes from the tiles of a log of at least `size` entries.
    func nodes(size: UInt64) -> TileNodes {
        TileNodes { level, index in try hashes(level: level, index: index, size: size) }
    }

    /// The hashes of a tile as a tree of `size` leaves has it.
    func hashes(level: Int, index: UInt64, size: UInt64) throws -> [Hash] {
        guard let tile = Tile.tile(level: level, index: index, size: size) else { throw LogFailure.outOfRange }
        return try read(tile.path, or: tile.full.path) { bytes, isFull in
            try Array((isFull ? tile.full : tile).hashes(from: bytes).prefix(tile.width))
        }
    }

    /// The entries of a bundle as a log of `size` entries has it.
    func entries(bundle index: UInt64, size: UInt64) throws -> [[UInt8]] {
        guard let bundle = EntryBundle(index: index, size: size) else { throw LogFailure.outOfRange }
        return try read(bundle.path, or: bundle.full.path) { bytes, isFull in
            try Array((isFull ? bundle.full : bundle).entries(from: bytes).prefix(bundle.width))
        }
    }

    /// A partial file may be gone once the full one exists, whose first items are the same.
    private func read<Items>(
        _ path: String, or fullPath: String, _ parse: ([UInt8], _ isFull: Bool) throws -> Items
    ) throws -> Items {
        do {
            if let bytes = try folder.read(path) { return try parse(bytes, path == fullPath) }
            if let bytes = try folder.read(fullPath) { return try parse(bytes, true) }
        } catch let malformed as Malformed {
            throw LogFailure.damaged(path: path, reason: malformed.reason)
        }
        throw LogFailure.damaged(path: path, reason: "is missing")
    }
}
