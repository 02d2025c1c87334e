import Accounts
import Docket
import Procedure
import Storage
import Testing
import Web

@testable import ServiceOfProcess

@Suite("Linking the case with the code")
struct LinkTests {
    @Test("one transaction: the code is used up, the receipt written down, the place filled with the verified name")
    func linked() async throws {
        try await TestCourt.open { court in
            let (docket, code) = try await court.invited()
            try await court.link(code.uppercased())
            let state = try await court.state(docket)
            #expect(state.parties.filledBy[.defendant] == court.seller.account)
            let invitation = try #require(state.participation.invitations[.defendant])
            #expect(invitation.received != nil && invitation.linked != nil)
            let acts = try await court.registry.entries(of: docket).suffix(2).map(\.entry.act)
            guard case .participation(.received(let receipt)) = acts[0],
                case .participation(.linked(let link)) = acts[1]
            else {
                Issue.record("not the two acts")
                return
            }
            #expect(receipt.basis == .codeUsed)
            #expect(link.name == "赵示范" && link.inTime)
            await #expect(throws: FormErrors.self) { _ = try await court.area.begin(code, from: TestCourt.home) }
        }
    }

    @Test("of sixty-four who use the code at once, it works once and the case is linked once")
    func parallel() async throws {
        try await TestCourt.open { court in
            let (docket, code) = try await court.invited()
            let pending = PendingLinkTable.Pending(docket: docket, party: .defendant, code: code)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<64 {
                    group.addTask {
                        _ = try? await court.area.link(
                            pending, by: court.seller, arrived: court.now, from: TestCourt.home)
                    }
                }
            }
            let kinds = try await court.registry.entries(of: docket).map { type(of: $0.entry.act.body).type }
            #expect(kinds.count { $0 == CaseLinked.type } == 1)
            #expect(kinds.count { $0 == InvitationReceived.type } == 1)
        }
    }

    @Test("wrong, malformed and expired codes get one typed answer at their field")
    func wrong() async throws {
        try await TestCourt.open { court in
            let (_, code) = try await court.invited()
            let slip = String(code.dropLast()) + (code.hasSuffix("2") ? "3" : "2")
            for typed in ["0000", slip, SpokenCode.random(length: SpokenCode.letterLength).grouped] {
                await #expect(throws: FormErrors("code", CodeRefused().repair)) {
                    _ = try await court.area.begin(typed, from: TestCourt.home)
                }
            }
            court.registry.clock.setAhead(days: 15 + ServiceArea.codeDaysAfterAnswer + 1)
            await #expect(throws: FormErrors("code", CodeRefused().repair)) {
                _ = try await court.area.begin(code, from: TestCourt.home)
            }
        }
    }

    @Test("linking after the three days still links, and says that it was late")
    func late() async throws {
        try await TestCourt.open { court in
            let (docket, code) = try await court.invited(answerDays: 40)
            _ = try await court.area.recordPosting(
                in: docket, on: court.today, tracking: "EMS1", by: TestCourt.clerk, once: .fresh)
            _ = try await court.area.recordReceipt(in: docket, on: court.today, by: TestCourt.clerk, once: .fresh)
            court.registry.clock.setAhead(days: 20)
            try await court.link(code)
            let last = try await court.registry.entries(of: docket).last?.entry.act
            guard case .participation(.linked(let link)) = last else {
                Issue.record("not linked")
                return
            }
            #expect(!link.inTime)
            #expect(
                try await court.state(docket).participation.invitations[.defendant]?.received
                    == .on(court.today.adding(days: -20)))
        }
    }

    @Test("another name or the other side's account is refused, and the code stays good")
    func refused() async throws {
        try await TestCourt.open { court in
            let (docket, code) = try await court.invited()
            await court.refuses("participation.same-person") { try await court.link(code, by: court.buyer) }
            let other = try await court.docketed(against: "钱另一")
            try await court.invite(other, answerBy: court.today.adding(days: 9))
            let othersCode = try await court.code(other)
            await court.refuses("participation.name-differs") { try await court.link(othersCode) }
            try await court.link(code)
            #expect(try await court.state(docket).parties.filledBy[.defendant] == court.seller.account)
            #expect(try await court.state(other).parties.filledBy[.defendant] == nil)
        }
    }

    @Test("someone unverified learns that the identity comes first; the code stays good")
    func unverified() async throws {
        try await TestCourt.open { court in
            let (_, code) = try await court.invited()
            let unverified = Viewer(
                account: court.seller.account, name: "赵示范", offices: [], session: .random(), secondFactorAt: nil,
                isVerified: false)
            await court.refuses("account.identity-not-verified") { try await court.link(code, by: unverified) }
            try await court.link(code)
        }
    }

    @Test("the typed code is kept for an hour, sealed, and only under its token")
    func pending() async throws {
        try await TestCourt.open { court in
            let (docket, code) = try await court.invited()
            let token = try await court.area.begin(code, from: TestCourt.home)
            let preview = try #require(try await court.area.preview(token))
            #expect(preview.docket == docket && preview.plaintiff == "林晓演")
            let stored = try await court.registry.store.read {
                try $0.row("SELECT token, code FROM service_pending_link").map { (try $0.bytes(0), try $0.bytes(1)) }
            }
            let row = try #require(stored)
            #expect(!String(decoding: row.0, as: UTF8.self).contains(token))
            #expect(!String(decoding: row.1, as: UTF8.self).contains(code))
            #expect(try await court.area.preview("0123456789abcdefghjk") == nil)
            court.registry.clock.setAhead(days: 1)
            #expect(try await court.area.preview(token) == nil)
        }
    }
}
