/// Why a proof or receipt does not hold, by the step that failed.
public enum VerificationFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Step: String, Hashable, Sendable, CaseIterable {
        /// The document itself can be read.
        case form
        /// What it opens recomputes to its commitments.
        case content
        /// The leaf entry holds those commitments.
        case entry
        /// The entry is in the tree.
        case inclusion
        /// The log signed the tree.
        case checkpoint
        /// Enough log witnesses cosigned it.
        case cosignatures
    }

    case malformed(Step, Malformed)
    /// Nothing was opened, so nothing but the entry's existence would be shown.
    case nothingOpened
    /// The receipt opens a label whose bytes were not given.
    case notGiven(label: String)
    /// Bytes were given, or content is shown, that the receipt does not open.
    case notOpened(label: String)
    case commitmentDiffers(label: String)
    /// The receipt's list of commitments is not the entry's.
    case entryDiffers(reason: String)
    case notIncluded(index: UInt64, size: UInt64)
    case note(NoteFailure)
    /// No log of the policy with this origin signed.
    case unknownLog(origin: String)
    /// - Parameters:
    ///   - cosigned: names, as in the policy, of the log witnesses whose lines verified.
    ///   - ahead: those among the rest whose time is more than ten minutes ahead of our clock.
    case quorumNotMet(cosigned: [String], ahead: [String])

    public var step: Step {
        switch self {
        case .malformed(let step, _): step
        case .nothingOpened, .notGiven, .notOpened, .commitmentDiffers: .content
        case .entryDiffers: .entry
        case .notIncluded: .inclusion
        case .note, .unknownLog: .checkpoint
        case .quorumNotMet: .cosignatures
        }
    }

    public var description: String {
        switch self {
        case .malformed(_, let malformed): malformed.description
        case .nothingOpened: "the receipt opens nothing, so it says nothing about any content"
        case .notGiven(let label): "the receipt opens '\(label)', but its bytes were not given"
        case .notOpened(let label): "'\(label)' is given, but the receipt does not open it"
        case .commitmentDiffers(let label): "'\(label)' is not what the court's entry commits to"
        case .entryDiffers(let reason): "the leaf entry is another one: \(reason)"
        case .notIncluded(let index, let size): "the entry is not at index \(index) of the tree of size \(size)"
        case .note(let failure): failure.description
        case .unknownLog(let origin): "no trusted key of a log named '\(origin)' signed the checkpoint"
        case .quorumNotMet(let cosigned, let ahead):
            "too few log witnesses cosigned (\(cosigned.isEmpty ? "none" : cosigned.joined(separator: ", ")))"
                + (ahead.isEmpty ? "" : "; ahead of our clock: \(ahead.joined(separator: ", "))")
        }
    }
}
