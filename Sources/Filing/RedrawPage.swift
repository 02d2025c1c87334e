import Accounts
import Docket
import Hummingbird
import Procedure
import Storage
import Web

/// Another judge in the place of one who had to step aside: the president's page.
///
/// - Source: Civil Procedure Law arts. 47, 49, 163.
extension FilingDesk {
    @Sendable func benchPage(_ request: Request, _ context: CourtContext, _ typed: Typed) async throws -> Page {
        let viewer = try context.person()
        let docket: DocketID = try context.id("docket")
        let (head, state) = try await read(docket)
        try viewer.require(.readCase, in: state, now: context.now)
        guard viewer.may(.redrawJudge, in: state) else { throw Forbidden(.redrawJudge) }
        let voice = context.voice
        let title = Words("另行确定承办法官", "Draw another judge")
        let body: HTML =
            state.awaitsJudge
            ? """
            <p>\(voice("承办法官的回避申请已获准许，案件等待另一名法官。系统在其余法官中按未结案件数随机抽取；已回避的法官、本案当事人不参加抽取，全部依据记入卷宗。审判人员告知书随即制作、盖章并送达双方。", "The request that the judge step aside was upheld, and the case waits for another. One of the others is drawn at random, by open cases; whoever stepped aside or is a party is left out, and every input is recorded. A stamped notice then tells both parties who sits.")) \(ArticleLink(.tellWhoSits).html(voice))</p>
            \(PostForm("<input type=\"hidden\" name=\"seen\" value=\"\(head.position)\">\(Button.row(Button.send(Words("随机抽取法官", "Draw a judge at random"), voice)))").html(context))
            """
            : "\(Notice(.information, "<p>\(voice("承办法官：", "The judge of the case: "))\(said: judgeName(state))</p>\(notice(state, docket, voice))").html(voice))"
        return Page(
            voice(title), width: .wide, breadcrumbs: [.init(Words("工作台", "Desk"), path: "/desk")],
            hasErrors: typed.hasErrors,
            """
            <h1>\(voice(title)) · \(said: MatterTitle.of(state))</h1>\(Fields(typed, voice).summary)
            \(steppedAside(state, voice))\(body)
            <p><a href="/cases/\(docket)">\(voice("打开案件", "Open the case"))</a></p>
            """)
    }

    /// Why: each request that was upheld, with its reasons and those of the decision.
    private func steppedAside(_ state: CaseState, _ voice: Voice) -> HTML {
        let upheld = state.hearing.recusals.filter { $0.upheld == true }
        guard !upheld.isEmpty else { return .empty }
        let facts = upheld.flatMap { recusal in
            [
                Facts.Fact(
                    Words("申请理由", "Reasons of the request"),
                    "\(said: recusal.reason) <span class=\"meta\">\(voice(state.parties.place(recusal.by)?.role.name ?? Words("当事人", "A party"))) · \(voice.happened(recusal.asked))</span>"
                ),
                Facts.Fact(Words("准许的理由", "Reasons of the decision"), "\(said: recusal.decision ?? "—")"),
            ]
        }
        return """
            <h2>\(voice("回避", "Recusal"))</h2>\(Facts(facts).html(voice))
            <p>\(ArticleLink(.groundsOfRecusal).html(voice)) \(ArticleLink(.decidingRecusal).html(voice))</p>
            """
    }

    private func judgeName(_ state: CaseState) -> String {
        state.filing.currentDraw.flatMap(\.drawnName) ?? "—"
    }

    private func notice(_ state: CaseState, _ docket: DocketID, _ voice: Voice) -> HTML? {
        state.filing.benchTold?.notice.files.first.map { file in
            "<p>\(DocumentLink(DocumentKind.benchNotice.name.zh, path: "/files/\(docket)/\(file.file)", bytes: file.bytes, kind: "PDF").html(voice))</p>"
        }
    }

    @Sendable func sendRedraw(_ request: Request, _ context: CourtContext) async throws -> Response {
        let step = try step(context)
        try await redrawJudge(step)
        return .seeOther("/desk/filing/\(step.docket)/bench")
    }

    /// Draws among the judges who hold the office now, without those who stepped aside in this case, and tells the
    /// parties: the notice names who was drawn, so the lot falls before it is pressed and both enter together.
    ///
    /// - Throws: `Forbidden` to all but the president; `Stale`; a `Refusal`.
    /// - Source: Civil Procedure Law arts. 47, 131, 163.
    func redrawJudge(_ step: DeskStep) async throws {
        guard try await isStillToDo(step) else { return }
        let draw = try await drawAnother(step)
        let pressed = try await self.draw(.benchNotice, for: step, deed: .redrawJudge) { paper, state, context in
            _ = try state.decide(RedrawJudge(draw: draw, notice: .undrawn), in: context)
            return DeskPapers.bench(draw, state, paper)
        }
        try await enter(step, deed: .redrawJudge, pressed: pressed) { state, context in
            try state.decide(RedrawJudge(draw: draw, notice: pressed.reference), in: context)
        }
    }

    private func drawAnother(_ step: DeskStep) async throws -> JudgeDraw {
        let (_, state) = try await read(step.docket)
        try step.viewer.require(.redrawJudge, in: state, now: registry.clock.now)
        guard state.awaitsJudge else { throw Refusal.judgeSits }
        return try await registry.store.read { [bench, registry] reading in
            try Self.draw(for: state, from: bench(reading), loads: Matters.workloads(in: reading, of: registry))
        }
    }
}
