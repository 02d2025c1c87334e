/// The number of a person's identity card (公民身份号码), checked as far as it checks itself.
///
/// Never printed: its description shows nothing of it.
///
/// - Source: GB 11643-1999.
public struct ResidentNumber: RawRepresentable, Hashable, Codable, Sendable {
    public let rawValue: String
    public let birthDay: CourtDay

    /// - Returns: nil unless it has 18 places, a region's number, a real day of birth and the right check digit.
    public init?(rawValue: String) {
        let text = Array(rawValue.uppercased().utf8)
        guard text.count == 18, let region = decimal(text[0..<6]), provinceNumbers.contains(region / 10_000),
            let year = decimal(text[6..<10]), let month = decimal(text[10..<12]), let day = decimal(text[12..<14]),
            (1800...2999).contains(year), let birthDay = CourtDay(year: year, month: month, day: day),
            decimal(text[14..<17]) != nil, text[17] == Self.checkDigit(of: text[0..<17])
        else { return nil }
        self.rawValue = String(decoding: text, as: UTF8.self)
        self.birthDay = birthDay
    }

    /// Whether a person with this number is at least so old on that day (周岁): from the day of the birthday on.
    public func hasTurned(_ years: Int, on day: CourtDay) -> Bool { birthDay.adding(months: 12 * years) <= day }

    /// Modulus 11-2 of ISO 7064; X stands for ten.
    static func checkDigit(of digits: ArraySlice<UInt8>) -> UInt8 {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(digits, weights).reduce(0) { $0 + Int($1.0 - 48) * $1.1 }
        return Array("10X98765432".utf8)[sum % 11]
    }
}

extension ResidentNumber: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "ResidentNumber(…)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

/// The first two digits of the regions (GB/T 2260), with Hong Kong, Macao and Taiwan residents and foreigners.
private let provinceNumbers: Set<Int> = Set(
    [11...15, 21...23, 31...37, 41...46, 50...54, 61...65, 71...71, 81...83, 91...91].flatMap { Array($0) })
