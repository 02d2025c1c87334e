import Dispatch
import Foundation
import Synchronization

/// Writers that wait together for one commit, around nothing but the raw rows.
final class RawGroupCommit: Sendable {
    private struct Line {
        var waiting: [CheckedContinuation<Void, any Error>] = []
        var isCommitting = false
    }

    private let line = Mutex(Line())
    private let writer = DispatchQueue(label: "raw")
    private let commits: Mutex<RawCommits>
    private let rows: RawCommits.Rows

    init(_ commits: sending RawCommits, _ rows: RawCommits.Rows) {
        self.commits = Mutex(commits)
        self.rows = rows
    }

    /// So many writers for so long.
    ///
    /// - Returns: writes a second.
    static func rate(
        copying court: String, to path: String, _ rows: RawCommits.Rows, writers: Int, for time: Duration
    ) async throws -> Double {
        let group = RawGroupCommit(try RawCommits(copying: court, to: path), rows)
        defer { group.commits.withLock { $0.close() } }
        let began = ContinuousClock.now
        let end = began + time
        return try await withThrowingTaskGroup(of: Int.self) { tasks in
            for _ in 0..<writers {
                tasks.addTask {
                    var written = 0
                    while ContinuousClock.now < end {
                        try await group.write()
                        written += 1
                    }
                    return written
                }
            }
            var all = 0
            for try await written in tasks { all += written }
            return Double(all) / began.duration(to: .now).seconds
        }
    }

    private func write() async throws {
        try await withCheckedThrowingContinuation { continuation in
            let mustStart = line.withLock { line in
                line.waiting.append(continuation)
                defer { line.isCommitting = true }
                return !line.isCommitting
            }
            if mustStart { writer.async { self.commitAll() } }
        }
    }

    private func commitAll() {
        while true {
            let batch = line.withLock { line in
                defer { line.waiting = [] }
                if line.waiting.isEmpty { line.isCommitting = false }
                return line.waiting
            }
            guard !batch.isEmpty else { return }
            let began = ContinuousClock.now
            let result = Result {
                try commits.withLock { commits in
                    try commits.begin(rows)
                    for _ in batch { try commits.write() }
                    try commits.commit()
                }
            }
            for continuation in batch { continuation.resume(with: result) }
            // Who was just answered comes again at once; a commit that waits for them serves them all.
            let end = ContinuousClock.now + min(began.duration(to: .now) / 4, .milliseconds(5))
            while batch.count > 1, line.withLock({ $0.waiting.count }) < batch.count, ContinuousClock.now < end {
                usleep(100)
            }
        }
    }
}
