import Foundation
import HummingbirdTesting
import Procedure
import Testing
import Web

@testable import Accounts
@testable import People

@Suite("What a person signs in with")
struct KeyPageTests {
    private static let another = "another long quiet password"

    @Test("another password takes the present one, ends other sign-ins, and works at once")
    func password() async throws {
        try await PeopleCourt.open { court in
            let token = try await court.person()
            let elsewhere = try await court.signIn(PeopleCourt.password)
            try await court.application.test(.router) { client in
                for language in ["zh-CN", "en"] {
                    #expect(try await client.get("/account/password", as: token.rawValue, language).status == .ok)
                }
                let wrong = try await client.post(
                    "/account/password", "current=not+this&password=\(Self.another)", as: token.rawValue)
                #expect(wrong.status == .unprocessableContent)
                #expect(wrong.text.contains("not the password you use now"))
                #expect(!wrong.text.contains(Self.another), "a password is never sent back")
                let changed = try await client.post(
                    "/account/password", "current=\(PeopleCourt.password)&password=\(Self.another)",
                    as: token.rawValue)
                #expect(changed.status == .seeOther)
            }
            #expect(try await court.accounts.viewer(for: elsewhere) == nil)
            #expect(try await court.accounts.viewer(for: token) != nil)
            await #expect(throws: SignInRefused.self) { _ = try await court.signIn(PeopleCourt.password) }
            _ = try await court.signIn(Self.another)
        }
    }

    @Test("a weak one is refused with its reason, and the old one stays")
    func weak() async throws {
        try await PeopleCourt.open { court in
            let token = try await court.person()
            try await court.application.test(.router) { client in
                let refused = try await client.post(
                    "/account/password", "current=\(PeopleCourt.password)&password=short", as: token.rawValue)
                #expect(refused.status == .unprocessableContent)
                #expect(refused.text.contains("fewer than 8 characters"))
            }
            _ = try await court.signIn(PeopleCourt.password)
        }
    }

    @Test("new recovery codes void the old ones, and need the second factor first")
    func recoveryCodes() async throws {
        try await PeopleCourt.open { court in
            let token = try await court.person()
            let viewer = try #require(try await court.accounts.viewer(for: token))
            try await court.application.test(.router) { client in
                let early = try await client.post("/account/recovery-codes", "", as: token.rawValue)
                #expect(early.status == .forbidden)
                #expect(early.text.contains("/step-up"))
            }
            let secret = try await court.accounts.beginSecondFactor(by: viewer)
            let step = OneTimePasswordSecret.step(at: court.registry.clock.now)
            let set = try await court.accounts.confirmSecondFactor(
                secret.code(at: step), in: token, from: PeopleCourt.client)
            try await court.application.test(.router) { client in
                let page = try await client.get("/account", as: set.token.rawValue, "en")
                #expect(page.text.contains("10 left"))
                let renewed = try await client.post("/account/recovery-codes", "", as: set.token.rawValue)
                #expect(renewed.status == .ok)
                for old in set.recoveryCodes { #expect(!renewed.text.contains(old.grouped)) }
                #expect(renewed.text.split(separator: "<li><code>").count == 11)
            }
        }
    }
}
