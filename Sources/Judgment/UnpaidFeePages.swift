import Accounts
import Docket
import Documents
import Hummingbird
import Procedure
import Web

/// The fee was not paid in time: the judge rules that the suit counts as withdrawn.
struct UnpaidFeePages: Sendable {
    let area: JudgmentArea

    func page(_ context: CourtContext, _ typed: Typed) async throws -> Page {
        let (docket, _, state, _) = try await area.read(context)
        let voice = context.voice
        guard let notice = state.fee.notice else { throw Refusal.noFeeNotice }
        return Page(
            voice("未交费案件", "Unpaid fee"), breadcrumbs: [Page.Link(Words("案件", "Case"), path: "/cases/\(docket)")],
            """
            <h1>\(voice("按撤诉处理", "Deemed withdrawal"))</h1>
            \(Fields(typed, voice).summary)
            \(Facts([
                .init(Words("应交", "Due"), "\(voice.money(notice.amount))"),
                .init(Words("最后一日", "Last day"), "\(voice.dayElement(notice.due))"),
                .init(Words("已交", "Paid"), "\(state.fee.paid.map { voice.money($0.amount) } ?? voice("未交", "nothing"))"),
            ]).html(voice))
            <p>\(voice("裁定书将盖章并送达原告。案件随之结案。", "The ruling is stamped and served on the plaintiff, and the case ends."))</p>
            \(PostForm("\(Button.send(Words("作出裁定", "Make the ruling"), voice, rank: .grave))").html(context))
            """)
    }

    func rule(_ context: CourtContext) async throws -> Response {
        let (docket, _, state, viewer) = try await area.read(context)
        try viewer.require(.ruleOnUnpaidFee, in: state, now: context.now)
        let paper = JudgmentPaper.deemedWithdrawal(
            state: state, court: area.registry.court, judge: viewer.name, on: context.today)
        let pressed = try await area.press.press(
            paper, .withdrawalRuling, in: docket, drawnAt: context.now, stamped: true)
        guard let digest = pressed.reference.digest else { throw Refusal.rulingSignature }
        try await area.registry.write(on: [docket], arrived: context.now) { transaction in
            var open = try transaction.docket(docket)
            let acting = try viewer.require(.ruleOnUnpaidFee, in: open.state, now: transaction.now)
            try viewer.requireFreshSecondFactor(now: transaction.now)
            let command = RuleDeemedWithdrawal(
                reason: "逾期未预交案件受理费", ruling: pressed.reference,
                signature: Signature(
                    account: viewer.account, factor: .timeCode, at: viewer.secondFactorAt ?? transaction.now,
                    digest: digest))
            try area.press.record(pressed, at: transaction.now, in: transaction.storage)
            try transaction.enter(
                try open.state.decide(command, in: transaction.context(acting)), in: &open, by: acting)
            try transaction.effect(
                Effect(
                    kind: "serve-papers", key: "serve-papers/\(docket)/\(pressed.reference.document)", docket: docket)
            )
        }
        return .seeOther("/cases/\(docket)")
    }
}
