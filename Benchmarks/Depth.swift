import CourtServer
import Demonstration
import Docket
import Foundation
import NIOCore
import NIOHTTP1
import Procedure
import Storage

/// What the clerk reads with few and with many cases in the court; how soon the large court answers after a start, and
/// what it needs while idle.
struct Depth: Sendable {
    let bench: Bench

    private static let rounds = 100
    private static let slowest = 50.0
    private static let growth = 1.5

    /// A simulated court, and what to ask it for.
    private struct Prepared: Sendable {
        let folder: String
        let cases: Int
        let dockets: [DocketID]
        let names: [String]
    }

    func measure() async throws -> [Measure] {
        try await makeCourts()
        let few = try await sampled(bench.fewCases)
        let many = try await sampled(bench.cases)
        var starts: [Double] = []
        for _ in 0..<5 {
            let server = try await ServerProcess.start(bench, court: many.folder, port: 18_203)
            starts.append(server.firstAnswerAfter.milliseconds)
            server.stop()
        }
        // Depth is to be measured and not the disk. What is asked for is read once by servers that are then stopped, so that
        // it lies in the machine's memory, as it does in a court at work, and nothing of it in the server's own.
        _ = try await asked(few, many)
        let answers = try await asked(few, many)
        let start = Samples(starts)
        return answers.measures + [
            Measure(
                .depth, "start to first answer, \(many.cases) cases", start.greatest, "ms",
                limit: .init(name: "start of the program alone", value: try programStart(), unit: "ms"),
                bound: .atMost(1_000), note: "the longest of \(start.count); median \(Measure.text(start.median)) ms"),
            Measure(.depth, "idle memory, \(many.cases) cases", answers.idle, "MiB", bound: .atMost(120)),
            Measure(.depth, "memory after the reads", answers.busy, "MiB"),
        ]
    }

    /// Asks both courts, served anew, for everything; memory in MiB is that of the large one.
    private func asked(
        _ few: Prepared, _ many: Prepared
    ) async throws -> (measures: [Measure], idle: Double, busy: Double) {
        let small = try await ServerProcess.start(bench, court: few.folder, port: 18_202)
        defer { small.stop() }
        let large = try await ServerProcess.start(bench, court: many.folder, port: 18_203)
        defer { large.stop() }
        try await Task.sleep(for: .seconds(5))
        let idle = large.memory
        let measures = try await reads((small, few), (large, many))
        return (measures, idle, large.memory)
    }

    // MARK: Courts

    private func folder(_ cases: Int) -> String { "\(bench.out)/court-\(cases)" }

    /// Makes both courts, unless an earlier run did.
    func makeCourts() async throws {
        for cases in [bench.fewCases, bench.cases] { try await make(cases) }
    }

    /// Makes a court in slices, each of a seed of its own, so that a run which was stopped goes on where it was.
    private func make(_ cases: Int) async throws {
        let folder = folder(cases)
        let mark = "\(folder)/complete-with-waiting"
        guard !FileManager.default.fileExists(atPath: mark) else { return }
        let place = CourtPlace(folder: folder)
        if !FileManager.default.fileExists(atPath: "\(folder)/keys/court.key") {
            _ = try bench.freshFolder("court-\(cases)")
            try await CourtHouse.found(
                at: place, profile: DemonstrationProfiles.internet,
                ledgerName: "xiezhi.example/demonstration/internet", logger: Bench.logger)
        }
        let court = try await CourtHouse.open(at: place, logger: Bench.logger)
        Bench.say("making \(cases) judged cases in \(folder); kept for later runs")
        while case let made = try await Self.dockets(in: court), made < cases {
            let report = try await Simulation(court, seed: UInt64(made) + 1).run(
                cases: min(Self.slice, cases - made), depth: .judged)
            Bench.say("\(made + report.cases) cases; \(report.acts) acts at \(report.actsPerSecond) acts/s")
        }
        // As many in each court, so that the desks of both are full and show as much.
        _ = try await Simulation(court, seed: UInt64(try await Self.dockets(in: court)) + 1).run(
            cases: Self.waiting, depth: .docketed)
        try await court.close()
        _ = try await DemonstrationCourt.prepare(at: place, logger: Bench.logger) { _ in }
        try Data().write(to: URL(fileURLWithPath: mark))
    }

    private static let slice = 6_400
    private static let waiting = 200

    /// Those that a stopped run left half-told among them: at most one batch.
    private static func dockets(in court: CourtHouse) async throws -> Int {
        try await court.store.read { reading in
            try reading.row("SELECT count(*) FROM docket_head WHERE kind = 'case'").map { try Int($0.integer(0)) } ?? 0
        }
    }

    /// Cases drawn over the whole court, and the names of people in them.
    private func sampled(_ cases: Int) async throws -> Prepared {
        let folder = folder(cases)
        let court = try await CourtHouse.open(
            at: CourtPlace(folder: folder), readOnly: true, logger: Bench.logger)
        let all = try await court.store.read { reading in
            try reading.rows("SELECT docket FROM docket_head WHERE kind = 'case' ORDER BY docket")
                .map { try $0.identifier(0) as DocketID }
        }
        var dockets: [DocketID] = []
        var names: [String] = []
        for round in 0..<(Self.rounds + 20) {
            // Ids are drawn at random, so that neighbours in their order lie anywhere in time.
            let docket = all[round * 7_919 % all.count]
            dockets.append(docket)
            guard let matter = try await Matters(court.registry).matter(docket) else { continue }
            names.append(String(matter.title.prefix { $0 != "诉" }))
        }
        try await court.close()
        return Prepared(folder: folder, cases: cases, dockets: dockets, names: names)
    }

    // MARK: Reads

    private struct Page: Sendable {
        let name: String
        let method: HTTPMethod
        let path: @Sendable (Prepared, Int) -> String
        let body: @Sendable (Prepared, Int) -> String?
    }

    private static let pages = [
        Page(name: "clerk's queue", method: .GET, path: { _, _ in "/desk/service" }, body: { _, _ in nil }),
        Page(name: "clerk's desk", method: .GET, path: { _, _ in "/desk" }, body: { _, _ in nil }),
        Page(
            name: "name search", method: .POST, path: { _, _ in "/desk/search" },
            body: { court, round in
                let name = court.names[round % court.names.count]
                return "name=" + (name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
            }),
        Page(
            name: "case page", method: .GET, path: { court, round in "/cases/\(court.dockets[round])" },
            body: { _, _ in nil }),
    ]

    /// Both courts in turn, so that whatever else the machine does meets both.
    private func reads(
        _ small: (server: ServerProcess, court: Prepared), _ large: (server: ServerProcess, court: Prepared)
    ) async throws -> [Measure] {
        let tokens = (try await clerk(at: small.server), try await clerk(at: large.server))
        var measures: [Measure] = []
        for page in Self.pages {
            let (few, many) = try await Line.open(port: small.server.port) { first in
                try await Line.open(port: large.server.port) { second in
                    var (few, many): ([Double], [Double]) = ([], [])
                    for round in 0..<(Self.rounds + 20) {
                        let one = try await ask(page, &first, small.court, tokens.0, round)
                        let other = try await ask(page, &second, large.court, tokens.1, round)
                        // The first twenty open statements and files.
                        if round >= 20 {
                            few.append(one)
                            many.append(other)
                        }
                        // Within what the court lets one account ask for.
                        try await Task.sleep(for: .milliseconds(60))
                    }
                    return (Samples(few), Samples(many))
                }
            }
            measures.append(
                Measure(
                    .depth, "\(page.name), median, \(large.court.cases) cases", many.median, "ms",
                    limit: .init(name: "\(small.court.cases) cases", value: few.median, unit: "ms"),
                    bound: .ratioAtMost(Self.growth)))
            measures.append(
                Measure(
                    .depth, "\(page.name), p95, \(large.court.cases) cases", many.percentile(95), "ms",
                    limit: .init(name: "\(small.court.cases) cases", value: few.percentile(95), unit: "ms"),
                    bound: .atMost(Self.slowest), note: "the longest \(Measure.text(many.greatest)) ms"))
        }
        return measures
    }

    private struct Unexpected: Error, CustomStringConvertible {
        let description: String
    }

    /// - Returns: milliseconds from the first byte sent to the last received.
    private func ask(
        _ page: Page, _ line: inout Line, _ court: Prepared, _ token: String, _ round: Int
    ) async throws -> Double {
        var headers: HTTPHeaders = ["authorization": "Bearer \(token)", "accept": "text/html"]
        let body = page.body(court, round)
        if body != nil { headers.add(name: "content-type", value: "application/x-www-form-urlencoded") }
        let began = ContinuousClock.now
        let answer = try await line.send(
            page.method, page.path(court, round), headers, body: body.map { ByteBuffer(string: $0) })
        let elapsed = began.duration(to: .now).milliseconds
        guard answer.status == 200 else {
            throw Unexpected(description: "\(page.name): \(answer.status) \(answer.text.prefix(300))")
        }
        return elapsed
    }

    /// Signs in as the demonstration's clerk, with one click as people do.
    private func clerk(at server: ServerProcess) async throws -> String {
        try await Line.open(port: server.port) { line in
            let page = try await line.send(.GET, "/demo", ["accept": "text/html"])
            guard let seed = page.cookie("xz-form"),
                let proof = page.text.firstMatch(of: /name="_csrf" value="([0-9a-f]+)"/)
            else { throw Unexpected(description: "no form on the page of parts") }
            let answer = try await line.send(
                .POST, "/demo/as/clerk",
                ["cookie": "xz-form=\(seed)", "content-type": "application/x-www-form-urlencoded"],
                body: ByteBuffer(string: "_csrf=\(proof.1)"))
            guard let token = answer.cookie("xz") else {
                throw Unexpected(description: "not signed in: \(answer.status) \(answer.text.prefix(300))")
            }
            return token
        }
    }

    /// What starting the program costs before there is a court in it.
    private func programStart() throws -> Double {
        var times: [Double] = []
        for _ in 0..<5 {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: bench.server)
            process.arguments = ["--version"]
            process.standardOutput = FileHandle.nullDevice
            let began = ContinuousClock.now
            try process.run()
            process.waitUntilExit()
            times.append(began.duration(to: .now).milliseconds)
        }
        return Samples(times).median
    }
}
