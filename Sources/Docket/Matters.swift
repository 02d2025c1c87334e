import Foundation
import Procedure
import Storage

/// One case in a list.
package struct MatterRow: Hashable, Sendable {
    package let docket: DocketID
    package let phase: CasePhase
    package let number: String?
    package let title: String
    package let cause: String
    package let submitted: Instant
    package let docketed: CourtDay?
    package let judge: AccountID?
    package let ended: CourtDay?
}

/// One thing owed, in a work queue.
package struct DutyRow: Hashable, Sendable {
    package let matter: MatterRow
    package let step: Duty.Step
    package let due: CourtDay?
}

/// Reads the matters tables (案件检索). Every list says how many there are in all.
package struct Matters: Sendable {
    private let registry: Registry

    package init(_ registry: Registry) { self.registry = registry }

    private static let columns =
        "m.docket, m.phase, m.number, m.title, m.cause, m.submitted, m.docketed, m.judge, m.ended"

    /// What an office, a judge or a party owes today, most urgent first; `total` counts all of it.
    ///
    /// Costs what is shown, not what waits: each step is read in the order of the index, and only as far as needed.
    ///
    /// - Parameters:
    ///   - person: the account for judges and parties; nil for offices that share one desk.
    ///   - steps: only these; all when nothing is said.
    /// - Returns: a total of `mostCounted` for one step means that or more.
    package func queue(
        owner: String, person: AccountID?, steps: [Duty.Step] = Duty.Step.allCases, today: CourtDay, limit: Int,
        offset: Int = 0
    ) async throws -> (rows: [DutyRow], total: Int) {
        // Whatever page somebody asks for, it is one of those that can be.
        let offset = min(max(0, offset), 100_000)
        let (rows, steps, total) = try await registry.store.read { [registry] reading in
            let desk = Desk(
                owner: owner, person: person, today: today, names: try registry.projections.names(in: reading))
            var total = 0
            var owed: [Desk.Owed] = []
            for step in steps {
                let count = try desk.count(step, in: reading)
                total += count
                if count > 0 { owed += try desk.first(offset + limit, of: step, in: reading) }
            }
            let shown = Array(owed.sorted().dropFirst(offset).prefix(limit))
            let select = desk.names.resolve("SELECT \(Self.columns) FROM {matter} m WHERE m.docket = $1")
            let rows = try shown.map { owed in
                guard let row = try reading.row(select, owed.docket) else { throw NoSuchDocket(docket: owed.docket) }
                return row
            }
            return (rows, shown, total)
        }
        let matters = Dictionary(try await open(rows).map { ($0.docket, $0) }, uniquingKeysWith: { first, _ in first })
        let duties = steps.compactMap { owed in
            matters[owed.docket].map { matter in
                DutyRow(matter: matter, step: owed.step, due: owed.due == DutyCalendar.never ? nil : owed.due)
            }
        }
        return (duties, total)
    }

    /// How many duties of each step there are; of more than `mostCounted`, that many.
    package func counts(
        owner: String, person: AccountID?, steps: [Duty.Step], today: CourtDay
    ) async throws -> [Duty.Step: Int] {
        try await registry.store.read { [registry] reading in
            let desk = Desk(
                owner: owner, person: person, today: today, names: try registry.projections.names(in: reading))
            return try Dictionary(uniqueKeysWithValues: steps.map { ($0, try desk.count($0, in: reading)) })
        }
    }

    /// Nobody reads on so far; counting a long queue to its end would take longer than showing it.
    package static let mostCounted = 1_000

    /// A total as it is shown: `1000+` when there may be more.
    package static func said(_ total: Int) -> String { total < mostCounted ? "\(total)" : "\(mostCounted)+" }

    /// The cases in which this account is a party, newest first; `total` counts all of them.
    package func cases(
        ofParty account: AccountID, limit: Int = 50, offset: Int = 0
    ) async throws -> (rows: [MatterRow], total: Int) {
        let found = try await rows(
            """
            SELECT \(Self.columns) FROM {matter} m JOIN {matter_party} p ON p.docket = m.docket
            WHERE p.account = $1 ORDER BY m.submitted DESC, m.docket LIMIT $2 OFFSET $3
            """, account, limit, offset)
        let total =
            offset == 0 && found.count < limit
            ? found.count
            : Int(try await rows("SELECT COUNT(*) FROM {matter_party} WHERE account = $1", account)[0].integer(0))
        return (try await open(found), total)
    }

    /// The cases of one judge that have not ended, oldest first.
    package func openCases(ofJudge account: AccountID, limit: Int = 200) async throws -> [MatterRow] {
        try await open(
            rows(
                """
                SELECT \(Self.columns) FROM {matter} m WHERE m.judge = $1 AND m.ended IS NULL
                ORDER BY m.submitted LIMIT $2
                """, account, limit))
    }

    /// How many open cases each judge has, for the draw.
    package static func workloads(in transaction: DocketTransaction) throws -> [AccountID: Int] {
        try workloads(in: transaction.storage, of: transaction.registry)
    }

    package static func workloads(in reading: Reading, of registry: Registry) throws -> [AccountID: Int] {
        let names = try registry.projections.names(in: reading)
        var loads: [AccountID: Int] = [:]
        let rows = try reading.rows(
            names.resolve(
                "SELECT judge, COUNT(*) FROM {matter} WHERE judge IS NOT NULL AND ended IS NULL GROUP BY judge"))
        for row in rows { loads[try row.identifier(0)] = Int(try row.integer(1)) }
        return loads
    }

    /// What a search found.
    package struct Found: Sendable {
        package let rows: [MatterRow]
        /// The party it was found by, where the title names another: behind a shop stands a person.
        package let parties: [DocketID: String]
        /// Somebody has exactly this name; names that only contain it were not looked for.
        package let isExact: Bool
        /// There may be more than were asked for.
        package let hasMore: Bool

        fileprivate init(_ hits: Hits, isExact: Bool) {
            rows = hits.found.map(\.row)
            parties = hits.found.reduce(into: [:]) { $0[$1.row.docket] = $1.party }
            hasMore = hits.hasMore
            self.isExact = isExact
        }
    }

    fileprivate struct Hit: Sendable {
        let row: MatterRow
        let party: String?
    }

    fileprivate struct Hits: Sendable {
        var found: [Hit]
        var hasMore: Bool

        func upTo(_ limit: Int) -> Hits {
            Hits(found: Array(found.prefix(limit)), hasMore: hasMore || found.count > limit)
        }
    }

    /// What is looked for, to compare with the words of a candidate once they are opened.
    private enum Sought: Sendable {
        case number(folded: String)
        case name(typed: String, folded: String)

        func isNumber(of row: MatterRow) -> Bool {
            guard case .number(let folded) = self, let number = row.number else { return false }
            return NumberFolding.fold(number, as: .caseNumber) == folded
        }

        func isAsTyped(in words: String) -> Bool {
            guard case .name(let typed, _) = self else { return false }
            return words.contains(typed)
        }

        func isFolded(in words: String) -> Bool {
            guard case .name(_, let folded) = self else { return false }
            return NameFolding.fold(words).contains(folded)
        }
    }

    /// Cases found by a number or a name as typed, the newest first: those of exactly this number or name; where there
    /// are none, or when asked for, also those where a party's name or trade name has it somewhere. Tokens find
    /// candidates; the decrypted words decide.
    package func search(_ typed: String, limit: Int = Matters.searchPage, alsoInside: Bool = false) async throws
        -> Found
    {
        let search = SearchTokens(registry.courtKey)
        let found = try await candidates(
            [search.token(typed, as: .caseNumber)], limit: limit,
            .number(folded: NumberFolding.fold(typed, as: .caseNumber)))
        guard found.found.isEmpty else { return Found(found, isExact: false) }

        let named = NameFolding.fold(typed)
        guard !named.isEmpty else { return Found(Hits(found: [], hasMore: false), isExact: false) }
        let sought = Sought.name(typed: typed, folded: named)
        let exact = try await candidates([search.whole(name: typed)], limit: limit, sought)
        guard exact.found.isEmpty || alsoInside && exact.found.count < limit else {
            return Found(exact, isExact: !alsoInside)
        }
        let known = Set(exact.found.map(\.row.docket))
        let others = try await candidates(search.searching(name: typed), limit: limit, except: known, sought)
        return Found(
            Hits(found: exact.found + others.found, hasMore: others.hasMore).upTo(limit), isExact: false)
    }

    /// The newest matters that have all tokens and are what is looked for. Tokens are short, so that some found are
    /// something else; hardly ever more than the first page is opened.
    private func candidates(
        _ tokens: Set<SearchToken>, limit: Int, except known: Set<DocketID> = [], _ sought: Sought
    ) async throws -> Hits {
        let tokens = try await rarestFirst(tokens.map(\.rawValue).sorted())
        guard let first = tokens.first else { return Hits(found: [], hasMore: false) }
        // In the order in which the first is read, so that every list is read from its beginning, once.
        let also = (1..<max(1, tokens.count)).map {
            """
            AND EXISTS (SELECT 1 FROM {matter_token} o
                WHERE o.token = $\($0 + 3) AND o.submitted = t.submitted AND o.docket = t.docket)
            """
        }.joined(separator: " ")
        let sql = """
            SELECT \(Self.columns) FROM {matter_token} t JOIN {matter} m ON m.docket = t.docket
            WHERE t.token = $1 \(also) ORDER BY t.submitted DESC LIMIT $2 OFFSET $3
            """
        var hits = Hits(found: [], hasMore: false)
        for page in 0..<max(1, Self.mostSearched / limit) where hits.found.count < limit {
            let values: [any StoredValue & Sendable] =
                [first, limit + 1, page * limit] + tokens.dropFirst().map { $0 as any StoredValue & Sendable }
            let rows = try await rows(sql, values: values)
            let opened = try await open(Array(rows.prefix(limit))).filter { !known.contains($0.docket) }
            hits.found += try await self.hits(among: opened, sought)
            hits.hasMore = rows.count > limit
            if !hits.hasMore { break }
        }
        return hits.upTo(limit)
    }

    /// Those that are what is looked for: by what they say themselves or, for a name, by their parties.
    private func hits(among rows: [MatterRow], _ sought: Sought) async throws -> [Hit] {
        if case .number = sought { return rows.filter(sought.isNumber).map { Hit(row: $0, party: nil) } }
        // Folding takes far longer than looking, and most people are found as they are typed.
        let untold = rows.filter { !sought.isAsTyped(in: $0.title) }.map(\.docket)
        guard !untold.isEmpty else { return rows.map { Hit(row: $0, party: nil) } }
        let parties = try await names(of: untold)
        return rows.compactMap { row in
            guard untold.contains(row.docket) else { return Hit(row: row, party: nil) }
            let names = parties[row.docket] ?? []
            if let name = names.first(where: sought.isAsTyped) { return Hit(row: row, party: name) }
            if sought.isFolded(in: row.title) { return Hit(row: row, party: nil) }
            return names.first(where: sought.isFolded).map { Hit(row: row, party: $0) }
        }
    }

    /// Names and trade names of all parties.
    private func names(of dockets: [DocketID]) async throws -> [DocketID: [String]] {
        let sealings = try await registry.fieldSealings(dockets)
        let rows = try await registry.store.read { [registry] reading in
            let sql = try registry.projections.names(in: reading).resolve(
                "SELECT docket, party_name, trade_name FROM {matter_party} WHERE docket = $1")
            return try dockets.flatMap { try reading.rows(sql, $0) }
        }
        var names: [DocketID: [String]] = [:]
        for row in rows {
            let docket: DocketID = try row.identifier(0)
            guard let sealing = sealings[docket] else { continue }
            names[docket, default: []].append(try sealing.open(try row.bytes(1), field: "party_name"))
            if let trade = try row.optionalBytes(2) {
                names[docket, default: []].append(try sealing.open(trade, field: "trade_name"))
            }
        }
        return names
    }

    private func rarestFirst(_ tokens: [Int64]) async throws -> [Int64] {
        guard tokens.count > 1 else { return tokens }
        let counted = try await registry.store.read { [registry] reading in
            let sql = try registry.projections.names(in: reading).resolve(
                "SELECT COUNT(*) FROM (SELECT 1 FROM {matter_token} WHERE token = $1 LIMIT $2) counted")
            return try tokens.map { ($0, try reading.row(sql, $0, Self.mostCounted)?.integer(0) ?? 0) }
        }
        return counted.sorted { $0.1 < $1.1 }.map(\.0)
    }

    /// What a search shows before it is asked for more.
    package static let searchPage = 10
    /// So many it shows at most; who needs more types more.
    package static let mostFound = 50
    /// So many candidates are decrypted at most.
    private static let mostSearched = 100

    /// How many cases stand in each phase.
    package func counts() async throws -> [CasePhase: Int] {
        var counts: [CasePhase: Int] = [:]
        for row in try await rows("SELECT phase, COUNT(*) FROM {matter} GROUP BY phase") {
            if let phase = CasePhase(rawValue: try row.text(0)) { counts[phase] = Int(try row.integer(1)) }
        }
        return counts
    }

    package func matter(_ docket: DocketID) async throws -> MatterRow? {
        try await open(rows("SELECT \(Self.columns) FROM {matter} m WHERE m.docket = $1", docket)).first
    }

    private func rows(_ sql: String, _ values: any StoredValue & Sendable...) async throws -> [Row] {
        try await rows(sql, values: values)
    }

    private func rows(_ sql: String, values: [any StoredValue & Sendable]) async throws -> [Row] {
        try await registry.store.read { [registry] reading in
            try reading.rows(registry.projections.names(in: reading).resolve(sql), values: values)
        }
    }

    /// Opens what is sealed in rows; one whose docket has no keys any more is left out.
    private func open(_ rows: [Row]) async throws -> [MatterRow] {
        let dockets = try rows.map { try $0.identifier(0) as DocketID }
        let sealings = try await registry.fieldSealings(Array(Set(dockets)))
        return try zip(rows, dockets).compactMap { row, docket in
            guard let sealing = sealings[docket] else { return nil }
            return MatterRow(
                docket: docket, phase: CasePhase(rawValue: try row.text(1)) ?? .submitted,
                number: try row.optionalBytes(2).map { try sealing.open($0, field: "number") },
                title: try sealing.open(try row.bytes(3), field: "title"), cause: try row.text(4),
                submitted: Instant(milliseconds: try row.integer(5)),
                docketed: try row.optionalText(6).flatMap(CourtDay.init(rawValue:)),
                judge: try row.optionalIdentifier(7),
                ended: try row.optionalText(8).flatMap(CourtDay.init(rawValue:)))
        }
    }
}

/// One owner's duties on one day, read step by step.
private struct Desk: Sendable {
    let owner: String
    let person: AccountID?
    let today: CourtDay
    let names: TableNames

    /// A duty in the order of queues: the earliest last day first, then the oldest matter.
    struct Owed: Comparable, Sendable {
        let due: CourtDay
        let submitted: Int64
        let docket: DocketID
        let step: Duty.Step

        static func < (a: Self, b: Self) -> Bool {
            (a.due, a.submitted, a.docket.rawValue, a.step.rawValue)
                < (b.due, b.submitted, b.docket.rawValue, b.step.rawValue)
        }
    }

    private var who: [UInt8] { person?.bytes ?? [UInt8](repeating: 0, count: 16) }

    func count(_ step: Duty.Step, in reading: Reading) throws -> Int {
        let row = try reading.row(
            names.resolve(
                """
                SELECT COUNT(*) FROM (SELECT 1 FROM {matter_duty}
                WHERE owner = $1 AND person = $2 AND step = $3 AND opens <= $4 AND ends >= $4 LIMIT $5) AS counted
                """), owner, who, step.rawValue, today, Matters.mostCounted)
        return Int(try row?.integer(0) ?? 0)
    }

    func first(_ limit: Int, of step: Duty.Step, in reading: Reading) throws -> [Owed] {
        try reading.rows(
            names.resolve(
                """
                SELECT due, submitted, docket FROM {matter_duty}
                WHERE owner = $1 AND person = $2 AND step = $3 AND opens <= $4 AND ends >= $4
                ORDER BY due, submitted, docket LIMIT $5
                """), owner, who, step.rawValue, today, limit
        ).map { Owed(due: try $0.day(0), submitted: try $0.integer(1), docket: try $0.identifier(2), step: step) }
    }
}
