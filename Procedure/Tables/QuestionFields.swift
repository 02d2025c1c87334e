import Procedure

/// The fields of one question, each read once; what nobody asked for is refused at the end.
struct QuestionFields {
    private var left: [String: StrictJSON]
    private let order: [String]
    private let path: String

    init(_ value: StrictJSON, at path: String = "") throws(LawQuestionProblem) {
        guard case .object(let members) = value else {
            if path.isEmpty { throw .malformed }
            throw .wrongType(path, Words("对象", "an object"))
        }
        left = Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.value) })
        order = members.map(\.name)
        self.path = path.isEmpty ? "" : "\(path)."
    }

    func place(_ name: String) -> String { path + name }

    /// nil when the field is absent or null.
    mutating func optional(_ name: String) -> StrictJSON? {
        let value = left.removeValue(forKey: name)
        return value == .null ? nil : value
    }

    mutating func required(_ name: String) throws(LawQuestionProblem) -> StrictJSON {
        guard let value = optional(name) else { throw .missing(place(name)) }
        return value
    }

    func finish() throws(LawQuestionProblem) {
        if let unknown = order.first(where: { left[$0] != nil }) { throw .unknown(place(unknown)) }
    }

    mutating func string(_ name: String) throws(LawQuestionProblem) -> String {
        guard case .string(let text) = try required(name) else { throw .wrongType(place(name), Words("文本", "text")) }
        return text
    }

    mutating func bool(_ name: String) throws(LawQuestionProblem) -> Bool {
        guard case .bool(let bool) = try required(name) else {
            throw .wrongType(place(name), Words("true或false", "true or false"))
        }
        return bool
    }

    mutating func choice<Choice>(_ name: String, of type: Choice.Type) throws(LawQuestionProblem) -> Choice?
    where Choice: CaseIterable & RawRepresentable<String> {
        guard let value = optional(name) else { return nil }
        guard case .string(let text) = value else { throw .wrongType(place(name), Words("文本", "text")) }
        guard let choice = Choice(rawValue: text) else {
            throw .unknownValue(place(name), Choice.allCases.map(\.rawValue))
        }
        return choice
    }

    /// A sum in yuan, a number or decimal text, with at most two decimals.
    mutating func sum(_ name: String) throws(LawQuestionProblem) -> Money {
        try Self.sum(required(name), at: place(name))
    }

    mutating func sums(_ name: String) throws(LawQuestionProblem) -> [Money] {
        guard case .array(let values) = try required(name) else {
            throw .wrongType(place(name), Words("金额列表", "a list of sums"))
        }
        guard (1...100).contains(values.count) else {
            throw .outOfRange(place(name), Words("1至100项", "1 to 100 of them"))
        }
        var sums: [Money] = []
        for (index, value) in values.enumerated() { sums.append(try Self.sum(value, at: "\(place(name))[\(index)]")) }
        return sums
    }

    private static func sum(_ value: StrictJSON, at place: String) throws(LawQuestionProblem) -> Money {
        let text = try decimalText(value, at: place)
        guard !text.hasPrefix("-") else { throw .outOfRange(place, Words("金额不得为负", "a sum is not negative")) }
        let whole = text.prefix { $0 != "." }
        guard whole.count <= 12 else {
            throw .outOfRange(place, Words("金额不得超过一万亿元", "a sum is below a million million yuan"))
        }
        guard let money = Money(typed: text) else {
            throw .wrongType(place, Words("至多两位小数的金额", "a sum with at most two decimals"))
        }
        return money
    }

    /// A part such as 0.3.
    mutating func part(_ name: String) throws(LawQuestionProblem) -> Fraction {
        let text = try Self.decimalText(required(name), at: place(name))
        guard let part = DecimalText(text), !text.contains("/") else {
            throw .outOfRange(place(name), Words("0与1之间的小数", "a decimal between 0 and 1"))
        }
        return part.fraction
    }

    private static func decimalText(_ value: StrictJSON, at place: String) throws(LawQuestionProblem) -> String {
        let expected = Words("十进制数字", "a plain decimal number")
        let text: String
        switch value {
        case .number(let literal): text = literal
        case .string(let string): text = string
        default: throw .wrongType(place, expected)
        }
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), digits.utf8.count <= 40,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            parts[0] == "0" || !parts[0].hasPrefix("0")
        else { throw .wrongType(place, expected) }
        return text
    }

    /// A whole number inside bounds; nil when absent.
    mutating func whole(_ name: String, in bounds: ClosedRange<Int>) throws(LawQuestionProblem) -> Int? {
        guard let value = optional(name) else { return nil }
        guard case .number(let literal) = value, let number = Int(literal) else {
            throw .wrongType(place(name), Words("整数", "a whole number"))
        }
        guard bounds.contains(number) else {
            let allowed = "\(bounds.lowerBound)–\(bounds.upperBound)"
            throw .outOfRange(place(name), Words(allowed, allowed))
        }
        return number
    }

    /// A day from 1949 to 2200; nil when absent.
    mutating func day(_ name: String) throws(LawQuestionProblem) -> CourtDay? {
        guard let value = optional(name) else { return nil }
        guard case .string(let text) = value, let day = CourtDay(rawValue: text) else {
            throw .wrongType(place(name), Words("日期，例如2026-03-10", "a day such as 2026-03-10"))
        }
        return try Self.checked(day, at: place(name))
    }

    /// An instant in RFC 3339, from 1949 to 2200; nil when absent.
    mutating func instant(_ name: String) throws(LawQuestionProblem) -> Instant? {
        guard let value = optional(name) else { return nil }
        guard case .string(let text) = value, let instant = Instant(internetTime: text) else {
            throw .wrongType(
                place(name), Words("带时区的时刻，例如2026-03-10T09:30:00+08:00", "a time such as 2026-03-10T09:30:00+08:00"))
        }
        _ = try Self.checked(CourtZone.china.day(of: instant), at: place(name))
        return instant
    }

    private static func checked(_ day: CourtDay, at place: String) throws(LawQuestionProblem) -> CourtDay {
        guard (1949...2200).contains(day.year) else {
            throw .outOfRange(place, Words("1949年至2200年", "from 1949 to 2200"))
        }
        return day
    }
}

extension Instant {
    /// - Returns: nil unless the text is a date and time with its distance from UTC (RFC 3339); no leap seconds.
    init?(internetTime text: String) {
        let pattern = /(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d{2}):(\d{2}))/
            .asciiOnlyDigits()
        guard let match = text.wholeMatch(of: pattern), let day = CourtDay(rawValue: String(match.1)),
            let hour = Int64(match.2), let minute = Int64(match.3), let second = Int64(match.4),
            hour < 24, minute < 60, second < 60
        else { return nil }
        let milliseconds = match.5.flatMap { Int64(($0 + "00").prefix(3)) } ?? 0
        var offset: Int64 = 0
        if let sign = match.6, let hours = match.7.flatMap({ Int64($0) }), let minutes = match.8.flatMap({ Int64($0) })
        {
            guard hours < 24, minutes < 60 else { return nil }
            offset = (hours * 60 + minutes) * (sign == "-" ? -1 : 1)
        }
        let minutes = Int64(day.number) * 1_440 + hour * 60 + minute - offset
        self.init(milliseconds: (minutes * 60 + second) * 1_000 + milliseconds)
    }
}
