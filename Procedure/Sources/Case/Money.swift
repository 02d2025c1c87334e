/// A sum of money (金额): minor units and a currency, such as 6,850,055 fen. Never a fraction, never a `Double`.
public struct Money: Hashable, Sendable {
    /// In the currency's smallest unit; for CNY fen (分).
    public let minorUnits: Int64
    public let currency: Currency

    public init(minorUnits: Int64, currency: Currency = .cny) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    public static func yuan(_ yuan: Int64) -> Money { Money(minorUnits: yuan * 100) }
    public static let zero = Money(minorUnits: 0)

    /// Reads what a person typed: `68500.55`, `68,500.55`, `￥68500`; at most as many decimals as the currency has.
    ///
    /// - Returns: nil for anything else, for a negative sum, or beyond one million million major units.
    public init?(typed text: String, currency: Currency = .cny) {
        var digits = text.filter { !" ,，\u{3000}".contains($0) }
        for mark in ["￥", "¥", "元", "CNY", "RMB"] where currency == .cny {
            if digits.hasPrefix(mark) { digits.removeFirst(mark.count) }
            if digits.hasSuffix(mark) { digits.removeLast(mark.count) }
        }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty, whole.count <= 12, parts.count <= 2 else { return nil }
        let decimals = parts.count == 2 ? parts[1] : ""
        guard parts.count == 1 || (1...max(1, currency.decimals)).contains(decimals.count),
            decimals.count <= currency.decimals
        else { return nil }
        let all = whole + decimals + String(repeating: "0", count: currency.decimals - decimals.count)
        guard all.utf8.allSatisfy({ (48...57).contains($0) }), let units = Int64(all) else { return nil }
        self.init(minorUnits: units, currency: currency)
    }

    /// Plain decimal text in major units: `68500.55`.
    public var decimalText: String {
        let digits = String(minorUnits.magnitude)
        let sign = minorUnits < 0 ? "-" : ""
        guard currency.decimals > 0 else { return sign + digits }
        let full = String(repeating: "0", count: max(0, currency.decimals + 1 - digits.count)) + digits
        return "\(sign)\(full.dropLast(currency.decimals)).\(full.suffix(currency.decimals))"
    }

    /// The same with its digits in groups of three, as people read it: `68,500.55`.
    public var groupedText: String {
        let text = decimalText
        let whole = text.prefix { $0 != "." }
        return groupedByThousands(String(whole)) + text.dropFirst(whole.count)
    }

    public static func + (a: Money, b: Money) -> Money {
        precondition(a.currency == b.currency, "sums of two currencies cannot be added")
        return Money(minorUnits: a.minorUnits + b.minorUnits, currency: a.currency)
    }

    public static func - (a: Money, b: Money) -> Money {
        precondition(a.currency == b.currency, "sums of two currencies cannot be subtracted")
        return Money(minorUnits: a.minorUnits - b.minorUnits, currency: a.currency)
    }
}

/// A currency by its ISO 4217 code.
public struct Currency: RawRepresentable, Hashable, Codable, Sendable {
    public let rawValue: String

    public init?(rawValue: String) {
        guard rawValue.utf8.count == 3, rawValue.utf8.allSatisfy({ (65...90).contains($0) }) else { return nil }
        self.rawValue = rawValue
    }

    private init(known: String) { rawValue = known }

    public static let cny = Currency(known: "CNY")

    /// Digits after the point: none for those that have no smaller unit, three for a few, two otherwise.
    public var decimals: Int {
        switch rawValue {
        case "JPY", "KRW", "VND", "CLP", "ISK", "XAF", "XOF", "XPF", "PYG", "UGX", "RWF": 0
        case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
        default: 2
        }
    }
}

extension Money: Codable {
    enum CodingKeys: String, CodingKey { case amount, currency }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let text = try container.decode(String.self, forKey: .amount)
        guard let units = Int64(text), String(units) == text else {
            throw DecodingError.dataCorruptedError(
                forKey: .amount, in: container, debugDescription: "not a whole number")
        }
        self.init(minorUnits: units, currency: try container.decode(Currency.self, forKey: .currency))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(String(minorUnits), forKey: .amount)
        try container.encode(currency, forKey: .currency)
    }
}

/// An exact fraction, for counting with rates until the one rounding at the end.
public struct Fraction: Hashable, Sendable {
    public let numerator, denominator: Int128

    public init(_ numerator: Int128, over denominator: Int128 = 1) {
        precondition(denominator > 0, "a denominator is positive")
        // In lowest terms, or sums over many bands would outgrow 128 bits.
        let divisor = commonDivisor(numerator.magnitude, denominator.magnitude)
        self.numerator = numerator / Int128(divisor)
        self.denominator = denominator / Int128(divisor)
    }

    public init(_ money: Money) { self.init(Int128(money.minorUnits)) }

    public static func + (a: Fraction, b: Fraction) -> Fraction {
        Fraction(a.numerator * b.denominator + b.numerator * a.denominator, over: a.denominator * b.denominator)
    }

    public static func * (a: Fraction, b: Fraction) -> Fraction {
        Fraction(a.numerator * b.numerator, over: a.denominator * b.denominator)
    }

    /// The nearest whole number; a half goes away from zero (半数进位).
    public var roundedHalfUp: Int128 {
        let doubled = numerator.magnitude * 2 + denominator.magnitude
        let magnitude = Int128(doubled / (denominator.magnitude * 2))
        return numerator < 0 ? -magnitude : magnitude
    }
}

private func commonDivisor(_ a: UInt128, _ b: UInt128) -> UInt128 {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return max(a, 1)
}

/// The digits of a whole number in groups of three: `-1234567` is `-1,234,567`.
public func groupedByThousands(_ number: String) -> String {
    var grouped = ""
    for (index, digit) in number.reversed().enumerated() {
        if index > 0, index % 3 == 0, digit != "-" { grouped.append(",") }
        grouped.append(digit)
    }
    return String(grouped.reversed())
}
