import ArgumentParser
import CourtServer
import Docket
import Foundation
import Procedure

struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Destroy the keys of a docket, or list those that were destroyed.",
        subcommands: [DestroyKeysCommand.self, DestroyedKeysCommand.self])
}

extension KeysDestroyed.Reason: @retroactive ExpressibleByArgument {}

struct DestroyKeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "destroy", abstract: "Make one docket unreadable for good, its files included.",
        discussion: """
            For a court that is not being served. Only an archived case, or a draft that nobody ever sent. That it was done, \
            when and why, is entered in the court's own docket; that the case was in the ledger stays provable. Whoever holds \
            a copy of their own keeps it, and so does every backup of keys made before: throw those away, and print the list \
            of destroyed keys anew.
            """)

    @OptionGroup var options: PlaceOptions

    @Argument(help: "The docket's id.")
    var docket: String

    @Option(help: "Why: retention-over, ordered or never-submitted. Nothing about anyone.")
    var reason: KeysDestroyed.Reason

    @Option(help: "The docket's id once more, to say that this very one is meant. Nothing brings it back.")
    var yesDestroy: String

    func validate() throws {
        guard DocketID(rawValue: docket) != nil else { throw ValidationError("\(docket) is no id of a docket.") }
        guard yesDestroy == docket else {
            throw ValidationError("--yes-destroy does not repeat the docket's id. Nothing was destroyed.")
        }
    }

    func run() async throws {
        guard let id = DocketID(rawValue: docket) else { throw ValidationError("\(docket) is no id of a docket.") }
        let court = try await CourtHouse.open(at: options.place, logger: Logging.court())
        do {
            let destruction = try await court.destroyKeys(of: id, for: reason)
            try await court.close()
            say("The keys of \(id) were destroyed at \(destruction.at), \(destruction.reason.rawValue).")
            say("Throw away the backups of keys from before, and keep the new list: xiezhi keys destroyed")
            if options.database != nil {
                say(
                    "PostgreSQL keeps what was erased until it is vacuumed, and in its logs: VACUUM xiezhi_keys.docket_key"
                )
            }
        } catch let refusal as Refusal {
            try await court.close()
            throw ValidationError("\(refusal.reason.en) \(refusal.remedy.en)")
        } catch {
            try? await court.close()
            throw error
        }
    }
}

struct DestroyedKeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "destroyed",
        abstract: "Print the signed list of dockets whose keys were destroyed: ids and times, nothing else.",
        discussion: """
            Publish it, or keep it apart from the backups, each time a key was destroyed. A restore takes the newest with \
            --destroyed. Works beside a court that is served.
            """)

    @OptionGroup var options: PlaceOptions

    func run() async throws {
        let court = try await CourtHouse.open(at: options.place, readOnly: true, logger: Logging.court())
        let list = try await court.destroyedKeyList().file()
        try await court.close()
        FileHandle.standardOutput.write(Data(list))
    }
}
