import Docket
import Hummingbird
import HummingbirdTesting
import Procedure
import Storage
import Testing
import Web

@testable import CourtServer
@testable import Demonstration

@Suite("Reading leaves a trace (OLR 38)")
struct ReadingsTests {
    private struct Line: Hashable {
        let what: String
        let why: String
        let object: String
    }

    private func expect(
        _ lines: Set<Line>, in court: ProgramsCourt, _ place: SourceLocation = #_sourceLocation
    ) async throws {
        let found = try await court.court.store.read { reading in
            Set(
                try reading.rows("SELECT what, why, object FROM read_line").map {
                    Line(what: try $0.text(0), why: try $0.text(1), object: try $0.text(2))
                })
        }
        #expect(found == lines, sourceLocation: place)
    }

    @discardableResult
    private func get(
        _ path: String, as who: String, in court: ProgramsCourt, expecting status: HTTPResponse.Status? = .ok,
        _ place: SourceLocation = #_sourceLocation
    ) async throws -> HTTPResponse.Status {
        let found = try await court.application.test(.router) { client in
            try await client.execute(uri: path, method: .get, headers: [.authorization: "Bearer \(who)"]).status
        }
        if let status { #expect(found == status, sourceLocation: place) }
        return found
    }

    @Test("who is shown a page of a case, an entry or a list of the court's is written down, with their part")
    func written() async throws {
        try await ProgramsCourt.with { court in
            let docket = court.told.docket
            let entry = try #require(try await court.court.registry.entries(of: docket).first?.entry.id)
            try await get("/cases/\(docket)", as: "judge", in: court)
            try await get("/cases/\(docket)/entries/\(entry)", as: "buyer", in: court)
            try await get("/desk/service", as: "clerk", in: court)
            _ = try await court.ask(.get, court.path, as: "seller")
            try await expect(
                [
                    Line(what: "/cases/:docket", why: "judge", object: ""),
                    Line(what: "/cases/:docket/entries/:entry", why: "plaintiff", object: entry.rawValue),
                    Line(what: "/desk/service", why: "clerk", object: ""),
                    Line(what: "/api/v1/cases/:docket", why: "defendant", object: ""),
                ], in: court)
        }
    }

    @Test("public pages, a person's own lists and what was refused leave none")
    func unwritten() async throws {
        try await ProgramsCourt.with { court in
            try await get("/law/fee", as: "judge", in: court)
            try await get("/cases", as: "buyer", in: court)
            try await get("/cases/\(DocketID.random())", as: "judge", in: court, expecting: .notFound)
            let status = try await get("/cases/\(court.told.docket)", as: "nobody", in: court, expecting: nil)
            #expect(status != .ok)
            try await expect([], in: court)
        }
    }

    @Test("what cannot be written down is not shown")
    func refused() async throws {
        try await ProgramsCourt.with { court in
            var court = court
            court.site.noteReading = { _ in throw StorageError.full }
            let status = try await get("/cases/\(court.told.docket)", as: "judge", in: court, expecting: nil)
            #expect(status.kind == .serverError)
        }
    }

    @Test("the audit reads closed hours, and names the one that somebody changed past the database")
    func audited() async throws {
        try await ProgramsCourt.with { court in
            try await get("/cases/\(court.told.docket)", as: "judge", in: court)
            let later = court.court.registry.clock.now.adding(hours: 2)
            #expect(try await court.court.readings.closeHours(now: later) == 1)
            await court.server.sequencer.integrateAll()
            #expect(try await Audit(court.court).run(withFiles: false).differences == [])
            try await court.court.store.write { t in
                try t.run("DROP TRIGGER read_line_no_update")
                try t.run("UPDATE read_line SET why = 'clerk'")
            }
            #expect(try await Audit(court.court).run(withFiles: false).differences.map(\.kind) == [.readingsChanged])
        }
    }
}
