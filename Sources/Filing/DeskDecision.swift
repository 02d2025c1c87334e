import Accounts
import Docket
import Documents
import Procedure
import Storage
import Web

/// One sending of a request, so that a repeat does nothing twice (D31).
struct Sending: Sendable {
    let key: IdempotencyKey?
    let scope: String
    let request: [UInt8]

    init(key: IdempotencyKey?, scope: String, request: [UInt8]) {
        self.key = key
        self.scope = scope
        self.request = request
    }

    /// A form of ours: what was typed makes the request what it is.
    init(_ context: CourtContext, by account: AccountID) {
        let typed = context.form.pairs.filter { !$0.name.hasPrefix("_") }.map { "\($0.name)=\($0.value)" }
        self.init(
            key: context.idempotencyKey, scope: "\(account) \(context.place) \(context.route?.template ?? "")",
            request: Array(typed.joined(separator: "\n").utf8))
    }

    /// - Returns: whether the very same request was done before.
    /// - Throws: `IdempotencyKeyReused`.
    func isRepeat(in t: DocketTransaction) throws -> Bool {
        guard let key else { return false }
        let standing = try Idempotency.check(
            key.rawValue, scope: scope, request: request, key: t.registry.courtKey, in: t.storage)
        return standing != .first
    }

    func keep(in t: DocketTransaction, answer: String = "done") throws {
        guard let key else { return }
        try Idempotency.keep(
            key.rawValue, scope: scope, request: request, answer: answer, key: t.registry.courtKey, at: t.now,
            in: t.storage)
    }
}

/// What a member of the desk decides on: which case, as it was seen, by whom, in which sending.
struct DeskStep: Sendable {
    let docket: DocketID
    /// The position the page was drawn from.
    let seen: Int
    let viewer: Viewer
    let sending: Sending
    let arrived: Instant
}

extension FilingDesk {
    /// Runs one decision of the desk in one transaction: permission, repeat, staleness, rule, acts, documents.
    ///
    /// - Throws: `Stale` with what changed when the case moved on since the page was drawn.
    func enter(
        _ step: DeskStep, deed: Deed, pressed: DocumentPress.Pressed? = nil,
        _ decide: @escaping @Sendable (CaseState, Context, DocketTransaction) throws -> [DecidedAct],
        then more: @escaping @Sendable (DocketTransaction, OpenDocket) throws -> Void = { _, _ in }
    ) async throws {
        try await write(step) { [press] t, docket in
            let acting = try step.viewer.require(deed, in: docket.state, now: t.now)
            guard try isStillToDo(step, docket, t) else { return }
            let acts = try decide(docket.state, t.context(acting), t)
            try t.enter(acts, in: &docket, by: acting)
            if let pressed { try press.record(pressed, at: t.now, in: t.storage) }
            try more(t, docket)
            try step.sending.keep(in: t)
        }
    }

    /// The same for steps whose permission is not one of the table's deeds; the body asks for it.
    func write(
        _ step: DeskStep, _ body: @escaping @Sendable (DocketTransaction, inout OpenDocket) throws -> Void
    ) async throws {
        do {
            try await registry.write(on: [step.docket], arrived: step.arrived) { t in
                var docket = try t.docket(step.docket)
                try body(t, &docket)
            }
        } catch is NoSuchDocket {
            throw NotFound()
        }
    }
}

/// Whether the step is still to be done: false for a repeat.
///
/// - Throws: `Stale`.
func isStillToDo(_ step: DeskStep, _ docket: OpenDocket, _ t: DocketTransaction) throws -> Bool {
    if try step.sending.isRepeat(in: t) { return false }
    guard docket.position == step.seen else {
        let news = try t.registry.entries(of: docket.id, after: step.seen, in: t.storage)
        throw Stale(news.map { DeskNews.line($0.entry, zone: t.registry.court.zone) })
    }
    return true
}
