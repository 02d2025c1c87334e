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

    public static let serviceByPost = Instrument(
        "MAIL2004", "以法院专递方式邮寄送达民事诉讼文书的若干规定", "Court Express Mail Provisions", "法释〔2004〕13号")
    public static let courtMediation = Instrument(
        "MED2020", "人民法院民事调解工作若干问题的规定", "Civil Mediation Provisions", "法释〔2004〕12号（2020修正）")
    public static let invitedMediation = Instrument(
        "INV2016", "人民法院特邀调解的规定", "Invited Mediation Provisions", "法释〔2016〕14号")
    public static let judicialConfirmation = Instrument(
        "CFM2011", "人民调解协议司法确认程序的若干规定", "Judicial Confirmation Provisions", "法释〔2011〕5号")
    public static let levelJurisdiction = Instrument(
        "LEV2020", "审理民事级别管辖异议案件若干问题的规定", "Level Jurisdiction Objection Provisions", "法释〔2009〕17号（2020修正）")
    public static let agreedJurisdiction = Instrument(
        "AGR2025", "关于协议管辖的司法解释", "Agreed Jurisdiction Interpretation", "法释〔2025〕15号")
    public static let intellectualPropertyVenue = Instrument(
        "IPJ2022", "第一审知识产权民事、行政案件管辖的若干规定", "Intellectual Property Jurisdiction Provisions", "法释〔2022〕13号")
    public static let preservation = Instrument(
        "PRES2020", "办理财产保全案件若干问题的规定", "Property Preservation Provisions", "法释〔2016〕22号（2020修正）")
    public static let enforcementWork = Instrument(
        "ENF2020", "人民法院执行工作若干问题的规定（试行）", "Enforcement Work Provisions", "法释〔1998〕15号（2020修正）")
    public static let enforcementProcedure = Instrument(
        "ENI2020", "适用民事诉讼法执行程序若干问题的解释", "Enforcement Procedure Interpretation", "法释〔2008〕13号（2020修正）")
    public static let assetInvestigation = Instrument(
        "AST2020", "民事执行中财产调查若干问题的规定", "Asset Investigation Provisions", "法释〔2017〕8号（2020修正）")
    public static let enforcementObjections = Instrument(
        "OBJ2020", "办理执行异议和复议案件若干问题的规定", "Enforcement Objection Provisions", "法释〔2015〕10号（2020修正）")
    public static let onlineAuction = Instrument(
        "AUC2016", "网络司法拍卖若干问题的规定", "Online Judicial Auction Provisions", "法释〔2016〕18号")
    public static let dishonestDebtors = Instrument(
        "DIS2017", "公布失信被执行人名单信息的若干规定", "Dishonest Debtor List Provisions", "法释〔2017〕7号")
    public static let enforcementGuarantee = Instrument(
        "GUA2018", "执行担保若干问题的规定", "Enforcement Guarantee Provisions", "法释〔2018〕4号")
    public static let enforcementSuits = Instrument(
        "EOS2025", "审理执行异议之诉案件适用法律问题的解释", "Enforcement Objection Suit Interpretation", "法释〔2025〕10号")
    public static let enforcementClosing = Instrument(
        "CCR2016", "严格规范终结本次执行程序的规定（试行）", "Closing Enforcement Rounds Provisions", "法〔2016〕373号")
    public static let enforcementLimits = Instrument(
        "ETL2006", "人民法院办理执行案件若干期限的规定", "Enforcement Time Limits Provisions", "法发〔2006〕35号")
    public static let publication = Instrument(
        "PUB2016", "在互联网公布裁判文书的规定", "Judgment Publication Provisions", "法释〔2016〕19号")
    public static let administrativeLitigation = Instrument(
        "ALL2017", "行政诉讼法", "Administrative Litigation Law", "2017年修正")
    public static let administrativeInterpretation = Instrument(
        "ALI2018", "适用行政诉讼法的解释", "Administrative Litigation Interpretation", "法释〔2018〕1号")
    public static let domesticViolence = Instrument("DVL2016", "反家庭暴力法", "Domestic Violence Law", "2016-03-01施行")
    public static let labourDisputes = Instrument("LAB2008", "劳动争议调解仲裁法", "Labour Dispute Law", "2008-05-01施行")

    public static let all: [Instrument] = [
        .civilProcedureLaw, .interpretation, .onlineLitigation, .onlineMediation, .internetCourts2018,
        .internetCourts2025, .fees, .docketing, .evidence, .simpleProcedure, .trialLimits, .adjournment, .caseNumbers,
        .civilCode, .electronicSignature, .personalInformation, .consumerProtection, .serviceByPost, .courtMediation,
        .invitedMediation, .judicialConfirmation, .levelJurisdiction, .agreedJurisdiction, .intellectualPropertyVenue,
        .preservation, .enforcementWork, .enforcementProcedure, .assetInvestigation, .enforcementObjections,
        .onlineAuction, .dishonestDebtors, .enforcementGuarantee, .enforcementSuits, .enforcementClosing,
        .enforcementLimits, .publication,
        .administrativeLitigation, .administrativeInterpretation, .domesticViolence, .labourDisputes,
    ]
    static let named = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
}
