import Accounts
import Crypto
import Docket
import Documents
import Foundation
import Hummingbird
import Logging
import Procedure
import ProcedureTables
import Storage
import Testing
import Web

@testable import Filing

/// The engines these tests run on: SQLite always, PostgreSQL when `XIEZHI_TEST_POSTGRES` holds a URL.
enum TestEngine: String, CaseIterable, Sendable {
    case sqlite, postgres

    static let postgresURL = ProcessInfo.processInfo.environment["XIEZHI_TEST_POSTGRES"]
    static let available: [TestEngine] = postgresURL == nil ? [.sqlite] : allCases
}

/// A small court with a real store, real keys and files, a filing desk, and three judges.
struct DeskCourt: Sendable {
    let registry: Registry
    let desk: FilingDesk
    let site: Site
    let clock: CourtClock

    static let tables: Tables = {
        do { return try LawTables.load() } catch { preconditionFailure("\(error)") }
    }()

    static let bench = [Person.judgeWang, .judgeLi, .judgeZhao].map {
        BenchJudge(account: $0.account, name: $0.name, residentNumber: nil)
    }

    /// - Parameter bench: who may be drawn.
    static func on(
        _ engine: TestEngine, profile: CourtProfile = .demonstration, bench: [BenchJudge] = bench,
        _ body: (DeskCourt) async throws -> Void
    ) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "desk-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = try DataFolder.open(path, for: .writing)
        try folder.prepareDatabase(folder.courtDatabase)
        try folder.prepareDatabase(folder.keyDatabase)
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let schema = "desk_" + UUID().uuidString.lowercased().replacing("-", with: "_")
        let location: StoreLocation =
            switch engine {
            case .sqlite: .sqlite(path: folder.courtDatabase)
            case .postgres: .postgres(url: try #require(TestEngine.postgresURL), schema: schema)
            }
        let store = try await Store.open(
            location, migrations: Registry.migrations + FileCatalogue.migrations + FilingDesk.migrations,
            logger: logger)
        let keyStore = try await Store.open(
            .sqlite(path: folder.keyDatabase), migrations: KeyVault.migrations, logger: logger)
        let outcome: Result<Void, any Error>
        do {
            let court = try await DeskCourt(folder, store, keyStore, profile, bench, logger)
            outcome = .success(try await body(court))
        } catch {
            outcome = .failure(error)
        }
        if engine == .postgres { try await store.write { t -> Void in try t.run("DROP SCHEMA \(schema) CASCADE") } }
        try await store.close()
        try await keyStore.close()
        folder.close()
        try outcome.get()
    }

    private init(
        _ folder: DataFolder, _ store: Store, _ keyStore: Store, _ profile: CourtProfile, _ bench: [BenchJudge],
        _ logger: Logger
    ) async throws {
        let courtKey = try CourtKey.create(in: folder, court: profile.code)
        let vault = KeyVault(store: keyStore, courtKey: courtKey)
        let clock = CourtClock()
        self.clock = clock
        registry = Registry(
            store: store, vault: vault, courtKey: courtKey, court: profile, tables: Self.tables, clock: clock,
            projections: [MattersProjection(court: profile, tables: Self.tables)])
        _ = try await registry.projections.prepare(in: store)
        let stamp = try CourtStamp.create(courtName: profile.name.zh, validFrom: clock.now, years: 1)
        let press = DocumentPress(
            files: FileStore(folder, store: store, vault: vault), drawing: try PDFDrawing(), stamp: stamp)
        desk = FilingDesk(
            registry: registry, press: press, bench: { _ in bench }, forms: try FormLibrary.shipped(),
            confirm: { _, code in
                guard code == "123456" else { throw SecondFactorRefused() }
                return .timeCode
            })
        site = Site(
            court: profile, face: .both, version: "test", origin: Origin(secure: false, authority: "localhost"),
            formKey: SymmetricKey(size: .bits256), logger: logger, limits: .unlimited, now: { clock.now },
            viewer: { token in Person(rawValue: token)?.viewer })
    }

    var application: some ApplicationProtocol {
        var routes = Routes()
        desk.mount(on: &routes)
        return Application(
            router: site.router(routes), configuration: .init(address: .hostname("127.0.0.1", port: 0)))
    }
}

/// Who is in these cases; the raw value is also the bearer token.
enum Person: String, CaseIterable, Sendable {
    case buyer, seller, filingClerk, secondClerk, clerk, judgeWang, judgeLi, judgeZhao, stranger

    var account: AccountID { AccountID(high: 7, low: UInt64(Self.allCases.firstIndex(of: self) ?? 0) + 10) }

    var name: String {
        switch self {
        case .buyer: "林晓演"
        case .seller: "赵示范"
        case .judgeWang: "王审"
        case .judgeLi: "李断"
        case .judgeZhao: "赵裁"
        default: "演示\(rawValue)"
        }
    }

    var offices: Set<Office> {
        switch self {
        case .filingClerk, .secondClerk: [.filingClerk]
        case .clerk: [.clerk]
        case .judgeWang, .judgeLi, .judgeZhao: [.judge]
        default: []
        }
    }

    var viewer: Viewer {
        Viewer(
            account: account, name: name, offices: offices, session: SessionID(high: 1, low: account.low),
            secondFactorAt: nil, isVerified: true)
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
