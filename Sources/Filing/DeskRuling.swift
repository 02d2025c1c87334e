import Accounts
import Docket
import Documents
import Hummingbird
import Procedure
import Storage
import Web

extension FilingDesk {
    /// A judge's page for a plaintiff who insists: write the reason, read the ruling, sign it.
    @Sendable func rulingPage(_ request: Request, _ context: CourtContext, _ typed: Typed) async throws -> Page {
        let viewer = try context.person()
        let matter = try await openForRuling(try context.id("docket"), for: viewer, at: context.now)
        guard let complaint = matter.complaint else { throw NotFound() }
        let voice = context.voice
        let findings = findings(complaint, on: context.today)
        let file = DeskComplaintView(matter: matter, complaint: complaint, findings: findings, tables: tables)
        let title = Words("对坚持起诉作出裁定", "Rule on the filing")
        let split = SplitView(
            left: (Words("起诉材料", "What was filed"), file.html(voice)),
            right: (Words("裁定", "Ruling"), rulingForm(matter, viewer, typed, context)))
        return Page(
            voice(title), width: .wide,
            breadcrumbs: [.init(Words("待裁定的起诉", "Filings that wait for a ruling"), path: "/desk/filing")],
            hasErrors: typed.hasErrors, place: "\(matter.path)/ruling",
            "<h1>\(voice(title))</h1>\(Fields(typed, voice).summary)\(split.html(voice))")
    }

    private func openForRuling(_ docket: DocketID, for viewer: Viewer, at now: Instant) async throws -> DeskCase {
        let (head, state) = try await read(docket)
        let acting = try viewer.require(.readCase, in: state, now: now)
        guard state.filing.complaint != nil else { throw NotFound() }
        let context = Context(now: now, court: court, tables: tables, acting: acting)
        return DeskCase(docket: docket, seen: head.position, state: state, context: context)
    }

    private func rulingForm(_ matter: DeskCase, _ viewer: Viewer, _ typed: Typed, _ context: CourtContext) -> HTML {
        let voice = context.voice
        let filing = matter.state.filing
        guard filing.insisted != nil, !filing.isDecided else {
            let words =
                filing.isDecided ? Refusal.filingDecided.reason : Refusal.notInsisted.reason
            return Notice(.information, "<p>\(voice(words))</p>").html(voice)
        }
        guard viewer.may(.declineCase, in: matter.state) else {
            return Notice(
                .information, "<p>\(voice("裁定由法官作出，您可以查看进展。", "A judge gives the ruling; you can follow it here."))</p>"
            ).html(voice)
        }
        let fields = Fields(typed, voice)
        let reason = typed["reason"] ?? ""
        let isRead = typed["step"] != nil && !reason.isBlank && typed.error("reason") == nil
        let text: HTML? =
            isRead
            ? DeskPapers.Paper(matter.state, in: matter.context).map { paper in
                DeskPaperView(DeskPapers.nonAcceptance(reason: reason, judge: viewer.name, paper)).html
            } : nil
        let sign: HTML? =
            isRead
            ? """
            \(fields.secret("code", Words("动态口令", "One-time code"), hint: Words("签名须重新验证身份。", "Signing needs a fresh code."), autocomplete: "one-time-code"))\
            \(Button.row(Button.send(Words("签署并作出裁定", "Sign and give the ruling"), voice, rank: .grave, name: "step", value: "sign")))
            """ : nil
        return """
            <h2>\(voice("原告坚持起诉的意见", "Why the plaintiff insists"))</h2>\(Inset("<p>\(said: filing.insisted ?? "")</p>").html)
            \(PostForm(action: "\(matter.path)/ruling", """
            <input type="hidden" name="seen" value="\(matter.seen)">\
            \(fields.longText("reason", Words("不予受理的理由", "Why the suit is not accepted"), hint: Words("接在“本院经审查认为，”之后。", "It follows “The court finds that”."), max: 3_000, rows: 6))\
            \(Button.row(Button.send(Words("核对裁定书", "Check the ruling"), voice, rank: .quiet, name: "step", value: "check")))\
            \(text)\(sign)
            """).html(context))
            <p class="hint">\(voice("认为应当受理的，请告知立案人员立案。", "If the suit should be accepted, tell the filing desk to docket it."))</p>
            """
    }

    @Sendable func sendRuling(_ request: Request, _ context: CourtContext) async throws -> Response {
        let reason = try context.form.read {
            $0.text("reason", Words("不予受理的理由", "why the suit is not accepted"), max: 3_000)
        }
        guard context.form["step"] == "sign" else {
            return try await rulingPage(request, context, Typed(context.form.repeatable))
                .response(from: request, context: context)
        }
        try await ruleNonAcceptance(try step(context), reason: reason, code: context.form["code"] ?? "")
        return .seeOther("/desk/filing")
    }

    /// A judge rules not to accept the suit (裁定不予受理): drawn, stamped, signed over exactly those bytes.
    ///
    /// - Throws: what the second factor throws; `Stale`, `Forbidden`, `NotFound`, a `Refusal`.
    func ruleNonAcceptance(_ step: DeskStep, reason: String, code: String) async throws {
        guard try await isStillToDo(step) else { return }
        let (_, state) = try await read(step.docket)
        guard step.viewer.may(.declineCase, in: state) else {
            throw step.viewer.may(.readCase, in: state) ? Forbidden(.declineCase) : NotFound() as any Error
        }
        // The order of steps is told before a one-time code is used up.
        guard state.filing.insisted != nil else { throw Refusal.notInsisted }
        let factor = try await secondFactor(code, of: step.viewer)
        let step = step.afterSecondFactor(at: registry.clock.now)
        let pressed = try await draw(.nonAcceptanceRuling, for: step, deed: .declineCase) { paper, _, _ in
            DeskPapers.nonAcceptance(reason: reason, judge: step.viewer.name, paper)
        }
        guard let digest = pressed.reference.digest else { throw Refusal.rulingSignature }
        try await enter(step, deed: .declineCase, pressed: pressed) { state, context in
            let signature = Signature(
                account: step.viewer.account, factor: factor, at: context.now, digest: digest)
            let command = RuleNonAcceptance(reason: reason, ruling: pressed.reference, signature: signature)
            return try state.decide(command, in: context)
        }
    }

    /// The code for this one signature; a wrong one is told at its field and nothing else is lost.
    private func secondFactor(_ code: String, of viewer: Viewer) async throws -> Signature.Factor {
        do {
            return try await confirm(viewer, code)
        } catch let refused as SecondFactorRefused {
            throw FormErrors("code", refused.reason)
        }
    }
}

extension DeskStep {
    /// The same step by the same person, whose second factor was given just now, in this request.
    fileprivate func afterSecondFactor(at now: Instant) -> DeskStep {
        let signer = Viewer(
            account: viewer.account, kind: viewer.kind, name: viewer.name, offices: viewer.offices,
            session: viewer.session, secondFactorAt: now, isVerified: viewer.isVerified, mustEnrol: viewer.mustEnrol)
        return DeskStep(docket: docket, seen: seen, viewer: signer, sending: sending, arrived: arrived)
    }
}
