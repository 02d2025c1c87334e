import Logging
import Procedure
import ServiceLifecycle
import Storage

/// Sweeps what is due, as a service the process starts and stops. When each ran is kept, so that a restart neither
/// repeats nor forgets one, and of several nodes one does it.
package struct Sweeping: Service {
    private let store: Store
    private let sweeps: [Sweep]
    private let now: @Sendable () -> Sweep.Time
    private let logger: Logger

    package static let migration = Migration(
        "court-002-sweeps",
        "CREATE TABLE sweep (name <text> PRIMARY KEY, ran <integer> NOT NULL, failure <text>)<strict>")

    package init(
        store: Store, sweeps: [Sweep], now: @escaping @Sendable () -> Sweep.Time, logger: Logger
    ) {
        self.store = store
        self.sweeps = sweeps
        self.now = now
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await sweepDue()
                try? await Task.sleep(for: .seconds(60))
            }
        }
    }

    /// Does what is due now. One that fails does not keep the others from running; it is tried again an hour later.
    ///
    /// - Returns: the names of those that ran, failed ones included.
    @discardableResult
    package func sweepDue() async -> [String] {
        var ran: [String] = []
        for sweep in sweeps where !Task.isCancelled {
            do {
                guard try await begin(sweep) else { continue }
                ran.append(sweep.name)
                try await sweep.run(now())
            } catch is CancellationError {
                break
            } catch {
                logger.warning("not swept", metadata: ["sweep": "\(sweep.name)", "error": "\(type(of: error))"])
                await keepFailure("\(type(of: error))", of: sweep)
            }
        }
        return ran
    }

    /// - Returns: false when it is not due, or someone else just began it.
    private func begin(_ sweep: Sweep) async throws -> Bool {
        let instant = now().court
        return try await store.write(lostKey: .runsAgain) { transaction in
            try transaction.lock("SELECT ran FROM sweep WHERE name = $1", sweep.name)
            let row = try transaction.row("SELECT ran, failure FROM sweep WHERE name = $1", sweep.name)
            if let row {
                let hours = try row.optionalText(1) == nil ? sweep.everyHours : min(1, sweep.everyHours)
                guard try row.instant(0).adding(hours: hours) <= instant else { return false }
            }
            try transaction.run(
                """
                INSERT INTO sweep (name, ran, failure) VALUES ($1, $2, NULL)
                ON CONFLICT (name) DO UPDATE SET ran = excluded.ran, failure = NULL
                """, sweep.name, instant)
            return true
        }
    }

    private func keepFailure(_ failure: String, of sweep: Sweep) async {
        _ = try? await store.write {
            try $0.run("UPDATE sweep SET failure = $2 WHERE name = $1", sweep.name, failure)
        }
    }

    /// When a sweep last ran, and the kind of error it failed with.
    package static func last(_ name: String, in reading: Reading) throws -> (ran: Instant, failure: String?)? {
        try reading.row("SELECT ran, failure FROM sweep WHERE name = $1", name)
            .map { (try $0.instant(0), try $0.optionalText(1)) }
    }
}
