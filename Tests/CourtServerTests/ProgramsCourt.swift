import Accounts
import CourtServer
import Docket
import Foundation
import Hummingbird
import HummingbirdTesting
import Procedure
import Testing
import Web

@testable import Demonstration

/// The whole court for programs, in process, with one simulated case brought as far as a test needs it.
struct ProgramsCourt {
    let court: CourtHouse
    let server: CourtServer
    var site: Site
    var told: SimulatedCase

    /// Founds a court and tells a case in which the exchange of evidence is over.
    static func with(_ body: (inout ProgramsCourt) async throws -> Void) async throws {
        try await SimulatedCourt.with(cases: 0, seed: 1, depth: .docketed) { court, _ in
            let today = court.profile.zone.day(of: court.registry.clock.now)
            var random = SimulationRandom(seed: 11, stream: 1)
            let plan = SimulationPlan(
                docketedOn: court.registry.tables.restDays.firstWorkday(from: today.adding(days: -50)),
                isCorrected: false, random: &random)
            var told = try await SimulatedCase(
                court, staff: SimulatedStaff(seed: 11), plan: plan, manner: .init(isBrisk: true), random: random)
            try await told.submit()
            try await told.docket(servingNotices: false)
            try await told.bringTogether()
            try await told.exchangeEvidence()
            let server = try await CourtServer(court, settings: ServingSettings())
            var site = server.site
            site.limits = .unlimited
            let parties = [plan.buyer.account: "buyer", plan.seller.account: "seller"]
            let judge = told.state.filing.docketed?.draw.drawn
            let clerk = told.staff.clerk.account
            let president = AccountID(high: 9, low: 98)
            let now = site.now
            site.viewer = { token in
                let (account, offices): (AccountID, Set<Office>)
                switch token {
                case "judge": (account, offices) = (try #require(judge), [.judge])
                case "clerk": (account, offices) = (clerk, [.clerk])
                case "president": (account, offices) = (president, [.president])
                default:
                    guard let party = parties.first(where: { $0.value == token })?.key else { return nil }
                    (account, offices) = (party, [])
                }
                return Viewer(
                    account: account, name: token, offices: offices, session: .random(), secondFactorAt: now(),
                    isVerified: true)
            }
            var programs = ProgramsCourt(court: court, server: server, site: site, told: told)
            try await body(&programs)
        }
    }

    var application: some ApplicationProtocol { Application(router: site.router(server.routes)) }
    var today: CourtDay { court.profile.zone.day(of: site.now()) }
    var path: String { "/api/v1/cases/\(told.docket)" }

    /// Sends as somebody; the answer must have the shape its operation describes.
    func ask(
        _ method: HTTPRequest.Method, _ path: String, as who: String, _ body: String? = nil,
        expecting status: HTTPResponse.Status = .ok, _ place: SourceLocation = #_sourceLocation
    ) async throws -> JSONValue {
        let answer = try await application.test(.router) { client in
            try await client.execute(
                uri: path, method: method,
                headers: [.authorization: "Bearer \(who)", .contentType: "application/json"],
                body: body.map { ByteBuffer(string: $0) })
        }
        let text = String(buffer: answer.body)
        #expect(answer.status == status, "\(method) \(path) \(who): \(text)", sourceLocation: place)
        let json = try JSONReader.read(answer.body.readableBytesView)
        if answer.status.kind == .successful, let route = route(method, path), let shape = route.operation?.answers {
            let faults = shape.faults(in: json).map { "\($0.field): \($0.words.en)" }
            #expect(faults.isEmpty, "\(method) \(path): \(faults) in \(text)", sourceLocation: place)
        }
        return json
    }

    private func route(_ method: HTTPRequest.Method, _ path: String) -> Route? {
        let parts = path.split(separator: "/")
        return server.routes.list.first { route in
            let template = route.template.split(separator: "/")
            return route.method == method && template.count == parts.count
                && zip(template, parts).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
        }
    }
}

extension JSONValue {
    /// A member of an object; `null` where there is none.
    subscript(_ name: String) -> JSONValue {
        guard case .object(let members) = self else { return .null }
        return members[name] ?? .null
    }

    subscript(_ index: Int) -> JSONValue {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return .null }
        return elements[index]
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var count: Int { if case .array(let elements) = self { elements.count } else { 0 } }
}
