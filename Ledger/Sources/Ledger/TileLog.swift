/// A log on disk and the only one who may extend it.
///
/// A class that is not `Sendable`: it blocks on the disk, so its one owner (a service, an actor of its own)
/// decides where that may happen, and the compiler sees to it that there is one owner. Readers elsewhere
/// use `files`, which is `Sendable` and needs no turn.
///
/// In the folder: `checkpoint` (published), `checkpoint.signed` (newest signed, where it is not published
/// yet), `tile/…` (served as they are), `tmp` and `lock` (private).
///
/// Order of writing: tiles and bundles, durable; then the checkpoint that needs them, durable; only then
/// does anyone hear of it. After a crash, files beyond the newest checkpoint are written again when their
/// entries come again.
public final class TileLog {
    /// Longest entry in bytes; larger content is committed to by digest.
    public static let longestEntry = LeafEntry.longest

    public let files: LogFiles
    /// The newest checkpoint, published or not.
    public private(set) var signed: SignedCheckpoint
    public private(set) var published: SignedCheckpoint
    public var size: UInt64 { signed.checkpoint.size }

    private let key: LogKey
    private let lock: FolderLock
    private var edge: TreeEdge
    /// Entries of the last, partial bundle.
    private var lastBundle: [[UInt8]]
    private var mustReopen = false

    private var folder: DurableFolder { files.folder }

    /// Makes a new, empty log and publishes its checkpoint of size 0.
    ///
    /// Apart from `open`, so that a lost disk never turns silently into a second log of the same name.
    ///
    /// - Throws: `LogFailure.alreadyThere` if the folder holds a checkpoint or tiles.
    public static func create(directory: String, key: LogKey) throws -> TileLog {
        let files = LogFiles(directory: directory, key: key.verifierKey)
        try files.folder.make()
        let lock = try takeLock(directory)
        for name in [LogFiles.checkpointName, LogFiles.signedName, "tile"] where files.folder.exists(name) {
            throw LogFailure.alreadyThere(directory: directory)
        }
        let empty = try Checkpoint(origin: key.origin.rawValue, size: 0, root: MerkleTree.emptyRoot)
        let note = SignedNote(text: empty.text, signatures: [try key.sign(empty)])
        try files.folder.write([(LogFiles.checkpointName, note.bytes)])
        return try TileLog(files: files, key: key, lock: lock)
    }

    /// Opens a log and checks that its newest tiles, entries and checkpoints agree.
    ///
    /// - Throws: `LogFailure`, `FileFailure`.
    public static func open(directory: String, key: LogKey) throws -> TileLog {
        let files = LogFiles(directory: directory, key: key.verifierKey)
        guard files.folder.exists("") else { throw LogFailure.noCheckpoint(directory: directory) }
        return try TileLog(files: files, key: key, lock: takeLock(directory))
    }

    private static func takeLock(_ directory: String) throws -> FolderLock {
        guard let lock = try FolderLock(directory + "/lock") else { throw LogFailure.inUse(directory: directory) }
        return lock
    }

    private init(files: LogFiles, key: LogKey, lock: FolderLock) throws {
        let published = try files.checkpoint()
        let newest = try files.newestSigned()
        if let signed = try files.signedCheckpoint(in: LogFiles.signedName) {
            try TileLog.requireConsistent(signed.checkpoint, published.checkpoint, files: files)
        }
        let size = newest.checkpoint.size
        edge = try TreeEdge(size: size) { try files.hashes(level: $0.level, index: $0.index, size: size) }
        guard edge.root == newest.checkpoint.root else {
            throw LogFailure.inconsistent(reason: "the last tiles do not lead to the root of size \(size)")
        }
        lastBundle = size & 255 == 0 ? [] : try files.entries(bundle: size >> 8, size: size)
        guard lastBundle.map({ MerkleTree.leafHash($0) }) == edge.levels.first ?? [] else {
            let path = EntryBundle(index: size >> 8, size: size)?.path ?? "tile/entries"
            throw LogFailure.damaged(path: path, reason: "its entries are not those of the tile")
        }
        try files.folder.sweep()
        (self.files, self.key, self.lock, self.published, signed) = (files, key, lock, published, newest)
    }

    /// Adds entries in the given order, signs the larger tree and publishes its checkpoint.
    ///
    /// - Parameter entries: each at most 4,096 bytes. None: nothing is signed.
    /// - Returns: the indexes of the entries.
    /// - Throws: `LogFailure`, `FileFailure`; then no new checkpoint has been given out.
    @discardableResult
    public func append(_ entries: [[UInt8]]) throws -> Range<UInt64> {
        try extend(by: entries, checkpointName: LogFiles.checkpointName)
    }

    /// As `append`, but leaves the published checkpoint as it is until `publish`, to collect cosignatures first.
    @discardableResult
    public func integrate(_ entries: [[UInt8]]) throws -> Range<UInt64> {
        try extend(by: entries, checkpointName: LogFiles.signedName)
    }

    /// Publishes a checkpoint that this log signed, or the published one again with other cosignatures.
    ///
    /// - Parameter checkpoint: one that `signed` was, mostly with lines added by `adding(_:by:)`.
    public func publish(_ checkpoint: SignedCheckpoint) throws {
        guard !mustReopen else { throw LogFailure.mustReopen }
        let (new, old) = (checkpoint.checkpoint, published.checkpoint)
        guard (try? SignedCheckpoint(checkpoint.bytes, log: files.key)) == checkpoint else {
            throw LogFailure.notPublishable(reason: "this log did not sign it")
        }
        guard new == old || new.size > old.size, new.size <= size else {
            throw LogFailure.notPublishable(reason: "its size is \(new.size); published \(old.size), signed \(size)")
        }
        try TileLog.requireConsistent(new, signed.checkpoint, files: files)
        try give(out: checkpoint, as: LogFiles.checkpointName)
    }

    private func extend(by entries: [[UInt8]], checkpointName: String) throws -> Range<UInt64> {
        guard !mustReopen else { throw LogFailure.mustReopen }
        for (place, entry) in entries.enumerated() where entry.count > TileLog.longestEntry {
            throw LogFailure.entryTooLong(place: place, bytes: entry.count)
        }
        let range = size..<(size + UInt64(entries.count))
        guard !entries.isEmpty else { return range }

        let batch = Batch(entries, after: edge, lastBundle: lastBundle)
        try removeUnsigned(upTo: range.upperBound)
        try folder.write(batch.files)
        let checkpoint = try Checkpoint(
            origin: key.origin.rawValue, size: range.upperBound, root: batch.edge.root)
        try requireExtension(checkpoint)
        let note = SignedNote(text: checkpoint.text, signatures: [try key.sign(checkpoint)])
        try give(out: SignedCheckpoint(checkpoint: checkpoint, note: note), as: checkpointName)
        (edge, lastBundle) = (batch.edge, batch.lastBundle)
        return range
    }

    /// Refuses to sign what contradicts the newest checkpoint on disk, judging by the tiles as they now lie there.
    private func requireExtension(_ checkpoint: Checkpoint) throws {
        guard try files.newestSigned().checkpoint == signed.checkpoint else { throw LogFailure.headMoved }
        var nodes = files.nodes(size: checkpoint.size)
        let old = signed.checkpoint
        let isConsistent =
            old.size == 0
            ? try nodes.root(size: checkpoint.size) == checkpoint.root
            : try ConsistencyProof(oldSize: old.size, newSize: checkpoint.size, nodes: &nodes)
                .verifies(oldRoot: old.root, newRoot: checkpoint.root)
        guard old.size < checkpoint.size, isConsistent else {
            throw LogFailure.inconsistent(reason: "size \(checkpoint.size) does not extend size \(old.size)")
        }
    }

    private static func requireConsistent(_ first: Checkpoint, _ second: Checkpoint, files: LogFiles) throws {
        let (old, new) = first.size < second.size ? (first, second) : (second, first)
        guard old.origin == new.origin, old.size < new.size || old.root == new.root else {
            throw LogFailure.inconsistent(reason: "two checkpoints of size \(old.size) differ")
        }
        guard old.size > 0, old.size < new.size else { return }
        var nodes = files.nodes(size: new.size)
        guard
            try ConsistencyProof(oldSize: old.size, newSize: new.size, nodes: &nodes)
                .verifies(oldRoot: old.root, newRoot: new.root)
        else { throw LogFailure.inconsistent(reason: "size \(new.size) does not extend size \(old.size)") }
    }

    private func give(out checkpoint: SignedCheckpoint, as name: String) throws {
        do {
            try folder.write([(name, checkpoint.bytes)])
        } catch {
            // It may or may not lie there now; only reading it again tells.
            mustReopen = true
            throw error
        }
        if checkpoint.checkpoint.size > size { signed = checkpoint }
        guard name == LogFiles.checkpointName else { return }
        let old = published.checkpoint.size
        published = checkpoint
        if checkpoint.checkpoint == signed.checkpoint { signed = checkpoint }
        removePartials(completedSince: old)
    }

    /// Removes partial files that a crash left beyond the newest checkpoint, where this batch comes to lie. If other
    /// entries come now, they would look like a history that never was.
    private func removeUnsigned(upTo newSize: UInt64) throws {
        for level in Tile.levels {
            let (old, new) = (Tile.count(level: level, size: size), Tile.count(level: level, size: newSize))
            if new == 0 { return }
            for index in (old >> 8)...(new >> 8) {
                let signedWidth = index == old >> 8 ? old & 255 : 0
                var paths = [Tile(level: level, index: index).path]
                if level == 0 { paths.append(EntryBundle(index: index).path) }
                for path in paths {
                    for name in folder.names(in: path + ".p") {
                        guard let width = Decimal.parse(name.utf8), width > signedWidth else { continue }
                        try folder.remove(file: "\(path).p/\(name)")
                    }
                }
            }
        }
    }

    /// Removes partial files whose full file a published checkpoint now needs. One left behind by a failure
    /// or crash is only a waste of space.
    private func removePartials(completedSince old: UInt64) {
        for level in Tile.levels {
            let new = Tile.count(level: level, size: published.checkpoint.size) >> 8
            if new == 0 { return }
            for index in (Tile.count(level: level, size: old) >> 8)..<new {
                try? folder.remove(folder: Tile(level: level, index: index).path + ".p")
                if level == 0 { try? folder.remove(folder: EntryBundle(index: index).path + ".p") }
            }
        }
    }
}

/// The files that some entries add to a log, and its right edge afterwards.
private struct Batch {
    private(set) var files: [(name: String, bytes: [UInt8])] = []
    private(set) var edge: TreeEdge
    private(set) var lastBundle: [[UInt8]]

    init(_ entries: [[UInt8]], after old: TreeEdge, lastBundle oldBundle: [[UInt8]]) {
        edge = old
        lastBundle = oldBundle
        var tiles: [(name: String, bytes: [UInt8])] = []
        for entry in entries {
            lastBundle.append(entry)
            if lastBundle.count == Tile.fullWidth {
                files.append((EntryBundle(index: edge.size >> 8).path, EntryBundle.bytes(of: lastBundle)))
                lastBundle.removeAll()
            }
            edge.append(MerkleTree.leafHash(entry)) { tile, hashes in
                tiles.append((tile.path, Tile.bytes(of: hashes)))
            }
        }
        if let bundle = EntryBundle(index: edge.size >> 8, size: edge.size) {
            files.append((bundle.path, EntryBundle.bytes(of: lastBundle)))
        }
        let known = Set(old.partialTiles.map(\.tile))
        for (tile, hashes) in edge.partialTiles where !known.contains(tile) {
            tiles.append((tile.path, Tile.bytes(of: hashes)))
        }
        files += tiles
    }
}
