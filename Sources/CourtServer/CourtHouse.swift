import Accounts
import Docket
import Documents
import Foundation
import Logging
import Procedure
import ProcedureTables
import Proofs
import Storage

/// A court that is open: its stores, keys, registry, press and ledger. Every command works through it.
package final class CourtHouse: Sendable {
    package let folder: DataFolder
    package let row: CourtRow
    package let profile: CourtProfile
    package let store: Store
    package let registry: Registry
    package let files: FileStore
    package let press: DocumentPress
    package let accounts: AccountRegister
    package let signing: SigningKeys
    package let courtKey: CourtKey
    package let logger: Logger
    package let readings: ReadLog
    private let keyStore: Store

    /// The court's own machinery, as the author of what nobody in particular did.
    package static let machine = AccountID(high: 0, low: 1)

    private init(
        folder: DataFolder, row: CourtRow, profile: CourtProfile, store: Store, keyStore: Store, registry: Registry,
        files: FileStore, press: DocumentPress, accounts: AccountRegister, signing: SigningKeys, courtKey: CourtKey,
        logger: Logger
    ) {
        self.folder = folder
        self.row = row
        self.profile = profile
        self.store = store
        self.keyStore = keyStore
        self.registry = registry
        self.files = files
        self.press = press
        self.accounts = accounts
        self.signing = signing
        self.courtKey = courtKey
        self.logger = logger
        readings = ReadLog(store: store, key: courtKey)
    }

    /// Makes a new court in an empty place: folder, keys, databases, stamp, and its docket with the first act.
    ///
    /// - Throws: `CourtStartFailure.alreadyACourt`; `CourtKeyError`; `StorageError`.
    package static func found(
        at place: CourtPlace, profile: CourtProfile, ledgerName: String, logger: Logger
    ) async throws {
        let folder = try DataFolder.open(place.folder, for: .writing)
        defer { folder.close() }
        if place.database == nil { try folder.prepareDatabase(folder.courtDatabase) }
        if place.database == nil { try folder.prepareDatabase(folder.keyDatabase) }
        let store = try await Store.open(place.location(in: folder), migrations: CourtSchema.all, logger: logger)
        if let existing = try await store.read({ try CourtRow.read(in: $0) }) {
            try await store.close()
            throw CourtStartFailure.alreadyACourt(code: existing.code)
        }
        let courtKey = try CourtKey.create(in: folder, court: profile.code)
        let keyStore = try await Store.open(
            place.keyLocation(in: folder), migrations: KeyVault.migrations, logger: logger)
        let vault = KeyVault(store: keyStore, courtKey: courtKey)
        let signing = try SigningKeys(in: folder, courtKey: courtKey, ledgerName: ledgerName)
        let stamp = try StampFile.create(in: folder, courtKey: courtKey, courtName: profile.name.zh)
        let registry = try registry(
            store: store, vault: vault, courtKey: courtKey, profile: profile, clock: CourtClock())
        _ = try await registry.projections.prepare(in: store)
        let docket = try await registry.newDocket()
        let answerKey = try signing.answerKey.publicKey.rawRepresentation.base64EncodedString()
        let ledgerKey = "\(try signing.ledgerKey.verifierKey)"
        try await registry.write(on: [docket]) { transaction in
            var open = try transaction.open(docket, kind: .court)
            let acts: [CourtAct] = [
                .opened(CourtOpened(profile: profile)), .keyPublished(KeyPublished(use: "ledger", key: ledgerKey)),
                .keyPublished(KeyPublished(use: "answers", key: answerKey)),
                .keyPublished(KeyPublished(use: "stamp", key: stamp.certificatePEM)),
            ]
            try transaction.enter(
                acts.map { DecidedAct(.court($0)) }, in: &open,
                by: Acting(account: machine, capacity: .court), channel: .system)
            try CourtRow(
                code: profile.code, docket: docket, ledgerName: ledgerName,
                isDemonstration: profile.isDemonstration, daysAhead: 0, isReadOnly: false
            ).insert(in: transaction.storage)
        }
        // The ledger begins with the court, so that there is a checkpoint that any backup can be compared with.
        try await Sequencer(store: store, directory: folder.ledger, keys: signing, logger: logger).integrateAll()
        try await keyStore.close()
        try await store.close()
    }

    /// Opens an existing court.
    ///
    /// - Parameter readOnly: for commands that only look, beside a server that writes.
    /// - Throws: `CourtStartFailure`; what the stores throw.
    package static func open(at place: CourtPlace, readOnly: Bool = false, logger: Logger) async throws -> CourtHouse {
        try await open(at: place, readOnly: readOnly, despiteComparison: false, logger: logger)
    }

    /// - Parameter despiteComparison: for the restore alone, which folds projections before anyone compares.
    static func open(
        at place: CourtPlace, readOnly: Bool = false, despiteComparison: Bool, logger: Logger
    ) async throws -> CourtHouse {
        let folder = try DataFolder.open(place.folder, for: readOnly ? .reading : .writing)
        let store = try await Store.open(
            place.location(in: folder), migrations: CourtSchema.all, readOnly: readOnly, logger: logger)
        guard let row = try await store.read({ try CourtRow.read(in: $0) }) else {
            throw CourtStartFailure.noCourt(folder: place.folder)
        }
        guard readOnly || despiteComparison || !row.isReadOnly else { throw CourtStartFailure.awaitingComparison }
        let courtKey = try CourtKey(in: folder, court: row.code)
        let keyStore = try await Store.open(
            place.keyLocation(in: folder), migrations: KeyVault.migrations, readOnly: readOnly, logger: logger)
        let vault = KeyVault(store: keyStore, courtKey: courtKey)
        let clock = CourtClock()
        clock.setAhead(days: row.daysAhead)

        let profile = try await profile(of: row, store: store, vault: vault)
        let registry = try registry(store: store, vault: vault, courtKey: courtKey, profile: profile, clock: clock)
        if !readOnly {
            let stale = try await registry.projections.prepare(in: store)
            if !stale.isEmpty {
                logger.notice("rebuilding what changed", metadata: ["projections": "\(stale.joined(separator: " "))"])
                _ = try await Rebuild(registry: registry).run(Set(stale))
            }
        }
        let files = FileStore(folder, store: store, vault: vault)
        let stamp = try StampFile.read(in: folder, courtKey: courtKey)
        let court = CourtHouse(
            folder: folder, row: row, profile: profile, store: store, keyStore: keyStore, registry: registry,
            files: files, press: DocumentPress(files: files, drawing: try PDFDrawing(), stamp: stamp),
            accounts: AccountRegister(
                store: store, key: courtKey, settings: AccountSettings(issuer: profile.name.zh),
                clock: { clock.now }),
            signing: try SigningKeys(in: folder, courtKey: courtKey, ledgerName: row.ledgerName), courtKey: courtKey,
            logger: logger)
        try await court.refuseDemonstrationMaterial()
        try await court.finishDestructions(isReadOnly: readOnly)
        return court
    }

    package func close() async throws {
        try await keyStore.close()
        try await store.close()
        folder.close()
    }

    /// The sequencer of this court's ledger; one per process that serves.
    package func sequencer() async throws -> Sequencer {
        try await Sequencer(store: store, directory: folder.ledger, keys: signing, logger: logger)
    }

    private static func registry(
        store: Store, vault: KeyVault, courtKey: CourtKey, profile: CourtProfile, clock: CourtClock
    ) throws -> Registry {
        let tables = try LawTables.load()
        return Registry(
            store: store, vault: vault, courtKey: courtKey, court: profile, tables: tables, clock: clock,
            projections: [MattersProjection(court: profile, tables: tables)])
    }

    /// The profile as the court's own docket has it last.
    private static func profile(of row: CourtRow, store: Store, vault: KeyVault) async throws -> CourtProfile {
        let keys = try await vault.keys(for: row.docket)
        let sealing = EntrySealing(court: row.code)
        let entries = try await store.read {
            try Registry.entries(of: row.docket, keys: keys, sealing: sealing, in: $0)
        }
        let profiles = entries.compactMap { opened -> CourtProfile? in
            guard case .court(.opened(let body)) = opened.entry.act else { return nil }
            return body.profile
        }
        guard let profile = profiles.last else { throw CourtStartFailure.profileMissing }
        return profile
    }

    /// A court that is no demonstration does not start with a demonstration's code, people or clock.
    private func refuseDemonstrationMaterial() async throws {
        guard !row.isDemonstration else { return }
        if DemonstrationCode.all.contains(row.code) || profile.isDemonstration {
            throw CourtStartFailure.demonstrationCode(row.code)
        }
        if row.daysAhead != 0 { throw CourtStartFailure.demonstrationMaterial("a clock moved ahead") }
        if FileManager.default.fileExists(atPath: "\(folder.keys)/\(DemonstrationCode.peopleFile)") {
            throw CourtStartFailure.demonstrationMaterial("demonstration people")
        }
    }
}

/// Marks by which demonstration material is known.
package enum DemonstrationCode {
    /// No real court has these codes.
    package static let internet = "演9101"
    package static let appeal = "演91"
    package static let basic = "演9102"
    package static let all: Set<String> = [internet, appeal, basic]
    package static let peopleFile = "demonstration-people.sealed"
}
