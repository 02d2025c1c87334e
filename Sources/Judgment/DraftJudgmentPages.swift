import Accounts
import Docket
import Hummingbird
import Procedure
import Storage
import Suggestions
import Web

/// Writing the judgment: the file on one side, the draft on the other; statutes found by words.
struct DraftJudgmentPages: Sendable {
    let area: JudgmentArea

    func page(_ context: CourtContext, _ typed: Typed) async throws -> Page {
        let (docket, _, state, _) = try await area.read(context)
        let voice = context.voice
        let saved = try await JudgmentDraftTable.read(docket, registry: area.registry)
        let draft = saved?.draft ?? JudgmentDraft(assembling: state)
        let typed = typed.over(form(of: draft, state))
        let fields = Fields(typed, voice)
        let law = Context(
            now: context.now, court: area.registry.court, tables: area.registry.tables,
            acting: Acting(account: AccountID(high: 0, low: 0), capacity: .judge))
        let wanting = state.wanting(in: draft.content(of: state), context: law)
        return Page(
            voice("判决书", "Judgment"), width: .wide,
            breadcrumbs: [Page.Link(Words("案件", "Case"), path: "/cases/\(docket)")],
            following: docket,
            """
            <h1>\(voice("起草判决书", "Draft the judgment"))</h1>
            \(fields.summary)
            \(checks(wanting, voice))
            \(SplitView(
                left: (Words("案卷", "The file"), file(docket, state, voice)),
                right: (Words("判决书", "The judgment"), editor(context, fields, state, draft, saved?.version ?? 0, typed))
            ).html(voice))
            """)
    }

    private func checks(_ wanting: [Refusal], _ voice: Voice) -> HTML {
        guard !wanting.isEmpty else {
            return Notice(
                .success, "<p>\(voice("签发前的检查全部通过。", "Every check before signing holds."))</p>"
            ).html(voice)
        }
        let items = wanting.map { refusal -> HTML in
            "<li>\(voice(refusal.reason)) \(voice(refusal.remedy))\(refusal.article.map { " (\(voice($0.printed)))" as HTML })</li>"
        }
        return Notice(
            .information, title: Words("签发前还须", "Before signing"), "<ul>\(items)</ul>"
        ).html(voice)
    }

    private func file(_ docket: DocketID, _ state: CaseState, _ voice: Voice) -> HTML {
        let exhibits = state.evidence.exhibits.map { exhibit -> HTML in
            """
            <li>\(voice("证据", "Exhibit")) \(exhibit.ordinal)\(voice("：", ": "))<a href="/files/\(docket)/\(exhibit.offered.file.file)">\(said: exhibit.offered.name)</a>
            <p class="hint">\(said: exhibit.offered.proves)</p></li>

            """
        }
        let statements = state.hearing.statements.map { statement -> HTML in
            "<li><strong>\(voice(state.parties.place(statement.party)?.role.name ?? Words("当事人", "Party")))</strong>\(voice("：", ": "))\(said: statement.text)</li>"
        }
        return """
            <h2>\(voice("原告主张", "The plaintiff says"))</h2><p class="typed">\(said: state.filing.complaint?.facts ?? "")</p>
            <h2>\(voice("被告答辩", "The defendant says"))</h2><p class="typed">\(said: state.evidence.answer?.facts ?? "—")</p>
            <h2>\(voice("证据", "Exhibits"))</h2><ol class="plain">\(exhibits)</ol>
            <h2>\(voice("庭审发言", "Said in the hearing"))</h2><ol class="plain">\(statements)</ol>

            """
    }

    private func editor(
        _ context: CourtContext, _ fields: Fields, _ state: CaseState, _ draft: JudgmentDraft, _ version: Int,
        _ typed: Typed
    ) -> HTML {
        let voice = context.voice
        let claims = (state.filing.complaint?.claims ?? []).filter { $0.kind != .costs }
        let decisions = claims.map { claim -> HTML in
            let id = claim.claim.rawValue
            return """
                <fieldset><legend>\(said: voice(claim.words))\(claim.amount.map { " · \(voice.money($0))" as HTML })</legend>
                \(fields.radios("outcome.\(id)", Words("处理", "Outcome"), [
                    .init("granted", Words("支持", "Granted")), .init("partly-granted", Words("部分支持", "Granted in part")),
                    .init("dismissed", Words("不支持", "Dismissed")),
                ]))
                \(fields.money("amount.\(id)", Words("部分支持的金额", "Sum, when in part"), isOptional: true))
                \(fields.text("reason.\(id)", Words("理由", "Reason"), max: 1_000, isOptional: true))</fieldset>

                """
        }
        let exhibits = state.evidence.exhibits.map { exhibit in
            Fields.Option(
                exhibit.offered.exhibit.rawValue,
                Words(
                    "证据\(exhibit.ordinal) \(exhibit.offered.name)", "Exhibit \(exhibit.ordinal) \(exhibit.offered.name)"
                ))
        }
        let shares = state.parties.places.map { place in
            fields.money(
                "share.\(place.party)",
                Words("\(place.role.name.zh)负担的诉讼费", "Fee borne by the \(place.role.name.en.lowercased())"))
        }
        return PostForm(
            """
            \(fields.hidden("version", String(version)))
            \(fields.longText("findings", Words("查明的事实", "Facts found"), max: 50_000, rows: 8))
            \(fields.checkboxes("cited", Words("引用的证据", "Exhibits cited"), exhibits))
            \(fields.longText("reasons", Words("裁判理由", "Reasons"), max: 50_000, rows: 8))
            \(provisions(fields, draft, typed, voice))
            \(decisions)
            \(fields.text("perform", Words("履行期限（日）", "Days to perform"), keyboard: .digits, size: 4))
            \(shares)
            \(Button.row(
                Button.send(Words("保存", "Save"), voice, rank: .quiet, name: "do", value: "save"),
                Button.send(Words("检查并生成判决书", "Check and draw the judgment"), voice, name: "do", value: "draw")))
            """
        ).html(context)
    }

    /// Cited provisions to keep, a search by words, and what it found to add. Works by posting the same form.
    private func provisions(_ fields: Fields, _ draft: JudgmentDraft, _ typed: Typed, _ voice: Voice) -> HTML {
        let kept = draft.provisions.map {
            Fields.Option("\($0.law)\($0.number)", Words("《\($0.law)》\($0.number)", "《\($0.law)》\($0.number)"))
        }
        let words = typed["words"] ?? ""
        let found = words.isEmpty ? [] : area.statutes.search(words, limit: 6)
        let results = found.filter { statute in !draft.provisions.contains { "\($0.law)\($0.number)" == statute.id } }
            .map {
                statute in
                Fields.Option(
                    statute.id, Words("《\(statute.law)》\(statute.number)", "《\(statute.law)》\(statute.number)"),
                    hint: Words(statute.text, statute.text))
            }
        return """
            <section><h2>\(voice("法律依据", "Provisions"))</h2>
            \(kept.isEmpty ? nil : fields.checkboxes("provision", Words("已引用", "Cited"), kept))
            \(fields.text("words", Words("查找法条", "Find a provision"), hint: Words("例如：假一赔三、网络交易 退货、民法典 577", "For instance: 假一赔三, 民法典 577"), isOptional: true))
            \(Button.send(Words("查找", "Find"), voice, rank: .quiet, name: "do", value: "find"))
            \(results.isEmpty ? nil : fields.checkboxes("provision", Words("查到的法条，勾选后保存即引用", "Found; tick and save to cite"), results))</section>

            """
    }

    private func form(of draft: JudgmentDraft, _ state: CaseState) -> Form {
        var pairs: [(name: String, value: String)] = [
            ("findings", draft.findings), ("reasons", draft.reasons), ("perform", draft.performWithinDays),
        ]
        for (claim, decision) in draft.decisions {
            pairs += [
                ("outcome.\(claim)", decision.outcome), ("amount.\(claim)", decision.amount),
                ("reason.\(claim)", decision.reason),
            ]
        }
        pairs += draft.cited.map { ("cited", $0) }
        pairs += draft.provisions.map { ("provision", "\($0.law)\($0.number)") }
        let total = state.fee.notice?.amount.decimalText ?? "0.00"
        for place in state.parties.places {
            let suggested = place.role == .defendant ? total : "0.00"
            pairs.append(("share.\(place.party)", draft.feeShares[place.party.rawValue] ?? suggested))
        }
        return Form(pairs: pairs)
    }

    func save(_ request: Request, _ context: CourtContext) async throws -> Response {
        let (docket, _, state, viewer) = try await area.read(context)
        try viewer.require(.draftJudgment, in: state, now: context.now)
        let form = context.form
        var draft = JudgmentDraft()
        draft.findings = form["findings"] ?? ""
        draft.reasons = form["reasons"] ?? ""
        draft.performWithinDays = form["perform"] ?? "10"
        draft.cited = form.all("cited")
        draft.provisions = Array(Set(form.all("provision"))).compactMap { area.statutes[$0] }
            .map { CitedProvision(law: $0.law, number: $0.number) }.sorted { ($0.law, $0.number) < ($1.law, $1.number) }
        for claim in (state.filing.complaint?.claims ?? []) where claim.kind != .costs {
            let id = claim.claim.rawValue
            guard let outcome = form["outcome.\(id)"] else { continue }
            draft.decisions[id] = .init(
                outcome: outcome, amount: form["amount.\(id)"] ?? "", reason: form["reason.\(id)"] ?? "")
        }
        for place in state.parties.places { draft.feeShares[place.party.rawValue] = form["share.\(place.party)"] ?? "" }

        if form["do"] == "draw" {
            let law = Context(
                now: context.now, court: area.registry.court, tables: area.registry.tables,
                acting: Acting(account: viewer.account, capacity: .judge))
            try await store(draft, docket, context)
            let content = draft.content(of: state)
            if let first = state.wanting(in: content, context: law).first { throw first }
            let paper = JudgmentPaper.judgment(
                content, state: state, court: area.registry.court, judge: viewer.name, on: context.today)
            let pressed = try await area.press.press(
                paper, .judgment, in: docket, drawnAt: context.now, stamped: true)
            draft.drawn = pressed.reference
            try await area.registry.write(on: [docket]) { try area.press.record(pressed, at: $0.now, in: $0.storage) }
            try await store(draft, docket, context)
            return .seeOther("/cases/\(docket)/judgment/sign")
        }
        try await store(draft, docket, context)
        if form["do"] == "find" {
            // The words searched for are not kept; the page shows what they find, posted, never in an address.
            return try await page(context, Typed(form.repeatable)).response(from: request, context: context)
        }
        return .seeOther("/cases/\(docket)/judgment")
    }

    private func store(_ draft: JudgmentDraft, _ docket: DocketID, _ context: CourtContext) async throws {
        let version = try await JudgmentDraftTable.read(docket, registry: area.registry)?.version ?? 0
        try await JudgmentDraftTable.save(draft, of: docket, after: version, registry: area.registry, at: context.now)
    }
}
