import Foundation
import Procedure
import Storage

/// What desks, lists and searches read of cases: where each stands, who is in it, who owes what (案件索引).
///
/// Names and numbers are sealed with the docket's names key and found by search tokens.
package struct MattersProjection: Projection {
    package static let name = "matters"
    package static let version = 6

    private let court: CourtProfile
    private let lawTables: Tables

    package init(court: CourtProfile, tables: Tables) {
        self.court = court
        lawTables = tables
    }

    package static let tables: [ProjectionTable] = [
        ProjectionTable(
            "matter",
            create: [
                """
                CREATE TABLE {name} (
                    docket <bytes> PRIMARY KEY, phase <text> NOT NULL, number <bytes>, title <bytes> NOT NULL,
                    cause <text> NOT NULL, submitted <integer> NOT NULL, docketed <text>, judge <bytes>, ended <text>,
                    moved <integer> NOT NULL
                )<clustered>
                """,
                "CREATE INDEX {name}_phase ON {name} (phase, submitted)",
                // A judge's open cases, and how many they are: as many as are open, however many were closed.
                "CREATE INDEX {name}_open ON {name} (judge) WHERE ended IS NULL",
            ],
            columns: [
                .plain("docket"), .plain("phase"), .sealed("number"), .sealed("title"), .plain("cause"),
                .plain("submitted"), .plain("docketed"), .plain("judge"), .plain("ended"), .plain("moved"),
            ]),
        ProjectionTable(
            "matter_party",
            create: [
                """
                CREATE TABLE {name} (
                    docket <bytes> NOT NULL, party <bytes> NOT NULL, role <text> NOT NULL, account <bytes>,
                    party_name <bytes> NOT NULL, trade_name <bytes>, PRIMARY KEY (docket, party)
                )<clustered>
                """,
                "CREATE INDEX {name}_account ON {name} (account)",
            ],
            columns: [
                .plain("docket"), .plain("party"), .plain("role"), .plain("account"), .sealed("party_name"),
                .sealed("trade_name"),
            ]),
        ProjectionTable(
            "matter_token",
            create: [
                // Newest first, so that a search ends with what it shows, however many people bear the name.
                """
                CREATE TABLE {name} (
                    token <integer> NOT NULL, submitted <integer> NOT NULL, docket <bytes> NOT NULL,
                    PRIMARY KEY (token, submitted, docket)
                )<clustered>
                """,
                "CREATE INDEX {name}_docket ON {name} (docket, token)",
            ],
            columns: [.plain("token"), .plain("submitted"), .plain("docket")]),
        ProjectionTable(
            "matter_duty",
            create: [
                """
                CREATE TABLE {name} (
                    docket <bytes> NOT NULL, step <text> NOT NULL, owner <text> NOT NULL, person <bytes> NOT NULL,
                    due <text> NOT NULL, submitted <integer> NOT NULL, opens <text> NOT NULL, ends <text> NOT NULL,
                    PRIMARY KEY (docket, step, owner, person, opens)
                )<clustered>
                """,
                // The order of the queues, and all they ask: a page of a long queue reads that page.
                """
                CREATE INDEX {name}_queue ON {name} (owner, person, step, due, submitted, docket, opens, ends)
                """,
            ],
            columns: [
                .plain("docket"), .plain("step"), .plain("owner"), .plain("person"), .plain("due"),
                .plain("submitted"), .plain("opens"), .plain("ends"),
            ]),
    ]

    package func apply(_ entries: [Entry], state: CaseState, in writer: ProjectionWriter) throws {
        guard let complaint = state.filing.complaint, let submitted = state.filing.submitted, let last = entries.last
        else { return }
        // Number, title, parties and the words they are found by change with these acts only.
        let renames = entries.contains { entry in
            switch entry.act {
            case .filing, .participation(.linked), .record: true
            default: false
            }
        }
        if renames {
            try writeMatter(complaint, submitted: submitted, moved: last.entered, state: state, in: writer)
            try writeParties(state, submitted: submitted, in: writer)
        } else {
            try moveMatter(moved: last.entered, state: state, in: writer)
        }
        try writeDuties(state, submitted: submitted, on: court.zone.day(of: last.entered), in: writer)
    }

    private func writeMatter(
        _ complaint: Complaint, submitted: Happened, moved: Instant, state: CaseState, in writer: ProjectionWriter
    ) throws {
        let number = try state.filing.docketed.map { try writer.sealing.seal($0.number.rawValue, field: "number") }
        let title = try writer.sealing.seal(MatterTitle.of(state), field: "title")
        let docketed = state.filing.docketedOn?.day(in: court.zone).rawValue
        let ended = state.closing.closedAt?.day(in: court.zone).rawValue
        try writer.run(
            """
            INSERT INTO {matter} (docket, phase, number, title, cause, submitted, docketed, judge, ended, moved)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (docket) DO UPDATE SET phase = excluded.phase, number = excluded.number,
                title = excluded.title, cause = excluded.cause, submitted = excluded.submitted,
                docketed = excluded.docketed, judge = excluded.judge, ended = excluded.ended, moved = excluded.moved
            """,
            writer.docket, state.phase.rawValue, number, title, complaint.cause, instant(submitted), docketed,
            state.filing.docketed?.draw.drawn, ended, moved)
    }

    /// What any act may change.
    private func moveMatter(moved: Instant, state: CaseState, in writer: ProjectionWriter) throws {
        try writer.run(
            "UPDATE {matter} SET phase = $2, judge = $3, ended = $4, moved = $5 WHERE docket = $1", writer.docket,
            state.phase.rawValue, state.filing.docketed?.draw.drawn,
            state.closing.closedAt?.day(in: court.zone).rawValue, moved)
    }

    private func writeParties(_ state: CaseState, submitted: Happened, in writer: ProjectionWriter) throws {
        try writer.run("DELETE FROM {matter_token} WHERE docket = $1", writer.docket)
        var tokens: Set<SearchToken> = []
        for place in state.parties.places {
            try writer.run(
                """
                INSERT INTO {matter_party} (docket, party, role, account, party_name, trade_name)
                VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (docket, party) DO UPDATE SET role = excluded.role, account = excluded.account,
                    party_name = excluded.party_name, trade_name = excluded.trade_name
                """,
                writer.docket, place.party, place.role.rawValue, state.parties.filledBy[place.party],
                try writer.sealing.seal(place.details.name, field: "party_name"),
                try place.details.tradeName.map { try writer.sealing.seal($0, field: "trade_name") })
            tokens.formUnion(writer.search.stored(forName: place.details.name))
            if let trade = place.details.tradeName { tokens.formUnion(writer.search.stored(forName: trade)) }
        }
        if let number = state.filing.docketed?.number {
            tokens.insert(writer.search.token(number.rawValue, as: .caseNumber))
        }
        for token in tokens.sorted(by: { $0.rawValue < $1.rawValue }) {
            try writer.run(
                "INSERT INTO {matter_token} (token, submitted, docket) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                token.rawValue, instant(submitted), writer.docket)
        }
    }

    /// Lays the duties out over the days ahead, so that a day passing needs no writing.
    private func writeDuties(
        _ state: CaseState, submitted: Happened, on day: CourtDay, in writer: ProjectionWriter
    ) throws {
        try writer.run("DELETE FROM {matter_duty} WHERE docket = $1", writer.docket)
        for laid in DutyCalendar.lay(state, from: day, court: court, tables: lawTables) {
            try writer.run(
                """
                INSERT INTO {matter_duty} (docket, step, owner, person, due, submitted, opens, ends)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
                """,
                writer.docket, laid.duty.step.rawValue, laid.duty.owner.name, laid.duty.owner.person(in: state),
                laid.duty.due ?? DutyCalendar.never, instant(submitted), laid.opens, laid.ends)
        }
    }

    private func instant(_ happened: Happened) -> Instant {
        switch happened {
        case .at(let instant): instant
        case .on(let day): court.zone.start(of: day)
        }
    }
}

/// Duties with the days on which each stands.
package enum DutyCalendar {
    package struct Laid: Hashable, Sendable {
        package let duty: Duty
        package let opens: CourtDay
        package let ends: CourtDay
    }

    /// The last day of a duty that has none, and of one that stands until something is done.
    package static let never: CourtDay = "9999-12-31"

    static func lay(_ state: CaseState, from day: CourtDay, court: CourtProfile, tables: Tables) -> [Laid] {
        func context(_ day: CourtDay) -> Context {
            Context(
                now: court.zone.start(of: day), court: court, tables: tables,
                acting: Acting(account: AccountID(high: 0, low: 0), capacity: .court))
        }
        let turns = state.turningDays(in: context(day)).map { $0.adding(days: 1) }
        var laid: [Laid] = []
        var opens = day
        for ends in turns.map({ $0.adding(days: -1) }) + [never] {
            for duty in state.duties(in: context(opens)) {
                if let same = laid.firstIndex(where: { $0.duty == duty && $0.ends.adding(days: 1) == opens }) {
                    laid[same] = Laid(duty: duty, opens: laid[same].opens, ends: ends)
                } else {
                    laid.append(Laid(duty: duty, opens: opens, ends: ends))
                }
            }
            opens = ends == never ? never : ends.adding(days: 1)
        }
        return laid
    }
}

extension Duty.Owner {
    /// The kind of owner, as desks ask for it.
    package var name: String {
        switch self {
        case .party: "party"
        case .filingClerk: "filing-clerk"
        case .clerk: "clerk"
        case .judge: "judge"
        case .anyJudge: "any-judge"
        case .president: "president"
        }
    }

    /// The account that owes it, or nobody's for an office; a place nobody fills yet owes by its own id.
    func person(in state: CaseState) -> [UInt8] {
        switch self {
        case .party(let party): state.parties.filledBy[party]?.bytes ?? party.bytes
        case .judge(let account): account.bytes
        case .filingClerk, .clerk, .anyJudge, .president: [UInt8](repeating: 0, count: 16)
        }
    }
}

/// What people call a case before it has a number: who against whom.
package enum MatterTitle {
    package static func of(_ state: CaseState) -> String {
        let plaintiff = state.parties.plaintiff?.details.name ?? "—"
        let defendant = state.parties.defendant.map { $0.details.tradeName ?? $0.details.name } ?? "—"
        return "\(plaintiff)诉\(defendant)"
    }
}
