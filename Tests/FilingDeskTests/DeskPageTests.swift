import Accounts
import Docket
import Hummingbird
import HummingbirdTesting
import Procedure
import Testing
import Web

@testable import Filing

@Suite("Pages of the filing desk")
struct DeskPageTests {
    private func headers(_ person: Person, _ language: Language = .chinese) -> HTTPFields {
        [
            .authorization: "Bearer \(person.rawValue)", .acceptLanguage: language.rawValue,
            .contentType: "application/x-www-form-urlencoded", .accept: "text/html",
        ]
    }

    @Test("queue, case, payments and fee open in both languages", arguments: Language.allCases)
    func pagesOpen(language: Language) async throws {
        try await DeskCourt.on(.sqlite) { court in
            let open = try await court.submitted()
            let (docket, _) = try await court.waitingForFee()
            let pages: [(Person, String)] = [
                (.filingClerk, "/desk/filing"), (.filingClerk, "/desk/filing/\(open)"),
                (.filingClerk, "/desk/filing/\(docket)"), (.filingClerk, "/desk/filing/\(open)/ruling"),
                (.judgeWang, "/desk/filing"), (.clerk, "/desk/filing/\(docket)/payments"),
                (.buyer, "/cases/\(docket)/fee"), (.buyer, "/cases/\(open)/fee"),
            ]
            try await court.application.test(.router) { client in
                for (person, path) in pages {
                    let answer = try await client.execute(uri: path, method: .get, headers: headers(person, language))
                    #expect(answer.status == .ok, "\(path) for \(person)")
                    #expect(String(buffer: answer.body).contains("<h1"))
                }
                for (person, path) in pages where person != .buyer {
                    let answer = try await client.execute(
                        uri: path, method: .get, headers: headers(.stranger, language))
                    #expect([.notFound, .forbidden].contains(answer.status), "\(path)")
                }
            }
        }
    }

    @Test("the cause of action stands in the reader's language", arguments: Language.allCases)
    func cause(language: Language) async throws {
        try await DeskCourt.on(.sqlite) { court in
            let docket = try await court.submitted()
            try await court.application.test(.router) { client in
                let page = try await client.execute(
                    uri: "/desk/filing/\(docket)", method: .get, headers: headers(.filingClerk, language))
                let text = String(buffer: page.body)
                let name = Words("信息网络买卖合同纠纷", "Dispute over an online shopping contract")
                #expect(text.contains(name[language]))
                #expect(!text.contains(language == .chinese ? name.en : name.zh))
            }
        }
    }

    @Test("a clean filing is docketed from its page with one button; the stale page of a colleague answers 409")
    func docketByForm() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let docket = try await court.submitted()
            let seen = try await court.registry.docket(docket).head.position
            try await court.application.test(.router) { client in
                let page = try await client.execute(
                    uri: "/desk/filing/\(docket)", method: .get, headers: headers(.filingClerk))
                #expect(String(buffer: page.body).contains("name=\"seen\" value=\"\(seen)\""))
                let first = try await client.execute(
                    uri: "/desk/filing/\(docket)/docketing", method: .post, headers: headers(.filingClerk),
                    body: .init(string: "seen=\(seen)"))
                #expect(first.status == .seeOther)
                let second = try await client.execute(
                    uri: "/desk/filing/\(docket)/docketing", method: .post, headers: headers(.secondClerk),
                    body: .init(string: "seen=\(seen)"))
                #expect(second.status == .conflict)
                #expect(String(buffer: second.body).contains("已立案"))
            }
        }
    }

    @Test("an empty correction list comes back with its article and what was typed")
    func emptyList() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let docket = try await court.submitted()
            let seen = try await court.registry.docket(docket).head.position
            try await court.application.test(.router) { client in
                let answer = try await client.execute(
                    uri: "/desk/filing/\(docket)/correction", method: .post, headers: headers(.filingClerk),
                    body: .init(string: "seen=\(seen)&due=2099-01-05&why-signature=typed"))
                #expect(answer.status == .unprocessableContent)
                let text = String(buffer: answer.body)
                #expect(text.contains("补正通知须列明全部补正事项"))
                #expect(text.contains("typed"))
            }
        }
    }

    @Test("no field of the desk asks for paper")
    func noPaper() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let docket = try await court.submitted()
            try await court.application.test(.router) { client in
                let page = try await client.execute(
                    uri: "/desk/filing/\(docket)", method: .get, headers: headers(.filingClerk))
                let text = String(buffer: page.body)
                let fields = text.matches(of: /<(?:input|textarea|select)[^>]*name="([^"]*)"/).map { String($0.1) }
                let allowed = Set(
                    [
                        "_csrf", "_once", "seen", "exclusion", "due", "transfer-court", "transfer-reason",
                        "return-reason",
                    ]
                        + FilingCheck.allCases.flatMap { ["check-\($0.rawValue)", "why-\($0.rawValue)"] })
                #expect(Set(fields).subtracting(allowed) == [])
            }
        }
    }

    @Test("a search is posted, answers with an opaque id, and belongs to who searched")
    func search() async throws {
        try await DeskCourt.on(.sqlite) { court in
            _ = try await court.submitted()
            try await court.application.test(.router) { client in
                let answer = try await client.execute(
                    uri: "/desk/filing", method: .post, headers: headers(.filingClerk),
                    body: .init(string: "name=%E6%9E%97%E6%99%93%E6%BC%94"))
                #expect(answer.status == .seeOther)
                let place = try #require(answer.headers[.location])
                #expect(place.wholeMatch(of: /\/desk\/filing\?found=[0-9a-z]{26}/) != nil)
                let found = try await client.execute(uri: place, method: .get, headers: headers(.filingClerk))
                #expect(String(buffer: found.body).contains("林晓演诉好水壶小店"))
                let other = try await client.execute(uri: place, method: .get, headers: headers(.secondClerk))
                #expect(other.status == .notFound)
            }
        }
    }

    @Test("the sandbox tries payments, and only a demonstration court has it")
    func sandbox() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let (docket, notice) = try await court.waitingForFee()
            let path = "/payments/sandbox/\(notice.payment)"
            try await court.application.test(.router) { client in
                let page = try await client.execute(uri: path, method: .get, headers: headers(.buyer))
                #expect(page.status == .ok)
                let forged = try await client.execute(
                    uri: path, method: .post, headers: headers(.buyer), body: .init(string: "trial=forged"))
                #expect(forged.status == .unauthorized)
                let twice = try await client.execute(
                    uri: path, method: .post, headers: headers(.buyer), body: .init(string: "trial=twice"))
                #expect(twice.status == .seeOther)
            }
            let state = try await court.state(docket)
            #expect(state.fee.paid != nil)
            #expect(state.fee.mismatches.map(\.difference) == [.paidTwice])
        }
        try await DeskCourt.on(.sqlite, profile: .real) { court in
            try await court.application.test(.router) { client in
                let page = try await client.execute(
                    uri: "/payments/sandbox/\(PaymentID.random())", method: .get, headers: headers(.buyer))
                #expect(page.status == .notFound)
            }
        }
    }

    @Test("programs work the desk with the same rules")
    func api() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let docket = try await court.submitted()
            let seen = try await court.registry.docket(docket).head.position
            let json: HTTPFields = [
                .authorization: "Bearer \(Person.filingClerk.rawValue)", .contentType: "application/json",
                .accept: "application/json",
            ]
            try await court.application.test(.router) { client in
                let list = try await client.execute(uri: "/api/v1/desk/filings", method: .get, headers: json)
                #expect(String(buffer: list.body).contains("\"total\":1"))
                let docketed = try await client.execute(
                    uri: "/api/v1/desk/filings/\(docket)/docket", method: .post, headers: json,
                    body: .init(string: "{\"seen\":\(seen)}"))
                #expect(docketed.status == .ok)
                #expect(String(buffer: docketed.body).contains("民初1号"))
                let stale = try await client.execute(
                    uri: "/api/v1/desk/filings/\(docket)/transfer", method: .post, headers: json,
                    body: .init(string: "{\"seen\":\(seen),\"court\":\"某法院\",\"reason\":\"因为\"}"))
                #expect([.conflict, .forbidden].contains(stale.status))
                let bad = try await client.execute(
                    uri: "/api/v1/desk/filings/\(docket)/docket", method: .post, headers: json,
                    body: .init(string: "[1"))
                #expect(bad.status == .badRequest)
            }
        }
    }

    @Test("the callback's door takes signed bytes from anybody and nothing else")
    func callbackDoor() async throws {
        try await DeskCourt.on(.sqlite) { court in
            let (_, notice) = try await court.waitingForFee()
            let body = try court.callback(notice)
            try await court.application.test(.router) { client in
                let unsigned = try await client.execute(
                    uri: "/payments/callback", method: .post, headers: [.contentType: "application/json"],
                    body: .init(bytes: body))
                #expect(unsigned.status == .unauthorized)
                let signed = try await client.execute(
                    uri: "/payments/callback", method: .post,
                    headers: [
                        .contentType: "application/json",
                        .paymentSignature: court.desk.callbacks.header(for: body, at: court.clock.now),
                    ], body: .init(bytes: body))
                #expect(signed.status == .ok)
                #expect(String(buffer: signed.body).contains("\"paid\""))
            }
        }
    }
}

extension CourtProfile {
    static let real = CourtProfile(
        code: "浙0192", name: Words("杭州互联网法院", "Hangzhou Internet Court"), kind: .internet, province: "浙江",
        city: "杭州市", zone: .china, address: Words("杭州市", "Hangzhou"), telephone: "0571",
        counterHours: Words("工作日", "weekdays"),
        appealCourt: Words("浙江省杭州市中级人民法院", "Hangzhou Intermediate Court"), isDemonstration: false,
        smallClaimsMaximum: 6_000_000)
}
