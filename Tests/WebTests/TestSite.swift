import Accounts
import Crypto
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Procedure
import Synchronization

@testable import Web

/// A small court with a few routes, and what it logged.
struct TestSite: Sendable {
    var site: Site
    var routes: Routes
    let log: LogLines
    let metrics = PrometheusMetrics()

    static let account = AccountID(high: 7, low: 8)
    static let viewer = Viewer(
        account: account, name: "王小明", offices: [], session: SessionID(high: 1, low: 2), secondFactorAt: nil,
        isVerified: true)

    init(
        face: Face = .both, origin: Origin = Origin(secure: true, authority: "court.example"),
        limits: RateLimits = .unlimited
    ) {
        let log = LogLines()
        self.log = log
        site = Site(
            court: CourtProfile(
                code: "演0192", name: Words("演示法院", "Demonstration Court"), kind: .internet, province: "浙江", city: "杭州",
                zone: .china, address: Words("演示路1号", "1 Demonstration Road"), telephone: "12368",
                counterHours: Words("工作日", "working days"), appealCourt: Words("", ""), isDemonstration: true),
            face: face, version: "0.1.0", origin: origin, formKey: SymmetricKey(data: [UInt8](repeating: 7, count: 32)),
            logger: Logger(label: "test") { JSONLogHandler(label: $0, write: { log.add($0) }) },
            limits: limits, now: { "2026-01-08T02:30:00.000Z" },
            viewer: { token in
                if token == "broken" { throw Surprise(secret: "身份证330102199001011234") }
                return token == "good" ? Self.viewer : nil
            })
        routes = Routes()
        Assets.register(in: &routes)
        HealthRoutes.register(in: &routes, metrics: metrics)
        StyleGuide.register(in: &routes)
        Self.addRoutes(to: &routes)
    }

    struct Surprise: Error { let secret: String }

    private static func addRoutes(to routes: inout Routes) {
        routes.get("/open", face: .both, access: .anyone) { _, context in
            Page(context.voice("公开", "Open"), "<h1>\(context.voice("公开", "Open"))</h1>")
        }
        routes.get("/mine", face: .public) { _, context in
            Page("x", "<p>\(said: try context.person().name)</p>")
        }
        routes.get("/desk", face: .chambers) { _, _ in Page("x", "<p>desk</p>") }
        routes.get("/cases/:docket", face: .public, access: .anyone) { _, context in
            let id: DocketID = try context.id("docket")
            return Page("x", "<p>\(id)</p>")
        }
        routes.get("/fails/:how", face: .both, access: .anyone) { _, context -> Page in
            throw failure(try context.part("how"))
        }
        routes.get("/api/v1/fails/:how", face: .both, kind: .api, access: .anyone) { _, context -> Page in
            throw failure(try context.part("how"))
        }
        routes.form("/name", face: .public, access: .anyone) { _, context, typed in
            let fields = Fields(typed, context.voice)
            return Page(
                "name", PostForm("\(fields.summary)\(fields.text("name", Words("姓名", "Name")))").html(context))
        } send: { _, context in
            let name = try context.form.read { $0.text("name", Words("姓名", "your name"), max: 5) }
            if name == "no" { throw refusal }
            return Response.seeOther("/open")
        }
        routes.post("/plain", face: .public, access: .signedIn) { _, context in
            Page("x", "<p>\(context.form["text"] ?? "") \(context.idempotencyKey?.rawValue ?? "-")</p>")
        }
        routes.post("/callback", face: .public, access: .anyone, origin: .callerSigns) { _, _ in "taken" }
        routes.post("/file", face: .public, access: .anyone, maximumBodyBytes: BodyLimit.upload) { request, context in
            let upload = try await context.formUpload(request)
            var bytes = 0
            if let file = upload.file { for try await part in file.bytes { bytes += part.readableBytes } }
            return "\(upload.fields["note"] ?? "-") \(upload.file?.name ?? "-") \(bytes)"
        }
        let named = APIOperation(
            "A name", takes: .json(.object(.init("name", .text(1...5)))), answers: .object(.init("name", .said)))
        routes.api(.post, "/api/v1/named", face: .public, named) { _, context in
            try Response.api(context.sent(as: [String: String].self))
        }
        let list = APIOperation("Names", answers: .anything, asks: [.init("offset", .count, "How many to leave out.")])
        routes.api(.get, "/api/v1/named", face: .public, list) { _, _ in try Response.api(["names": ""]) }
        let bytes = APIOperation("Bytes", takes: .bytes(mediaType: "application/octet-stream"), answers: nil)
        routes.api(.put, "/raw", face: .public, access: .anyone, maximumBodyBytes: 1_000, bytes) { request, _ in
            var bytes = 0
            for try await part in request.body { bytes += part.readableBytes }
            return "\(bytes)"
        }
    }

    static let refusal = Refusal(
        code: "test.refused", article: Article(.civilProcedureLaw, 128), reason: Words("不可以", "It may not be"),
        remedy: Words("换一个", "Try another"))

    private static func failure(_ how: String) -> any Error {
        switch how {
        case "refusal": refusal
        case "forbidden": Forbidden(.signJudgment)
        case "not-found": NotFound()
        case "stale": Stale([Words("对方提交了新证据", "The other side sent new evidence")])
        case "malformed": Malformed(.formUnreadable)
        case "unavailable": Unavailable(retryAfterSeconds: 7)
        case "too-many": TooManyAttempts(retryAt: "2026-01-08T02:31:00.000Z")
        case "not-signed-in": NotSignedIn()
        case "second-factor": SecondFactorNeeded()
        default: Surprise(secret: "身份证330102199001011234")
        }
    }

    func run<Value: Sendable>(_ body: @Sendable (any TestClientProtocol) async throws -> Value) async throws -> Value {
        try await Application(router: site.router(routes)).test(.router, body)
    }
}

final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
    var text: String { all.joined() }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    /// The cookies set, as the browser would send them back.
    var cookies: String {
        headers[values: .setCookie].compactMap { $0.split(separator: ";").first.map(String.init) }.joined(
            separator: "; ")
    }

    /// The value of the form proof on the page.
    var proof: String? {
        text.range(of: "name=\"_csrf\" value=\"").map { String(text[$0.upperBound...].prefix(96)) }
    }
}

extension HTTPFields {
    static func browser(_ cookies: String = "", _ more: HTTPFields = [:]) -> HTTPFields {
        var fields = more
        fields[.accept] = "text/html"
        if fields[.contentType] == nil { fields[.contentType] = "application/x-www-form-urlencoded" }
        if !cookies.isEmpty { fields[.cookie] = cookies }
        return fields
    }
}
