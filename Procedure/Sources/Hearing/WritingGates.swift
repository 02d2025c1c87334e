/// The conditions of a hearing in writing, all of which must hold (非同步审理的适用条件).
///
/// - Source: Online Litigation Rules art. 20.
public enum WritingGate: String, CaseIterable, Codable, Sendable {
    case simpleProcedure = "simple-procedure"
    case difficulty
    case oneAppliedAllAgreed = "one-applied-all-agreed"
    case factsUndisputed = "facts-undisputed"

    public var name: Words {
        switch self {
        case .simpleProcedure: Words("适用小额诉讼程序或者简易程序", "Small-claims or simple procedure")
        case .difficulty: Words("同时在线参与庭审确有困难", "Attending online at the same time is really difficult")
        case .oneAppliedAllAgreed:
            Words("一方书面申请，各方均同意", "One party applied in writing and every party agreed")
        case .factsUndisputed:
            Words(
                "经过在线证据交换或询问，各方对主要事实和证据无争议",
                "After exchange or inquiry online, nobody disputes the main facts and evidence")
        }
    }
}

/// How one gate stands: what the docket shows, and whether a judge's finding is still needed.
public struct GateStanding: Hashable, Sendable {
    public enum Verdict: Hashable, Sendable {
        case met
        case notMet
        /// The docket allows it; a judge must find it, with reasons.
        case judgeFinds
    }

    public let gate: WritingGate
    public let verdict: Verdict
    public let reason: Words
}

extension CaseState {
    /// Every gate with its reason, from the docket alone.
    ///
    /// - Source: Online Litigation Rules art. 20.
    public var writingGates: [GateStanding] {
        WritingGate.allCases.map { gate in
            let (verdict, reason) = standing(of: gate)
            return GateStanding(gate: gate, verdict: verdict, reason: reason)
        }
    }

    private func standing(of gate: WritingGate) -> (GateStanding.Verdict, Words) {
        switch gate {
        case .simpleProcedure:
            guard let procedure = filing.docketed?.procedure else {
                return (.notMet, Words("本案尚未立案。", "The case is not docketed yet."))
            }
            let fits = procedure != .ordinary
            return (
                fits ? .met : .notMet,
                Words("本案适用\(procedure.name.zh)。", "The case is heard in \(procedure.name.en.lowercased()).")
            )
        case .difficulty:
            guard let application = hearing.application else {
                return (.notMet, Words("尚无书面申请说明困难。", "No written application states a difficulty."))
            }
            return (
                .judgeFinds, Words("申请称：\(application.difficulty)", "The application says: \(application.difficulty)")
            )
        case .oneAppliedAllAgreed:
            guard hearing.application != nil else {
                return (.notMet, Words("尚无当事人书面申请。", "No party has applied in writing."))
            }
            let missing = parties.places.filter { !hearing.agreed.contains($0.party) }
            guard missing.isEmpty else {
                let zh = missing.map(\.role.name.zh).joined(separator: "、")
                let en = missing.map { $0.role.name.en.lowercased() }.joined(separator: ", ")
                return (.notMet, Words("\(zh)尚未同意。", "Not yet agreed: \(en)."))
            }
            return (.met, Words("一方已书面申请，各方均已同意。", "One party applied in writing and all have agreed."))
        case .factsUndisputed:
            guard evidence.exchange?.closed != nil else {
                return (.notMet, Words("尚未完成在线证据交换。", "The online exchange of evidence is not finished."))
            }
            let disputed = evidence.exhibits.filter { exhibit in
                exhibit.opinions.values.contains { !$0.authenticity.accepted }
            }.count
            return (
                .judgeFinds,
                Words(
                    "证据交换已结束；真实性有争议的证据\(disputed)件，是否涉及主要事实由法官认定。",
                    "The exchange is over; exhibits whose authenticity is disputed: \(disputed). Whether that touches the main facts is for the judge."
                )
            )
        }
    }
}
