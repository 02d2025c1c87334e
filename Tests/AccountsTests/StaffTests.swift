import Procedure
import Storage
import TestSupport
import Testing

@testable import Accounts

@Suite("Staff")
struct StaffTests {
    @Test("the first administrator comes from the command line, once", arguments: TestEngine.all)
    func firstAdministrator(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            // A code that was lost is no dead end: until someone has enrolled, another may be made.
            _ = try await court.accounts.createFirstAdministrator(name: "管理员", signInName: "admin.lost")
            let administrator = try await court.administrator()
            #expect(administrator.viewer.offices == [.administrator])
            #expect(administrator.viewer.isVerified)
            await #expect(throws: Refusal.administratorExists) {
                try await court.accounts.createFirstAdministrator(name: "乙", signInName: "admin.two")
            }
        }
    }

    @Test("a code is good once, for 72 hours, and a weak password does not use it up", arguments: TestEngine.all)
    func enrolment(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let administrator = try await court.administrator()
            let new = try NewStaff(name: "李法官", signInName: "judge.li", offices: [.judge], residentNumber: nil)
            let code = try await court.accounts.createStaff(new, by: administrator.viewer)
            #expect(code.endsAt == court.clock.now.adding(hours: 72))
            await #expect(throws: Refusal.passwordCommon) {
                try await court.accounts.enrol(with: code.code.grouped, password: "12345678", from: home)
            }
            let token = try await court.accounts.enrol(with: code.code.grouped, password: goodPassword, from: home)
            await #expect(throws: CodeRefused()) {
                try await court.accounts.enrol(with: code.code.grouped, password: goodPassword, from: home)
            }
            let viewer = try await court.viewer(token)
            #expect(viewer.isStaff && viewer.mustEnrol && viewer.offices.isEmpty)
            let enrolled = try await court.withSecondFactor(token)
            #expect(enrolled.viewer.offices == [.judge] && !enrolled.viewer.mustEnrol)

            let late = try await court.accounts.createStaff(
                NewStaff(name: "赵", signInName: "clerk.zhao", offices: [.clerk], residentNumber: nil),
                by: administrator.viewer)
            court.clock.advance(.seconds(72 * 3_600))
            for wrong in [late.code.grouped, SpokenCode.random(length: 20).grouped, "", "no code"] {
                await #expect(throws: CodeRefused()) {
                    try await court.accounts.enrol(with: wrong, password: goodPassword, from: home)
                }
            }
        }
    }

    @Test("of thirty-two uses of one enrolment code at once, one wins", arguments: TestEngine.all)
    func parallelEnrolment(engine: TestEngine) async throws {
        var settings = AccountSettings(issuer: "演示法院")
        settings.perAddress.free = 10_000
        try await TestCourt.on(engine, settings: settings) { court in
            let code = try await court.accounts.createFirstAdministrator(name: "甲", signInName: "admin.one")
            let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<32 {
                    group.addTask {
                        do {
                            _ = try await court.accounts.enrol(with: code.code.text, password: goodPassword, from: home)
                            return true
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

    @Test(
        "staff without a second factor do nothing, and a password alone never opens their account",
        arguments: TestEngine.all)
    func noFactorNoOffice(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let code = try await court.accounts.createFirstAdministrator(name: "甲", signInName: "admin.one")
            let token = try await court.accounts.enrol(with: code.code.text, password: goodPassword, from: home)
            let viewer = try await court.viewer(token)
            await #expect(throws: Forbidden(.createStaff)) {
                try await court.accounts.createStaff(
                    NewStaff(name: "乙", signInName: "yi.yi", offices: [.judge], residentNumber: nil), by: viewer)
            }
            await #expect(throws: SignInRefused()) {
                try await court.accounts.signIn(name: "admin.one", password: goodPassword, from: home)
            }
        }
    }

    @Test("creating staff takes a factor given just now")
    func freshFactor() async throws {
        try await TestCourt.on(.sqlite) { court in
            let administrator = try await court.administrator()
            court.clock.advance(.seconds(301))
            let stale = try await court.viewer(administrator.token)
            await #expect(throws: SecondFactorNeeded()) {
                try await court.accounts.createStaff(
                    NewStaff(name: "乙", signInName: "yi.yi", offices: [.judge], residentNumber: nil), by: stale)
            }
        }
    }

    @Test(
        "disabling ends sessions and open codes at once; offices change within a second",
        arguments: TestEngine.all)
    func disabling(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let administrator = try await court.administrator()
            let judge = try await court.staff("李法官", [.judge], by: administrator)
            let node = court.otherNode()
            #expect(try await node.viewer(for: judge.token)?.offices == [.judge])
            try await court.accounts.setOffices(
                [.clerk], of: judge.viewer.account, by: administrator.viewer
            ) { _, given, ended in
                #expect(given == [.clerk] && ended == [.judge])
            }
            #expect(try await court.viewer(judge.token).offices == [.clerk])
            court.clock.advance(.seconds(1))
            #expect(try await node.viewer(for: judge.token)?.offices == [.clerk])

            try await court.accounts.disable(judge.viewer.account, by: administrator.viewer)
            #expect(try await court.accounts.viewer(for: judge.token) == nil)
            court.clock.advance(.seconds(1))
            #expect(try await node.viewer(for: judge.token) == nil)
            await #expect(throws: SignInRefused()) {
                try await court.accounts.signIn(name: "staff.李法官", password: goodPassword, from: home)
            }
            await #expect(throws: NotFound()) {
                try await court.accounts.disable(judge.viewer.account, by: administrator.viewer)
            }
            for deed in [court.accounts.disable] {
                await #expect(throws: Forbidden(.disableAccount)) {
                    try await deed(administrator.viewer.account, administrator.viewer) { _ in }
                }
            }
        }
    }

    @Test(
        "a lost telephone is a new code after a person looked; until then everything stays closed",
        arguments: TestEngine.all)
    func lostFactor(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let administrator = try await court.administrator()
            let clerk = try await court.staff("王立案", [.filingClerk], by: administrator)
            let person = try await court.withSecondFactor(court.person(1).token)
            // Persons are identified at the filing desk, staff by the administrator; nobody does both, or oneself.
            await #expect(throws: Forbidden(.verifyIdentity)) {
                try await court.accounts.renewEnrolment(of: person.viewer.account, by: administrator.viewer)
            }
            await #expect(throws: Forbidden(.createStaff)) {
                try await court.accounts.renewEnrolment(of: administrator.viewer.account, by: clerk.viewer)
            }
            await #expect(throws: Forbidden(.createStaff)) {
                try await court.accounts.renewEnrolment(of: administrator.viewer.account, by: administrator.viewer)
            }
            let code = try await court.accounts.renewEnrolment(of: person.viewer.account, by: clerk.viewer)
            #expect(try await court.accounts.viewer(for: person.token) == nil)
            await #expect(throws: SignInRefused()) { try await court.signIn(mobile(1)) }
            let again = try await court.enrolled(code)
            #expect(again.viewer.account == person.viewer.account)
            court.clock.advance(.seconds(60))
            await #expect(throws: SecondFactorRefused()) {
                try await court.accounts.giveSecondFactor(court.code(of: person.app), in: again.token, from: home)
            }
        }
    }

    @Test("administration, audit and cases are three hands; names are taken once")
    func separation() async throws {
        for mixture in [Set<Office>([.administrator, .judge]), [.auditor, .clerk], [.administrator, .auditor], []] {
            #expect(throws: Refusal.officesMixed) {
                try NewStaff(name: "甲", signInName: "jia.jia", offices: mixture, residentNumber: nil)
            }
        }
        try await TestCourt.on(.sqlite) { court in
            let administrator = try await court.administrator()
            _ = try await court.staff("李法官", [.judge, .filingClerk], by: administrator)
            await #expect(throws: Refusal.signInNameTaken) {
                try await court.staff("李法官", [.judge], by: administrator)
            }
        }
    }

    @Test("staff are found by any piece of the name, in any spelling", arguments: TestEngine.all)
    func search(engine: TestEngine) async throws {
        try await TestCourt.on(engine) { court in
            let administrator = try await court.administrator()
            _ = try await court.staff("欧阳娜", [.judge], by: administrator)
            _ = try await court.staff("王小明", [.clerk], by: administrator)
            _ = try await court.person(1)
            #expect(try await court.accounts.staff(named: "歐陽", for: administrator.viewer).map(\.name) == ["欧阳娜"])
            #expect(try await court.accounts.staff(named: "王小明", for: administrator.viewer).first?.offices == [.clerk])
            #expect(try await court.accounts.staff(named: "张三", for: administrator.viewer).isEmpty)
            #expect(try await court.accounts.staff(for: administrator.viewer).count == 3)
            let judge = try await court.staff("钱法官", [.judge], by: administrator)
            await #expect(throws: Forbidden(.createStaff)) { try await court.accounts.staff(for: judge.viewer) }
        }
    }
}
