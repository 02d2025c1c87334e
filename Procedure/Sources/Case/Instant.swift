/// A point in time: milliseconds since 1970-01-01T00:00:00Z, written `2026-01-05T01:02:03.004Z`.
public struct Instant: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// - Returns: nil unless the text has exactly that form, in UTC.
    public init?(rawValue: String) {
        let text = Array(rawValue.utf8)
        guard text.count == 24, text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"),
            text[16] == UInt8(ascii: ":"),
            text[19] == UInt8(ascii: "."), text[23] == UInt8(ascii: "Z"),
            let day = CourtDay(rawValue: String(rawValue.prefix(10))),
            let hour = decimal(text[11..<13]), let minute = decimal(text[14..<16]), let second = decimal(text[17..<19]),
            let millisecond = decimal(text[20..<23]), hour < 24, minute < 60, second < 60
        else { return nil }
        let seconds = day.number * 86_400 + hour * 3_600 + minute * 60 + second
        milliseconds = Int64(seconds) * 1_000 + Int64(millisecond)
    }

    public var rawValue: String {
        let day = floorDivide(milliseconds, 86_400_000)
        let rest = Int(milliseconds - day * 86_400_000)
        return String(unsafeUninitializedCapacity: CourtDay.longestText + 14) { buffer in
            var text = ASCIIText(buffer)
            CourtDay(number: Int(day)).write(to: &text)
            text.write(UInt8(ascii: "T"))
            text.write(rest / 3_600_000, width: 2)
            text.write(UInt8(ascii: ":"))
            text.write(rest / 60_000 % 60, width: 2)
            text.write(UInt8(ascii: ":"))
            text.write(rest / 1_000 % 60, width: 2)
            text.write(UInt8(ascii: "."))
            text.write(rest % 1_000, width: 3)
            text.write(UInt8(ascii: "Z"))
            return text.count
        }
    }

    public func adding(milliseconds: Int64) -> Instant { Instant(milliseconds: self.milliseconds + milliseconds) }
    public func adding(hours: Int) -> Instant { adding(milliseconds: Int64(hours) * 3_600_000) }

    public var description: String { rawValue }
    public static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }
    // Without these, equality and hashing would go through the text.
    public static func == (a: Instant, b: Instant) -> Bool { a.milliseconds == b.milliseconds }
    public func hash(into hasher: inout Hasher) { hasher.combine(milliseconds) }
}

extension Instant: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) {
        guard let instant = Instant(rawValue: value) else { preconditionFailure("no such instant: \(value)") }
        self = instant
    }
}

extension Instant: Codable {}

/// The court's zone: a fixed distance from UTC. A country with summer time brings its own.
public struct CourtZone: Hashable, Codable, Sendable {
    public let offsetMinutes: Int

    public init(offsetMinutes: Int) { self.offsetMinutes = offsetMinutes }

    /// China Standard Time.
    public static let china = CourtZone(offsetMinutes: 480)

    public func day(of instant: Instant) -> CourtDay {
        CourtDay(number: Int(floorDivide(instant.milliseconds + Int64(offsetMinutes) * 60_000, 86_400_000)))
    }

    /// The first instant after the day: 24:00 in the court's zone.
    public func end(of day: CourtDay) -> Instant { start(of: day.adding(days: 1)) }

    public func start(of day: CourtDay) -> Instant {
        Instant(milliseconds: Int64(day.number) * 86_400_000 - Int64(offsetMinutes) * 60_000)
    }

    /// Hours and minutes of the clock on the court's wall, `09:30`.
    public func clock(of instant: Instant) -> String {
        let local = instant.milliseconds + Int64(offsetMinutes) * 60_000
        let rest = Int(local - floorDivide(local, 86_400_000) * 86_400_000)
        return "\(padded(rest / 3_600_000, 2)):\(padded(rest / 60_000 % 60, 2))"
    }
}

/// When something happened: an instant, or for what was done offline perhaps only a day.
public enum Happened: Hashable, Sendable {
    case at(Instant)
    case on(CourtDay)

    public func day(in zone: CourtZone) -> CourtDay {
        switch self {
        case .at(let instant): zone.day(of: instant)
        case .on(let day): day
        }
    }
}

extension Happened {
    /// The days from here to there, a begun day counted as one; none backwards.
    func begunDays(until later: Happened) -> Int {
        if case (.at(let start), .at(let end)) = (self, later) {
            return Int(max(0, floorDivide(end.milliseconds - start.milliseconds + 86_399_999, 86_400_000)))
        }
        return max(0, day(in: .china).days(until: later.day(in: .china)))
    }
}

extension Happened: RawRepresentable, Codable {
    public init?(rawValue: String) {
        if let instant = Instant(rawValue: rawValue) {
            self = .at(instant)
        } else if let day = CourtDay(rawValue: rawValue) {
            self = .on(day)
        } else {
            return nil
        }
    }

    public var rawValue: String {
        switch self {
        case .at(let instant): instant.rawValue
        case .on(let day): day.rawValue
        }
    }
}

func floorDivide(_ a: Int64, _ b: Int64) -> Int64 { a >= 0 ? a / b : -((-a + b - 1) / b) }
