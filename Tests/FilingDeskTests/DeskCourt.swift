import Accounts
import Docket
import Documents
import Hummingbird
import Procedure
import Storage
import TestSupport
import Testing
import Web

@testable import Filing

/// A small court with a real store, real keys and files, a filing desk, and three judges.
struct DeskCourt: Sendable {
    let registry: Registry
    let desk: FilingDesk
    let site: Site
    let clock: CourtClock

    static let bench = [Person.judgeWang, .judgeLi, .judgeZhao].map {
        BenchJudge(account: $0.account, name: $0.name, residentNumber: nil)
    }

    /// - Parameter bench: who may be drawn.
    static func on(
        _ engine: TestEngine, profile: CourtProfile = .demonstration, bench: [BenchJudge] = bench,
        _ body: (DeskCourt) async throws -> Void
    ) async throws {
        try await BareCourt.on(engine, profile: profile, migrations: FilingDesk.migrations) { court in
            let desk = FilingDesk(
                registry: court.registry, press: try court.press(), bench: { _ in bench },
                forms: try FormLibrary.shipped(),
                confirm: { _, code in
                    guard code == "123456" else { throw SecondFactorRefused() }
                    return .timeCode
                })
            try await body(
                DeskCourt(
                    registry: court.registry, desk: desk, site: court.site { Person(rawValue: $0)?.viewer },
                    clock: court.clock))
        }
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
