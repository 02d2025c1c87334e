/// Why the rules decline a step (不予准许的理由). Each refusal is declared beside the rule that gives it.
public struct Refusal: Error, Hashable, Sendable {
    /// Stable name for clients, translations and metrics, such as `service.no-consent`; never changes once released.
    public let code: String
    /// The article in the way; nil when it is only the order of steps, and then the remedy names the missing step.
    public let article: Article?
    /// What is wrong, then what to do about it: plain words, nothing about anyone else.
    public let reason, remedy: Words
    /// The fields of the command it speaks about, when it is about particular ones.
    public let fields: [String]

    public init(code: String, article: Article?, reason: Words, remedy: Words, fields: [String] = []) {
        self.code = code
        self.article = article
        self.reason = reason
        self.remedy = remedy
        self.fields = fields
    }

    /// The same refusal, pointing at the fields it concerns.
    public func about(_ fields: [String]) -> Refusal {
        Refusal(code: code, article: article, reason: reason, remedy: remedy, fields: fields)
    }
}
