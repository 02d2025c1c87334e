/// Something that somebody owes next (下一步): what, who, by when, and why that day.
public struct Duty: Hashable, Sendable {
    public enum Owner: Hashable, Sendable {
        case party(PartyID)
        case filingClerk
        case clerk
        case judge(AccountID)
        case president
    }

    /// Names the page that does it.
    public enum Step: String, CaseIterable, Codable, Sendable {
        case reviewFiling = "review-filing"
        case correctComplaint = "correct-complaint"
        case returnPapers = "return-papers"
        case ruleOnInsistence = "rule-on-insistence"
        case payFee = "pay-fee"
        case ruleUnpaid = "rule-unpaid"
        case lookAtPayment = "look-at-payment"
        case inviteDefendant = "invite-defendant"
        case postInvitation = "post-invitation"
        case linkCase = "link-case"
        case moveOffline = "move-offline"
        case handleOffline = "handle-offline"
        case answerConsents = "answer-consents"
        case confirmAddress = "confirm-address"
        case serveComplaint = "serve-complaint"
        case answer
        case openExchange = "open-exchange"
        case giveOpinions = "give-opinions"
        case closeExchange = "close-exchange"
        case findExhibits = "find-exhibits"
        case agreeOnWriting = "agree-on-writing"
        case openHearing = "open-hearing"
        case answerQuestions = "answer-questions"
        case speak
        case leadHearing = "lead-hearing"
        case decideRecusal = "decide-recusal"
        case drawTranscript = "draw-transcript"
        case confirmTranscript = "confirm-transcript"
        case signJudgment = "sign-judgment"
        case serveJudgment = "serve-judgment"
        case archive
    }

    public let step: Step
    public let owner: Owner
    /// The last day, where the law or the court set one.
    public let due: CourtDay?
    /// Why that day: rule, trigger, counting, rest days, article. Empty where the court simply set it.
    public let why: Explanation
    public let isProvisional: Bool

    public init(
        _ step: Step, _ owner: Owner, due: CourtDay? = nil, why: Explanation = Explanation(),
        isProvisional: Bool = false
    ) {
        self.step = step
        self.owner = owner
        self.due = due
        self.why = why
        self.isProvisional = isProvisional
    }

    init(_ step: Step, _ owner: Owner, _ limit: ComputedDeadline) {
        self.init(step, owner, due: limit.lastDay, why: limit.explanation, isProvisional: limit.isProvisional)
    }
}

extension CaseState {
    /// Everything that is owed next, by whom and by when. Derived, never stored.
    public func duties(in context: Context) -> [Duty] {
        guard closing.archivedAt == nil else { return [] }
        guard closing.manner == nil else { return [Duty(.archive, .clerk)] }
        guard filing.complaint != nil else { return [] }
        guard let docketed = filing.docketed else { return filingDuties(in: context) }
        let judge = Duty.Owner.judge(docketed.draw.drawn)
        return feeDuties(judge) + participationDuties(in: context) + evidenceDuties(judge, in: context)
            + hearingDuties(judge, in: context) + judgmentDuties(judge, in: context)
    }

    private func filingDuties(in context: Context) -> [Duty] {
        guard let plaintiff = parties.plaintiff?.party else { return [] }
        if filing.insisted != nil { return [Duty(.ruleOnInsistence, .filingClerk)] }
        if filing.isAwaitingCorrection, let due = filing.correction?.due {
            return context.today > due
                ? [Duty(.returnPapers, .filingClerk)] : [Duty(.correctComplaint, .party(plaintiff), due: due)]
        }
        guard let clock = filing.clockStarted(in: context.court.zone) else { return [] }
        return [Duty(.reviewFiling, .filingClerk, context.limit(clock.limit, from: clock.day))]
    }

    private func feeDuties(_ judge: Duty.Owner) -> [Duty] {
        var duties: [Duty] = []
        if let notice = fee.notice, fee.paid == nil {
            duties.append(Duty(.payFee, .party(notice.party), due: notice.due))
        }
        if !fee.mismatches.isEmpty, fee.paid == nil { duties.append(Duty(.lookAtPayment, .clerk)) }
        return duties
    }

    private func participationDuties(in context: Context) -> [Duty] {
        guard let defendant = parties.defendant?.party else { return [] }
        guard let invitation = participation.invitations[defendant] else {
            let limit = filing.docketedOn.map { context.limit(.serveComplaint, from: $0.day(in: context.court.zone)) }
            return [limit.map { Duty(.inviteDefendant, .clerk, $0) } ?? Duty(.inviteDefendant, .clerk)]
        }
        if participation.offline[defendant] != nil { return [Duty(.handleOffline, .clerk)] }
        var duties: [Duty] = []
        if invitation.posted == nil, invitation.received == nil { duties.append(Duty(.postInvitation, .clerk)) }
        if parties.filledBy[defendant] == nil {
            duties.append(Duty(.linkCase, .party(defendant), due: invitation.linkBy ?? invitation.answerBy))
            if context.today > invitation.answerBy { duties.append(Duty(.moveOffline, .clerk)) }
            return duties
        }
        for place in parties.places {
            let answered = Set((participation.consents[place.party] ?? [:]).keys)
            let open = [Stage.evidenceExchange, .hearing].filter { !answered.contains($0) }
            if !open.isEmpty { duties.append(Duty(.answerConsents, .party(place.party))) }
            if service.addresses[place.party] == nil { duties.append(Duty(.confirmAddress, .party(place.party))) }
        }
        if service.served(.complaint, on: defendant) == nil, service.addresses[defendant] != nil {
            duties.append(Duty(.serveComplaint, .clerk))
        }
        return duties
    }

    private func evidenceDuties(_ judge: Duty.Owner, in context: Context) -> [Duty] {
        guard let defendant = parties.defendant?.party, service.served(.complaint, on: defendant) != nil,
            hearing.closedAt == nil
        else { return [] }
        var duties: [Duty] = []
        if evidence.answer == nil, let period = evidence.periods[defendant], let due = period.answerBy,
            context.today <= due
        {
            duties.append(Duty(.answer, .party(defendant), due: due))
        }
        guard let exchange = evidence.exchange else {
            let ready =
                evidence.answer != nil || (evidence.periods[defendant]?.answerBy).map { context.today > $0 } ?? false
            let consented = parties.places.allSatisfy { participation.agrees($0.party, to: .evidenceExchange) }
            if ready, consented { duties.append(Duty(.openExchange, judge)) }
            return duties
        }
        if exchange.closed == nil {
            var waiting = false
            for place in parties.places {
                let open = evidence.exhibits.filter { $0.by != place.party && $0.opinions[place.party] == nil }
                guard !open.isEmpty, context.today <= exchange.until else { continue }
                waiting = true
                duties.append(Duty(.giveOpinions, .party(place.party), due: exchange.until))
            }
            if !waiting { duties.append(Duty(.closeExchange, judge)) }
        } else if evidence.exhibits.contains(where: { $0.finding == nil }) {
            duties.append(Duty(.findExhibits, judge))
        }
        return duties
    }

    private func hearingDuties(_ judge: Duty.Owner, in context: Context) -> [Duty] {
        guard evidence.exchange?.closed != nil, judgment.signed == nil else { return [] }
        guard hearing.opened != nil else {
            let missing = parties.places.filter { !hearing.agreed.contains($0.party) }
            return missing.map { Duty(.agreeOnWriting, .party($0.party)) }
                + (missing.isEmpty ? [Duty(.openHearing, judge)] : [])
        }
        if let recusal = hearing.pendingRecusal {
            return [
                Duty(
                    .decideRecusal, .president,
                    context.limit(.recusalDecision, from: recusal.asked.day(in: context.court.zone)))
            ]
        }
        guard hearing.closedAt == nil else { return [] }
        var duties: [Duty] = [Duty(.leadHearing, judge, due: hearing.phaseUntil)]
        for place in parties.places {
            let asked = hearing.questions.contains { $0.to == place.party && $0.answered == nil }
            if asked { duties.append(Duty(.answerQuestions, .party(place.party), due: hearing.phaseUntil)) }
            let spoken = hearing.statements.contains { $0.party == place.party && $0.phase == hearing.phase }
            if !spoken, hearing.phase != .preparation {
                duties.append(Duty(.speak, .party(place.party), due: hearing.phaseUntil))
            }
        }
        return duties
    }

    private func judgmentDuties(_ judge: Duty.Owner, in context: Context) -> [Duty] {
        var duties: [Duty] = []
        if fee.isOverdue(today: context.today) { duties.append(Duty(.ruleUnpaid, judge)) }
        guard hearing.closedAt != nil else { return duties }
        guard judgment.signed == nil else {
            let waiting = parties.places.contains { service.served(.judgment, on: $0.party) == nil }
            return waiting ? duties + [Duty(.serveJudgment, .clerk)] : duties
        }
        guard let transcript = hearing.transcript else { return duties + [Duty(.drawTranscript, .clerk)] }
        let readBy = context.limit(.transcriptReading, from: transcript.drafted.day(in: context.court.zone))
        for place in parties.places where transcript.confirmedBy[place.party] == nil && context.today <= readBy.lastDay
        {
            duties.append(Duty(.confirmTranscript, .party(place.party), readBy))
        }
        if transcript.confirmedByJudge == nil { duties.append(Duty(.confirmTranscript, judge)) }
        if let start = filing.docketedOn, isTranscriptSettled(in: context) {
            let limit = context.limit(.smallClaimsTrial, from: start.day(in: context.court.zone))
            duties.append(Duty(.signJudgment, judge, limit))
        }
        return duties
    }

    /// The day by which the case must be decided (审限), with its explanation.
    ///
    /// - Source: Civil Procedure Law art. 168.
    public func trialLimit(in context: Context) -> ComputedDeadline? {
        filing.docketedOn.map { context.limit(.smallClaimsTrial, from: $0.day(in: context.court.zone)) }
    }
}

extension CaseState {
    /// The days after which something may be owed that was not before, or no longer: all told dates still ahead.
    ///
    /// With them a list of duties can be laid out over time, without anything happening when a day passes.
    public func turningDays(in context: Context) -> [CourtDay] {
        var days: [CourtDay?] = [filing.correction?.due, fee.notice?.due, evidence.exchange?.until, hearing.phaseUntil]
        days += participation.invitations.values.flatMap { [$0.answerBy, $0.linkBy] }
        days += evidence.periods.values.map(\.answerBy)
        if let drafted = hearing.transcript?.drafted {
            days.append(context.limit(.transcriptReading, from: drafted.day(in: context.court.zone)).lastDay)
        }
        return Set(days.compactMap { $0 }).filter { $0 >= context.today }.sorted()
    }
}
