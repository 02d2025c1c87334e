import Accounts
import Crypto
import Docket
import Documents
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Procedure
import ProcedureTables
import Storage
import Web

@testable import ServiceOfProcess

/// A court on a real SQLite store and a real folder, with the routes of the area and two registered people.
struct TestCourt: Sendable {
    let registry: Registry
    let files: FileStore
    let area: ServiceArea
    let buyer: Viewer
    let seller: Viewer
    let site: Site
    let routes: Routes

    static let clerk = Viewer(
        account: AccountID(high: 7, low: 2), name: "书记员", offices: [.clerk], session: .random(), secondFactorAt: nil,
        isVerified: true)
    static let judge = AccountID(high: 7, low: 3)

    static func open(_ body: (TestCourt) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "service-\(UUID().uuidString)").path
        let folder = try DataFolder.open(path, for: .writing)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try folder.prepareDatabase(folder.courtDatabase)
        try folder.prepareDatabase(folder.keyDatabase)
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let profile = CourtProfile.demonstration
        let store = try await Store.open(
            .sqlite(path: folder.courtDatabase),
            migrations: Registry.migrations + FileCatalogue.migrations + AccountMigrations.all + ServiceArea.migrations,
            logger: logger)
        let keyStore = try await Store.open(
            .sqlite(path: folder.keyDatabase), migrations: KeyVault.migrations, logger: logger)
        let courtKey = try CourtKey.create(in: folder, court: profile.code)
        let tables = try LawTables.load()
        let clock = CourtClock()
        let vault = KeyVault(store: keyStore, courtKey: courtKey)
        let registry = Registry(
            store: store, vault: vault, courtKey: courtKey, court: profile, tables: tables, clock: clock,
            projections: [MattersProjection(court: profile, tables: tables)])
        _ = try await registry.projections.prepare(in: store)
        let files = FileStore(folder, store: store, vault: vault)
        var settings = AccountSettings(issuer: profile.name.zh)
        settings.perAddress.free = 10_000
        let accounts = AccountRegister(
            store: store, key: courtKey, settings: settings,
            hasher: PasswordHasher(cost: ScryptCost(logRounds: 4, blockSize: 8, parallelism: 1)), clock: { clock.now })
        let drawing = try PDFDrawing()
        let area = ServiceArea(
            registry: registry,
            press: DocumentPress(
                files: files, drawing: drawing,
                stamp: try CourtStamp.create(courtName: profile.name.zh, validFrom: clock.now, years: 1)),
            drawing: drawing, accounts: accounts, notices: try NoticeLibrary.shipped())
        let buyer = try await register("林晓演", "13900000001", "11010519900307101X", in: accounts, store)
        let seller = try await register("赵示范", "13900000002", "110105199003071028", in: accounts, store)
        var routes = Routes()
        area.mount(on: &routes)
        let people = ["buyer": buyer, "seller": seller, "clerk": clerk]
        let site = Site(
            court: profile, face: .both, version: "test", origin: Origin(secure: false, authority: "localhost"),
            formKey: SymmetricKey(size: .bits256), logger: logger, limits: .unlimited, now: { clock.now },
            viewer: { people[$0] })
        let court = TestCourt(
            registry: registry, files: files, area: area, buyer: buyer, seller: seller, site: site, routes: routes)
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

    private static func register(
        _ name: String, _ mobile: String, _ number: String, in accounts: AccountRegister, _ store: Store
    ) async throws -> Viewer {
        let made = AsyncStream<AccountID>.makeStream()
        _ = try await accounts.register(
            Registration(name: name, residentNumber: number, mobile: mobile, password: "quiet river stone"),
            photographs: [], from: home
        ) { t, account in
            try t.run("UPDATE account SET verified_at = $1 WHERE id = $2", account.createdAt, account.id)
            made.continuation.yield(account.id)
        }
        var accountsMade = made.stream.makeAsyncIterator()
        guard let account = await accountsMade.next() else { throw NotFound() }
        return Viewer(
            account: account, name: name, offices: [], session: .random(), secondFactorAt: nil, isVerified: true)
    }

    static let home = Client(address: "203.0.113.7", device: "test")

    var application: some ApplicationProtocol {
        Application(router: site.router(routes), configuration: .init(address: .hostname("127.0.0.1", port: 0)))
    }

    var now: Instant { registry.clock.now }
    var today: CourtDay { registry.court.zone.day(of: now) }

    /// The state of a docket as it is stored now.
    func state(_ docket: DocketID) async throws -> CaseState { try await registry.docket(docket).state }

    /// Does what is in the outbox.
    func workOff() async {
        await OutboxWorker(
            registry: registry, handlers: area.handlers,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        ).drain()
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
