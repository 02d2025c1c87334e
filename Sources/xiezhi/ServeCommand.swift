import ArgumentParser
import CourtServer
import Demonstration
import Foundation
import Logging
import Web

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve a court.")

    @OptionGroup var options: PlaceOptions
    @OptionGroup var serving: ServingOptions

    func run() async throws {
        let logger = Logging.court()
        let court = try await CourtHouse.open(at: options.place, logger: logger)
        let more = court.row.isDemonstration ? try DemonstrationCourt.parts(of: court) : .none
        let server = try await CourtServer(court, settings: try serving.settings, more: more)
        let address = server.site.origin.description
        let name = court.profile.name
        try await server.run {
            say("\(name.zh) · \(name.en)\n  \(address)")
            if court.row.isDemonstration { say("  演示入口 · Who would you like to be?  \(address)/demo") }
        }
        try await court.close()
    }
}

struct ServingOptions: ParsableArguments {
    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on.")
    var port = 8080

    @Option(help: "Which face: public, chambers or both.")
    var face = "both"

    @Option(help: "The court's address as people type it, such as https://court.example.")
    var origin: String?

    var settings: ServingSettings {
        get throws {
            guard let face = Face(rawValue: face) else { throw ValidationError("--face is public, chambers or both") }
            var parsed: Web.Origin?
            if let origin {
                guard let known = Web.Origin(origin) else { throw ValidationError("--origin is http(s)://host[:port]") }
                parsed = known
            }
            return ServingSettings(host: host, port: port, face: face, origin: parsed)
        }
    }
}

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make the demonstration courts where there are none, and serve one of them.")

    @OptionGroup var options: PlaceOptions
    @OptionGroup var serving: ServingOptions

    @Option(
        help: "Which to serve: internet, basic or appeal. Each can be served beside the others, on a port of its own.")
    var court: DemonstrationCourt.Which = .internet

    func validate() throws {
        guard court == .internet || options.database == nil else {
            throw ValidationError("With --database there is the Internet court only.")
        }
    }

    func run() async throws {
        let logger = Logging.court()
        let place = try await DemonstrationCourt.prepare(court, at: options.place, logger: logger) { say($0) }
        var serve = Serve()
        serve.options = options
        serve.options.data = place.folder
        serve.serving = serving
        try await serve.run()
    }
}

struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a new court from a profile, and a one-time code for its first administrator.")

    @OptionGroup var options: PlaceOptions

    @Option(help: "A JSON file with the court's profile.")
    var profile: String

    @Option(help: "The ledger's permanent name, such as ledger.example/court/1.")
    var ledger: String

    @Option(help: "Name of the first administrator.")
    var administrator: String

    @Option(help: "Sign-in name of the first administrator.")
    var signInName: String

    func run() async throws {
        let logger = Logging.court()
        let text = try Data(contentsOf: URL(fileURLWithPath: profile))
        try await CourtHouse.found(
            at: options.place, profile: try CourtProfileFile.read(text), ledgerName: ledger, logger: logger)
        let court = try await CourtHouse.open(at: options.place, logger: logger)
        let code = try await court.accounts.createFirstAdministrator(name: administrator, signInName: signInName)
        print("The court is made. The first administrator enrols at /enrol with this code, once, within 72 hours:")
        print("  \(code.code.grouped)")
        try await court.close()
    }
}

extension DemonstrationCourt.Which: ExpressibleByArgument {}

enum Logging {
    /// One JSON object a line, on standard output.
    static func court() -> Logger {
        Logger(label: "xiezhi") { label in JSONLogHandler(label: label) }
    }

    /// For commands that say everything themselves.
    static func quiet() -> Logger {
        Logger(label: "xiezhi") { _ in SwiftLogNoOpLogHandler() }
    }
}

/// Prints a line at once, also into a pipe.
func say(_ line: String) {
    FileHandle.standardOutput.write(Data("\(line)\n".utf8))
}
