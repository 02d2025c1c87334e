import Accounts
import Docket
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Procedure
import Storage
import Synchronization
import TestSupport
import Testing
import Web

@testable import People

/// A court with its own docket, an administrator, and one registered person who signs in with a password.
struct PeopleCourt: Sendable {
    let registry: Registry
    let accounts: AccountRegister
    let courtDocket: DocketID
    let administratorID: AccountID
    let application: any ApplicationProtocol & Sendable

    static let client = Client(address: "203.0.113.7", device: "test")
    static let password = "quiet river stone"
    static let mobile = "13900000001"

    static func open(_ body: (PeopleCourt) async throws -> Void) async throws {
        try await BareCourt.on(migrations: AccountMigrations.all + PeopleArea.migrations) { court in
            let docket = try await court.registry.newDocket()
            try await court.registry.write(on: [docket]) { t in
                var open = try t.open(docket, kind: .court)
                try t.enter(
                    [DecidedAct(.court(.opened(CourtOpened(profile: court.profile))))], in: &open,
                    by: Acting(account: AccountID(high: 0, low: 1), capacity: .court), channel: .system)
            }
            let accounts = court.accounts()
            let area = PeopleArea(
                registry: court.registry, accounts: accounts, files: court.files, courtDocket: docket)
            var routes = Routes()
            area.mount(on: &routes)
            let made = Mutex<AccountID?>(nil)
            _ = try await accounts.createFirstAdministrator(name: "管理员", signInName: "admin.one") { _, account in
                made.withLock { $0 = account }
            }
            let first = try #require(made.withLock { $0 })
            let site = court.site { token in
                token == "administrator"
                    ? viewer(first)
                    : try await SessionToken(rawValue: token).asyncMap { try await accounts.viewer(for: $0) }
            }
            try await body(
                PeopleCourt(
                    registry: court.registry, accounts: accounts, courtDocket: docket,
                    administratorID: first,
                    application: Application(
                        router: site.router(routes), configuration: .init(address: .hostname("127.0.0.1", port: 0)))))
        }
    }

    var administrator: Viewer { Self.viewer(administratorID) }

    /// The administrator, with a second factor given just now, however slowly the test goes.
    private static func viewer(_ administrator: AccountID) -> Viewer {
        Viewer(
            account: administrator, name: "管理员", offices: [.administrator], session: SessionID(high: 7, low: 1),
            secondFactorAt: CourtClock().now, isVerified: true)
    }

    /// A person with a password and no second factor, signed in.
    func person() async throws -> SessionToken {
        _ = try await accounts.register(
            Registration(
                name: "林晓演", residentNumber: "11010519900307101X", mobile: Self.mobile, password: Self.password),
            photographs: [], from: Self.client)
        return try await signIn(Self.password)
    }

    func signIn(_ password: String) async throws -> SessionToken {
        switch try await accounts.signIn(name: Self.mobile, password: password, from: Self.client) {
        case .signedIn(let token), .secondFactorNeeded(let token): token
        }
    }

    /// The acts of the court's own docket after its opening, by type.
    func courtActs() async throws -> [String] {
        try await registry.entries(of: courtDocket).dropFirst().map { type(of: $0.entry.act.body).type }
    }
}

extension Optional {
    fileprivate func asyncMap<Other>(_ transform: (Wrapped) async throws -> Other?) async throws -> Other? {
        guard let self else { return nil }
        return try await transform(self)
    }
}

extension TestClientProtocol {
    func get(_ path: String, as who: String, _ language: String = "zh-CN") async throws -> TestResponse {
        try await execute(
            uri: path, method: .get, headers: [.authorization: "Bearer \(who)", .acceptLanguage: language])
    }

    /// Sends a form as a program with a bearer token does, which needs no proof of a page.
    func post(_ path: String, _ body: String, as who: String) async throws -> TestResponse {
        try await execute(
            uri: path, method: .post,
            headers: [
                .authorization: "Bearer \(who)", .acceptLanguage: "en",
                .contentType: "application/x-www-form-urlencoded",
            ], body: ByteBuffer(string: body))
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
}
