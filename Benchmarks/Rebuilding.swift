import CourtServer
import Demonstration
import Docket
import Foundation
import Procedure
import Storage

/// How fast every projection is folded anew from the acts, beside only reading and opening the same acts.
struct Rebuilding: Sendable {
    let bench: Bench

    func measure() async throws -> [Measure] {
        let folder = try bench.freshFolder("rebuild")
        let place = CourtPlace(folder: folder)
        try await CourtHouse.found(
            at: place, profile: DemonstrationProfiles.internet, ledgerName: "xiezhi.example/rebuild",
            logger: Bench.logger)
        let court = try await CourtHouse.open(at: place, logger: Bench.logger)
        let report = try await Simulation(court, seed: 1).run(cases: 640, depth: .judged)

        let dockets = try await court.store.read { reading in
            try reading.rows("SELECT docket FROM docket_head ORDER BY docket").map { try $0.identifier(0) as DocketID }
        }
        var began = ContinuousClock.now
        var opened = 0
        for docket in dockets { opened += try await court.registry.entries(of: docket).count }
        let reading = Double(opened) / began.duration(to: .now).seconds

        began = .now
        let rebuilt = try await Rebuild(registry: court.registry).run()
        let rate = Double(rebuilt.acts) / began.duration(to: .now).seconds
        try await court.close()
        return [
            Measure(
                .rebuild, "rebuild of all projections", rate, "acts/s",
                limit: .init(name: "reading and opening the same acts", value: reading, unit: "acts/s"),
                note: "\(rebuilt.acts) acts of \(rebuilt.dockets) dockets"),
            Measure(
                .rebuild, "simulated cases entered through all rules", Double(report.actsPerSecond), "acts/s",
                note: "with \(report.files) files, each synced, and the ledger's batches"),
        ]
    }
}
