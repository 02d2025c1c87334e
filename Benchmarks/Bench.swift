import ArgumentParser
import Foundation
import Logging

/// Measures the court, each number beside a limit measured in the same run. Not a product: `scripts/bench.sh` runs it.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "xiezhi-bench", abstract: "Measure the court; exit code 1 when a number misses its bound.")

    /// What can be measured alone, in the order of a whole run.
    enum Part: String, CaseIterable, ExpressibleByArgument, Sendable {
        /// Acts through the registry, against raw group commit.
        case acts
        /// Signed-in writes over HTTP at a fixed rate.
        case writes
        /// Queue, search and case page with few and with many cases; start and idle memory with many.
        case depth
        /// Resumable uploads, against copying the same bytes.
        case upload
        case rebuild
        case ledger
    }

    @Argument(help: "Which parts: acts, writes, depth, upload, rebuild, ledger. All when none is named.")
    var parts: [Part] = []

    @Option(help: "Where results and the courts made for measuring lie.")
    var out = "out/bench"

    @Option(help: "How many cases the large court of the depth part has.")
    var cases = 30_000

    @Option(help: "How many cases it is compared with.")
    var fewCases = 1_000

    @Flag(help: "Make the courts of the depth part and measure nothing.")
    var onlyCourts = false

    @Option(help: "Seconds of signed-in writes.")
    var seconds = 60

    @Option(help: "Signed-in writes a second.")
    var rate = 630

    @Option(help: "MiB of the larger upload.")
    var largeUpload = 1_024

    @Option(help: "The server's program; by default the one beside this.")
    var program: String?

    var server: String {
        program
            ?? URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "xiezhi").path
    }

    func run() async throws {
        let interruptions = ServerProcess.stopAllWhenInterrupted()
        defer { withExtendedLifetime(interruptions) {} }
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        if onlyCourts { return try await Depth(bench: self).makeCourts() }
        var measures: [Measure] = []
        for part in parts.isEmpty ? Part.allCases : parts {
            Self.say("— \(part.rawValue)")
            let found =
                switch part {
                case .acts: try await DurableActs(bench: self).measure()
                case .writes: try await SignedInWrites(bench: self).measure()
                case .depth: try await Depth(bench: self).measure()
                case .upload: try await Uploads(bench: self).measure()
                case .rebuild: try await Rebuilding(bench: self).measure()
                case .ledger: try await Appending(bench: self).measure()
                }
            measures += found
            try Report(measures: measures).write(to: out)
        }
        let report = Report(measures: measures)
        print(report.table)
        for missed in report.missed { print("Missed: \(missed.part), \(missed.name), \(missed.required).") }
        if !report.missed.isEmpty { throw ExitCode(1) }
    }

    /// A folder of this run alone; what an earlier run left in it is gone.
    func freshFolder(_ name: String) throws -> String {
        let path = "\(out)/\(name)"
        if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
        return path
    }

    static var logger: Logger {
        var logger = Logger(label: "bench")
        logger.logLevel = .error
        return logger
    }

    /// Says at once, also into a pipe, that something goes on.
    static func say(_ line: String) { FileHandle.standardError.write(Data("\(line)\n".utf8)) }
}
