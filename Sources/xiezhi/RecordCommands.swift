import ArgumentParser
import CourtServer
import Demonstration
import Docket
import Foundation
import Logging
import Web

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Check every docket, file, leaf and list; name each difference. Exit code 1 when there is one.")

    @OptionGroup var options: PlaceOptions

    @Flag(help: "Print one JSON object instead of lines.")
    var json = false

    @Flag(help: "Leave out the bytes of files.")
    var withoutFiles = false

    func run() async throws {
        let court = try await CourtHouse.open(at: options.place, readOnly: true, logger: Logging.court())
        let report = try await Audit(court).run(withFiles: !withoutFiles)
        try await court.close()
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
            print(String(decoding: try encoder.encode(report), as: UTF8.self))
        } else {
            print(
                "\(report.dockets) dockets, \(report.entries) entries, \(report.files) files, "
                    + "\(report.ledgerEntries) ledger entries")
            for destroyed in report.destroyed {
                print("DESTROYED: docket \(destroyed.docket) at \(destroyed.at), \(destroyed.reason.rawValue)")
            }
            for difference in report.differences {
                let place = [
                    difference.docket.map { "docket \($0)" }, difference.entry.map { "entry \($0)" },
                    difference.entryID.map { "(\($0))" },
                ].compactMap { $0 }.joined(separator: " ")
                print("DIFFERENCE \(difference.kind.rawValue): \(place) \(difference.detail)")
            }
            print(report.isClean ? "Nothing differs." : "\(report.differences.count) differences.")
        }
        if !report.isClean { throw ExitCode(1) }
    }
}

struct RebuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Fold every projection anew from the acts, and swap it in.")

    @OptionGroup var options: PlaceOptions

    func run() async throws {
        let court = try await CourtHouse.open(at: options.place, logger: Logging.court())
        let started = ContinuousClock.now
        let report = try await Rebuild(registry: court.registry).run()
        let seconds = Double((ContinuousClock.now - started) / .milliseconds(1)) / 1_000
        let rate = seconds > 0 ? Int(Double(report.acts) / seconds) : report.acts
        print(
            "\(report.projections.joined(separator: ", ")): \(report.dockets) dockets, \(report.acts) acts, \(rate) acts/s"
        )
        try await court.close()
    }
}

struct RoutesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "routes", abstract: "List every route.")

    @Flag(help: "Print JSON.")
    var json = false

    private struct Line: Encodable {
        let method, template, face, kind, access: String
    }

    func run() async throws {
        // Routes are the same in every court; this one is made for the list and thrown away.
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("xiezhi-routes-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let place = CourtPlace(folder: folder.path)
        var logger = Logger(label: "routes")
        logger.logLevel = .error
        try await CourtHouse.found(
            at: place, profile: DemonstrationProfiles.internet, ledgerName: "xiezhi.example/routes", logger: logger)
        let court = try await CourtHouse.open(at: place, logger: logger)
        let server = try await CourtServer(court, settings: ServingSettings())
        let lines = server.routes.list.map {
            Line(
                method: $0.method.rawValue, template: $0.template, face: $0.face.rawValue, kind: $0.kind.rawValue,
                access: $0.access.rawValue)
        }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(lines), as: UTF8.self))
        } else {
            for line in lines { print("\(line.method)\t\(line.template)\t\(line.face)\t\(line.kind)\t\(line.access)") }
        }
        try await court.close()
    }
}
