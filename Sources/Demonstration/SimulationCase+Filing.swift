import CourtServer
import Docket
import Procedure

// From the complaint to the defendant's joining in.
extension SimulatedCase {
    /// The complaint with consents and address, and for some a correction.
    mutating func submit() async throws {
        let count = random.number(2...4)
        let exhibits = try await exhibits(SimulationWords.exhibits.prefix(count))
        try await send(exhibits, correcting: false)
        try await joinOnline(plan.buyer)
        guard plan.isCorrected else { return }
        wait(days: 2, workday: true)
        let items = [CorrectionItem(check: .definiteDefendant, explanation: "请补充被告店铺的登记地址。")]
        let request = RequestCorrection(
            items: items, due: today.adding(days: 7), notice: try await paper(.correctionNotice, "请补充被告店铺的登记地址。"))
        try await perform(staff.filingClerk) { try $0.decide(request, in: $1) }
        wait(days: 3)
        try await send(exhibits, correcting: true)
    }

    private mutating func send(_ exhibits: [OfferedExhibit], correcting: Bool) async throws {
        let document = try await paper(.complaint, plan.facts + (correcting ? "\n被告登记地址：\(plan.seller.address)" : ""))
        let signature = try sign(document, plan.buyer.account)
        let complaint = plan.complaint(document, exhibits: exhibits, signature: signature)
        if correcting {
            try await perform(plan.buyer.acting) { try $0.decide(CorrectComplaint(complaint: complaint), in: $1) }
        } else {
            try await perform(plan.buyer.acting, opening: true) {
                try $0.decide(SubmitComplaint(complaint: complaint), in: $1)
            }
        }
    }

    private mutating func joinOnline(_ party: SimulatedParty) async throws {
        let stages = try notice("online-stages")
        for stage in [Stage.evidenceExchange, .hearing] {
            let consent = AnswerConsent(party: party.party, stage: stage, agreed: true, notice: stages)
            try await perform(party.acting) { try $0.decide(consent, in: $1) }
        }
        let address = ConfirmAddress(
            party: party.party, account: party.account, notice: try notice("electronic-service"),
            postal: party.address)
        try await perform(party.acting) { try $0.decide(address, in: $1) }
    }

    /// Moves on to the morning of docketing, and draws what the draw of the judge needs.
    mutating func prepareDocketing() -> Identifier<Named.Draw> {
        wait(until: plan.docketedOn)
        return random.id()
    }

    /// Registers the case inside a write that others share: numbers are taken in the order of the cases.
    func docket(
        seed: Identifier<Named.Draw>, in t: DocketTransaction
    ) throws -> (count: Int, state: CaseState) {
        var open = try t.docket(docket)
        let context = t.context(staff.filingClerk)
        let profile = court.profile
        let threshold = profile.smallClaimsMaximum.map {
            SmallClaimsThreshold(mandatory: $0, byAgreement: profile.smallClaimsAgreedMaximum ?? $0)
        }
        guard let complaint = open.state.filing.complaint else { throw Refusal.notSubmitted }
        let choice = t.tables.smallClaims.choice(
            for: ProcedureQuestion(
                amount: complaint.sumInDispute, province: profile.province, docketedOn: context.today,
                courtThreshold: threshold))
        let loads = try Matters.workloads(in: t)
        let candidates = staff.bench.map {
            JudgeDraw.Candidate(judge: $0.account, name: $0.name, workload: loads[$0.account] ?? 0, barred: nil)
        }
        guard let draw = JudgeDraw(among: candidates, seed: seed) else { throw SimulationFailure.noJudge }
        let number = try NumberCounter.caseNumber(type: "民初", court: profile, today: context.today, in: t.storage)
        let command = DocketCase(
            number: number, procedure: .smallClaims,
            reasons: choice.reasons.map { $0.words.zh }, draw: draw)
        let entered = try t.enter(open.state.decide(command, in: context), in: &open, by: staff.filingClerk)
        return (entered.count, open.state)
    }

    /// Notices and fee, the letter to the defendant, who links the case and agrees to take part online.
    mutating func bringTogether() async throws {
        try await serveNotices()
        wait(days: 1, workday: true)
        let invitation = InviteDefendant(
            party: plan.seller.party, letter: try await paper(.participationNotice), answerBy: today.adding(days: 20))
        try await perform(staff.clerk) { try $0.decide(invitation, in: $1) }
        let posting = RecordPosting(
            party: plan.seller.party, tracking: "EMS\(random.number(100_000_000...999_999_999))")
        try await perform(staff.clerk, channel: .offline) { try $0.decide(posting, in: $1) }
        wait(days: random.number(0...2))
        try await payFee()
        wait(days: random.number(2...4), workday: true)
        let receipt = RecordInvitationReceived(party: plan.seller.party, basis: .postalReceipt)
        try await perform(staff.clerk, happened: .on(today.adding(days: -1)), channel: .offline) {
            try $0.decide(receipt, in: $1)
        }
        wait(days: random.number(0...1))
        let link = LinkCase(party: plan.seller.party, account: plan.seller.account, verifiedName: plan.seller.name)
        try await perform(plan.seller.acting) { try $0.decide(link, in: $1) }
        try await joinOnline(plan.seller)
    }

    private mutating func serveNotices() async throws {
        let claims = plan.claims.filter { $0.kind != .costs }.compactMap(\.amount)
        let fee = court.registry.tables.fees.count(
            .property(claims: claims), under: FeeCircumstances(procedure: .smallClaims))
        guard let amount = fee.money else { throw SimulationFailure.feeUnknown }
        var documents: [DocumentReference] = []
        for kind in [DocumentKind.acceptanceNotice, .feeNotice, .evidenceNotice, .smallClaimsNotice] {
            documents.append(try await paper(kind, "应交案件受理费\(amount.decimalText)元。"))
        }
        let command = ServeDocuments(
            service: random.id(), party: plan.buyer.party, documents: documents,
            fee: FeeDemand(payment: random.id(), amount: amount))
        try await perform(machine, channel: .system) { try $0.decide(command, in: $1) }
    }

    private mutating func payFee() async throws {
        guard let notice = state.fee.notice else { throw SimulationFailure.feeUnknown }
        let payment = RecordPayment(
            payment: notice.payment, amount: notice.amount, reference: "SIM-\(random.number(10_000_000...99_999_999))",
            receipt: try await paper(.paymentReceipt, "已交\(notice.amount.decimalText)元。"))
        try await perform(machine, channel: .system) { try $0.decide(payment, in: $1) }
    }
}
