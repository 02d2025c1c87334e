import Procedure
import Storage
import TestSupport
import Testing

@testable import Accounts

@Suite("Signing in")
struct SignInTests {
    @Test("the right password opens a session, under any spelling of the name", arguments: TestEngine.all)
    func rightPassword(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let person = try await court.person(1)
            #expect(person.viewer.name == "张三")
            #expect(person.viewer.kind == .person)
            #expect(!person.viewer.isVerified)
            #expect(!person.viewer.mustEnrol)
            #expect(person.viewer.secondFactorAt == nil)
            let again = try await court.signIn("+86 " + mobile(1))
            #expect(try await court.viewer(again).account == person.viewer.account)
        }
    }

    @Test(
        "a wrong password, an unknown name, a malformed name and a disabled account are one and the same answer",
        arguments: TestEngine.all)
    func oneAnswer(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let person = try await court.person(1)
            _ = try await court.person(2)
            try await court.store.write { t -> Void in
                try t.run("UPDATE account SET disabled_at = $1 WHERE id = $2", court.clock.now, person.viewer.account)
            }
            for (name, password) in [
                (mobile(2), "quiet river stoné"), (mobile(99), goodPassword), ("no such name!", goodPassword), ("", ""),
                (mobile(1), goodPassword),
            ] {
                let hashed = await court.hasher.worked
                let lines = try await court.count("SELECT count(*) FROM account_sign_in")
                let counters = try await court.count("SELECT sum(attempts) FROM account_throttle")
                await #expect(throws: SignInRefused()) {
                    try await court.accounts.signIn(name: name, password: password, from: elsewhere)
                }
                // The same work as well: one hash, one line in the log, one attempt counted for name and for address.
                #expect(await court.hasher.worked == hashed + 1)
                #expect(try await court.count("SELECT count(*) FROM account_sign_in") == lines + 1)
                #expect(try await court.count("SELECT sum(attempts) FROM account_throttle") == counters + 2)
            }
        }
    }

    @Test("guessing at an account is slowed by ever longer waits, known or not", arguments: TestEngine.all)
    func slowed(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            _ = try await court.person(1)
            var waits: [String: [Int64]] = [:]
            for name in [mobile(1), mobile(77)] {
                for _ in 0..<12 {
                    do {
                        _ = try await court.accounts.signIn(name: name, password: "wrong wrong wrong", from: elsewhere)
                    } catch let refusal as TooManyAttempts {
                        let wait = refusal.retryAt.milliseconds - court.clock.now.milliseconds
                        waits[name, default: []].append(wait)
                        court.clock.advance(.milliseconds(wait))
                    } catch is SignInRefused {}
                }
            }
            // Five are free; from then on every other try meets a wait twice as long as the last.
            #expect(waits[mobile(1)] == [2_000, 4_000, 8_000])
            #expect(waits[mobile(77)] == waits[mobile(1)])
        }
    }

    @Test("while the wait runs even the right password does not pass; afterwards it does and clears the count")
    func waitHoldsForTheOwnerToo() async throws {
        try await TestCourt.on(.sqlite) { court in
            _ = try await court.person(1)
            for _ in 0..<6 {
                await #expect(throws: SignInRefused()) {
                    try await court.accounts.signIn(name: mobile(1), password: "wrong wrong wrong", from: elsewhere)
                }
            }
            await #expect(throws: TooManyAttempts(retryAt: court.clock.now.adding(milliseconds: 2_000))) {
                try await court.accounts.signIn(name: mobile(1), password: goodPassword, from: home)
            }
            court.clock.advance(.seconds(2))
            _ = try await court.signIn(mobile(1))
            await #expect(throws: SignInRefused()) {
                try await court.accounts.signIn(name: mobile(1), password: "wrong wrong wrong", from: home)
            }
            _ = try await court.signIn(mobile(1))
        }
    }

    @Test(
        "of a hundred guesses in parallel no more are judged than one after the other", arguments: TestEngine.all)
    func parallelGuesses(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            _ = try await court.person(1)
            let judged = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<100 {
                    group.addTask {
                        do {
                            _ = try await court.accounts.signIn(
                                name: mobile(1), password: "wrong wrong wrong", from: elsewhere)
                        } catch { return error is SignInRefused }
                        return true
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(judged == 6)
        }
    }

    @Test("one address may try many names, but not endlessly; an office that signs in honestly is not slowed")
    func perAddress() async throws {
        try await TestCourt.on(.sqlite) { court in
            for serial in 0..<31 {
                await #expect(throws: SignInRefused()) {
                    try await court.accounts.signIn(name: mobile(serial), password: goodPassword, from: elsewhere)
                }
            }
            let neighbour = Client(address: "2001:db8:1:2:ffff::1", device: "")
            await #expect(throws: TooManyAttempts.self) {
                try await court.accounts.signIn(name: mobile(500), password: goodPassword, from: neighbour)
            }
            // From another network nothing of this is felt.
            await #expect(throws: SignInRefused()) {
                try await court.accounts.signIn(name: mobile(500), password: goodPassword, from: home)
            }
            _ = try await court.person(600)
            let office = Client(address: "198.51.100.4", device: "")
            for _ in 0..<100 { _ = try await court.signIn(mobile(600), from: office) }
        }
    }

    @Test("a new cost of hashing is taken up at the next sign-in")
    func rehash() async throws {
        try await TestCourt.on(.sqlite) { court in
            _ = try await court.person(1)
            let dearer = PasswordHasher(cost: ScryptCost(logRounds: 5, blockSize: 8, parallelism: 1))
            let upgraded = AccountRegister(
                store: court.store, key: court.key, settings: court.accounts.settings, hasher: dearer
            ) { [clock = court.clock] in clock.now }
            _ = try await upgraded.signIn(name: mobile(1), password: goodPassword, from: home)
            let stored = try await court.store.read { t in try t.row("SELECT hash FROM account_password")?.bytes(0) }
            #expect(PasswordHash(stored: try #require(stored))?.cost == dearer.cost)
            _ = try await upgraded.signIn(name: mobile(1), password: goodPassword, from: home)
        }
    }

    @Test("a password is changed with the present one, and every other session ends", arguments: TestEngine.all)
    func changePassword(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let person = try await court.person(1)
            let other = try await court.signIn(mobile(1), from: elsewhere)
            await #expect(throws: SignInRefused()) {
                try await court.accounts.changePassword(
                    from: "wrong wrong wrong", to: "seven lanterns drift", by: person.viewer, from: home)
            }
            await #expect(throws: Refusal.passwordTooShortAlone) {
                try await court.accounts.changePassword(
                    from: goodPassword, to: "kvqzmwpt", by: person.viewer, from: home)
            }
            try await court.accounts.changePassword(
                from: goodPassword, to: "seven lanterns drift", by: person.viewer, from: home)
            #expect(try await court.accounts.viewer(for: other) == nil)
            #expect(try await court.accounts.viewer(for: person.token) != nil)
            await #expect(throws: SignInRefused()) { try await court.signIn(mobile(1)) }
        }
    }

    @Test(
        "the person sees every attempt with a masked address, and the log cannot be changed",
        arguments: TestEngine.all)
    func log(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let person = try await court.person(1)
            court.clock.advance(.seconds(60))
            await #expect(throws: SignInRefused()) {
                try await court.accounts.signIn(name: mobile(1), password: "wrong wrong wrong", from: elsewhere)
            }
            let log = try await court.accounts.signInLog(of: person.viewer)
            #expect(
                log.first
                    == SignInRecord(
                        at: court.clock.now, outcome: .wrong, address: "2001:db8:1::*", device: "Chrome · Windows"))
            #expect(Set(log.map(\.outcome)) == [.wrong, .signedIn, .registered])
            #expect(log.last?.address == "203.0.113.*")
            for sql in ["UPDATE account_sign_in SET outcome = 'signed-in'", "DELETE FROM account_sign_in"] {
                await #expect(throws: StorageError.self) { try await court.store.write { t -> Void in try t.run(sql) } }
            }
        }
    }

    @Test("addresses are masked and grouped by network, whatever they look like")
    func addresses() {
        #expect(Client(address: "::ffff:203.0.113.9", device: "").maskedAddress == "203.0.113.*")
        #expect(Client(address: "fe80::1%eth0", device: "").network == "fe80:0:0:0::/64")
        #expect(Client(address: "::1", device: "").maskedAddress == "0:0:0::*")
        for strange in ["", ":::", "1:2", "unix", "203.0.113", "999.1.1.1", "1::2::3"] {
            #expect(Client(address: strange, device: "").maskedAddress == "*")
        }
        #expect(Client(address: "", device: "a\u{1b}[31m\r\nb\u{202e}c").device == "a[31mbc")
    }
}
