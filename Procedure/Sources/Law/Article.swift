/// An article of a law (法条), by its stable id: instrument, edition year, number, such as `CPL2023:128`.
///
/// Acts store the id; the printed name is looked up, so a new edition never changes an old record.
public struct Article: RawRepresentable, Hashable, Codable, Sendable, CustomStringConvertible {
    public let rawValue: String

    public init?(rawValue: String) {
        let parts = rawValue.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, Instrument.named[String(parts[0])] != nil, !parts[1].isEmpty,
            parts[1].allSatisfy({ $0.isNumber || $0 == "-" })
        else { return nil }
        self.rawValue = rawValue
    }

    /// For the constants declared beside the rules; an unknown instrument there is our own mistake.
    public init(_ instrument: Instrument, _ number: Int) {
        rawValue = "\(instrument.id):\(number)"
    }

    public var instrument: Instrument {
        Instrument.named[String(rawValue.prefix { $0 != ":" })] ?? .civilProcedureLaw
    }

    public var number: String { String(rawValue.drop { $0 != ":" }.dropFirst()) }

    /// As a lawyer would print it: 《民事诉讼法》第128条 · Civil Procedure Law art. 128.
    public var printed: Words {
        Words("《\(instrument.name.zh)》第\(number)条", "\(instrument.name.en) art. \(number)")
    }

    public var description: String { rawValue }
}

/// A law, regulation or judicial interpretation that the rules rest on (法律文件).
public struct Instrument: Hashable, Sendable {
    /// Short id with the year of the edition in force, such as `CPL2023`.
    public let id: String
    public let name: Words
    /// The number it was issued under, such as 法释〔2021〕12号.
    public let issuedAs: String

    init(_ id: String, _ zh: String, _ en: String, _ issuedAs: String) {
        self.id = id
        name = Words(zh, en)
        self.issuedAs = issuedAs
    }

    public static let civilProcedureLaw = Instrument(
        "CPL2023", "民事诉讼法", "Civil Procedure Law", "2023年修正，2024-01-01施行")
    public static let interpretation = Instrument(
        "INT2022", "民事诉讼法司法解释", "Civil Procedure Interpretation", "法释〔2022〕11号")
    public static let onlineLitigation = Instrument(
        "OLR2021", "人民法院在线诉讼规则", "Online Litigation Rules", "法释〔2021〕12号")
    public static let onlineMediation = Instrument(
        "OMR2021", "人民法院在线调解规则", "Online Mediation Rules", "法释〔2021〕23号")
    public static let internetCourts2018 = Instrument(
        "IC2018", "关于互联网法院审理案件若干问题的规定", "Internet Courts Provisions", "法释〔2018〕16号")
    public static let internetCourts2025 = Instrument(
        "IC2025", "关于互联网法院案件管辖的规定", "Internet Courts Jurisdiction Provisions", "法释〔2025〕14号")
    public static let fees = Instrument(
        "FEE2007", "诉讼费用交纳办法", "Litigation Fees Measures", "国务院令第481号")
    public static let docketing = Instrument(
        "DOC2015", "关于人民法院登记立案若干问题的规定", "Docketing Provisions", "法释〔2015〕8号")
    public static let evidence = Instrument(
        "EVD2019", "关于民事诉讼证据的若干规定", "Civil Evidence Provisions", "法释〔2019〕19号")
    public static let simpleProcedure = Instrument(
        "SIM2020", "关于适用简易程序审理民事案件的若干规定", "Simple Procedure Provisions", "法释〔2003〕15号（2020修正）")
    public static let trialLimits = Instrument(
        "LIM2000", "关于严格执行案件审理期限制度的若干规定", "Trial Limits Provisions", "法释〔2000〕29号")
    public static let adjournment = Instrument(
        "EXT2019", "关于严格规范民商事案件延长审限和延期开庭问题的规定", "Extension and Adjournment Provisions",
        "法释〔2018〕9号（2019修正）")
    public static let caseNumbers = Instrument(
        "NUM2018", "关于人民法院案件案号的若干规定", "Case Number Provisions", "法〔2015〕137号（2018修正）")
    public static let civilCode = Instrument("CIV2021", "民法典", "Civil Code", "2021-01-01施行")
    public static let electronicSignature = Instrument(
        "ESL2019", "电子签名法", "Electronic Signature Law", "2019年修正")
    public static let personalInformation = Instrument(
        "PIP2021", "个人信息保护法", "Personal Information Protection Law", "2021-11-01施行")
    public static let consumerProtection = Instrument(
        "CON2014", "消费者权益保护法", "Consumer Protection Law", "2013年修正")

    public static let all: [Instrument] = [
        .civilProcedureLaw, .interpretation, .onlineLitigation, .onlineMediation, .internetCourts2018,
        .internetCourts2025, .fees, .docketing, .evidence, .simpleProcedure, .trialLimits, .adjournment, .caseNumbers,
        .civilCode, .electronicSignature, .personalInformation, .consumerProtection,
    ]
    static let named = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
}
