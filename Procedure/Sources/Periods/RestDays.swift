/// The days on which courts rest (法定休假日): weekends and holidays as each year's notice moves them.
///
/// A year without a published notice is never guessed: weekends rest, its holidays are not assumed, and whoever asks
/// can see that the answer is provisional.
public struct RestDays: Hashable, Sendable {
    /// One holiday of one year's notice (放假安排).
    public struct Holiday: Hashable, Sendable {
        public let name: String
        public let daysOff: [CourtDay]
        /// Weekend days worked in return (调休上班).
        public let makeUpWorkdays: [CourtDay]

        public init(name: String, daysOff: [CourtDay], makeUpWorkdays: [CourtDay]) {
            self.name = name
            self.daysOff = daysOff
            self.makeUpWorkdays = makeUpWorkdays
        }
    }

    /// Why a day is a rest day, or a workday against the look of the calendar.
    public enum Standing: Hashable, Sendable {
        case workday
        case makeUpWorkday(for: String)
        case weekend
        case holiday(String)

        public var rests: Bool {
            switch self {
            case .workday, .makeUpWorkday: false
            case .weekend, .holiday: true
            }
        }
    }

    public let version: String
    public let publishedYears: Set<Int>
    // By the day's number: counting asks for many days.
    private let holidays: [Int: String]
    private let makeUpWorkdays: [Int: String]

    public init(version: String, years: [Int: [Holiday]]) {
        self.version = version
        publishedYears = Set(years.keys)
        var holidays: [Int: String] = [:]
        var makeUpWorkdays: [Int: String] = [:]
        for holiday in years.values.joined() {
            for day in holiday.daysOff { holidays[day.number] = holiday.name }
            for day in holiday.makeUpWorkdays { makeUpWorkdays[day.number] = holiday.name }
        }
        self.holidays = holidays
        self.makeUpWorkdays = makeUpWorkdays
    }

    public func standing(of day: CourtDay) -> Standing {
        if let name = makeUpWorkdays[day.number] { return .makeUpWorkday(for: name) }
        if let name = holidays[day.number] { return .holiday(name) }
        return day.weekday > 5 ? .weekend : .workday
    }

    public func contains(_ day: CourtDay) -> Bool { standing(of: day).rests }

    /// The day itself, or the first workday after it.
    public func firstWorkday(from day: CourtDay) -> CourtDay {
        var day = day
        while contains(day) { day = day.adding(days: 1) }
        return day
    }

    /// Whether every notice that can say something about this day is in the table.
    ///
    /// A New Year break may begin in the old year: 2022-12-31 stands in the notice for 2023, and 2018-12-29 was worked
    /// for 2019. The last three days of December therefore wait for the next year's notice.
    public func isCertain(_ day: CourtDay) -> Bool { unpublishedYear(for: day) == nil }

    /// The year whose notice is missing for this day.
    func unpublishedYear(for day: CourtDay) -> Int? {
        let (year, month, date) = day.components
        if !publishedYears.contains(year) { return year }
        if month == 12, date >= 29, !publishedYears.contains(year + 1) { return year + 1 }
        return nil
    }
}
