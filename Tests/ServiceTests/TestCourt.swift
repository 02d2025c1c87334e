import Accounts
import Docket
import Documents
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Procedure
import Storage
import TestSupport
import Web

@testable import ServiceOfProcess

/// A court on a real store, SQLite unless a test asks for another, and a real folder, with the routes of the area and two registered people.
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

    static func open(
        on engine: TestEngine = .sqlite, _ body: (TestCourt) async throws -> Void
    ) async throws {
        try await BareCourt.on(engine, migrations: AccountMigrations.all + ServiceArea.migrations) { court in
            var settings = AccountSettings(issuer: court.profile.name.zh)
            settings.perAddress.free = 10_000
            let accounts = court.accounts(settings: settings)
            let area = ServiceArea(
                registry: court.registry, press: try court.press(), drawing: try PDFDrawing(), accounts: accounts,
                notices: try NoticeLibrary.shipped())
            let buyer = try await register("林晓演", "13900000001", "11010519900307101X", in: accounts)
            let seller = try await register("赵示范", "13900000002", "110105199003071028", in: accounts)
            var routes = Routes()
            area.mount(on: &routes)
            let people = ["buyer": buyer, "seller": seller, "clerk": clerk]
            try await body(
                TestCourt(
                    registry: court.registry, files: court.files, area: area, buyer: buyer, seller: seller,
                    site: court.site { people[$0] }, routes: routes))
        }
    }

    private static func register(
        _ name: String, _ mobile: String, _ number: String, in accounts: AccountRegister
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
