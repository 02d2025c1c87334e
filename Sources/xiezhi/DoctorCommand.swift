import ArgumentParser
import CourtServer
import Foundation

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check what an operator keeps in order, with the remedy. Exit code 1 when something is wrong.")

    @OptionGroup var options: PlaceOptions

    @Flag(help: "Print one JSON object instead of lines.")
    var json = false

    private struct Answer: Encodable {
        let healthy: Bool
        let release: String
        let findings: [Doctor.Finding]
    }

    func run() async throws {
        let report = await Doctor(options.place, logger: Logging.quiet()).examine()
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            let answer = Answer(healthy: report.isHealthy, release: Version.text, findings: report.findings)
            print(String(decoding: try encoder.encode(answer), as: UTF8.self))
        } else {
            for finding in report.findings { print(line(finding)) }
            print(report.isHealthy ? "Nothing is wrong." : "Something is wrong; see the lines marked WRONG.")
        }
        if !report.isHealthy { throw ExitCode(1) }
    }

    private func line(_ finding: Doctor.Finding) -> String {
        let mark =
            switch finding.state {
            case .fine: "fine "
            case .attention: "LOOK "
            case .wrong: "WRONG"
            }
        let name = finding.check.padding(toLength: 11, withPad: " ", startingAt: 0)
        return "\(mark)  \(name)  \(finding.found)" + (finding.remedy.map { " → \($0)" } ?? "")
    }
}
