import Crypto
import Dispatch
import Synchronization

/// SHA-256 over pieces in their order, counted on a thread of its own while the caller encrypts and writes.
final class DigestBeside: Sendable {
    private let digest = Mutex(SHA256())
    private let queue = DispatchQueue(label: "xiezhi.digest")
    /// Pieces that wait hold memory: so many at most.
    private let room = DispatchSemaphore(value: 4)

    func update(_ piece: [UInt8]) {
        room.wait()
        queue.async { [self] in
            digest.withLock { $0.update(data: piece) }
            room.signal()
        }
    }

    /// The digest of all pieces so far and `last`, which is not added to them: asked twice, it says the same.
    func finalized(with last: [UInt8]) -> [UInt8] {
        var all = queue.sync { digest.withLock { $0 } }
        all.update(data: last)
        return Array(all.finalize())
    }
}
