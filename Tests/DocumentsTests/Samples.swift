import Procedure

@testable import Documents

/// Documents as the court of the demonstration writes them.
enum Samples {
    static let court = "演示互联网法院"
    static let drawnAt: Instant = "2026-03-05T01:00:00.000Z"

    static let judgment = LegalDocument(
        title: "民事判决书", court: court, caseNumber: "（2026）演0192民初42号",
        blocks: [
            .party(
                .init(
                    label: "原告",
                    lines: [
                        "张伟，男，1990年2月1日出生，汉族，住浙江省杭州市西湖区某某路1号。",
                        "委托诉讼代理人：李静，浙江某某律师事务所律师。",
                    ])),
            .party(
                .init(
                    label: "被告",
                    lines: ["北京某某网络科技有限公司，住所地北京市海淀区某某大街2号。", "法定代表人：王芳，执行董事。"])),
            .paragraph(
                text: "原告张伟与被告北京某某网络科技有限公司网络购物合同纠纷一案，本院于2026年1月15日立案后，依法适用小额诉讼程序，"
                    + "以非同步方式在线进行了审理。本案现已审理终结。"),
            .heading(level: 1, text: "诉讼请求"),
            .list(
                marker: .arabic,
                items: [
                    "判令被告退还原告货款2,199元；", "判令被告按商品价款三倍赔偿原告6,597元；",
                    "本案诉讼费用由被告承担。",
                ]),
            .heading(level: 1, text: "证据与认定"),
            .table(
                .init(
                    caption: "经质证的证据", header: ["序号", "证据", "证明的事实", "本院认定"],
                    rows: [
                        ["1", "订单截图", "双方成立网络购物合同，价款2,199元", "真实性、合法性、关联性均予以确认"],
                        ["2", "商品检测报告", "商品材质与页面宣传不符", "予以确认"],
                        ["3", "客服聊天记录", "被告拒绝退款", "予以确认"],
                    ])),
            .heading(level: 1, text: "本院认为"),
            .paragraph(
                text: "原告在被告经营的网络店铺购买商品，双方之间的网络购物合同依法成立并生效，均应按约履行。被告交付的商品材质与其页面宣传"
                    + "不符，构成欺诈。依照《中华人民共和国消费者权益保护法》第五十五条第一款、《中华人民共和国民事诉讼法》第六十七条、"
                    + "第一百六十五条规定，判决如下："),
            .list(
                marker: .chinese,
                items: [
                    "被告北京某某网络科技有限公司于本判决生效之日起十日内退还原告张伟货款2,199元；",
                    "被告北京某某网络科技有限公司于本判决生效之日起十日内赔偿原告张伟6,597元；",
                    "驳回原告张伟的其他诉讼请求。",
                ]),
            .paragraph(
                text: "如果未按本判决指定的期间履行给付金钱义务，应当依照《中华人民共和国民事诉讼法》第二百六十四条规定，加倍支付迟延履行期间的"
                    + "债务利息。"),
            .amounts([
                .init("给付总额", Money(minorUnits: 879_600), spelling: .figuresAndWords),
                .init("案件受理费（由被告负担）", Money(minorUnits: 1_000)),
            ]),
            .paragraph(text: "本判决为终审判决。"),
            .signature(.init(lines: ["审判员　周敏", "书记员　陈晨"], date: "2026-03-05")),
        ])

    static let complaint = LegalDocument(
        title: "民事起诉状",
        blocks: [
            .party(.init(label: "原告", lines: ["张伟，男，1990年2月1日出生，汉族，住浙江省杭州市西湖区某某路1号。"])),
            .party(.init(label: "被告", lines: ["北京某某网络科技有限公司。"])),
            .heading(level: 1, text: "诉讼请求"),
            .list(marker: .arabic, items: ["判令被告退还货款2,199元。", "诉讼费用由被告承担。"]),
            .heading(level: 1, text: "事实与理由"),
            .paragraph(text: "2025年11月11日，原告在被告店铺购买羊绒大衣一件。\n收到后经检测，商品不含羊绒。"),
            .paragraph(text: "此致", indent: .firstLine),
            .paragraph(text: court, indent: .none),
            .signature(.init(lines: ["具状人：张伟"], date: "2026-01-12")),
        ])

    static let receipt = LegalDocument(
        title: "收到诉讼材料凭证", court: court, textSize: .compact,
        blocks: [
            .fields([
                .init("提交人", "张伟"), .init("提交时间", "2026年1月12日 09:30:15"),
                .init("文件摘要", String(repeating: "820522524b6702c3", count: 4)),
            ]),
            .table(
                .init(
                    header: ["编号", "名称", "大小"],
                    rows: [["1", "民事起诉状.pdf", "152 KB"], ["2", "订单截图.png", "1.2 MB"]])),
            .note(text: "本凭证由系统自动生成，证明法院已收到上列材料，不表示材料已通过审查。"),
            .signature(.init(lines: [court + "立案庭"], date: "2026-01-12")),
        ])

    static let translation = LegalDocument(
        title: "Civil Judgment", court: "Demonstration Internet Court", caseNumber: "(2026) Yan 0192 Min Chu No. 42",
        language: .english,
        blocks: [
            .party(.init(label: "Plaintiff", lines: ["Zhang Wei, male, born 1 February 1990."])),
            .heading(level: 1, text: "Claims"),
            .list(marker: .chinese, items: ["Refund of the price of 2,199 yuan;", "Costs of the case."]),
            .paragraph(text: String(repeating: "The plaintiff bought a coat in the defendant's shop. ", count: 12)),
            .amounts([.init("Total", Money(minorUnits: 879_600), spelling: .figuresAndWords)]),
            .signature(.init(lines: ["Judge Zhou Min"], date: "2026-03-05")),
        ])

    /// A document of running text, `paragraphs` of about four lines each.
    static func long(paragraphs: Int) -> LegalDocument {
        let sentence = "本院经审查认为，当事人对自己提出的诉讼请求所依据的事实，有责任提供证据加以证明。"
        return LegalDocument(
            title: "民事裁定书", court: court,
            blocks: (1...paragraphs).map { .paragraph(text: "第\($0)段。" + String(repeating: sentence, count: 3)) })
    }
}
