import Documents
import Procedure

/// The notices that go to the defendant with the complaint. In Chinese; plain; with the dates they start.
///
/// - Source: Civil Procedure Law arts. 68, 128, 131, 165; Interpretation art. 275.
struct ServedNotices: Sendable {
    let court: CourtProfile
    let number: String
    let plaintiff: PartyPlace
    let defendant: PartyPlace
    let cause: String
    let procedure: TrialProcedure
    /// The judge's name; nil while another has to be drawn, whose own notice will tell it.
    let judge: String?
    let answer: ComputedDeadline
    let evidence: ComputedDeadline
    let today: CourtDay

    private let days = ChineseDays()

    /// 应诉通知书
    var answerNotice: LegalDocument {
        letter(
            .answerNotice,
            [
                .paragraph(
                    text: "本院受理\(plaintiff.details.name)诉您\(cause)一案，适用\(procedure.name.zh)。现向您送达起诉状副本，并通知如下："),
                .list(
                    marker: .chinese,
                    items: (judge.map { ["本案由审判员\($0)独任审理。"] } ?? []) + [
                        "您可以在\(days.day(answer.lastDay))前提交答辩状。不提交的，不影响案件审理。",
                        "您有权查看案件材料、提出证据、发表质证意见、申请回避、参加庭审，也有权委托诉讼代理人。",
                        "您对管辖有异议的，应当在答辩期内提出。",
                        "您应当依法行使诉讼权利，如实陈述，遵守诉讼秩序。",
                    ]),
                .heading(level: 1, text: "这一天是怎么来的"),
                .list(marker: .arabic, items: answer.explanation.lines.map(\.words.zh)),
            ])
    }

    /// 举证通知书
    var evidenceNotice: LegalDocument {
        letter(
            .evidenceNotice,
            [
                .paragraph(text: "关于\(plaintiff.details.name)诉您\(cause)一案，现就举证事项通知如下："),
                .list(
                    marker: .chinese,
                    items: [
                        "您对自己提出的主张，有责任提供证据。",
                        "请在\(days.day(evidence.lastDay))前提交证据，并逐件说明证明什么。可以在线上传，也可以到窗口提交。",
                        "确有困难的，可以在期限内申请延长。逾期提交的，应当说明理由；理由不成立的，由法院依法处理。",
                        "不能自行收集的证据，可以在期限内申请法院调查收集。",
                        "请保存原件和原始载体，法院可能要求核对。",
                    ]),
                .heading(level: 1, text: "这一天是怎么来的"),
                .list(marker: .arabic, items: evidence.explanation.lines.map(\.words.zh)),
            ])
    }

    /// 小额诉讼程序告知书
    var smallClaimsNotice: LegalDocument {
        letter(
            .smallClaimsNotice,
            [
                .paragraph(text: "本案适用小额诉讼程序，由一名审判员独任审理，现告知如下："),
                .list(
                    marker: .chinese,
                    items: [
                        "小额诉讼实行一审终审。判决送达最后一名当事人时生效，不能上诉。",
                        "举证期限一般不超过七日，答辩期可以缩短，但不超过十五日。",
                        "一般应当在立案之日起两个月内审结。",
                        "您认为本案不应适用小额诉讼程序的，可以在首次开庭前提出异议，由法院审查。",
                    ]),
            ])
    }

    private func letter(_ kind: DocumentKind, _ blocks: [LegalDocument.Block]) -> LegalDocument {
        LegalDocument(
            title: kind.name.zh, court: court.name.zh, caseNumber: number, textSize: .compact,
            blocks: [.paragraph(text: "\(defendant.details.name)：", indent: .none)] + blocks + [
                .fields([
                    .init("本院地址", court.address.zh), .init("联系电话", court.telephone),
                    .init("窗口时间", court.counterHours.zh),
                ]),
                .signature(.init(lines: [court.name.zh], date: today)),
            ])
    }
}
