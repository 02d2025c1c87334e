import Accounts
import Docket
import Hummingbird
import Procedure
import Storage
import Web

/// One sending of one form (D31): a repeat gets the first answer, the same key with other content is refused.
struct Once: Sendable {
    private let key: IdempotencyKey?
    private let scope: String
    private let request: [UInt8]

    /// - Parameter content: what the request says; for a form its fields.
    init(_ context: CourtContext, content: String? = nil) {
        key = context.idempotencyKey
        let who = context.viewer?.account.rawValue ?? "-"
        scope = "\(who) \(context.route?.method.rawValue ?? "") \(context.route?.template ?? "")"
        let fields = context.form.pairs.filter { !$0.name.hasPrefix("_") }.map { "\($0.name)=\($0.value)" }
        let docket = context.parameters.get("docket") ?? ""
        request = Array(([docket, content ?? ""] + fields).joined(separator: "\n").utf8)
    }

    private init(key: IdempotencyKey?, scope: String, request: [UInt8]) {
        (self.key, self.scope, self.request) = (key, scope, request)
    }

    /// For what nobody repeats, such as an effect.
    static let unnamed = Once(key: nil, scope: "", request: [])

    /// The answer of the same request before; nil when this is the first.
    ///
    /// - Throws: `Problem`, when the key came with another request.
    func answered(in t: DocketTransaction) throws -> String? {
        guard let key else { return nil }
        do {
            let standing = try Idempotency.check(
                key.rawValue, scope: scope, request: request, key: t.registry.courtKey, in: t.storage)
            guard case .done(let answer) = standing else { return nil }
            return answer
        } catch is IdempotencyKeyReused {
            throw Problem(
                .unprocessableContent, code: "idempotency.key-reused",
                reason: Words("该请求标识已用于另一请求。", "This request key was used for another request."),
                remedy: Words("请重新打开页面后再试。", "Open the page again and try once more."))
        }
    }

    func keep(_ answer: String, in t: DocketTransaction) throws {
        guard let key else { return }
        try Idempotency.keep(
            key.rawValue, scope: scope, request: request, answer: answer, key: t.registry.courtKey, at: t.now,
            in: t.storage)
    }

    /// Does it the first time, and answers the same every time.
    func perform(in t: DocketTransaction, _ body: () throws -> String) throws -> String {
        if let answer = try answered(in: t) { return answer }
        let answer = try body()
        try keep(answer, in: t)
        return answer
    }
}
