import Accounts
import Docket
import Hummingbird
import Procedure
import Web

extension FilingDesk {
    /// One case on one screen: what was filed on the left, what to do with it on the right.
    @Sendable func casePage(_ request: Request, _ context: CourtContext, _ typed: Typed) async throws -> Page {
        let viewer = try context.person()
        let matter = try await open(try context.id("docket"), for: viewer, at: context.now)
        guard let complaint = matter.complaint else { throw NotFound() }
        let voice = context.voice
        let findings = findings(complaint, on: context.today)
        let bench = try await registry.store.read { [bench] in try bench($0) }
        let next = try await nextInQueue(after: matter.docket, context)
        let file = DeskComplaintView(matter: matter, complaint: complaint, findings: findings, tables: tables)
        let decisions = DeskDecisionForms(
            matter: matter, findings: findings, namesakes: matter.state.namesakes(among: bench), typed: typed,
            context: context, next: next)
        let title = MatterTitle.of(matter.state)
        let split = SplitView(
            left: (Words("起诉材料", "What was filed"), file.html(voice)),
            right: (Words("审查与决定", "Review and decision"), decisions.html))
        return Page(
            title, width: .wide,
            breadcrumbs: [.init(Words("立案审查", "Filings to review"), path: "/desk/filing")],
            hasErrors: typed.hasErrors, place: matter.path,
            """
            <h1>\(said: title)</h1>\(Fields(typed, voice).summary)\(status(matter, context))\(split.html(voice))
            """)
    }

    /// Where the case stands, and what is due when and why. Once docketed, what is left to this desk is the fee.
    private func status(_ matter: DeskCase, _ context: CourtContext) -> HTML {
        let voice = context.voice
        let isDocketed = matter.state.filing.docketed != nil
        let duties = matter.state.duties(in: matter.context).filter { !isDocketed || $0.step == .payFee }
        let chips = duties.compactMap { duty in duty.due.map { chip(duty, due: $0, matter).html(voice) } }
        let number: HTML? = matter.state.filing.docketed.map { "<p><strong>\($0.number.rawValue)</strong></p>" }
        return "\(number)<p>\(voice(matter.state.phase.name))</p>\(chips)"
    }

    private func chip(_ duty: Duty, due: CourtDay, _ matter: DeskCase) -> DeadlineChip {
        let isDesks = duty.owner == .filingClerk
        let began: CourtDay?
        let why: Explanation
        if let notice = matter.state.fee.notice, duty.step == .payFee {
            began = notice.received
            why = tables.count(.feePrepayment, from: .on(notice.received), zone: court.zone).explanation
        } else if duty.why.lines.isEmpty {
            began = nil
            why = Explanation([Explanation.Line(Words("由本院指定。", "The court set this day."))])
        } else {
            began = matter.state.filing.clockStarted(in: court.zone)?.day
            why = duty.why
        }
        return DeadlineChip(
            StepLink.words(duty.step), owner: isDesks ? Words("立案庭", "Filing desk") : Words("原告", "Plaintiff"),
            began: began, due: due, today: matter.today, isProvisional: duty.isProvisional, explanation: why)
    }

    /// The matter to look at when this one is done.
    private func nextInQueue(after docket: DocketID, _ context: CourtContext) async throws -> DutyRow? {
        let (rows, _) = try await matters.queue(owner: "filing-clerk", person: nil, today: context.today, limit: 2)
        return rows.first { $0.matter.docket != docket }
    }
}
