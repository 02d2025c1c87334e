import Accounts
import Crypto
import Docket
import Foundation
import Hummingbird
import LawPages
import Logging
import Metrics
import Procedure
import Proofs
import ServiceLifecycle
import Storage
import Web

/// How a court is served.
package struct ServingSettings: Sendable {
    package var host: String
    package var port: Int
    package var face: Face
    /// As people type the court's address; nil for the loopback address served.
    package var origin: Origin?
    package var trustedProxies: Set<String>

    package init(
        host: String = "127.0.0.1", port: Int = 8080, face: Face = .both, origin: Origin? = nil,
        trustedProxies: Set<String> = []
    ) {
        self.host = host
        self.port = port
        self.face = face
        self.origin = origin
        self.trustedProxies = trustedProxies
    }
}

/// A court with everything that runs while it serves: ledger, outbox, feed, live news, pages.
package struct CourtServer: Sendable {
    package let court: CourtHouse
    package let sequencer: Sequencer
    package let routes: Routes
    package let site: Site
    package let sweeping: Sweeping
    private let settings: ServingSettings
    private let services: [any Service]
    private let live: LiveHub

    /// - Parameter more: what only a demonstration has.
    package init(
        _ court: CourtHouse, settings: ServingSettings, more: DemonstrationParts = .none
    ) async throws {
        self.court = court
        self.settings = settings
        let metrics = MetricsOnce.factory
        let sequencer = try await court.sequencer()
        self.sequencer = sequencer
        let areas = try court.areas(sequencer: sequencer, publicOrigin: settings.origin) + more.areas
        let live = LiveHub()
        self.live = live

        var routes = Routes()
        Assets.register(in: &routes)
        HealthRoutes.register(in: &routes, metrics: metrics)
        live.register(in: &routes) { [registry = court.registry] viewer, docket in
            let (_, state) = try await registry.docket(docket)
            return viewer.may(.readCase, in: state)
        }
        for area in areas { area.mount(&routes) }
        // The description names the routes of its own area too, so they are listed before they are mounted.
        let lawPages = LawPagesArea(tables: court.registry.tables, court: court.profile)
        var listed = routes
        lawPages.mount(on: &listed) { [] }
        let all = listed.list
        lawPages.mount(on: &routes) { all }
        self.routes = routes

        let accounts = court.accounts
        let clock = court.registry.clock
        let store = court.store
        var site = Site(
            court: court.profile, face: settings.face, version: Version.text,
            origin: settings.origin ?? Origin(secure: false, authority: "\(settings.host):\(settings.port)"),
            formKey: court.courtKey.key(for: .sessions), logger: court.logger,
            trustedProxies: settings.trustedProxies, now: { clock.now },
            viewer: { token in
                guard let token = SessionToken(rawValue: token) else { return nil }
                return try await accounts.viewer(for: token)
            },
            missing: {
                do {
                    _ = try await store.read { try $0.row("SELECT 1") }
                    return []
                } catch {
                    return ["database"]
                }
            },
            navigation: Navigation.links)
        site.demonstrationCode = more.code
        site.feedNumber = { live.toldUpTo }
        let readings = Readings(of: court)
        site.noteReading = { try await readings.note($0) }
        self.site = site
        // File times are the system's, also where a demonstration's clock is ahead.
        let system = CourtClock()
        sweeping = Sweeping(
            store: store, sweeps: Sweep.ofCourt(court) + areas.flatMap(\.sweeps),
            now: { Sweep.Time(court: clock.now, system: system.now) }, logger: court.logger)
        services = [
            FeedNumbering(store: court.store, logger: court.logger), sequencer,
            OutboxWorker(registry: court.registry, handlers: areas.flatMap(\.handlers), logger: court.logger),
            LivePump(store: court.store, hub: live, logger: court.logger), sweeping, readings,
        ]
    }

    /// Serves until the process is told to stop.
    package func run(whenReady: @escaping @Sendable () async -> Void = {}) async throws {
        FreedMemory.keepSome()
        var logger = court.logger
        logger.logLevel = .warning
        let application = Application(
            router: site.router(routes),
            server: .http1(configuration: .init(additionalChannelHandlers: [LargerReads()])),
            configuration: .init(address: .hostname(settings.host, port: settings.port), serverName: nil),
            onServerRunning: { _ in await whenReady() }, logger: logger)
        // They stop in reverse order: the pages' streams end first, or the application would wait for them for ever.
        var configuration = ServiceGroupConfiguration(
            services: (services + [application, LiveStreams(hub: live)]).map { .init(service: $0) },
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = Self.patience
        try await ServiceGroup(configuration: configuration).run()
    }

    /// How long requests under way may take to end once the court is told to stop; then they are cut off.
    private static let patience = Duration.seconds(8)
}

/// What only a demonstration court adds: its pages, and the codes its people would read from an app.
package struct DemonstrationParts: Sendable {
    package let areas: [MountedArea]
    package let code: (@Sendable (Viewer, Instant) -> String?)?

    package init(areas: [MountedArea], code: (@Sendable (Viewer, Instant) -> String?)?) {
        self.areas = areas
        self.code = code
    }

    package static let none = DemonstrationParts(areas: [], code: nil)
}

/// Tells this process's open pages what moved, as the feed has it: also what another node entered.
struct LivePump: Service {
    let store: Store
    let hub: LiveHub
    let logger: Logger

    func run() async throws {
        let feed = Feed(store: store)
        await hub.begin(at: try await feed.last())
        try await store.follow(Feed.channel) {
            do {
                while true {
                    let moves = try await feed.moves(after: hub.toldUpTo, limit: 500)
                    guard !moves.isEmpty else { return }
                    for move in moves { await hub.publish(move.docket, upTo: move.sequence) }
                }
            } catch {
                logger.warning("open pages not told", metadata: ["error": "\(type(of: error))"])
            }
        }
    }
}

/// Ends the streams of open pages as the process stops; browsers come back by themselves.
struct LiveStreams: Service {
    let hub: LiveHub

    func run() async throws {
        try? await gracefulShutdown()
        await hub.close()
    }
}

/// The metrics system can be set up once in a process.
enum MetricsOnce {
    static let factory: PrometheusMetrics = {
        let factory = PrometheusMetrics()
        MetricsSystem.bootstrap(factory)
        return factory
    }()
}

/// The release, as every page and `xiezhi --version` show it.
package enum Version {
    package static let text = "0.1.0"
}

/// The main links, by who looks.
enum Navigation {
    @Sendable static func links(_ context: CourtContext) -> [Page.Link] {
        var links: [Page.Link] = []
        guard let viewer = context.viewer else {
            return [
                Page.Link(Words("诉讼费计算", "Court fee"), path: "/law/fee"),
                Page.Link(Words("期限计算", "Time limits"), path: "/law/deadline"),
            ]
        }
        if !viewer.isStaff {
            links.append(Page.Link(Words("我的案件", "My cases"), path: "/cases"))
            links.append(Page.Link(Words("收件箱", "Inbox"), path: "/inbox"))
            links.append(Page.Link(Words("提起诉讼", "Start a case"), path: "/drafts"))
        }
        if viewer.offices.contains(.filingClerk) {
            links.append(Page.Link(Words("立案", "Filings"), path: "/desk/filing"))
            links.append(Page.Link(Words("实名核验", "Identity checks"), path: "/desk/people"))
        }
        if viewer.offices.contains(.clerk) { links.append(Page.Link(Words("送达", "Service"), path: "/desk/service")) }
        if viewer.offices.contains(where: { [.judge, .clerk, .president].contains($0) }) {
            links.append(Page.Link(Words("工作台", "Desk"), path: "/desk"))
        }
        if viewer.offices.contains(.administrator) {
            links.append(Page.Link(Words("人员", "Staff"), path: "/admin"))
        }
        return links
    }
}
