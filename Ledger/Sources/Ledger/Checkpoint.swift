/// The size and root of a log at one moment, as its key signs them. We never write extension lines and
/// refuse them, because not every library signs them.
///
/// - Source: c2sp.org/tlog-checkpoint.
public struct Checkpoint: Hashable, Sendable {
    /// The log's permanent name; the name of the key that signs it.
    public let origin: String
    /// Number of entries; below 2^63.
    public let size: UInt64
    public let root: Hash
    /// The three lines, with the final LF.
    public let text: [UInt8]

    /// - Throws: `Malformed` for an empty origin, one that holds a line break, a size of 2^63 or more, or an
    ///   empty tree with another root than `MerkleTree.emptyRoot`.
    public init(origin: String, size: UInt64, root: Hash) throws(Malformed) {
        try self.init(text: Array("\(origin)\n\(size)\n\(root.base64)\n".utf8))
    }

    /// Reads the text of a note that has been verified.
    public init(text: [UInt8]) throws(Malformed) {
        var lines = Lines(text[...])
        guard let line = lines.next(), !line.isEmpty, line.allSatisfy({ $0 >= 0x20 }),
            let origin = String(validating: line, as: UTF8.self)
        else { throw Malformed(.checkpoint, "has no origin") }
        guard let line = lines.next(), let size = Decimal.parse(line) else {
            throw Malformed(.checkpoint, "has no size, or it is not a plain number")
        }
        guard let line = lines.next(), let root = Base64.decode(line).flatMap({ Hash($0) }) else {
            throw Malformed(.checkpoint, "has no root hash, or it is not base64")
        }
        guard lines.rest.isEmpty else { throw Malformed(.checkpoint, "goes on after its root hash") }
        guard size > 0 || root == MerkleTree.emptyRoot else {
            throw Malformed(.checkpoint, "is of size 0 with a root other than that of the empty tree")
        }
        self.origin = origin
        self.size = size
        self.root = root
        self.text = text
    }

    // Compared by bytes: strings that look the same need not be the same.
    public static func == (left: Checkpoint, right: Checkpoint) -> Bool { left.text == right.text }

    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// A checkpoint with the note that carries it, signed by its own log.
public struct SignedCheckpoint: Hashable, Sendable {
    public let checkpoint: Checkpoint
    public let note: SignedNote

    init(checkpoint: Checkpoint, note: SignedNote) {
        self.checkpoint = checkpoint
        self.note = note
    }

    /// Reads a complete note and accepts it only under the log's own key.
    ///
    /// - Throws: `Malformed`, or `NoteFailure` when the key did not sign it.
    public init(_ bytes: [UInt8], log: VerifierKey) throws {
        note = try SignedNote(bytes)
        checkpoint = try Checkpoint(text: note.verified(by: CollectionOfOne(log)).text)
        guard log.kind == .ed25519, checkpoint.origin.utf8.elementsEqual(log.name.bytes) else {
            throw NoteFailure.noKnownKey
        }
    }

    /// The complete note.
    public var bytes: [UInt8] { note.bytes }

    /// Adds the lines that verify under these log witness keys, in their order. Lines of other keys, lines that fail and
    /// repeats are left out; a newer line replaces an older one by the same key.
    public func adding(_ lines: [NoteSignature], by witnesses: [VerifierKey]) -> SignedCheckpoint {
        var signatures = note.signatures
        for line in lines {
            let isValid = witnesses.contains { key in
                key.kind == .cosignature && key.name == line.name && key.keyID == line.keyID
                    && (try? key.verify(line, over: checkpoint.text)) != nil
            }
            guard isValid else { continue }
            signatures.removeAll { $0.name == line.name && $0.keyID == line.keyID }
            signatures.append(line)
        }
        return SignedCheckpoint(
            checkpoint: checkpoint, note: SignedNote(text: checkpoint.text, signatures: signatures))
    }
}
