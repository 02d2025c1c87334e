import Procedure
import Web

/// The periods of this area as chips that explain themselves.
extension OpenCase {
    var today: CourtDay { context.today }

    /// When a party's period for evidence ends; nil where none was set.
    func evidencePeriod(of party: PartyID) -> DeadlineChip? {
        guard let period = state.evidence.periods[party] else { return nil }
        return DeadlineChip(
            Words("举证期限", "Evidence to be handed in by"), owner: role(party), began: start(of: party),
            due: period.evidenceBy, today: today,
            explanation: why(.evidenceSmallClaims, of: party, period.evidenceBy, .smallClaimsPeriods))
    }

    /// When the defendant's period for the answer ends.
    func answerPeriod(of party: PartyID) -> DeadlineChip? {
        guard let due = state.evidence.periods[party]?.answerBy else { return nil }
        return DeadlineChip(
            Words("答辩期", "Answer to be sent by"), owner: role(party), began: start(of: party), due: due, today: today,
            isMet: state.evidence.answer != nil,
            explanation: why(.answerSmallClaims, of: party, due, .smallClaimsPeriods))
    }

    /// When the window for opinions ends.
    var exchangeWindow: DeadlineChip? {
        guard let exchange = state.evidence.exchange else { return nil }
        var explanation = Explanation()
        explanation.add(
            "承办法官于\(exchange.opened.day(in: context.court.zone).rawValue)开启证据交换，并指定\(exchange.until.rawValue)为最后一日。",
            "The judge opened the exchange on \(exchange.opened.day(in: context.court.zone).rawValue) and set \(exchange.until.rawValue) as its last day.",
            articles: [Article.evidenceExchange.rawValue])
        explanation.add(
            "在期限届满前，各方可分别登录发表意见，并可修改。",
            "Until it ends, each party gives its opinions at its own time and may change them.")
        return DeadlineChip(
            Words("发表质证意见", "Opinions on the evidence"), owner: Words("双方", "both parties"),
            began: exchange.opened.day(in: context.court.zone), due: exchange.until, today: today,
            isMet: exchange.closed != nil, explanation: explanation)
    }

    private func start(of party: PartyID) -> CourtDay? {
        state.service.served(.complaint, on: party)?.day(in: context.court.zone)
    }

    /// The count of the table when it gives this very day; otherwise the court set another, and that is all there is.
    private func why(_ limit: DeadlineID, of party: PartyID, _ due: CourtDay, _ article: Article) -> Explanation {
        if let start = start(of: party) {
            let counted = context.limit(limit, from: start)
            if counted.lastDay == due { return counted.explanation }
        }
        var explanation = Explanation()
        explanation.add(
            "法院指定\(due.rawValue)为最后一日。", "The court set \(due.rawValue) as the last day.", articles: [article.rawValue])
        return explanation
    }
}
