import CourtServer
import Docket
import Procedure
import Testing

@Suite("Finding a case by what people type")
struct SearchTests {
    private static func dockets(of court: CourtHouse) async throws -> [DocketID] {
        try await court.store.read { reading in
            try reading.rows("SELECT docket FROM docket_head WHERE kind = 'case'").map { try $0.identifier(0) }
        }
    }

    @Test("by number, by the whole name, and by a part of it only where nobody has it as a whole or when asked for")
    func search() async throws {
        try await SimulatedCourt.with(cases: 4, seed: 21, depth: .docketed) { court, _ in
            let matters = Matters(court.registry)
            let dockets = try await Self.dockets(of: court)
            #expect(dockets.count == 4)
            for docket in dockets {
                let matter = try #require(try await matters.matter(docket))
                let name = String(matter.title.prefix { $0 != "诉" })
                let byName = try await matters.search(name)
                #expect(byName.rows.contains(matter) && byName.isExact)
                let byNumber = try await matters.search(try #require(matter.number))
                #expect(byNumber.rows == [matter] && !byNumber.isExact)
                let byPart = try await matters.search(String(name.prefix(2)))
                #expect(byPart.rows.contains(matter) && !byPart.isExact)
                let wider = try await matters.search(name, alsoInside: true)
                #expect(wider.rows.contains(matter) && !wider.isExact)
                #expect(try await matters.search("\(name)无此人").rows.isEmpty)
            }
            for nothing in ["", " ", "·"] {
                let found = try await matters.search(nothing)
                #expect(found.rows.isEmpty)
            }
        }
    }

    @Test("the person behind a shop is found, and said, since the title names the shop")
    func behindAShop() async throws {
        try await SimulatedCourt.with(cases: 4, seed: 23, depth: .docketed) { court, _ in
            let matters = Matters(court.registry)
            var behindShops = 0
            for docket in try await Self.dockets(of: court) {
                let parties = try await court.registry.docket(docket).state.parties
                guard let details = parties.defendant?.details, let shop = details.tradeName else { continue }
                behindShops += 1
                let matter = try #require(try await matters.matter(docket))
                #expect(!matter.title.contains(details.name))
                let byPerson = try await matters.search(details.name)
                #expect(byPerson.rows.contains(matter) && byPerson.parties[docket] == details.name)
                let byPart = try await matters.search(String(details.name.prefix(2)), alsoInside: true)
                #expect(byPart.rows.contains(matter))
                let byShop = try await matters.search(shop)
                #expect(byShop.rows.contains(matter) && byShop.parties[docket] == nil)
            }
            #expect(behindShops > 0)
        }
    }

    @Test("many of one name: the newest first, and no more than asked for")
    func many() async throws {
        try await SimulatedCourt.with(cases: 12, seed: 22, depth: .docketed) { court, _ in
            let matters = Matters(court.registry)
            // Every simulated seller is a shop; some part of a name is shared by many.
            var pairs: [String: Int] = [:]
            for docket in try await Self.dockets(of: court) {
                let title = try #require(try await matters.matter(docket)).title
                for pair in zip(title, title.dropFirst()) where pair.0 != "诉" && pair.1 != "诉" {
                    pairs[String([pair.0, pair.1]), default: 0] += 1
                }
            }
            let shared = try #require(pairs.max { $0.value < $1.value })
            let all = try await matters.search(shared.key, limit: 20).rows
            #expect(all.count >= 2)
            #expect(all.map(\.submitted) == all.map(\.submitted).sorted(by: >))
            let one = try await matters.search(shared.key, limit: 1).rows
            #expect(one == Array(all.prefix(1)))
        }
    }
}
