import Procedure

/// How answers become the sentences of a document. Chinese is what is signed; English helps to read it.
extension FormDefinition {
    /// An answer as it is said, nil when there is none.
    ///
    /// - Parameter field: a question's id, or a part of a person such as `defendant.trade_name`.
    package func said(_ field: String, in answers: FormAnswers, _ voice: Voice, inDocument: Bool = true) -> String? {
        guard let question = questions.first(where: { $0.owns(field) }) else { return nil }
        switch question.kind {
        case .money: return answers.money(field).map(voice.money)
        case .day: return answers.day(field).map(voice.day)
        case .choice, .choices, .claims:
            let chosen = options(of: question).filter { answers.all(field).contains($0.value) }
            let said = chosen.map { voice(inDocument ? $0.says ?? $0.words : $0.words) }
            guard !said.isEmpty else { return nil }
            // On a page each stands as its own option did, with its own capital.
            return inDocument ? voice.list(said) : said.joined(separator: voice("；", "; "))
        case .yesNo:
            return answers[field].map { $0 == "yes" ? voice("是", "Yes") : voice("否", "No") }
        default: return answers[field]
        }
    }

    /// The options of a question as a page offers them; those of `claims` are the form's own claims.
    package func options(of question: Question) -> [Option] {
        switch question.kind {
        case .claims: claims.map { Option(value: $0.id, words: $0.words, hint: $0.hint, says: nil) }
        case .yesNo:
            [
                Option(value: "yes", words: Words("是", "Yes"), hint: nil, says: nil),
                Option(value: "no", words: Words("否", "No"), hint: nil, says: nil),
            ]
        default: question.options ?? []
        }
    }

    /// The claims made, each with its pattern; a sum that is missing or unreadable is nil.
    package func claimsMade(in answers: FormAnswers) -> [(pattern: ClaimPattern, amount: Money?)] {
        guard let question = questions(for: answers).first(where: { $0.kind == .claims }) else { return [] }
        let chosen = Set(answers.all(question.id))
        return claims.filter { chosen.contains($0.id) }.map { ($0, $0.amount.flatMap(answers.money)) }
    }

    /// A claim as the document states it; what has no answer yet stays as a blank line to be seen.
    package func text(of pattern: ClaimPattern, in answers: FormAnswers, _ voice: Voice) -> String {
        filled(voice(pattern.says), in: answers, voice) { _ in "____" } ?? ""
    }

    /// Facts and reasons: paragraphs of sentences, one line each.
    package func facts(in answers: FormAnswers, _ voice: Voice) -> String {
        let asked = Set(questions(for: answers).map(\.id))
        var paragraphs: [String] = []
        for sentence in facts where sentence.onlyIf?.holds(in: answers) ?? true {
            // An answer to a question that no longer applies is kept, and says nothing.
            let named = Self.placeholders(in: sentence.says.zh) + [sentence.onlyIf?.question].compactMap { $0 }
            guard named.allSatisfy({ name in asked.contains { name == $0 || name.hasPrefix("\($0).") } }),
                let text = filled(voice(sentence.says), in: answers, voice, missing: { _ in nil })
            else { continue }
            if sentence.startsParagraph == true || paragraphs.isEmpty {
                paragraphs.append(text)
            } else {
                paragraphs[paragraphs.count - 1] += voice("", " ") + text
            }
        }
        return paragraphs.joined(separator: "\n")
    }

    private func filled(
        _ text: String, in answers: FormAnswers, _ voice: Voice, missing: (String) -> String?
    ) -> String? {
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            guard let value = said(name, in: answers, voice) ?? missing(name) else { return nil }
            // A sentence has its own full stop.
            let end = rest.index(after: close)
            let stops = end < rest.endIndex && "。.；;".contains(rest[end])
            result += rest[..<open] + (stops ? Self.withoutStop(value) : value)
            rest = rest[end...]
        }
        return result + rest
    }

    private static func withoutStop(_ text: String) -> String {
        var text = text
        while let last = text.last, "。.；;".contains(last) { text.removeLast() }
        return text
    }

    /// The names between braces.
    static func placeholders(in text: String) -> [String] {
        text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { piece in
            piece.firstIndex(of: "}").map { String(piece[..<$0]) }
        }
    }
}
