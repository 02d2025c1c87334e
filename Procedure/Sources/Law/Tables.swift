/// The dated tables the rules count with (法律数据), each with its version. Rules take them as arguments.
public struct Tables: Sendable {
    public let deadlines: DeadlineTable
    public let restDays: RestDays
    public let fees: FeeTable

    public init(deadlines: DeadlineTable, restDays: RestDays, fees: FeeTable) {
        self.deadlines = deadlines
        self.restDays = restDays
        self.fees = fees
    }
}

extension Tables {
    /// Counts a limit that a rule names, with this table's rest days.
    public func count(
        _ id: DeadlineID, from trigger: Happened, adjusted: Adjustments = .none, zone: CourtZone = .china
    ) -> ComputedDeadline {
        deadlines.count(deadlines.rule(id), from: trigger, adjusted: adjusted, resting: restDays, zone: zone)
    }

    public func count(_ id: DeadlineID, from day: CourtDay, adjusted: Adjustments = .none) -> ComputedDeadline {
        count(id, from: .on(day), adjusted: adjusted)
    }
}
