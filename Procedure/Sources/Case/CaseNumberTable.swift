/// A type of case as its number shows it (类型代字), such as 民初.
public struct CaseType: Hashable, Sendable {
    public let code: String
    public let name: Words
    /// The group it belongs to, such as `civil`.
    public let group: String
    /// One an online civil court needs.
    public let isForPlatform: Bool
    public let confirmed: Bool

    public init(code: String, name: Words, group: String, isForPlatform: Bool, confirmed: Bool) {
        self.code = code
        self.name = name
        self.group = group
        self.isForPlatform = isForPlatform
        self.confirmed = confirmed
    }
}

/// The codes case numbers are made of, and which court may give which (案号代字表).
public struct CaseNumberTable: Sendable {
    public let version: String
    public let types: [CaseType]
    public let provinces: Set<String>
    /// The levels that may give a type; any, where none are named.
    public let levels: [String: Set<CourtLevel>]
    private let byCode: [String: CaseType]

    public init(version: String, types: [CaseType], provinces: Set<String>, levels: [String: Set<CourtLevel>]) {
        self.version = version
        self.types = types
        self.provinces = provinces
        self.levels = levels
        byCode = Dictionary(types.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public subscript(type code: String) -> CaseType? { byCode[code] }

    /// Reads a number and holds it to the codes and to the court's level.
    ///
    /// - Throws: `.malformedCaseNumber`, `.unknownCourtCode`, `.unknownCaseType` or `.wrongCourtLevel`.
    public func parse(_ text: String) throws(Refusal) -> CaseNumber {
        guard let number = CaseNumber(rawValue: text) else { throw .malformedCaseNumber }
        guard number.level == .supreme || provinces.contains(String(number.court.prefix(1))) else {
            throw .unknownCourtCode
        }
        guard byCode[number.type] != nil else { throw .unknownCaseType }
        guard levels[number.type]?.contains(number.level) ?? true else { throw .wrongCourtLevel }
        return number
    }
}

extension Refusal {
    public static let malformedCaseNumber = Refusal(
        code: "case-number.malformed", article: .caseNumberParts,
        reason: Words("案号格式不正确。", "This is not the form of a case number."),
        remedy: Words("请按“（2026）浙0192民初1号”的形式填写。", "Write it like （2026）浙0192民初1号."))
    public static let unknownCourtCode = Refusal(
        code: "case-number.unknown-court", article: .caseNumberParts,
        reason: Words("案号中的法院代字不存在。", "No court has the code in this case number."),
        remedy: Words("请核对法院代字，例如内蒙古为“内”、贵州为“贵”。", "Check the court's code; Inner Mongolia is 内, Guizhou is 贵."))
    public static let unknownCaseType = Refusal(
        code: "case-number.unknown-type", article: .caseNumberParts,
        reason: Words("案号中的类型代字不存在。", "No type of case has the code in this case number."),
        remedy: Words("请核对类型代字，例如“民初”“民终”“执”。", "Check the type code, such as 民初, 民终 or 执."))
    public static let wrongCourtLevel = Refusal(
        code: "case-number.wrong-level", article: .caseNumberParts,
        reason: Words("该级法院没有这一类型的案件。", "A court of this level has no cases of this type."),
        remedy: Words("请核对法院代字和类型代字。", "Check the court's code and the type code."))
}
