import Procedure

/// causes.json: four levels, of which the third and fourth can be chosen.
struct CausesFile: Decodable {
    struct Edition: Decodable { let effective: CourtDay }

    struct Part: Decodable {
        let name: String
        let feeHint: String?
        let level2: [Heading]
    }

    struct Heading: Decodable {
        let name: String
        let feeHint: String?
        let level3: [Row]
    }

    struct Row: Decodable {
        let id, name: String
        let pinyin: String
        let icourt2025: [String]?
        let icourt2025IfOnline: [String]?
        let icourt2018: [String]?
        let feeHint: String?
        let secondSource: Bool
        let level4: [Row]?

        // The decoder's snake-case strategy writes `icourt_2025` as `icourt2025`.
        enum CodingKeys: String, CodingKey {
            case id, name, pinyin, icourt2025, icourt2025IfOnline, icourt2018, feeHint, secondSource, level4
        }
    }

    let asOf: String
    let instrument: Edition
    let level1: [Part]

    /// - Throws: `UnreadableTable` for a cause or a heading without its English name, and for a name of none.
    func table(names: CauseNamesFile, layWords: LayWordsFile) throws(UnreadableTable) -> CauseTable {
        var causes: [Cause] = []
        var headings: Set<String> = []
        for part in level1 {
            for heading in part.level2 {
                headings.formUnion([part.name, heading.name])
                var path = [try names.heading(part.name)]
                if part.name != heading.name { path.append(try names.heading(heading.name)) }
                for row in heading.level3 {
                    let hint = row.feeHint ?? heading.feeHint ?? part.feeHint
                    let cause = try row.cause(named: names, under: path, feeHint: hint, parent: nil)
                    causes.append(cause)
                    for child in row.level4 ?? [] {
                        causes.append(
                            try child.cause(named: names, under: path + [cause.words], feeHint: hint, parent: row))
                    }
                }
            }
        }
        try names.requireNothing(beyond: headings, Set(causes.map(\.id)))
        return CauseTable(
            version: asOf, inForceFrom: instrument.effective, causes: causes, layWords: layWords.entries.map(\.words))
    }
}

extension CausesFile.Row {
    /// A fourth-level cause without flags of its own has its parent's.
    fileprivate func cause(
        named names: CauseNamesFile, under path: [Words], feeHint hint: String?, parent: CausesFile.Row?
    ) throws(UnreadableTable) -> Cause {
        let hasOwn = icourt2025 != nil || icourt2025IfOnline != nil || icourt2018 != nil
        let flags = hasOwn ? self : parent ?? self
        return Cause(
            id: id, name: name, english: try names.cause(id), path: path, pinyin: pinyin,
            internet2025: flags.icourt2025 ?? [], internet2025IfOnline: flags.icourt2025IfOnline ?? [],
            internet2018: flags.icourt2018 ?? [], feeHint: feeHint ?? hint, confirmed: secondSource)
    }
}

/// lay_words.json: our own wording.
struct LayWordsFile: Decodable {
    struct Entry: Decodable {
        let zh, en, causes: [String]
        let pinyin: [String]

        var words: LayWords { LayWords(chinese: zh, english: en, pinyin: pinyin, causes: causes) }
    }

    let entries: [Entry]
}
