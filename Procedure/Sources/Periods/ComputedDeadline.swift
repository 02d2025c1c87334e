/// A limit counted out: its last day, and how it came about.
public struct ComputedDeadline: Hashable, Sendable {
    public let rule: DeadlineID
    /// The day the period ends by bare counting, before rest days move it.
    ///
    /// Counting back it is the latest day (or, for a look-back, the earliest day inside the window).
    public let nominalLastDay: CourtDay
    /// The last day on which the act is still in time; it ends at 24:00 in the court's zone.
    public let lastDay: CourtDay
    /// For limits in hours: the first instant that is too late.
    public let ends: Instant?
    /// Why the date may still move; empty when it is final. Never a guess, never an error.
    public let provisional: [Provisional]
    public let explanation: Explanation

    public init(
        rule: DeadlineID, nominalLastDay: CourtDay, lastDay: CourtDay, ends: Instant? = nil,
        provisional: [Provisional], explanation: Explanation
    ) {
        self.rule = rule
        self.nominalLastDay = nominalLastDay
        self.lastDay = lastDay
        self.ends = ends
        self.provisional = provisional
        self.explanation = explanation
    }

    public var isProvisional: Bool { !provisional.isEmpty }

    /// The first instant that is too late, in the zone of the court.
    public func end(in zone: CourtZone) -> Instant { ends ?? zone.end(of: lastDay) }

    /// Whether something that happened then is still in time. What is known to the day only counts for the whole day.
    ///
    /// - Source: Civil Procedure Law art. 85; Civil Code art. 203.
    public func allows(_ happened: Happened, in zone: CourtZone) -> Bool {
        switch happened {
        case .at(let instant): instant < end(in: zone)
        case .on(let day): zone.start(of: day) < end(in: zone)
        }
    }
}

/// Why a counted date is not final (暂定).
public enum Provisional: Hashable, Sendable {
    /// No holiday notice is known for this year.
    case unpublishedCalendar(year: Int)
    /// A suspension still goes on; the date is the earliest the limit can end.
    case stillSuspended(SuspensionGround.ID, since: CourtDay)
    /// A limit in hours, and only the day of its event is known; counted from the start of that day.
    case hourUnknown

    /// Stable name for clients.
    public var code: String {
        switch self {
        case .unpublishedCalendar: "calendar-unpublished"
        case .stillSuspended: "still-suspended"
        case .hourUnknown: "hour-unknown"
        }
    }

    public var reason: Words {
        switch self {
        case .unpublishedCalendar(let year):
            let labour = year >= 2025 ? Words("5月1日、2日", "1 and 2 May") : Words("5月1日", "1 May")
            return Words(
                "\(year)年放假安排不在表内：周末照常顺延，元旦（1月1日）、劳动节（\(labour.zh)）、国庆节（10月1日至3日）以及春节、清明、端午、"
                    + "中秋均未计入；安排公布后须重新计算。",
                "The holiday notice for \(year) is not in the table: weekends still roll, but New Year (1 January), Labour "
                    + "Day (\(labour.en)), National Day (1 to 3 October), Spring Festival, Qingming, Dragon Boat and "
                    + "Mid-Autumn are not assumed; count again once it is published.")
        case .stillSuspended(_, let since):
            return Words(
                "自\(since)起的扣除期间尚未结束，所示为最早届满日。",
                "Time has been left out since \(since) and still is; the date shown is the earliest.")
        case .hourUnknown:
            return Words(
                "只知起算事件的日期，不知时刻，按当日零时起算。",
                "Only the day of the event is known, not the hour; counted from the start of that day.")
        }
    }
}
