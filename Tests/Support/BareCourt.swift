import Accounts
import Crypto
import Docket
import Documents
import Foundation
import Logging
import Procedure
import ProcedureTables
import Proofs
import Storage
import Web

/// A court in a folder of its own with real stores, keys and files, and no area yet: what every area stands on.
package struct BareCourt: Sendable {
    package let folder: DataFolder
    package let store: Store
    package let courtKey: CourtKey
    package let vault: KeyVault
    package let registry: Registry
    package let files: FileStore
    package let logger: Logger

    package var profile: CourtProfile { registry.court }
    package var clock: CourtClock { registry.clock }

    /// Opens a court, lends it, closes it and clears it away.
    ///
    /// - Parameters:
    ///   - migrations: the tables of what is tested, beside those of the docket and the files.
    ///   - projections: beside the clerk's queue.
    package static func on(
        _ engine: TestEngine = .sqlite, profile: CourtProfile = .demonstration, migrations: [Migration] = [],
        projections: [any Projection] = [], _ body: (BareCourt) async throws -> Void
    ) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "court-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = try DataFolder.open(path, for: .writing)
        defer { folder.close() }
        try folder.prepareDatabase(folder.courtDatabase)
        try folder.prepareDatabase(folder.keyDatabase)
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let schema = "court_" + UUID().uuidString.lowercased().replacing("-", with: "_")
        let location: StoreLocation =
            switch engine {
            case .sqlite: .sqlite(path: folder.courtDatabase)
            case .postgres: .postgres(url: try TestEngine.postgresURL, schema: schema)
            }
        let store = try await Store.open(
            location, migrations: Registry.migrations + FileCatalogue.migrations + migrations, logger: logger)
        let keyStore = try await Store.open(
            .sqlite(path: folder.keyDatabase), migrations: KeyVault.migrations, logger: logger)
        let outcome: Result<Void, any Error>
        do {
            let courtKey = try CourtKey.create(in: folder, court: profile.code)
            let vault = KeyVault(store: keyStore, courtKey: courtKey)
            let tables = try LawTables.load()
            let registry = Registry(
                store: store, vault: vault, courtKey: courtKey, court: profile, tables: tables, clock: CourtClock(),
                projections: [MattersProjection(court: profile, tables: tables)] + projections)
            _ = try await registry.projections.prepare(in: store)
            let court = BareCourt(
                folder: folder, store: store, courtKey: courtKey, vault: vault, registry: registry,
                files: FileStore(folder, store: store, vault: vault), logger: logger)
            outcome = .success(try await body(court))
        } catch {
            outcome = .failure(error)
        }
        if engine == .postgres { try await store.write { t -> Void in try t.run("DROP SCHEMA \(schema) CASCADE") } }
        try await store.close()
        try await keyStore.close()
        try outcome.get()
    }

    /// Draws and stamps this court's papers.
    package func press() throws -> DocumentPress {
        DocumentPress(
            files: files, drawing: try PDFDrawing(),
            stamp: try CourtStamp.create(courtName: profile.name.zh, validFrom: clock.now, years: 1))
    }

    package func signingKeys() throws -> SigningKeys {
        try SigningKeys(in: folder, courtKey: courtKey, ledgerName: "test.example/ledger")
    }

    package func signer() throws -> AnswerSigner { AnswerSigner(keys: try signingKeys(), court: profile.code) }

    /// The register of people; with a cheap password hash, since its cost is not what these tests are about.
    package func accounts(settings: AccountSettings? = nil) -> AccountRegister {
        AccountRegister(
            store: store, key: courtKey, settings: settings ?? AccountSettings(issuer: profile.name.zh),
            hasher: PasswordHasher(cost: ScryptCost(logRounds: 4, blockSize: 8, parallelism: 1)),
            clock: { [clock] in clock.now })
    }

    /// Pages and routes without limits, for whoever a bearer token names.
    package func site(viewer: @escaping @Sendable (String) async throws -> Viewer?) -> Site {
        Site(
            court: profile, face: .both, version: "test", origin: Origin(secure: false, authority: "localhost"),
            formKey: SymmetricKey(size: .bits256), logger: logger, limits: .unlimited, now: { [clock] in clock.now },
            viewer: viewer)
    }
}

extension CourtProfile {
    package static let demonstration = CourtProfile(
        code: "演0192", name: Words("演示互联网法院", "Demonstration Internet Court"), kind: .internet, province: "浙江",
        city: "杭州", zone: .china, address: Words("杭州市演示路1号", "1 Yanshi Road, Hangzhou"),
        telephone: "0571-00000000", counterHours: Words("工作日9:00—17:00", "weekdays 9:00–17:00"),
        appealCourt: Words("演示中级人民法院", "Demonstration Intermediate Court"), isDemonstration: true,
        smallClaimsMaximum: 6_000_000, smallClaimsAgreedMaximum: 24_000_000)
}
