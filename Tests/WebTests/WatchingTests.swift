import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Procedure
import Testing

@testable import Web

@Suite("What is watched says nothing about people")
struct WatchingTests {
    @Test("a request is one line of JSON with template, status and time, and nothing that was asked")
    func accessLog() async throws {
        let test = TestSite()
        let docket = DocketID(high: 1, low: 2)
        try await test.run { client in
            _ = try await client.execute(
                uri: "/cases/\(docket)?name=%E5%BC%A0%E4%B8%89&id=330102", method: .get,
                headers: [.cookie: "__Host-xz=good", .userAgent: "evil\u{1B}[31m"])
        }
        let lines = test.log.all.filter { $0.contains("\"message\":\"request\"") }
        #expect(lines.count == 1)
        let line = try #require(lines.first)
        let fields = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
        #expect(fields["route"] == "/cases/:docket" && fields["status"] == "200" && fields["method"] == "GET")
        #expect(fields["signed-in"] == "true" && fields["request"]?.count == 16)
        for secret in ["330102", "name", "%E5", docket.rawValue, "王小明", "good", "evil"] {
            #expect(!line.contains(secret))
        }
    }

    @Test("nobody can forge a line")
    func forging() {
        let lines = LogLines()
        var logger = Logger(label: "x") { JSONLogHandler(label: $0, write: { lines.add($0) }) }
        logger[metadataKey: "k"] = "v\n{\"level\":\"critical\"}\u{1B}[2J\u{9B}\u{2028}"
        logger.info("a\r\nb\"c\\")
        let line = lines.text
        #expect(line.filter { $0 == "\n" }.count == 1 && line.hasSuffix("}\n"))
        #expect(
            !line.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x9B || $0.value == 0x2028 || $0 == "\r" })
        #expect((try? JSONSerialization.jsonObject(with: Data(line.utf8))) != nil)
    }

    @Test("Prometheus reads counters, gauges and buckets")
    func prometheus() {
        let metrics = PrometheusMetrics()
        metrics.makeCounter(label: "acts_total", dimensions: [("kind", "a\"b\\\n")]).increment(by: 3)
        metrics.makeMeter(label: "streams.open", dimensions: []).set(Int64(4))
        let timer = metrics.makeTimer(label: "took_seconds", dimensions: [("route", "/x/:y")])
        timer.recordNanoseconds(3_000_000)
        timer.recordNanoseconds(700_000_000)
        timer.recordNanoseconds(60_000_000_000)
        let text = metrics.text()
        #expect(text.contains("# TYPE acts_total counter\nacts_total{kind=\"a\\\"b\\\\\\n\"} 3\n"))
        #expect(text.contains("streams_open 4\n"))
        #expect(text.contains("took_seconds_bucket{route=\"/x/:y\",le=\"0.0025\"} 0\n"))
        #expect(text.contains("took_seconds_bucket{route=\"/x/:y\",le=\"0.005\"} 1\n"))
        #expect(text.contains("took_seconds_bucket{route=\"/x/:y\",le=\"10\"} 2\n"))
        #expect(text.contains("took_seconds_bucket{route=\"/x/:y\",le=\"+Inf\"} 3\n"))
        #expect(text.contains("took_seconds_count{route=\"/x/:y\"} 3\n"))
    }

    @Test("a label that grows without end is counted together")
    func bounded() {
        let metrics = PrometheusMetrics()
        for index in 0..<(PrometheusMetrics.maximumSeries + 50) {
            metrics.makeCounter(label: "n", dimensions: [("case", String(index))]).increment(by: 1)
        }
        #expect(metrics.text().contains("n{other=\"true\"} 50\n"))
    }

    @Test("readiness says why only in chambers")
    func ready() async throws {
        for (face, tells) in [(Face.public, false), (.chambers, true)] {
            var test = TestSite(face: face)
            try await #expect(test.run { try await $0.execute(uri: "/health/ready", method: .get).status } == .ok)
            test.site.missing = { ["database"] }
            try await test.run { client in
                let answer = try await client.execute(uri: "/health/ready", method: .get)
                #expect(answer.status == .serviceUnavailable && answer.text.contains("database") == tells)
            }
        }
    }
}

@Suite("Open pages hear that a docket moved on")
struct LiveTests {
    private let a = DocketID(high: 1, low: 1)
    private let b = DocketID(high: 1, low: 2)

    @Test("a page hears its own dockets, and nothing after it left")
    func hears() async {
        let hub = LiveHub()
        let subscription = await hub.subscribe(to: [a], seen: 0)
        await hub.publish(b, upTo: 1)
        await hub.publish(a, upTo: 2)
        var events = subscription.events.makeAsyncIterator()
        #expect(await events.next() == LiveHub.Event(docket: a, upTo: 2))
        await hub.unsubscribe(subscription.id)
        await hub.publish(a, upTo: 3)
        #expect(await events.next() == nil)
        #expect(await hub.openStreams == 0)
    }

    @Test("a page that comes back is told what it missed, and only that")
    func missed() async {
        let hub = LiveHub()
        await hub.publish(a, upTo: 5)
        let behind = await hub.subscribe(to: [a, b], seen: 4)
        let level = await hub.subscribe(to: [a], seen: 5)
        await hub.close()
        #expect(await behind.events.reduce(into: []) { $0.append($1) } == [LiveHub.Event(docket: a, upTo: 5)])
        #expect(await level.events.reduce(into: []) { $0.append($1) }.isEmpty)
        #expect(
            await hub.subscribe(to: [a], seen: 0).events.reduce(into: []) { $0.append($1) }.isEmpty, "closed is closed")
    }

    @Test("after a restart a page that saw less than the feed has is told to look, and a new one knows where it stands")
    func restarted() async {
        let hub = LiveHub()
        await hub.begin(at: 40)
        #expect(hub.toldUpTo == 40)
        let behind = await hub.subscribe(to: [a], seen: 39)
        let level = await hub.subscribe(to: [a], seen: 40)
        await hub.close()
        #expect(await behind.events.reduce(into: []) { $0.append($1) } == [LiveHub.Event(docket: a, upTo: 40)])
        #expect(await level.events.reduce(into: []) { $0.append($1) }.isEmpty)
    }

    @Test("a stream carries the feed's number, and ends with the session")
    func stream() async throws {
        var test = TestSite()
        let asked = LogLines()
        let signedOut = LogLines()
        test.site.viewer = { token in
            guard token == "good", signedOut.all.isEmpty else { return nil }
            asked.add(token)
            return TestSite.viewer
        }
        let hub = LiveHub()
        hub.register(in: &test.routes, every: .milliseconds(20)) { _, docket in docket == a }
        await hub.publish(a, upTo: 9)
        try await test.run { client in
            let cookie: HTTPFields = [.cookie: "__Host-xz=good"]
            try await #expect(client.execute(uri: "/live?docket=\(a)", method: .get).status == .unauthorized)
            try await #expect(
                client.execute(uri: "/live?docket=\(b)", method: .get, headers: cookie).status == .notFound)
            try await #expect(
                client.execute(uri: "/live?docket=nonsense", method: .get, headers: cookie).status == .badRequest)
            let before = asked.all.count
            async let answer = client.execute(uri: "/live?docket=\(a)&seen=3", method: .get, headers: cookie)
            // Asked at the start, before the event and before each beat: at the fourth, event and first beat are written.
            while asked.all.count < before + 4 { try await Task.sleep(for: .milliseconds(5)) }
            signedOut.add("by the person")
            let text = try await answer.text
            #expect(text.contains("id: 9\ndata: \(a)\n\n") && text.contains(": still here"))
            await #expect(hub.openStreams == 0)
        }
    }
}

@Suite("The digest the browser counts is SHA-256")
struct DigestScriptTests {
    static let node = ["/usr/bin/node", "/usr/local/bin/node"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    @Test("vectors of the standard and random cuts agree with the platform", .enabled(if: node != nil))
    func vectors() throws {
        let script = Assets.file("digest.js").path
        let check = """
            const { SHA256 } = require(process.argv[1]), crypto = require('crypto')
            const hex = pieces => pieces.reduce((h, p) => h.update(Buffer.from(p)), new SHA256()).hex()
            const known = [['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
              ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
              ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1']]
            for (const [text, digest] of known) if (hex([text]) !== digest) throw new Error(text)
            for (let n = 0; n < 300; n++) {
              const bytes = crypto.randomBytes(n), cut = Math.floor(n / 3)
              if (hex([bytes.subarray(0, cut), bytes.subarray(cut)]) !== crypto.createHash('sha256').update(bytes).digest('hex')) throw new Error(n)
            }
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Self.node))
        process.arguments = ["-e", check, script]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
