import Accounts
import Docket
import Procedure
import Storage
import Web

/// Names one sending of one request, so that its repeat is done once and answered alike (D31).
struct Once: Sendable {
    let name: String
    let scope: String
    let request: [UInt8]

    /// - Parameter form: what makes the request what it is; its own proofs and codes are left out.
    /// - Returns: nil when the sender gave no key.
    init?(_ context: CourtContext, _ form: Form) {
        let pairs = form.pairs.filter { !$0.name.hasPrefix("_") && $0.name != "code" }
        self.init(context, body: Array(pairs.map { "\($0.name)=\($0.value)" }.joined(separator: "\u{0}").utf8))
    }

    /// - Parameter key: where the pipeline could not look, such as inside a form with a file.
    init?(_ context: CourtContext, body: [UInt8], key: IdempotencyKey? = nil) {
        guard let key = key ?? context.idempotencyKey, let viewer = context.viewer, let route = context.route else {
            return nil
        }
        name = key.rawValue
        scope = "\(viewer.account) \(route.method.rawValue) \(route.template)"
        request = Array("\(context.place)\u{0}".utf8) + body
    }
}

extension EvidenceArea {
    /// One transaction that is done once under its key.
    ///
    /// - Parameter body: enters the acts and returns where the answer is.
    /// - Returns: what `body` returned, or what it returned the first time.
    func enter(
        on docket: DocketID, once: Once?, arrived: Instant,
        _ body: @escaping @Sendable (DocketTransaction) throws -> String
    ) async throws -> String {
        do {
            return try await registry.write(on: [docket], arrived: arrived) { [courtKey = registry.courtKey] t in
                guard let once else { return try body(t) }
                let standing = try Idempotency.check(
                    once.name, scope: once.scope, request: once.request, key: courtKey, in: t.storage)
                if case .done(let answer) = standing { return answer }
                let answer = try body(t)
                try Idempotency.keep(
                    once.name, scope: once.scope, request: once.request, answer: answer, key: courtKey, at: t.now,
                    in: t.storage)
                return answer
            }
        } catch is IdempotencyKeyReused {
            throw Problem.keyReused
        }
    }

    /// What a repeat is told before anything is asked of the person again, such as a code that is used up by now.
    func answered(before once: Once?) async throws -> String? {
        guard let once else { return nil }
        do {
            return try await registry.store.write { [courtKey = registry.courtKey] transaction in
                let standing = try Idempotency.check(
                    once.name, scope: once.scope, request: once.request, key: courtKey, in: transaction)
                if case .done(let answer) = standing { return answer }
                return nil
            }
        } catch is IdempotencyKeyReused {
            throw Problem.keyReused
        }
    }
}

extension Problem {
    fileprivate static let keyReused = Problem(
        .unprocessableContent, code: "idempotency.key-reused",
        reason: Words("这个请求标识已用于另一项操作。", "This request key was used for something else."),
        remedy: Words("请刷新页面后重新操作。", "Reload the page and do it again."))
}
