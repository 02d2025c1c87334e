import Hummingbird
import Procedure
import Web

extension FilingArea {
    /// Files on one page: adding them, and saying of each what it proves and where it comes from.
    @Sendable func evidencePage(_ request: Request, context: CourtContext, typed: Typed) async throws -> Page {
        let hand = try await draft(context.id("docket"), of: context.person())
        let voice = context.voice
        let docket = hand.draft.docket
        let step = hand.form.steps.first { $0.questions.contains { $0.kind == .evidence } }
        let fields = Fields(
            Typed(Form(pairs: hand.content.exhibitFields), errors: typed.errors, problem: typed.problem), voice)
        let add = PostForm(
            action: "/drafts/\(docket)/evidence",
            """
            \(UploadField(
                Words("添加文件", "Add files"), hint: Words("可以拍照、截图或者选择文件。", "Take a photograph, or choose files."),
                endpoint: "/uploads", purpose: docket.rawValue).html(fields))\
            \(Button.row(Button.send(
                Words("添加到证据清单", "Add to the list"), voice, rank: hand.content.exhibits.isEmpty ? .primary : .quiet)))
            """)
        var adding = add
        adding.carriesFile = true
        let title = step.map { voice($0.title) } ?? voice("证据", "Evidence")
        return Page(
            title, breadcrumbs: breadcrumbs(hand), hasErrors: typed.hasErrors,
            """
            \(fields.summary)<h1>\(title)</h1>\(step?.lead.map { "<p class=\"lead\">\(voice($0))</p>" as HTML })
            \(step.flatMap { correctionHint($0, hand, voice) }.map { Notice(.warning, title: Words("法院要求补正", "The court asks for a correction"), $0).html(voice) })\
            \(exhibitList(hand, fields, context))\
            \(hand.content.exhibits.isEmpty ? nil : "<h2>\(voice("再添加", "Add more"))</h2>")\(adding.html(context))\
            \(hand.content.exhibits.isEmpty ? withoutEvidence(docket, voice) : nil)
            """)
    }

    private func exhibitList(_ hand: DraftAtHand, _ fields: Fields, _ context: CourtContext) -> HTML {
        let voice = context.voice
        let docket = hand.draft.docket
        guard !hand.content.exhibits.isEmpty else { return .empty }
        let items = hand.content.exhibits.enumerated().map { index, exhibit in
            item(exhibit, index, of: hand.content.exhibits.count, docket, fields, voice)
        }
        return PostForm(
            action: "/drafts/\(docket)/evidence/list",
            autosave: Autosave(path: "/drafts/\(docket)/answers", version: hand.draft.version),
            """
            \(fields.hidden("_version", String(hand.draft.version)))\(items)\
            \(Button.row(
                Button.send(Words("保存，继续", "Save and go on"), voice, name: "do", value: "done"),
                Button.send(Words("保存，回到列表", "Save and go to the list"), voice, rank: .quiet, name: "do", value: "later")))
            """
        ).html(context)
    }

    /// After the place to add files, which is what the page is for.
    private func withoutEvidence(_ docket: DocketID, _ voice: Voice) -> HTML {
        """
        <p>\(voice("没有证据也可以起诉，之后在举证期限内补充。", "You can sue without evidence, and add it within the period for evidence."))</p>
        <div class="actions"><a class="button quiet" href="/drafts/\(docket)">\(voice("暂不添加，回到列表", "Go on without, to the list"))</a></div>
        """
    }

    private func item(
        _ exhibit: DraftContent.Exhibit, _ index: Int, of count: Int, _ docket: DocketID, _ fields: Fields,
        _ voice: Voice
    ) -> HTML {
        let prefix = DraftContent.field(exhibit.exhibit)
        let number = index + 1
        func button(_ zh: String, _ en: String, _ step: String) -> HTML {
            """
            <button class="button quiet small" type="submit" name="do" value="\(step):\(exhibit.exhibit)">\(voice(zh, en))\
            <span class="unseen"> \(voice("证据\(number)", "exhibit \(number)"))</span></button>
            """
        }
        return """
            <section aria-labelledby="x-\(exhibit.exhibit)"><h2 id="x-\(exhibit.exhibit)">\(voice("证据\(number)", "Exhibit \(number)"))</h2>
            <p><a href="/drafts/\(docket)/files/\(exhibit.file.file)">\(said: exhibit.file.name)</a> · \(voice.bytes(exhibit.file.bytes))<br>\
            <span class="meta">SHA-256 <code class="digest">\(exhibit.file.digest.hex)</code></span></p>
            \(fields.text("\(prefix).name", Words("证据名称", "Name of the exhibit"), max: 100))\
            \(fields.longText("\(prefix).proves", Words("证明什么", "What it proves"), hint: Words("例如“卖家承诺内胆是304不锈钢”。", "Such as: the seller promised stainless steel 304."), max: 1_000, rows: 2))\
            \(fields.radios("\(prefix).origin", Words("从哪里来", "Where it comes from"), OfferedExhibit.Origin.ofParties.map { .init($0.rawValue, $0.words) }))\
            <div class="actions">\(index > 0 ? button("上移", "Move up", "up") : nil)\(index + 1 < count ? button("下移", "Move down", "down") : nil)\(button("移除", "Remove", "remove"))</div></section>

            """
    }
}
