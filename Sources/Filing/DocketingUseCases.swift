import Accounts
import Docket
import Documents
import Procedure
import Storage
import Web

extension Refusal {
    static let noJudgeLeft = Refusal(
        code: "filing.no-judge", article: .groundsOfRecusal,
        reason: Words("没有可以承办本案的法官。", "There is no judge left who may hear the case."),
        remedy: Words(
            "请管理员先为法官开通账号，或报请指定管辖。",
            "First an administrator gives the office of judge, or the upper court names a court."))
    static let thresholdUnpublished = Refusal(
        code: "filing.threshold-unpublished", article: .wageOfLastYear,
        reason: Words(
            "本省小额诉讼标的额标准未收录，无法确定适用程序。",
            "The small-claims threshold of this province is not in the table, so the procedure cannot be told."),
        remedy: Words("请先在法院设置中填写标准。", "First set the threshold in the court's profile."))
}

/// How a case was just docketed.
struct Docketed: Hashable, Sendable {
    let number: CaseNumber
    let judge: String
}

extension FilingDesk {
    /// Registers a case (登记立案): number, procedure, judge and the notices to come, all in one transaction.
    ///
    /// - Parameter exclusions: what the clerk found that keeps the case out of small claims.
    /// - Throws: `Forbidden`, `NotFound`, `Stale`, a `Refusal` of the rules.
    func docketCase(_ step: DeskStep, exclusions: [SmallClaimsExclusion] = []) async throws {
        try await write(step) { [bench, court, tables] t, docket in
            let acting = try step.viewer.require(.docketCase, in: docket.state, now: t.now)
            guard let complaint = docket.state.filing.complaint else { throw Refusal.notSubmitted }
            let context = t.context(acting)
            let choice = tables.smallClaims.choice(
                for: complaint.procedureQuestion(for: court, on: context.today, exclusions: exclusions))
            guard let procedure = choice.procedure else { throw Refusal.thresholdUnpublished }
            let draw = try Self.draw(
                for: docket.state, from: bench(t.storage), loads: Matters.workloads(in: t))
            // Locked last: whoever waits for a number waits for nothing else afterwards (D30).
            let number = try NumberCounter.caseNumber(type: "民初", court: court, today: context.today, in: t.storage)
            let command = DocketCase(
                number: number, procedure: procedure, reasons: choice.reasons.map(\.printed), draw: draw)
            try t.enter(docket.state.decide(command, in: context), in: &docket, by: acting)
            try t.effect(Self.noticesEffect(docket.id))
        }
    }

    /// Draws the judge among those who hold the office now, by what each has open now.
    static func draw(
        for state: CaseState, from bench: [BenchJudge], loads: [AccountID: Int]
    ) throws -> JudgeDraw {
        let candidates = bench.map { judge in
            JudgeDraw.Candidate(
                judge: judge.account, name: judge.name, workload: loads[judge.account] ?? 0, barred: state.bar(judge))
        }
        guard let draw = JudgeDraw(among: candidates, seed: .random()) else { throw Refusal.noJudgeLeft }
        return draw
    }

    static func noticesEffect(_ docket: DocketID, again: String? = nil) -> Effect {
        Effect(
            kind: "serve-docketing-notices", key: "\(docket)/notices" + (again.map { "/\($0)" } ?? ""), docket: docket)
    }

    /// Asks for the notices once more, after a plaintiff without an electronic address has confirmed one.
    func serveNoticesAgain(_ step: DeskStep) async throws {
        try await write(step) { t, docket in
            try step.viewer.require(.readFilingDesk, now: t.now)
            try step.viewer.require(.readCase, in: docket.state, now: t.now)
            guard docket.state.filing.docketed != nil else { throw Refusal.notSubmitted }
            try t.effect(Self.noticesEffect(docket.id, again: String(docket.position)))
        }
    }
}

extension ProcedureChoice {
    /// The procedure to docket the case in; nil while a threshold is not known.
    var procedure: TrialProcedure? {
        switch result {
        case .smallClaimsMandatory, .smallClaimsByAgreement: .smallClaims
        case .simple, .simpleOrOrdinary, .notSmallClaims: .simple
        case .ordinary: .ordinary
        case .unpublished: nil
        }
    }
}

extension LegalReason {
    /// As a docket keeps it: the reason in Chinese with its article.
    var printed: String { article.map { "\(words.zh)（\($0.printed.zh)）" } ?? words.zh }
}
