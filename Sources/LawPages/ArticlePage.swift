import Accounts
import Hummingbird
import Procedure
import Web

/// `/law/CPL2023/128`: one article, and what this court does under it. `ArticleLink` leads here.
extension LawPagesArea {
    func articlePage(_ context: CourtContext) throws -> Page {
        let voice = context.voice
        let article = try article(context)
        let instrument = article.instrument
        let limits = tables.deadlines.rules.filter { $0.articles.contains(article.rawValue) }
        let fees = FeeKind.allCases.filter { kind in
            // Any sum shows which articles a kind of fee rests on.
            let fee = kind.count(Money(minorUnits: 10_000_00), province: court.province, in: tables.fees)
            return fee.explanation.lines.contains { $0.articles.contains(article.rawValue) }
        }
        let refusals = CitedRefusals.under(article)
        let isUnused = limits.isEmpty && fees.isEmpty && refusals.isEmpty
        return Page(
            voice(article.printed), breadcrumbs: [Page.Link(Words("法律依据", "The law"), path: "/law")],
            """
            <h1>\(voice(article.printed))</h1>
            \(Facts([
                Facts.Fact(Words("法律文件", "Instrument"), HTML(voice(instrument.name))),
                Facts.Fact(Words("文号或者版本", "Issued as"), HTML(instrument.issuedAs)),
                Facts.Fact(Words("条", "Article"), HTML(article.number)),
                Facts.Fact(Words("编号", "Id"), "<code>\(article.rawValue)</code>"),
            ]).html(voice))
            \(section(refusals, voice))\(section(limits, voice))\(section(fees, voice))
            \(isUnused ? "<p>\(voice("本系统的记录和说明中会引用该条；期间表、收费表和办理条件没有直接引用它。", "Entries and explanations of this court cite this article; no limit, fee or condition rests on it directly."))</p>" : nil)
            <p class="meta">\(voice("条文全文请查阅公布的法律文件。", "For the text itself, see the instrument as published."))</p>
            """)
    }

    private func article(_ context: CourtContext) throws -> Article {
        let (instrument, number) = (try context.part("instrument"), try context.part("number"))
        guard number.utf8.count <= 8, number.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: "-") }),
            let article = Article(rawValue: "\(instrument):\(number)")
        else { throw NotFound() }
        return article
    }

    private func section(_ refusals: [Refusal], _ voice: Voice) -> HTML? {
        guard !refusals.isEmpty else { return nil }
        return """
            <h2>\(voice("不能办理的情形", "When the court says no"))</h2>
            <ul>\(refusals.map { "<li>\(voice($0.reason)) \(voice($0.remedy)) <code>\($0.code)</code></li>\n" })</ul>

            """
    }

    private func section(_ limits: [DeadlineRule], _ voice: Voice) -> HTML? {
        guard !limits.isEmpty else { return nil }
        return """
            <h2>\(voice("期间", "Time limits"))</h2>
            <ul>\(limits.map { "<li><a href=\"/law/deadline?deadline=\($0.id.rawValue)\">\(voice($0.name))</a></li>\n" })</ul>

            """
    }

    private func section(_ fees: [FeeKind], _ voice: Voice) -> HTML? {
        guard !fees.isEmpty else { return nil }
        return """
            <h2>\(voice("诉讼费", "Fees"))</h2>
            <ul>\(fees.map { "<li>\(voice($0.name))</li>\n" })</ul>
            <p><a href="/law/fee">\(voice("计算诉讼费", "Work out a fee"))</a></p>

            """
    }
}

/// `/law`: the calculators, and the laws and interpretations the rules rest on.
func instrumentsPage(_ context: CourtContext) -> Page {
    let voice = context.voice
    let title = voice("法律依据", "The law we work by")
    let rows = Instrument.all.map { instrument -> HTML in
        """
        <tr><th scope="row">\(voice(instrument.name))</th><td>\(instrument.issuedAs)</td><td><code>\(instrument.id)</code></td></tr>

        """
    }
    return Page(
        title,
        """
        <h1>\(title)</h1>
        <p class="lead">\(voice("每一步都写明依据哪一条。点开条文编号，可以看到本系统据此做什么。", "Every step names its article. Follow an article to see what this court does under it."))</p>
        \(Button.row(
            Button.link(Words("诉讼费计算", "What does it cost?"), voice, to: "/law/fee", rank: .quiet),
            Button.link(Words("期限计算", "When does it end?"), voice, to: "/law/deadline", rank: .quiet)))
        <div class="scroll"><table><caption>\(voice("法律、行政法规和司法解释", "Laws, regulations and judicial interpretations"))</caption>
        <thead><tr><th scope="col">\(voice("名称", "Name"))</th><th scope="col">\(voice("文号或者版本", "Issued as"))</th><th scope="col">\(voice("编号", "Id"))</th></tr></thead>
        <tbody>\(rows)</tbody></table></div>
        """)
}
