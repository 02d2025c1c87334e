import Accounts
import Crypto
import Docket
import Documents
import Evidence
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Procedure
import ProcedureTables
import Proofs
import Storage
import Web

/// A court on a real SQLite store and a real folder, with the routes of the area and people who sign in by their names.
struct TestCourt: Sendable {
    let registry: Registry
    let files: FileStore
    let site: Site
    let routes: Routes

    /// - Parameter freeBytes: what the disk is said to have left.
    static func open(
        freeBytes: @escaping @Sendable () -> Int64 = { 1 << 40 }, _ body: (TestCourt) async throws -> Void
    ) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "evidence-\(UUID().uuidString)").path
        let folder = try DataFolder.open(path, for: .writing)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try folder.prepareDatabase(folder.courtDatabase)
        try folder.prepareDatabase(folder.keyDatabase)
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let store = try await Store.open(
            .sqlite(path: folder.courtDatabase),
            migrations: Registry.migrations + FileCatalogue.migrations + EvidenceArea.migrations, logger: logger)
        let keyStore = try await Store.open(
            .sqlite(path: folder.keyDatabase), migrations: KeyVault.migrations, logger: logger)
        let courtKey = try CourtKey.create(in: folder, court: CourtProfile.demonstration.code)
        let vault = KeyVault(store: keyStore, courtKey: courtKey)
        let tables = try LawTables.load()
        let registry = Registry(
            store: store, vault: vault, courtKey: courtKey, court: .demonstration, tables: tables, clock: CourtClock(),
            projections: [MattersProjection(court: .demonstration, tables: tables)])
        _ = try await registry.projections.prepare(in: store)
        let files = FileStore(folder, store: store, vault: vault)
        let drawing = try PDFDrawing()
        let stamp = try CourtStamp.create(
            courtName: CourtProfile.demonstration.name.zh, validFrom: CourtClock().now, years: 1)
        let area = EvidenceArea(
            registry: registry, files: files, press: DocumentPress(files: files, drawing: drawing, stamp: stamp),
            drawing: drawing,
            signer: AnswerSigner(
                keys: try SigningKeys(in: folder, courtKey: courtKey, ledgerName: "test.example/ledger"),
                court: CourtProfile.demonstration.code),
            forms: try FormLibrary.shipped(), limits: UploadLimits(freeBytes: freeBytes),
            confirm: { _, code in
                guard code == "123456" else { throw SecondFactorRefused() }
                return .timeCode
            })
        var routes = Routes()
        area.mount(on: &routes)
        let site = Site(
            court: .demonstration, face: .both, version: "test", origin: Origin(secure: false, authority: "localhost"),
            formKey: SymmetricKey(size: .bits256), logger: logger, limits: .unlimited, now: { CourtClock().now },
            viewer: { token in Person(rawValue: token)?.viewer })
        let court = TestCourt(registry: registry, files: files, site: site, routes: routes)
        do {
            try await body(court)
        } catch {
            try await store.close()
            try await keyStore.close()
            throw error
        }
        try await store.close()
        try await keyStore.close()
        folder.close()
    }

    var application: some ApplicationProtocol {
        Application(router: site.router(routes), configuration: .init(address: .hostname("127.0.0.1", port: 0)))
    }
}

/// Who is in these tests; the raw value is also the bearer token.
enum Person: String, CaseIterable, Sendable {
    case buyer, seller, judge, clerk, stranger

    var account: AccountID { AccountID(high: 7, low: UInt64(Self.allCases.firstIndex(of: self) ?? 0) + 10) }

    var viewer: Viewer {
        let offices: Set<Office> =
            switch self {
            case .judge: [.judge]
            case .clerk: [.clerk]
            default: []
            }
        return Viewer(
            account: account, name: rawValue, offices: offices, session: .random(), secondFactorAt: CourtClock().now,
            isVerified: true)
    }
}

extension CourtProfile {
    static let demonstration = CourtProfile(
        code: "演0192", name: Words("演示互联网法院", "Demonstration Internet Court"), kind: .internet, province: "浙江",
        city: "杭州", zone: .china, address: Words("杭州市演示路1号", "1 Yanshi Road, Hangzhou"),
        telephone: "0571-00000000", counterHours: Words("工作日9:00—17:00", "weekdays 9:00–17:00"),
        appealCourt: Words("演示中级人民法院", "Demonstration Intermediate Court"), isDemonstration: true,
        smallClaimsMaximum: 6_000_000, smallClaimsAgreedMaximum: 24_000_000)
}
