import Accounts
import Docket
import Hummingbird
import Procedure
import Proofs
import Web

/// The case and its docket as JSON.
extension CaseFileArea {
    func mountAPI(on routes: inout Routes) {
        routes.api(.get, "/api/v1/cases", face: .public, CaseOperations.list) { [self] _, context -> CasesJSON in
            let viewer = try context.person()
            let (rows, total) = try await Matters(registry).cases(
                ofParty: viewer.account, offset: context.query["offset"].flatMap(Int.init) ?? 0)
            return CasesJSON(cases: rows.map(CaseJSON.init), total: total)
        }
        routes.api(.get, "/api/v1/cases/:docket", face: .both, CaseOperations.one) { [self] _, context -> DocketJSON in
            let read = try await read(context)
            let entries = try await visibleEntries(read)
            let places = try await receipts.places(of: read.docket)
            return DocketJSON(
                docket: read.docket.rawValue, number: read.state.filing.docketed?.number.rawValue,
                phase: read.state.phase.rawValue,
                entries: entries.map { opened in
                    EntryJSON(opened.entry, ledgerIndex: places[opened.entry.position])
                })
        }
    }
}

struct CaseJSON: ResponseEncodable, Codable, Sendable {
    let docket, phase, title: String
    let number: String?

    init(_ row: MatterRow) {
        docket = row.docket.rawValue
        phase = row.phase.rawValue
        title = row.title
        number = row.number
    }
}

struct CasesJSON: ResponseEncodable, Codable, Sendable {
    let cases: [CaseJSON]
    let total: Int
}

struct EntryJSON: Codable, Sendable {
    let id, type, capacity, channel, happened, entered: String
    let number: Int
    let under: [String]
    /// Where its leaf stands in the ledger; absent for the second or two until it does.
    let ledgerIndex: UInt64?

    enum CodingKeys: String, CodingKey {
        case id, type, capacity, channel, happened, entered, number, under
        case ledgerIndex = "ledger_index"
    }

    init(_ entry: Entry, ledgerIndex: UInt64?) {
        id = entry.id.rawValue
        type = Swift.type(of: entry.act.body).type
        capacity = entry.capacity.rawValue
        channel = entry.channel.rawValue
        happened = entry.happened.rawValue
        entered = entry.entered.rawValue
        number = entry.number
        under = entry.under.map(\.rawValue)
        self.ledgerIndex = ledgerIndex
    }
}

struct DocketJSON: ResponseEncodable, Codable, Sendable {
    let docket: String
    let number: String?
    let phase: String
    let entries: [EntryJSON]
}
