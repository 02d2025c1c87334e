extension Article {
    /// 耽误期限的顺延
    public static let restoringALimit = Article(.civilProcedureLaw, 86)
}

extension Refusal {
    public static let fixedPeriodNotRestored = Refusal(
        code: "periods.fixed",
        article: .periodsThatNeverStop,
        reason: Words("此为不变期间，不能顺延。", "This period is fixed and cannot be made longer."),
        remedy: Words(
            "请核对是否另有起算日或其他救济途径。", "Check whether it starts on another day, or whether another remedy is open."))
}

extension DeadlineTable {
    /// The last day to ask for more time after an obstacle (申请顺延期限): ten days from the day it was removed.
    ///
    /// - Parameter obstacleEnded: the day force majeure or another good reason ended.
    /// - Throws: a refusal when the limit missed is one that never stops.
    /// - Source: Civil Procedure Law art. 86; Interpretation art. 127.
    public func restoration(
        of missed: DeadlineRule, obstacleEnded: CourtDay, resting: RestDays
    ) throws(Refusal) -> ComputedDeadline {
        guard missed.kind != .fixed else { throw .fixedPeriodNotRestored }
        let last = count(rule(.restoration), from: obstacleEnded, resting: resting)
        var explanation = last.explanation
        explanation.add(
            "因不可抗力或者其他正当理由耽误“\(missed.name.zh)”的，在障碍消除后十日内申请顺延，是否准许由法院决定。",
            "Who missed “\(missed.name.en)” for good reason asks within ten days of the obstacle's end; the court decides.",
            articles: [Article.restoringALimit.rawValue])
        return ComputedDeadline(
            rule: last.rule, nominalLastDay: last.nominalLastDay, lastDay: last.lastDay, provisional: last.provisional,
            explanation: explanation)
    }
}

extension DeadlineID {
    /// 申请顺延期限
    public static let restoration: DeadlineID = "restoration"
}
