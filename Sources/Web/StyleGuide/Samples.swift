import Procedure

/// Invented content for the style guide.
struct Samples {
    let context: CourtContext

    private var voice: Voice { context.voice }
    private var today: CourtDay { context.today }

    var phases: HTML {
        Phases(
            [
                Words("立案", "Filing"), Words("答辩与举证", "Answer and evidence"), Words("庭审", "Hearing"),
                Words("裁判", "Judgment"), Words("归档", "Archive"),
            ], current: 1
        ).html(voice)
    }

    private var explanation: Explanation {
        var explanation = Explanation()
        explanation.add(
            "规则：被告收到起诉状副本之日起十五日内提出答辩状。", "Rule: the defendant answers within 15 days of receiving the complaint.",
            articles: ["CPL2023:128"])
        explanation.add(
            "起算：送达次日。开始的当日不计算在内。", "Counting starts the day after service; the first day does not count.",
            articles: ["CPL2023:85"])
        explanation.add(
            "最后一日为法定休假日的，顺延至其后的第一个工作日。", "If the last day is a rest day, the next working day counts.",
            articles: ["CPL2023:85"])
        return explanation
    }

    var deadlines: HTML {
        let defendant = Words("由被告完成", "for the defendant")
        let you = Words("由您完成", "for you")
        return [
            DeadlineChip(
                Words("答辩", "Answer"), owner: defendant, began: today.adding(days: -3), due: today.adding(days: 12),
                today: today, explanation: explanation),
            DeadlineChip(
                Words("举证", "Evidence"), owner: you, began: today.adding(days: -10), due: today.adding(days: 5),
                today: today, isProvisional: true, explanation: explanation),
            DeadlineChip(
                Words("交纳诉讼费", "Court fee"), owner: you, began: today.adding(days: -5), due: today.adding(days: 2),
                today: today, explanation: explanation),
            DeadlineChip(
                Words("补正", "Correction"), owner: you, began: nil, due: today.adding(days: -1), today: today,
                explanation: explanation),
            DeadlineChip(
                Words("确认送达地址", "Address for service"), owner: you, began: nil, due: today, today: today, isMet: true,
                explanation: explanation),
        ].map { $0.html(voice) }.joined()
    }

    var notices: HTML {
        let information = Notice(
            .information, title: Words("下一步", "What happens next"),
            "<p>\(voice("法官在收到答辩后七日内安排庭审，届时通知您。", "The judge arranges the hearing within seven days of the answer and tells you."))</p>"
        )
        let success = Notice(
            .success,
            "<p>\(voice("起诉状已提交，回执已存入卷宗。", "Your complaint has been sent. The receipt is in the docket."))</p>")
        let warning = Notice(
            .warning,
            "<p>\(voice("逾期不交纳诉讼费的，按撤诉处理。", "If the fee is not paid in time, the case counts as withdrawn.")) \(ArticleLink(Article(.interpretation, 213)).html(voice))</p>"
        )
        return information.html(voice) + success.html(voice) + warning.html(voice)
    }

    var parties: HTML {
        """
        <div class="parties">\(PartyCard(role: Words("原告", "Plaintiff"), name: "王小明", lines: [HTML(voice("本人参加，已确认送达地址", "in person; address for service confirmed"))], isViewer: true).html(voice))\
        \(PartyCard(role: Words("被告", "Defendant"), name: "杭州某某电子商务有限公司", lines: [HTML(voice("尚未应诉", "has not appeared yet"))]).html(voice))</div>
        """
    }

    var tasks: HTML {
        TaskList([
            .init(Words("您和对方的信息", "You and the other side"), path: "/style", state: .done),
            .init(
                Words("诉讼请求", "Your claims"), hint: HTML(voice("退还货款1,280.50元", "Refund of CNY 1,280.50")),
                path: "/style", state: .inProgress),
            .init(Words("证据", "Evidence"), path: "/style", state: .notStarted),
            .init(Words("立案审查", "Review by the court"), path: nil, state: .waiting),
            .init(Words("核对并提交", "Check and send"), path: nil, state: .blocked),
        ]).html(voice)
    }

    var timeline: HTML {
        let id = { (low: UInt64) in EntryID(high: 0, low: low) }
        let now = context.now
        return Timeline([
            .init(
                number: 3, id: id(3), act: Words("送达起诉状副本", "Complaint served"), by: voice("书记员 李静", "Clerk Li Jing"),
                channel: .online,
                happened: .at(now.adding(hours: -3)),
                detail: HTML(voice("到达被告专用账号即为送达。", "Served on arrival in the defendant's account.")),
                documents: [.init(voice("送达凭证", "Service certificate"), path: "/style", bytes: 84_000, kind: "PDF")],
                proof: "/style"),
            .init(
                number: 2, id: id(2), act: Words("登记立案", "Docketed"), by: voice("立案庭", "Filing chamber"),
                channel: .online,
                happened: .at(now.adding(hours: -50)),
                documents: [
                    .init(voice("案件受理通知书", "Acceptance notice"), path: "/style", bytes: 92_000, kind: "PDF"),
                    .init(voice("交纳诉讼费用通知书", "Fee notice"), path: "/style", bytes: 88_000, kind: "PDF"),
                ], proof: "/style"),
            .init(
                number: 1, id: id(1), act: Words("提交起诉状", "Complaint sent"), by: "王小明", channel: .offline,
                happened: .on(today.adding(days: -4)),
                documents: [.init("聊天记录截图.jpg", path: "/style", bytes: 1_412_000, kind: "JPEG")], proof: "/style"),
        ]).html(voice)
    }

    var facts: HTML {
        Facts([
            .init(Words("姓名", "Name"), "王小明", change: "/style"),
            .init(
                Words("诉讼请求", "Claim"),
                HTML(voice("判令被告退还货款1,280.50元。", "Order the defendant to refund CNY 1,280.50.")), change: "/style"),
            .init(Words("提交日期", "Day of sending"), voice.dayElement(today)),
        ]).html(voice)
    }

    var money: HTML {
        MoneyTable(
            Words("请求金额与诉讼费", "Sum claimed and court fee"),
            [
                (HTML(voice("退还货款", "Refund")), Money(minorUnits: 128_050)),
                (HTML(voice("赔偿", "Compensation")), Money(minorUnits: 384_150)),
            ],
            total: Money(minorUnits: 512_200)
        ).html(voice)
    }

    var more: HTML {
        let term = Term(
            "withdrawal", Words("按撤诉处理", "deemed withdrawal"),
            meaning: Words("当事人没有撤诉，但法律规定视为撤诉。", "You did not withdraw, but the law treats the case as withdrawn."))
        return """
            <p>\(voice("不交费的后果：", "What follows if the fee is not paid: "))\(term.html(voice))</p>
            \(Inset("<p>\(voice("人民法院应当保障当事人依照法律规定享有的起诉权利。", "The people's courts shall protect the right to sue that the law gives."))</p>").html)\
            \(Disclosure(Words("怎样核验这份记录", "How to check this record"), "<p>\(voice("保存回执文件，断网也可核验。", "Keep the receipt file. It can be checked without a network."))</p>").html(voice))\
            \(Copyable(Words("回执编号", "Receipt number"), "9f2c-77ab-01de").html(voice))\
            \(Pager(page: 2, of: 14) { "/style?page=\($0)" }.html(voice))
            """
    }

    // MARK: The desk

    var tabs: HTML {
        Tabs(
            Words("我的工作", "My work"),
            [
                .init(Words("待审查", "To review"), path: "/style?desk", count: 12),
                .init(Words("待补正", "Waiting for correction"), path: "/style", count: 4),
                .init(Words("送达", "Service"), path: "/style"),
            ],
            current: "/style?desk"
        ).html(voice)
    }

    var queue: HTML {
        func row(_ title: Words, _ name: String, _ left: Int, _ level: DeadlineChip.Level) -> WorkQueue.Row {
            let due = today.adding(days: left)
            return .init(
                path: "/style", title: HTML(voice(title)),
                cells: [
                    "\(said: name)", HTML(voice("网络购物合同纠纷", "Online shopping contract")),
                    HTML(voice.money(Money(minorUnits: 128_050 * Int64(left + 3)))),
                    voice.dayElement(due), "<span class=\"left\">\(voice.daysLeft(until: due, today: today))</span>",
                ], level: level)
        }
        return WorkQueue(
            Words("待审查的起诉", "Complaints to review"),
            filters: [
                .init(Words("全部", "All"), path: "/style?desk", count: 12, isCurrent: true),
                .init(Words("三日内到期", "Due in three days"), path: "/style?desk", count: 2, isCurrent: false),
                .init(Words("已补正", "Corrected"), path: "/style?desk", count: 3, isCurrent: false),
            ],
            columns: [
                Words("事项", "What to do"), Words("原告", "Plaintiff"), Words("案由", "Cause"), Words("金额", "Sum"),
                Words("到期", "Due"), Words("剩余", "Left"),
            ],
            rows: [
                row(Words("审查起诉", "Review a complaint"), "赵一", -1, .passed),
                row(Words("审查起诉", "Review a complaint"), "钱二", 2, .urgent),
                row(Words("审查补正材料", "Review corrections"), "孙三", 4, .soon),
                row(Words("审查起诉", "Review a complaint"), "李四", 6, .calm),
                row(Words("审查起诉", "Review a complaint"), "周五", 7, .calm),
            ], pager: Pager(page: 1, of: 3) { "/style?desk&page=\($0)" }
        ).html(voice)
    }

    var split: HTML {
        SplitView(
            left: (
                Words("文件", "Document"),
                "<div class=\"paper\"><h1>\(voice("民事起诉状", "Complaint"))</h1><p>\(voice("原告于2026年1月5日在被告经营的网店购买手机一部，价款1,280.50元，收货后发现屏幕破损。", "On 5 January 2026 the plaintiff bought a telephone in the defendant's shop for CNY 1,280.50. It arrived with a broken screen."))</p></div>"
            ),
            right: (
                Words("意见与认定", "Opinions and findings"),
                Facts([
                    .init(Words("真实性", "Authenticity"), HTML(voice("认可", "accepted"))),
                    .init(Words("合法性", "Legality"), HTML(voice("认可", "accepted"))),
                    .init(Words("关联性", "Relevance"), HTML(voice("不认可：与本案商品无关", "disputed: not about these goods"))),
                ]).html(voice)
            )
        ).html(voice)
    }

    var consents: HTML {
        ConsentMatrix(
            stages: [Words("立案", "Filing"), Words("送达", "Service"), Words("举证质证", "Evidence"), Words("庭审", "Hearing")],
            people: [
                (
                    "王小明", Words("原告", "Plaintiff"),
                    [
                        .agreed(on: today.adding(days: -4), basis: Words("主动选择线上", "chose online")),
                        .agreed(on: today.adding(days: -4), basis: Words("地址确认书", "address form")),
                        .agreed(on: today.adding(days: -4), basis: Words("告知后同意", "after notice")),
                        .declined(on: today.adding(days: -1)),
                    ]
                ),
                ("杭州某某电子商务有限公司", Words("被告", "Defendant"), [.open, .open, .open, .open]),
            ]
        ).html(voice)
    }
}
