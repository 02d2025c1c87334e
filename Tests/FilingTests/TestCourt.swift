import Accounts
import Docket
import Documents
import Foundation
import Hummingbird
import Procedure
import Storage
import TestSupport
import Web

@testable import Filing

/// A court on a real SQLite store and a real folder, with one registered buyer.
struct TestCourt: Sendable {
    let registry: Registry
    let files: FileStore
    let area: FilingArea
    let buyer: Viewer
    let site: Site
    let routes: Routes

    static let code = "123456"

    static func open(_ body: (TestCourt) async throws -> Void) async throws {
        try await BareCourt.on(migrations: AccountMigrations.all + FilingArea.migrations) { court in
            let accounts = court.accounts()
            let area = FilingArea(
                registry: court.registry, files: court.files, press: try court.press(), accounts: accounts,
                signer: try court.signer(), forms: try FormLibrary.shipped(), notices: try NoticeLibrary.shipped(),
                confirm: { _, code in
                    guard code == TestCourt.code else { throw SecondFactorRefused() }
                    return .timeCode
                })
            let buyer = try await register(in: accounts)
            var routes = Routes()
            area.mountDrafts(on: &routes)
            let people = ["buyer": buyer, "stranger": stranger]
            try await body(
                TestCourt(
                    registry: court.registry, files: court.files, area: area, buyer: buyer,
                    site: court.site { people[$0] }, routes: routes))
        }
    }

    private static func register(in accounts: AccountRegister) async throws -> Viewer {
        let made = AsyncStream<AccountID>.makeStream()
        _ = try await accounts.register(
            Registration(
                name: "林晓演", residentNumber: "11010519900307101" + "X", mobile: "13900000001",
                password: "quiet river stone"),
            photographs: [.random(), .random()], from: Client(address: "203.0.113.7", device: "test")
        ) { _, account in made.continuation.yield(account.id) }
        var accountsMade = made.stream.makeAsyncIterator()
        guard let account = await accountsMade.next() else { throw NotFound() }
        return viewer(account)
    }

    static func viewer(_ account: AccountID, isVerified: Bool = true, offices: Set<Office> = []) -> Viewer {
        Viewer(
            account: account, name: "林晓演", offices: offices, session: .random(), secondFactorAt: nil,
            isVerified: isVerified)
    }

    static let stranger = viewer(AccountID(high: 9, low: 9))

    /// The same person on another device.
    var elsewhere: Viewer { Self.viewer(buyer.account) }

    var application: some ApplicationProtocol {
        Application(router: site.router(routes), configuration: .init(address: .hostname("127.0.0.1", port: 0)))
    }
}

/// A kettle bought online that was not what the page said.
let kettle: KeyValuePairs<String, String> = [
    "plaintiff.address": "杭州市西湖区文三路演示小区3幢502室", "plaintiff.telephone": "13900000001", "defendant.name": "赵示范",
    "defendant.trade_name": "好水壶小店", "defendant.address": "义乌市演示街88号", "platform": "演示商城", "order_number": "YS-1001",
    "item": "电水壶一只", "ordered_on": "2026-01-08", "price": "1280", "receipt_city": "杭州", "problem": "not_as_described",
    "described_as": "内胆为304不锈钢", "received_as": "内胆为201不锈钢", "reply": "refused", "asked_for": "退货退款",
    "claims": "refund",
    "claims": "compensation", "claims": "costs", "basis": "fraud",
]

extension TestCourt {
    func begin() async throws -> DocketID {
        try await area.beginDraft("online-shopping/1", by: buyer, key: IdempotencyKey(rawValue: UUID().uuidString))
    }

    @discardableResult
    func type(_ form: Form, into docket: DocketID, by viewer: Viewer? = nil, from basis: DraftBasis = .newest)
        async throws -> DraftAtHand
    {
        try await area.save(
            form, fields: Set(form.pairs.map(\.name)).sorted(), in: docket, by: viewer ?? buyer, from: basis)
    }

    /// Adds a photograph by the resumable way, explained.
    func addPhotograph(to docket: DocketID, bytes: [UInt8] = Array("\u{89}PNG evidence".utf8)) async throws {
        let upload = try await files.beginUpload(
            in: docket, .main, by: buyer.account, length: Int64(bytes.count), name: "订单.png")
        _ = try await upload.append(at: 0, bytes)
        try await area.addEvidence(upload.id, to: docket, by: buyer)
        try await area.change(docket, by: buyer, from: .newest) { content, _ in
            for index in content.exhibits.indices {
                content.exhibits[index].proves = "订单和价款"
                content.exhibits[index].origin = .electronicData
            }
        }
    }

    func answerConsents(in docket: DocketID) async throws {
        let (stages, service) = (
            area.notices.onlineStages.shown(in: .chinese), area.notices.electronicService.shown(in: .chinese)
        )
        try await area.change(docket, by: buyer, from: .newest) { content, _ in
            content.consents = [
                .init(stage: .evidenceExchange, agreed: true, notice: stages),
                .init(stage: .hearing, agreed: false, notice: stages),
            ]
            content.address = .init(agreed: true, postal: "杭州市西湖区文三路演示小区3幢502室", notice: service)
        }
    }

    /// A draft with everything in it.
    func complete() async throws -> DocketID {
        let docket = try await begin()
        try await type(Form(kettle), into: docket)
        try await addPhotograph(to: docket)
        try await answerConsents(in: docket)
        return docket
    }

    func submit(
        _ docket: DocketID, _ drawn: DraftAtHand, code: String = code, key: IdempotencyKey? = nil
    ) async throws -> EntryID {
        try await area.submit(
            docket, digest: drawn.content.drawn?.document.digest?.rawValue ?? "", code: code, by: buyer, key: key,
            arrived: registry.clock.now)
    }
}
