import Crypto
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Procedure
import Testing

@testable import Web

@Suite("Only our own pages change anything")
struct FormProofTests {
    private func opened(_ client: any TestClientProtocol, _ cookies: String = "") async throws -> (
        cookies: String, proof: String
    ) {
        let page = try await client.execute(uri: "/name", method: .get, headers: .browser(cookies))
        let all = [cookies, page.cookies].filter { !$0.isEmpty }.joined(separator: "; ")
        return (all, try #require(page.proof))
    }

    @Test("a form from our page is taken, without session too; without proof or cookie it is not")
    func proof() async throws {
        let test = TestSite()
        try await test.run { client in
            let (cookies, proof) = try await opened(client)
            #expect(cookies.hasPrefix("__Host-xz-form="))
            let send = { (cookies: String, body: String, more: HTTPFields) in
                try await client.execute(
                    uri: "/name", method: .post, headers: .browser(cookies, more), body: ByteBuffer(string: body)
                ).status
            }
            try await #expect(send(cookies, "_csrf=\(proof)&name=a", [:]) == .seeOther)
            try await #expect(send(cookies, "name=a", [:]) == .forbidden)
            try await #expect(send(cookies, "_csrf=\(String(proof.reversed()))&name=a", [:]) == .forbidden)
            try await #expect(send("", "_csrf=\(proof)&name=a", [:]) == .forbidden)
            try await #expect(send(cookies, "_csrf=\(proof)&name=a", [.secFetchSite: "cross-site"]) == .forbidden)
            try await #expect(send(cookies, "_csrf=\(proof)&name=a", [.secFetchSite: "same-site"]) == .forbidden)
            try await #expect(send(cookies, "_csrf=\(proof)&name=a", [.origin: "https://evil.example"]) == .forbidden)
            try await #expect(send(cookies, "_csrf=\(proof)&name=a", [.origin: "https://court.example"]) == .seeOther)
            try await #expect(
                send(cookies, "_csrf=\(proof)&name=a", [.origin: "null", .secFetchSite: "same-origin"]) == .seeOther)
            try await #expect(send(cookies, "name=a", [.csrfToken: proof]) == .seeOther)
        }
    }

    @Test("a proof of one session is worth nothing in another, nor after signing in")
    func bound() async throws {
        let test = TestSite()
        try await test.run { client in
            let (cookies, proof) = try await opened(client)
            let after = try await client.execute(
                uri: "/plain", method: .post, headers: .browser(cookies + "; __Host-xz=good"),
                body: ByteBuffer(string: "_csrf=\(proof)"))
            #expect(after.status == .forbidden)
            let (signedIn, fresh) = try await opened(client, "__Host-xz=good")
            let taken = try await client.execute(
                uri: "/plain", method: .post, headers: .browser(signedIn),
                body: ByteBuffer(string: "_csrf=\(fresh)&text=hello&_once=0123456789abcdef"))
            #expect(taken.status == .ok && taken.text.contains("<p>hello 0123456789abcdef</p>"))
        }
    }

    @Test("a bearer token and a signing caller need no proof; a cookie beside them changes nothing")
    func machines() async throws {
        let test = TestSite()
        try await test.run { client in
            let token = try await client.execute(
                uri: "/plain", method: .post, headers: .browser("", [.authorization: "Bearer good"]),
                body: ByteBuffer(string: "text=x"))
            #expect(token.status == .ok)
            try await #expect(client.execute(uri: "/callback", method: .post).text == "taken")
            let wrong = try await client.execute(
                uri: "/plain", method: .post, headers: .browser("__Host-xz=good", [.authorization: "Bearer bad"]),
                body: ByteBuffer(string: "text=x"))
            #expect(wrong.status == .unauthorized)
        }
    }

    @Test("an expired form comes back with what was typed, but never with a secret")
    func keepsTyped() async throws {
        let test = TestSite()
        try await test.run { client in
            let answer = try await client.execute(
                uri: "/plain", method: .post, headers: .browser("__Host-xz=good"),
                body: ByteBuffer(string: "text=%3Cb%3Elong+story&password=hunter2&code=123456"))
            #expect(answer.status == .forbidden)
            #expect(answer.text.contains("name=\"text\" value=\"&lt;b&gt;long story\""))
            #expect(!answer.text.contains("hunter2") && !answer.text.contains("123456"))
        }
    }

    @Test("no two pages carry the same proof, and each is good")
    func masked() {
        let proof = FormProof(key: SymmetricKey(size: .bits256), seed: randomHex(bytes: 16), session: "s")
        let tokens = (0..<20).map { _ in proof.token() }
        #expect(Set(tokens).count == 20 && tokens.allSatisfy(proof.accepts))
        for token in [
            "", String(repeating: "0", count: 96), String(tokens[0].dropLast()) + "x", tokens[0].uppercased(),
        ] {
            #expect(!proof.accepts(token))
        }
    }
}

@Suite("Limits hold, and say how long")
struct LimitTests {
    @Test("a body over its limit is refused, told or untold")
    func bodies() async throws {
        let test = TestSite()
        try await test.run { client in
            let big = ByteBuffer(repeating: UInt8(ascii: "a"), count: 70_000)
            let form = try await client.execute(uri: "/callback", method: .post, headers: .browser(), body: big)
            #expect(form.status == .contentTooLarge)
            let raw = try await client.execute(
                uri: "/raw", method: .put, headers: [.authorization: "Bearer good"],
                body: ByteBuffer(repeating: 1, count: 1_001))
            #expect(raw.status == .contentTooLarge && raw.text.contains("too-large"))
            let fits = try await client.execute(
                uri: "/raw", method: .put, headers: [.authorization: "Bearer good"],
                body: ByteBuffer(repeating: 1, count: 1_000))
            #expect(fits.text == "1000")
        }
        let limited = LimitedBody(body: RequestBody(buffer: ByteBuffer(repeating: 1, count: 11)), limit: 10)
        await #expect(throws: TooLarge.self) { for try await _ in limited {} }
    }

    @Test("a bucket runs empty, fills again, and is forgotten when full")
    func buckets() throws {
        let rate = RateLimits.Rate(burst: 3, perSecond: 2)
        let limiter = RateLimiter(RateLimits(address: rate, account: rate))
        for _ in 0..<3 { try limiter.take(.address("a"), rate, at: 0) }
        #expect(throws: TooMany(retryAfterSeconds: 1)) { try limiter.take(.address("a"), rate, at: 0) }
        try limiter.take(.address("b"), rate, at: 0)
        try limiter.take(.address("a"), rate, at: 0.5)
        #expect(throws: TooMany.self) { try limiter.take(.address("a"), rate, at: 0.5) }
        for index in 0..<(RateLimiter.capacity * 2) { try limiter.take(.address("x\(index)"), rate, at: Double(index)) }
        #expect(limiter.count <= RateLimiter.capacity)
    }

    @Test("too many requests from one address are told to wait")
    func requests() async throws {
        let rate = RateLimits.Rate(burst: 2, perSecond: 0.01)
        let test = TestSite(limits: RateLimits(address: rate, account: rate))
        try await test.run { client in
            for _ in 0..<2 { try await #expect(client.execute(uri: "/open", method: .get).status == .ok) }
            let third = try await client.execute(uri: "/open", method: .get)
            #expect(third.status == .tooManyRequests && Int(third.headers[.retryAfter] ?? "") ?? 0 > 50)
            try await #expect(client.execute(uri: Assets.path("court.css"), method: .get).status == .ok)
        }
    }

    @Test("one subscriber of IPv6 is one address")
    func networks() {
        #expect(RateLimiter.network(of: "2001:db8:1:2:3:4:5:6") == RateLimiter.network(of: "2001:db8:1:2:ffff::1"))
        #expect(RateLimiter.network(of: "2001:db8:1:2::1") != RateLimiter.network(of: "2001:db8:1:3::1"))
        #expect(RateLimiter.network(of: "192.0.2.7") == "192.0.2.7")
    }

    @Test(
        "only a proxy of ours is believed about the client",
        arguments: [
            ("192.0.2.9", "203.0.113.5", "192.0.2.9"), ("10.0.0.1", "203.0.113.5", "203.0.113.5"),
            ("10.0.0.1", "1.1.1.1, 203.0.113.5, 10.0.0.2", "203.0.113.5"), ("10.0.0.1", "10.0.0.2", "10.0.0.1"),
        ])
    func proxies(_ socket: String, _ header: String, _ client: String) {
        let request = Request(
            head: HTTPRequest(
                method: .get, scheme: nil, authority: nil, path: "/", headerFields: [.forwardedFor: header]),
            body: RequestBody(buffer: ByteBuffer()))
        #expect(ClientAddress.of(request, socket: socket, proxies: ["10.0.0.1", "10.0.0.2"]) == client)
    }

    @Test("an idempotency key is short and visible")
    func keys() {
        #expect(IdempotencyKey(rawValue: "0123456789abcdef") != nil)
        for text in ["", "short", String(repeating: "x", count: 129), "with space in it", "中文中文中文中文"] {
            #expect(IdempotencyKey(rawValue: text) == nil)
        }
    }
}

@Suite("Party files cannot act as the court")
struct DownloadTests {
    @Test("names keep their letters and lose everything dangerous")
    func names() {
        let name = Response.contentDisposition(.attachment, name: "聊天\u{202E}gpj\"记录\r\n.exe/../x%41")
        #expect(!name.contains("\r") && !name.contains("\n") && !name.contains("%41\""))
        #expect(!name.contains("%E2%80%AE"), "no direction override")
        #expect(name.contains("filename*=UTF-8''%E8%81%8A%E5%A4%A9gpj%22"))
        #expect(name.filter { $0 == "\"" }.count == 2)
    }

    @Test("an uploaded page is sandboxed and not shown inline")
    func sandbox() {
        let file = Response.download(
            name: "a.html", mediaType: "text/html", bytes: 3, .inline,
            body: .init(byteBuffer: ByteBuffer(string: "<b>")))
        #expect(file.headers[.contentType] == "application/octet-stream")
        #expect(file.headers[.contentSecurityPolicy]?.hasPrefix("sandbox; default-src 'none'") == true)
    }
}

@Suite("Cookies stay where they belong")
struct CookieTests {
    @Test("behind TLS the session is host-only; on loopback it has its plain name")
    func names() {
        #expect(CookieNames(secure: true).session == "__Host-xz")
        #expect(CookieNames(secure: false).session == "xz")
        let secure = CookieNames(secure: true).seed("x")
        for part in ["__Host-", "Path=/", "HttpOnly", "SameSite=Lax", "Secure"] { #expect(secure.contains(part)) }
        #expect(!secure.contains("Domain"))
    }
}
