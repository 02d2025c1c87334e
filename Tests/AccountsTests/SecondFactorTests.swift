import Procedure
import Storage
import TestSupport
import Testing

@testable import Accounts

@Suite("The second factor")
struct SecondFactorTests {
    @Test(
        "it counts once a code of it was given; the session goes on under a new token", arguments: TestEngine.all)
    func enrolment(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let person = try await court.person(1)
            let secret = try await court.accounts.beginSecondFactor(by: person.viewer)
            await #expect(throws: SecondFactorRefused()) {
                try await court.accounts.confirmSecondFactor("000000", in: person.token, from: home)
            }
            // Not confirmed, so it is not asked for.
            _ = try await court.signIn(mobile(1))
            let set = try await court.accounts.confirmSecondFactor(court.code(of: secret), in: person.token, from: home)
            #expect(set.recoveryCodes.count == 10 && Set(set.recoveryCodes).count == 10)
            #expect(try await court.accounts.viewer(for: person.token) == nil)
            let viewer = try await court.viewer(set.token)
            #expect(viewer.session == person.viewer.session)
            #expect(viewer.secondFactorAt == court.clock.now)
            #expect(try await court.accounts.sessions(of: viewer).count == 1)
            // The code that confirmed is used up.
            await #expect(throws: SecondFactorRefused()) {
                try await court.accounts.giveSecondFactor(court.code(of: secret), in: set.token, from: home)
            }
        }
    }

    @Test("between password and code nothing is open, and for five minutes only", arguments: TestEngine.all)
    func pending(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let person = try await court.withSecondFactor(court.person(1).token)
            court.clock.advance(.seconds(60))
            let outcome = try await court.accounts.signIn(name: mobile(1), password: goodPassword, from: home)
            guard case .secondFactorNeeded(let pending) = outcome else { throw NotFound() }
            #expect(try await court.accounts.viewer(for: pending) == nil)
            await #expect(throws: NotFound()) {
                try await court.accounts.confirmSecondFactor(court.code(of: person.app), in: pending, from: home)
            }
            let token = try await court.accounts.giveSecondFactor(court.code(of: person.app), in: pending, from: home)
            #expect(token != pending)
            #expect(try await court.accounts.viewer(for: pending) == nil)
            #expect(try await court.viewer(token).secondFactorAt == court.clock.now)

            guard
                case .secondFactorNeeded(let late) = try await court.accounts.signIn(
                    name: mobile(1), password: goodPassword, from: home)
            else { throw NotFound() }
            court.clock.advance(.seconds(300))
            await #expect(throws: NotFound()) {
                try await court.accounts.giveSecondFactor(court.code(of: person.app), in: late, from: home)
            }
        }
    }

    @Test("of sixty-four uses of one code at once, one wins", arguments: TestEngine.all)
    func parallelCode(engine: TestEngine) async throws {
        // Without waits, so that it is the database and not the throttle that refuses.
        try await TestCourt.on(engine, settings: patient) { court in
            let person = try await court.withSecondFactor(court.person(1).token)
            court.clock.advance(.seconds(60))
            let sessions = try await court.pendingSignIns(64)
            let code = try court.code(of: person.app)
            #expect(try await court.winners(code, in: sessions) == 1)
            // Nor does the code of the step before pass any more.
            let before = try #require(person.app).code(at: OneTimePasswordSecret.step(at: court.clock.now) - 1)
            let fresh = try await court.pendingSignIns(1)
            #expect(try await court.winners(before, in: fresh) == 0)
            court.clock.advance(.seconds(30))
            #expect(try await court.winners(court.code(of: person.app), in: fresh) == 1)
        }
    }

    @Test("of sixty-four uses of one recovery code at once, one wins", arguments: TestEngine.all)
    func parallelRecovery(engine: TestEngine) async throws {
        try await TestCourt.on(engine, settings: patient) { court in
            let person = try await court.withSecondFactor(court.person(1).token)
            let sessions = try await court.pendingSignIns(64)
            #expect(try await court.winners(person.recoveryCodes[3].grouped, in: sessions) == 1)
            #expect(try await court.accounts.recoveryCodesLeft(of: person.viewer) == 9)
            let log = try await court.accounts.signInLog(of: person.viewer, limit: 500)
            #expect(log.filter { $0.outcome == .recoveryCode }.count == 1)
            #expect(log.filter { $0.outcome == .wrongSecondFactor }.count == 63)
        }
    }

    @Test("a recovery code is good for its own account only, and new ones kill the old")
    func recoveryCodesAreBound() async throws {
        try await TestCourt.on(.sqlite) { court in
            let one = try await court.withSecondFactor(court.person(1).token)
            let two = try await court.withSecondFactor(court.person(2).token)
            await #expect(throws: SecondFactorRefused()) {
                try await court.accounts.giveSecondFactor(one.recoveryCodes[0].text, in: two.token, from: home)
            }
            let renewed = try await court.accounts.renewRecoveryCodes(by: one.viewer)
            await #expect(throws: SecondFactorRefused()) {
                try await court.accounts.giveSecondFactor(one.recoveryCodes[0].text, in: one.token, from: home)
            }
            _ = try await court.accounts.giveSecondFactor(renewed[0].text, in: one.token, from: home)
        }
    }

    @Test("guessing codes is slowed per account, whatever session they come from", arguments: TestEngine.all)
    func guessing(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let person = try await court.withSecondFactor(court.person(1).token)
            let sessions = [person.token] + (try await court.pendingSignIns(3))
            for attempt in 0..<6 {
                await #expect(throws: SecondFactorRefused()) {
                    try await court.accounts.giveSecondFactor("000000", in: sessions[attempt % 4], from: home)
                }
            }
            court.clock.advance(.seconds(1))
            await #expect(throws: TooManyAttempts.self) {
                try await court.accounts.giveSecondFactor(court.code(of: person.app), in: sessions[1], from: home)
            }
        }
    }

    @Test(
        "stepping up gives a new token and a fresh factor, and the end of the session stays",
        arguments: TestEngine.all)
    func stepUp(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let person = try await court.withSecondFactor(court.person(1).token)
            court.clock.advance(.seconds(301))
            let stale = try await court.viewer(person.token)
            #expect(throws: SecondFactorNeeded()) { try stale.requireFreshSecondFactor(now: court.clock.now) }
            let end = try await court.count("SELECT max(ends_at) FROM account_session")
            let token = try await court.accounts.giveSecondFactor(
                court.code(of: person.app), in: person.token, from: home)
            #expect(try await court.accounts.viewer(for: person.token) == nil)
            try await court.viewer(token).requireFreshSecondFactor(now: court.clock.now)
            #expect(try await court.viewer(token).session == person.viewer.session)
            #expect(try await court.count("SELECT max(ends_at) FROM account_session") == end)
        }
    }

    @Test("another factor takes the present one, just given")
    func replacing() async throws {
        try await TestCourt.on(.sqlite) { court in
            let person = try await court.withSecondFactor(court.person(1).token)
            let secret = try await court.accounts.beginSecondFactor(by: person.viewer)
            court.clock.advance(.seconds(301))
            await #expect(throws: SecondFactorNeeded()) {
                try await court.accounts.beginSecondFactor(by: try await court.viewer(person.token))
            }
            await #expect(throws: SecondFactorNeeded()) {
                try await court.accounts.confirmSecondFactor(court.code(of: secret), in: person.token, from: home)
            }
            let fresh = try await court.accounts.giveSecondFactor(
                court.code(of: person.app), in: person.token, from: home)
            let set = try await court.accounts.confirmSecondFactor(court.code(of: secret), in: fresh, from: home)
            court.clock.advance(.seconds(30))
            await #expect(throws: SecondFactorRefused()) {
                try await court.accounts.giveSecondFactor(court.code(of: person.app), in: set.token, from: home)
            }
            _ = try await court.accounts.giveSecondFactor(court.code(of: secret), in: set.token, from: home)
        }
    }

    @Test("with a short password nothing is open until a second factor is set up")
    func shortPassword() async throws {
        try await TestCourt.on(.sqlite) { court in
            _ = try await court.accounts.register(
                court.registration(1, password: "kvqzmwpt"), photographs: [.random()], from: home)
            let outcome = try await court.accounts.signIn(name: mobile(1), password: "kvqzmwpt", from: home)
            guard case .signedIn(let token) = outcome else { throw NotFound() }
            let viewer = try await court.viewer(token)
            #expect(viewer.mustEnrol)
            #expect(throws: EnrolmentNeeded()) {
                try viewer.require(.readCase, as: .plaintiff, in: .draft, now: court.clock.now)
            }
            let enrolled = try await court.withSecondFactor(token)
            #expect(!enrolled.viewer.mustEnrol)
            try enrolled.viewer.require(.readCase, as: .plaintiff, in: .draft, now: court.clock.now)
        }
    }

    private var patient: AccountSettings {
        var settings = AccountSettings(issuer: "演示法院")
        settings.perAccount.free = 10_000
        settings.perAddress.free = 10_000
        return settings
    }
}

extension TestCourt {
    /// Sign-ins of person 1 that wait for the code.
    func pendingSignIns(_ count: Int) async throws -> [SessionToken] {
        var tokens: [SessionToken] = []
        for _ in 0..<count {
            let outcome = try await accounts.signIn(name: mobile(1), password: goodPassword, from: home)
            guard case .secondFactorNeeded(let pending) = outcome else { throw NotFound() }
            tokens.append(pending)
        }
        return tokens
    }

    /// How many of these sessions the code opens when all try at once.
    func winners(_ code: String, in sessions: [SessionToken]) async throws -> Int {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for session in sessions {
                group.addTask {
                    do {
                        _ = try await accounts.giveSecondFactor(code, in: session, from: home)
                        return true
                    } catch is SecondFactorRefused {
                        return false
                    }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }
}
