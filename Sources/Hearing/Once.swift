import Accounts
import Docket
import Procedure
import Storage
import Web

/// One sending of one form (D31): a repeat gets the first answer, the same key with other content is refused.
struct Once: Sendable {
    private let key: IdempotencyKey?
    private let scope: String
    private let request: [UInt8]

    init(_ context: CourtContext) {
        key = context.idempotencyKey
        let who = context.viewer?.account.rawValue ?? "-"
        scope = "\(who) \(context.route?.method.rawValue ?? "") \(context.route?.template ?? "")"
        let fields = context.form.pairs.filter { !$0.name.hasPrefix("_") }.map { "\($0.name)=\($0.value)" }
        request = Array(([context.place] + fields).joined(separator: "\u{0}").utf8)
    }

    /// The answer of the same request before; nil when this is the first.
    ///
    /// - Throws: `Problem`, when the key came with another request.
    func answered(in storage: Transaction, _ courtKey: CourtKey) throws -> String? {
        guard let key else { return nil }
        do {
            let standing = try Idempotency.check(
                key.rawValue, scope: scope, request: request, key: courtKey, in: storage)
            guard case .done(let answer) = standing else { return nil }
            return answer
        } catch is IdempotencyKeyReused {
            throw Problem(
                .unprocessableContent, code: "idempotency.key-reused",
                reason: Words("该请求标识已用于另一请求。", "This request key was used for another request."),
                remedy: Words("请重新打开页面后再试。", "Open the page again and try once more."))
        }
    }

    /// Does it the first time, and answers the same every time.
    func perform(in t: DocketTransaction, _ body: () throws -> String) throws -> String {
        if let answer = try answered(in: t.storage, t.registry.courtKey) { return answer }
        let answer = try body()
        if let key {
            try Idempotency.keep(
                key.rawValue, scope: scope, request: request, answer: answer, key: t.registry.courtKey, at: t.now,
                in: t.storage)
        }
        return answer
    }
}

extension HearingArea {
    /// What a repeat is told before a document is drawn for it again.
    func answered(before once: Once) async throws -> String? {
        try await registry.store.write { [courtKey = registry.courtKey] in try once.answered(in: $0, courtKey) }
    }
}
