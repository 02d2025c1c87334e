import Docket
import Procedure

// From the transcript to the archive.
extension SimulatedCase {
    /// - Precondition: the transcript is confirmed.
    mutating func judge(archived: Bool) async throws {
        wait(days: random.number(1...5), workday: true)
        let content = judgment()
        let document = try await paper(.judgment, printed(content))
        let signing = SignJudgment(
            content: content, document: document, signature: try sign(document, judge.account))
        try await perform(judge) { try $0.decide(signing, in: $1) }
        try await perform(judge) { try $0.decide(PronounceJudgment(), in: $1) }
        for party in [plan.buyer, plan.seller] {
            let service = ServeDocuments(service: random.id(), party: party.party, documents: [document])
            try await perform(staff.clerk) { try $0.decide(service, in: $1) }
        }
        guard archived else { return }
        wait(days: 3, workday: true)
        for delivery in state.service.deliveries where delivery.certificate == nil {
            let certificate = CertifyService(
                service: delivery.service, certificate: try await paper(.serviceCertificate, "\(delivery.service)"))
            try await perform(machine, channel: .system) { try $0.decide(certificate, in: $1) }
        }
        try await perform(staff.clerk) { try $0.decide(ArchiveCase(), in: $1) }
    }

    /// The judgment's text; every paragraph on a line of its own.
    private func printed(_ content: JudgmentContent) -> String {
        let orders = content.decisions.enumerated().map { index, decision -> String in
            let claim = plan.claims.first { $0.claim == decision.claim }?.text ?? ""
            let granted = decision.amount.map { "支持\($0.decimalText)元" } ?? "驳回"
            return "\(index + 1). 对“\(claim)”：\(granted)。\(decision.reason)"
        }
        return ([content.findings, content.reasons, "判决如下："] + orders + ["本判决为终审判决。"]).joined(separator: "\n")
    }

    mutating func confirmTranscript() async throws {
        let transcript = try await paper(.transcript, "各方依次陈述，庭审已经结束。")
        try await perform(staff.clerk) { try $0.decide(DraftTranscript(transcript: transcript), in: $1) }
        wait(days: 1, workday: true)
        let hands = [
            (plan.buyer.acting, Optional(plan.buyer.party)), (plan.seller.acting, plan.seller.party), (judge, nil),
        ]
        for (acting, party) in hands {
            let confirmation = ConfirmTranscript(
                party: party, version: 1, signature: try sign(transcript, acting.account))
            try await perform(acting) { try $0.decide(confirmation, in: $1) }
        }
    }

    /// The refund granted or not; the compensation granted, cut down or dismissed; the fee on whoever lost.
    private mutating func judgment() -> JudgmentContent {
        let refunds = !random.once(in: 5)
        let refund = ClaimDecision(
            claim: plan.refundClaim, outcome: refunds ? .granted : .dismissed, amount: refunds ? plan.price : nil,
            reason: refunds ? "" : "不足以证明商品与约定不符。")
        let compensation: ClaimDecision =
            switch refunds ? random.number(0...2) : 2 {
            case 0:
                ClaimDecision(
                    claim: plan.compensationClaim, outcome: .granted, amount: plan.compensation, reason: "")
            case 1:
                ClaimDecision(
                    claim: plan.compensationClaim, outcome: .partlyGranted,
                    amount: Money(minorUnits: plan.compensation.minorUnits / 2), reason: "按实际损失酌定。")
            default:
                ClaimDecision(
                    claim: plan.compensationClaim, outcome: .dismissed, amount: nil, reason: "欺诈不能成立。")
            }
        let fee = state.fee.notice?.amount ?? .zero
        let ofBuyer = Money(
            minorUnits: compensation.outcome == .granted ? 0 : refunds ? fee.minorUnits / 2 : fee.minorUnits)
        let genuine = state.evidence.exhibits.filter { $0.finding?.authenticity.upheld == true }.map(\.offered.exhibit)
        return JudgmentContent(
            findings: "\(plan.orderedOn)，原告购买\(plan.dispute.goods)。" + (refunds ? "经查，\(plan.dispute.found)。" : ""),
            reasons: refunds ? "被告交付的商品与页面描述不符，应当退还货款。" : "原告的证据不足以证明其主张。",
            decisions: [refund, compensation], performWithinDays: 10, cited: Array(genuine.prefix(3)),
            provisions: [CitedProvision(law: "中华人民共和国消费者权益保护法", number: "第五十五条")],
            feeShares: [
                FeeShare(party: plan.buyer.party, amount: ofBuyer),
                FeeShare(party: plan.seller.party, amount: fee - ofBuyer),
            ])
    }
}
