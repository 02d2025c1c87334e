import Accounts
import Docket
import Hummingbird
import Procedure
import Web

/// `/desk/service`: what the clerk owes, most urgent first.
extension ServiceArea {
    /// The steps whose pages are here.
    static let deskSteps: [Duty.Step] = [
        .inviteDefendant, .postInvitation, .moveOffline, .handleOffline, .serveComplaint, .serveJudgment,
        .serveDocketingNotices, .servePapers,
    ]
    private static let rowsPerPage = 50

    func mountDesk(on routes: inout Routes) {
        routes.get("/desk/service", face: .chambers) { _, context in try await queuePage(context) }
        routes.get("/desk/service/:docket", face: .chambers) { _, context in try await deskPage(context) }
        routes.form("/desk/service/:docket/invite", face: .chambers, show: invitePage) { _, context in
            let day = try context.form.read { $0.day("answer_by", Words("答复期限", "the last day to answer")) }
            return Response.seeOther(
                try await invite(
                    in: context.id("docket"), answerBy: day, address: linkAddress(context), by: context.person(),
                    once: Once(context)))
        }
        routes.post("/desk/service/:docket/offline", face: .chambers) { _, context in
            let ground = try context.form.read {
                $0.choice("ground", Words("原因", "a ground"), as: OfflineGround.self)
            }
            return Response.seeOther(
                try await moveOffline(
                    in: context.id("docket"), for: ground == .silence ? .silence : .declined, by: context.person(),
                    once: Once(context)))
        }
        routes.post("/desk/service/:docket/complaint", face: .chambers) { _, context in
            let docket = try context.id("docket", as: DocketID.self)
            try await serveComplaint(in: docket, by: .clerk(context.person()), once: Once(context))
            return Response.seeOther("/desk/service/\(docket)")
        }
        routes.post("/desk/service/:docket/judgment", face: .chambers) { _, context in
            let docket = try context.id("docket", as: DocketID.self)
            try await serveJudgment(in: docket, by: .clerk(context.person()), once: Once(context))
            return Response.seeOther("/desk/service/\(docket)")
        }
    }

    /// Where people type their code, as it is printed on letters.
    func linkAddress(_ context: CourtContext) -> String { "\(publicOrigin ?? context.site.origin)/link" }

    /// What service owes of this person's office: the court clerk's whole desk; of the filing clerk's, the papers of
    /// cases that are not docketed.
    private func desk(of viewer: Viewer, now: Instant) throws -> (owner: String, steps: [Duty.Step]) {
        if viewer.offices.contains(.filingClerk), !viewer.offices.contains(.clerk) {
            try viewer.require(.readFilingDesk, now: now)
            return ("filing-clerk", [.servePapers])
        }
        try viewer.require(.readClerkDesk, now: now)
        return ("clerk", Self.deskSteps)
    }

    private func queuePage(_ context: CourtContext) async throws -> Page {
        let (owner, steps) = try desk(of: context.person(), now: context.now)
        let voice = context.voice
        let step = context.query["step"].flatMap(Duty.Step.init(rawValue:)).flatMap {
            steps.contains($0) ? $0 : nil
        }
        let matters = Matters(registry)
        let counts = try await matters.counts(owner: owner, person: nil, steps: steps, today: context.today)
        let all = counts.values.reduce(0, +)
        let pages = max(1, ((step.map { counts[$0] ?? 0 } ?? all) + Self.rowsPerPage - 1) / Self.rowsPerPage)
        let page = min(max(1, context.query["page"].flatMap { Int($0) } ?? 1), pages)
        let rows = try await matters.queue(
            owner: owner, person: nil, steps: step.map { [$0] } ?? steps, today: context.today,
            limit: Self.rowsPerPage, offset: (page - 1) * Self.rowsPerPage
        ).rows
        let filters =
            [WorkQueue.Filter(Words("全部", "All"), path: "/desk/service", count: all, isCurrent: step == nil)]
            + steps.map { one in
                WorkQueue.Filter(
                    StepLink.words(one), path: "/desk/service?step=\(one.rawValue)", count: counts[one] ?? 0,
                    isCurrent: step == one)
            }
        let filter = step.map { "step=\($0.rawValue)&" } ?? ""
        let title = Words("送达", "Service of process")
        let queue = WorkQueue(
            title, filters: filters,
            columns: [
                Words("案件", "Case"), Words("当事人", "Parties"), Words("待办", "To do"), Words("最迟", "By"),
                Words("立案", "Docketed"),
            ],
            rows: rows.map { row($0, today: context.today, voice) },
            pager: Pager(page: page, of: pages) { "/desk/service?\(filter)page=\($0)" })
        return Page(
            voice(title), width: .wide,
            """
            <h1>\(voice(title))</h1>
            <p><a href="/desk/service/paper">\(voice("纸面信件：打印、交邮、回执", "Letters on paper: print, post, receipts"))</a></p>
            \(queue.html(voice))
            """)
    }

    private func row(_ duty: DutyRow, today: CourtDay, _ voice: Voice) -> WorkQueue.Row {
        let matter = duty.matter
        let left = duty.due.map { today.days(until: $0) }
        let level: DeadlineChip.Level =
            switch left {
            case nil: .calm
            case let left? where left < 0: .passed
            case let left? where left <= 3: .urgent
            default: .calm
            }
        let due: HTML =
            duty.due.map {
                "\(voice.dayElement($0)) <span class=\"left\">\(voice.daysLeft(until: $0, today: today))</span>"
            }
            ?? "—"
        return WorkQueue.Row(
            path: "/desk/service/\(matter.docket)", title: "\(matter.number ?? "—")",
            cells: [
                "\(said: matter.title)", "\(voice(StepLink.words(duty.step)))", due,
                matter.docketed.map { voice.dayElement($0) } ?? "—",
            ], level: level)
    }
}

enum OfflineGround: String, CaseIterable, Sendable {
    case silence, declined
}
