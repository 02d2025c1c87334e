import Accounts
import Docket
import Hummingbird
import Procedure
import Storage
import Web

extension FilingDesk {
    private static let rowsPerPage = 50

    /// The desk's queue by what is due; for a judge, the filings that wait for a ruling.
    @Sendable func queuePage(_ request: Request, _ context: CourtContext, _ typed: Typed) async throws -> Page {
        let viewer = try context.person()
        if !viewer.offices.contains(.filingClerk), viewer.offices.contains(.judge) {
            return try await rulingsPage(viewer, context)
        }
        try viewer.require(.readFilingDesk, now: context.now)
        if let found = context.query["found"] { return try await foundPage(found, viewer, context, typed) }
        let voice = context.voice
        let number = min(max(1, Int(context.query["page"] ?? "") ?? 1), 1_000)
        let (rows, total) = try await matters.queue(
            owner: "filing-clerk", person: nil, today: context.today, limit: Self.rowsPerPage,
            offset: (number - 1) * Self.rowsPerPage)
        let pages = max(1, (total + Self.rowsPerPage - 1) / Self.rowsPerPage)
        let all = Matters.said(total)
        let queue = WorkQueue(
            Words("立案审查", "Filings to review"), columns: Self.columns,
            rows: rows.map { row($0, context) },
            pager: Pager(page: number, of: pages) { "/desk/filing?page=\($0)" })
        return Page(
            voice("立案审查", "Filings to review"), width: .wide, hasErrors: typed.hasErrors,
            """
            <h1>\(voice("立案审查", "Filings to review"))</h1>
            <p>\(voice("共\(all)件，本页\(rows.count)件，按期限先后排列。", "\(rows.count) of \(all), the most urgent first."))</p>
            \(searchForm(context, typed))\(queue.html(voice))
            """)
    }

    private static let columns = [
        Words("案件", "Matter"), Words("待办", "To do"), Words("提交时间", "Sent"), Words("期限", "Due"),
    ]

    private func row(_ duty: DutyRow, _ context: CourtContext) -> WorkQueue.Row {
        let voice = context.voice
        let matter = duty.matter
        let chip = duty.due.map { deadline(duty.step, due: $0, submitted: matter.submitted, context) }
        let due = chip?.html(voice) ?? HTML(voice("无固定期限", "no fixed day"))
        return WorkQueue.Row(
            path: StepLink.path(duty.step, matter.docket), title: "\(said: matter.title)",
            cells: [HTML(voice(StepLink.words(duty.step))), voice.timeElement(matter.submitted), due],
            level: chip?.level ?? .calm)
    }

    /// Why this day: counted here again from the day of sending; after a correction the case page has the counting.
    private func deadline(
        _ step: Duty.Step, due: CourtDay, submitted: Instant, _ context: CourtContext
    ) -> DeadlineChip {
        let began = court.zone.day(of: submitted)
        let limit = tables.count(.filingDecision, from: .at(submitted), zone: court.zone)
        let isFirst = limit.lastDay == due
        var later = Explanation()
        later.add(
            "自收到补正材料的次日起重新计算；打开案件可以看到逐步计算。",
            "Counted anew from the day after the corrected papers came; the case page shows the counting.",
            articles: [Article.clockAfterCorrection.rawValue])
        return DeadlineChip(
            StepLink.words(step), owner: Words("立案庭", "Filing desk"), began: isFirst ? began : nil, due: due,
            today: context.today, isProvisional: isFirst && limit.isProvisional,
            explanation: isFirst ? limit.explanation : later)
    }

    // MARK: Search

    private func searchForm(_ context: CourtContext, _ typed: Typed) -> HTML {
        let fields = Fields(typed, context.voice)
        let box = fields.text(
            "name", Words("按当事人或案号查找", "Find by party or case number"), size: 30, max: 100)
        return PostForm(
            action: "/desk/filing",
            """
            \(fields.summary)\(Button.find(in: box, context.voice))
            """
        ).html(context)
    }

    /// Posted, so that no name stands in an address; answers with an opaque id.
    @Sendable func search(_ request: Request, _ context: CourtContext) async throws -> Response {
        let viewer = try context.person()
        try viewer.require(.readFilingDesk, now: context.now)
        let typed = try context.form.read { $0.text("name", Words("当事人或案号", "a party or a case number"), max: 100) }
        let found = try await matters.search(typed, limit: 50, alsoInside: true).rows
        let now = context.now
        let id = try await registry.store.write { t in
            try DeskSearchTable.insert(found.map(\.docket), for: viewer.account, at: now, in: t)
        }
        return .seeOther("/desk/filing?found=\(id)")
    }

    private func foundPage(
        _ text: String, _ viewer: Viewer, _ context: CourtContext, _ typed: Typed
    ) async throws -> Page {
        guard let id = DeskSearchTable.ID(rawValue: text) else { throw NotFound() }
        let found = try await registry.store.read { try DeskSearchTable.found(id, for: viewer.account, in: $0) }
        guard let found else { throw NotFound() }
        let voice = context.voice
        var rows: [WorkQueue.Row] = []
        for docket in found {
            // What the desk may not see now is not found either.
            guard let matter = try await matters.matter(docket),
                viewer.may(.readCase, in: try await read(docket).state)
            else { continue }
            rows.append(
                WorkQueue.Row(
                    path: "/desk/filing/\(docket)", title: "\(said: matter.title)",
                    cells: [
                        "\(matter.number ?? voice("尚无案号", "no number yet"))", "\(voice(matter.phase.name))",
                        voice.timeElement(matter.submitted),
                    ]))
        }
        let queue = WorkQueue(
            Words("查找结果", "Found"),
            columns: [Words("案件", "Matter"), Words("案号", "Number"), Words("阶段", "Stage"), Words("提交时间", "Sent")],
            rows: rows)
        return Page(
            voice("查找结果", "Found"), width: .wide,
            breadcrumbs: [.init(Words("立案审查", "Filings to review"), path: "/desk/filing")],
            hasErrors: typed.hasErrors,
            """
            <h1>\(voice("查找结果", "Found"))</h1>
            <p>\(voice("找到\(rows.count)件。", rows.count == 1 ? "One matter." : "\(rows.count) matters."))</p>
            \(queue.html(voice))\(searchForm(context, typed))
            """)
    }

    // MARK: For judges

    private func rulingsPage(_ viewer: Viewer, _ context: CourtContext) async throws -> Page {
        try viewer.require(.readJudgeDesk, now: context.now)
        let voice = context.voice
        let (waiting, total) = try await matters.queue(
            owner: "any-judge", person: nil, steps: [.ruleOnInsistence], today: context.today, limit: 500)
        let rows = waiting.map { row($0, context) }
        let title = Words("待裁定的起诉", "Filings that wait for a ruling")
        return Page(
            voice(title), width: .wide,
            """
            <h1>\(voice(title))</h1>
            <p>\(voice("原告坚持起诉，须由法官裁定。共\(Matters.said(total))件。", "The plaintiff insists, so a judge rules. \(Matters.said(total)) in all."))</p>
            \(WorkQueue(title, columns: Self.columns, rows: rows).html(voice))
            """)
    }
}
