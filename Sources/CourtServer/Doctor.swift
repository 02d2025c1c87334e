import Docket
import Documents
import Foundation
import Ledger
import Logging
import Procedure
import Proofs
import Storage

/// Looks at all that an operator keeps in order, and says in plain words what is not, and what to do (体检).
///
/// Changes nothing, takes no lock, and works beside a court that is served. The record itself is the audit's business.
package struct Doctor: Sendable {
    let place: CourtPlace
    let logger: Logger
    /// The system's clock.
    let now: @Sendable () -> Instant
    /// Bytes that may still be written where the court lies.
    let freeBytes: @Sendable (String) throws -> Int64

    package init(
        _ place: CourtPlace, logger: Logger, now: (@Sendable () -> Instant)? = nil,
        freeBytes: @escaping @Sendable (String) throws -> Int64 = { try Disk.freeBytes(at: $0) }
    ) {
        self.place = place
        self.logger = logger
        let clock = CourtClock()
        self.now = now ?? { clock.now }
        self.freeBytes = freeBytes
    }

    /// What one look found.
    package struct Finding: Codable, Hashable, Sendable {
        package enum State: String, Codable, Sendable {
            case fine
            /// The court works; someone should look into it before long.
            case attention
            /// The court does not work as it must, or soon will not.
            case wrong
        }

        /// Stable name of the check, such as `space`.
        package let check: String
        package let state: State
        package let found: String
        /// What to do about it.
        package let remedy: String?
    }

    package struct Report: Codable, Sendable {
        package let findings: [Finding]
        package var isHealthy: Bool { !findings.contains { $0.state == .wrong } }
    }

    /// Goes through the checks in order. Those that need a court that opens are left out where it does not; the reason
    /// is then the last finding.
    package func examine() async -> Report {
        var findings = [fonts(), clock()]
        findings += folder()
        guard FileManager.default.fileExists(atPath: place.folder) else { return Report(findings: findings) }
        findings.append(space())
        let server = Serving.of(place.folder)
        findings.append(lock(server))
        guard let folder = try? DataFolder.open(place.folder, for: .reading) else { return Report(findings: findings) }
        let (engine, store) = await database(folder)
        findings += engine
        guard let store else { return Report(findings: findings) }
        findings += await court(folder, store: store, server: server)
        try? await store.close()
        return Report(findings: findings)
    }

    // MARK: The machine

    private func fonts() -> Finding {
        do {
            _ = try PDFDrawing()
            return fine("fonts", "The fonts of documents are installed.")
        } catch DrawingError.fontNotInstalled(let family) {
            return wrong(
                "fonts", "The font \(family) is not installed; no document can be drawn.",
                "Install it: apt-get install fonts-noto-cjk fonts-noto-cjk-extra")
        } catch {
            return wrong("fonts", "The fonts of documents cannot be used: \(error)", "Reinstall fonts-noto-cjk.")
        }
    }

    private func clock() -> Finding {
        let services = ["/run/systemd/timesync/synchronized", "/run/chrony/chronyd.pid", "/run/ntpd.pid"]
        guard services.contains(where: { FileManager.default.fileExists(atPath: $0) }) else {
            return attention(
                "clock", "It is \(now()) by the system's clock, and no time service was found that keeps it right.",
                "Run one, such as chrony; limits are counted by this clock. Where the host keeps it, all is well.")
        }
        return fine("clock", "It is \(now()) by the system's clock, which a time service keeps.")
    }

    private func space() -> Finding {
        guard let free = try? freeBytes(place.folder) else {
            return wrong("space", "\(place.folder) cannot be asked for its free space.", "Check the disk it lies on.")
        }
        let said = "\(Self.size(free)) are free where \(place.folder) lies."
        switch free {
        case ..<Self.leastBytes:
            return wrong(
                "space", "Only \(said) Uploads are refused, and soon nothing can be entered.",
                "Make room, or move the court to a larger disk.")
        case ..<Self.fewBytes: return attention("space", "Only \(said)", "Make room before the disk is full.")
        default: return fine("space", said)
        }
    }

    /// Below this no upload is taken.
    static let leastBytes: Int64 = 1 << 30
    static let fewBytes: Int64 = 10 << 30

    private static func size(_ bytes: Int64) -> String {
        bytes >= 1 << 30 ? "\(bytes >> 30) GiB" : "\(bytes >> 20) MiB"
    }

    // MARK: The folder

    private func folder() -> [Finding] {
        guard FileManager.default.fileExists(atPath: place.folder) else {
            return [
                wrong(
                    "folder", "\(place.folder) is not there.",
                    "Check --data, or make a court with `xiezhi init` or `xiezhi demo`.")
            ]
        }
        var open = [place.folder, "\(place.folder)/keys"]
        let keys = (try? FileManager.default.contentsOfDirectory(atPath: "\(place.folder)/keys")) ?? []
        open += keys.map { "\(place.folder)/keys/\($0)" }
        let exposed = open.filter { path in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            return ((attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0) & 0o077 != 0
        }
        guard exposed.isEmpty else {
            return exposed.map {
                wrong("permissions", "\($0) is open to other users of this machine.", "Run: chmod go-rwx '\($0)'")
            }
        }
        guard access("\(place.folder)/keys", R_OK | W_OK | X_OK) == 0 else {
            return [
                wrong(
                    "permissions", "\(place.folder) belongs to another user than the one who runs this.",
                    "Run as the user of the court, or give it the folder: chown -R USER '\(place.folder)'")
            ]
        }
        return [fine("permissions", "Folder and keys belong to their owner alone.")]
    }

    private func lock(_ server: Serving?) -> Finding {
        switch server {
        case .process(let id)?: fine("lock", "Process \(id) has the court open for writing.")
        case .unknown?: fine("lock", "Another process has the court open for writing.")
        case nil: fine("lock", "No process has the court open for writing; it is not being served.")
        }
    }

    /// Who holds the lock of a data folder. Read from the system's list, since asking for the lock could get in the way
    /// of a server that starts at this moment.
    enum Serving: Hashable, Sendable {
        case process(Int)
        case unknown

        static func of(_ folder: String) -> Serving? {
            var status = stat()
            guard stat("\(folder)/lock", &status) == 0,
                // Read to its end: it says that it has no length.
                let locks = try? FileHandle(forReadingAtPath: "/proc/locks")?.readToEnd()
            else { return nil }
            // "1: FLOCK  ADVISORY  WRITE 4711 fe:00:131073 0 EOF"; a lock someone waits for has an arrow.
            for line in String(decoding: locks, as: UTF8.self).split(separator: "\n") {
                let words = line.split(separator: " ")
                guard words.count >= 6, words[1] == "FLOCK", words[5].split(separator: ":").last == "\(status.st_ino)"
                else { continue }
                return Int(words[4]).flatMap { $0 > 0 ? .process($0) : nil } ?? .unknown
            }
            return nil
        }
    }

    // MARK: Words

    func fine(_ check: String, _ found: String) -> Finding {
        Finding(check: check, state: .fine, found: found, remedy: nil)
    }

    func attention(_ check: String, _ found: String, _ remedy: String) -> Finding {
        Finding(check: check, state: .attention, found: found, remedy: remedy)
    }

    func wrong(_ check: String, _ found: String, _ remedy: String) -> Finding {
        Finding(check: check, state: .wrong, found: found, remedy: remedy)
    }
}
