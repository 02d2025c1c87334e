// What the court owes around the steps of a case: its papers to the parties, money back, the end of the file.
extension CaseState {
    /// Once the case has ended: what tells of the end is served, money not owed goes back, then the file is closed.
    func closingDuties(in context: Context) -> [Duty] {
        let open = paperDuties(in: context) + refundDuties(in: context)
        if fee.paid == nil, fee.isCovered { return [Duty(.lookAtPayment, .clerk)] + open }
        return open.isEmpty ? [Duty(.archive, .clerk)] : open
    }

    /// Papers that have not reached their party: before docketing they are the filing clerk's to serve. Who sits now is
    /// told within three days.
    ///
    /// - Source: Civil Procedure Law art. 131.
    func paperDuties(in context: Context) -> [Duty] {
        guard parties.places.contains(where: { !waitingPapers(for: $0.party).isEmpty }) else { return [] }
        let owner = filing.docketed == nil ? Duty.Owner.filingClerk : .clerk
        let redrawn = parties.places.compactMap { benchNoticeStarted(for: $0.party, in: context.court.zone) }.min()
        return [
            redrawn.map { Duty(.servePapers, owner, context.limit(.benchNotice, from: $0)) }
                ?? Duty(.servePapers, owner)
        ]
    }

    /// The notices that go with docketing: acceptance is told within the seven days, the judge within three of the
    /// draw, and one paper tells both; so the day that comes first.
    ///
    /// - Source: Civil Procedure Law arts. 126, 129, 131; Online Litigation Rules art. 9.
    func noticeDuties(in context: Context) -> [Duty] {
        guard let plaintiff = parties.plaintiff?.party, service.served(.acceptanceNotice, on: plaintiff) == nil,
            let docketed = filing.docketedOn
        else { return [] }
        let bench = context.limit(.benchNotice, from: docketed.day(in: context.court.zone))
        let filed = filing.clockStarted(in: context.court.zone).map { context.limit($0.limit, from: $0.day) }
        let first = [filed, bench].compactMap { $0 }.min { $0.lastDay < $1.lastDay } ?? bench
        var why = first.explanation
        why.add(
            "受理案件通知书告知诉讼权利义务和承办法官，以七日立案期与三日告知期中先届满的为准。",
            "The acceptance notice tells rights, duties and the judge: of the seven days for docketing and the three for telling who sits, the day that comes first.",
            articles: [Article.noticesOfDocketing.rawValue, Article.tellWhoSits.rawValue])
        return [
            Duty(
                .serveDocketingNotices, .clerk, due: first.lastDay, why: why, isProvisional: first.isProvisional)
        ]
    }

    /// Money that is not the court's goes back: at the latest fifteen days after the judgment took effect.
    ///
    /// - Source: Litigation Fees Measures art. 53.
    func refundDuties(in context: Context) -> [Duty] {
        guard !fee.refundable.isEmpty else { return [] }
        guard let effective = judgment.effectiveOn else { return [Duty(.refundPayment, .clerk)] }
        return [Duty(.refundPayment, .clerk, context.limit(.feeRefund, from: effective))]
    }
}

extension Article {
    /// Rights and duties are told in the acceptance notice and the notice to answer (受理、应诉通知书).
    public static let noticesOfDocketing = Article(.civilProcedureLaw, 129)
    /// The parties are told who sits within three days (告知审判人员).
    public static let tellWhoSits = Article(.civilProcedureLaw, 131)
}
