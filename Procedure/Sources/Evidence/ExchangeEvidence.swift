/// The judge opens a window in which each party gives opinions at its own time (组织非同步证据交换).
public struct OpenExchange: Hashable, Sendable {
    public let until: CourtDay
    public init(until: CourtDay) { self.until = until }
}

/// A party says what it thinks of an exhibit of the other side (发表质证意见).
public struct GiveOpinion: Hashable, Sendable {
    public let opinion: OpinionGiven
    public init(opinion: OpinionGiven) { self.opinion = opinion }
}

/// A party gives up what is left of the window (同意提前结束证据交换).
public struct AgreeToEndExchange: Hashable, Sendable {
    public let party: PartyID
    public init(party: PartyID) { self.party = party }
}

/// The judge, or the end of the window, closes the exchange (结束证据交换).
public struct CloseExchange: Hashable, Sendable {
    public init() {}
}

extension Refusal {
    public static let noExchangeConsent = Refusal(
        code: "evidence.exchange-without-consent", article: .evidenceExchange,
        reason: Words("有当事人没有同意在线证据交换。", "A party has not agreed to exchange evidence online."),
        remedy: Words("请询问该当事人，或改为线下证据交换。", "Ask that party, or exchange evidence at the court."))
    public static let answerAwaited = Refusal(
        code: "evidence.answer-awaited", article: .serveComplaintAndAnswer,
        reason: Words("答辩期尚未届满，答辩状也未提交。", "The period for the answer is not over and no answer has come."),
        remedy: Words("请等待答辩或答辩期届满。", "Wait for the answer, or for the period to end."))
    public static let exchangeOpenAlready = Refusal(
        code: "evidence.exchange-already-open", article: nil,
        reason: Words("证据交换已经开始。", "The exchange has already begun."),
        remedy: Words("须先结束当前的证据交换。", "It must be closed first."))
    public static let windowPast = Refusal(
        code: "evidence.window-past", article: .evidenceExchange,
        reason: Words("期限须在今天之后。", "The window must end after today."),
        remedy: Words("请另定期限。", "Set another date."))
    public static let exchangeNotOpen = Refusal(
        code: "evidence.exchange-not-open", article: nil,
        reason: Words("证据交换没有开始，或者已经结束。", "The exchange has not begun, or is over."),
        remedy: Words(
            "须由法官先开启证据交换；也可以在庭审中发表意见。", "The judge must open it first; opinions may also be given in the hearing."))
    public static let ownExhibit = Refusal(
        code: "evidence.own-exhibit", article: .examinedEvidenceOnly,
        reason: Words("质证针对对方提交的证据。", "Opinions are given on the other side's exhibits."),
        remedy: Words("请选择对方的证据。", "Choose an exhibit of the other side."))
    public static let unknownExhibit = Refusal(
        code: "evidence.unknown-exhibit", article: nil,
        reason: Words("本案没有这件证据。", "There is no such exhibit in this case."),
        remedy: Words("须先提交该证据。", "The exhibit must be offered first."))
    public static let disputeNeedsReason = Refusal(
        code: "evidence.dispute-needs-reason", article: .originalsRequired,
        reason: Words("提出异议须说明理由和依据。", "A dispute needs its reasons and grounds."),
        remedy: Words("请写明理由。", "State the reasons."))
}

extension CaseState {
    /// Each party chose online for this stage; the notice they answered says it is a window, not a meeting.
    ///
    /// It opens again for exhibits that came after it had closed, and for those alone.
    ///
    /// - Source: Online Litigation Rules arts. 4, 14, 20.
    public func decide(_ command: OpenExchange, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard filing.docketed != nil else { throw .notDocketed }
        guard closing.manner == nil else { throw .caseEnded }
        try requireSittingJudge()
        let opensAgain = evidence.exchange?.closed != nil && !evidence.unexamined.isEmpty && judgment.signed == nil
        guard evidence.exchange == nil || opensAgain else { throw .exchangeOpenAlready }
        guard parties.places.allSatisfy({ participation.agrees($0.party, to: .evidenceExchange) }) else {
            throw .noExchangeConsent
        }
        if evidence.answer == nil, let defendant = parties.defendant {
            guard let period = evidence.periods[defendant.party] else { throw .complaintNotServed }
            guard let answerBy = period.answerBy, context.today > answerBy else { throw .answerAwaited }
        }
        guard command.until > context.today else { throw .windowPast.about(["until"]) }
        return [
            DecidedAct(
                .evidence(.exchangeOpened(ExchangeOpened(until: command.until))), under: .evidenceExchange,
                .asynchronousSteps)
        ]
    }

    /// A later opinion on the same exhibit takes the place of the earlier one while the window is open.
    ///
    /// - Source: Online Litigation Rules arts. 12, 14, 15.
    public func decide(_ command: GiveOpinion, in context: Context) throws(Refusal) -> [DecidedAct] {
        let opinion = command.opinion
        guard closing.manner == nil else { throw .caseEnded }
        guard evidence.isExchangeOpen(today: context.happenedOn) else { throw .exchangeNotOpen }
        guard parties.place(opinion.party) != nil else { throw .notAParty }
        guard let exhibit = evidence.exhibit(opinion.exhibit) else { throw .unknownExhibit }
        guard exhibit.by != opinion.party else { throw .ownExhibit }
        guard !exhibit.hadWindow else { throw .exchangeNotOpen }
        let views = [
            ("authenticity", opinion.authenticity), ("legality", opinion.legality), ("relevance", opinion.relevance),
        ]
        let bare = views.filter { !$0.1.accepted && $0.1.reason.isBlank }.map(\.0)
        guard bare.isEmpty else { throw .disputeNeedsReason.about(bare) }
        return [
            DecidedAct(
                .evidence(.opined(opinion)), under: .evidenceExchange, .examinedEvidenceOnly, party: opinion.party)
        ]
    }

    /// Each party for itself; the same again is no new act. Exhibits that come afterwards void it.
    ///
    /// - Source: Online Litigation Rules arts. 14, 20.
    public func decide(_ command: AgreeToEndExchange, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard closing.manner == nil else { throw .caseEnded }
        guard let exchange = evidence.exchange, evidence.isExchangeOpen(today: context.happenedOn) else {
            throw .exchangeNotOpen
        }
        guard parties.place(command.party) != nil else { throw .notAParty }
        guard !exchange.endAgreed.contains(command.party) else { return [] }
        return [
            DecidedAct(
                .evidence(.endAgreed(ExchangeEndAgreed(party: command.party))), under: .evidenceExchange,
                .asynchronousSteps, party: command.party)
        ]
    }

    /// Before the last day only when each party has given its opinion on every exhibit, or agreed to the end.
    ///
    /// - Source: Online Litigation Rules art. 14.
    public func decide(_ command: CloseExchange, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard closing.manner == nil else { throw .caseEnded }
        guard let exchange = evidence.exchange, exchange.closed == nil else { throw .exchangeNotOpen }
        try requireSittingJudge()
        let allSpoken = evidence.exhibits.filter { !$0.hadWindow }.allSatisfy { exhibit in
            parties.others(than: exhibit.by).allSatisfy {
                exhibit.opinions[$0.party] != nil || exchange.endAgreed.contains($0.party)
            }
        }
        guard allSpoken || context.today > exchange.until else { throw .windowStillOpen }
        return [DecidedAct(.evidence(.exchangeClosed(ExchangeClosed())), under: .evidenceExchange)]
    }
}

extension Refusal {
    public static let windowStillOpen = Refusal(
        code: "evidence.window-still-open", article: .evidenceExchange,
        reason: Words("期限未届满，且尚有证据未发表意见。", "The window is open and some exhibits have no opinion yet."),
        remedy: Words(
            "请等待当事人发表意见、同意提前结束，或期限届满。",
            "Wait for the opinions, for everyone's agreement to end it, or for the window to end."))
}
