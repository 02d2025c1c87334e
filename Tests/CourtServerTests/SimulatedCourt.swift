import CourtServer
import Demonstration
import Docket
import Foundation
import Logging
import Procedure
import Storage
import TestSupport

/// A demonstration court in a folder of its own, for as long as a test lasts.
struct SimulatedCourt {
    /// Says nothing short of a catastrophe, and keeps its metadata, by which a server knows its requests.
    static let quiet = Logger(label: "test") { label in
        var handler = StreamLogHandler.standardError(label: label)
        handler.logLevel = .critical
        return handler
    }

    static func folder() -> String {
        FileManager.default.temporaryDirectory.appending(path: "court-\(UUID().uuidString)").path
    }

    /// Founds a court with simulated cases, lends it, closes it and clears it away.
    static func with<Result>(
        cases: Int, seed: UInt64, depth: Simulation.Depth = .judged,
        _ body: (CourtHouse, Simulation.Report) async throws -> Result
    ) async throws -> Result {
        try await founded(on: .sqlite) { court, _ in
            let report = try await Simulation(court, seed: seed).run(cases: cases, depth: depth)
            return try await body(court, report)
        }
    }

    /// The same on either database, with the place where it lies.
    static func with<Result>(
        cases: Int, seed: UInt64, on engine: TestEngine, _ body: (CourtHouse, CourtPlace) async throws -> Result
    ) async throws -> Result {
        try await founded(on: engine) { court, place in
            _ = try await Simulation(court, seed: seed).run(cases: cases, depth: .judged)
            return try await body(court, place)
        }
    }

    /// The same closed again, for tests that open it themselves.
    static func placed(
        cases: Int, seed: UInt64, on engine: TestEngine, _ body: (CourtPlace) async throws -> Void
    ) async throws {
        try await TestPlace.with(engine) { place in
            try await CourtHouse.found(
                at: place, profile: DemonstrationProfiles.internet, ledgerName: "xiezhi.example/test/simulated",
                logger: quiet)
            let court = try await CourtHouse.open(at: place, logger: quiet)
            _ = try await Simulation(court, seed: seed).run(cases: cases, depth: .judged)
            try await court.close()
            try await body(place)
        }
    }

    private static func founded<Result>(
        on engine: TestEngine, _ body: (CourtHouse, CourtPlace) async throws -> Result
    ) async throws -> Result {
        try await TestPlace.with(engine) { place in
            try await CourtHouse.found(
                at: place, profile: DemonstrationProfiles.internet, ledgerName: "xiezhi.example/test/simulated",
                logger: quiet)
            let court = try await CourtHouse.open(at: place, logger: quiet)
            do {
                let result = try await body(court, place)
                try await court.close()
                return result
            } catch {
                try? await court.close()
                throw error
            }
        }
    }
}

extension CourtHouse {
    /// The cases by their numbers, each as its acts in order: type, day and the body as it was sealed.
    func decryptedActs() async throws -> [String] {
        var cases: [String] = []
        let dockets = DocketAudit(registry: registry)
        for docket in try await dockets.dockets(after: [], limit: 1_000) where docket != row.docket {
            let entries = try await registry.entries(of: docket).map(\.entry)
            let state = CaseState(folding: entries)
            let lines = try entries.map { entry in
                let body = entry.act.body
                let json = try CanonicalJSON.text(JSONCoding.encode(body))
                return "\(type(of: body).type) \(entry.happened.rawValue) \(entry.entered) \(entry.by) \(json)"
            }
            cases.append("\(state.filing.docketed?.number.rawValue ?? "-")\n" + lines.joined(separator: "\n"))
        }
        return cases.sorted()
    }
}
