import Docket
import Evidence
import Foundation
import Procedure
import Storage

/// One thing that is cleared away now and then, because nobody will come back for it (定期清理).
package struct Sweep: Sendable {
    /// The time a sweep goes by.
    package struct Time: Sendable {
        /// As the court counts it; a demonstration's may be ahead.
        package let court: Instant
        /// As the file system dates its files.
        package let system: Instant

        package init(court: Instant, system: Instant) {
            self.court = court
            self.system = system
        }
    }

    /// Stable name, such as `sessions`.
    package let name: String
    package let everyHours: Int
    let run: @Sendable (Time) async throws -> Void

    package init(_ name: String, everyHours: Int, run: @escaping @Sendable (Time) async throws -> Void) {
        self.name = name
        self.everyHours = everyHours
        self.run = run
    }
}

extension Sweep {
    /// How often each is done; the doctor looks whether they were.
    package static let schedule: [(name: String, everyHours: Int)] = [
        ("sessions", 1), ("idempotency", 24), ("uploads", 1), ("objects", 24),
    ]

    private static func scheduled(_ name: String, _ run: @escaping @Sendable (Time) async throws -> Void) -> Sweep {
        guard let known = schedule.first(where: { $0.name == name }) else {
            preconditionFailure("\(name) has no hours")
        }
        return Sweep(name, everyHours: known.everyHours, run: run)
    }

    /// Days that an object which no act and no draft names is kept: long enough for all that is on its way.
    static let daysForObjects = 7

    /// What every court has to sweep, whatever its areas.
    static func ofCourt(_ court: CourtHouse) -> [Sweep] {
        let (accounts, store, files) = (court.accounts, court.store, court.files)
        return [
            // Ended sessions, and failed attempts that no longer count.
            scheduled("sessions") { _ in try await accounts.sweep() },
            scheduled("idempotency") { time in
                let before = time.court.adding(hours: -24 * Idempotency.days)
                try await store.write { try Idempotency.sweep(before: before, in: $0) }
            },
            scheduled("objects") { time in
                let cutoff = time.system.adding(hours: -24 * daysForObjects)
                try await files.sweepObjects(
                    untouchedSince: Date(timeIntervalSince1970: Double(cutoff.milliseconds) / 1_000))
            },
        ]
    }

    /// Uploads that nobody touched for as long as their page says.
    static func uploads(of area: EvidenceArea, _ limits: UploadLimits) -> Sweep {
        scheduled("uploads") { time in
            _ = try await area.sweepUploads(untouchedSince: time.system.adding(hours: -24 * limits.daysKept))
        }
    }
}
