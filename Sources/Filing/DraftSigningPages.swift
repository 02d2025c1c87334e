import Accounts
import Docket
import Hummingbird
import Procedure
import Storage
import Web

/// Check, read, sign, send; and what comes back.
extension FilingArea {
    @Sendable func checkPage(_ request: Request, context: CourtContext) async throws -> Page {
        let hand = try await draft(context.id("docket"), of: context.person())
        let voice = context.voice
        let docket = hand.draft.docket
        let drawing = FormDrawing(hand.form, hand.answers, Fields(.nothing, voice), known: hand.known)
        let sections = hand.form.steps(for: hand.answers).filter { !$0.questions.contains { $0.kind == .evidence } }.map
        { step in
            "<section><h2>\(voice(step.title))</h2>\(drawing.facts(step, change: "\(hand.path(of: step))?then=check"))</section>"
                as HTML
        }
        let gaps = hand.gaps(today: context.today)
        let draw: HTML =
            gaps.isEmpty
            ? """
            <h2>\(voice("下一步", "Next"))</h2><p>\(voice("系统把以上内容制作成起诉状，供您阅读。读过之后再签名。", "The complaint is drawn from what stands above, for you to read. You sign after reading it."))</p>
            \(Button.step(Words("制作起诉状", "Draw the complaint"), context, action: "/drafts/\(docket)/draw"))
            """ : .empty
        return Page(
            voice("核对", "Check your answers"), breadcrumbs: breadcrumbs(hand), hasErrors: !gaps.isEmpty,
            """
            \(gapList(gaps, hand, voice))<h1>\(voice("核对您填写的内容", "Check your answers"))</h1>
            \(correctionNotice(hand, context))\(sections)\(claimsView(hand, context))\(evidenceView(hand, voice))\
            \(consentsView(hand, voice))\(jurisdictionView(hand, context))\(draw)
            """)
    }

    private func gapList(_ gaps: [(error: FieldError, page: String)], _ hand: DraftAtHand, _ voice: Voice) -> HTML {
        guard !gaps.isEmpty else { return .empty }
        let items = gaps.map { gap -> HTML in
            let path =
                switch gap.page {
                case "evidence", "consents", "address", "check": "/drafts/\(hand.draft.docket)/\(gap.page)"
                default: "/drafts/\(hand.draft.docket)/steps/\(gap.page)?then=check"
                }
            return "<li><a href=\"\(path)#f-\(gap.error.field)\">\(voice(gap.error.words))</a></li>"
        }
        return """
            <div class="errors" role="alert" tabindex="-1" autofocus aria-labelledby="errors-title">
            <h2 id="errors-title">\(voice("提交前还要完成", "Before you can send it"))</h2><ul>\(items)</ul></div>

            """
    }

    private func claimsView(_ hand: DraftAtHand, _ context: CourtContext) -> HTML {
        let voice = context.voice
        let made = hand.form.claimsMade(in: hand.answers).map { made in
            (what: HTML(hand.form.text(of: made.pattern, in: hand.answers, voice)), sum: made.amount)
        }
        guard !made.isEmpty else { return .empty }
        let rows = made.compactMap { claim in claim.sum.map { (what: claim.what, sum: $0) } }
        let others = made.filter { $0.sum == nil }.map { "<li>\($0.what)</li>" as HTML }
        return """
            \(rows.isEmpty ? nil : MoneyTable(Words("诉讼请求", "Claims"), rows, total: hand.sumInDispute).html(voice))\
            \(others.isEmpty ? nil : "<ul>\(others)</ul>")\(feeView(hand, context))
            """
    }

    private func evidenceView(_ hand: DraftAtHand, _ voice: Voice) -> HTML {
        let facts = hand.content.exhibits.enumerated().map { index, exhibit in
            Facts.Fact(
                Words("证据\(index + 1)：\(exhibit.name)", "Exhibit \(index + 1): \(exhibit.name)"),
                "\(said: exhibit.proves)<br><span class=\"meta\">\(exhibit.origin.map { voice($0.words) } ?? "") · \(said: exhibit.file.name) · \(voice.bytes(exhibit.file.bytes))</span>",
                change: "/drafts/\(hand.draft.docket)/evidence#x-\(exhibit.exhibit)")
        }
        let none = Facts.Fact(
            Words("证据", "Evidence"), "\(voice("暂无", "None yet"))", change: "/drafts/\(hand.draft.docket)/evidence")
        return
            "<section><h2>\(voice("证据", "Evidence"))</h2>\(Facts(facts.isEmpty ? [none] : facts).html(voice))</section>"
    }

    private func consentsView(_ hand: DraftAtHand, _ voice: Voice) -> HTML {
        guard hand.sentBefore == nil else { return .empty }
        let docket = hand.draft.docket
        var facts = hand.content.consents.map { consent in
            Facts.Fact(
                consent.stage.name, "\(consent.agreed ? voice("同意在线进行", "Online") : voice("到法院进行", "At the court"))",
                change: "/drafts/\(docket)/consents")
        }
        if let address = hand.content.address {
            facts.append(
                .init(
                    Words("文书送达", "Service of documents"),
                    "\(address.agreed ? voice("电子送达到本人账号", "To your account") : voice("邮寄", "By post"))",
                    change: "/drafts/\(docket)/address"))
            facts.append(
                .init(Words("邮寄地址", "Postal address"), "\(said: address.postal)", change: "/drafts/\(docket)/address"))
        }
        return facts.isEmpty
            ? .empty : "<section><h2>\(voice("在线与送达", "Online and service"))</h2>\(Facts(facts).html(voice))</section>"
    }

    @Sendable func signPage(_ request: Request, context: CourtContext, typed: Typed) async throws -> Page {
        let hand = try await draft(context.id("docket"), of: context.person())
        let voice = context.voice
        let docket = hand.draft.docket
        guard let drawn = hand.content.drawn, let digest = drawn.document.digest, let pdf = drawn.document.files.first
        else { throw Stale([Words.draftChanged]) }
        let paper = try await storedPage(drawn.document)
        let fields = Fields(typed, voice)
        let translation: HTML? =
            voice.isChinese
            ? nil
            : Notice(
                .information,
                "<p>The complaint is in Chinese, the language of the court. It says what you checked on the page before.</p>"
            ).html(voice)
        let form = PostForm(
            action: "/drafts/\(docket)/submit",
            """
            \(fields.hidden("digest", digest.rawValue))\
            \(fields.secret("code", Words("动态口令", "One-time code"), hint: Words("验证器应用显示的六位数字。输入即签名。", "The six digits your authenticator shows. Entering them is your signature."), autocomplete: "one-time-code"))\
            \(Button.row(
                Button.send(Words("签名并提交给法院", "Sign and send to the court"), voice),
                Button.link(Words("返回修改", "Go back and change"), voice, to: "/drafts/\(docket)/check", rank: .quiet)))
            """)
        return Page(
            voice("阅读并签名", "Read and sign"), breadcrumbs: breadcrumbs(hand), hasErrors: typed.hasErrors,
            """
            \(fields.summary)<h1>\(voice("阅读并签名", "Read and sign"))</h1>
            <p class="lead">\(voice("请通读起诉状。您签名的就是这一份，此后任何改动都要重新签名。", "Read the complaint through. You sign exactly this; any change needs a new signature."))</p>
            \(translation)<section class="inset" tabindex="0" aria-label="\(voice("起诉状全文", "The complaint in full"))">\(paper)</section>
            <p><a href="/drafts/\(docket)/files/\(pdf.file)">\(voice("打开PDF", "Open the PDF")) (\(voice.bytes(pdf.bytes)))</a><br>\
            <span class="meta">SHA-256 <code class="digest">\(digest.hex)</code></span></p>
            \(Disclosure(Words("签名有什么效力？", "What does the signature mean?"), "<p>\(voice("在线签名与纸面签名效力相同。它把您的账号、口令、时间和这份起诉状的摘要绑定在一起。", "Signing online has the effect of signing on paper. It binds your account, the code, the time and the digest of this complaint."))</p><p>\(ArticleLink(.onlineSigning).html(voice))</p>").html(voice))\
            \(form.html(context))
            """)
    }

    /// The stored HTML form of a document, its digest checked.
    private func storedPage(_ document: DocumentReference) async throws -> HTML {
        guard let reference = document.files.last, let file = try await files.file(reference.file),
            file.digest == reference.digest.rawValue
        else { throw NotFound() }
        let opened = try await files.open(file)
        let bytes = try await Disk.blocking { try opened.read(0..<opened.size) }
        guard let drawn = DrawnDocument(storedPage: bytes) else { throw NotFound() }
        return drawn.html
    }

    /// What the person keeps: the court's signed answer, what happens next and by when.
    @Sendable func answerPage(_ request: Request, context: CourtContext) async throws -> Page {
        let docket: DocketID = try context.id("docket")
        let entry: EntryID = try context.id("entry")
        let viewer = try context.person()
        let (answer, _) = try await signedAnswer(entry, in: docket, of: viewer)
        let (_, state) = try await registry.docket(docket)
        let voice = context.voice
        let rules = Context(
            now: context.now, court: registry.court, tables: registry.tables,
            acting: Acting(account: viewer.account, capacity: .party))
        let duty = state.duties(in: rules).first { $0.step == .reviewFiling }
        let next: HTML =
            duty?.due.map { due in
                """
                <p>\(voice("法院会在期限内决定是否立案，结果送达到您的账号。材料需要补正的，会一次性告诉您。", "The court decides within the period and tells you in your account. If something must be corrected, it tells you everything at once."))</p>
                \(DeadlineChip(Words("决定是否立案", "Decision on the filing"), owner: Words("立案庭", "The filing desk"), began: nil, due: due, today: context.today, isProvisional: duty?.isProvisional ?? false, explanation: duty?.why ?? Explanation()).html(voice))
                """
            } ?? "<p>\(voice("立案审查已有进展，请打开案件查看。", "The filing has moved on. Open the case to see how it stands."))</p>"
        let received = Instant(rawValue: answer.time).map { voice.time($0) } ?? answer.time
        return Page(
            voice("已提交", "Sent"),
            """
            <h1>\(voice("起诉材料已提交给法院", "Your complaint has reached the court"))</h1>
            \(Notice(.success, "<p>\(voice("法院收到的时间", "Received by the court")): \(received)</p>").html(voice))
            <h2>\(voice("接下来", "What happens next"))</h2>\(next)
            <h2>\(voice("请保存回执", "Keep the answer"))</h2>
            <p>\(voice("这是法院签名的回执，证明您何时提交了什么。请下载保存。", "This is the court's signed answer. It proves what you sent and when. Download it and keep it."))</p>
            \(Facts([
                .init(Words("起诉状摘要（SHA-256）", "Digest of the complaint (SHA-256)"), "<code class=\"digest\">\(answer.document)</code>"),
                .init(Words("记录编号", "Entry"), "<code>\(answer.entry)</code>"),
                .init(Words("法院签名（Ed25519）", "The court's signature (Ed25519)"), "<code class=\"digest\">\(answer.signature)</code>"),
            ]).html(voice))
            <div class="actions"><a class="button" href="/drafts/\(docket)/receipt/\(entry)/answer" download>\(voice("下载回执", "Download the answer"))</a> \
            <a class="button quiet" href="/cases/\(docket)">\(voice("打开案件", "Open the case"))</a></div>
            """)
    }
}
