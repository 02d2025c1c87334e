import Accounts
import Documents
import Hummingbird
import NIOCore
import Procedure
import Storage
import Web

/// The answer, page by page: what it consists of, each part, a check, reading and signing.
extension EvidenceArea {
    func mountAnswer(on routes: inout Routes) {
        routes.get("/cases/:docket/answer", face: .both) { _, context in try await answerPage(context) }
        routes.form(
            "/cases/:docket/answer/steps/:step", face: .public,
            show: { _, context, typed in try await stepPage(context, typed) },
            send: { _, context in try await takeStep(context) })
        routes.api(
            .put, "/cases/:docket/answer/draft", face: .public, maximumBodyBytes: BodyLimit.form,
            EvidenceOperations.autosave
        ) { try await autosave($0, $1) }
        routes.get("/cases/:docket/answer/check", face: .public) { _, context in try await checkPage(context) }
        routes.form(
            "/cases/:docket/answer/sign", face: .public,
            show: { _, context, typed in try await signPage(context, typed) },
            send: { _, context in try await sign(context) })
        routes.get("/cases/:docket/answer/paper.pdf", face: .public, kind: .asset) { _, context in
            try await paperFile(context)
        }
        routes.get("/cases/:docket/answer/receipt.json", face: .public, kind: .asset) { _, context in
            try await receiptFile(context)
        }
    }

    // MARK: One part of it

    private func step(_ context: CourtContext, of answer: AnswerInHand) throws -> FormDefinition.Step {
        let id = try context.part("step")
        guard let step = answer.steps.first(where: { $0.id == id }) else {
            throw NotFound()
        }
        return step
    }

    private func stepPage(_ context: CourtContext, _ typed: Typed) async throws -> Page {
        let answer = try await answerInHand(context)
        let step = try step(context, of: answer)
        let voice = context.voice
        let fields = Fields(typed.over(answer.draft.answers.form), voice)
        let drawing = FormDrawing(answer.form, answer.draft.answers, fields, claims: answer.claims)
        let form = PostForm(
            action: answer.path("steps/\(step.id)"),
            autosave: Autosave(path: answer.path("draft"), version: answer.draft.version),
            "\(drawing.html(step))\(Button.row(Button.send(Words("保存并继续", "Save and continue"), voice)))")
        return Page(
            voice(step.title), breadcrumbs: [answer.matter.crumb, answer.crumb], hasErrors: typed.hasErrors,
            """
            <h1>\(voice(step.title))</h1>\(fields.summary)
            \(step.lead.map { "<p>\(voice($0))</p>" })
            \(form.html(context))
            <p><a href="\(answer.path())">\(voice("返回答辩状概览", "Back to the parts of the answer"))</a></p>
            """)
    }

    /// Keeps what was typed even where something is wrong with it, and then says what.
    private func takeStep(_ context: CourtContext) async throws -> Response {
        let answer = try await answerInHand(context)
        let step = try step(context, of: answer)
        var answers = answer.draft.answers
        answers.take(step.fields(for: answers, claims: answer.claims), from: context.form)
        // Questions that only now apply are on the same page; what the browser sent for them counts too.
        answers.take(step.fields(for: answers, claims: answer.claims), from: context.form)
        let version = try await saveAnswer(answer, answers, version: answer.draft.version, at: context.now)
        guard version != nil else {
            throw Stale([Words("草稿刚刚在另一台设备上保存过。", "The draft was just saved on another device.")])
        }
        let errors = answer.form.errors(in: answers, step: step, setting: answer.setting)
        guard errors.isEmpty else { throw FormErrors(errors) }
        var written = answer
        written.draft.answers = answers
        let next = written.steps.drop { $0.id != step.id }.dropFirst().first
        return .seeOther(answer.path(next.map { "steps/\($0.id)" } ?? ""))
    }

    private func autosave(_ request: Request, _ context: CourtContext) async throws -> Response {
        let answer = try await answerInHand(context)
        let sent = try context.sent(as: AutosaveRequest.self)
        var answers = answer.draft.answers
        let known = Set(answer.form.steps.flatMap { $0.fields(for: answers, claims: answer.claims) })
            .union(answer.form.questions.map(\.id))
        answers.take(sent.fields.keys.filter { known.contains($0) }, from: sent.form)
        guard sent.version == answer.draft.version,
            let version = try await saveAnswer(answer, answers, version: sent.version, at: context.now)
        else {
            let fresh = try await answerInHand(context).draft
            return try AutosaveConflict(fresh.answers.form, version: fresh.version)
                .response(from: request, context: context)
        }
        return try AutosaveAnswer(saved: context.now, version: version).response(from: request, context: context)
    }

    // MARK: Check

    private func checkPage(_ context: CourtContext) async throws -> Page {
        let answer = try await answerInHand(context)
        let voice = context.voice
        let fields = Fields(.nothing, voice)
        let drawing = FormDrawing(answer.form, answer.draft.answers, fields, claims: answer.claims)
        let open = answer.errors.count + answer.exhibits.filter { !$0.words.isComplete }.count
        let title = voice("核对答辩状", "Check your answer")
        let exhibits: HTML =
            answer.exhibits.isEmpty
            ? "<p>\(voice("没有随答辩状提交的证据。", "No evidence goes with the answer."))</p>"
            : "<ol>\(answer.exhibits.map { "<li>\(said: $0.words.name)\(voice("：", ": "))\(said: $0.words.proves)</li>" as HTML })</ol>"
        let onward: HTML =
            open == 0
            ? Button.row(Button.link(Words("阅读并签名", "Read and sign"), voice, to: answer.path("sign")))
            : Notice(
                .warning,
                "<p>\(voice("还有\(open)处没有填写或需要改正，请点“修改”。", "\(open) things are missing or need another look: use “Change”."))</p>"
            ).html(voice)
        return Page(
            title, breadcrumbs: [answer.matter.crumb, answer.crumb],
            """
            <h1>\(title)</h1>
            \(answer.steps.map { step in
                "<h2>\(voice(step.title))</h2>\(drawing.facts(step, change: answer.path("steps/\(step.id)")))" as HTML
            })
            <h2>\(voice("证据", "Evidence"))</h2>\(exhibits)
            <p><a href="/cases/\(answer.matter.docket)/evidence/tray">\(voice("修改证据", "Change the evidence"))</a></p>
            \(onward)
            """)
    }

    // MARK: Read, sign, send

    private func signPage(_ context: CourtContext, _ typed: Typed) async throws -> Page {
        let answer = try await answerInHand(context)
        let paper = try await paper(of: answer, on: answer.matter.today)
        let (voice, fields) = (context.voice, Fields(typed, context.voice))
        let title = voice("阅读并签名", "Read and sign")
        let shown = DrawnDocument(storedPage: Array(HTMLDrawing.page(paper.document).utf8))?.html
        let form = PostForm(
            action: answer.path("sign"),
            """
            \(fields.hidden("digest", paper.digest.rawValue))
            \(fields.secret("code", Words("动态口令", "One-time code"), hint: Words("打开验证器，输入当前6位数字；也可用一个恢复码。", "Open your authenticator and enter its 6 digits; a recovery code works too."), autocomplete: "one-time-code"))
            \(Button.row(Button.send(Words("签名并提交法院", "Sign and send to the court"), voice)))
            """)
        return Page(
            title, breadcrumbs: [answer.matter.crumb, answer.crumb], hasErrors: typed.hasErrors,
            """
            <h1>\(title)</h1>\(fields.summary)
            <p>\(voice(
                "下面就是将要提交的答辩状。签名与这份文件的摘要绑定，提交后不能修改，可以在庭审中补充。",
                "This is the answer that will be sent. Your signature is bound to the digest of this very document. It cannot be changed afterwards; you may add to it in the hearing."))</p>
            <div class="paper">\(shown)</div>
            <p>\(DocumentLink(voice("民事答辩状", "The answer"), path: answer.path("paper.pdf"), bytes: paper.pdf.count, kind: "PDF").html(voice))</p>
            <p class="meta">SHA-256 <code class="digest">\(paper.digest.hex)</code></p>
            \(form.html(context))
            <p><a href="\(answer.path("check"))">\(voice("返回修改", "Go back and change"))</a></p>
            """)
    }

    private func sign(_ context: CourtContext) async throws -> Response {
        let once = Once(context, context.form)
        // The code of the first sending is used up; its repeat must not be asked for another.
        if let done = try await answered(before: once) { return .seeOther(done) }
        let answer = try await answerInHand(context)
        guard answer.errors.isEmpty, answer.exhibits.allSatisfy(\.words.isComplete) else {
            return .seeOther(answer.path("check"))
        }
        guard let seen = context.form["digest"].flatMap(ContentDigest.init(rawValue:)) else {
            throw Malformed(.formUnreadable)
        }
        return .seeOther(
            try await sendAnswer(
                answer, seen: seen, code: context.form["code"] ?? "", once: once, arrived: context.now))
    }

    private func paperFile(_ context: CourtContext) async throws -> Response {
        let answer = try await answerInHand(context)
        let paper = try await paper(of: answer, on: answer.matter.today)
        return .download(
            name: "民事答辩状.pdf", mediaType: "application/pdf", bytes: paper.pdf.count, .inline,
            body: .init(byteBuffer: ByteBuffer(bytes: paper.pdf)))
    }

    private func receiptFile(_ context: CourtContext) async throws -> Response {
        let matter = try await openCase(context)
        // The person who sent it keeps it.
        guard matter.place?.role == .defendant, let (_, text) = try await signedAnswer(of: matter.docket) else {
            throw NotFound()
        }
        return .download(
            name: "提交回执.json", mediaType: "application/json", bytes: text.utf8.count,
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}

extension AnswerInHand {
    func path(_ rest: String = "") -> String {
        "/cases/\(matter.docket)/answer" + (rest.isEmpty ? "" : "/\(rest)")
    }

    var crumb: Page.Link { Page.Link(Words("答辩状", "Answer"), path: path()) }
}
