import Accounts
import Docket
import Hummingbird
import Procedure
import Web

/// A person's own cases, and the desk of judges, clerks and the president.
struct CaseLists: Sendable {
    let area: CaseFileArea

    private var matters: Matters { Matters(area.registry) }

    private static let casesPerPage = 50

    func mine(_ context: CourtContext) async throws -> Page {
        let viewer = try context.person()
        let voice = context.voice
        let number = min(max(1, Int(context.query["page"] ?? "") ?? 1), 1_000)
        let (cases, all) = try await matters.cases(
            ofParty: viewer.account, limit: Self.casesPerPage, offset: (number - 1) * Self.casesPerPage)
        let pager = Pager(page: number, of: max(1, (all + Self.casesPerPage - 1) / Self.casesPerPage)) {
            "/cases?page=\($0)"
        }
        let (duties, total) = try await matters.queue(
            owner: "party", person: viewer.account, today: context.today, limit: 200)
        let items = cases.map { row -> HTML in
            let owed = duties.filter { $0.matter.docket == row.docket }.map { duty -> HTML in
                "<span class=\"owed\">\(voice("轮到您", "Your turn"))\(voice("：", ": "))\(voice(StepLink.words(duty.step)))\(duty.due.map { " · \(voice.dayElement($0))" as HTML })</span>"
            }
            return """
                <li class="case"><p><a href="/cases/\(row.docket)">\(said: row.title)</a></p>
                <p class="meta">\(row.number.map { "\($0) · " as HTML })\(voice(row.phase.name))</p>\(owed)</li>

                """
        }
        let empty: HTML = """
            <p>\(voice("您还没有案件。", "You have no case yet."))</p>

            """
        return Page(
            voice("我的案件", "My cases"),
            """
            <h1>\(voice("我的案件", "My cases"))</h1>
            <p class="lead">\(total == 0 ? voice("目前没有轮到您办理的事项。", "Nothing is waiting for you just now.") : voice("有\(total)件事轮到您办理。", "\(total) things are waiting for you."))</p>
            \(all == 0 ? empty : "<ul class=\"cases\">\(items)</ul>")\(pager.html(voice))
            <p><a class="button" href="/drafts">\(voice("提起诉讼或继续起草", "Start a case or go on with a draft"))</a> \
            <a class="button quiet" href="/link">\(voice("收到了法院的通知书？", "Got a letter from the court?"))</a></p>
            """)
    }

    func desk(_ context: CourtContext) async throws -> Page {
        let viewer = try context.person()
        guard viewer.offices.contains(where: { [.judge, .clerk, .president].contains($0) }) else { throw NotFound() }
        let voice = context.voice
        var rows: [DutyRow] = []
        var total = 0
        for (office, owner, person) in [
            (Office.judge, "judge", Optional(viewer.account)), (.judge, "any-judge", nil), (.clerk, "clerk", nil),
            (.president, "president", nil),
        ] where viewer.offices.contains(office) {
            let (found, count) = try await matters.queue(owner: owner, person: person, today: context.today, limit: 100)
            rows += found
            total += count
        }
        let open = viewer.offices.contains(.judge) ? try await matters.openCases(ofJudge: viewer.account) : []
        let queue = WorkQueue(
            Words("待办", "To do"), columns: [Words("案件", "Case"), Words("要办的事", "Step"), Words("期限", "Due")],
            rows: rows.map { row($0, context) })
        return Page(
            voice("工作台", "Desk"), width: .wide,
            """
            <h1>\(voice("工作台", "Desk"))</h1>
            \(searchForm(context))
            <h2>\(voice("待办事项", "To do")) <span class="count">\(rows.count)/\(Matters.said(total))</span></h2>
            \(queue.html(voice))
            \(openCases(open, voice))
            """)
    }

    private func row(_ duty: DutyRow, _ context: CourtContext) -> WorkQueue.Row {
        let voice = context.voice
        let left = duty.due.map { context.today.days(until: $0) }
        let level: DeadlineChip.Level = left.map { $0 < 0 ? .passed : $0 <= 3 ? .urgent : .calm } ?? .calm
        return WorkQueue.Row(
            path: StepLink.path(duty.step, duty.matter.docket),
            title:
                "\(duty.matter.number.map { "<span class=\"number\">\($0)</span> " as HTML })\(said: duty.matter.title)",
            cells: [
                "\(voice(StepLink.words(duty.step)))",
                duty.due.map { "\(voice.dayElement($0)) \(voice.daysLeft(until: $0, today: context.today))" } ?? "—",
            ], level: level)
    }

    private func openCases(_ cases: [MatterRow], _ voice: Voice) -> HTML? {
        guard !cases.isEmpty else { return nil }
        let items = cases.map { row -> HTML in
            """
            <li><a href="/cases/\(row.docket)">\(row.number.map { "\($0) " as HTML })\(said: row.title)</a> <span class="meta">\(voice(row.phase.name))</span></li>

            """
        }
        return """
            <h2>\(voice("在办案件", "Open cases")) <span class="count">\(cases.count)</span></h2><ul class="plain">\(items)</ul>

            """
    }

    private func searchForm(_ context: CourtContext) -> HTML {
        let fields = Fields(.nothing, context.voice)
        return PostForm(
            action: "/desk/search",
            """
            \(Button.find(in: fields.text("name", Words("查找案件：案号或当事人姓名", "Find a case: number or a party's name")), context.voice))
            """
        ).html(context)
    }

    /// Names are posted, never put in an address; the answer links by opaque ids.
    func search(_ context: CourtContext) async throws -> Page {
        let viewer = try context.person()
        guard !viewer.offices.isEmpty else { throw NotFound() }
        let voice = context.voice
        let typed = String((context.form["name"] ?? "").prefix(100))
        let isInside = context.form["inside"] != nil
        let limit = context.form["more"] != nil ? Matters.mostFound : Matters.searchPage
        let answer = try await matters.search(typed, limit: limit, alsoInside: isInside)
        var found: [MatterRow] = []
        for row in answer.rows where try await isReadable(row, by: viewer) { found.append(row) }
        func said(_ party: String) -> HTML { "<span>\(voice("当事人：", "Party: "))\(said: party)</span>" }
        let items = found.map { row -> HTML in
            """
            <li><a href="/cases/\(row.docket)">\(row.number.map { "\($0) " as HTML })\(said: row.title)</a> \(answer.parties[row.docket].map(said)) \
            <span class="meta">\(voice(row.phase.name))</span></li>

            """
        }
        return Page(
            voice("查找结果", "Found"), breadcrumbs: [Page.Link(Words("工作台", "Desk"), path: "/desk")],
            """
            <h1>\(voice("查找结果", "Found"))</h1>
            <p>\(Self.count(found.count, of: answer, limit: limit, voice))</p>
            \(searchForm(context))<ul class="plain">\(items)</ul>\(further(answer, typed, isInside, limit, context))
            """)
    }

    private static func count(_ shown: Int, of answer: Matters.Found, limit: Int, _ voice: Voice) -> String {
        guard answer.hasMore else { return voice("找到\(shown)件。", "\(shown) found.") }
        return limit < Matters.mostFound
            ? voice("这里是最新的\(shown)件，还有更多。", "The newest \(shown); there are more.")
            : voice(
                "这里是最新的\(shown)件，还有更多。请输入案号或者更完整的名称。",
                "The newest \(shown); there are more. Type the case number or more of the name.")
    }

    /// More of the same; and where somebody bears exactly the name, those whose names contain it.
    private func further(
        _ answer: Matters.Found, _ typed: String, _ isInside: Bool, _ limit: Int, _ context: CourtContext
    ) -> HTML? {
        let voice = context.voice
        var buttons: [HTML] = []
        if answer.hasMore, limit < Matters.mostFound {
            buttons.append(Button.send(Words("显示更多", "Show more"), voice, rank: .quiet, name: "more", value: "1"))
        }
        if answer.isExact {
            buttons.append(
                Button.send(
                    Words("也查找名称中含有它的", "Also find names that contain it"), voice, rank: .quiet, name: "inside",
                    value: "1"))
        }
        guard !buttons.isEmpty else { return nil }
        let kept: HTML? = isInside ? "<input type=\"hidden\" name=\"inside\" value=\"1\">" : nil
        return PostForm(
            action: "/desk/search",
            """
            <input type="hidden" name="name"\(attribute: "value", typed)>\(kept)
            <div class="actions">\(buttons.joined(separator: " "))</div>
            """
        ).html(context)
    }

    /// What an office may read follows from the stage of a case, which the list knows; folding every case found would
    /// cost more than finding it. Only where it depends on whose case it is, the case itself is asked.
    private func isReadable(_ row: MatterRow, by viewer: Viewer) async throws -> Bool {
        let desks = [(Office.clerk, Relation.clerk), (.filingClerk, .filingClerk), (.president, .president)]
        let isOfficeEnough = desks.contains { office, relation in
            viewer.offices.contains(office)
                && Permission.allows(.readCase, relation, viewer.offices, Phase(row.phase))
        }
        if isOfficeEnough, !viewer.mustEnrol, viewer.isVerified { return true }
        return viewer.may(.readCase, in: try await area.registry.docket(row.docket).state)
    }
}
