import Procedure
import Storage
import TestSupport
import Testing

@testable import Accounts

@Suite("Sessions")
struct SessionTests {
    @Test("a session ends when nobody uses it, and in any case after its longest life", arguments: TestEngine.all)
    func limits(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let idle = try await court.person(1)
            court.clock.advance(.seconds(3_599))
            #expect(try await court.accounts.viewer(for: idle.token) != nil)
            court.clock.advance(.seconds(3_600))
            #expect(try await court.accounts.viewer(for: idle.token) == nil)

            let busy = try await court.person(2)
            for _ in 0..<47 {
                court.clock.advance(.seconds(1_800))
                #expect(try await court.accounts.viewer(for: busy.token) != nil)
            }
            court.clock.advance(.seconds(1_800))
            #expect(try await court.accounts.viewer(for: busy.token) == nil)
            try await court.accounts.sweep()
            #expect(try await court.count("SELECT count(*) FROM account_session") == 0)
        }
    }

    @Test("staff are signed out after a quarter of an hour, and after twelve hours")
    func staffLimits() async throws {
        try await TestCourt.on(.sqlite) { court in
            let administrator = try await court.administrator()
            for _ in 0..<71 {
                court.clock.advance(.seconds(600))
                #expect(try await court.accounts.viewer(for: administrator.token) != nil)
            }
            court.clock.advance(.seconds(600))
            #expect(try await court.accounts.viewer(for: administrator.token) == nil)
            let code = try await court.otherSession(of: administrator)
            court.clock.advance(.seconds(901))
            #expect(try await court.accounts.viewer(for: code) == nil)
        }
    }

    @Test(
        "an ended session is gone at once here and within two seconds on every other node",
        arguments: TestEngine.all)
    func revocation(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let person = try await court.person(1)
            let phone = try await court.signIn(mobile(1), from: elsewhere)
            let node = court.otherNode()
            let phoneViewer = try #require(try await node.viewer(for: phone))
            #expect(try await court.accounts.viewer(for: phone) != nil)

            let listed = try await court.accounts.sessions(of: person.viewer)
            #expect(listed.count == 2)
            #expect(listed.filter(\.isCurrent).map(\.id) == [person.viewer.session])
            #expect(listed.first { !$0.isCurrent }?.device == "Chrome · Windows")

            try await court.accounts.endSession(phoneViewer.session, by: person.viewer)
            #expect(try await court.accounts.viewer(for: phone) == nil)
            court.clock.advance(.seconds(1))
            #expect(try await node.viewer(for: phone) == nil)
            #expect(try await court.accounts.viewer(for: person.token) != nil)
        }
    }

    @Test("nobody ends a stranger's session, or learns that it is one", arguments: TestEngine.all)
    func strangers(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let one = try await court.person(1)
            let two = try await court.person(2)
            for session in [two.viewer.session, SessionID.random()] {
                await #expect(throws: NotFound()) { try await court.accounts.endSession(session, by: one.viewer) }
            }
            #expect(try await court.accounts.viewer(for: two.token) != nil)
        }
    }

    @Test("all others end together; signing out ends one's own")
    func endOthersAndSignOut() async throws {
        try await TestCourt.on(.sqlite) { court in
            let person = try await court.person(1)
            let others = [try await court.signIn(mobile(1)), try await court.signIn(mobile(1))]
            for other in others { #expect(try await court.accounts.viewer(for: other) != nil) }
            try await court.accounts.endOtherSessions(by: person.viewer)
            for other in others { #expect(try await court.accounts.viewer(for: other) == nil) }
            try await court.accounts.signOut(person.token, from: home)
            #expect(try await court.accounts.viewer(for: person.token) == nil)
            try await court.accounts.signOut(person.token, from: home)
        }
    }

    @Test("a token planted before the sign-in is no session after it", arguments: TestEngine.all)
    func fixation(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            // The attacker's own session, put into the victim's browser.
            let attacker = try await court.person(1)
            _ = try await court.person(2)
            let outcome = try await court.accounts.signIn(
                name: mobile(2), password: goodPassword, from: home, replacing: attacker.token)
            guard case .signedIn(let token) = outcome else { throw NotFound() }
            #expect(token != attacker.token)
            #expect(try await court.accounts.viewer(for: attacker.token) == nil)
        }
    }

    @Test("the store holds no token, name, number or device in the clear")
    func nothingInTheClear() async throws {
        try await TestCourt.on(.sqlite) { court in
            let person = try await court.person(1)
            let text = try await court.store.read { t in
                try AccountMigrations.workingTables.flatMap { table in
                    try t.rows("SELECT * FROM \(table)").flatMap { row in
                        try (0..<row.count).map { column in
                            if let bytes = try? row.bytes(column) { return String(decoding: bytes, as: UTF8.self) }
                            if let text = try? row.text(column) { return text }
                            return try row.isNull(column) ? "" : String(try row.integer(column))
                        }
                    }
                }.joined(separator: "\n")
            }
            for secret in [
                "张三", mobile(1), residentNumber(1), person.token.rawValue, "Firefox", "203.0.113.7", goodPassword,
            ] {
                #expect(!text.contains(secret))
            }
        }
    }

    @Test(
        "what is no token is refused before the store is asked",
        arguments: ["", "abc", String(repeating: "a", count: 44), "张三"])
    func malformedTokens(text: String) {
        #expect(SessionToken(rawValue: text) == nil)
    }

    @Test("a token does not show itself in a log")
    func tokenIsSilent() {
        let token = SessionToken.random()
        #expect(!"\(token) \(String(reflecting: token))".contains(token.rawValue))
        var dumped = ""
        dump(token, to: &dumped)
        #expect(!dumped.contains(token.rawValue))
    }
}

extension TestCourt {
    /// Another session of someone with a second factor.
    func otherSession(of someone: Someone, from client: Client = elsewhere) async throws -> SessionToken {
        let name = try await store.read { t in try accounts.account(someone.viewer.account, in: t)?.signInName }
        clock.advance(.seconds(60))
        guard
            case .secondFactorNeeded(let pending) = try await accounts.signIn(
                name: try #require(name), password: goodPassword, from: client)
        else { throw NotFound() }
        return try await accounts.giveSecondFactor(try code(of: someone.app), in: pending, from: client)
    }
}
