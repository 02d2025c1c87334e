/// The dated tables the rules count with (法律数据), each with its version. Rules take them as arguments.
public struct Tables: Sendable {
    public let deadlines: DeadlineTable
    public let restDays: RestDays
    public let fees: FeeTable
    public let caseNumbers: CaseNumberTable
    public let courts: CourtTable
    public let causes: CauseTable
    public let internetCourts: InternetCourtTable
    public let smallClaims: SmallClaimsTable

    public init(
        deadlines: DeadlineTable, restDays: RestDays, fees: FeeTable, caseNumbers: CaseNumberTable, courts: CourtTable,
        causes: CauseTable, internetCourts: InternetCourtTable, smallClaims: SmallClaimsTable
    ) {
        self.deadlines = deadlines
        self.restDays = restDays
        self.fees = fees
        self.caseNumbers = caseNumbers
        self.courts = courts
        self.causes = causes
        self.internetCourts = internetCourts
        self.smallClaims = smallClaims
    }

    /// Table by table, what an act that rests on one records.
    public var versions: [String: String] {
        [
            "deadlines": deadlines.version, "holidays": restDays.version, "fees": fees.version,
            "case_numbers": caseNumbers.version, "courts": courts.version, "causes": causes.version,
            "jurisdiction": internetCourts.version, "small_claims": smallClaims.version,
        ]
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
