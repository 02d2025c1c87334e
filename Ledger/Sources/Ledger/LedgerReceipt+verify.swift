import Foundation

extension LedgerReceipt {
    /// What a receipt that holds says.
    public struct Report: Hashable, Sendable {
        public let kind: LeafEntry.Kind
        /// 0 is the court whose log it is.
        public let issuer: UInt64
        /// Whole minutes since the start of 1970, UTC, as the court states in the entry.
        public let minutes: UInt64
        /// What was compared with the commitments, in their order.
        public let opened: [LeafLabel]
        /// Where the entry stands and who cosigned.
        public let proof: ProofReport
    }

    /// Checks the receipt together with the bytes of the file it is about.
    public func verify(
        under policy: TrustPolicy, file: some DataProtocol, now: UInt64? = nil
    ) throws(VerificationFailure) -> Report {
        try verify(under: policy, digests: [.file: Hash.sha256(file)], now: now)
    }

    /// Checks, in this order: the form; that all it opens recomputes to its commitments; that these are
    /// the entry's; that the entry is in the tree; that the log signed and enough log witnesses cosigned.
    ///
    /// - Parameters:
    ///   - digests: SHA-256 of what the receipt opens and does not hold itself, such as a file.
    ///   - now: POSIX seconds of our clock, if we have one.
    public func verify(
        under policy: TrustPolicy, digests: [LeafLabel: Hash] = [:], now: UInt64? = nil
    ) throws(VerificationFailure) -> Report {
        let parts = try parts()
        let opened = try openedLabels(parts, digests: digests)
        try compare(parts)
        let report = try parts.proof.verify(entry: parts.entry.bytes, under: policy, now: now)
        return Report(
            kind: parts.entry.kind, issuer: parts.entry.issuer, minutes: parts.entry.minutes, opened: opened,
            proof: report)
    }

    private struct Parts {
        let commitments: [(label: LeafLabel, value: Hash)]
        let salts: [LeafLabel: LabelSalt]
        let entry: LeafEntry
        let proof: ProofFile
    }

    private func parts() throws(VerificationFailure) -> Parts {
        guard format == LedgerReceipt.format else {
            throw .malformed(.form, Malformed(.receipt, "is of an unknown format"))
        }
        var values: [(label: LeafLabel, value: Hash)] = []
        for commitment in commitments {
            guard let label = LeafLabel(rawValue: commitment.label), !values.contains(where: { $0.label == label }),
                let value = Base64.decode(commitment.value).flatMap({ Hash($0) })
            else { throw .malformed(.form, Malformed(.receipt, "lists a commitment that is not one")) }
            values.append((label, value))
        }
        var opening: [LeafLabel: LabelSalt] = [:]
        for (name, text) in salts {
            guard let label = LeafLabel(rawValue: name), let salt = Base64.decode(text).flatMap({ LabelSalt($0) })
            else { throw .malformed(.form, Malformed(.receipt, "lists a salt that is not one")) }
            opening[label] = salt
        }
        guard let entryBytes = Base64.decode(entry) else {
            throw .malformed(.form, Malformed(.receipt, "its entry is not base64"))
        }
        do throws(Malformed) {
            return Parts(
                commitments: values, salts: opening, entry: try LeafEntry(entryBytes),
                proof: try ProofFile(Array(proof.utf8)))
        } catch {
            throw .malformed(error.item == .leaf ? .entry : .form, error)
        }
    }

    private func openedLabels(
        _ parts: Parts, digests: [LeafLabel: Hash]
    ) throws(VerificationFailure) -> [LeafLabel] {
        var digests = digests
        if let content { digests[.act] = Hash.sha256(Array(content.utf8)) }
        // Content or a file that no salt opens would only look as if it had been checked.
        for label in digests.keys.sorted(by: { $0.rawValue < $1.rawValue }) where parts.salts[label] == nil {
            throw .notOpened(label: label.rawValue)
        }
        for label in parts.salts.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
            guard let digest = digests[label] else { throw .notGiven(label: label.rawValue) }
            guard let value = parts.commitments.first(where: { $0.label == label })?.value,
                parts.salts[label]?.commitment(label, toDigest: digest) == value
            else { throw .commitmentDiffers(label: label.rawValue) }
        }
        guard !parts.salts.isEmpty else { throw .nothingOpened }
        return parts.commitments.map(\.label).filter { parts.salts[$0] != nil }
    }

    private func compare(_ parts: Parts) throws(VerificationFailure) {
        guard parts.commitments.map(\.value) == parts.entry.commitments else {
            throw .entryDiffers(reason: "it holds other commitments")
        }
        if let labels = parts.entry.kind.labels, labels != parts.commitments.map(\.label) {
            throw .entryDiffers(reason: "its kind has other labels")
        }
    }
}
