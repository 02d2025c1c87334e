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
            <p>\(voice("承办法官的回避申请已获准许，案件等待另一名法官。系统在其余法官中按未结案件数随机抽取；已回避的法官、本案当事人不参加抽取，全部依据记入卷宗。", "The request that the judge step aside was upheld, and the case waits for another. One of the others is drawn at random, by open cases; whoever stepped aside or is a party is left out, and every input is recorded."))</p>
            \(PostForm("<input type=\"hidden\" name=\"seen\" value=\"\(head.position)\">\(Button.row(Button.send(Words("随机抽取法官", "Draw a judge at random"), voice)))").html(context))
            """
            : "\(Notice(.information, "<p>\(voice("承办法官：", "The judge of the case: "))\(said: judgeName(state))</p>").html(voice))"
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
        state.filing.currentDraw.flatMap { draw in draw.candidates.first { $0.judge == draw.drawn }?.name } ?? "—"
    }

    @Sendable func sendRedraw(_ request: Request, _ context: CourtContext) async throws -> Response {
        let step = try step(context)
        try await redrawJudge(step)
        return .seeOther("/desk/filing/\(step.docket)/bench")
    }

    /// Draws among the judges who hold the office now, without those who stepped aside in this case.
    ///
    /// - Throws: `Forbidden` to all but the president; `Stale`; a `Refusal`.
    func redrawJudge(_ step: DeskStep) async throws {
        try await write(step) { [bench] t, docket in
            let acting = try step.viewer.require(.redrawJudge, in: docket.state, now: t.now)
            guard docket.state.awaitsJudge else { throw Refusal.judgeSits }
            let draw = try Self.draw(for: docket.state, from: bench(t.storage), in: t)
            try t.enter(
                docket.state.decide(RedrawJudge(draw: draw), in: t.context(acting)), in: &docket, by: acting)
        }
    }
}
