import Documents
import Procedure

/// The judgment as a legal document (民事判决书), in the short form small claims allow.
///
/// - Source: Civil Procedure Law art. 155; Interpretation art. 280.
enum JudgmentPaper {
    static func judgment(
        _ content: JudgmentContent, state: CaseState, court: CourtProfile, judge: String, on day: CourtDay
    ) -> LegalDocument {
        var blocks: [LegalDocument.Block] = state.parties.places.map { place in
            .party(
                LegalDocument.Party(
                    label: place.role.name.zh,
                    lines: [
                        "\(place.details.name)\(place.details.tradeName.map { "（\($0)）" } ?? "")，住\(place.details.address)。"
                    ]))
        }
        blocks.append(.paragraph(text: opening(state)))
        blocks.append(.heading(level: 1, text: "诉讼请求"))
        blocks.append(.list(marker: .chinese, items: claims(state).map(\.text)))
        blocks.append(.heading(level: 1, text: "查明的事实"))
        blocks.append(.paragraph(text: content.findings))
        let cited = content.cited.compactMap(state.evidence.exhibit)
        if !cited.isEmpty {
            blocks.append(
                .paragraph(
                    text: "以上事实有经质证和认定的下列证据佐证："
                        + cited.map { "证据\($0.ordinal)《\($0.offered.name)》" }.joined(separator: "、") + "。"))
        }
        blocks.append(.heading(level: 1, text: "裁判理由"))
        blocks.append(.paragraph(text: content.reasons))
        let provisions = content.provisions.map { "《\($0.law)》\($0.number)" }.joined(separator: "、")
        blocks.append(.paragraph(text: "综上，依照\(provisions)规定，判决如下："))
        blocks.append(.heading(level: 1, text: "判决主文"))
        blocks.append(.list(marker: .chinese, items: orders(content, state)))
        blocks.append(.paragraph(text: fee(content, state)))
        blocks.append(
            .paragraph(text: "如未按本判决指定的期间履行给付金钱义务，应当依照《中华人民共和国民事诉讼法》第二百六十四条规定，加倍支付迟延履行期间的债务利息。"))
        blocks.append(.paragraph(text: "本判决为终审判决。"))
        blocks.append(.signature(.init(lines: ["审判员　\(judge)", court.name.zh], date: day)))
        return LegalDocument(
            title: "民事判决书", court: court.name.zh, caseNumber: state.filing.docketed?.number.rawValue, blocks: blocks)
    }

    static func deemedWithdrawal(
        state: CaseState, court: CourtProfile, judge: String, on day: CourtDay
    ) -> LegalDocument {
        var blocks: [LegalDocument.Block] = state.parties.places.map { place in
            .party(.init(label: place.role.name.zh, lines: ["\(place.details.name)，住\(place.details.address)。"]))
        }
        let due = state.fee.notice?.due.rawValue ?? ""
        blocks.append(.paragraph(text: opening(state)))
        blocks.append(
            .paragraph(
                text:
                    "本院已依法通知原告在\(due)前预交案件受理费，原告逾期未预交，也未获准缓交、减交或者免交。依照《诉讼费用交纳办法》第二十二条、《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第二百一十三条规定，裁定如下："
            ))
        blocks.append(.paragraph(text: "本案按原告撤回起诉处理。"))
        blocks.append(.signature(.init(lines: ["审判员　\(judge)", court.name.zh], date: day)))
        return LegalDocument(
            title: "民事裁定书", court: court.name.zh, caseNumber: state.filing.docketed?.number.rawValue, blocks: blocks)
    }

    private static func opening(_ state: CaseState) -> String {
        let plaintiff = state.parties.plaintiff?.details.name ?? ""
        let defendant = state.parties.defendant?.details.name ?? ""
        return "原告\(plaintiff)与被告\(defendant)信息网络买卖合同纠纷一案，本院立案后依法适用小额诉讼程序，由审判员独任审理，以在线方式进行了审理。本案现已审理终结。"
    }

    private static func claims(_ state: CaseState) -> [Claim] {
        (state.filing.complaint?.claims ?? []).filter { $0.kind != .costs }
    }

    private static func orders(_ content: JudgmentContent, _ state: CaseState) -> [String] {
        let defendant = state.parties.defendant?.details.name ?? "被告"
        let plaintiff = state.parties.plaintiff?.details.name ?? "原告"
        let claims = claims(state)
        var orders: [String] = []
        for decision in content.decisions {
            guard let claim = claims.first(where: { $0.claim == decision.claim }) else { continue }
            // The claim ends a sentence of its own; the order goes on.
            let claimed = claim.text.hasSuffix("。") ? String(claim.text.dropLast()) : claim.text
            switch decision.outcome {
            case .granted, .partlyGranted:
                let sum = decision.amount ?? .zero
                orders.append(
                    "被告\(defendant)于本判决生效之日起\(content.performWithinDays)日内向原告\(plaintiff)支付\(sum.groupedText)元（\(claimed)）；"
                )
            case .dismissed: orders.append("驳回原告\(plaintiff)的该项诉讼请求：\(claimed)；")
            }
        }
        if content.decisions.contains(where: { $0.outcome == .partlyGranted }) {
            orders.append("驳回原告\(plaintiff)的其他诉讼请求；")
        }
        return orders
    }

    private static func fee(_ content: JudgmentContent, _ state: CaseState) -> String {
        let total = state.fee.notice?.amount.groupedText ?? "0.00"
        let shares = content.feeShares.filter { $0.amount.minorUnits > 0 }.compactMap { share in
            state.parties.place(share.party).map {
                "由\($0.role.name.zh)\($0.details.name)负担\(share.amount.groupedText)元"
            }
        }
        return "案件受理费\(total)元，\(shares.joined(separator: "，"))。"
    }
}
