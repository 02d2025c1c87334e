/// A small file with which anyone checks offline that an entry is in a log (`.tlog-proof`).
///
/// - Source: c2sp.org/tlog-proof.
public struct ProofFile: Hashable, Sendable {
    /// Most bytes in `extra`; a common reader stops at lines of 64 KiB.
    public static let longestExtra = 48 * 1024
    static let mostHashes = 63
    private static let header = "c2sp.org/tlog-proof@v1"

    /// Covered by no signature; for data that is checked by other means.
    public let extra: [UInt8]?
    public let index: UInt64
    /// The leaf's sibling first.
    public let path: [Hash]
    public let checkpoint: SignedNote

    /// - Throws: `Malformed` for an `extra` that is too long.
    public init(index: UInt64, path: [Hash], checkpoint: SignedNote, extra: [UInt8]? = nil) throws(Malformed) {
        guard index <= Decimal.most, path.count <= ProofFile.mostHashes else {
            throw Malformed(.proofFile, "its index or path is out of range")
        }
        guard extra?.count ?? 0 <= ProofFile.longestExtra else { throw Malformed(.proofFile, "its extra is too long") }
        self.index = index
        self.path = path
        self.checkpoint = checkpoint
        self.extra = extra
    }

    /// Reads a complete proof file, strictly in order.
    public init(_ bytes: [UInt8]) throws(Malformed) {
        var lines = Lines(bytes[...])
        guard let line = lines.next(), line.equals(ProofFile.header) else {
            throw Malformed(.proofFile, "does not start with \(ProofFile.header)", line: 1)
        }
        var extra: [UInt8]?
        if lines.startsWith("extra ") {
            guard let line = lines.next(), let data = Base64.decode(line.dropFirst(6)) else {
                throw Malformed(.proofFile, "extra is not base64", line: lines.number)
            }
            extra = data
        }
        guard let line = lines.next(), line.starts(withText: "index "), let index = Decimal.parse(line.dropFirst(6))
        else { throw Malformed(.proofFile, "has no index, or it is not a plain number", line: lines.number) }
        var path: [Hash] = []
        while true {
            guard let line = lines.next() else { throw Malformed(.proofFile, "ends before its checkpoint") }
            if line.isEmpty { break }
            guard path.count < ProofFile.mostHashes, let hash = Base64.decode(line).flatMap({ Hash($0) }) else {
                throw Malformed(.proofFile, "expected a hash in base64, 63 at most", line: lines.number)
            }
            path.append(hash)
        }
        try self.init(index: index, path: path, checkpoint: SignedNote(Array(lines.rest)), extra: extra)
    }

    public var bytes: [UInt8] {
        var text = ProofFile.header + "\n"
        if let extra { text += "extra \(Base64.encode(extra))\n" }
        text += "index \(index)\n"
        for hash in path { text += hash.base64 + "\n" }
        return Array(text.utf8) + [Lines.lineFeed] + checkpoint.bytes
    }

    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// What a proof that holds says.
public struct ProofReport: Hashable, Sendable {
    public struct Cosignature: Hashable, Sendable {
        /// The log witness's name in the policy.
        public let witness: String
        public let key: VerifierKey
        /// POSIX seconds.
        public let time: UInt64
    }

    public let origin: String
    public let index: UInt64
    /// Number of entries of the log when it was cosigned.
    public let size: UInt64
    public let root: Hash
    /// In the order of their lines; only those that verified and count.
    public let cosignatures: [Cosignature]

    /// POSIX seconds; nil without log witnesses.
    public var earliestTime: UInt64? { cosignatures.map(\.time).min() }
    public var latestTime: UInt64? { cosignatures.map(\.time).max() }
}

extension ProofFile {
    /// Checks that the entry is in a log of the policy, signed and cosigned as the policy asks.
    ///
    /// - Parameter now: POSIX seconds of our clock, if we have one; cosignatures more than ten minutes ahead
    ///   of it do not count.
    public func verify(
        entry: [UInt8], under policy: TrustPolicy, now: UInt64? = nil
    ) throws(VerificationFailure) -> ProofReport {
        try verify(leaf: MerkleTree.leafHash(entry), under: policy, now: now)
    }

    /// - Parameter leaf: `MerkleTree.leafHash` of the entry.
    public func verify(
        leaf: Hash, under policy: TrustPolicy, now: UInt64? = nil
    ) throws(VerificationFailure) -> ProofReport {
        let (checkpoint, cosignatures) = try policy.verify(self.checkpoint, now: now)
        let proof = InclusionProof(index: index, size: checkpoint.size, path: path)
        guard proof.verifies(leaf: leaf, root: checkpoint.root) else {
            throw .notIncluded(index: index, size: checkpoint.size)
        }
        return ProofReport(
            origin: checkpoint.origin, index: index, size: checkpoint.size, root: checkpoint.root,
            cosignatures: cosignatures)
    }
}

extension TrustPolicy {
    static let mostSecondsAhead: UInt64 = 600

    /// Checks a checkpoint: a log of this policy signed it, and enough log witnesses cosigned it.
    ///
    /// - Parameter now: POSIX seconds of our clock, if we have one.
    public func verify(
        _ note: SignedNote, now: UInt64? = nil
    ) throws(VerificationFailure) -> (checkpoint: Checkpoint, cosignatures: [ProofReport.Cosignature]) {
        let verified: VerifiedNote
        do throws(NoteFailure) { verified = try note.verified(by: keys) } catch { throw .note(error) }
        let checkpoint: Checkpoint
        do throws(Malformed) {
            checkpoint = try Checkpoint(text: verified.text)
        } catch {
            throw .malformed(.checkpoint, error)
        }

        let ofTheLog = Set(logs.map(\.key)).filter { checkpoint.origin.utf8.elementsEqual($0.name.bytes) }
        guard verified.signatures.contains(where: { ofTheLog.contains($0.key) }) else {
            throw .unknownLog(origin: checkpoint.origin)
        }

        var counted: [ProofReport.Cosignature] = []
        var ahead: [String] = []
        for signature in verified.signatures {
            guard let time = signature.time, let witness = witnesses.first(where: { $0.key == signature.key }) else {
                continue
            }
            if let now, time > now, time - now > TrustPolicy.mostSecondsAhead {
                ahead.append(witness.name)
            } else {
                counted.append(ProofReport.Cosignature(witness: witness.name, key: witness.key, time: time))
            }
        }
        guard isMet(by: counted.map(\.key)) else {
            throw .quorumNotMet(cosigned: counted.map(\.witness), ahead: ahead)
        }
        return (checkpoint, counted)
    }
}
