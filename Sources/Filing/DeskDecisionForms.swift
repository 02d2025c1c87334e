import Docket
import Procedure
import Web

/// The right side of the desk's case page: what the law finds, the checklist, and the steps that are open.
///
/// Form only, and nothing here can ask for paper (Online Litigation Rules art. 9).
struct DeskDecisionForms {
    let matter: DeskCase
    let findings: DeskFindings
    let namesakes: [BenchJudge]
    let typed: Typed
    let context: CourtContext
    let next: DutyRow?

    private var voice: Voice { context.voice }
    private var filing: FilingState { matter.state.filing }

    var html: HTML {
        if let docketed = filing.docketed { return outcome(docketed) }
        guard !filing.isDecided else { return ended }
        let waits = filing.isAwaitingCorrection
        return """
            \(waits ? waiting : nil)\(filing.insisted == nil ? nil : insists)\(waits ? nil : docketing)\(law)\(checklist)\
            \(waits || filing.insisted != nil ? nil : correction)\(waits ? nil : transfer)\(mayReturn ? returning : nil)\(nextLink)
            """
    }

    // MARK: Findings of the law

    private var law: HTML {
        """
        <h2>\(voice("管辖与程序", "Jurisdiction and procedure"))</h2>\(jurisdiction)\
        <p><strong>\(voice(findings.procedure.procedure?.name ?? Words("程序待定", "Procedure not known")))</strong></p>\
        \(reasons(findings.procedure.reasons))
        """
    }

    private var jurisdiction: HTML {
        guard let finding = findings.jurisdiction else {
            return "<p>\(voice("本院不是互联网法院，按一般规定确定管辖。", "This is no Internet court; the general rules decide."))</p>"
        }
        let verdict =
            finding.isForInternetCourt
            ? Words("属于本院受理范围", "This court hears it") : Words("不属于本院受理范围", "Another court hears it")
        return "<p><strong>\(voice(verdict))</strong></p>\(reasons(finding.reasons))"
    }

    private func reasons(_ reasons: [LegalReason]) -> HTML {
        """
        <ul>\(reasons.map { reason in
            "<li>\(voice(reason.words))\(reason.article.map { " \(ArticleLink($0).html(voice))" as HTML })</li>"
        } as [HTML])</ul>

        """
    }

    /// Form alone, each with its article; the machine looks first, the clerk decides.
    private var checklist: HTML {
        """
        <h2>\(voice("形式审查", "Check of form"))</h2><ul class="checklist">\(findings.form.map { finding in
            """
            <li><strong>\(finding.isMet ? voice("✓ 符合", "✓ Met") : voice("！需留意", "! Look here"))</strong> \
            \(voice(finding.check.name)) \(ArticleLink(finding.check.article).html(voice))</li>

            """
        } as [HTML])</ul>

        """
    }

    // MARK: Steps

    private var seen: HTML { "<input type=\"hidden\" name=\"seen\" value=\"\(matter.seen)\">" }

    private func form(_ step: String, _ body: HTML) -> HTML {
        PostForm(action: "\(matter.path)/\(step)", "\(seen)\(body)").html(context)
    }

    /// The heading takes the focus, so that Tab and Enter docket a clean filing.
    private var docketing: HTML {
        let fields = Fields(typed, voice)
        let sign: HTML? =
            findings.isClean
            ? nil
            : Notice(
                .warning,
                "<p>\(voice("自动检查发现需要留意之处，见下方清单。", "The automatic check found something to look at, see the checklist."))</p>"
            ).html(voice)
        let same: HTML? =
            namesakes.isEmpty
            ? nil
            : Notice(
                .warning,
                "<p>\(voice("有法官与当事人同名，请核对是否为同一人：", "A judge has a party's name; check whether it is the same person: "))\(said: voice.list(namesakes.map(\.name)))</p>"
            ).html(voice)
        return """
            <h2 tabindex="-1" autofocus>\(voice("决定", "Decision"))</h2>\(sign)\(same)\
            \(form("docketing", """
            \(Button.row(Button.send(Words("登记立案", "Docket the case"), voice)))\
            <p class="hint">\(voice("取得案号、随机抽取法官并送达受理、交费、举证和小额诉讼通知，一次完成。", "Number, judge drawn at random, and the notices of acceptance, fee, evidence and small claims, in one step."))</p>\
            \(Disclosure(Words("有不适用小额诉讼的情形", "Something keeps it out of small claims"), fields.checkboxes("exclusion", Words("不适用小额诉讼的情形", "What keeps it out of small claims"), SmallClaimsExclusion.allCases.map { .init($0.rawValue, $0.name) })).html(voice))
            """))
            """
    }

    private var correction: HTML {
        let fields = Fields(
            typed.over(Form(["due": matter.today.adding(days: 7).rawValue])), voice)
        let known = filing.correction.map { Set($0.items.map(\.check)) }
        let checks = findings.form.map { finding -> HTML in
            let check = finding.check
            let label =
                finding.isMet ? check.name : Words("（需留意）\(check.name.zh)", "(look here) \(check.name.en)")
            let isNew = known.map { !$0.contains(check) } ?? false
            guard !isNew else {
                return
                    "<p class=\"hint\">\(voice(check.name))\(voice("：", ": "))\(voice("第一次通知未列明，不得再要求补正。", "not in the first list, so it may not be asked for now."))</p>"
            }
            return """
                \(fields.checkbox("check-\(check.rawValue)", label, hint: check.article.printed))\
                \(fields.longText("why-\(check.rawValue)", Words("如何补正", "How to mend it"), max: 1_000, rows: 2, isOptional: true))
                """
        }
        return Disclosure(
            Words("要求补正（一次列明全部事项）", "Ask for correction (everything at once)"),
            form(
                "correction",
                """
                <p>\(voice("只勾选需要补正的事项，并写明如何补正。补正在线完成，不得要求提交纸质材料。", "Tick only what must be mended and say how. It is mended online; paper may not be asked for.")) \
                \(ArticleLink(.onlineFiling).html(voice))</p>\
                \(checks)\(fields.day("due", Words("补正期限", "Last day for correction"), hint: Words("按今天送达计；送达更晚的，所给日数自送达次日起算。", "If served today; served later, as many days count from the day after service."), earliest: matter.today.adding(days: 1)))\
                \(Button.row(Button.send(Words("发出补正通知", "Send the correction notice"), voice)))
                """)
        ).html(voice)
    }

    private var transfer: HTML {
        var known = Form()
        if case .elsewhere(let better)? = findings.jurisdiction?.verdict {
            let why = findings.jurisdiction?.reasons.map(\.words.zh).joined(separator: "\n") ?? ""
            known = Form(["transfer-court": better.zh, "transfer-reason": why])
        }
        let fields = Fields(typed.over(known), voice)
        return Disclosure(
            Words("告知向其他法院起诉", "Name the competent court"),
            form(
                "transfer",
                """
                \(fields.text("transfer-court", Words("有管辖权的法院", "Competent court"), max: 200))\
                \(fields.longText("transfer-reason", Words("理由", "Reason"), max: 2_000))\
                \(Button.row(Button.send(Words("发出管辖告知", "Send the advice"), voice, rank: .quiet)))
                """)
        ).html(voice)
    }

    /// Whether the rules would let the papers go back now.
    private var mayReturn: Bool {
        (try? matter.state.decide(ReturnPapers(reason: "-", notice: .undrawn), in: matter.context)) != nil
    }

    private var returning: HTML {
        let fields = Fields(typed, voice)
        return Disclosure(
            Words("退回起诉材料", "Return the papers"),
            form(
                "return",
                """
                \(fields.longText("return-reason", Words("退回原因", "Reason"), hint: Words("原告会看到；材料仍留在其账号中。", "The plaintiff reads it; the papers stay in their account."), max: 2_000))\
                \(Button.row(Button.send(Words("退回材料", "Return the papers"), voice, rank: .grave)))
                """)
        ).html(voice)
    }

    // MARK: Where it stands

    private var term: CorrectionTerm? { matter.state.correctionTerm(in: matter.context) }

    private var correctionTime: HTML {
        guard let term else {
            return
                "\(voice(Refusal.correctionNotServed.reason)) <a href=\"/desk/service/\(matter.docket)\">\(voice("送达", "Service of process"))</a>"
        }
        return
            "\(voice("补正期限至\(voice.day(term.lastDay))。", "The last day for correction is \(voice.day(term.lastDay))."))"
    }

    private var waiting: HTML {
        Notice(
            .information, title: Words("等待补正", "Waiting for correction"),
            """
            <p>\(voice("已一次性告知。", "Everything was told at once.")) \(correctionTime) \(voice("补正材料到达后，七日期限次日重新起算。", "The seven days start anew the day after the corrected papers come."))</p>\
            \(term.map { Disclosure(Words("为何是这一天", "Why this date"), ExplanationList($0.why).html(voice)).html(voice) })\
            <ul>\((filing.correction?.items ?? []).map { "<li>\(voice($0.check.name))\(voice("：", ": "))\(said: $0.explanation)</li>" as HTML })</ul>
            """
        ).html(voice)
    }

    private var insists: HTML {
        Notice(
            .warning, title: Words("原告坚持起诉", "The plaintiff insists"),
            """
            <p>\(said: filing.insisted ?? "")</p>\
            <p>\(voice("须由法官裁定；也可以立案。任何一位法官都可以在其工作台“待裁定的起诉”中办理。", "A judge rules, or the case is docketed. Any judge finds it under “Filings that wait for a ruling”."))</p>\
            <p><a href="\(matter.path)/ruling">\(voice("裁定页面", "The page of the ruling"))</a></p>
            """
        ).html(voice)
    }

    private func outcome(_ docketed: CaseDocketed) -> HTML {
        let judge = docketed.draw.candidates.first { $0.judge == docketed.draw.drawn }
        return """
            \(Notice(.success, title: Words("已立案", "Docketed"), "<p>\(docketed.number.rawValue) · \(voice(docketed.procedure.name)) · \(voice("承办法官", "Judge")) \(said: judge?.name ?? "")</p>").html(voice))\
            \(nextLink)\(notices)\(draw(docketed.draw))\
            <p><a href="\(matter.path)/payments">\(voice("缴费情况", "Payments"))</a></p>
            """
    }

    private var notices: HTML {
        let state = matter.state
        guard let waiting = state.waitsForNotices else {
            return "<p>\(voice("受理、交费、举证和小额诉讼通知已送达原告。", "The notices have been served on the plaintiff."))</p>"
        }
        guard state.canBeServed(waiting) else {
            return """
                \(Notice(.warning, title: Words("通知须邮寄", "The notices go by post"), "<p>\(voice("原告没有确认电子送达地址，由书记员在送达工作台制作并邮寄；原告确认地址后可以再次电子送达。", "The plaintiff has confirmed no electronic address: the court clerk draws and posts them from the service desk. Once an address is confirmed, serve electronically again."))</p>").html(voice))\
                \(form("notices", Button.row(Button.send(Words("再次电子送达", "Serve electronically again"), voice, rank: .quiet))))
                """
        }
        return
            "<p>\(voice("通知正在制作，随即送达原告账号。", "The notices are being drawn and will reach the plaintiff's account at once."))</p>"
    }

    /// Every input of the draw, so that anyone may draw again.
    private func draw(_ draw: JudgeDraw) -> HTML {
        let rows = draw.candidates.map { candidate -> HTML in
            """
            <tr><th scope="row">\(said: candidate.name)</th><td>\(candidate.workload)</td><td>\(candidate.barred ?? "")</td>\
            <td>\(candidate.judge == draw.drawn ? voice("抽中", "drawn") : "")</td></tr>
            """
        }
        return Disclosure(
            Words("分案依据", "How the judge was drawn"),
            """
            <table class="dense"><thead><tr><th scope="col">\(voice("法官", "Judge"))</th><th scope="col">\(voice("未结案件", "Open cases"))</th>\
            <th scope="col">\(voice("排除原因", "Left out because"))</th><th scope="col">\(voice("结果", "Result"))</th></tr></thead><tbody>\(rows)</tbody></table>\
            <p class="meta">\(voice("随机种子", "Seed")) <code>\(draw.seed)</code></p>
            """
        ).html(voice)
    }

    private var ended: HTML {
        "\(Notice(.information, "<p>\(voice("立案审查已经有结果：", "The filing has been decided: "))\(voice(matter.state.phase.name))</p>").html(voice))\(nextLink)"
    }

    private var nextLink: HTML? {
        next.map { row in
            "<p><a href=\"\(StepLink.path(row.step, row.matter.docket))\"\(attribute: "autofocus", when: filing.isDecided)>\(voice("下一件", "Next"))\(voice("：", ": "))\(said: row.matter.title)</a></p>"
        }
    }
}
