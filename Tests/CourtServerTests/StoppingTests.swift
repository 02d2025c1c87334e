import CourtServer
import Docket
import Foundation
import ServiceLifecycle
import Testing

@testable import Demonstration

@Suite("A court that is told to stop stops")
struct StoppingTests {
    @Test("with a page listening, the page's stream ends in good order and the court is down", .timeLimit(.minutes(5)))
    func openStreamEnds() async throws {
        try await SimulatedCourt.with(cases: 1, seed: 31, depth: .docketed) { court, _ in
            // Given a plaintiff whose case page listens for news
            let people = try await DemonstrationCast(court: court).make()
            let plaintiff = try #require(people.first { $0.part == .plaintiff })
            let docket = try await Self.submittedCase(of: plaintiff, in: court)
            let session = try await DemonstrationCast(court: court).token(of: plaintiff)
            let port = try RawConnection.freePort()
            let server = try await CourtServer(court, settings: ServingSettings(port: port))
            let ready = AsyncStream.makeStream(of: Void.self)
            let group = ServiceGroup(
                services: [Served(server: server, ready: ready.continuation)], logger: SimulatedCourt.quiet)
            let serving = Task { try await group.run() }
            await ready.stream.first { _ in true }
            let page = try RawConnection(port: port)
            try page.send(
                "GET /live?docket=\(docket) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n"
                    + "Cookie: xz=\(session.rawValue)\r\n\r\n")
            #expect(try await page.text(until: ": open").hasPrefix("HTTP/1.1 200"))

            // When the court is told to stop
            await group.triggerGracefulShutdown()

            // Then the stream is finished, not broken off, and nothing serves any longer
            #expect(try await page.text(until: nil).hasSuffix("0\r\n\r\n"))
            try await serving.value
            #expect(throws: POSIXError.self) { _ = try RawConnection(port: port) }
        }
    }

    private static func submittedCase(of person: DemonstrationPerson, in court: CourtHouse) async throws -> String {
        var random = SimulationRandom(seed: 32)
        let buyer = SimulatedParty(
            account: person.account, name: person.name, residentNumber: "110000199003070048",
            telephone: person.signInName, shop: nil, random: &random)
        let plan = SimulationPlan(docketedOn: "2025-03-03", buyer: buyer, isCorrected: false, random: &random)
        var told = try await SimulatedCase(court, staff: SimulatedStaff(seed: 32), plan: plan, random: random)
        try await told.submit()
        return told.docket.rawValue
    }

    private struct Served: Service {
        let server: CourtServer
        let ready: AsyncStream<Void>.Continuation

        func run() async throws {
            try await server.run { [ready] in ready.finish() }
        }
    }
}
