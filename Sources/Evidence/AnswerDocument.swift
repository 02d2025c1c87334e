import Documents
import Procedure
import Web

extension LegalDocument {
    /// 民事答辩状, from what was answered in the form.
    static func answer(_ answer: AnswerInHand, court: CourtProfile, on day: CourtDay) -> LegalDocument {
        let state = answer.matter.state
        let voice = Voice(.chinese, zone: court.zone)
        let responses = answer.form.responses(in: answer.draft.answers, to: answer.claims)
        let facts = answer.form.facts(in: answer.draft.answers, voice)
        var blocks: [Block] = [.party(party("答辩人（被告）", answer.place.details))]
        if let plaintiff = state.parties.plaintiff {
            blocks.append(.party(.init(label: "被答辩人（原告）", lines: [plaintiff.details.name])))
        }
        let number = state.filing.docketed?.number.rawValue ?? ""
        let cause = state.filing.complaint.flatMap { answer.matter.context.tables.causes[$0.cause]?.name } ?? ""
        blocks.append(.paragraph(text: "答辩人就\(number)\(cause)一案，提出答辩意见如下："))
        blocks.append(.heading(level: 1, text: "对诉讼请求的意见"))
        blocks.append(
            .list(
                marker: .chinese,
                items: answer.claims.compactMap { claim in
                    responses.first { $0.claim == claim.claim }.map { said(claim, $0, voice) }
                }))
        if !facts.isEmpty {
            blocks.append(.heading(level: 1, text: "事实和理由"))
            blocks.append(.paragraph(text: facts))
        }
        let exhibits = answer.exhibits.compactMap(\.offered)
        if !exhibits.isEmpty {
            blocks.append(.heading(level: 1, text: "证据"))
            blocks.append(
                .table(
                    Table(
                        header: ["名称", "证明内容", "来源", "SHA-256摘要"],
                        rows: exhibits.map { [$0.name, $0.proves, $0.origin.name.zh, $0.file.digest.hex] })))
        }
        blocks.append(.paragraph(text: "此致\n\(court.name.zh)", indent: .none))
        blocks.append(.signature(.init(lines: ["答辩人：\(answer.place.details.name)"], date: day)))
        return LegalDocument(title: "民事答辩状", blocks: blocks)
    }

    private static func party(_ label: String, _ details: PartyDetails) -> Party {
        Party(
            label: label,
            lines: [
                [details.name, details.tradeName.map { "（店铺名称：\($0)）" }].compactMap { $0 }.joined(),
                "住址：\(details.address)", "联系电话：\(details.telephone)",
            ])
    }

    private static func said(_ claim: Claim, _ response: ClaimResponse, _ voice: Voice) -> String {
        let stand =
            switch response.stand {
            case .admitted: "同意"
            case .partlyAdmitted: response.admitted.map { "部分同意，承认\(voice.money($0))" } ?? "部分同意"
            case .disputed: "不同意"
            }
        let reason = response.reason.isEmpty ? "" : "理由：\(response.reason)"
        let claimed = claim.text.hasSuffix("。") ? claim.text : "\(claim.text)。"
        return "原告请求：\(claimed)答辩人\(stand)。\(reason)"
    }
}
