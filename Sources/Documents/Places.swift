import Synchronization

/// A number of places; who finds none free waits in line.
package final class Places: Sendable {
    private struct Line {
        var free: Int
        var next: UInt64 = 0
        var waiting: [(ticket: UInt64, continuation: CheckedContinuation<Void, any Error>)] = []
        /// Cancelled before they stood in line.
        var gone: Set<UInt64> = []
    }
    private let line: Mutex<Line>

    package init(_ count: Int) {
        precondition(count > 0, "without a place nothing ever runs")
        line = Mutex(Line(free: count))
    }

    /// - Throws: `CancellationError` when cancelled in line, and what the body throws.
    package func withPlace<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        try await take()
        defer { giveBack() }
        return try await body()
    }

    private func take() async throws {
        let ticket = line.withLock { line in
            line.next += 1
            return line.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer: Swift.Result<Void, any Error>? = line.withLock { line in
                    if line.gone.remove(ticket) != nil { return .failure(CancellationError()) }
                    if line.free > 0 {
                        line.free -= 1
                        return .success(())
                    }
                    line.waiting.append((ticket, continuation))
                    return nil
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            let leaving = line.withLock { line -> CheckedContinuation<Void, any Error>? in
                guard let index = line.waiting.firstIndex(where: { $0.ticket == ticket }) else {
                    line.gone.insert(ticket)
                    return nil
                }
                return line.waiting.remove(at: index).continuation
            }
            leaving?.resume(throwing: CancellationError())
        }
        // A cancellation that came after the place was taken left its mark for nobody.
        line.withLock { _ = $0.gone.remove(ticket) }
    }

    private func giveBack() {
        let next = line.withLock { line -> CheckedContinuation<Void, any Error>? in
            guard !line.waiting.isEmpty else {
                line.free += 1
                return nil
            }
            return line.waiting.removeFirst().continuation
        }
        next?.resume()
    }
}
