import Accounts
import Docket
import Documents
import Evidence
import Hummingbird
import HummingbirdTesting
import Procedure
import Storage
import TestSupport
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
        try await BareCourt.on(migrations: EvidenceArea.migrations) { court in
            let area = EvidenceArea(
                registry: court.registry, files: court.files, press: try court.press(), drawing: try PDFDrawing(),
                signer: try court.signer(), forms: try FormLibrary.shipped(),
                limits: UploadLimits(freeBytes: freeBytes),
                confirm: { _, code in
                    guard code == "123456" else { throw SecondFactorRefused() }
                    return .timeCode
                })
            var routes = Routes()
            area.mount(on: &routes)
            try await body(
                TestCourt(
                    registry: court.registry, files: court.files,
                    site: court.site { token in Person(rawValue: token)?.viewer }, routes: routes))
        }
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
