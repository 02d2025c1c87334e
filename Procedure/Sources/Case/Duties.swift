/// Something that somebody owes next (下一步): what, who, by when, and why that day.
public struct Duty: Hashable, Sendable {
    public enum Owner: Hashable, Sendable {
        case party(PartyID)
        case filingClerk
        case clerk
        case judge(AccountID)
        /// Whichever judge takes it up: before docketing the case is no particular judge's.
        case anyJudge
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
        case refundPayment = "refund-payment"
        case serveDocketingNotices = "serve-docketing-notices"
        case servePapers = "serve-papers"
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
        case redrawJudge = "redraw-judge"
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

    /// A day as it was told, explained by the limit it was counted with; a day told otherwise stands unexplained.
    init(_ step: Step, _ owner: Owner, told: CourtDay, _ limit: ComputedDeadline?) {
        if let limit, limit.lastDay == told {
            self.init(step, owner, limit)
        } else {
            self.init(step, owner, due: told)
        }
    }

    init(_ step: Step, _ owner: Owner, _ limit: ComputedDeadline) {
        self.init(step, owner, due: limit.lastDay, why: limit.explanation, isProvisional: limit.isProvisional)
    }
}

extension CaseState {
    /// Everything that is owed next, by whom and by when. Derived, never stored.
    public func duties(in context: Context) -> [Duty] {
        guard closing.archivedAt == nil else { return [] }
        guard closing.manner == nil else { return closingDuties(in: context) }
        guard filing.complaint != nil else { return [] }
        guard let drawn = filing.currentJudge else { return filingDuties(in: context) + paperDuties(in: context) }
        let judge = Duty.Owner.judge(drawn)
        let duties =
            feeDuties(in: context) + participationDuties(in: context) + evidenceDuties(judge, in: context)
            + hearingDuties(judge, in: context) + judgmentDuties(judge, in: context) + paperDuties(in: context)
        guard let recusal = recusalDuty(in: context) else { return duties }
        // The judge does nothing meanwhile, and the hearing waits.
        return [recusal] + duties.filter { $0.owner != judge && $0.step != .speak && $0.step != .answerQuestions }
    }

    /// The president decides a request; once it is upheld the president has another judge drawn.
    private func recusalDuty(in context: Context) -> Duty? {
        if awaitsJudge { return Duty(.redrawJudge, .president) }
        return hearing.pendingRecusal.map { recusal in
            Duty(
                .decideRecusal, .president,
                context.limit(.recusalDecision, from: recusal.asked.day(in: context.court.zone)))
        }
    }

    private func filingDuties(in context: Context) -> [Duty] {
        guard let plaintiff = parties.plaintiff?.party else { return [] }
        if filing.insisted != nil { return [insistenceDuty(in: context)] }
        if filing.isAwaitingCorrection {
            // Until the notice is served no day runs, and the papers stay.
            guard let term = correctionTerm(in: context) else { return [Duty(.correctComplaint, .party(plaintiff))] }
            guard context.today <= term.lastDay else { return [Duty(.returnPapers, .filingClerk)] }
            return [
                Duty(
                    .correctComplaint, .party(plaintiff), due: term.lastDay, why: term.why,
                    isProvisional: term.isProvisional)
            ]
        }
        guard let clock = filing.clockStarted(in: context.court.zone) else { return [] }
        return [Duty(.reviewFiling, .filingClerk, context.limit(clock.limit, from: clock.day))]
    }

    /// Only a judge rules; the ruling is due within the same seven days as docketing.
    ///
    /// - Source: Civil Procedure Law art. 126.
    private func insistenceDuty(in context: Context) -> Duty {
        guard let clock = filing.clockStarted(in: context.court.zone) else { return Duty(.ruleOnInsistence, .anyJudge) }
        return Duty(.ruleOnInsistence, .anyJudge, context.limit(clock.limit, from: clock.day))
    }

    private func feeDuties(in context: Context) -> [Duty] {
        var duties: [Duty] = []
        if let notice = fee.notice, !fee.isCovered {
            let limit = context.limit(.feePrepayment, from: notice.received)
            duties.append(Duty(.payFee, .party(notice.party), told: notice.due, limit))
        }
        if !fee.mismatches.isEmpty, fee.paid == nil { duties.append(Duty(.lookAtPayment, .clerk)) }
        return duties + refundDuties(in: context) + noticeDuties(in: context)
    }

    private func participationDuties(in context: Context) -> [Duty] {
        guard let defendant = parties.defendant?.party else { return [] }
        guard let invitation = participation.invitations[defendant] else {
            let limit = filing.docketedOn.map { context.limit(.serveComplaint, from: $0.day(in: context.court.zone)) }
            return standingDuties + [limit.map { Duty(.inviteDefendant, .clerk, $0) } ?? Duty(.inviteDefendant, .clerk)]
        }
        var duties = standingDuties
        let posting = Duty(.postInvitation, .clerk)
        if let ground = participation.offline[defendant] {
            duties.append(Duty(.handleOffline, .clerk))
            // Whoever only declined a stage goes on online with the others.
            if ground == .silence {
                // The way back is open, so a letter written since then still goes out.
                return duties + (invitation.awaitsPosting && !invitation.earlier.isEmpty ? [posting] : [])
            }
        }
        if invitation.awaitsPosting { duties.append(posting) }
        if parties.filledBy[defendant] == nil {
            let limit = invitation.received.map {
                context.limit(.onlineAssociation, from: $0.day(in: context.court.zone))
            }
            duties.append(
                Duty(.linkCase, .party(defendant), told: invitation.linkBy ?? invitation.answerBy, limit))
            if context.today > invitation.answerBy { duties.append(Duty(.moveOffline, .clerk)) }
            return duties
        }
        if service.served(.complaint, on: defendant) == nil, service.addresses[defendant] != nil {
            duties.append(Duty(.serveComplaint, .clerk))
        }
        return duties
    }

    /// Each party that has come in says which stages may be online and where it is served: the plaintiff from
    /// docketing on, the defendant once linked.
    private var standingDuties: [Duty] {
        parties.places.filter { parties.filledBy[$0.party] != nil && participation.offline[$0.party] != .silence }
            .flatMap { place in
                let answered = participation.consents[place.party] ?? [:]
                let isOpen = [Stage.evidenceExchange, .hearing].contains { answered[$0] == nil }
                return (isOpen ? [Duty(.answerConsents, .party(place.party))] : [])
                    + (service.addresses[place.party] == nil ? [Duty(.confirmAddress, .party(place.party))] : [])
            }
    }

    private func evidenceDuties(_ judge: Duty.Owner, in context: Context) -> [Duty] {
        guard let defendant = parties.defendant?.party, let served = service.served(.complaint, on: defendant),
            judgment.signed == nil
        else { return [] }
        var duties: [Duty] = []
        if evidence.answer == nil, hearing.closedAt == nil, let period = evidence.periods[defendant],
            let due = period.answerBy,
            context.today <= due
        {
            let limit = context.limit(.answerSmallClaims, from: served.day(in: context.court.zone))
            duties.append(Duty(.answer, .party(defendant), told: due, limit))
        }
        let consented = parties.places.allSatisfy { participation.agrees($0.party, to: .evidenceExchange) }
        guard let exchange = evidence.exchange else {
            let ready =
                evidence.answer != nil || (evidence.periods[defendant]?.answerBy).map { context.today > $0 } ?? false
            if ready, consented { duties.append(Duty(.openExchange, judge)) }
            return duties
        }
        if exchange.closed == nil {
            var waiting = false
            for place in parties.places {
                let open = evidence.exhibits.filter {
                    $0.by != place.party && !$0.hadWindow && $0.opinions[place.party] == nil
                }
                guard !open.isEmpty, !exchange.endAgreed.contains(place.party), context.today <= exchange.until else {
                    continue
                }
                waiting = true
                duties.append(Duty(.giveOpinions, .party(place.party), due: exchange.until))
            }
            if !waiting { duties.append(Duty(.closeExchange, judge)) }
        } else {
            if !evidence.unexamined.isEmpty, consented { duties.append(Duty(.openExchange, judge)) }
            let examined = evidence.exhibits.filter { $0.hadWindow || !$0.opinions.isEmpty }
            if examined.contains(where: { $0.finding == nil }) { duties.append(Duty(.findExhibits, judge)) }
        }
        return duties
    }

    private func hearingDuties(_ judge: Duty.Owner, in context: Context) -> [Duty] {
        guard evidence.exchange?.closed != nil || hearing.opened != nil, judgment.signed == nil else { return [] }
        guard hearing.opened != nil else {
            // Whoever refused in writing is not asked again: the hearing is held together, offline for now.
            guard hearing.refused.isEmpty else { return [Duty(.handleOffline, judge)] }
            let missing = parties.places.filter { !hearing.agreed.contains($0.party) }
            return missing.map { Duty(.agreeOnWriting, .party($0.party)) }
                + (missing.isEmpty ? [Duty(.openHearing, judge)] : [])
        }
        guard hearing.closedAt == nil else { return [] }
        var duties: [Duty] = [Duty(.leadHearing, judge, due: hearing.phaseUntil)]
        for place in parties.places {
            let asked = hearing.questions.contains { $0.to == place.party && $0.answered == nil }
            if asked { duties.append(Duty(.answerQuestions, .party(place.party), due: hearing.phaseUntil)) }
            let spoken = hearing.statements.contains { $0.party == place.party && $0.phase == hearing.phase }
            if !spoken, !hearing.endAgreed.contains(place.party), hearing.phase != .preparation {
                duties.append(Duty(.speak, .party(place.party), due: hearing.phaseUntil))
            }
        }
        return duties
    }

    private func judgmentDuties(_ judge: Duty.Owner, in context: Context) -> [Duty] {
        var duties: [Duty] = []
        if fee.isOverdue(today: context.today) { duties.append(Duty(.ruleUnpaid, judge)) }
        guard judgment.signed == nil else {
            // Signed and not pronounced, it is still the judge's.
            guard judgment.pronouncedAt != nil else { return duties + [Duty(.signJudgment, judge)] }
            let waiting = parties.places.contains { service.served(.judgment, on: $0.party) == nil }
            return waiting ? duties + [Duty(.serveJudgment, .clerk)] : duties
        }
        guard hearing.closedAt != nil else { return duties }
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
        var days: [CourtDay?] = [
            correctionTerm(in: context)?.lastDay, fee.notice?.due, evidence.exchange?.until, hearing.phaseUntil,
        ]
        days += participation.invitations.values.flatMap { [$0.answerBy, $0.linkBy] }
        days += evidence.periods.values.map(\.answerBy)
        if let drafted = hearing.transcript?.drafted {
            days.append(context.limit(.transcriptReading, from: drafted.day(in: context.court.zone)).lastDay)
        }
        return Set(days.compactMap { $0 }).filter { $0 >= context.today }.sorted()
    }
}
