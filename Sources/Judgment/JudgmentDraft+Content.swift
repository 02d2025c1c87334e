import Procedure

extension JudgmentDraft {
    /// The draft as the content of a judgment; what is not filled in becomes what the checks will name.
    func content(of state: CaseState) -> JudgmentContent {
        let claims = (state.filing.complaint?.claims ?? []).filter { $0.kind != .costs }
        let decided = claims.compactMap { claim -> ClaimDecision? in
            guard let decision = decisions[claim.claim.rawValue],
                let outcome = ClaimDecision.Outcome(rawValue: decision.outcome)
            else { return nil }
            let amount: Money? =
                switch outcome {
                case .granted: claim.amount
                case .partlyGranted: Money(typed: decision.amount) ?? .zero
                case .dismissed: nil
                }
            return ClaimDecision(claim: claim.claim, outcome: outcome, amount: amount, reason: decision.reason)
        }
        return JudgmentContent(
            findings: findings, reasons: reasons, decisions: decided,
            performWithinDays: Int(performWithinDays) ?? 10,
            cited: cited.compactMap(ExhibitID.init(rawValue:)), provisions: provisions,
            feeShares: state.parties.places.map { place in
                FeeShare(party: place.party, amount: Money(typed: feeShares[place.party.rawValue] ?? "0") ?? .zero)
            })
    }

    /// A first draft assembled from the file: what is agreed, what is disputed, the exhibits found on, the whole fee.
    ///
    /// - Source: Interpretation art. 280; Litigation Fees Measures art. 29.
    init(assembling state: CaseState) {
        let exhibits = state.evidence.exhibits.filter { $0.finding?.authenticity.upheld == true }
        cited = exhibits.map(\.offered.exhibit.rawValue)
        let facts = state.filing.complaint?.facts ?? ""
        let answer = state.evidence.answer?.facts ?? ""
        findings = ["原告主张：\(facts)", answer.isEmpty ? "被告未提交书面答辩。" : "被告答辩：\(answer)"].joined(separator: "\n")
        let stands = state.evidence.answer?.responses ?? []
        for claim in (state.filing.complaint?.claims ?? []) where claim.kind != .costs {
            // Only what the defendant admitted whole is suggested; the rest is for the judge.
            if stands.first(where: { $0.claim == claim.claim })?.stand == .admitted {
                decisions[claim.claim.rawValue] = Decision(outcome: "granted", amount: "", reason: "被告承认该项请求。")
            }
        }
    }
}
