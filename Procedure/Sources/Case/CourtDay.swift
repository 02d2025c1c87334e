/// A day in the court's own zone (法院所在地日历日). Ends at 24:00 there.
public struct CourtDay: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01.
    public let number: Int

    public init(number: Int) { self.number = number }

    /// - Returns: nil when there is no such day in the Gregorian calendar, or the year has not four digits.
    public init?(year: Int, month: Int, day: Int) {
        guard (1000...9999).contains(year), (1...12).contains(month),
            (1...Self.length(of: month, in: year)).contains(day)
        else { return nil }
        // Days from civil: the year starts in March so that the leap day comes last.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let monthFromMarch = (month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = era * 146_097 + dayOfEra - 719_468
    }

    /// - Returns: nil unless the text reads `2026-01-05` and names a real day.
    public init?(rawValue: String) {
        let text = Array(rawValue.utf8)
        guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            let year = decimal(text[0..<4]), let month = decimal(text[5..<7]), let day = decimal(text[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    public var components: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    public var year: Int { components.year }

    /// Monday is 1, Sunday is 7.
    public var weekday: Int { (number % 7 + 7 + 3) % 7 + 1 }

    public func adding(days: Int) -> CourtDay { CourtDay(number: number + days) }

    /// The same date so many months on, or the last day of that month where there is none.
    ///
    /// - Source: Civil Code art. 202.
    public func adding(months: Int) -> CourtDay {
        let (year, month, day) = components
        let total = year * 12 + month - 1 + months
        let newYear = total / 12
        let newMonth = total % 12 + 1
        let last = Self.length(of: newMonth, in: newYear)
        return CourtDay(year: newYear, month: newMonth, day: min(day, last)) ?? self
    }

    public func days(until later: CourtDay) -> Int { later.number - number }

    public var rawValue: String {
        String(unsafeUninitializedCapacity: Self.longestText) { buffer in
            var text = ASCIIText(buffer)
            write(to: &text)
            return text.count
        }
    }

    /// Enough for the year of the largest number.
    static let longestText = 32

    func write(to text: inout ASCIIText) {
        let (year, month, day) = components
        text.write(year, width: 4)
        text.write(UInt8(ascii: "-"))
        text.write(month, width: 2)
        text.write(UInt8(ascii: "-"))
        text.write(day, width: 2)
    }

    public var description: String { rawValue }
    public static func < (a: CourtDay, b: CourtDay) -> Bool { a.number < b.number }
    // Without these, equality and hashing would go through the text.
    public static func == (a: CourtDay, b: CourtDay) -> Bool { a.number == b.number }
    public func hash(into hasher: inout Hasher) { hasher.combine(number) }

    static func length(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension CourtDay: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) {
        guard let day = CourtDay(rawValue: value) else { preconditionFailure("no such day: \(value)") }
        self = day
    }
}

extension CourtDay: Codable {}

/// Digits written straight into the memory of a text: every entry has instants and days, and every page many.
struct ASCIIText {
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    init(_ buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

    mutating func write(_ character: UInt8) {
        buffer[count] = character
        count += 1
    }

    /// With zeros in front up to the width.
    mutating func write(_ value: Int, width: Int) {
        if value < 0 { write(UInt8(ascii: "-")) }
        let value = value.magnitude
        var digits = 1
        var ceiling: UInt = 10
        while digits < 19, value >= ceiling {
            digits += 1
            ceiling = ceiling &* 10
        }
        let length = max(digits, width)
        var rest = value
        for place in (0..<length).reversed() {
            buffer[count + place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        count += length
    }
}

func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
        guard (48...57).contains(digit) else { return nil }
        value = value * 10 + Int(digit - 48)
    }
    return value
}
