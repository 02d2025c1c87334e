import ArgumentParser
import CourtServer
import Foundation

/// The command line of the court.
@main
struct Xiezhi: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "xiezhi",
        abstract: "Xiezhi 獬豸: an online court that proves every step.",
        version: Version.text,
        subcommands: [
            Serve.self, Demo.self, Init.self, LawCommand.self, AuditCommand.self, RebuildCommand.self,
            DoctorCommand.self, RoutesCommand.self, SimulateCommand.self, BackupCommand.self, RestoreCommand.self,
            KeysCommand.self,
        ])
}

/// Where the court is; the same for every command.
struct PlaceOptions: ParsableArguments {
    @Option(help: "The folder that holds database, files, keys and ledger.")
    var data = "var"

    @Option(help: "A postgres:// address, to keep the database elsewhere.")
    var database: String?

    var place: CourtPlace { CourtPlace(folder: data, database: database) }
}
