import Accounts
import Docket
import Documents
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Procedure
import Storage
import TestSupport
import Testing
import Web

@testable import ServiceOfProcess

@Suite("Writing to the defendant once more")
struct SendAgainTests {
    @Test("the second letter brings a new code, and the first is dead at once", arguments: TestEngine.all)
    func letter(engine: TestEngine) async throws {
        try await TestCourt.open(on: engine) { court in
            let (docket, first) = try await court.invited()
            try await court.post(docket)
            court.registry.clock.setAhead(days: 8)
            let by = court.today.adding(days: 15)
            try await court.sendAgain(docket, .undelivered, to: "义乌市样板路9号", source: "原告提交的地址说明", answerBy: by)

            let second = try await court.code(docket)
            #expect(second != first)
            await #expect(throws: FormErrors.self) { try await court.link(first) }
            let state = try await court.state(docket)
            let invitation = try #require(state.participation.invitations[.defendant])
            #expect(invitation.address == "义乌市样板路9号" && invitation.answerBy == by)
            #expect(invitation.earlier.map(\.tracking) == ["EMS 1"])
            // The letter says the new day, and is a stored document; neither it nor the act has a code in it.
            let html = try #require(invitation.letter.files.last)
            let page = try await court.bytes(
                of: DocumentReference(document: .random(), kind: .participationNotice, files: [html]))
            let (year, month, day) = by.components
            #expect(String(decoding: page, as: UTF8.self).contains("\(year)年\(month)月\(day)日"))
            try await court.expectNoCode([first, second], in: docket)

            // On its way again, until its receipt comes; from that the three days count.
            try await court.post(docket, tracking: "EMS 2")
            let received = court.today
            _ = try await court.area.recordReceipt(in: docket, on: received, by: TestCourt.clerk, once: .fresh)
            let limit = court.area.looking(at: court.now).limit(.onlineAssociation, from: received)
            #expect(try await court.state(docket).participation.invitations[.defendant]?.linkBy == limit.lastDay)
            try await court.link(second)
            #expect(try await court.state(docket).parties.filledBy[.defendant] == court.seller.account)
        }
    }

    @Test("the sheet is printed with the address the letter goes to", arguments: TestEngine.all)
    func sheet(engine: TestEngine) async throws {
        try await TestCourt.open(on: engine) { court in
            let (docket, _) = try await court.invited()
            try await court.post(docket)
            try await court.sendAgain(docket, .lost, answerBy: court.today.adding(days: 20))
            let sheet = try await court.area.codeSheet(in: docket, address: "x", by: TestCourt.clerk)
            #expect(sheet.starts(with: Array("%PDF".utf8)))
        }
    }

    @Test(
        "a new code alone: the old one is dead, no day changes, and after the receipt there is a sheet again",
        arguments: TestEngine.all)
    func code(engine: TestEngine) async throws {
        try await TestCourt.open(on: engine) { court in
            let (docket, first) = try await court.invited()
            try await court.post(docket)
            _ = try await court.area.recordReceipt(in: docket, on: court.today, by: TestCourt.clerk, once: .fresh)
            let before = try #require(try await court.state(docket).participation.invitations[.defendant])
            await #expect(throws: NotFound()) {
                _ = try await court.area.codeSheet(in: docket, address: "x", by: TestCourt.clerk)
            }
            _ = try await court.area.renewCode(in: docket, by: TestCourt.clerk, once: .fresh)
            let second = try await court.code(docket)
            await #expect(throws: FormErrors.self) { try await court.link(first) }
            let after = try #require(try await court.state(docket).participation.invitations[.defendant])
            #expect(after.linkBy == before.linkBy && after.answerBy == before.answerBy)
            try await court.expectNoCode([first, second], in: docket)
            // The letter has arrived; it does not wait for a receipt again.
            #expect(try await court.registry.store.read { try LetterTable.posted(limit: 9, in: $0) }.isEmpty)

            try await court.link(second)
            // Used: nothing is left to print, and none is issued any more.
            await #expect(throws: NotFound()) {
                _ = try await court.area.codeSheet(in: docket, address: "x", by: TestCourt.clerk)
            }
            await court.refuses("participation.already-linked") {
                _ = try await court.area.renewCode(in: docket, by: TestCourt.clerk, once: .fresh)
            }
        }
    }

    @Test("a letter on its way stays on its way when the code is renewed", arguments: TestEngine.all)
    func stillInThePost(engine: TestEngine) async throws {
        try await TestCourt.open(on: engine) { court in
            let (docket, _) = try await court.invited()
            try await court.post(docket)
            _ = try await court.area.renewCode(in: docket, by: TestCourt.clerk, once: .fresh)
            #expect(try await court.registry.store.read { try LetterTable.posted(limit: 9, in: $0) } == [docket])
        }
    }

    @Test("a code typed before the renewal links nothing afterwards", arguments: TestEngine.all)
    func typedBefore(engine: TestEngine) async throws {
        try await TestCourt.open(on: engine) { court in
            let (docket, first) = try await court.invited()
            let token = try await court.area.begin(first, from: TestCourt.home)
            _ = try await court.area.renewCode(in: docket, by: TestCourt.clerk, once: .fresh)
            await #expect(throws: FormErrors.self) {
                _ = try await court.area.link(token, by: court.seller, arrived: court.now, from: TestCourt.home)
            }
            #expect(try await court.state(docket).parties.filledBy[.defendant] == nil)
        }
    }

    @Test("the same sending twice is one letter and one code, by page and by program", arguments: TestEngine.all)
    func once(engine: TestEngine) async throws {
        try await TestCourt.open(on: engine) { court in
            let (docket, _) = try await court.invited()
            try await court.post(docket)
            let desk = "/desk/service/\(docket)"
            let by = court.today.adding(days: 15)
            try await court.application.test(.router) { client in
                let form = "ground=lost&address=义乌市演示街88号&answer_by=\(by)&_once=0123456789abcdef"
                for _ in 0..<2 {
                    let sent = try await client.send("\(desk)/again", form)
                    #expect(sent.status == .seeOther && sent.headers[.location] == "\(desk)/post")
                }
            }
            let code = try await court.code(docket)
            try await court.post(docket, tracking: "EMS 2")
            try await court.application.test(.router) { client in
                for _ in 0..<2 {
                    let renewed = try await client.send("\(desk)/code", "_once=fedcba9876543210")
                    #expect(renewed.status == .seeOther && renewed.headers[.location] == desk)
                }
                let body = #"{"answer_by":"\#(by)","ground":"undelivered"}"#
                for _ in 0..<2 {
                    let told = try await client.send("/api/v1\(desk)/again", body, key: "send-the-letter-again-1")
                    #expect(told.status == .ok)
                    let text = String(buffer: told.body)
                    #expect(text.contains(#""ground":"undelivered""#) && text.contains("post-invitation"))
                    #expect(!text.contains(code))
                }
                for _ in 0..<2 {
                    let told = try await client.send("/api/v1\(desk)/code", nil, key: "renew-the-code-1")
                    #expect(told.status == .ok && String(buffer: told.body).contains("code_renewed"))
                }
            }
            let kinds = try await court.registry.entries(of: docket).map { type(of: $0.entry.act.body).type }
            #expect(kinds.count { $0 == InvitationSentAgain.type } == 2)
            #expect(kinds.count { $0 == InvitationCodeRenewed.type } == 2)
        }
    }

    @Test("the page asks, refuses in its own words, and keeps what was typed", arguments: ["zh-CN", "en"])
    func page(language: String) async throws {
        try await TestCourt.open { court in
            let (docket, _) = try await court.invited()
            let path = "/desk/service/\(docket)/again"
            try await court.application.test(.router) { client in
                let early = try await client.send(
                    path, "ground=lost&answer_by=\(court.today.adding(days: 20))", in: language)
                #expect(early.status == .unprocessableContent || early.status == .conflict)
            }
            try await court.post(docket)
            try await court.application.test(.router) { client in
                let desk = try await client.send("/desk/service/\(docket)", in: language)
                #expect(String(buffer: desk.body).contains("/again\""))
                let shown = try await client.send(path, in: language)
                #expect(shown.status == .ok)
                #expect(String(buffer: shown.body).contains("义乌市演示街88号"))
                let day = court.today.adding(days: 20)
                let wrong = try await client.send(
                    path, "ground=lost&address=别处7号&answer_by=\(day)", in: language)
                let text = String(buffer: wrong.body)
                #expect(wrong.status == .unprocessableContent)
                #expect(text.contains("别处7号") && text.contains("id=\"e-address_source\""))
                let empty = try await client.send(path, "answer_by=\(day)", in: language)
                #expect(String(buffer: empty.body).contains("id=\"e-ground\""))
            }
            #expect(try await court.state(docket).participation.invitations[.defendant]?.earlier.isEmpty == true)
        }
    }

    @Test("the desk alone does either; to a stranger there is no case")
    func permission() async throws {
        try await TestCourt.open { court in
            let (docket, _) = try await court.invited()
            try await court.post(docket)
            await #expect(throws: Forbidden(.inviteDefendant)) {
                try await court.sendAgain(docket, .lost, answerBy: court.today.adding(days: 20), by: court.buyer)
            }
            await #expect(throws: Forbidden(.recordService)) {
                _ = try await court.area.renewCode(in: docket, by: court.buyer, once: .fresh)
            }
            await #expect(throws: NotFound()) {
                _ = try await court.area.renewCode(in: docket, by: court.seller, once: .fresh)
            }
        }
    }
}

extension TestCourt {
    /// The clerk hands the letter to the post today.
    func post(_ docket: DocketID, tracking: String = "EMS 1") async throws {
        _ = try await area.recordPosting(in: docket, on: today, tracking: tracking, by: Self.clerk, once: .fresh)
    }

    func sendAgain(
        _ docket: DocketID, _ ground: InvitationSentAgain.Ground, to address: String? = nil, source: String? = nil,
        answerBy: CourtDay, by viewer: Viewer = TestCourt.clerk
    ) async throws {
        _ = try await area.sendAgain(
            SecondLetter(ground: ground, address: address, addressSource: source, answerBy: answerBy), in: docket,
            address: "https://court.example/link", by: viewer, once: .fresh)
    }

    /// No entry of the docket holds any of these codes.
    func expectNoCode(_ codes: [String], in docket: DocketID) async throws {
        let contents = try await registry.entries(of: docket).map { String(decoding: $0.content, as: UTF8.self) }
        for code in codes {
            let plain = code.lowercased().filter { $0.isLetter || $0.isNumber }
            #expect(
                contents.allSatisfy {
                    let text = $0.lowercased()
                    return !text.contains(code.lowercased()) && !text.contains(plain)
                })
        }
    }
}

extension TestClientProtocol {
    /// What the clerk sends, or asks for when there is nothing to send: a form, or JSON where the path is a program's.
    fileprivate func send(
        _ path: String, _ body: String? = nil, key: String? = nil, in language: String = "zh-CN"
    ) async throws -> TestResponse {
        let isProgram = path.hasPrefix("/api/")
        var fields: HTTPFields = [
            .authorization: "Bearer clerk", .acceptLanguage: language,
            .contentType: isProgram ? "application/json" : "application/x-www-form-urlencoded",
        ]
        fields[.idempotencyKey] = key
        return try await execute(
            uri: path, method: body == nil && !isProgram ? .get : .post, headers: fields,
            body: body.map { ByteBuffer(string: $0) })
    }
}
