import Documents
import Procedure

/// The papers of the filing desk before they are drawn: correction, return, advice, ruling.
enum DeskPapers {
    /// The frame all notices of the court share: court, title, number, addressee, text, date.
    static func notice(
        _ kind: DocumentKind, to name: String, from court: CourtProfile, number: String?, on day: CourtDay,
        _ body: [LegalDocument.Block]
    ) -> LegalDocument {
        LegalDocument(
            title: kind.name.zh, court: court.name.zh, caseNumber: number, textSize: .compact,
            blocks: [.paragraph(text: "\(name)：", indent: .none)] + body + [
                .note(text: "本院地址：\(court.address.zh)　联系电话：\(court.telephone)　窗口时间：\(court.counterHours.zh)"),
                .signature(.init(lines: [court.name.zh], date: day)),
            ])
    }

    /// 诉讼费用缴费凭证
    static func receipt(
        to name: String, from court: CourtProfile, number: String, on day: CourtDay, amount: Money,
        _ fields: [LegalDocument.Field]
    ) -> LegalDocument {
        notice(
            .paymentReceipt, to: name, from: court, number: number, on: day,
            [
                .paragraph(text: "本院已收到你预交的案件受理费："),
                .amounts([.init("案件受理费", amount, spelling: .figuresAndWords)]), .fields(fields),
                .paragraph(text: "诉讼费用由败诉方负担；裁判生效后，按裁判确定的负担办理退还。"),
                .note(text: "依据：《诉讼费用交纳办法》第二十条、第二十二条、第二十九条、第五十三条。"),
            ])
    }

    /// 补正通知书: everything at once, how to mend it, by when.
    static func correction(_ items: [CorrectionItem], due: CourtDay, _ paper: Paper) -> LegalDocument {
        notice(
            .correctionNotice, to: paper.plaintiff, from: paper.court, number: nil, on: paper.day,
            [
                .paragraph(text: "\(paper.matter)的起诉材料已经收到。经形式审查，以下各项需要补正，现一次性全部告知："),
                .table(
                    .init(
                        header: ["序号", "补正事项", "如何补正", "依据"],
                        rows: items.enumerated().map { index, item in
                            [String(index + 1), item.check.name.zh, item.explanation, item.check.article.printed.zh]
                        })),
                .fields([
                    .init(
                        "补正期限",
                        "\(due.number - paper.day.number)日，自本通知书送达的次日起算；当日送达的，至\(due.inChinese)止。最后一日是法定休假日的，顺延至其后的第一个工作日"
                    )
                ]),
                .list(
                    marker: .chinese,
                    items: [
                        "请登录本院在线诉讼平台，在原起诉状上直接修改后再次签名提交，无需提交纸质材料。",
                        "本院收到补正材料的次日起，在七日内决定是否立案。",
                        "逾期未补正，或者补正后仍不符合要求的，退回起诉材料；你坚持起诉的，由法官裁定，对裁定可以上诉。",
                        "本院不会再以未列明的新事项要求补正。",
                    ]),
                .note(text: "依据：《民事诉讼法》第八十五条、第一百二十四条；《人民法院在线诉讼规则》第九条；《最高人民法院关于人民法院登记立案若干问题的规定》第七条；《民事诉讼法司法解释》第一百二十六条。"),
            ])
    }

    /// 材料退回通知书
    static func returned(reason: String, _ paper: Paper) -> LegalDocument {
        notice(
            .returnNotice, to: paper.plaintiff, from: paper.court, number: nil, on: paper.day,
            [
                .paragraph(text: "\(paper.matter)的起诉材料，因下列原因退回："),
                .paragraph(text: reason),
                .paragraph(text: "你提交的材料仍保留在你的专用账号中，可以修改后重新起诉。退回材料不影响你依法享有的诉讼权利。"),
                .note(text: "依据：《最高人民法院关于人民法院登记立案若干问题的规定》第七条；《最高人民法院关于互联网法院审理案件若干问题的规定》第七条。"),
            ])
    }

    /// 管辖告知书
    static func transferAdvice(to other: String, reason: String, _ paper: Paper) -> LegalDocument {
        notice(
            .transferAdvice, to: paper.plaintiff, from: paper.court, number: nil, on: paper.day,
            [
                .paragraph(text: "\(paper.matter)的起诉材料已经收到。经审查，本案不属于本院管辖："),
                .paragraph(text: reason),
                .fields([.init("可以向其起诉的法院", other)]),
                .paragraph(text: "你可以向上述法院起诉；坚持向本院起诉的，请在平台上说明，由法官裁定，对裁定可以上诉。"),
                .note(text: "依据：《民事诉讼法》第一百二十七条；《人民法院在线诉讼规则》第九条。"),
            ])
    }

    /// 审判人员告知书: to both parties at once, after another judge was drawn.
    ///
    /// - Source: Civil Procedure Law arts. 47–50, 131, 163.
    static func bench(_ draw: JudgeDraw, _ state: CaseState, _ paper: Paper) -> LegalDocument {
        let (before, now) = (state.filing.currentDraw?.drawnName ?? "", draw.drawnName ?? "")
        let reason = state.hearing.recusals.last { $0.upheld == true }?.decision ?? ""
        return notice(
            .benchNotice, to: "\(paper.plaintiff)、\(paper.defendant)", from: paper.court,
            number: state.filing.docketed?.number.rawValue, on: paper.day,
            [
                .paragraph(
                    text:
                        "原告\(paper.plaintiff)诉被告\(paper.defendant)\(paper.cause)一案，对原承办审判员\(before)的回避申请，本院院长已决定准许，\(before)不再参与本案的审理。本院已另行确定审判人员，现告知如下："
                ),
                .fields([
                    .init("准许回避的理由", reason), .init("审判组织", "审判员\(now)独任审理"),
                    .init("确定日期", paper.day.inChinese),
                    .init("如何确定", "在其余法官中按未结案件数随机抽取，抽取的全部依据已记入卷宗"),
                ]),
                .list(
                    marker: .chinese,
                    items: [
                        "审判员\(now)是本案当事人或者当事人、诉讼代理人的近亲属，与本案有利害关系，或者与本案当事人、诉讼代理人有其他关系，可能影响对案件公正审理的，你方有权申请其回避；其接受当事人、诉讼代理人请客送礼，或者违反规定会见当事人、诉讼代理人的，你方也有权要求其回避。",
                        "申请回避应当说明理由，在案件开始审理时提出；回避事由在案件开始审理后知道的，也可以在法庭辩论终结前提出。可以在本院在线诉讼平台本案的庭审页面提出。",
                        "审判员的回避由院长决定，本院在申请提出的三日内作出决定。对决定不服的，可以在接到决定时申请复议一次。",
                    ]),
                .note(
                    text: "依据：《民事诉讼法》第四十七条、第四十八条、第四十九条、第五十条、第一百三十一条、第一百六十三条。"),
            ])
    }

    /// 不予受理民事裁定书
    static func nonAcceptance(reason: String, judge: String, _ paper: Paper) -> LegalDocument {
        let parties = paper.complaint.parties.filter { $0.role == .plaintiff }.map { place in
            LegalDocument.Block.party(
                .init(label: "起诉人", lines: ["\(place.details.name)，住\(place.details.address)。"]))
        }
        return LegalDocument(
            title: DocumentKind.nonAcceptanceRuling.name.zh, court: paper.court.name.zh,
            blocks: parties + [
                .paragraph(
                    text:
                        "\(paper.submitted.inChinese)，本院收到\(paper.plaintiff)的起诉状。起诉人诉\(paper.defendant)\(paper.cause)，请求："
                ),
                .list(marker: .arabic, items: paper.complaint.claims.map(\.text)),
                .paragraph(text: "本院经审查认为，\(reason)"),
                .paragraph(text: "依照《中华人民共和国民事诉讼法》第一百二十二条、第一百二十六条、第一百五十七条规定，裁定如下："),
                .paragraph(text: "对\(paper.plaintiff)的起诉，本院不予受理。"),
                .paragraph(
                    text:
                        "如不服本裁定，可以在裁定书送达之日起十日内，向本院递交上诉状，上诉于\(paper.court.appealCourt.zh)。"),
                .signature(.init(lines: ["审判员　\(judge)"], date: paper.day)),
            ])
    }

    /// What every paper of the desk speaks of.
    struct Paper: Sendable {
        let court: CourtProfile
        let complaint: Complaint
        let cause: String
        let submitted: CourtDay
        let day: CourtDay

        init?(_ state: CaseState, in context: Context) {
            guard let complaint = state.filing.complaint, let submitted = state.filing.submitted else { return nil }
            court = context.court
            self.complaint = complaint
            cause = context.tables.causes[complaint.cause]?.name ?? "民事纠纷"
            self.submitted = submitted.day(in: context.court.zone)
            day = context.today
        }

        var plaintiff: String { complaint.parties.first { $0.role == .plaintiff }?.details.name ?? "起诉人" }
        var defendant: String { complaint.parties.first { $0.role == .defendant }?.details.name ?? "被告" }
        var matter: String { "你于\(submitted.inChinese)提交的诉\(defendant)\(cause)" }
    }
}
