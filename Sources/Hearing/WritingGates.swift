import Procedure
import Web

/// The conditions of a hearing in writing, each with how it stands and why (非同步审理的适用条件).
struct WritingGates: Sendable {
    let matter: HeardCase

    func html(_ voice: Voice) -> HTML {
        let gates = matter.state.writingGates.map { gate in
            Facts.Fact(
                gate.gate.name,
                """
                <span\(attribute: "id", gate.verdict == .notMet ? "f-\(gate.gate.rawValue)" : nil)><strong>\(voice(Self.verdict(gate.verdict)))</strong></span> \
                \(said: voice(gate.reason)) \(ArticleLink(.asynchronousSteps).html(voice))
                """)
        }
        return """
            <h2>\(voice("适用条件", "The conditions"))</h2>
            \(Facts(gates + [consent(voice)]).html(voice))
            \(answers(voice))
            """
    }

    private static func verdict(_ verdict: GateStanding.Verdict) -> Words {
        switch verdict {
        case .met: Words("具备。", "Met.")
        case .notMet: Words("尚不具备。", "Not met yet.")
        case .judgeFinds: Words("由法官认定。", "For the judge to find.")
        }
    }

    /// Agreeing to each one's own time does not answer whether the hearing may be online at all.
    private func consent(_ voice: Voice) -> Facts.Fact {
        let missing = matter.state.parties.places.filter { !matter.state.participation.agrees($0.party, to: .hearing) }
        let zh = missing.map(\.role.name.zh).joined(separator: "、")
        let en = missing.map { $0.role.name.en.lowercased() }.joined(separator: ", ")
        let reason =
            missing.isEmpty
            ? Words("各方均已同意庭审在线进行。", "Every party agreed to an online hearing.")
            : Words("\(zh)尚未同意庭审在线进行。", "Not yet agreed to an online hearing: \(en).")
        return Facts.Fact(
            Words("各方同意庭审在线进行", "Every party agrees to an online hearing"),
            """
            <strong>\(voice(Self.verdict(missing.isEmpty ? .met : .notMet)))</strong> \(voice(reason)) \(ArticleLink(.consentPerStage).html(voice))
            """)
    }

    /// Who applied, who agreed, and who would rather meet.
    private func answers(_ voice: Voice) -> HTML? {
        guard let application = matter.hearing.application else { return nil }
        let others = matter.state.parties.others(than: application.party).map { place -> HTML in
            let answer: HTML =
                if matter.hearing.agreed.contains(place.party) {
                    "\(voice("同意", "agrees"))"
                } else if let reason = matter.hearing.refused[place.party] {
                    "\(voice("希望同时开庭", "would rather meet"))\(reason.isEmpty ? nil : "\(voice("：", ": "))\(said: reason)")"
                } else {
                    "\(voice("尚未答复", "has not answered yet"))"
                }
            return "<li>\(said: voice(matter.speaker(place.party)))\(voice("：", ": "))\(answer)</li>"
        }
        let own: HTML =
            matter.hearing.agreed.contains(application.party)
            ? "\(voice("书面申请", "applied in writing"))" : "\(voice("已撤回同意", "no longer agrees"))"
        return """
            <h3>\(voice("各方的意见", "What the parties say"))</h3>
            <ul><li>\(said: voice(matter.speaker(application.party)))\(voice("：", ": "))\(own)</li>\(others)</ul>

            """
    }
}
