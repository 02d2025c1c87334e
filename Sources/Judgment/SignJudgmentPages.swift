import Accounts
import Docket
import Hummingbird
import Procedure
import Web

/// Reading the drawn judgment once more, and signing exactly these bytes.
struct SignJudgmentPages: Sendable {
    let area: JudgmentArea

    func page(_ context: CourtContext, _ typed: Typed) async throws -> Page {
        let (docket, _, state, _) = try await area.read(context)
        let voice = context.voice
        guard let draft = try await JudgmentDraftTable.read(docket, registry: area.registry)?.draft,
            let drawn = draft.drawn, let pdf = drawn.files.first
        else { throw NotFound() }
        let html = try await area.html(of: drawn)
        return Page(
            voice("签发判决书", "Sign the judgment"), width: .wide,
            breadcrumbs: [Page.Link(Words("起草判决书", "Draft"), path: "/cases/\(docket)/judgment")],
            """
            <h1>\(voice("签发判决书", "Sign the judgment"))</h1>
            \(Fields(typed, voice).summary)
            <p>\(voice("请通读全文。签名只及于这一份文书。", "Read it through. Your signature covers exactly this document."))</p>
            \(Facts([
                .init(Words("文书摘要值", "Digest"), "<code>\(pdf.digest.hex)</code>"),
                .init(Words("案号", "Number"), "\(state.filing.docketed?.number.rawValue ?? "")"),
            ]).html(voice))
            <article class="document">\(html)</article>
            \(PostForm("<input type=\"hidden\" name=\"digest\" value=\"\(pdf.digest.rawValue)\">\(Button.send(Words("签名并宣判", "Sign and pronounce"), voice))").html(context))
            """)
    }

    func sign(_ context: CourtContext) async throws -> Response {
        let (docket, _, _, viewer) = try await area.read(context)
        guard let draft = try await JudgmentDraftTable.read(docket, registry: area.registry)?.draft,
            let drawn = draft.drawn, let digest = drawn.digest
        else { throw NotFound() }
        // The judge signs what was shown; if it was drawn anew meanwhile, it must be read again.
        guard context.form["digest"] == digest.rawValue else { throw Refusal.judgmentSignature }
        try await area.registry.write(on: [docket], arrived: context.now) { transaction in
            var open = try transaction.docket(docket)
            let acting = try viewer.require(.signJudgment, in: open.state, now: transaction.now)
            let signature = Signature(
                account: viewer.account, factor: .timeCode, at: viewer.secondFactorAt ?? transaction.now, digest: digest
            )
            let law = transaction.context(acting)
            let command = SignJudgment(
                content: draft.content(of: open.state), document: drawn, signature: signature)
            try transaction.enter(try open.state.decide(command, in: law), in: &open, by: acting)
            try transaction.enter(try open.state.decide(PronounceJudgment(), in: law), in: &open, by: acting)
            try transaction.effect(
                Effect(kind: "serve-judgment", key: "serve-judgment/\(docket)", docket: docket))
            try JudgmentDraftTable.delete(docket, in: transaction.storage)
        }
        return .seeOther("/cases/\(docket)")
    }
}

extension JudgmentArea {
    /// The HTML view of a stored document, as it was drawn.
    func html(of document: DocumentReference) async throws -> HTML {
        guard let reference = document.files.first(where: { $0.mediaType == "text/html" }),
            let stored = try await files.file(reference.file)
        else { throw NotFound() }
        let bytes = try await files.open(stored).read(0..<stored.size)
        guard let drawn = DrawnDocument(storedPage: bytes) else { throw NotFound() }
        return drawn.html
    }
}
