/// The time the plaintiff has for a correction (补正期限), once it runs.
public struct CorrectionTerm: Hashable, Sendable {
    /// The last day on which the papers do not yet go back.
    public let lastDay: CourtDay
    public let why: Explanation
    /// Whether a holiday notice that is not published yet may still move the day.
    public let isProvisional: Bool
}

extension Refusal {
    public static let correctionNotServed = Refusal(
        code: "filing.correction-not-served", article: .onlineFiling,
        reason: Words(
            "补正通知书尚未送达原告，补正期限没有起算。",
            "The correction notice has not been served on the plaintiff, so its period has not begun."),
        remedy: Words(
            "请先送达补正通知书；期限届满仍未补正的，再退回材料。",
            "Serve it first; return the papers if the period then ends without a correction."))
}

extension CaseState {
    /// The court names the day when it asks, and with it how many days the plaintiff has. What the plaintiff was not told
    /// runs against nobody: they count from the day after the notice was served. Served on the day of asking, they end on
    /// the day named; a last day at rest moves on.
    ///
    /// - Returns: nil when no correction was asked for, or its notice has not reached the plaintiff.
    /// - Source: Online Litigation Rules arts. 9, 31; Docketing Provisions art. 7; Civil Procedure Law art. 85.
    public func correctionTerm(in context: Context) -> CorrectionTerm? {
        guard let plaintiff = parties.plaintiff?.party, let round = filing.correction,
            let served = service.arrival(of: round.notice.document, at: plaintiff)?.day(in: context.court.zone)
        else { return nil }
        let days = round.days(in: context.court.zone)
        let nominal = served.adding(days: days)
        let last = context.tables.restDays.firstWorkday(from: nominal)
        var why = Explanation()
        why.add(
            "补正期限为\(days)日，自补正通知书送达（\(served)）的次日起算，至\(nominal)。",
            "The \(days) days for correction count from the day after the notice was served, \(served), and end on \(nominal).",
            articles: [Article.onlineFiling, .returnOfPapers, .countingPeriods].map(\.rawValue))
        if last != nominal {
            why.add(
                "\(nominal)是休息日，顺延至\(last)。", "\(nominal) is a rest day; the period moves on to \(last).",
                articles: [Article.countingPeriods.rawValue])
        }
        return CorrectionTerm(lastDay: last, why: why, isProvisional: !context.tables.restDays.isCertain(last))
    }

    /// Whether the time for a correction that never came is over.
    ///
    /// - Throws: a refusal while the notice has not reached the plaintiff, for then nothing has begun to run.
    func isCorrectionOverdue(in context: Context) throws(Refusal) -> Bool {
        guard filing.isAwaitingCorrection else { return false }
        guard let term = correctionTerm(in: context) else { throw .correctionNotServed }
        return context.today > term.lastDay
    }
}

extension FilingState.CorrectionRound {
    /// How many days the court gave.
    public func days(in zone: CourtZone) -> Int { due.number - asked.day(in: zone).number }
}
