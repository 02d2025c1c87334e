import Docket
import Foundation
import Ledger
import Procedure
import Proofs
import Storage

// What the doctor asks the database, the keys and the ledger.
extension Doctor {
    func database(_ folder: DataFolder) async -> ([Finding], Store?) {
        do {
            let store = try await Store.open(
                place.location(in: folder), migrations: CourtSchema.all, readOnly: true, logger: logger)
            return (
                [
                    try await library(store),
                    fine("migrations", "The database has all \(CourtSchema.all.count) migrations of this release."),
                ], store
            )
        } catch {
            return ([unopened(error)], nil)
        }
    }

    private func library(_ store: Store) async throws -> Finding {
        guard store.dialect == .sqlite else {
            let syncs = try await store.read { try $0.row("SELECT current_setting('fsync')")?.text(0) } == "on"
            guard syncs else {
                return wrong(
                    "database", "\(store.engineVersion) runs with fsync = off: a power cut loses what was answered.",
                    "Set fsync = on in postgresql.conf and restart the server.")
            }
            return fine("database", "\(store.engineVersion) answers, and syncs what it commits.")
        }
        let mode = try await store.read { try $0.row("PRAGMA journal_mode")?.text(0) ?? "" }
        guard mode == "wal" else {
            return wrong(
                "database", "\(store.engineVersion), with its journal in mode \(mode) instead of wal.",
                "Stop the server and start it again; it sets the mode. Let nothing else write to this database.")
        }
        let known = SQLiteFault.isIn(store.engineVersion)
        return fine(
            "database",
            "\(store.engineVersion) answers." + (known ? " \(SQLiteFault.words)" : ""))
    }

    /// Up to 3.51.2, two connections that write and checkpoint at one instant can lose a commit.
    enum SQLiteFault {
        static let words = "Never write to it with another program: in this release two writers can lose a commit."

        static func isIn(_ version: String) -> Bool {
            let numbers = version.split { !$0.isNumber }.compactMap { Int($0) }
            return numbers.lexicographicallyPrecedes([3, 51, 3])
        }
    }

    private func unopened(_ error: any Error) -> Finding {
        switch error {
        case StorageError.olderSchema(let migration):
            attention(
                "migrations", "The database is of an older release; the first step it lacks is \(migration).",
                "Make a backup, then start the server: it brings the database up to date.")
        case StorageError.newerSchema(let migration):
            wrong(
                "migrations", "The database was opened by a newer release, which took the step \(migration).",
                "Run that release or a later one.")
        case StorageError.gone where place.database != nil:
            wrong("database", "PostgreSQL cannot be reached.", "Check that it runs, its address, user and password.")
        default:
            wrong("database", "The database does not open: \(error)", "See the log; restore a backup if it is lost.")
        }
    }

    // MARK: The court

    func court(_ folder: DataFolder, store: Store, server: Serving?) async -> [Finding] {
        let court: CourtHouse
        do {
            court = try await CourtHouse.open(at: place, readOnly: true, logger: logger)
        } catch {
            return [unread(error)]
        }
        var findings = [standing(court), fine("keys", "The court's key opens its records, its ledger and its stamp.")]
        do {
            findings += try await destroyed(court)
            findings.append(try await time(court))
            findings.append(try await outbox(court, isServed: server != nil))
            findings += try await ledger(court, isServed: server != nil)
            findings += try await sweeping(court, isServed: server != nil)
        } catch {
            findings.append(
                wrong(
                    "database", "The database failed while it was asked: \(error)", "See its own log, and the disk's."))
        }
        try? await court.close()
        return findings
    }

    private func unread(_ error: any Error) -> Finding {
        switch error {
        case CourtStartFailure.noCourt, CourtStartFailure.demonstrationCode, CourtStartFailure.demonstrationMaterial:
            wrong("court", "\(error)", "Look at what lies in \(place.folder) before anything is started there.")
        case is CourtKeyError, KeyVaultError.wrongCourtKey, KeyVaultError.unknown, is SealingError:
            wrong(
                "keys", "The keys here do not open the court's records: \(error)",
                "Put back keys/court.key and keys/keys.sqlite of this court from their safe copies.")
        default: wrong("court", "The court does not open: \(error)", "Restore it from its backup.")
        }
    }

    private func standing(_ court: CourtHouse) -> Finding {
        let name = "\(court.profile.name.zh) (\(court.row.code))"
        guard !court.row.isReadOnly else {
            return wrong(
                "court", "\(name) was restored and only reads until it was compared.",
                "Run: xiezhi restore --compare --data '\(place.folder)' --checkpoint FILE")
        }
        let ahead = court.row.daysAhead
        return fine(
            "court",
            name + (court.row.isDemonstration ? ", a demonstration" : "")
                + (ahead > 0 ? " whose clock is \(ahead) days ahead." : "."))
    }

    /// Says nothing where nothing was ever destroyed.
    private func destroyed(_ court: CourtHouse) async throws -> [Finding] {
        let recorded = try await court.destructions().count
        guard recorded > 0 else { return [] }
        let unfinished = try await court.unfinishedDestructions().count
        guard unfinished == 0 else {
            return [
                wrong(
                    "destroyed", "The record says that \(unfinished) dockets are destroyed whose keys are still here.",
                    "Start the server, or run `xiezhi keys destroy` again: either finishes it.")
            ]
        }
        return [fine("destroyed", "The keys of \(recorded) dockets were destroyed, as the record says.")]
    }

    private func time(_ court: CourtHouse) async throws -> Finding {
        let entered = try await court.store.read {
            try $0.row("SELECT COALESCE(MAX(entered), 0) FROM docket_head")?.instant(0)
        }
        let behind = (entered?.milliseconds ?? 0) - now().adding(hours: 24 * court.row.daysAhead).milliseconds
        guard behind <= 60_000 else {
            return wrong(
                "time", "The clock is \(behind / 1_000) s behind the newest entry of the record.",
                "Set the system's clock right before the court is served: limits are counted by it.")
        }
        return fine("time", "The clock is not behind the record.")
    }

    // MARK: What waits

    private func outbox(_ court: CourtHouse, isServed: Bool) async throws -> Finding {
        let time = now().adding(hours: 24 * court.row.daysAhead)
        let standing = try await court.store.read { try Outbox.standing(at: time, in: $0) }
        if standing.needingPerson > 0 {
            let kinds = standing.kinds.joined(separator: ", ")
            return wrong(
                "outbox", "\(standing.needingPerson) effects failed for good and need a person: \(kinds).",
                "Look for “effect failed” in the log, and put right what it names.")
        }
        guard let oldest = standing.oldestDue, time.milliseconds - oldest.milliseconds > 60_000 else {
            return fine("outbox", "Nothing that is due waits to be done; \(standing.waiting) effects are for later.")
        }
        let minutes = (time.milliseconds - oldest.milliseconds) / 60_000
        let said = "\(standing.waiting) effects wait, the oldest for \(minutes) minutes."
        return isServed
            ? wrong("outbox", said, "Look for “effect failed” in the log: the server runs and does not get them done.")
            : attention("outbox", said, "Start the server; it does them.")
    }

    private func ledger(_ court: CourtHouse, isServed: Bool) async throws -> [Finding] {
        let standing = try await court.store.read { try LedgerTable.standing(in: $0) }
        let signed: SignedCheckpoint
        do {
            let key = try court.signing.ledgerKey.verifierKey
            signed = try LogFiles(directory: court.folder.ledger, key: key).newestSigned()
        } catch LogFailure.noCheckpoint where standing.size == 0 {
            return [attention("ledger", "The ledger has no entry yet.", "Start the server; it begins the ledger.")]
        } catch {
            return [wrong("ledger", "The ledger cannot be read: \(error)", "Restore ledger/ from the backup.")]
        }
        guard signed.checkpoint.size <= standing.size else {
            return [
                wrong(
                    "ledger",
                    "The ledger has \(signed.checkpoint.size) entries and the database knows \(standing.size): acts are lost.",
                    "Do not start the server. Restore a newer backup and compare it.")
            ]
        }
        let lag = standing.waiting + Int(standing.size - signed.checkpoint.size)
        let time = now().adding(hours: 24 * court.row.daysAhead)
        let waited = standing.oldestWaiting.map { time.milliseconds - $0.milliseconds } ?? 0
        let behind: Finding
        if lag == 0 {
            behind = fine("ledger", "All \(standing.size) entries are in the ledger.")
        } else if waited > 60_000, isServed {
            behind = wrong(
                "ledger", "\(lag) entries wait for the ledger, the oldest for \(waited / 1_000) s.",
                "Look for “ledger not extended” in the log; the server runs and does not get on.")
        } else if waited > 60_000 {
            behind = attention("ledger", "\(lag) entries wait for the ledger.", "Start the server; it adds them.")
        } else {
            behind = fine("ledger", "\(lag) entries are on their way into the ledger.")
        }
        return [behind, checkpoint(signed, court: court)]
    }

    private func checkpoint(_ signed: SignedCheckpoint, court: CourtHouse) -> Finding {
        let dates = ["checkpoint", "checkpoint.signed"].compactMap { name in
            try? FileManager.default.attributesOfItem(atPath: "\(court.folder.ledger)/\(name)")[.modificationDate]
                as? Date
        }
        let age = dates.max().map { Int(now().milliseconds / 1_000) - Int($0.timeIntervalSince1970) } ?? 0
        return fine(
            "checkpoint",
            "The last one was signed \(Self.span(seconds: max(0, age))) ago, over \(signed.checkpoint.size) entries.")
    }

    private func sweeping(_ court: CourtHouse, isServed: Bool) async throws -> [Finding] {
        let time = now().adding(hours: 24 * court.row.daysAhead)
        let last = try await court.store.read { reading in
            try Sweep.schedule.map { try Sweeping.last($0.name, in: reading) }
        }
        let failed = zip(Sweep.schedule, last).compactMap { $1?.failure == nil ? nil : $0.name }
        guard failed.isEmpty else {
            return [
                attention(
                    "sweeping", "What is past its time could not be cleared away: \(failed.joined(separator: ", ")).",
                    "Look for “not swept” in the log.")
            ]
        }
        let late = zip(Sweep.schedule, last).compactMap { sweep, last -> String? in
            guard let last else { return sweep.name }
            return last.ran.adding(hours: 2 * sweep.everyHours + 1) < time ? sweep.name : nil
        }
        guard isServed, !late.isEmpty else {
            return [
                fine("sweeping", isServed ? "Nothing past its time is left lying." : "The server sweeps while it runs.")
            ]
        }
        return [
            attention(
                "sweeping", "Not cleared away for too long: \(late.joined(separator: ", ")).", "Restart the server.")
        ]
    }

    private static func span(seconds: Int) -> String {
        switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7_200: "\(seconds / 60) minutes"
        case ..<172_800: "\(seconds / 3_600) hours"
        default: "\(seconds / 86_400) days"
        }
    }
}
