import Documents
import Procedure

/// The transcript of a hearing in writing (电子笔录), drawn from the docket and nothing else.
///
/// - Source: Civil Procedure Law art. 150; Online Litigation Rules art. 34.
struct TranscriptPaper: Sendable {
    /// A correction that was asked for on the version before, and what became of it.
    struct Correction: Sendable {
        let by: PartyID
        let asked: String
        let outcome: String
    }

    let court: CourtProfile
    let state: CaseState
    let course: HearingCourse
    let version: Int
    let corrections: [Correction]
    let day: CourtDay

    var document: LegalDocument {
        var blocks = heading
        for phase in HearingPhase.allCases { blocks += record(of: phase) }
        blocks += recusals
        blocks.append(.paragraph(text: "审判员：庭审各阶段已经进行完毕，现在宣布庭审结束。（\(state.hearing.closedAt.map(written) ?? "")）"))
        blocks += corrected
        blocks.append(
            .note(
                text:
                    "本笔录由卷宗记录生成，为第\(version)版。当事人和审判员在线阅读、确认后，与书面笔录具有同等效力；确认只及于本版。认为有遗漏或者差错的，可以申请补正。依据：《民事诉讼法》第一百五十条，《人民法院在线诉讼规则》第三十三条、第三十四条。"
            ))
        blocks.append(.signature(.init(lines: [court.name.zh], date: day)))
        return LegalDocument(
            title: "庭审笔录", court: court.name.zh, caseNumber: state.filing.docketed?.number.rawValue,
            textSize: .compact, blocks: blocks)
    }

    private var heading: [LegalDocument.Block] {
        var blocks: [LegalDocument.Block] = [
            .fields([
                .init("版本", "第\(version)版"), .init("审判员", state.judgeName),
                .init("方式", "非同步在线庭审，各方在期限内分别以文字陈述"),
                .init("开始", course[.preparation].map { written($0.opened) } ?? ""),
                .init("结束", state.hearing.closedAt.map(written) ?? ""),
            ])
        ]
        blocks += state.parties.places.map { place in
            .party(
                .init(
                    label: place.role.name.zh,
                    lines: [place.details.name + (place.details.tradeName.map { "（\($0)）" } ?? "")]))
        }
        if let gates = state.hearing.opened?.gates {
            blocks.append(.heading(level: 1, text: "非同步审理的条件"))
            blocks.append(.list(marker: .arabic, items: gates.map { "\($0.gate.name.zh)。\($0.reason)" }))
        }
        return blocks
    }

    private func record(of phase: HearingPhase) -> [LegalDocument.Block] {
        guard let held = course[phase] else { return [] }
        var blocks: [LegalDocument.Block] = [
            .heading(level: 1, text: phase.name.zh),
            .paragraph(text: "审判员：现在进行\(phase.name.zh)，至\(held.until.inChinese)止。（\(written(held.opened))）"),
        ]
        if phase == .preparation {
            blocks.append(.paragraph(text: "审判员：各方的诉讼权利和义务、申请回避的权利、法庭纪律，已在《庭审通知书》中告知。"))
        }
        for item in state.hearing.items(of: phase, zone: court.zone) {
            switch item {
            case .statement(let statement):
                blocks.append(.paragraph(text: "\(name(statement.party))（\(written(statement.at))）：\(statement.text)"))
            case .earlyEnd(let end):
                blocks.append(
                    .paragraph(text: "\(name(end.party))（\(written(end.at))）：没有更多意见，同意提前结束\(phase.name.zh)。"))
            case .question(let question):
                blocks.append(
                    .paragraph(text: "审判员问\(name(question.to))（\(written(question.asked))）：\(question.text)"))
                let answer =
                    if let text = question.answer, let answered = question.answered {
                        "\(name(question.to))答（\(written(answered))）：\(text)"
                    } else {
                        "\(name(question.to))在期限内没有回答。"
                    }
                blocks.append(.paragraph(text: answer))
            }
        }
        let spoken = Set(state.hearing.statements.filter { $0.phase == phase }.map(\.party))
            .union(state.hearing.earlyEnds.filter { $0.phase == phase }.map(\.party))
        let silent = state.parties.places.filter { !spoken.contains($0.party) }
        if phase != .preparation, !silent.isEmpty {
            let names = silent.map { name($0.party) }.joined(separator: "、")
            blocks.append(.paragraph(text: "\(names)在本阶段期限内没有发言。"))
        }
        return blocks
    }

    private var recusals: [LegalDocument.Block] {
        guard !state.hearing.recusals.isEmpty else { return [] }
        return [.heading(level: 1, text: "回避申请")]
            + state.hearing.recusals.flatMap { recusal -> [LegalDocument.Block] in
                let decision = recusal.upheld.map { $0 ? "准许" : "驳回" } ?? "尚未决定"
                return [
                    .paragraph(text: "\(name(recusal.by))申请回避（\(written(recusal.asked))）：\(recusal.reason)"),
                    .paragraph(text: "院长决定：\(decision)。\(recusal.decision ?? "")"),
                ]
            }
    }

    private var corrected: [LegalDocument.Block] {
        guard !corrections.isEmpty else { return [] }
        return [.heading(level: 1, text: "对第\(version - 1)版笔录的补正")]
            + corrections.flatMap { correction -> [LegalDocument.Block] in
                [
                    .paragraph(text: "\(name(correction.by))申请补正：\(correction.asked)"),
                    .paragraph(text: "处理：\(correction.outcome)"),
                ]
            }
    }

    private func name(_ party: PartyID) -> String {
        state.parties.place(party).map { "\($0.role.name.zh)\($0.details.name)" } ?? "当事人"
    }

    private func written(_ happened: Happened) -> String {
        switch happened {
        case .at(let instant): "\(court.zone.day(of: instant).inChinese) \(court.zone.clock(of: instant))"
        case .on(let day): day.inChinese
        }
    }
}
