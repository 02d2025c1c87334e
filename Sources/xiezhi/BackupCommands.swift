import ArgumentParser
import CourtServer
import Foundation

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the whole court into an empty folder, also while it is served.")

    @OptionGroup var options: PlaceOptions

    @Option(help: "The folder for the copy: new or empty.")
    var to: String

    @Flag(help: "Also copy court.key. Whoever has it and the copy reads everything; better keep it apart.")
    var withCourtKey = false

    func run() async throws {
        let manifest = try await Backup(of: options.place, logger: Logging.court())
            .run(to: to, withCourtKey: withCourtKey)
        let bytes = manifest.parts.reduce(manifest.objectBytes) { $0 + $1.bytes }
        say("\(manifest.court): \(manifest.objects) files, \(bytes) bytes in all, in \(to)")
        if !withCourtKey {
            say("The court's key is not in it. Keep \(options.data)/keys/court.key safe, apart from it.")
        }
    }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Bring a court back from a backup; then --compare it with the last published checkpoint.")

    @OptionGroup var options: PlaceOptions

    @Option(help: "The folder of the backup.")
    var from: String?

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
    }

    func run() async throws {
        let restore = Restore(into: options.place, logger: Logging.court())
        if let from {
            let manifest = try await restore.run(from: from, courtKey: courtKey)
            say("\(manifest.court) is restored in \(options.data), and only reads until it was compared:")
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
