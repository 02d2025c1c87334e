/// Bytes that are not the format they should be. Nothing is repaired and nothing is guessed.
public struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Item: String, Hashable, Sendable {
        case note, checkpoint, origin, cosignature, policy, tile, leaf, receipt, key
        case verifierKey = "verifier key"
        case proofFile = "proof file"
        case entryBundle = "entry bundle"
    }

    public let item: Item
    public let reason: String
    /// Counted from 1, for line-based formats where a line is to blame.
    public let line: Int?

    init(_ item: Item, _ reason: String, line: Int? = nil) {
        self.item = item
        self.reason = reason
        self.line = line
    }

    public var description: String {
        "malformed \(item.rawValue)" + (line.map { ", line \($0)" } ?? "") + ": \(reason)"
    }
}
