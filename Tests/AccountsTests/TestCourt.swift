import Foundation
import Logging
import Procedure
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Accounts

/// A clock that moves when it is told to.
final class TestClock: Sendable {
    private let time = Mutex<Instant>("2026-03-02T01:00:00.000Z")

    var now: Instant { time.withLock { $0 } }
    func advance(_ duration: Duration) { time.withLock { $0 = $0.adding(milliseconds: duration.milliseconds) } }
}

/// A court with a real database and nobody in it.
struct TestCourt: Sendable {
    let store: Store
    let accounts: AccountRegister
    let clock: TestClock
    let hasher: PasswordHasher
    let key: CourtKey

    var invitations: InvitationCodes { InvitationCodes(accounts) }

    static func on(
        _ engine: TestEngine, settings: AccountSettings = AccountSettings(issuer: "演示法院"),
        _ body: (TestCourt) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "accounts-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let schema = "accounts_" + UUID().uuidString.lowercased().replacing("-", with: "_")
        let location: StoreLocation =
            switch engine {
            case .sqlite: .sqlite(path: folder.appending(path: "court.sqlite").path)
            case .postgres: .postgres(url: try TestEngine.postgresURL, schema: schema)
            }
        let store = try await Store.open(location, migrations: AccountMigrations.all, logger: Logger(label: "test"))
        let clock = TestClock()
        // Cheap, since what is tested here is not the cost; `PasswordTests` and the measurement are about that.
        let hasher = PasswordHasher(cost: ScryptCost(logRounds: 4, blockSize: 8, parallelism: 1))
        let key = try CourtKey(bytes: [1] + Array(0..<32), court: "浙0199")
        let court = TestCourt(
            store: store,
            accounts: AccountRegister(store: store, key: key, settings: settings, hasher: hasher) { clock.now },
            clock: clock,
            hasher: hasher, key: key)
        do {
            try await body(court)
        } catch {
            try await court.end(engine, schema)
            throw error
        }
        try await court.end(engine, schema)
    }

    private func end(_ engine: TestEngine, _ schema: String) async throws {
        if engine == .postgres { try await store.write { t -> Void in try t.run("DROP SCHEMA \(schema) CASCADE") } }
        try await store.close()
    }

    /// Another node of the same court: its own caches over the same store.
    func otherNode() -> AccountRegister {
        AccountRegister(store: store, key: key, settings: accounts.settings, hasher: hasher) { [clock] in clock.now }
    }

    func count(_ sql: String) async throws -> Int {
        try await store.read { t in Int(try t.row(sql)?.integer(0) ?? -1) }
    }
}

let home = Client(address: "203.0.113.7", device: "Firefox · Android")
let elsewhere = Client(address: "2001:db8:1:2:3:4:5:6", device: "Chrome · Windows")
let goodPassword = "quiet river stone"

/// A valid resident number; another for each serial.
func residentNumber(_ serial: Int) -> String {
    let body = "11010519900307" + String(String(1_000 + serial).suffix(3))
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(body.utf8, weights).reduce(0) { $0 + Int($1.0 - 48) * $1.1 }
    return body + String(Array("10X98765432")[sum % 11])
}

func mobile(_ serial: Int) -> String { "138" + String(String(100_000_000 + serial).suffix(8)) }

/// Someone signed in.
struct Someone: Sendable {
    let token: SessionToken
    let viewer: Viewer
    /// What their authenticator app holds.
    let app: OneTimePasswordSecret?
    let recoveryCodes: [SpokenCode]
}

extension TestCourt {
    func registration(_ serial: Int, number: Int? = nil, password: String = goodPassword) throws -> Registration {
        try Registration(
            name: "张三", residentNumber: residentNumber(number ?? serial), mobile: mobile(serial), password: password)
    }

    /// A registered person, signed in, with photographs handed in and no second factor.
    func person(_ serial: Int, number: Int? = nil) async throws -> Someone {
        _ = try await accounts.register(
            registration(serial, number: number), photographs: [.random(), .random()], from: home)
        let token = try await signIn(mobile(serial))
        return Someone(token: token, viewer: try await viewer(token), app: nil, recoveryCodes: [])
    }

    /// Signs in with the good password where no second factor is asked for.
    func signIn(_ name: String, from client: Client = home) async throws -> SessionToken {
        guard case .signedIn(let token) = try await accounts.signIn(name: name, password: goodPassword, from: client)
        else {
            throw NotFound()
        }
        return token
    }

    func viewer(_ token: SessionToken) async throws -> Viewer { try #require(try await accounts.viewer(for: token)) }

    /// Sets a second factor up in a session.
    func withSecondFactor(_ token: SessionToken) async throws -> Someone {
        let secret = try await accounts.beginSecondFactor(by: try await viewer(token))
        let set = try await accounts.confirmSecondFactor(code(of: secret), in: token, from: home)
        return Someone(
            token: set.token, viewer: try await viewer(set.token), app: secret, recoveryCodes: set.recoveryCodes)
    }

    /// What the app shows now.
    func code(of secret: OneTimePasswordSecret?) throws -> String {
        try #require(secret).code(at: OneTimePasswordSecret.step(at: clock.now))
    }

    /// The first administrator, enrolled.
    func administrator() async throws -> Someone {
        let code = try await accounts.createFirstAdministrator(name: "管理员甲", signInName: "admin.one")
        return try await enrolled(code)
    }

    func enrolled(_ code: EnrolmentCode) async throws -> Someone {
        let token = try await accounts.enrol(with: code.code.grouped, password: goodPassword, from: home)
        return try await withSecondFactor(token)
    }

    func staff(
        _ name: String, _ offices: Set<Office>, residentNumber: String? = nil, by administrator: Someone
    ) async throws -> Someone {
        let new = try NewStaff(
            name: name, signInName: "staff." + name, offices: offices, residentNumber: residentNumber)
        return try await enrolled(accounts.createStaff(new, by: administrator.viewer))
    }
}
