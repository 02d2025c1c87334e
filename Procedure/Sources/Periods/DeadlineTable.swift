/// The time limits of the procedure (期间表), with the events they count from and the grounds that stop them.
public struct DeadlineTable: Sendable {
    /// The table's `as_of`, such as `2026-11`; acts that start a limit name it.
    public let version: String
    public let rules: [DeadlineRule]
    /// What each event is called.
    public let events: [String: Words]
    public let suspensionGrounds: [SuspensionGround.ID: SuspensionGround]
    private let byID: [DeadlineID: DeadlineRule]

    public init(
        version: String, rules: [DeadlineRule], events: [String: Words],
        suspensionGrounds: [SuspensionGround.ID: SuspensionGround]
    ) {
        self.version = version
        self.rules = rules
        self.events = events
        self.suspensionGrounds = suspensionGrounds
        byID = Dictionary(rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// For a name from outside.
    public subscript(id: DeadlineID) -> DeadlineRule? { byID[id] }

    /// For the names declared beside the rules: one that is missing is our own mistake, and a test finds it.
    public func rule(_ id: DeadlineID) -> DeadlineRule {
        guard let rule = byID[id] else { preconditionFailure("no limit named \(id)") }
        return rule
    }

    public func event(of rule: DeadlineRule) -> Words {
        events[rule.countedFrom] ?? Words(rule.countedFrom, rule.countedFrom)
    }
}
