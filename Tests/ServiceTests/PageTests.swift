import Accounts
import Docket
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Procedure
import Storage
import Testing
import Web

@testable import ServiceOfProcess

@Suite("Pages of service")
struct PageTests {
    @Test("every page opens in both languages for those it is for")
    func pages() async throws {
        try await TestCourt.open { court in
            let docket = try await court.joined()
            await court.workOff()
            let service = try #require(try await court.state(docket).service.deliveries.first?.service)
            let waiting = try await court.docketed(against: "钱另一")
            try await court.invite(waiting, answerBy: court.today.adding(days: 9))
            let posted = try await court.docketed(against: "孙再一")
            try await court.invite(posted, answerBy: court.today.adding(days: 9))
            try await court.post(posted)
            let pages = [
                ("clerk", "/desk/service/\(posted)"), ("clerk", "/desk/service/\(posted)/again"),
                ("clerk", "/desk/service"), ("clerk", "/desk/service?step=post-invitation"),
                ("clerk", "/desk/service/paper"), ("clerk", "/desk/service/\(docket)"),
                ("clerk", "/desk/service/\(waiting)"), ("clerk", "/desk/service/\(waiting)/post"),
                ("clerk", "/desk/service/\(waiting)/receipt"), ("clerk", "/cases/\(docket)/consents"),
                ("seller", "/cases/\(docket)/consents"), ("seller", "/cases/\(docket)/address"),
                ("seller", "/inbox"), ("seller", "/inbox/\(docket)/\(service)"), ("nobody", "/link"),
                ("nobody", "/link/case"), ("nobody", "/link/offline"), ("seller", "/api/v1/inbox"),
                ("seller", "/api/v1/cases/\(docket)/consents"), ("seller", "/api/v1/cases/\(docket)/address"),
            ]
            try await court.application.test(.router) { client in
                for (who, path) in pages {
                    for language in ["zh-CN", "en"] {
                        let response = try await client.execute(
                            uri: path, method: .get, headers: headers(who, language))
                        #expect(response.status == .ok, "\(path) \(who) \(language)")
                    }
                }
                let sheet = try await client.execute(
                    uri: "/desk/service/\(waiting)/code-sheet", method: .get, headers: headers("clerk"))
                #expect(String(buffer: sheet.body).hasPrefix("%PDF"))
            }
        }
    }

    @Test("the desk is not there for parties, the case not for strangers, the letter's code not for the other side")
    func closedDoors() async throws {
        try await TestCourt.open { court in
            let (docket, _) = try await court.invited()
            let doors: [(String, String, HTTPResponse.Status)] = [
                ("buyer", "/desk/service", .forbidden), ("buyer", "/desk/service/\(docket)", .forbidden),
                ("buyer", "/desk/service/\(docket)/code-sheet", .forbidden),
                ("seller", "/desk/service/\(docket)", .notFound), ("seller", "/cases/\(docket)/consents", .notFound),
                ("clerk", "/desk/service/\(DocketID.random())", .notFound),
                ("buyer", "/inbox/\(docket)/\(ServiceID.random())", .notFound),
            ]
            try await court.application.test(.router) { client in
                for (who, path, status) in doors {
                    let response = try await client.execute(uri: path, method: .get, headers: headers(who))
                    #expect(response.status == status, "\(path) \(who)")
                }
            }
        }
    }

    @Test("a wrong code is told at its field; a right one leads on, and neither stands in an address or a page")
    func code() async throws {
        try await TestCourt.open { court in
            let (docket, code) = try await court.invited()
            try await court.application.test(.router) { client in
                let wrong = try await client.post("/link", "code=1234-1234", as: "seller")
                #expect(wrong.status == .unprocessableContent)
                #expect(String(buffer: wrong.body).contains("id=\"e-code\""))

                let right = try await client.post("/link", "code=\(code)", as: "seller")
                #expect(right.status == .seeOther)
                #expect(right.headers[.location] == "/link/case")
                let cookie = try #require(right.headers[.setCookie]?.prefix { $0 != ";" })
                #expect(!cookie.contains(code))

                var fields = headers("seller")
                fields[.cookie] = String(cookie)
                let page = try await client.execute(uri: "/link/case", method: .get, headers: fields)
                let text = String(buffer: page.body)
                #expect(text.contains("林晓演") && text.contains("（2026）演0192民初42号"))
                #expect(!text.contains(code))
                #expect(text.contains("信息网络买卖合同纠纷"))
                fields[.acceptLanguage] = "en"
                let english = try await client.execute(uri: "/link/case", method: .get, headers: fields)
                let cause = String(buffer: english.body)
                #expect(cause.contains("Dispute over an online shopping contract") && !cause.contains("买卖合同"))

                let linked = try await client.post("/link/case", "", as: "seller", cookie: String(cookie))
                #expect(linked.headers[.location] == "/cases/\(docket)/consents")
                let again = try await client.post("/link/case", "", as: "seller", cookie: String(cookie))
                #expect(again.status == .seeOther || again.status == .unprocessableContent)
            }
            #expect(try await court.state(docket).parties.filledBy[.defendant] == court.seller.account)
        }
    }

    @Test("reading marks the delivery as read and enters nothing")
    func reading() async throws {
        try await TestCourt.open { court in
            let docket = try await court.joined()
            await court.workOff()
            let before = try await court.inbox(of: court.seller)
            #expect(before.map(\.isRead) == [false])
            #expect(before.first?.tasks.count == 2)
            let entries = try await court.registry.entries(of: docket).count
            let service = try #require(before.first?.delivery.service)
            _ = try await court.area.openDelivery(service, in: docket, by: court.seller, now: court.now)
            _ = try await court.area.openDelivery(service, in: docket, by: court.seller, now: court.now)
            #expect(try await court.inbox(of: court.seller).map(\.isRead) == [true])
            #expect(try await court.inbox(of: court.buyer).isEmpty)
            #expect(try await court.registry.entries(of: docket).count == entries)
        }
    }

    @Test("the same sending twice is done once, and the same key for something else is refused")
    func idempotent() async throws {
        try await TestCourt.open { court in
            let docket = try await court.docketed()
            let path = "/desk/service/\(docket)/invite"
            let day = court.today.adding(days: 15).rawValue
            try await court.application.test(.router) { client in
                for _ in 0..<2 {
                    let response = try await client.post(path, "answer_by=\(day)&_once=0123456789abcdef", as: "clerk")
                    #expect(response.status == .seeOther)
                }
                let other = court.today.adding(days: 16).rawValue
                let reused = try await client.post(path, "answer_by=\(other)&_once=0123456789abcdef", as: "clerk")
                #expect(reused.status == .unprocessableContent)
                let past = try await client.post(path, "answer_by=\(court.today)", as: "clerk")
                #expect(past.status == .unprocessableContent)
            }
            let kinds = try await court.registry.entries(of: docket).map { type(of: $0.entry.act.body).type }
            #expect(kinds.count { $0 == DefendantInvited.type } == 1)
        }
    }
}

extension TestCourt {
    func inbox(of viewer: Viewer) async throws -> [InboxItem] { try await area.inbox(of: viewer, now: now) }
}

private func headers(_ who: String, _ language: String = "zh-CN") -> HTTPFields {
    [.authorization: "Bearer \(who)", .acceptLanguage: language]
}

extension TestClientProtocol {
    /// Sends a form as a program with a bearer token does, which needs no proof of a page.
    fileprivate func post(
        _ path: String, _ body: String, as who: String, cookie: String? = nil
    ) async throws -> TestResponse {
        var fields = headers(who)
        fields[.contentType] = "application/x-www-form-urlencoded"
        fields[.cookie] = cookie
        return try await execute(uri: path, method: .post, headers: fields, body: ByteBuffer(string: body))
    }
}
