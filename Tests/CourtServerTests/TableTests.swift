import Docket
import Foundation
import Storage
import Testing

@testable import CourtServer

@Suite("Every table of the court is of one sort")
struct TableTests {
    /// What was entered and what proves it: kept for ever, never written again by a rebuild.
    static let record: Set = [
        "act", "court", "destroyed_key", "docket_head", "docket_key", "file", "file_leaf", "ledger_index", "migration",
        "number_counter", "read_hour", "read_line",
    ]
    /// What an area works with besides: drafts, sessions, codes, queues to the outside.
    static let working: Set = [
        "account", "account_enrolment", "account_identity_check", "account_office", "account_password",
        "account_recovery_code", "account_second_factor", "account_session", "account_sign_in", "account_throttle",
        "account_token", "answer_draft", "answer_receipt", "case_file_edition", "desk_search", "draft", "exhibit_tray",
        "feed_position", "filing_payment", "idempotency", "inbox_read", "invitation_code", "judgment_draft", "outbox",
        "person_docket", "projection", "service_letter", "service_pending_link", "submission_answer", "sweep",
        "upload",
    ]
    /// What a rebuild makes again from the acts alone.
    static let projections: Set = ["matter", "matter_party", "matter_token", "matter_duty"]

    @Test("the database holds these tables and no other, and each is named once")
    func sorts() async throws {
        #expect(Self.record.isDisjoint(with: Self.working))
        try await SimulatedCourt.with(cases: 1, seed: 3, depth: .docketed) { court, _ in
            var found = try await Self.tables(in: court.store)
            for projection in Self.projections {
                let generations = found.filter { $0.hasPrefix("\(projection)_g") }
                #expect(generations.count == 1, "\(projection)")
                found.subtract(generations)
            }
            // The keys lie in a database of their own, except on PostgreSQL.
            #expect(found == Self.record.union(Self.working).subtracting(["destroyed_key", "docket_key"]))
        }
    }

    @Test("a rebuild touches projections only")
    func rebuildTouchesProjections() async throws {
        try await SimulatedCourt.with(cases: 2, seed: 4, depth: .docketed) { court, _ in
            let before = try await Self.contents(of: court.store)
            let rows = try await Rebuild(registry: court.registry).dump("matter_duty")
            _ = try await Rebuild(registry: court.registry).run()
            #expect(try await Self.contents(of: court.store) == before)
            #expect(try await Rebuild(registry: court.registry).dump("matter_duty") == rows)
        }
    }

    private static func tables(in store: Store) async throws -> Set<String> {
        try await store.read { reading in
            let names = try reading.rows("SELECT name FROM sqlite_schema WHERE type = 'table'").map { try $0.text(0) }
            return Set(names.filter { !$0.hasPrefix("sqlite_") })
        }
    }

    /// How many rows each table has that is no projection, and what is in the record.
    private static func contents(of store: Store) async throws -> [String: [String]] {
        let names = try await tables(in: store).subtracting(["projection"])
            .filter { name in !projections.contains { name.hasPrefix("\($0)_g") } }
        return try await store.read { reading in
            var contents: [String: [String]] = [:]
            for name in names {
                contents[name] = try reading.rows("SELECT COUNT(*) FROM \(name)").map { String(try $0.integer(0)) }
            }
            contents["act"] = try reading.rows("SELECT leaf FROM act ORDER BY sequence").map { "\(try $0.bytes(0))" }
            return contents
        }
    }
}
