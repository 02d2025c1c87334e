import Documents
import Procedure

/// The papers a plaintiff gets once the case is registered (立案后的通知), before they are drawn.
///
/// - Source: Civil Procedure Law arts. 126, 131; Litigation Fees Measures art. 22; Interpretation arts. 274, 275.
struct DocketingNotices: Sendable {
    let court: CourtProfile
    let state: CaseState
    let complaint: Complaint
    let docketed: CaseDocketed
    let cause: String
    let fee: ComputedFee
    let payment: PaymentID
    /// The last days, counted from service today; nil by post, when they count from the receipt.
    let feeDue: ComputedDeadline?
    let evidenceDue: ComputedDeadline?
    let trialLimit: ComputedDeadline?
    /// The day the notices are drawn and, arriving at once, served.
    let day: CourtDay

    private var plaintiff: String { state.parties.plaintiff?.details.name ?? "原告" }
    private var defendant: String { state.parties.defendant?.details.name ?? "被告" }
    private var judge: String { docketed.draw.drawnName ?? "" }
    private var matter: String { "你诉\(defendant)\(cause)一案" }

    func acceptance() -> LegalDocument {
        notice(
            .acceptanceNotice,
            [
                .paragraph(text: "\(matter)的起诉材料已经收到。经审查，起诉符合法定条件，本院决定登记立案，案号为\(docketed.number)。现将有关事项通知如下："),
                .list(
                    marker: .chinese,
                    items: [
                        "本案适用\(docketed.procedure.name.zh)，由审判员\(judge)独任审理。承办法官由系统按各法官未结案件数随机抽取，抽取的全部依据已记入卷宗。",
                        "请在\(feeDue?.lastDay.inChinese ?? "收到本通知次日起七日")\(feeDue == nil ? "内" : "前")交纳案件受理费，详见《交纳诉讼费用通知书》。",
                        "请按《举证通知书》载明的期限提交证据。",
                        "你有权委托代理人、申请回避、收集和提供证据、进行辩论、请求调解、查阅并复制本案有关材料；应当依法行使诉讼权利，遵守诉讼秩序。",
                        "本案是否在线进行，由你就每一环节分别选择；不同意在线的，转为线下进行，不影响你的诉讼权利。",
                    ]),
                .note(
                    text:
                        "依据：《民事诉讼法》第五十二条、第一百二十六条、第一百六十三条，《人民法院在线诉讼规则》第四条、第九条。"),
            ])
    }

    func feeNotice(_ amount: Money) -> LegalDocument {
        notice(
            .feeNotice,
            [
                .paragraph(text: "\(matter)，本院已登记立案，案号为\(docketed.number)。请预交案件受理费："),
                .amounts([.init("案件受理费", amount, spelling: .figuresAndWords)]),
                .heading(level: 1, text: "如何计算"),
                .list(marker: .arabic, items: fee.explanation.lines.map(\.printedChinese)),
                .heading(level: 1, text: "何时交、怎样交"),
                .fields([
                    .init("最后一日", lastDay(feeDue)),
                    .init("缴费编号", payment.rawValue), .init("交纳方式", "登录本院在线诉讼平台，在本案“交纳诉讼费”页面支付"),
                ]),
                .list(marker: .arabic, items: counting(feeDue)),
                .paragraph(
                    text:
                        "逾期不预交又不提出申请，或者申请司法救助未获批准仍不预交的，按撤回起诉处理。交费确有困难的，可以在上述期限内申请缓交、减交或者免交。"),
                .note(
                    text: "依据：《诉讼费用交纳办法》第十三条、第十六条、第二十条、第二十二条、第四十四条；《民事诉讼法司法解释》第二百一十三条。"),
            ])
    }

    func evidence() -> LegalDocument {
        notice(
            .evidenceNotice,
            [
                .paragraph(text: "\(matter)（\(docketed.number)），现将举证事项通知如下："),
                .fields([
                    .init("举证期限", evidenceDue == nil ? lastDay(nil) : "至\(lastDay(evidenceDue))止")
                ]),
                .list(marker: .arabic, items: counting(evidenceDue)),
                .list(
                    marker: .chinese,
                    items: [
                        "对自己提出的诉讼请求所依据的事实，应当提供证据证明。",
                        "证据可以拍照、扫描后在线提交；电子数据请提交原始文件。经审核通过的电子化材料可以直接在诉讼中使用，本院不要求另行提交纸质材料；对方提出异议并有合理理由，或者法律另有规定需要核对原件的除外。",
                        "请逐件说明证据名称、来源和证明目的。",
                        "在期限内提交确有困难的，可以在期限届满前申请延长；逾期提交的，应当说明理由。",
                        "双方可以约定放弃举证期限，或者协商缩短，须经本院准许。",
                    ]),
                .note(
                    text:
                        "依据：《民事诉讼法》第六十七条、第六十八条；《民事诉讼法司法解释》第二百七十五条；《人民法院在线诉讼规则》第十一条、第十二条、第十三条。"),
            ])
    }

    func smallClaims(_ amount: Money) -> LegalDocument {
        var fields: [LegalDocument.Field] = [
            .init("审判组织", "审判员\(judge)独任审理"), .init("审级", "一审终审，判决送达后即发生法律效力，不得上诉"),
        ]
        if let trialLimit {
            fields.append(
                .init("审理期限", "立案之日起两个月，至\(trialLimit.lastDay.inChinese)；有特殊情况的，经院长批准可以延长一个月"))
        }
        fields.append(.init("诉讼费用", "案件受理费减半交纳，为\(amount.inFigures)"))
        return notice(
            .smallClaimsNotice,
            [
                .paragraph(text: "\(matter)（\(docketed.number)）适用小额诉讼程序审理，现告知如下："),
                .fields(fields), .heading(level: 1, text: "为何适用小额诉讼程序"),
                .list(marker: .arabic, items: docketed.reasons),
                .heading(level: 1, text: "异议与救济"),
                .list(
                    marker: .chinese,
                    items: [
                        "认为不应当适用小额诉讼程序的，可以在开庭前提出异议。异议成立的，适用简易程序其他规定或者裁定转为普通程序；不成立的，裁定驳回。",
                        "对判决有异议的，可以依法向本院申请再审。", "当事人提出增加或者变更诉讼请求、反诉、追加当事人，致使案件不符合小额诉讼条件的，转换程序。",
                    ]),
                .note(text: "依据：《民事诉讼法》第一百六十五条、第一百六十八条、第一百六十九条；《民事诉讼法司法解释》第二百七十四条、第二百七十八条、第二百七十九条、第四百二十四条。"),
            ])
    }

    private func lastDay(_ limit: ComputedDeadline?) -> String {
        limit.map { $0.lastDay.inChinese + ($0.isProvisional ? "（暂定）" : "") } ?? "自收到本通知书的次日起第七日"
    }

    private func counting(_ limit: ComputedDeadline?) -> [String] {
        limit?.explanation.lines.map(\.printedChinese) ?? [
            "本通知书邮寄送达，以回执上的签收日期为送达日期，期限自次日起算（《民事诉讼法》第八十五条、第九十一条）。",
            "最后一日是法定休假日的，以休假日结束后的第一个工作日为最后一日（《民事诉讼法》第八十五条）。",
        ]
    }

    private func notice(_ kind: DocumentKind, _ body: [LegalDocument.Block]) -> LegalDocument {
        DeskPapers.notice(kind, to: plaintiff, from: court, number: docketed.number.rawValue, on: day, body)
    }
}

extension Explanation.Line {
    /// A line as an official paper prints it, with the articles in Chinese.
    var printedChinese: String {
        guard !articles.isEmpty else { return words.zh }
        let cited = articles.map { Article(rawValue: $0)?.printed.zh ?? $0 }
        return "\(words.zh)（\(cited.joined(separator: "、"))）"
    }
}
