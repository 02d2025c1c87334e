import Crypto
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Procedure
import ProcedureTables
import Testing
import Web

@testable import LawPages

/// The public pages of a court, served to nobody in particular.
struct PublicCourt {
    let routes: Routes
    let site: Site
    let tables: Tables

    static let profile = CourtProfile(
        code: "演0192", name: Words("演示互联网法院", "Demonstration Internet Court"), kind: .internet, province: "浙江",
        city: "演示市", zone: .china, address: Words("演示路1号", "1 Demonstration Road"), telephone: "000-12368",
        counterHours: Words("工作日", "Workdays"), appealCourt: Words("演示中院", "Appeal Court"), isDemonstration: true)

    init(face: Face = .both) throws {
        tables = try LawTables.load()
        var routes = Routes()
        // As in the whole court, the list is known only when everything is mounted.
        let listed = Self.otherRoutes
        for route in listed {
            routes.on(route.0, route.1, face: .public, kind: .api, access: .signedIn) { _, _ in
                Response(status: .noContent)
            }
        }
        var dry = Routes()
        let area = LawPagesArea(tables: tables, court: Self.profile)
        area.mount(on: &dry, all: { [] })
        let all = routes.list + dry.list
        area.mount(on: &routes, all: { all })
        self.routes = routes
        site = Site(
            court: Self.profile, face: face, version: "0", origin: Origin(secure: false, authority: "localhost"),
            formKey: SymmetricKey(size: .bits256),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            now: { Instant(milliseconds: 1_767_600_000_000) }, viewer: { _ in nil })
    }

    static let otherRoutes: [(HTTPRequest.Method, String)] = [
        (.get, "/api/v1/cases/:docket"), (.post, "/api/v1/drafts"), (.put, "/api/v1/drafts/:docket/answers"),
        (.put, "/drafts/:docket/answers"), (.delete, "/uploads/:upload"), (.post, "/api/v1/something/unheard/of"),
    ]

    func ask(
        _ path: String, _ method: HTTPRequest.Method = .get, body: String? = nil, language: String = "en"
    ) async throws -> TestResponse {
        let application = Application(router: site.router(routes))
        return try await application.test(.router) { client in
            try await client.execute(
                uri: path, method: method, headers: [.acceptLanguage: language, .contentType: "application/json"],
                body: body.map { ByteBuffer(string: $0) })
        }
    }

    func text(_ path: String, language: String = "en") async throws -> String {
        let answer = try await ask(path, language: language)
        #expect(answer.status == .ok, "\(path)")
        return String(buffer: answer.body)
    }
}

@Suite("Public pages")
struct PublicPageTests {
    let court: PublicCourt

    init() throws { court = try PublicCourt() }

    @Test("the home page leads to what a person came for, in both languages", arguments: ["en", "zh-CN"])
    func home(_ language: String) async throws {
        let page = try await court.text("/", language: language)
        for path in ["/drafts", "/link", "/cases", "/law/fee", "/offline", "/ledger/policy", "/demo"] {
            #expect(page.contains("href=\"\(path)\""), "\(path)")
        }
        #expect(page.contains(language == "en" ? "CNY 25.00" : "25.00元"))
    }

    @Test("chambers have a home page without the parties' doors")
    func chambers() async throws {
        let page = try await PublicCourt(face: .chambers).text("/")
        #expect(!page.contains("/drafts") && page.contains("/sign-in"))
    }

    @Test("the counter is named with its address and telephone")
    func counter() async throws {
        let page = try await court.text("/offline")
        #expect(page.contains("1 Demonstration Road") && page.contains("tel:000-12368"))
    }

    @Test("a fee is worked out on the page with its articles")
    func fee() async throws {
        let page = try await court.text("/law/fee?kind=small_claims&sum=1280")
        #expect(page.contains("CNY 25.00") && page.contains("/law/FEE2007/13"))
        #expect(page.contains("<option value=\"small_claims\" selected>"))
    }

    @Test("every kind of fee has an answer", arguments: FeeKind.allCases)
    func everyFee(_ kind: FeeKind) async throws {
        let page = try await court.text("/law/fee?kind=\(kind.rawValue)&sum=100000")
        #expect(page.contains("class=\"explanation\""))
    }

    @Test(
        "what is missing or wrong is said at its field",
        arguments: [
            ("/law/fee?kind=small_claims&sum=", "f-sum"), ("/law/fee?kind=nothing", "f-kind"),
            ("/law/fee?kind=enforcement&sum=-5", "f-sum"), ("/law/deadline?deadline=answer&day=", "f-day"),
            ("/law/deadline?deadline=none&day=2026-03-10", "f-deadline"),
            ("/law/deadline?deadline=answer&day=1900-01-01", "f-day"),
            ("/law/deadline?deadline=preservation_pre_suit_ruling&day=2026-01-31&time=25:00", "f-time"),
        ])
    func wrong(_ path: String, _ field: String) async throws {
        let answer = try await court.ask(path)
        #expect(answer.status == .unprocessableContent)
        #expect(String(buffer: answer.body).contains("<a href=\"#\(field)\">"))
    }

    @Test("a limit is counted on the page; one in hours by the hour")
    func deadline() async throws {
        #expect(try await court.text("/law/deadline?deadline=answer&day=2026-03-10").contains("25 March 2026"))
        let hours = try await court.text(
            "/law/deadline?deadline=preservation_pre_suit_ruling&day=2026-01-31&time=10:20")
        #expect(hours.contains("2 February 2026, 11:00"))
    }

    @Test("a date in a year without a calendar says that it may move")
    func provisional() async throws {
        let page = try await court.text("/law/deadline?deadline=answer&day=2027-04-16")
        #expect(page.contains("provisional") && page.contains("holiday notice for 2027"))
    }

    @Test("looking for a name leaves the limits that have it")
    func find() async throws {
        let page = try await court.text("/law/deadline?find=answer")
        #expect(page.contains("value=\"answer\"") && !page.contains("value=\"filing_decision\""))
    }

    @Test("every article that a limit or a refusal names has its page where links lead")
    func articles() async throws {
        let named = court.tables.deadlines.rules.flatMap(\.articles).compactMap(Article.init(rawValue:))
        let cited = Set(named + CitedRefusals.all.compactMap(\.article))
        #expect(cited.count > 100)
        for article in cited {
            let page = try await court.text("/law/\(article.instrument.id)/\(article.number)")
            #expect(page.contains(article.printed.en))
        }
    }

    @Test("what is no article has no page", arguments: ["/law/CPL1900/1", "/law/CPL2023/x", "/law/CPL2023/999999999"])
    func noArticle(_ path: String) async throws {
        #expect(try await court.ask(path).status == .notFound)
    }

    @Test("every refusal that cites an article is listed under it")
    func refusalsAreListed() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Procedure/Sources").standardizedFileURL
        let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
        var codes: Set<String> = []
        for case let file as URL in try #require(files) where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            let declared = /public static let \w+ = Refusal\(\s*code: "([^"]+)",\s*article: \./
            for match in text.matches(of: declared) { codes.insert(String(match.1)) }
        }
        #expect(codes.count > 50)
        #expect(codes.subtracting(CitedRefusals.all.map(\.code)) == [])
    }
}
