extension Article {
    /// 期间的计算
    public static let countingPeriods = Article(.civilProcedureLaw, 85)
    /// 期间开始的时和日不计算在期间内
    public static let eventNotCounted = Article(.interpretation, 125)
    /// 不变期间不适用中止、中断、延长
    public static let periodsThatNeverStop = Article(.interpretation, 127)
    /// 按月、按年计算的期间
    public static let monthsAndYears = Article(.civilCode, 202)
    /// 期间的最后一日
    public static let lastDayOfPeriod = Article(.civilCode, 203)
    /// 不计入审理期限的期间
    public static let leftOutOfTrialLimit = Article(.interpretation, 243)
    /// 不计入审理、执行期限的期间，延期审理以一个月为限
    public static let leftOutOfLimits = Article(.trialLimits, 9)
}

extension DeadlineTable {
    /// Counts a limit out (期间的计算), with its explanation.
    ///
    /// The day or hour of the event is not counted. Months and years end on the same date or the month's last day. A
    /// last day at rest moves to the first workday after it, if the limit is one that rolls; a weekend day worked in
    /// return for a holiday is a workday. Days before an event are counted back from it. A limit in hours starts with
    /// the next full hour on the court's clock.
    ///
    /// - Parameters:
    ///   - trigger: the event the limit counts from; for a limit in hours an instant.
    ///   - zone: the zone of the court's profile.
    /// - Returns: never an error: what is not known makes the result provisional.
    /// - Source: Civil Procedure Law art. 85; Interpretation arts. 125, 127, 243; Civil Code arts. 202–203.
    public func count(
        _ rule: DeadlineRule, from trigger: Happened, adjusted: Adjustments = .none, resting: RestDays,
        zone: CourtZone = .china
    ) -> ComputedDeadline {
        var count = DeadlineCount(rule: rule, table: self, resting: resting)
        return rule.unit == .hours
            ? count.hours(from: trigger, adjusted: adjusted, zone: zone)
            : count.days(from: trigger.day(in: zone), adjusted: adjusted)
    }

    public func count(
        _ rule: DeadlineRule, from day: CourtDay, adjusted: Adjustments = .none, resting: RestDays
    ) -> ComputedDeadline {
        count(rule, from: .on(day), adjusted: adjusted, resting: resting)
    }
}

/// One limit being counted: keeps what makes it provisional and what the explanation will say.
struct DeadlineCount {
    let rule: DeadlineRule
    let table: DeadlineTable
    let resting: RestDays
    var explanation = Explanation()
    var provisional: [Provisional] = []

    init(rule: DeadlineRule, table: DeadlineTable, resting: RestDays) {
        self.rule = rule
        self.table = table
        self.resting = resting
    }

    private var isWorkingDays: Bool { rule.dayType == .working }

    mutating func days(from event: CourtDay, adjusted: Adjustments) -> ComputedDeadline {
        let length = lawfulLength(adjusted.courtSetLength)
        explainRule(length: length)
        explainEvent(event)
        let extended = lawfulExtension(adjusted.extended)
        let suspended = lawfulSuspensions(adjusted.suspensions)

        let bare = bareEnd(of: length, extended: extended, from: event, leavingOut: suspended)
        explainCounting(of: length, from: event, to: bare)
        explainExtension(extended)
        let nominal = isWorkingDays ? bare : leavingOut(suspended, from: event, to: bare)
        if nominal != bare { explainLeftOut(nominal.number - bare.number, now: nominal) }

        let last = rollsFrom(nominal)
        explainLastDay(last)
        return finished(nominal: nominal, last: last)
    }

    mutating func hours(from trigger: Happened, adjusted: Adjustments, zone: CourtZone) -> ComputedDeadline {
        let length = lawfulLength(adjusted.courtSetLength)
        explainRule(length: length)
        let event: Instant
        switch trigger {
        case .at(let instant): event = instant
        case .on(let day):
            event = zone.start(of: day)
            note(.hourUnknown)
        }
        let hour: Int64 = 3_600_000
        let offset = Int64(zone.offsetMinutes) * 60_000
        let started = (floorDivide(event.milliseconds + offset, hour) + 1) * hour - offset
        var hours = length
        switch lawfulExtension(adjusted.extended) {
        case .days(let days): hours += days * 24
        case .months(let months): hours += months * 30 * 24
        case nil: break
        }
        for suspension in adjusted.suspensions { explainNotStopped(by: suspension) }
        let sign: Int64 = rule.direction == .after ? 1 : -1
        let ends = Instant(milliseconds: started + sign * Int64(hours) * hour)
        let last = zone.day(of: ends.adding(milliseconds: -1))
        explainHours(hours, event: event, from: Instant(milliseconds: started), to: ends, zone: zone)
        return finished(nominal: last, last: last, ends: ends)
    }

    private func finished(nominal: CourtDay, last: CourtDay, ends: Instant? = nil) -> ComputedDeadline {
        var explanation = explanation
        for reason in provisional { explanation.lines.append(.init(reason.reason)) }
        return ComputedDeadline(
            rule: rule.id, nominalLastDay: nominal, lastDay: last, ends: ends, provisional: provisional,
            explanation: explanation)
    }

    // The court may set a minimum longer and a maximum shorter; an exact term is as the law has it.
    private mutating func lawfulLength(_ set: Int?) -> Int {
        guard let set, set != rule.length else { return rule.length }
        switch rule.bound {
        case .minimum where set > rule.length, .maximum where set < rule.length && set > 0: return set
        case .minimum, .maximum, .exact:
            explainSetLengthIgnored(set)
            return rule.length
        }
    }

    private mutating func lawfulExtension(_ extended: PeriodExtension?) -> PeriodExtension? {
        guard let extended else { return nil }
        guard rule.kind != .fixed else {
            explainNeverExtended()
            return nil
        }
        return extended
    }

    private mutating func lawfulSuspensions(_ suspensions: [Suspension]) -> [ClosedRange<CourtDay>] {
        var spans: [ClosedRange<CourtDay>] = []
        for suspension in suspensions {
            guard rule.suspendsFor.contains(suspension.ground), rule.direction == .after else {
                explainNotStopped(by: suspension)
                continue
            }
            let lawful = suspension.lawful
            explainSuspension(lawful, cut: lawful != suspension)
            if lawful.through == nil { note(.stillSuspended(suspension.ground, since: suspension.from)) }
            let through = lawful.through ?? lawful.from
            if through >= lawful.from { spans.append(lawful.from...through) }
        }
        return spans.sorted { $0.lowerBound < $1.lowerBound }
    }

    private mutating func bareEnd(
        of length: Int, extended: PeriodExtension?, from event: CourtDay, leavingOut spans: [ClosedRange<CourtDay>]
    ) -> CourtDay {
        let sign = rule.direction == .after ? 1 : -1
        var days = 0
        var months = 0
        switch rule.unit {
        case .hours: break
        case .days: days = length
        case .months: months = length
        case .years: months = length * 12
        }
        switch extended {
        case .days(let more): days += more
        case .months(let more): months += more
        case nil: break
        }
        let shifted = months == 0 ? event : event.adding(months: sign * months)
        guard isWorkingDays else { return shifted.adding(days: sign * days) }
        return workdays(days, sign: sign, from: shifted, leavingOut: spans)
    }

    private mutating func workdays(
        _ days: Int, sign: Int, from event: CourtDay, leavingOut spans: [ClosedRange<CourtDay>]
    ) -> CourtDay {
        var day = event
        var left = days
        while left > 0 {
            day = day.adding(days: sign)
            noteCalendar(of: day)
            let standing = resting.standing(of: day)
            if standing.rests || spans.contains(where: { $0.contains(day) }) {
                explainSkipped(day, standing)
            } else {
                left -= 1
            }
        }
        return day
    }

    /// Each day left out moves the end by one day, and the days it moves over may be left out too.
    private func leavingOut(_ spans: [ClosedRange<CourtDay>], from event: CourtDay, to bare: CourtDay) -> CourtDay {
        var end = bare
        var counted = event
        for span in spans {
            let first = max(span.lowerBound, counted.adding(days: 1))
            guard first <= end, first <= span.upperBound else { continue }
            end = end.adding(days: span.upperBound.number - first.number + 1)
            counted = span.upperBound
        }
        return end
    }

    private mutating func rollsFrom(_ nominal: CourtDay) -> CourtDay {
        guard rule.rollsOnHoliday, !isWorkingDays else {
            if !isWorkingDays, resting.contains(nominal) { explainNoRoll() }
            return nominal
        }
        var day = nominal
        noteCalendar(of: day)
        while resting.contains(day) {
            explainRolled(day, resting.standing(of: day))
            day = day.adding(days: 1)
            noteCalendar(of: day)
        }
        if case .makeUpWorkday(let holiday) = resting.standing(of: day) { explainMakeUp(day, for: holiday) }
        return day
    }

    private mutating func noteCalendar(of day: CourtDay) {
        if let year = resting.unpublishedYear(for: day) { note(.unpublishedCalendar(year: year)) }
    }

    private mutating func note(_ reason: Provisional) {
        if !provisional.contains(reason) { provisional.append(reason) }
    }
}
