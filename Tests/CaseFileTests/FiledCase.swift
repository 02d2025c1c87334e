import Accounts
import CourtServer
import Demonstration
import Docket
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Procedure
import Web

/// A court with one simulated case, from the complaint to its end, and the people in it before their browsers.
struct FiledCase: Sendable {
    let court: CourtHouse
    let docket: DocketID
    let state: CaseState
    let site: Site
    let routes: Routes

    /// Who asks; the raw value is also the bearer token.
    enum Reader: String, CaseIterable, Sendable {
        case plaintiff, defendant, clerk, stranger
        /// The plaintiff, whose second factor has grown old.
        case tired
    }

    static func with(_ body: (FiledCase) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "case-file-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let place = CourtPlace(folder: folder)
        try await CourtHouse.found(
            at: place, profile: DemonstrationProfiles.internet, ledgerName: "xiezhi.example/test/case-file",
            logger: quiet)
        let court = try await CourtHouse.open(at: place, logger: quiet)
        do {
            _ = try await Simulation(court, seed: 11).run(cases: 1, depth: .judged)
            try await body(try await FiledCase(court))
            try await court.close()
        } catch {
            try? await court.close()
            throw error
        }
    }

    private init(_ court: CourtHouse) async throws {
        self.court = court
        let cases = try await court.store.read { reading in
            try reading.rows("SELECT DISTINCT docket FROM act WHERE type = 'filing.submitted'")
                .map { try $0.identifier(0) as DocketID }
        }
        guard let docket = cases.first else { throw NotFound() }
        self.docket = docket
        let state = try await court.registry.docket(docket).state
        self.state = state
        let server = try await CourtServer(court, settings: ServingSettings())
        var site = server.site
        site.limits = .unlimited
        site.viewer = { token in
            Reader(rawValue: token).map { Self.viewer($0, in: state, now: court.registry.clock.now) }
        }
        self.site = site
        routes = server.routes
    }

    private static func viewer(_ reader: Reader, in state: CaseState, now: Instant) -> Viewer {
        func account(_ role: PartyPlace.Role) -> AccountID {
            state.parties.places.first { $0.role == role }.flatMap { state.parties.filledBy[$0.party] }
                ?? AccountID(high: 9, low: 9)
        }
        // Before the request came, as a second factor is.
        let given = now.adding(milliseconds: -10_000)
        return switch reader {
        case .plaintiff: viewer(account(.plaintiff), at: given)
        case .defendant: viewer(account(.defendant), at: given)
        case .clerk: viewer(AccountID(high: 9, low: 1), offices: [.clerk], at: given)
        case .stranger: viewer(AccountID(high: 9, low: 2), at: given)
        case .tired: viewer(account(.plaintiff), at: nil)
        }
    }

    private static func viewer(_ account: AccountID, offices: Set<Office> = [], at factor: Instant?) -> Viewer {
        Viewer(
            account: account, name: "测试", offices: offices, session: .random(), secondFactorAt: factor,
            isVerified: true)
    }

    var path: String { "/cases/\(docket)/file.zip" }

    func asked(_ body: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        let application = Application(
            router: site.router(routes), configuration: .init(address: .hostname("127.0.0.1", port: 0)))
        try await application.test(.router) { try await body($0) }
    }
}

extension TestClientProtocol {
    func get(
        _ path: String, as reader: FiledCase.Reader, _ headers: [HTTPField.Name: String] = [:],
        method: HTTPRequest.Method = .get
    ) async throws -> TestResponse {
        var fields: HTTPFields = [.authorization: "Bearer \(reader.rawValue)"]
        for (name, value) in headers { fields[name] = value }
        return try await execute(uri: path, method: method, headers: fields)
    }
}

extension TestResponse {
    var bytes: [UInt8] { Array(buffer: body) }
    var text: String { String(buffer: body) }
}

/// A zip as a program that shares no code with us unpacks it.
struct Unpacked {
    let folder: URL
    let names: [String]

    init(_ bytes: [UInt8]) throws {
        let place = FileManager.default.temporaryDirectory.appending(path: "unpacked-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let zip = place.appending(path: "file.zip")
        try Data(bytes).write(to: zip)
        folder = place.appending(path: "case")
        let unzip = Process()
        unzip.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        unzip.arguments = ["-m", "zipfile", "-e", zip.path, folder.path]
        try unzip.run()
        unzip.waitUntilExit()
        guard unzip.terminationStatus == 0 else { throw CocoaError(.fileReadCorruptFile) }
        names = FileManager.default.subpaths(atPath: folder.path)?.filter { $0.contains(".") }.sorted() ?? []
    }

    func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }

    func remove() { try? FileManager.default.removeItem(at: folder.deletingLastPathComponent()) }
}
