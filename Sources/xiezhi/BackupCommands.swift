import ArgumentParser
import CourtServer
import Foundation

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the whole court into an empty folder, also while it is served.",
        discussion: """
            A backup has two parts: the record, and the keys of its dockets, in \(Backup.keyFolder)/ or where --keys-to says. \
            Keep the record long: alone it opens nothing. Keep keys short and make them often (--only-keys): a key that is \
            destroyed today still lies in yesterday's backup of keys, and what it opened is gone for good only when the \
            last such backup is gone.
            """)

    @OptionGroup var options: PlaceOptions

    @Option(help: "The folder for the copy: new or empty.")
    var to: String

    @Option(help: "Another folder for the keys of the dockets: new or empty, and not inside the other.")
    var keysTo: String?

    @Flag(help: "Copy the keys of the dockets and nothing else.")
    var onlyKeys = false

    @Flag(help: "Also copy court.key. Whoever has it and the copy reads everything; better keep it apart.")
    var withCourtKey = false

    func validate() throws {
        guard !onlyKeys || keysTo == nil && !withCourtKey else {
            throw ValidationError("--only-keys copies nothing else; it goes with --to alone.")
        }
        guard let keysTo else { return }
        let (whole, keys) = (URL(fileURLWithPath: to).standardized.path, URL(fileURLWithPath: keysTo).standardized.path)
        guard !"\(keys)/".hasPrefix("\(whole)/"), !"\(whole)/".hasPrefix("\(keys)/") else {
            throw ValidationError("--to and --keys-to are two folders, neither inside the other.")
        }
    }

    func run() async throws {
        let backup = Backup(of: options.place, logger: Logging.court())
        guard !onlyKeys else {
            let manifest = try await backup.runKeys(to: to)
            return say("\(manifest.court): the keys of \(manifest.dockets) dockets, in \(to). Keep this copy short.")
        }
        let manifest = try await backup.run(to: to, keysTo: keysTo, withCourtKey: withCourtKey)
        let bytes = manifest.parts.reduce(manifest.objectBytes) { $0 + $1.bytes }
        say("\(manifest.court): \(manifest.objects) files, \(bytes) bytes in all, in \(to)")
        say(
            "The keys of the dockets are in \(keysTo ?? "\(to)/\(Backup.keyFolder)"). Throw them away sooner than the rest."
        )
        if !withCourtKey {
            say("The court's key is not in it. Keep \(options.data)/keys/court.key safe, apart from it.")
        }
    }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Bring a court back from a backup; then --compare it with the last published checkpoint.",
        discussion: """
            What the record says is destroyed stays destroyed, whatever keys are restored. What was destroyed after the \
            record was copied only the newest list knows: give it with --destroyed.
            """)

    @OptionGroup var options: PlaceOptions

    @Option(help: "The folder of the backup.")
    var from: String?

    @Option(help: "A backup of the keys of the dockets, instead of the one inside --from; usually a newer one.")
    var keys: String?

    @Option(help: "The newest list of destroyed keys, as `xiezhi keys destroyed` printed it.")
    var destroyed: String?

    @Option(help: "The safe copy of court.key, where the backup is without it.")
    var courtKey: String?

    @Flag(help: "Compare a restored court with --checkpoint, and let it write again if they agree.")
    var compare = false

    @Option(help: "A file with the last checkpoint that was published.")
    var checkpoint: String?

    func validate() throws {
        guard compare == (from == nil) else { throw ValidationError("Give either --from or --compare.") }
        guard compare == (checkpoint != nil) else {
            throw ValidationError("--compare needs --checkpoint, and only it.")
        }
        guard !compare || keys == nil && destroyed == nil else {
            throw ValidationError("--keys and --destroyed go with --from.")
        }
    }

    func run() async throws {
        let restore = Restore(into: options.place, logger: Logging.court())
        if let from {
            let outcome = try await restore.run(
                from: Restore.Source(record: from, keys: keys, courtKey: courtKey, destroyed: destroyed))
            say("The keys were copied at \(outcome.keys.made).")
            if outcome.erasedByRecord > 0 {
                say(
                    "\(outcome.erasedByRecord) dockets were destroyed after that, by the record: their keys are erased again."
                )
            }
            if outcome.erasedByList > 0 {
                say(
                    "\(outcome.erasedByList) dockets were destroyed after that, by the list: their keys are erased again."
                )
            }
            if destroyed == nil {
                say(
                    "No list of destroyed keys was given. What was destroyed after the record was copied is readable again:"
                )
                say("if there may be any, restore once more with the newest list (--destroyed).")
            }
            say("\(outcome.manifest.court) is restored in \(options.data), and only reads until it was compared:")
            say("  xiezhi restore --compare --data \(options.data) --checkpoint FILE")
        }
        guard let checkpoint else { return }
        let note = try Data(contentsOf: URL(fileURLWithPath: checkpoint))
        switch try await restore.compare(with: Array(note)) {
        case .consistent(let published, let here):
            say("All \(published) published entries are here, of \(here) in all. The court may write again.")
        case .missing(let published, let here):
            say("\(published - here) entries are missing: \(published) were published, \(here) are here.")
            say("The court still only reads. Restore a newer backup.")
            throw ExitCode(1)
        case .differs(let published):
            say("The first \(published) entries here are not those that were published. The court still only reads.")
            throw ExitCode(1)
        }
    }
}
