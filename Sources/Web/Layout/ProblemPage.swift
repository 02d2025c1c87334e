import Foundation
import Hummingbird
import Procedure

extension Problem {
    func response(to request: Request, in context: CourtContext) -> Response {
        var response = wantsJSON(request, context) ? json(in: context) : pageResponse(to: request, in: context)
        if let retryAfterSeconds { response.headers[.retryAfter] = String(retryAfterSeconds) }
        return response
    }

    private func wantsJSON(_ request: Request, _ context: CourtContext) -> Bool {
        if context.route?.kind == .api || request.uri.path.hasPrefix("/api/") { return true }
        let accept = request.headers[.accept] ?? ""
        return accept.contains("json") && !accept.contains("text/html")
    }

    /// A visitor who only has to sign in is led there and back; everybody else sees the problem.
    private func pageResponse(to request: Request, in context: CourtContext) -> Response {
        if code == Self.notSignedIn.code, request.method == .get, context.route?.kind == .page {
            let next = context.place == "/" ? "" : "?next=\(Self.escapedForQuery(context.place))"
            return .seeOther("/sign-in\(next)")
        }
        return page(in: context).response(in: context)
    }

    // MARK: For programs

    private struct Details: Encodable {
        struct Field: Encodable { let field, reason, reason_zh: String }
        struct Cited: Encodable { let id, printed: String }
        let type, title, detail, title_zh, detail_zh, code, instance: String
        let status: Int
        let article: Cited?
        let errors: [Field]?
        let changes: [String]?
    }

    private func json(in context: CourtContext) -> Response {
        let voice = context.voice
        let details = Details(
            type: "\(context.site.origin)/problems/\(code)", title: reason.en, detail: remedy.en, title_zh: reason.zh,
            detail_zh: remedy.zh, code: code, instance: "request:\(context.requestID)", status: Int(status.code),
            article: article.map { .init(id: $0.rawValue, printed: voice($0.printed)) },
            errors: errors.isEmpty
                ? nil : errors.map { .init(field: $0.field, reason: $0.words.en, reason_zh: $0.words.zh) },
            changes: changes.isEmpty ? nil : changes.map { voice($0) })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = ByteBuffer(data: (try? encoder.encode(details)) ?? Data("{}".utf8))
        return Response(
            status: status,
            headers: [.contentType: "application/problem+json", .contentLength: String(bytes.readableBytes)],
            body: .init(byteBuffer: bytes))
    }

    // MARK: For people

    private func page(in context: CourtContext) -> Page {
        let voice = context.voice
        return Page(
            voice(reason), status: status, hasErrors: true,
            """
            <h1>\(voice(reason))</h1>
            <p class="lead">\(voice(remedy))</p>
            \(articleLine(voice))\(changeList(voice))\(actions(in: context))\(repeatForm(in: context))
            <p class="meta">\(voice("编号", "Reference")) <code>\(context.requestID)</code> · <code>\(code)</code></p>
            """)
    }

    private func articleLine(_ voice: Voice) -> HTML? {
        article.map { "<p>\(voice("依据", "Rule")): \(ArticleLink($0).html(voice))</p>" }
    }

    private func changeList(_ voice: Voice) -> HTML? {
        guard !changes.isEmpty else { return nil }
        return "<h2>\(voice("有什么变化", "What changed"))</h2><ul>\(changes.map { "<li>\(voice($0))</li>" })</ul>"
    }

    private func actions(in context: CourtContext) -> HTML {
        let voice = context.voice
        let repair: HTML? = wayOut.map { way in
            // Sign-in and step-up lead back to where the person was.
            let next = "\(way.path)?next=\(Self.escapedForQuery(context.place))"
            return "<a class=\"button\" href=\"\(next)\">\(voice(way.words))</a> "
        }
        return """
            <p class="actions">\(repair)\
            \(context.place == "/" || status == .notFound ? nil : "<a class=\"button quiet\" href=\"\(context.place)\">\(voice("返回该页面", "Back to the page"))</a> ")\
            <a class="button quiet" href="/">\(voice("首页", "Home"))</a>
            <a class="button quiet" href="/offline">\(voice("线下办理", "Do it in person"))</a></p>
            """
    }

    /// What was typed, ready to be sent again. Secrets are not repeated.
    private func repeatForm(in context: CourtContext) -> HTML? {
        let typed = context.form.repeatable.pairs
        guard !typed.isEmpty, let route = context.route, route.method == .post, route.kind == .page else { return nil }
        let voice = context.voice
        return """
            <section aria-labelledby="typed"><h2 id="typed">\(voice("您填写的内容都在这里", "What you typed is kept here"))</h2>
            <form method="post">\(context.formProof)\
            \(typed.map { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" })
            <dl class="facts">\(typed.map { "<div><dt><code>\($0.name)</code></dt><dd class=\"typed\">\(said: $0.value)</dd></div>" })</dl>
            <button class="button" type="submit">\(voice("再次发送", "Send again"))</button></form></section>
            """
    }

    private static func escapedForQuery(_ path: String) -> String {
        path.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"):
                String(UnicodeScalar(byte))
            default: "%" + hexDigits(byte).uppercased()
            }
        }.joined()
    }
}

/// A rule as it is printed, leading to its text in the court's law pages.
package struct ArticleLink: Sendable {
    let article: Article

    package init(_ article: Article) { self.article = article }

    package func html(_ voice: Voice) -> HTML {
        "<a class=\"article\" href=\"/law/\(article.instrument.id)/\(article.number)\">\(voice(article.printed))</a>"
    }
}
