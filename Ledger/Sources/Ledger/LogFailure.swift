/// Why a log on disk cannot be opened, read or extended.
public enum LogFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is a log, or what is left of one, where a new one should be made.
    case alreadyThere(directory: String)
    /// No checkpoint. Never make a new log in its place: it would contradict what the old one signed.
    case noCheckpoint(directory: String)
    /// Another process, or another `TileLog` of this one, writes to this folder.
    case inUse(directory: String)
    /// A file does not hold what the signed checkpoints say it must.
    case damaged(path: String, reason: String)
    /// Two checkpoints signed by this log's key contradict one another, or new tiles the newest checkpoint.
    case inconsistent(reason: String)
    /// The folder's newest checkpoint is not the one this object signed or read last.
    case headMoved
    /// Writing failed at a moment after which only opening the log again shows what was signed.
    case mustReopen
    case entryTooLong(place: Int, bytes: Int)
    /// The log has no such index or size.
    case outOfRange
    /// The checkpoint cannot be published: it is older than the published one or was not signed here.
    case notPublishable(reason: String)

    public var description: String {
        switch self {
        case .alreadyThere(let directory): "\(directory) already holds a log"
        case .noCheckpoint(let directory): "\(directory) has no checkpoint"
        case .inUse(let directory): "\(directory) is being written by someone else"
        case .damaged(let path, let reason): "\(path) is damaged: \(reason)"
        case .inconsistent(let reason): "the log contradicts itself: \(reason)"
        case .headMoved: "the folder's checkpoint is not the one signed last"
        case .mustReopen: "an earlier write failed; open the log again"
        case .entryTooLong(let place, let bytes): "entry \(place) of the batch has \(bytes) bytes"
        case .outOfRange: "the log has no such index or size"
        case .notPublishable(let reason): "this checkpoint cannot be published: \(reason)"
        }
    }
}
