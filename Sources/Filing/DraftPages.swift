import Accounts
import Docket
import Hummingbird
import Procedure
import Web

/// The pages on which a complaint is put together: one thing a page, every one with the way back to the list.
extension FilingArea {
    func breadcrumbs(_ hand: DraftAtHand? = nil) -> [Page.Link] {
        [Page.Link(Words("我的草稿", "My drafts"), path: "/drafts")]
            + (hand.map { [Page.Link($0.form.title, path: "/drafts/\($0.draft.docket)")] } ?? [])
    }

    @Sendable func listPage(_ request: Request, context: CourtContext) async throws -> Page {
        let voice = context.voice
        let drafts = try await drafts(of: context.person())
        let rows = drafts.map { hand -> HTML in
            let open = hand.gaps(today: context.today).count
            return """
                <li class="\(open == 0 ? "done" : "in-progress")"><div><a href="/drafts/\(hand.draft.docket)">\(voice(hand.form.title))</a>\
                <p class="hint">\(said: hand.answers["item"] ?? voice("尚未填写商品", "No item yet")) · \
                \(voice("上次保存", "Last saved")) \(voice.timeElement(hand.draft.updated))</p></div>\
                <span class="state">\(open == 0 ? voice("可以签名", "Ready to sign") : voice("还差\(open)项", "\(open) to go"))</span></li>
                """
        }
        let begin = forms.newest(.complaint).map { form in
            """
            <section><h2>\(voice(form.title))</h2><p>\(voice(form.lead))</p>\
            \(Button.step(Words("开始填写", "Begin"), context, action: "/drafts", fields: ["form": form.id]))</section>
            """ as HTML
        }
        return Page(
            voice("我的草稿", "My drafts"),
            """
            <h1>\(voice("我的草稿", "My drafts"))</h1>
            \(rows.isEmpty ? "<p class=\"lead\">\(voice("您没有未完成的草稿。", "You have no unfinished draft."))</p>" : "<ol class=\"tasks\">\(rows)</ol>")
            \(begin)
            """)
    }

    func tasksPage(_ context: CourtContext) async throws -> Page {
        let hand = try await draft(context.id("docket"), of: context.person())
        let voice = context.voice
        let setting = FormSetting(today: context.today)
        let docket = hand.draft.docket
        var tasks = hand.form.steps(for: hand.answers).map { step -> TaskList.Task in
            let isEvidence = step.questions.contains { $0.kind == .evidence }
            let isDone =
                isEvidence
                ? !hand.content.exhibits.isEmpty && hand.content.exhibitErrors.isEmpty
                : hand.form.errors(in: hand.answers, step: step, setting: setting).isEmpty
                    && hand.form.isBegun(step, in: hand.content.answers, setting: setting)
            let isBegun =
                isEvidence
                ? !hand.content.exhibits.isEmpty : hand.form.isBegun(step, in: hand.content.answers, setting: setting)
            return TaskList.Task(
                step.title, hint: correctionHint(step, hand, voice), path: hand.path(of: step),
                state: isDone ? .done : isBegun ? .inProgress : .notStarted)
        }
        if hand.sentBefore == nil {
            let answered = hand.content.consents.count == DraftContent.stages.count
            tasks.append(
                .init(
                    Words("是否在线进行", "What may be online"), path: "/drafts/\(docket)/consents",
                    state: answered ? .done : .notStarted))
            tasks.append(
                .init(
                    Words("文书怎样送达您", "How documents reach you"), path: "/drafts/\(docket)/address",
                    state: hand.content.address == nil ? .notStarted : .done))
        }
        let gaps = hand.gaps(today: context.today)
        tasks.append(
            .init(
                Words("核对、签名、提交", "Check, sign and send"),
                hint: gaps.isEmpty
                    ? nil
                    : "\(voice("还有\(gaps.count)项要填写，可以先核对。", "\(gaps.count) things to fill in; you can look already."))",
                path: "/drafts/\(docket)/check", state: gaps.isEmpty ? .notStarted : .inProgress))
        let lead =
            hand.sentBefore == nil
            ? voice(
                "可以按任意顺序填写。内容会自动保存，换一台设备登录也能继续。",
                "Fill these in, in any order. It is saved as you type, and you can go on from another device.")
            : voice("内容与您上次提交的相同，请只修改需要补正的地方。", "This is what you sent. Change only what has to be corrected.")
        return Page(
            voice(hand.form.title), breadcrumbs: [Page.Link(Words("我的草稿", "My drafts"), path: "/drafts")],
            """
            <h1>\(voice(hand.form.title))</h1><p class="lead">\(lead)</p>
            \(correctionNotice(hand, context))\(TaskList(tasks).html(voice))
            <div class="actions"><a class="button quiet" href="/drafts/\(docket)/discard">\
            \(hand.sentBefore == nil ? voice("删除草稿", "Discard the draft") : voice("放弃修改", "Drop the changes"))</a></div>
            """)
    }

    @Sendable func stepPage(_ request: Request, context: CourtContext, typed: Typed) async throws -> Page {
        let hand = try await draft(context.id("docket"), of: context.person())
        guard let step = hand.form.step(try context.part("step")) else { throw NotFound() }
        let voice = context.voice
        let docket = hand.draft.docket
        let fields = Fields(
            typed.hasErrors
                ? Typed(hand.answers.form, errors: typed.errors, problem: typed.problem) : Typed(hand.answers.form),
            voice)
        let drawing = FormDrawing(hand.form, hand.answers, fields, known: hand.known)
        let showsFee = step.showsFee == true
        let preview = Preview(showsFee ? feeView(hand, context) : .empty)
        let toCheck = context.query["then"] == "check" || context.form["then"] == "check"
        let form = PostForm(
            autosave: Autosave(path: "/drafts/\(docket)/answers", version: hand.draft.version),
            preview: showsFee ? "/drafts/\(docket)/fee" : nil,
            """
            \(fields.hidden("_version", String(hand.draft.version)))\(drawing.html(step))\(showsFee ? preview.html : nil)\
            \(Button.row(
                toCheck
                    ? Button.send(Words("保存，回到核对页", "Save and go back to check"), voice, name: "then", value: "check")
                    : Button.send(Words("保存，继续", "Save and go on"), voice),
                Button.send(Words("保存，回到列表", "Save and go to the list"), voice, rank: .quiet, name: "then", value: "later")))
            """)
        return Page(
            voice(step.title), breadcrumbs: breadcrumbs(hand), hasErrors: fields.typed.hasErrors,
            """
            \(fields.summary)<h1>\(voice(step.title))</h1>\(step.lead.map { "<p class=\"lead\">\(voice($0))</p>" as HTML })
            \(correctionHint(step, hand, voice).map { Notice(.warning, title: Words("法院要求补正", "The court asks for a correction"), $0).html(voice) })\
            \(form.html(context))
            """)
    }

    // MARK: What the court can already say

    /// The sum, the fee and the procedure, as plain words with their reasons.
    func feeView(_ hand: DraftAtHand, _ context: CourtContext) -> HTML {
        let voice = context.voice
        let advice = advice(on: hand, today: context.today)
        guard let fee = advice.fee, let money = fee.money else {
            return
                "<p class=\"meta\">\(voice("填写金额后，这里显示诉讼费。", "The court fee is shown here once you enter a sum."))</p>"
        }
        let procedure: HTML? = advice.procedure.map { choice in
            Disclosure(
                Words("适用什么程序？", "Which procedure?"),
                "<ul>\(choice.reasons.map { "<li>\(voice($0.words))\($0.article.map { " \(ArticleLink($0).html(voice))" as HTML })</li>" as HTML })</ul>"
            ).html(voice)
        }
        return """
            <p><strong>\(voice("请求金额合计", "Claimed in all"))</strong> \(voice.money(advice.sum))<br>\
            <strong>\(voice("预计诉讼费", "Court fee, as it stands"))</strong> \(voice.money(money))</p>
            <p class="hint">\(voice("立案后才需要交纳；由谁负担，判决时决定。", "It is due only after docketing; the judgment says who bears it."))</p>
            \(Disclosure(Words("为什么是这个数？", "Why this sum?"), ExplanationList(fee.explanation).html(voice)).html(voice))\(procedure)
            """
    }

    /// Whether this court hears it, in plain words.
    func jurisdictionView(_ hand: DraftAtHand, _ context: CourtContext) -> HTML {
        let voice = context.voice
        guard let finding = advice(on: hand, today: context.today).jurisdiction else { return .empty }
        let reasons: HTML =
            "<ul>\(finding.reasons.map { "<li>\(voice($0.words))\($0.article.map { " \(ArticleLink($0).html(voice))" as HTML })</li>" as HTML })</ul>"
        switch finding.verdict {
        case .internetCourt:
            return Disclosure(Words("本院可以受理这类案件。为什么？", "This court hears such cases. Why?"), reasons).html(voice)
        case .elsewhere(let better):
            return Notice(
                .warning, title: Words("可能不由本院受理", "Perhaps not this court"),
                """
                <p>\(voice("按您填写的收货城市，可能应向\(better.zh)起诉。您仍然可以提交，由本院审查。", "By the city you entered, \(better.en) may be the court. You can still send it, and this court will decide."))</p>\(reasons)
                """
            ).html(voice)
        }
    }

    // MARK: Corrections

    func correctionNotice(_ hand: DraftAtHand, _ context: CourtContext) -> HTML? {
        guard let correction = hand.correction else { return nil }
        let voice = context.voice
        return Notice(
            .warning, title: Words("法院要求补正", "The court asks for corrections"),
            """
            <p>\(correctionTime(correction, hand.correctionTerm, context)) \(voice("请改正以下各项并重新提交。这是一次性的全部清单。", "Correct the following and send it again. This list is complete."))</p>
            \(hand.correctionTerm.map { Disclosure(Words("为何是这一天", "Why this date"), ExplanationList($0.why).html(voice)).html(voice) })
            <ul>\(correction.items.map { "<li><strong>\(voice($0.check.name))</strong>: \(said: $0.explanation)</li>" as HTML })</ul>
            <p><a href="/drafts/\(hand.draft.docket)/insist">\(voice("不同意补正，坚持起诉", "I do not agree; I insist on a ruling"))</a></p>
            """
        ).html(voice)
    }

    private func correctionTime(
        _ correction: FilingState.CorrectionRound, _ term: CorrectionTerm?, _ context: CourtContext
    ) -> String {
        let voice = context.voice
        guard let term else {
            let days = correction.days(in: registry.court.zone)
            return voice(
                "补正期限为\(days)日，自补正通知书送达的次日起算。",
                "You have \(days) days, counted from the day after the correction notice is served.")
        }
        let (day, left) = (voice.day(term.lastDay), voice.daysLeft(until: term.lastDay, today: context.today))
        return voice("最后一日：\(day)（\(left)）。", "Last day: \(day) (\(left)).")
    }

    /// What the court said about this very page.
    func correctionHint(_ step: FormDefinition.Step, _ hand: DraftAtHand, _ voice: Voice) -> HTML? {
        let items = (hand.correction?.items ?? []).filter { hand.form.steps(for: $0.check).contains(step.id) }
        guard !items.isEmpty else { return nil }
        return "\(items.map { "<span>\(voice($0.check.name)): \(said: $0.explanation)</span> " as HTML })"
    }

    @Sendable func discardPage(_ request: Request, context: CourtContext, typed: Typed) async throws -> Page {
        let hand = try await draft(context.id("docket"), of: context.person())
        let voice = context.voice
        let isNew = hand.sentBefore == nil
        let title = isNew ? voice("删除这份草稿？", "Discard this draft?") : voice("放弃修改？", "Drop the changes?")
        return Page(
            title, breadcrumbs: breadcrumbs(hand),
            """
            <h1>\(title)</h1><p>\(isNew ? voice("填写的内容和上传的文件都会被永久删除，不能恢复。", "What you typed and uploaded is erased for good and cannot be brought back.") : voice("草稿恢复为您上次提交的内容。已提交的起诉状不受影响。", "The draft goes back to what you sent. The complaint that was sent is not touched."))</p>
            \(PostForm("\(Button.row(Button.send(Words("删除", "Discard"), voice, rank: .grave), Button.link(Words("保留", "Keep it"), voice, to: "/drafts/\(hand.draft.docket)", rank: .quiet)))").html(context))
            """)
    }

    @Sendable func insistPage(_ request: Request, context: CourtContext, typed: Typed) async throws -> Page {
        let docket: DocketID = try context.id("docket")
        let state: CaseState
        do { (_, state) = try await registry.docket(docket) } catch is NoSuchDocket { throw NotFound() }
        try context.person().require(.insistOnFiling, in: state, now: context.now)
        let (voice, fields) = (context.voice, Fields(typed, context.voice))
        return Page(
            voice("坚持起诉", "Insist on a ruling"), hasErrors: typed.hasErrors,
            """
            \(fields.summary)<h1>\(voice("坚持起诉", "Insist on a ruling"))</h1>
            <p class="lead">\(voice("您认为材料没有问题，可以要求法院作出裁定。法院裁定不予受理的，您可以上诉。", "If you believe nothing is wrong, you can ask for a ruling. You can appeal against a ruling not to accept."))</p>
            \(PostForm("\(fields.longText("words", Words("您的理由", "Your reasons"), max: 2_000))\(Button.row(Button.send(Words("要求法院裁定", "Ask for a ruling"), voice), Button.link(Words("返回补正", "Back to correcting"), voice, to: "/drafts/\(docket)", rank: .quiet)))").html(context))
            """)
    }
}

extension FormDefinition {
    /// The pages on which a point of the clerk's checklist can be mended.
    func steps(for check: FilingCheck) -> [String] {
        func with(_ kinds: Kind...) -> [String] {
            steps.filter { $0.questions.contains { kinds.contains($0.kind) } }.map(\.id)
        }
        return switch check {
        case .plaintiffDetails: [step(ofField: "plaintiff.address")?.id].compactMap { $0 }
        case .definiteDefendant: [step(ofField: "defendant.address")?.id].compactMap { $0 }
        case .concreteClaims: with(.claims) + steps.filter { $0.showsFee == true }.map(\.id)
        case .factsAndReasons: with(.longText, .choices)
        case .evidenceReadable: with(.evidence)
        case .withinJurisdiction: [city.flatMap { step(ofField: $0)?.id }].compactMap { $0 }
        case .signature: []
        }
    }
}
