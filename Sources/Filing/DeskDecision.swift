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
    /// Runs one decision of the desk in one transaction: repeat, staleness, permission, rule, acts, documents.
    ///
    /// - Throws: `Stale` with what changed when the case moved on since the page was drawn.
    func enter(
        _ step: DeskStep, deed: Deed, pressed: DocumentPress.Pressed,
        _ decide: @escaping @Sendable (CaseState, Context) throws -> [DecidedAct]
    ) async throws {
        try await write(step) { [press] t, docket in
            let acting = try step.viewer.require(deed, in: docket.state, now: t.now)
            try t.enter(decide(docket.state, t.context(acting)), in: &docket, by: acting)
            try press.record(pressed, at: t.now, in: t.storage)
            // It reaches a plaintiff with an electronic address at once; the others are the desk's to post.
            try t.effect(
                Effect(
                    kind: "serve-papers", key: "serve-papers/\(step.docket)/\(pressed.reference.document)",
                    docket: step.docket))
        }
    }

    /// Opens the case for a decision; a repeat ends here, doing nothing.
    ///
    /// What changed is told before who may do it: a step that a colleague has done is no longer anybody's.
    ///
    /// - Throws: `NotFound` for whoever may not see the case; `Stale`.
    func write(
        _ step: DeskStep, _ body: @escaping @Sendable (DocketTransaction, inout OpenDocket) throws -> Void
    ) async throws {
        try await mappingMissing(step) { t in
            var docket = try t.docket(step.docket)
            guard try Self.isStillToDo(step, docket, t) else { return }
            try body(t, &docket)
            try step.sending.keep(in: t)
        }
    }

    /// Whether the step is still to be done: asked before something is drawn for it.
    ///
    /// - Throws: `NotFound`; `Stale`.
    func isStillToDo(_ step: DeskStep) async throws -> Bool {
        try await mappingMissing(step) { t in try Self.isStillToDo(step, t.docket(step.docket), t) }
    }

    private func mappingMissing<Result: Sendable>(
        _ step: DeskStep, _ body: @escaping @Sendable (DocketTransaction) throws -> Result
    ) async throws -> Result {
        do {
            return try await registry.write(on: [step.docket], arrived: step.arrived, body)
        } catch is NoSuchDocket {
            throw NotFound()
        }
    }

    private static func isStillToDo(_ step: DeskStep, _ docket: OpenDocket, _ t: DocketTransaction) throws -> Bool {
        try step.viewer.require(.readCase, in: docket.state, now: t.now)
        if try step.sending.isRepeat(in: t) { return false }
        guard docket.position == step.seen else {
            let news = try t.registry.entries(of: docket.id, after: step.seen, in: t.storage)
            throw Stale(news.map { DeskNews.line($0.entry, zone: t.registry.court.zone) })
        }
        return true
    }
}
