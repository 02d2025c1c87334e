import ArgumentParser
import CourtServer
import Demonstration
import Foundation

extension Simulation.Depth: ExpressibleByArgument {}

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Fill a demonstration court with made-up cases, through all its rules.")

    @OptionGroup var options: PlaceOptions

    @Option(help: "How many cases.")
    var cases = 100

    @Option(help: "The same seed in an empty court gives the same acts.")
    var seed: UInt64 = 1

    @Option(help: "How far each case goes: docketed or judged.")
    var depth: Simulation.Depth = .judged

    func validate() throws {
        guard (1...1_000_000).contains(cases) else { throw ValidationError("--cases is from 1 to 1000000") }
    }

    func run() async throws {
        let logger = Logging.court()
        if !FileManager.default.fileExists(atPath: "\(options.data)/keys/court.key") {
            try await CourtHouse.found(
                at: options.place, profile: DemonstrationProfiles.internet,
                ledgerName: "xiezhi.example/demonstration/internet", logger: logger)
        }
        let court = try await CourtHouse.open(at: options.place, logger: logger)
        let report = try await Simulation(court, seed: seed).run(cases: cases, depth: depth) { report in
            say("\(report.cases) cases, \(report.acts) acts, \(report.actsPerSecond) acts/s")
        }
        try await court.close()
        say(
            "\(report.cases) cases, \(report.acts) acts and \(report.files) files in \(report.seconds) s: "
                + "\(report.actsPerSecond) acts/s. "
                + "A case has \(report.fewestActs) acts and \(report.fewestFiles) files or more.")
    }
}
