extension Article {
    /// 案号的基本要素
    public static let caseNumberParts = Article(.caseNumbers, 3)
}

/// The number a court gives a case (案号), such as （2025）浙0192民初42号.
///
/// Holds the shape of a number; whether court and type exist is `CaseNumberTable`'s to say, so that a number stays
/// readable when the list of types changes. Half-width brackets are read and written full-width.
///
/// - Source: Case Number Provisions art. 3.
public struct CaseNumber: RawRepresentable, Hashable, Codable, Sendable, CustomStringConvertible {
    /// The year the case was taken.
    public let year: Int
    /// The court's code: 最高法, or a province's character with 0, 2 or 4 digits.
    public let court: String
    /// The mark of a specialised tribunal, 知.
    public let mark: String?
    /// The type code, such as 民初.
    public let type: String
    public let serial: Int
    /// 之一, 之二 … for further papers of the same kind in one case.
    public let suffix: String?

    /// - Returns: nil when one of the parts cannot stand in a case number.
    public init?(year: Int, court: String, mark: String? = nil, type: String, serial: Int, suffix: String? = nil) {
        let mark = mark ?? ""
        self.init(rawValue: "（\(year)）\(court)\(mark)\(type)\(serial)号\(suffix ?? "")")
    }

    public init?(rawValue: String) {
        var text = rawValue[...]
        guard text.count <= 40, text.takeFirst(where: { "（(".contains($0) }) != nil,
            let year = Int(text.takeDigits()), (2016...2099).contains(year),
            text.takeFirst(where: { "）)".contains($0) }) != nil
        else { return nil }

        var court: String
        if text.hasPrefix("最高法") {
            court = "最高法"
            text.removeFirst(3)
        } else {
            guard let province = text.takeFirst(where: \.isHan) else { return nil }
            let digits = text.takeDigits()
            guard [0, 2, 4].contains(digits.count) else { return nil }
            court = "\(province)\(digits)"
        }

        var type = String(text.prefix(while: \.isHan))
        text.removeFirst(type.count)
        var mark: String?
        if type.hasPrefix("知"), type.count > 1 {
            mark = "知"
            type.removeFirst()
        }
        let digits = text.takeDigits()
        guard (1...4).contains(type.count), !digits.hasPrefix("0"), digits.count <= 9, let serial = Int(digits),
            text.takeFirst(where: { $0 == "号" }) != nil
        else { return nil }

        let suffix = String(text)
        guard suffix.isEmpty || suffix.isCaseNumberSuffix else { return nil }
        self.year = year
        self.court = court
        self.mark = mark
        self.type = type
        self.serial = serial
        self.suffix = suffix.isEmpty ? nil : suffix
    }

    public var rawValue: String { "（\(year)）\(court)\(mark ?? "")\(type)\(serial)号\(suffix ?? "")" }
    public var description: String { rawValue }

    /// The level that the court's code shows.
    public var level: CourtLevel {
        if court == "最高法" { return .supreme }
        switch court.count {
        case 1: return .high
        case 3: return .intermediate
        default: return .basic
        }
    }
}

/// A level of the courts (法院级别).
public enum CourtLevel: String, Codable, Comparable, Sendable {
    case basic, intermediate, high, supreme

    public static func < (a: CourtLevel, b: CourtLevel) -> Bool { a.rank < b.rank }

    private var rank: Int {
        switch self {
        case .basic: 0
        case .intermediate: 1
        case .high: 2
        case .supreme: 3
        }
    }

    public var name: Words {
        switch self {
        case .basic: Words("基层人民法院", "basic court")
        case .intermediate: Words("中级人民法院", "intermediate court")
        case .high: Words("高级人民法院", "high court")
        case .supreme: Words("最高人民法院", "Supreme People's Court")
        }
    }
}

extension Character {
    var isHan: Bool { unicodeScalars.count == 1 && unicodeScalars.allSatisfy(\.properties.isIdeographic) }
}

extension Substring {
    fileprivate mutating func takeFirst(where matches: (Character) -> Bool) -> Character? {
        guard let character = first, matches(character) else { return nil }
        removeFirst()
        return character
    }

    fileprivate mutating func takeDigits() -> String {
        let digits = prefix { "0123456789".contains($0) }
        removeFirst(digits.count)
        return String(digits)
    }
}

extension String {
    fileprivate var isCaseNumberSuffix: Bool {
        first == "之" && count > 1 && dropFirst().allSatisfy { "一二三四五六七八九十".contains($0) }
    }
}
