import Accounts
import Crypto
import Docket
import Documents
import Foundation
import Procedure
import Storage
import Testing
import Web

@testable import ServiceOfProcess

@Suite("Asking the defendant by letter")
struct InvitationTests {
    @Test("the letter is a stored document under its digest; the code is in no file of the docket")
    func letter() async throws {
        try await TestCourt.open { court in
            let (docket, code) = try await court.invited()
            let state = try await court.state(docket)
            let invitation = try #require(state.participation.invitations[.defendant])
            #expect(invitation.answerBy == court.today.adding(days: 15))
            #expect(invitation.address == "义乌市演示街88号")
            let pdf = try await court.bytes(of: invitation.letter)
            #expect(Array(SHA256.hash(data: pdf)) == invitation.letter.digest?.bytes)
            #expect(pdf.starts(with: Array("%PDF".utf8)))
            // The HTML view has readable text: what it lacks, the drawing lacked.
            let html = try #require(invitation.letter.files.last)
            let page = try await court.bytes(
                of: DocumentReference(document: .random(), kind: .participationNotice, files: [html]))
            let text = String(decoding: page, as: UTF8.self)
            #expect(text.contains("https://court.example/link"))
            #expect(text.contains("0571-00000000"))
            #expect(!text.lowercased().contains(code.prefix(9)))
        }
    }

    @Test("the period for answering must end after today")
    func period() async throws {
        try await TestCourt.open { court in
            let docket = try await court.docketed()
            await court.refuses("participation.period-past") { try await court.invite(docket, answerBy: court.today) }
            #expect(try await court.state(docket).participation.invitations.isEmpty)
        }
    }

    @Test("a second letter is refused, and the first code stays good")
    func twice() async throws {
        try await TestCourt.open { court in
            let (docket, code) = try await court.invited()
            await court.refuses("participation.already-invited") {
                try await court.invite(docket, answerBy: court.today.adding(days: 20))
            }
            try await court.link(code)
        }
    }

    @Test("only the clerk sends it; to a party the desk says no, to a stranger there is no case")
    func permission() async throws {
        try await TestCourt.open { court in
            let docket = try await court.docketed()
            await #expect(throws: Forbidden(.inviteDefendant)) {
                _ = try await court.area.invite(
                    in: docket, answerBy: court.today.adding(days: 9), address: "x", by: court.buyer, once: .fresh)
            }
            await #expect(throws: NotFound()) {
                _ = try await court.area.invite(
                    in: docket, answerBy: court.today.adding(days: 9), address: "x", by: court.seller, once: .fresh)
            }
        }
    }

    @Test("posting and the postal receipt are dated by day; from the receipt the three days count")
    func paper() async throws {
        try await TestCourt.open { court in
            let (docket, _) = try await court.invited()
            _ = try await court.area.recordPosting(
                in: docket, on: court.today, tracking: "EMS1234567890", by: TestCourt.clerk, once: .fresh)
            court.registry.clock.setAhead(days: 4)
            let received = court.today.adding(days: -1)
            await #expect(throws: FormErrors.self) {
                _ = try await court.area.recordReceipt(
                    in: docket, on: court.today.adding(days: 1), by: TestCourt.clerk, once: .fresh)
            }
            _ = try await court.area.recordReceipt(in: docket, on: received, by: TestCourt.clerk, once: .fresh)
            let invitation = try #require(try await court.state(docket).participation.invitations[.defendant])
            #expect(invitation.tracking == "EMS1234567890")
            #expect(invitation.received == .on(received))
            let limit = court.area.looking(at: court.now).limit(.onlineAssociation, from: received)
            #expect(invitation.linkBy == limit.lastDay)
            let entries = try await court.registry.entries(of: docket)
            #expect(entries.last?.entry.channel == .offline)
            // Nothing is left to print.
            await #expect(throws: NotFound()) {
                _ = try await court.area.codeSheet(in: docket, address: "x", by: TestCourt.clerk)
            }
        }
    }

    @Test("silence moves offline only after the day, and what is online can come back")
    func silence() async throws {
        try await TestCourt.open { court in
            let (docket, code) = try await court.invited(answerDays: 5)
            await court.refuses("participation.still-in-period") {
                _ = try await court.area.moveOffline(in: docket, for: .silence, by: TestCourt.clerk, once: .fresh)
            }
            court.registry.clock.setAhead(days: 5)
            await court.refuses("participation.still-in-period") {
                _ = try await court.area.moveOffline(in: docket, for: .silence, by: TestCourt.clerk, once: .fresh)
            }
            court.registry.clock.setAhead(days: 6)
            _ = try await court.area.moveOffline(in: docket, for: .silence, by: TestCourt.clerk, once: .fresh)
            #expect(try await court.state(docket).participation.offline[.defendant] == .silence)
            try await court.link(code)
            #expect(try await court.state(docket).participation.offline[.defendant] == nil)
        }
    }
}
