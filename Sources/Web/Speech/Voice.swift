import Procedure

/// The speaker of one language: everything a page says goes through it, both languages side by side.
///
/// ```swift
/// "<h1>\(voice("我的案件", "My cases"))</h1><p>\(voice.day(due))</p>"
/// ```
package struct Voice: Hashable, Sendable {
    package let language: Language
    package let zone: CourtZone

    package init(_ language: Language, zone: CourtZone = .china) {
        self.language = language
        self.zone = zone
    }

    package func callAsFunction(_ zh: String, _ en: String) -> String { isChinese ? zh : en }
    package func callAsFunction(_ words: Words) -> String { words[language] }

    /// Sentences that carry markup, such as a link.
    package func html(_ zh: HTML, _ en: HTML) -> HTML { isChinese ? zh : en }

    package var isChinese: Bool { language == .chinese }

    /// The other language, named in itself.
    package var other: (language: Language, name: String) {
        isChinese ? (.english, "English") : (.chinese, "中文")
    }

    // MARK: Days and times

    /// 2026年1月5日 · 5 January 2026
    package func day(_ day: CourtDay) -> String {
        let (year, month, date) = day.components
        return isChinese ? "\(year)年\(month)月\(date)日" : "\(date) \(Self.months[month - 1]) \(year)"
    }

    /// With the day of the week: 2026年1月5日（星期一） · Monday, 5 January 2026
    package func weekdayAndDay(_ day: CourtDay) -> String {
        isChinese
            ? "\(self.day(day))（星期\(Self.hanWeekdays[day.weekday - 1])）"
            : "\(Self.weekdays[day.weekday - 1]), \(self.day(day))"
    }

    /// In the court's zone, to the minute: 2026年1月5日 09:30 · 5 January 2026, 09:30
    package func time(_ instant: Instant) -> String {
        "\(day(zone.day(of: instant)))\(isChinese ? " " : ", ")\(zone.clock(of: instant))"
    }

    /// Hours and minutes only.
    package func clock(_ instant: Instant) -> String { zone.clock(of: instant) }

    package func dayElement(_ day: CourtDay) -> HTML {
        "<time datetime=\"\(day.rawValue)\">\(self.day(day))</time>"
    }

    package func timeElement(_ instant: Instant) -> HTML {
        "<time datetime=\"\(instant.rawValue)\">\(time(instant))</time>"
    }

    package func happened(_ happened: Happened) -> HTML {
        switch happened {
        case .at(let instant): timeElement(instant)
        case .on(let day): dayElement(day)
        }
    }

    /// 还有3天 · 3 days left; 今天到期 · due today; 已过2天 · 2 days ago
    package func daysLeft(until due: CourtDay, today: CourtDay) -> String {
        let days = today.days(until: due)
        return switch days {
        case 0: self("今天到期", "due today")
        case 1: self("还有1天", "1 day left")
        case 2...: self("还有\(number(days))天", "\(number(days)) days left")
        case -1: self("已过1天", "1 day overdue")
        default: self("已过\(number(-days))天", "\(number(-days)) days overdue")
        }
    }

    // MARK: Sums and counts

    /// 68,500.55元 · CNY 68,500.55
    package func money(_ money: Money) -> String {
        if isChinese, money.currency == .cny { return "\(money.groupedText)元" }
        return "\(money.currency.rawValue) \(money.groupedText)"
    }

    package func number(_ number: some BinaryInteger) -> String { groupedByThousands(String(number)) }

    /// `count(3, zh: "件", one: "case", other: "cases")`: 3件 · 3 cases
    package func count(_ number: Int, zh: String, one: String, other: String) -> String {
        isChinese ? "\(self.number(number))\(zh)" : "\(self.number(number)) \(number == 1 ? one : other)"
    }

    /// 1.4 MB; decimal thousands, as phones count.
    package func bytes(_ bytes: Int) -> String {
        var tenths = bytes * 10
        for unit in ["B", "kB", "MB", "GB"] {
            if tenths < 10_000 || unit == "GB" {
                return unit == "B" || tenths >= 1_000 || tenths % 10 == 0
                    ? "\(tenths / 10) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
            }
            tenths /= 1_000
        }
        return "\(bytes) B"
    }

    /// 甲、乙和丙 · A, B and C
    package func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        let before = items.dropLast().joined(separator: self("、", ", "))
        return before + self("和", " and ") + last
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    private static let hanWeekdays = ["一", "二", "三", "四", "五", "六", "日"]
}
