/// Limits that the stages here use, beside those declared with the table.
extension DeadlineID {
    /// 小额诉讼答辩期
    public static let answerSmallClaims: DeadlineID = "answer_small_claims"
    /// 小额诉讼举证期限
    public static let evidenceSmallClaims: DeadlineID = "evidence_small_claims"
    /// 阅读笔录
    public static let transcriptReading: DeadlineID = "transcript_reading"
    /// 回避决定
    public static let recusalDecision: DeadlineID = "recusal_decision"
    /// 告知审判人员
    public static let benchNotice: DeadlineID = "bench_notice"
    /// 退还诉讼费
    public static let feeRefund: DeadlineID = "fee_refund"
}

extension Context {
    /// Counts a limit with the tables of this moment, in the court's zone.
    public func limit(_ id: DeadlineID, from day: CourtDay) -> ComputedDeadline {
        tables.deadlines.count(
            tables.deadlines.rule(id), from: .on(day), resting: tables.restDays, zone: court.zone)
    }
}
