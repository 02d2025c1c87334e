import NIOPosix
import Storage

/// Hashes passwords beside the other work: at most two at once, so that memory stays bounded however many sign in,
/// and never on a thread that serves requests.
package actor PasswordHasher {
    package nonisolated let cost: ScryptCost
    private let atOnce: Int
    private let queueLimit: Int
    private var running = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []
    /// The most that ever ran at once; the bound is a promise and is tested.
    private(set) var peak = 0
    /// How much was asked of it: what an unknown account costs is compared with what a known one does.
    private(set) var worked = 0

    package init(cost: ScryptCost = .standard, atOnce: Int = 2, queueLimit: Int = 256) {
        self.cost = cost
        self.atOnce = atOnce
        self.queueLimit = queueLimit
    }

    /// - Throws: `PasswordQueueFull` when too many wait already.
    func hash(_ password: AcceptedPassword) async throws -> PasswordHash {
        try await work { [cost] in try PasswordHash(of: password.text, cost: cost) }
    }

    /// Checks a typed password. Costs the same whether or not there is anything to check it against.
    ///
    /// - Parameter stored: nil for an unknown account; the answer is then false.
    /// - Returns: whether it matches, and if the stored hash was made at another cost, one to put in its place.
    /// - Throws: `PasswordQueueFull` when too many wait already.
    func check(_ typed: String, against stored: PasswordHash?) async throws -> (
        matches: Bool, replacement: PasswordHash?
    ) {
        guard typed.utf8.count <= PasswordRules.maximum * 4 else { return (false, nil) }
        return try await work { [cost] in
            let password = PasswordRules.normalised(typed)
            let matches = try (stored ?? PasswordHash(dummyWith: cost)).matches(password)
            guard matches, let stored, stored.cost != cost else { return (matches && stored != nil, nil) }
            return (true, try PasswordHash(of: password, cost: cost))
        }
    }

    private func work<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        if running == atOnce {
            guard waiting.count < queueLimit else { throw PasswordQueueFull() }
            // The place is handed over by whoever finishes, so `running` is right already when this resumes.
            await withCheckedContinuation { waiting.append($0) }
        } else {
            running += 1
        }
        peak = max(peak, running)
        worked += 1
        defer { leave() }
        return try await NIOThreadPool.singleton.runIfActive(body)
    }

    private func leave() {
        if waiting.isEmpty { running -= 1 } else { waiting.removeFirst().resume() }
    }
}

/// More passwords wait than can be checked in reasonable time. Answered 503.
package struct PasswordQueueFull: Error, Hashable, Sendable {}
