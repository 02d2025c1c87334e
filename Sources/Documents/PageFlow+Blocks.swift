import CPango
import Procedure

extension PageFlow {
    private var indent: Double { style.bodySize * 2 }
    private var colon: String { style.language == .chinese ? "：" : ": " }

    func drawHead(of document: LegalDocument) throws {
        if let court = document.court {
            try flow(lines(court, style.title()), as: "P", x: style.left, leading: style.titleLeading)
        }
        try flow(lines(document.title, style.title()), as: "H1", x: style.left, leading: style.titleLeading)
        skip(style.leading / 2)
        if let number = document.caseNumber {
            var setting = style.body()
            setting.alignment = PANGO_ALIGN_RIGHT
            try flow(lines(number, setting), as: "P", x: style.left, leading: style.leading)
            skip(style.leading / 2)
        }
    }

    /// - Parameter next: what follows, so that a heading stays with it.
    func draw(_ block: LegalDocument.Block, before next: LegalDocument.Block?) throws {
        switch block {
        case .heading(let level, let text):
            let company = if case .table = next { 6 } else { 2 }
            try drawHeading(text, level: level, withLines: company)
        case .paragraph(let text, let indent): try drawParagraphs(text, indent: indent)
        case .party(let party): try drawParty(party)
        case .list(let marker, let items): try drawList(items, marker: marker)
        case .table(let table): try draw(table)
        case .fields(let fields): try drawFields(fields)
        case .amounts(let amounts): try drawAmounts(amounts)
        case .signature(let signature): try draw(signature)
        case .note(let text): try drawNote(text)
        case .pageBreak: if y > style.top { try turnPage() }
        }
    }

    func lines(_ text: String, _ setting: TextSetting) throws -> TextLines { try TextLines(text, setting, in: context) }

    private func drawHeading(_ text: String, level: Int, withLines company: Int) throws {
        var setting = style.body(weight: PANGO_WEIGHT_BOLD)
        if style.language == .chinese { setting.firstLineIndent = indent }
        if level == 1 { setting.families = [style.fonts.title] + style.fonts.supplements }
        let text = try lines(text, setting)
        skip(level == 1 ? style.leading * 0.35 : 0)
        // A heading at the foot of a page, away from what it heads, misleads.
        try need(text.lines.count + company, leading: style.leading)
        try flow(text, as: "H\(level + 1)", x: style.left, leading: style.leading)
    }

    private func drawParagraphs(_ text: String, indent: LegalDocument.Indent) throws {
        for paragraph in paragraphs(text) {
            var setting = style.body()
            setting.justified = true
            if indent == .firstLine, style.language == .chinese { setting.firstLineIndent = self.indent }
            try flow(lines(paragraph, setting), as: "P", x: style.left, leading: style.leading)
            if style.language == .english { skip(style.leading * 0.3) }
        }
    }

    private func drawParty(_ party: LegalDocument.Party) throws {
        for (index, line) in party.lines.enumerated() {
            try drawParagraphs(index == 0 ? party.label + colon + line : line, indent: .firstLine)
        }
    }

    private func drawList(_ items: [String], marker: LegalDocument.Marker) throws {
        let texts = items.indices.map { marker.text($0 + 1, in: style.language) }
        var setting = style.body()
        setting.width = nil
        let markers = try texts.map { try lines($0, setting) }
        let gap = marker == .chinese && style.language == .chinese ? 0 : style.bodySize / 2
        let column = (markers.map(\.width).max() ?? 0) + gap
        let x = style.left + (style.language == .chinese ? indent : 0)
        try tagged("L") {
            for (marker, item) in zip(markers, items) {
                try hang(marker, label: "Lbl", "LI", body: "LBody", item, x: x, column: column)
            }
        }
    }

    private func drawFields(_ fields: [LegalDocument.Field]) throws {
        var setting = style.body(weight: PANGO_WEIGHT_BOLD)
        setting.width = nil
        let natural = try fields.map { try lines($0.label, setting).width }.max() ?? 0
        let gap = style.bodySize
        let column = min(natural, style.textWidth * 0.35) + gap
        setting.width = column - gap
        try tagged("L") {
            for field in fields {
                try hang(
                    lines(field.label, setting), label: "Lbl", "LI", body: "LBody", field.value, x: style.left,
                    column: column)
            }
        }
        skip(style.leading / 4)
    }

    /// A label and, beside it, text that may run over pages.
    private func hang(
        _ label: TextLines, label labelTag: String, _ tag: String, body bodyTag: String, _ text: String, x: Double,
        column: Double
    ) throws {
        var setting = style.body(width: style.left + style.textWidth - x - column)
        setting.justified = true
        let body = try lines(text, setting)
        guard label.lines.count <= capacity(leading: style.leading) / 2 else {
            // A label of half a page is text itself: one under the other.
            return try tagged(tag) {
                try flow(label, as: labelTag, x: x, leading: style.leading)
                try flow(body, as: bodyTag, x: x + column, leading: style.leading)
            }
        }
        try need(max(label.lines.count, min(body.lines.count, 2)), leading: style.leading)
        try tagged(tag) {
            let (top, first) = (y, page)
            tagged(labelTag) { place(label.lines[...], x: x, y: top, leading: style.leading) }
            try flow(body, as: bodyTag, x: x + column, leading: style.leading)
            let taller = Double(label.lines.count - body.lines.count) * style.leading
            if page == first, taller > 0 { skip(taller) }
        }
    }

    private func drawAmounts(_ amounts: [LegalDocument.AmountLine]) throws {
        try tagged("Table") {
            for line in amounts { try draw(line) }
        }
        skip(style.leading / 4)
    }

    private func draw(_ line: LegalDocument.AmountLine) throws {
        var setting = style.body()
        setting.alignment = PANGO_ALIGN_RIGHT
        let words = line.spelling == .figuresAndWords && style.language == .chinese ? line.amount.inWords : nil
        let spelled = try words.map { try lines("（大写：\($0)）", setting) }
        setting.width = nil
        let figures = try lines(line.amount.inFigures, setting)
        let x = style.left + (style.language == .chinese ? indent : 0)
        let right = style.left + style.textWidth - figures.width
        let label = try lines(line.label, style.body(width: max(indent * 2, right - x - style.bodySize)))
        // Figures and words of one sum are read together.
        try need(label.lines.count + (spelled?.lines.count ?? 0), leading: style.leading)
        try tagged("TR") {
            let top = y
            try flow(label, as: "TH", x: x, leading: style.leading)
            let last = max(top, y - style.leading)
            tagged("TD") { place(figures.lines[...], x: right, y: last, leading: style.leading) }
            if let spelled { try flow(spelled, as: "TD", x: style.left, leading: style.leading) }
        }
    }

    private func draw(_ signature: LegalDocument.SignatureBlock) throws {
        var setting = style.body(width: style.textWidth - indent)
        setting.alignment = PANGO_ALIGN_RIGHT
        let names = try signature.lines.map { try lines($0, setting) }
        let date = try signature.date.map { try lines($0.written(in: style.language), setting) }
        skip(style.leading)
        // The stamp goes over the date; a line of its own above keeps it off the names.
        let air = names.isEmpty || date == nil ? 0 : 1
        try need((names + [date].compactMap { $0 }).reduce(air) { $0 + $1.lines.count }, leading: style.leading)
        for name in names { try flow(name, as: "P", x: style.left, leading: style.leading) }
        skip(Double(air) * style.leading)
        if let date { try flow(date, as: "P", x: style.left, leading: style.leading) }
        guard let last = (date ?? names.last)?.lines.last else { return }
        markStampPlace(x: style.left + last.x + last.width / 2, y: y - style.leading / 2)
    }

    private func drawNote(_ text: String) throws {
        skip(style.smallLeading / 2)
        for paragraph in paragraphs(text) {
            var setting = style.small()
            setting.justified = true
            try flow(lines(paragraph, setting), as: "Note", x: style.left, leading: style.smallLeading)
        }
    }
}

/// The text's paragraphs without the empty ones between them.
func paragraphs(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map(String.init)
}
