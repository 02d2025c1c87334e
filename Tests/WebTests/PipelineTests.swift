import Hummingbird
import HummingbirdTesting
import Procedure
import Testing

@testable import Web

@Suite("What every answer carries")
struct HeaderTests {
    @Test(
        "the security headers stand on every answer, errors included",
        arguments: [
            "/open", "/nowhere", "/fails/unforeseen", "/mine", "/health/live", "/api/v1/fails/stale", "/fails/%ff%fe",
            "/style",
        ])
    func headers(_ path: String) async throws {
        let test = TestSite()
        try await test.run { client in
            let answer = try await client.execute(uri: path, method: .get)
            let policy = try #require(answer.headers[.contentSecurityPolicy])
            for part in [
                "default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'",
                "script-src 'self'",
            ] {
                #expect(policy.contains(part))
            }
            #expect(!policy.contains("unsafe"))
            #expect(answer.headers[.xContentTypeOptions] == "nosniff")
            #expect(answer.headers[.referrerPolicy] == "no-referrer")
            #expect(answer.headers[.crossOriginOpenerPolicy] == "same-origin")
            #expect(answer.headers[.crossOriginResourcePolicy] == "same-origin")
            #expect(answer.headers[.strictTransportSecurity] == "max-age=63072000; includeSubDomains")
            #expect(answer.headers[.permissionsPolicy] != nil)
            #expect(answer.headers[.cacheControl] == "no-store")
            #expect(answer.headers[.requestID]?.count == 16)
        }
    }

    @Test("only assets named by their content may be kept, and they come small")
    func assets() async throws {
        let test = TestSite()
        try await test.run { client in
            let answer = try await client.execute(
                uri: Assets.path("court.css"), method: .get, headers: [.acceptEncoding: "gzip"])
            #expect(answer.status == .ok)
            #expect(answer.headers[.cacheControl] == "public, max-age=31536000, immutable")
            #expect(answer.headers[.contentType] == "text/css; charset=utf-8")
            let missing = try await client.execute(uri: "/assets/court.0000.css", method: .get)
            #expect(missing.status == .notFound && missing.headers[.cacheControl] == "no-store")
        }
        for name in ["court.css", "court.js"] {
            let sent = try #require(Assets.sentBytes(name))
            #expect(sent > 1_000 && sent <= 15_000, "\(name) is sent in \(sent) bytes")
        }
    }

    @Test("a page names no other server and holds no script or style of its own")
    func selfContained() async throws {
        let test = TestSite()
        try await test.run { client in
            for path in ["/style", "/style?desk", "/nowhere"] {
                let page = try await client.execute(uri: path, method: .get).text
                #expect(!page.contains("style=\"") && !page.contains("<style") && !page.contains("onclick"))
                #expect(!page.contains("//cdn") && !page.contains("https://") && !page.contains("http://"))
                #expect(page.utf8.count < 60_000)
            }
        }
    }

    @Test("an over-long, hidden or unknown method is told what is allowed")
    func methods() async throws {
        let test = TestSite()
        try await test.run { client in
            let answer = try await client.execute(uri: "/open", method: .delete)
            #expect(answer.status == .methodNotAllowed)
            #expect(answer.headers[.allow] == "GET")
            try await #expect(client.execute(uri: "/open", method: .head).status == .ok)
        }
    }
}

@Suite("Two faces, one list of routes")
struct FaceTests {
    @Test("a route of the other face does not exist, whatever the method")
    func faces() async throws {
        for (face, desk, mine, metrics) in [
            (Face.public, 404, 303, 404), (.chambers, 303, 404, 200), (.both, 303, 303, 200),
        ] {
            let test = TestSite(face: face)
            try await test.run { client in
                try await #expect(client.execute(uri: "/desk", method: .get).status.code == desk)
                try await #expect(client.execute(uri: "/mine", method: .get).status.code == mine)
                try await #expect(client.execute(uri: "/metrics", method: .get).status.code == metrics)
                if desk == 404 { try await #expect(client.execute(uri: "/desk", method: .post).status == .notFound) }
            }
        }
    }

    @Test("the list knows method, template, face, kind and access of each")
    func list() throws {
        let list = TestSite().routes.list
        let plain = try #require(list.first { $0.template == "/plain" })
        #expect(plain.method == .post && plain.face == .public && plain.kind == .page && plain.access == .signedIn)
        #expect(plain.maximumBodyBytes == BodyLimit.form)
        #expect(list.first { $0.template == "/metrics" }?.face == .chambers)
        #expect(Set(list).count == list.count)
    }

    @Test("an id that is none looks like one that is not there")
    func ids() async throws {
        let test = TestSite()
        try await test.run { client in
            try await #expect(client.execute(uri: "/cases/nonsense", method: .get).status == .notFound)
            let docket = DocketID(high: 1, low: 2)
            try await #expect(client.execute(uri: "/cases/\(docket)", method: .get).text.contains("<p>\(docket)</p>"))
        }
    }
}

@Suite("Every failure is a problem that can be acted on")
struct ProblemTests {
    @Test(
        "each failure has its status, for programs and for people",
        arguments: [
            ("refusal", 422), ("forbidden", 403), ("not-found", 404), ("stale", 409), ("malformed", 400),
            ("unavailable", 503),
            ("too-many", 429), ("second-factor", 403), ("unforeseen", 500),
        ])
    func statuses(_ how: String, _ status: Int) async throws {
        let test = TestSite()
        try await test.run { client in
            let page = try await client.execute(uri: "/fails/\(how)", method: .get, headers: .browser("xz-lang=en"))
            #expect(page.status.code == status)
            #expect(page.headers[.contentType] == "text/html; charset=utf-8")
            #expect(page.text.contains("<title>Error: "))
            #expect(page.text.contains("href=\"/offline\""), "there is always a way out")
            let id = try #require(page.headers[.requestID])
            #expect(page.text.contains(id))

            let program = try await client.execute(uri: "/api/v1/fails/\(how)", method: .get)
            #expect(program.status.code == status)
            #expect(program.headers[.contentType] == "application/problem+json")
            #expect(program.text.contains("\"status\":\(status)") && program.text.contains("\"title_zh\""))
        }
    }

    @Test("a refusal names its article; a stale page says what changed; waiting says how long")
    func details() async throws {
        let test = TestSite()
        try await test.run { client in
            let refused = try await client.execute(uri: "/fails/refusal", method: .get, headers: .browser("xz-lang=en"))
                .text
            #expect(refused.contains("It may not be") && refused.contains("Try another"))
            #expect(refused.contains("<a class=\"article\" href=\"/law/CPL2023/128\">Civil Procedure Law art. 128</a>"))
            let program = try await client.execute(uri: "/api/v1/fails/refusal", method: .get).text
            #expect(program.contains("\"code\":\"test.refused\"") && program.contains("\"id\":\"CPL2023:128\""))
            #expect(program.contains("不可以"))
            let stale = try await client.execute(uri: "/fails/stale", method: .get, headers: .browser("xz-lang=en"))
                .text
            #expect(stale.contains("The other side sent new evidence"))
            try await #expect(client.execute(uri: "/fails/unavailable", method: .get).headers[.retryAfter] == "7")
            try await #expect(client.execute(uri: "/fails/too-many", method: .get).headers[.retryAfter] == "60")
        }
    }

    @Test("what nobody foresaw is logged by type and id, and shown by id alone")
    func unforeseen() async throws {
        let test = TestSite()
        try await test.run { client in
            let answer = try await client.execute(uri: "/fails/unforeseen?name=张三", method: .get)
            let id = try #require(answer.headers[.requestID])
            #expect(
                test.log.all.contains { $0.contains("unforeseen error") && $0.contains(id) && $0.contains("Surprise") })
            #expect(
                !test.log.text.contains("330102") && !answer.text.contains("330102")
                    && !answer.text.contains("Surprise"))
            let broken = try await client.execute(uri: "/open", method: .get, headers: [.cookie: "__Host-xz=broken"])
            #expect(broken.status == .internalServerError && !broken.text.contains("330102"))
        }
    }

    @Test("a page that needs a person leads to signing in and back; a program gets 401")
    func signIn() async throws {
        let test = TestSite()
        try await test.run { client in
            let page = try await client.execute(uri: "/mine?tab=2", method: .get, headers: .browser())
            #expect(page.status == .seeOther && page.headers[.location] == "/sign-in?next=/mine%3Ftab%3D2")
            let program = try await client.execute(uri: "/mine", method: .get, headers: [.accept: "application/json"])
            #expect(program.status == .unauthorized && program.text.contains("session.none"))
            let signedIn = try await client.execute(uri: "/mine", method: .get, headers: .browser("__Host-xz=good"))
            #expect(signedIn.text.contains("<bdi>王小明</bdi>"))
        }
    }
}

@Suite("Language, size and theme follow the person")
struct PreferenceTests {
    @Test("the switch keeps the place and the rest of the query")
    func keepsPlace() async throws {
        let test = TestSite()
        try await test.run { client in
            let answer = try await client.execute(uri: "/open?tab=2&lang=en&page=3", method: .get, headers: .browser())
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location] == "/open?tab=2&page=3")
            #expect(answer.cookies.contains("xz-lang=en"))
            let page = try await client.execute(uri: "/open?tab=2", method: .get, headers: .browser("xz-lang=en"))
            #expect(
                page.text.contains("<html lang=\"en\"") && page.text.contains("href=\"/open?tab=2&amp;lang=zh-CN\""))
        }
    }

    @Test("the switch never leads to another server")
    func staysHere() async throws {
        let test = TestSite()
        try await test.run { client in
            let answer = try await client.execute(uri: "//evil.example/open?lang=en", method: .get, headers: .browser())
            #expect(answer.headers[.location]?.hasPrefix("//") != true)
        }
        for text in ["//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nSet-Cookie: x", "", "evil"] {
            #expect(LocalPath(text) == nil)
        }
    }

    @Test(
        "the first visit speaks as the browser asks",
        arguments: [
            ("en-GB,en;q=0.9,zh;q=0.5", "en"), ("zh-TW,en;q=0.8", "zh-CN"), ("fr,en;q=0.2", "en"), ("fr", "zh-CN"),
            ("", "zh-CN"),
            ("en;q=x,,;;=", "en"),
        ])
    func firstVisit(_ header: String, _ language: String) async throws {
        let test = TestSite()
        try await test.run { client in
            let page = try await client.execute(
                uri: "/open", method: .get, headers: [.acceptLanguage: header, .accept: "text/html"])
            #expect(page.text.contains("<html lang=\"\(language)\""))
        }
    }

    @Test("the large mode grows, stays, and takes no size of its own making")
    func large() async throws {
        let test = TestSite()
        try await test.run { client in
            try await #expect(
                client.execute(uri: "/open?large=on", method: .get, headers: .browser()).cookies.contains("xz-large=20")
            )
            let page = try await client.execute(
                uri: "/open", method: .get, headers: .browser("xz-large=24; xz-theme=dark")
            ).text
            #expect(page.contains("class=\"theme-dark large large-24\"") && page.contains("large=26"))
            let odd = try await client.execute(
                uri: "/open", method: .get, headers: .browser("xz-large=999; xz-theme=%22x")
            ).text
            #expect(odd.contains("class=\"theme-system\""))
        }
    }
}
