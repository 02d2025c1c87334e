import CPango

extension PageFlow {
    /// A ruled table. Its header is drawn again on every page it reaches, but is part of the structure once.
    func draw(_ table: LegalDocument.Table) throws {
        guard !table.header.isEmpty else { return }
        if let caption = table.caption {
            var setting = style.body(weight: PANGO_WEIGHT_BOLD)
            setting.alignment = PANGO_ALIGN_CENTER
            let text = try lines(caption, setting)
            try need(text.lines.count + 3, leading: style.leading)
            try flow(text, as: "Caption", x: style.left, leading: style.leading)
        }
        let rows = table.evenRows
        let widths = try columnWidths([table.header] + rows)
        let header = try cells(table.header, widths: widths, weight: PANGO_WEIGHT_BOLD)
        try need(height(of: header) + 2, leading: leading)
        try tagged("Table") {
            try drawRow(header, widths: widths, tag: "TH", repeating: nil)
            for row in rows {
                let row = try cells(row, widths: widths, weight: PANGO_WEIGHT_NORMAL)
                try drawRow(row, widths: widths, tag: "TD", repeating: header)
            }
        }
        skip(style.leading / 2)
    }

    private var leading: Double { style.smallLeading }
    private var padding: Double { 5 }

    private func cells(_ texts: [String], widths: [Double], weight: PangoWeight) throws -> [TextLines] {
        try zip(texts, widths).map { text, width in
            var setting = style.small(width: width - 2 * padding)
            setting.weight = weight
            return try lines(text, setting)
        }
    }

    private func height(of row: [TextLines]) -> Int { row.map(\.lines.count).max() ?? 1 }

    private func drawRow(_ row: [TextLines], widths: [Double], tag: String, repeating header: [TextLines]?) throws {
        let height = height(of: row)
        let headerHeight = header.map { self.height(of: $0) } ?? 0
        let whole = capacity(leading: leading) - headerHeight - 2
        if room(leading: leading) < min(height + 1, whole), y > style.top {
            try turn(repeating: header, widths: widths)
        }
        var from = 0
        // A row taller than the page goes on in another row of the structure on the next one.
        while from < height {
            if room(leading: leading) < 2 { try turn(repeating: header, widths: widths) }
            let count = min(max(1, room(leading: leading) - 1), height - from)
            tagged("TR") { drawSlice(row, from: from, count: count, widths: widths, tag: tag) }
            from += count
        }
    }

    private func turn(repeating header: [TextLines]?, widths: [Double]) throws {
        try turnPage()
        // A header that fills the page would leave no room for what it heads.
        guard let header, height(of: header) * 2 < capacity(leading: leading) else { return }
        drawSlice(header, from: 0, count: height(of: header), widths: widths, tag: nil)
    }

    private func drawSlice(_ row: [TextLines], from: Int, count: Int, widths: [Double], tag: String?) {
        let top = y
        var x = style.left
        for (cell, width) in zip(row, widths) {
            let shown = cell.lines.dropFirst(from).prefix(count)
            let place = { self.place(shown, x: x + self.padding, y: top + 3, leading: self.leading) }
            if let tag { tagged(tag, place) } else { place() }
            x += width
        }
        skipExactly(Double(count) * leading + 6)
        x = style.left
        let right = style.left + widths.reduce(0, +)
        for edge in [top, y] { rule(fromX: style.left, fromY: edge, toX: right, toY: edge) }
        for width in [0] + widths {
            x += width
            rule(fromX: x, fromY: top, toX: x, toY: y)
        }
    }

    /// Each column as wide as its widest line where all fit; otherwise the wide ones share what the narrow ones leave.
    private func columnWidths(_ rows: [[String]]) throws -> [Double] {
        let columns = rows[0].count
        var setting = style.small()
        setting.width = nil
        setting.weight = PANGO_WEIGHT_BOLD
        var natural = [Double](repeating: 0, count: columns)
        for row in rows {
            for (column, text) in row.enumerated() {
                natural[column] = max(natural[column], try lines(text, setting).width + 2 * padding + 1)
            }
        }
        let total = style.textWidth
        let sum = natural.reduce(0, +)
        guard sum > total else { return natural.map { $0 + (total - sum) / Double(columns) } }

        var widths = natural
        var open = Set(natural.indices)
        var left = total
        // Columns that ask for less than an even share get what they ask for; the share grows with each.
        while let narrow = open.filter({ natural[$0] <= left / Double(open.count) }).min(by: {
            natural[$0] < natural[$1]
        }) {
            open.remove(narrow)
            left -= natural[narrow]
        }
        let wide = open.reduce(0) { $0 + natural[$1].squareRoot() }
        for column in open { widths[column] = left * natural[column].squareRoot() / wide }
        return widths
    }
}
