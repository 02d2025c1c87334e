import Docket
import Procedure
import Storage
import TestSupport

/// Dockets as these tests use them: acts that need no other before them, by the court's own machinery.
extension BareCourt {
    static let machine = Acting(account: AccountID(high: 0, low: 1), capacity: .court)

    static func key(_ use: String) -> DecidedAct {
        DecidedAct(.court(.keyPublished(KeyPublished(use: use, key: "k"))))
    }

    /// Opens a docket with so many acts in it.
    func opened(_ kind: DocketKind = .court, acts: Int = 1) async throws -> DocketID {
        let docket = try await registry.newDocket()
        try await registry.write(on: [docket]) { t in
            var open = try t.open(docket, kind: kind)
            try t.enter((0..<acts).map { Self.key("\($0)") }, in: &open, by: Self.machine, channel: .system)
        }
        return docket
    }

    /// Enters one act and says what was entered.
    @discardableResult
    func enter(_ act: DecidedAct = key("next"), in docket: DocketID, at instant: Instant? = nil) async throws -> Entry {
        try await registry.write(on: [docket], at: instant) { t in
            var open = try t.docket(docket)
            return try t.enter([act], in: &open, by: Self.machine, channel: .system)[0].entry
        }
    }

    func feed() async throws -> [Feed.Item] {
        while try await FeedNumbering.number(in: store) > 0 {}
        return try await Feed(store: store).items(after: 0, limit: 100_000)
    }
}

/// What a closure throws to undo its transaction.
struct ChangedMind: Error {}
