import Procedure

/// Draws a legal document as accessible HTML: headings in order, tables with scopes, definition lists, the language
/// marked. Also well-formed XML, so any strict reader takes it.
package enum HTMLDrawing {
    /// A whole page with its own style sheet, for the file a person keeps.
    package static func page(_ document: LegalDocument) -> String {
        """
        <!DOCTYPE html>
        <html lang="\(document.language.rawValue)">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>\(escaped([document.caseNumber, document.title].compactMap { $0 }.joined(separator: " ")))</title>
        <style>
        \(styleSheet)
        </style>
        </head>
        <body>
        <main>
        \(fragment(document))
        </main>
        </body>
        </html>

        """
    }

    /// The document alone, for a page of ours: meaning and class names only, because our content policy allows no
    /// inline style.
    ///
    /// - Parameter topLevel: of the title's heading; 2 on a page with a heading of its own.
    package static func fragment(_ document: LegalDocument, topLevel: Int = 1) -> String {
        var lines = [
            "<article class=\"legal-document \(document.textSize.rawValue)\" lang=\"\(document.language.rawValue)\">",
            "<header>",
        ]
        if let mark = LegalDocument.translationMark(document.language) {
            lines.append(element("p", class: "translation", mark))
        }
        if let court = document.court { lines.append(element("p", class: "court", court)) }
        lines.append(element("h\(heading(topLevel, 0))", document.title))
        if let number = document.caseNumber { lines.append(element("p", class: "case-number", number)) }
        lines.append("</header>")
        lines += document.blocksWithHeadingsInOrder.map {
            self.block($0, topLevel: topLevel, language: document.language)
        }
        lines.append("</article>")
        return lines.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private static func block(_ block: LegalDocument.Block, topLevel: Int, language: Language) -> String {
        switch block {
        case .heading(let level, let text): return element("h\(heading(topLevel, level))", text)
        case .paragraph(let text, let indent):
            return paragraphs(text).map { element("p", class: indent == .none ? "flush" : nil, $0) }.joined(
                separator: "\n")
        case .party(let party): return self.party(party, language)
        case .list(let marker, let items): return list(marker, items, language)
        case .table(let table): return self.table(table)
        case .fields(let fields):
            let rows = fields.map { "<div>\(element("dt", $0.label))\(element("dd", $0.value))</div>" }
            return wrapped("dl", rows)
        case .amounts(let amounts): return self.amounts(amounts, language)
        case .signature(let signature):
            var lines = signature.lines.map { element("p", $0) }
            if let date = signature.date {
                lines.append("<p><time datetime=\"\(date.rawValue)\">\(escaped(date.written(in: language)))</time></p>")
            }
            return wrapped("footer", class: "signature", lines)
        case .note(let text): return wrapped("aside", class: "note", paragraphs(text).map { element("p", $0) })
        case .pageBreak: return "<hr class=\"page-break\"/>"
        }
    }

    private static func party(_ party: LegalDocument.Party, _ language: Language) -> String {
        let colon = language == .chinese ? "：" : ": "
        let lines = party.lines.enumerated().map { index, line in
            index == 0 ? "<p><b>\(broken(party.label))</b>\(colon)\(broken(line))</p>" : element("p", line)
        }
        return wrapped("section", class: "party", lines)
    }

    private static func list(_ marker: LegalDocument.Marker, _ items: [String], _ language: Language) -> String {
        guard !items.isEmpty else { return "" }
        let items = items.map { element("li", $0) }
        switch marker {
        case .dash: return wrapped("ul", items)
        case .chinese where language == .chinese: return wrapped("ol", class: "chinese", items)
        case .chinese, .arabic: return wrapped("ol", items)
        }
    }

    private static func table(_ table: LegalDocument.Table) -> String {
        guard !table.header.isEmpty else { return "" }
        var lines: [String] = []
        if let caption = table.caption { lines.append(element("caption", caption)) }
        let header = table.header.map { "<th scope=\"col\">\(broken($0))</th>" }.joined()
        lines.append("<thead><tr>\(header)</tr></thead>")
        lines.append("<tbody>")
        lines += table.evenRows.map { row in "<tr>\(row.map { element("td", $0) }.joined())</tr>" }
        lines.append("</tbody>")
        return wrapped("table", lines)
    }

    private static func amounts(_ amounts: [LegalDocument.AmountLine], _ language: Language) -> String {
        guard !amounts.isEmpty else { return "" }
        let rows = amounts.map { line in
            let words = language == .chinese && line.spelling == .figuresAndWords ? line.amount.inWords : nil
            let sum = escaped(line.amount.inFigures) + (words.map { "<br/>（大写：\(escaped($0))）" } ?? "")
            return "<tr><th scope=\"row\">\(broken(line.label))</th><td>\(sum)</td></tr>"
        }
        return wrapped("table", class: "amounts", ["<tbody>"] + rows + ["</tbody>"])
    }

    private static func heading(_ topLevel: Int, _ level: Int) -> Int { min(6, max(1, topLevel) + level) }

    private static func element(_ name: String, class className: String? = nil, _ text: String) -> String {
        "<\(name)\(attribute(className))>\(broken(text))</\(name)>"
    }

    private static func wrapped(_ name: String, class className: String? = nil, _ lines: [String]) -> String {
        (["<\(name)\(attribute(className))>"] + lines + ["</\(name)>"]).joined(separator: "\n")
    }

    private static func attribute(_ className: String?) -> String { className.map { " class=\"\($0)\"" } ?? "" }

    private static func broken(_ text: String) -> String {
        escaped(text).split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "<br/>")
    }

    /// Text that stays text wherever it is put. What has no shape or turns its neighbours around shows as �.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.withPlainNewlines.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar.isUnprintable ? "\u{FFFD}" : scalar)
            }
        }
        return escaped
    }
}
