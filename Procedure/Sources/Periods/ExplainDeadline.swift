// What a counted limit says about itself: rule, event, counting, days left out, rest days, last day.
extension DeadlineCount {
    mutating func explainRule(length: Int) {
        let bound: Words =
            switch rule.bound {
            case .maximum: Words("", "")
            case .minimum: Words("不少于", "at least ")
            case .exact: Words("", "exactly ")
            }
        let span = length == 0 ? Words("事件发生之前", "any time up to the event") : self.span(length)
        explanation.add(
            "期间：\(rule.name.zh)，\(bound.zh)\(span.zh)。", "Limit: \(rule.name.en), \(bound.en)\(span.en).",
            articles: rule.articles)
    }

    mutating func explainEvent(_ event: CourtDay) {
        let name = table.event(of: rule)
        guard rule.length > 0 else {
            explanation.add("以\(name.zh)为准：\(event)。", "Measured by: \(name.en), \(event).")
            return
        }
        let words: Words =
            rule.direction == .after
            ? Words("起算：\(name.zh)，\(event)；当日不计入。", "Counted from: \(name.en), \(event); that day is not counted.")
            : Words(
                "倒算：自\(name.zh)（\(event)）向前；当日不计入。",
                "Counted back from: \(name.en), \(event); that day is not counted.")
        explanation.lines.append(.init(words, articles: ids(.countingPeriods, .eventNotCounted)))
    }

    mutating func explainCounting(of length: Int, from event: CourtDay, to end: CourtDay) {
        guard length > 0 else { return }
        let span = span(length)
        let first = event.adding(days: rule.direction == .after ? 1 : -1)
        switch rule.unit {
        case .months, .years:
            let clamped = end.components.day != event.components.day
            explanation.add(
                "\(span.zh)的对应日为\(end)\(clamped ? "（该月无对应日，取月末日）" : "")。",
                "\(span.en) \(rule.direction == .after ? "on" : "back"), the corresponding date is \(end)"
                    + (clamped ? " (that month has no such date; its last day counts)." : "."),
                articles: ids(.monthsAndYears))
        case .days, .hours:
            let way =
                rule.direction == .after
                ? Words("自\(first)起计\(span.zh)，至\(end)。", "\(span.en) starting with \(first) end on \(end).")
                : Words("自\(first)起向前计\(span.zh)，至\(end)。", "\(span.en) back, starting with \(first), reach \(end).")
            explanation.lines.append(.init(way))
        }
    }

    mutating func explainSkipped(_ day: CourtDay, _ standing: RestDays.Standing) {
        guard let name = name(of: standing) else {
            explanation.add("\(day)在扣除期间内，不计。", "\(day) is left out and not counted.")
            return
        }
        explanation.add("\(day)（\(name.zh)）不是工作日，不计。", "\(day) (\(name.en)) is no working day and not counted.")
    }

    mutating func explainRolled(_ day: CourtDay, _ standing: RestDays.Standing) {
        guard let name = name(of: standing) else { return }
        explanation.add(
            "\(day)（\(name.zh)）是休息日，顺延。", "\(day) (\(name.en)) is a rest day; the period moves on.",
            articles: ids(.countingPeriods))
    }

    mutating func explainMakeUp(_ day: CourtDay, for holiday: String) {
        let name = englishHoliday(holiday)
        explanation.add(
            "\(day)是\(holiday)调休上班日，视为工作日，不顺延。",
            "\(day) is a weekend day worked in return for \(name); it counts as a workday.",
            articles: ids(.countingPeriods))
    }

    mutating func explainNoRoll() {
        explanation.add("此期间按日历计算，不因休息日顺延。", "This limit runs by the calendar and does not move for rest days.")
    }

    mutating func explainLastDay(_ last: CourtDay) {
        let words: Words =
            switch (rule.direction, rule.bound, rule.kind) {
            case (.before, _, .lookback): Words("窗口自\(last)起。", "The window opens on \(last).")
            case (.before, _, _) where rule.length == 0:
                Words("须在该事件发生之前完成，最迟\(last)。", "To be done before that event, on \(last) at the latest.")
            case (.before, _, _):
                Words("最迟于\(last)的24时前完成。", "To be done by 24:00 on \(last) at the latest.")
            case (_, .maximum, .validity): Words("效力至\(last)的24时止。", "In force until 24:00 on \(last).")
            case (_, .maximum, _): Words("最后一日为\(last)，至24时止。", "The last day is \(last), until 24:00.")
            case (_, .minimum, _): Words("不得早于\(last)的24时届满。", "It may not end before 24:00 on \(last).")
            case (_, .exact, _): Words("于\(last)的24时届满。", "It ends at 24:00 on \(last).")
            }
        explanation.lines.append(.init(words, articles: ids(.lastDayOfPeriod)))
    }

    mutating func explainHours(_ hours: Int, event: Instant, from start: Instant, to end: Instant, zone: CourtZone) {
        let name = table.event(of: rule)
        explanation.add(
            "起算：\(name.zh)，\(clock(event, zone))；该时不计入，自\(clock(start, zone))起算。",
            "Counted from: \(name.en), \(clock(event, zone)); that hour itself is not counted, so from \(clock(start, zone)).",
            articles: ids(.countingPeriods, .eventNotCounted))
        explanation.add(
            "计\(hours)小时，至\(clock(end, zone))止；不因休息日顺延。",
            "\(hours) hours end at \(clock(end, zone)); rest days do not move it.")
    }

    mutating func explainSetLengthIgnored(_ set: Int) {
        explanation.add(
            "所定\(span(set).zh)不合法定长度，按法定长度计算。",
            "The \(span(set).en) that were set do not fit what the law allows; the statutory length is counted.")
    }

    mutating func explainExtension(_ extended: PeriodExtension?) {
        switch extended {
        case .days(let days):
            explanation.add(
                "已准延长\(days)日，计算在内。",
                "An extension by \(days) \(days == 1 ? "day" : "days") was granted and is included.")
        case .months(let months):
            explanation.add(
                "已准延长\(months)个月，计算在内。",
                "An extension by \(months) \(months == 1 ? "month" : "months") was granted and is included.")
        case nil: return
        }
        if rule.extensionRule == nil {
            explanation.add(
                "期间表未载明此期间可延长，请核对准许依据。", "The table names no ground for extending this limit: check what allows it.")
        }
    }

    mutating func explainNeverExtended() {
        explanation.add(
            "此为不变期间，不延长。", "This period is fixed and is not extended.", articles: ids(.periodsThatNeverStop))
    }

    mutating func explainSuspension(_ suspension: Suspension, cut: Bool) {
        let ground = table.suspensionGrounds[suspension.ground]
        let name = ground?.name ?? Words(suspension.ground.rawValue, suspension.ground.rawValue)
        let through =
            suspension.through.map { Words("至\($0)", "through \($0)") } ?? Words("起尚未结束", "and still going on")
        explanation.add(
            "扣除\(name.zh)：\(suspension.from)\(through.zh)\(cut ? "（以一个月为限）" : "")。",
            "Left out, \(name.en): from \(suspension.from) \(through.en)\(cut ? " (one month at most)" : "").",
            articles: cut ? ids(.leftOutOfLimits) : ground?.articles ?? [])
    }

    mutating func explainNotStopped(by suspension: Suspension) {
        let name = table.suspensionGrounds[suspension.ground]?.name
        let words = name ?? Words(suspension.ground.rawValue, suspension.ground.rawValue)
        explanation.add(
            "\(words.zh)不是此期间的扣除事由，不扣除。", "This limit does not stop for \(words.en); nothing is left out.",
            articles: rule.kind == .fixed ? ids(.periodsThatNeverStop) : [])
    }

    mutating func explainLeftOut(_ days: Int, now nominal: CourtDay) {
        explanation.add(
            "共扣除\(days)日，届满日移至\(nominal)。", "\(days) days in all are left out; the period now ends on \(nominal).",
            articles: rule.suspendsFor.contains(.stayOfProceedings) ? ids(.leftOutOfTrialLimit) : [])
    }

    private func span(_ length: Int) -> Words {
        switch (rule.unit, rule.dayType) {
        case (.hours, _): Words("\(length)小时", "\(length) \(length == 1 ? "hour" : "hours")")
        case (.days, .working): Words("\(length)个工作日", "\(length) working \(length == 1 ? "day" : "days")")
        case (.days, _): Words("\(length)日", "\(length) \(length == 1 ? "day" : "days")")
        case (.months, _): Words("\(length)个月", "\(length) \(length == 1 ? "month" : "months")")
        case (.years, _): Words("\(length)年", "\(length) \(length == 1 ? "year" : "years")")
        }
    }

    private func name(of standing: RestDays.Standing) -> Words? {
        switch standing {
        case .holiday(let name): Words(name, englishHoliday(name))
        case .weekend: Words("周末", "weekend")
        case .workday, .makeUpWorkday: nil
        }
    }

    private func englishHoliday(_ name: String) -> String {
        name.split(separator: "、").map { holidayNames[String($0)] ?? String($0) }.joined(separator: " and ")
    }

    private func clock(_ instant: Instant, _ zone: CourtZone) -> String {
        "\(zone.day(of: instant)) \(zone.clock(of: instant))"
    }

    private func ids(_ articles: Article...) -> [String] { articles.map(\.rawValue) }
}

private let holidayNames = [
    "元旦": "New Year", "春节": "Spring Festival", "清明节": "Qingming", "劳动节": "Labour Day", "端午节": "Dragon Boat",
    "中秋节": "Mid-Autumn", "国庆节": "National Day",
]
