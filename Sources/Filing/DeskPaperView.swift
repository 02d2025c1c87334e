import Documents
import Procedure
import Web

/// A legal document shown on a page before it is drawn: the same words in the same order.
struct DeskPaperView {
    let document: LegalDocument

    init(_ document: LegalDocument) { self.document = document }

    var html: HTML {
        """
        <article class="legal-document" lang="\(document.language.rawValue)"><header>\
        \(document.court.map { "<p class=\"court\">\($0)</p>" as HTML })<h3>\(document.title)</h3>\
        \(document.caseNumber.map { "<p class=\"case-number\">\($0)</p>" as HTML })</header>\
        \(document.blocks.map(block))</article>

        """
    }

    private func block(_ block: LegalDocument.Block) -> HTML {
        switch block {
        case .heading(_, let text): "<h4>\(text)</h4>"
        case .paragraph(let text, let indent):
            "\(text.split(separator: "\n").map { line in indent == .none ? "<p class=\"flush\">\(line)</p>" : "<p>\(line)</p>" as HTML })"
        case .party(let party): "<p>\(party.label)：\(party.lines.joined(separator: "，"))</p>"
        case .list(_, let items): "<ol>\(items.map { "<li>\($0)</li>" as HTML })</ol>"
        case .table(let table):
            """
            <table><thead><tr>\(table.header.map { "<th scope=\"col\">\($0)</th>" as HTML })</tr></thead>\
            <tbody>\(table.rows.map { row in "<tr>\(row.map { "<td>\($0)</td>" as HTML })</tr>" as HTML })</tbody></table>
            """
        case .fields(let fields):
            "<dl>\(fields.map { "<div><dt>\($0.label)</dt><dd>\($0.value)</dd></div>" as HTML })</dl>"
        case .amounts(let lines):
            "<dl>\(lines.map { "<div><dt>\($0.label)</dt><dd>\($0.amount.inFigures)</dd></div>" as HTML })</dl>"
        case .signature(let signature):
            """
            <p class="signature">\(signature.lines.joined(separator: "　"))\(signature.date.map { "<br>\($0.inChinese)" as HTML })</p>
            """
        case .note(let text): "<p class=\"note\">\(text)</p>"
        case .pageBreak: .empty
        }
    }
}
