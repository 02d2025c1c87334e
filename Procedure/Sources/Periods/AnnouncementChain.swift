extension Article {
    /// 公告送达
    public static let announcementPeriod = Article(.civilProcedureLaw, 95)
    /// 涉外公告送达
    public static let announcementPeriodAbroad = Article(.civilProcedureLaw, 283)
    /// 公告自最后张贴或者刊登之日起计算
    public static let lastPublication = Article(.interpretation, 138)
    /// 各当事人的上诉期分别计算
    public static let eachPartysOwnPeriod = Article(.interpretation, 244)
}

/// What follows from service by announcement (公告送达): the day it counts as served, and the limits that start there.
public struct AnnouncementChain: Hashable, Sendable {
    public let service: ComputedDeadline
    public let limits: [ComputedDeadline]

    public var servedOn: CourtDay { service.lastDay }
}

/// Where a party lives, as far as limits ask (在中华人民共和国领域内有无住所).
public enum Domicile: String, Codable, Sendable {
    case inChina = "in_china"
    case abroad
}

extension DeadlineTable {
    /// Counts service by announcement from the last posting or publication, then each limit from the day of service.
    ///
    /// - Source: Civil Procedure Law arts. 95, 283; Interpretation art. 138.
    public func afterAnnouncement(
        lastPublished: CourtDay, domicile: Domicile, limits: [DeadlineRule], resting: RestDays
    ) -> AnnouncementChain {
        let notice = rule(domicile == .inChina ? .announcementService : .announcementServiceForeign)
        var service = count(notice, from: lastPublished, resting: resting)
        let period: Article = domicile == .inChina ? .announcementPeriod : .announcementPeriodAbroad
        var explanation = service.explanation
        explanation.add(
            "公告期满即视为送达：\(service.lastDay)；其后的期间自该日起算。",
            "Served when the notice period ends: \(service.lastDay); what follows counts from that day.",
            articles: [period.rawValue, Article.lastPublication.rawValue])
        service = ComputedDeadline(
            rule: service.rule, nominalLastDay: service.nominalLastDay, lastDay: service.lastDay,
            provisional: service.provisional, explanation: explanation)
        return AnnouncementChain(
            service: service, limits: limits.map { count($0, from: service.lastDay, resting: resting) })
    }

    /// Counts the same limit for each party from its own service (分别计算).
    ///
    /// - Source: Interpretation art. 244.
    public func count<Key: Hashable>(
        _ rule: DeadlineRule, fromEach served: [Key: CourtDay], resting: RestDays
    ) -> [Key: ComputedDeadline] {
        served.mapValues { day in
            let own = count(rule, from: day, resting: resting)
            var explanation = own.explanation
            explanation.add(
                "各方分别送达的，期间自各自收到之日起分别计算。", "Each party's period counts from its own service.",
                articles: [Article.eachPartysOwnPeriod.rawValue])
            return ComputedDeadline(
                rule: own.rule, nominalLastDay: own.nominalLastDay, lastDay: own.lastDay, ends: own.ends,
                provisional: own.provisional, explanation: explanation)
        }
    }
}
