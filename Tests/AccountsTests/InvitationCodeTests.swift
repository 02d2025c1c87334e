import Procedure
import Storage
import TestSupport
import Testing

@testable import Accounts

@Suite("Invitation codes")
struct InvitationCodeTests {
    private let docket = DocketID.random()
    private let party = PartyID.random()

    @Test("a code leads to its place until it is used, and then to nothing", arguments: TestEngine.all)
    func onePlaceOnce(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let defendant = try await court.verifiedPerson()
            let code = try await issue(in: court)
            let invitation = try await court.invitations.check(code.grouped.uppercased(), from: home)
            #expect(invitation.docket == docket && invitation.party == party)
            let linked = try await court.invitations.redeem(code.grouped, by: defendant, from: home) { _, invitation in
                invitation.party
            }
            #expect(linked == party)
            await #expect(throws: CodeRefused()) { try await court.invitations.check(code.grouped, from: home) }
            await #expect(throws: CodeRefused()) {
                try await court.invitations.redeem(code.grouped, by: defendant, from: home) { _, _ in }
            }
        }
    }

    @Test("of sixty-four who use one code at once, one links the case", arguments: TestEngine.all)
    func parallel(engine: TestEngine) async throws {
        var settings = AccountSettings(issuer: "演示法院")
        settings.perAddress.free = 10_000
        try await TestCourt.on(engine, settings: settings) { court in
            let defendant = try await court.verifiedPerson()
            let code = try await issue(in: court)
            let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<64 {
                    group.addTask {
                        do {
                            return try await court.invitations.redeem(code.text, by: defendant, from: home) { _, _ in
                                true
                            }
                        } catch is CodeRefused {
                            return false
                        }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(winners == 1)
        }
    }

    @Test("wrong, malformed, late and replaced codes are one answer", arguments: TestEngine.all)
    func oneAnswer(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let replaced = try await issue(in: court)
            let late = try await issue(in: court)
            court.clock.advance(.seconds(86_400))
            for wrong in [replaced.grouped, late.grouped, SpokenCode.random(length: 20).grouped, "", "0000"] {
                await #expect(throws: CodeRefused()) { try await court.invitations.check(wrong, from: home) }
            }
        }
    }

    @Test("when the case cannot be linked the code stays good", arguments: TestEngine.all)
    func linkFails(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let defendant = try await court.verifiedPerson()
            let code = try await issue(in: court)
            await #expect(throws: Forbidden(.linkCase)) {
                try await court.invitations.redeem(code.grouped, by: defendant, from: home) { _, _ in
                    throw Forbidden(.linkCase)
                }
            }
            try await court.invitations.redeem(code.grouped, by: defendant, from: home) { _, _ in }
        }
    }

    @Test("only a verified person links a case, and no staff in office")
    func onlyVerified() async throws {
        try await TestCourt.on(.sqlite) { court in
            let administrator = try await court.administrator()
            let person = try await court.person(1)
            let code = try await issue(in: court)
            await #expect(throws: Refusal.identityNotVerified) {
                try await court.invitations.redeem(code.grouped, by: person.viewer, from: home) { _, _ in }
            }
            await #expect(throws: Forbidden(.linkCase)) {
                try await court.invitations.redeem(code.grouped, by: administrator.viewer, from: home) { _, _ in }
            }
        }
    }

    @Test("guessing meets a wall", arguments: TestEngine.all)
    func wall(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let code = try await issue(in: court)
            for _ in 0..<31 {
                await #expect(throws: CodeRefused()) {
                    try await court.invitations.check(SpokenCode.random(length: 20).text, from: elsewhere)
                }
            }
            await #expect(throws: TooManyAttempts.self) {
                try await court.invitations.check(code.text, from: elsewhere)
            }
            _ = try await court.invitations.check(code.text, from: home)
        }
    }

    private func issue(in court: TestCourt) async throws -> SpokenCode {
        let end = court.clock.now.adding(hours: 24)
        return try await court.store.write { t in
            try court.invitations.issue(for: party, in: docket, endsAt: end, in: t)
        }
    }
}

extension TestCourt {
    func verifiedPerson() async throws -> Viewer {
        let person = try await person(1)
        try await store.write { t -> Void in
            try t.run("UPDATE account SET verified_at = $1 WHERE id = $2", clock.now, person.viewer.account)
        }
        clock.advance(.seconds(1))
        return try await viewer(person.token)
    }
}
