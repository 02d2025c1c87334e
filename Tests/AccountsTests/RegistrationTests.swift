import Foundation
import Procedure
import Storage
import TestSupport
import Testing

@testable import Accounts

@Suite("Registration and the check at the filing desk")
struct RegistrationTests {
    @Test("each field is checked where it is typed")
    func fields() throws {
        func register(_ name: String = "张三", _ number: String = residentNumber(1), _ phone: String = mobile(1)) throws {
            _ = try Registration(name: name, residentNumber: number, mobile: phone, password: goodPassword)
        }
        try register()
        try register("阿依古丽·买买提", residentNumber(2).lowercased(), "+86 138 0000 0002")
        #expect(throws: Refusal.nameMalformed) { try register("  ") }
        #expect(throws: Refusal.nameMalformed) { try register("张\n三") }
        #expect(throws: Refusal.residentNumberMalformed) { try register("张三", "110105199003070010") }
        #expect(throws: Refusal.mobileMalformed) { try register("张三", residentNumber(1), "12345678901") }
    }

    @Test(
        "a number that has an account gets the same answer after the same work, and nothing changes",
        arguments: TestEngine.all)
    func taken(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let first = try await court.accounts.register(court.registration(1), photographs: [.random()], from: home)
            let hashed = await court.hasher.worked
            let lines = try await court.count("SELECT count(*) FROM account_sign_in")
            let second = try await court.accounts.register(
                court.registration(1, number: 2, password: "another fine sentence"), photographs: [.random()],
                from: home
            ) { _, _ in Issue.record("no act for an account that is not new") }
            #expect(first == second)
            #expect(await court.hasher.worked == hashed + 1)
            #expect(try await court.count("SELECT count(*) FROM account_sign_in") == lines + 1)
            #expect(try await court.count("SELECT count(*) FROM account") == 1)
            #expect(try await court.count("SELECT count(*) FROM account_identity_check") == 1)
            _ = try await court.signIn(mobile(1))
        }
    }

    @Test("if the act cannot be entered there is no account", arguments: TestEngine.all)
    func actAndAccountTogether(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            await #expect(throws: Forbidden(.editDraft)) {
                try await court.accounts.register(court.registration(1), photographs: [.random()], from: home) {
                    _, account in
                    #expect(account.residentNumber?.rawValue == residentNumber(1))
                    throw Forbidden(.editDraft)
                }
            }
            let left = try await court.count("SELECT count(*) FROM account")
            #expect(left == 0)
        }
    }

    @Test("registrations from one address are slowed")
    func slowed() async throws {
        try await TestCourt.on(.sqlite) { court in
            for serial in 0..<31 {
                _ = try await court.accounts.register(court.registration(serial), photographs: [], from: elsewhere)
            }
            await #expect(throws: TooManyAttempts.self) {
                try await court.accounts.register(court.registration(99), photographs: [], from: elsewhere)
            }
        }
    }

    @Test(
        "a filing clerk sees who waits and verifies; the person's next page knows it", arguments: TestEngine.all)
    func verify(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let clerk = try await court.staff("王立案", [.filingClerk], by: court.administrator())
            let person = try await court.person(1)
            #expect(try await court.accounts.identityStatus(of: person.viewer) == .waiting(since: court.clock.now))
            let waiting = try await court.accounts.waitingIdentityChecks(for: clerk.viewer)
            let check = try #require(waiting.first)
            #expect(waiting.count == 1 && check.photographs.count == 2)
            #expect(check.account.name == "张三" && check.account.residentNumber?.rawValue == residentNumber(1))
            try await court.accounts.decide(.verified, on: check.id, by: clerk.viewer) { _, decided, decision in
                #expect(decided.id == check.id && decision == .verified)
            }
            #expect(try await court.viewer(person.token).isVerified)
            #expect(try await court.accounts.identityStatus(of: person.viewer) == .verified(at: court.clock.now))
            #expect(try await court.accounts.waitingIdentityChecks(for: clerk.viewer).isEmpty)
            await #expect(throws: NotFound()) {
                try await court.accounts.decide(.refused(reason: "照片不清"), on: check.id, by: clerk.viewer)
            }
            await #expect(throws: Refusal.identityCheckNotOpen) {
                try await court.accounts.submitPhotographs([.random()], by: person.viewer)
            }
        }
    }

    @Test("a refusal tells its reason, and the person may hand in again", arguments: TestEngine.all)
    func refuse(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let clerk = try await court.staff("王立案", [.filingClerk], by: court.administrator())
            let person = try await court.person(1)
            await #expect(throws: Refusal.identityCheckNotOpen) {
                try await court.accounts.submitPhotographs([.random()], by: person.viewer)
            }
            let check = try #require(try await court.accounts.waitingIdentityChecks(for: clerk.viewer).first)
            await #expect(throws: Refusal.refusalNeedsReason) {
                try await court.accounts.decide(.refused(reason: ""), on: check.id, by: clerk.viewer)
            }
            try await court.accounts.decide(.refused(reason: "照片不清"), on: check.id, by: clerk.viewer)
            #expect(
                try await court.accounts.identityStatus(of: person.viewer)
                    == .refused(reason: "照片不清", at: court.clock.now))
            court.clock.advance(.seconds(60))
            try await court.accounts.submitPhotographs([.random()], by: person.viewer)
            #expect(
                try await court.accounts.waitingIdentityChecks(for: clerk.viewer).map(\.account.id) == [
                    person.viewer.account
                ])
            #expect(try await court.accounts.identityStatus(of: person.viewer) == .waiting(since: court.clock.now))
        }
    }

    @Test(
        "one resident number is one verified account, even when two clerks verify at the same moment",
        arguments: TestEngine.all)
    func oneNumberOneAccount(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let clerk = try await court.staff("王立案", [.filingClerk], by: court.administrator())
            for serial in 1...2 {
                _ = try await court.accounts.register(
                    court.registration(serial, number: 5), photographs: [.random()], from: home)
            }
            let checks = try await court.accounts.waitingIdentityChecks(for: clerk.viewer)
            let (begun, beginning) = AsyncStream<Void>.makeStream()
            async let first: Void = court.accounts.decide(.verified, on: checks[0].id, by: clerk.viewer) { _, _, _ in
                // Decided and not committed: now the other one comes. Were they not kept apart, the wait would let it pass.
                beginning.finish()
                Thread.sleep(forTimeInterval: 0.3)
            }
            for await _ in begun {}
            await #expect(throws: Refusal.residentNumberHasAccount) {
                try await court.accounts.decide(.verified, on: checks[1].id, by: clerk.viewer)
            }
            try await first
            #expect(try await court.accounts.waitingIdentityChecks(for: clerk.viewer).map(\.id) == [checks[1].id])
        }
    }

    @Test("nobody verifies themself, nor anyone without the office", arguments: TestEngine.all)
    func neverOnesOwn(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let administrator = try await court.administrator()
            let clerk = try await court.staff(
                "王立案", [.filingClerk], residentNumber: residentNumber(7), by: administrator)
            let judge = try await court.staff("李法官", [.judge], by: administrator)
            // The clerk's private account.
            _ = try await court.person(7)
            let check = try #require(try await court.accounts.waitingIdentityChecks(for: clerk.viewer).first)
            await #expect(throws: Forbidden(.verifyIdentity)) {
                try await court.accounts.decide(.verified, on: check.id, by: clerk.viewer)
            }
            await #expect(throws: Forbidden(.createStaff)) {
                try await court.accounts.createStaff(
                    NewStaff(name: "甲", signInName: "jia", offices: [.judge], residentNumber: nil), by: clerk.viewer)
            }
            for stranger in [judge, administrator, try await court.person(8)] {
                await #expect(throws: Forbidden(.verifyIdentity)) {
                    try await court.accounts.decide(.verified, on: check.id, by: stranger.viewer)
                }
                await #expect(throws: Forbidden(.verifyIdentity)) {
                    try await court.accounts.waitingIdentityChecks(for: stranger.viewer)
                }
            }
        }
    }
}
