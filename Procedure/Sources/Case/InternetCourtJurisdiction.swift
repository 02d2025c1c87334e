extension Article {
    /// 互联网法院管辖的案件类型（2018）
    public static let internetCases2018 = Article(.internetCourts2018, 2)
    /// 互联网法院上诉案件的审理（2018）
    public static let internetAppeals2018 = Article(.internetCourts2018, 4)
    /// 互联网法院集中管辖的案件类型
    public static let internetCases = Article(.internetCourts2025, 1)
    /// 互联网法院上诉案件的管辖
    public static let internetAppeals = Article(.internetCourts2025, 3)
    /// 施行日前已受理的案件
    public static let internetCasesBefore = Article(.internetCourts2025, 4)
    /// 被告住所地管辖
    public static let defendantsVenue = Article(.civilProcedureLaw, 22)
    /// 合同纠纷的管辖
    public static let contractVenue = Article(.civilProcedureLaw, 24)
    /// 侵权纠纷的管辖
    public static let tortVenue = Article(.civilProcedureLaw, 29)
    /// 网络买卖合同履行地
    public static let onlineSaleVenue = Article(.interpretation, 20)
    /// 信息网络侵权行为地
    public static let onlineTortVenue = Article(.interpretation, 25)
}

/// What happened on the network (涉网因素): the facts that tell an Internet court's case from an ordinary one.
public enum NetworkFact: String, CaseIterable, Codable, Sendable {
    /// The contract was concluded or performed through an e-commerce platform (通过电子商务平台).
    case throughPlatform = "through_platform"
    case concludedOnline = "concluded_online"
    case performedOnline = "performed_online"
    /// The conduct or the right itself is on the network.
    case onlineConduct = "online_conduct"
}

/// A case put to the question whether an Internet court hears it.
public struct JurisdictionQuestion: Hashable, Sendable {
    public let cause: Cause
    public let kind: InternetCategory.Kind
    public let docketedOn: CourtDay
    /// The city whose courts the place of connection belongs to, such as 杭州市.
    public let city: String
    /// The level that would hear the case at first instance.
    public let level: CourtLevel
    public let facts: Set<NetworkFact>

    public init(
        cause: Cause, kind: InternetCategory.Kind = .civil, docketedOn: CourtDay, city: String,
        level: CourtLevel = .basic, facts: Set<NetworkFact>
    ) {
        self.cause = cause
        self.kind = kind
        self.docketedOn = docketedOn
        self.city = city
        self.level = level
        self.facts = facts
    }
}

/// Whether an Internet court hears a case, and why (管辖审查结论).
public struct JurisdictionFinding: Hashable, Sendable {
    public enum Verdict: Hashable, Sendable {
        /// The category, the court if the table knows one in that city, and the court of appeal.
        case internetCourt(InternetCategory, InternetCourt?, appeal: String?)
        /// The better court, described: where the case belongs instead.
        case elsewhere(Words)
    }

    public let verdict: Verdict
    public let reasons: [LegalReason]

    public var isForInternetCourt: Bool {
        if case .internetCourt = verdict { true } else { false }
    }
}

extension InternetCourtTable {
    /// Finds whether an Internet court hears the case (互联网法院管辖).
    ///
    /// All four must hold: the kind of case is on the list of its docketing day, the network element that kind asks
    /// for, a basic court's first instance, and the city of an Internet court.
    ///
    /// - Parameter seat: the city of the court that asks; nil to look among the courts of the table.
    /// - Source: Internet Courts Provisions arts. 2, 4; Internet Courts Jurisdiction Provisions arts. 1, 3, 4.
    public func finding(for question: JurisdictionQuestion, seat: String? = nil) -> JurisdictionFinding {
        let isNew = question.docketedOn >= newListFrom
        var reasons = [listReason(isNew)]
        let rule: Article = isNew ? .internetCases : .internetCases2018
        guard let category = category(of: question) else {
            reasons.append(contentsOf: notListed(question, rule))
            return elsewhere(question, reasons)
        }
        reasons.append(
            LegalReason(
                Words(
                    "案由“\(question.cause.name)”属于：\(category.name.zh)。",
                    "The cause “\(question.cause.english)” falls under: \(category.name.en)."),
                category.article))
        if let lacking = lackingNetworkElement(category, question.facts) {
            reasons.append(LegalReason(lacking, rule))
            return elsewhere(question, reasons)
        }
        // Ordinary public-interest actions go to intermediate courts; those on this list are the exception.
        guard question.level == .basic || category.kind == .publicInterest else {
            let words = Words("只受理应由基层人民法院受理的第一审案件。", "Only first-instance cases that a basic court would take.")
            reasons.append(LegalReason(words, rule))
            let level = question.level.name
            let better = Words("有管辖权的\(level.zh)", "the \(level.en) with jurisdiction")
            return JurisdictionFinding(verdict: .elsewhere(better), reasons: reasons)
        }
        let court = courts.first { $0.city == question.city }
        guard seat.map({ $0 == question.city }) ?? (court != nil) else {
            let words = Words(
                "只受理所在市辖区内的案件，本案连接点在\(question.city)。",
                "Only cases within the districts of its own city; this one is connected with \(question.city).")
            reasons.append(LegalReason(words, rule))
            guard let court else { return elsewhere(question, reasons) }
            return JurisdictionFinding(verdict: .elsewhere(Words(court.name, court.name)), reasons: reasons)
        }
        let appeal = appealCourt(of: court, category, isNew: isNew)
        if let appeal {
            let words = Words("上诉法院：\(appeal)。", "Appeals go to \(appeal).")
            reasons.append(LegalReason(words, isNew ? .internetAppeals : .internetAppeals2018))
        }
        return JurisdictionFinding(verdict: .internetCourt(category, court, appeal: appeal), reasons: reasons)
    }

    private func category(of question: JurisdictionQuestion) -> InternetCategory? {
        let cause = question.cause
        let isNew = question.docketedOn >= newListFrom
        var named = isNew ? cause.internet2025 : cause.internet2018
        if isNew, question.facts.contains(.onlineConduct) { named += cause.internet2025IfOnline }
        return categories(docketedOn: question.docketedOn).first { category in
            guard category.kind == question.kind || category.kind == .any else { return false }
            if question.kind == .administrative { return category.kind == .administrative }
            return named.contains(category.id) || category.causes.contains(cause.id)
        }
    }

    private func listReason(_ isNew: Bool) -> LegalReason {
        isNew
            ? LegalReason(
                Words(
                    "\(newListFrom)及以后立案，适用2025年规定。", "Docketed on or after \(newListFrom): the list of 2025 applies."),
                .internetCasesBefore)
            : LegalReason(
                Words("\(newListFrom)之前立案，适用2018年规定。", "Docketed before \(newListFrom): the list of 2018 applies."),
                .internetCasesBefore)
    }

    private func notListed(_ question: JurisdictionQuestion, _ rule: Article) -> [LegalReason] {
        let name = question.cause.words
        var reasons = [
            LegalReason(
                Words(
                    "“\(name.zh)”不在互联网法院管辖的案件类型之内。",
                    "“\(name.en)” is not among the kinds of case an Internet court hears."),
                rule)
        ]
        if question.docketedOn >= newListFrom, question.cause.internet2018.contains(where: removed.contains) {
            reasons.append(
                LegalReason(
                    Words("2018年规定曾包括此类案件，2025年规定未再列入。", "The list of 2018 had this kind; that of 2025 left it out."),
                    .internetCases2018))
        }
        return reasons
    }

    /// What the category asks for and the facts do not show; nil when nothing is lacking.
    private func lackingNetworkElement(_ category: InternetCategory, _ facts: Set<NetworkFact>) -> Words? {
        switch category.id {
        case "online_shopping_contract" where !facts.contains(.throughPlatform):
            Words("合同须通过电子商务平台签订或者履行。", "The contract must be concluded or performed through an e-commerce platform.")
        case "product_liability_ecommerce" where !facts.contains(.throughPlatform):
            Words("产品须通过电子商务平台购买。", "The product must have been bought through an e-commerce platform.")
        case "online_service_contract" where !facts.isSuperset(of: [.concludedOnline, .performedOnline]),
            "online_loan" where !facts.isSuperset(of: [.concludedOnline, .performedOnline]):
            Words("签订、履行行为均须在网络上完成。", "It must be both concluded and performed online.")
        case _ where facts.isEmpty:
            Words("纠纷须因网络行为或者网络技术产生。", "The dispute must come from online conduct or technology.")
        default: nil
        }
    }

    private func appealCourt(of court: InternetCourt?, _ category: InternetCategory, isNew: Bool) -> String? {
        guard let court else { return nil }
        let isSpecialised = ["domain_name", "online_copyright", "online_first_publication_copyright"].contains(
            category.id)
        return isSpecialised ? court.specialisedAppealCourt ?? court.appealCourt : court.appealCourt
    }

    private func elsewhere(_ question: JurisdictionQuestion, _ reasons: [LegalReason]) -> JurisdictionFinding {
        let headings = question.cause.path.map(\.zh).joined() + question.cause.name
        let isOnline = !question.facts.isEmpty
        let (better, article): (Words, Article) =
            if headings.contains("合同") {
                isOnline
                    ? (
                        Words(
                            "被告住所地或者合同履行地（网络交付为买受人住所地，其他方式为收货地）的基层人民法院",
                            "the basic court of the defendant's "
                                + "domicile or of performance (delivered online: the buyer's domicile; otherwise: where received)"
                        ),
                        .onlineSaleVenue
                    )
                    : (
                        Words("被告住所地或者合同履行地的基层人民法院", "the basic court of the defendant's domicile or of performance"),
                        .contractVenue
                    )
            } else if headings.contains("侵权") || headings.contains("人格权") || headings.contains("责任") {
                isOnline
                    ? (
                        Words(
                            "侵权行为地（含计算机等设备所在地、被侵权人住所地）或者被告住所地的基层人民法院",
                            "the basic court of the tort (the device's "
                                + "place and the injured party's domicile included) or of the defendant's domicile"),
                        .onlineTortVenue
                    )
                    : (
                        Words("侵权行为地或者被告住所地的基层人民法院", "the basic court of the tort or of the defendant's domicile"),
                        .tortVenue
                    )
            } else {
                (Words("被告住所地的基层人民法院", "the basic court of the defendant's domicile"), .defendantsVenue)
            }
        let reason = LegalReason(Words("可向\(better.zh)起诉。", "The suit may be brought before \(better.en)."), article)
        return JurisdictionFinding(verdict: .elsewhere(better), reasons: reasons + [reason])
    }
}
