/// A party answers whether one stage may be online (对某一环节在线进行的答复).
public struct AnswerConsent: Hashable, Sendable {
    public let party: PartyID
    public let stage: Stage
    public let agreed: Bool
    public let notice: NoticeShown

    public init(party: PartyID, stage: Stage, agreed: Bool, notice: NoticeShown) {
        self.party = party
        self.stage = stage
        self.agreed = agreed
        self.notice = notice
    }
}

extension Refusal {
    public static let notAParty = Refusal(
        code: "case.not-a-party", article: nil,
        reason: Words("您不是本案当事人。", "You are not a party to this case."),
        remedy: Words("须先以通知书上的代码关联案件。", "Link the case first, with the code on the notice."))
    public static let retractionNeedsRequest = Refusal(
        code: "consent.retraction-needs-request", article: .retractionIsDecided,
        reason: Words(
            "已同意在线进行的，改为线下须在合理期限内提出申请，由法院审查。",
            "Having agreed, going offline is asked for within a reasonable period and the court decides."),
        remedy: Words("请联系承办法官的书记员提出申请。", "Ask through the judge's clerk; the counter's telephone is on this page."))
}

extension CaseState {
    /// Decides on one answer for one stage; it says nothing about any other stage or person.
    ///
    /// Agreeing after having declined is open at any time. The same answer again is no new act.
    ///
    /// - Source: Online Litigation Rules arts. 4, 5.
    public func decide(_ command: AnswerConsent, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard parties.place(command.party) != nil else { throw .notAParty }
        guard closing.manner == nil else { throw .caseEnded }
        if let earlier = participation.consents[command.party]?[command.stage] {
            if earlier.agreed == command.agreed { return [] }
            if earlier.agreed { throw .retractionNeedsRequest }
        }
        let act: ParticipationAct =
            command.agreed
            ? .consentGiven(ConsentGiven(party: command.party, stage: command.stage, notice: command.notice))
            : .consentDeclined(ConsentDeclined(party: command.party, stage: command.stage, notice: command.notice))
        return [DecidedAct(.participation(act), under: .consentPerStage, party: command.party)]
    }
}
