import Procedure

/// A legal document (文书) before it is drawn: what it says and in which order, never how it looks.
///
/// Every string is plain text. Whatever a party typed reaches the page as the characters they typed; there is no markup
/// to smuggle in. Drawn once as HTML and once as PDF, the bytes are kept and never drawn again (D13).
package struct LegalDocument: Hashable, Codable, Sendable {
    /// The name of the document, such as 民事判决书.
    package var title: String
    /// The court that speaks, printed above the title; nil for a party's paper, which names the court at its end.
    package var court: String?
    /// The case number (案号), printed at the right under the title.
    package var caseNumber: String?
    /// Chinese is authoritative; every page of an English document says that it is a translation (D51).
    package var language: Language
    package var textSize: TextSize
    package var blocks: [Block]

    package init(
        title: String, court: String? = nil, caseNumber: String? = nil, language: Language = .chinese,
        textSize: TextSize = .official, blocks: [Block] = []
    ) {
        self.title = title
        self.court = court
        self.caseNumber = caseNumber
        self.language = language
        self.textSize = textSize
        self.blocks = blocks
    }

    /// How large the text is set on A4.
    package enum TextSize: String, Hashable, Codable, Sendable {
        /// 16 pt on 28 pt lines, 22 a page, as official documents are (三号).
        case official
        /// 12 pt on 21 pt lines, for receipts, notices and certificates (小四).
        case compact
    }

    package enum Block: Hashable, Codable, Sendable {
        /// - Parameter level: 1 for a part of the document, 2 for a part of that, and so on to 4.
        case heading(level: Int, text: String)
        /// A newline in the text starts a new paragraph.
        case paragraph(text: String, indent: Indent = .firstLine)
        case party(Party)
        case list(marker: Marker, items: [String])
        case table(Table)
        case fields([Field])
        case amounts([AmountLine])
        case signature(SignatureBlock)
        /// Smaller text that explains and decides nothing.
        case note(text: String)
        case pageBreak
    }

    package enum Indent: String, Hashable, Codable, Sendable {
        /// Two characters in, as Chinese paragraphs begin; English ones begin flush left.
        case firstLine
        case none
    }

    /// What stands before the items of a list.
    package enum Marker: String, Hashable, Codable, Sendable {
        /// 一、二、三、 in Chinese, 1. 2. 3. in English.
        case chinese
        /// 1. 2. 3.
        case arabic
        case dash
    }

    /// A party as documents introduce one: 原告：张伟，男，…… and then their representatives, a line each.
    package struct Party: Hashable, Codable, Sendable {
        package var label: String
        package var lines: [String]

        package init(label: String, lines: [String]) {
            self.label = label
            self.lines = lines
        }
    }

    /// A table; rows shorter than the header are filled with empty cells, longer ones lose what has no column.
    package struct Table: Hashable, Codable, Sendable {
        package var caption: String?
        package var header: [String]
        package var rows: [[String]]

        package init(caption: String? = nil, header: [String], rows: [[String]]) {
            self.caption = caption
            self.header = header
            self.rows = rows
        }

        /// The rows, each with exactly as many cells as the header.
        var evenRows: [[String]] {
            rows.map { row in
                Array(row.prefix(header.count)) + Array(repeating: "", count: max(0, header.count - row.count))
            }
        }
    }

    /// One line of a definition list: what it is, and its value.
    package struct Field: Hashable, Codable, Sendable {
        package var label, value: String

        package init(_ label: String, _ value: String) {
            self.label = label
            self.value = value
        }
    }

    /// A sum with its name, figures at the right.
    package struct AmountLine: Hashable, Codable, Sendable {
        package var label: String
        package var amount: Money
        package var spelling: Spelling

        package init(_ label: String, _ amount: Money, spelling: Spelling = .figures) {
            self.label = label
            self.amount = amount
            self.spelling = spelling
        }
    }

    package enum Spelling: String, Hashable, Codable, Sendable {
        case figures
        /// Figures, then the sum in capital numerals (大写); figures alone in English and for a foreign currency.
        case figuresAndWords
    }

    /// Who signs, at the right, kept together on one page; the court's stamp goes over the date.
    package struct SignatureBlock: Hashable, Codable, Sendable {
        package var lines: [String]
        package var date: CourtDay?

        package init(lines: [String], date: CourtDay? = nil) {
            self.lines = lines
            self.date = date
        }
    }
}

extension LegalDocument {
    /// The sentence on every page of a translation; nil for the authoritative text.
    package static func translationMark(_ language: Language) -> String? {
        switch language {
        case .chinese: nil
        case .english: "Translation for reference. The Chinese text is authoritative. 译文，以中文文本为准。"
        }
    }

    /// The text is unchanged; a heading that would skip a level moves up to the next one.
    ///
    /// Screen readers walk a document by its headings, and a hole in them reads as a missing part.
    var blocksWithHeadingsInOrder: [Block] {
        var previous = 0
        return blocks.map { block in
            guard case .heading(let level, let text) = block else { return block }
            previous = min(max(level, 1), previous + 1, 4)
            return .heading(level: previous, text: text)
        }
    }
}

extension LegalDocument.Marker {
    /// What stands before item `number`, counted from 1.
    func text(_ number: Int, in language: Language) -> String {
        switch self {
        case .chinese where language == .chinese: chineseNumber(number) + "、"
        case .chinese, .arabic: "\(number)."
        case .dash: "—"
        }
    }
}

extension String {
    /// Every way to end a line, a browser's CR LF among them, as one newline.
    var withPlainNewlines: String { String(map { $0.isNewline ? "\n" : $0 }) }
}
