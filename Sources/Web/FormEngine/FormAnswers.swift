import Procedure

/// What was typed into a form so far, field by field, exactly as typed: an answer may still be wrong.
package struct FormAnswers: Codable, Hashable, Sendable {
    package private(set) var fields: [String: [String]]

    package init(_ fields: [String: [String]] = [:]) { self.fields = fields }

    /// One text; nil when nothing but space stands there.
    package subscript(_ field: String) -> String? {
        guard let text = fields[field]?.first?.trimmed, !text.isEmpty else { return nil }
        return text
    }

    package func all(_ field: String) -> [String] { fields[field] ?? [] }

    package func money(_ field: String) -> Money? { self[field].flatMap { Money(typed: $0) } }

    package func day(_ field: String) -> CourtDay? {
        guard self[field] != nil else { return nil }
        return try? form.read { $0.day(field, Words("", "")) }
    }

    /// The answers as a form page takes them.
    package var form: Form {
        Form(pairs: fields.sorted { $0.key < $1.key }.flatMap { name, values in values.map { (name, $0) } })
    }

    package mutating func set(_ field: String, to values: [String]) { fields[field] = values }

    /// Takes over the fields that `form` was drawn with; a field of these that did not come was cleared.
    package mutating func take(_ names: some Sequence<String>, from form: Form) {
        for name in names { fields[name] = form.all(name).map { $0.replacing("\r\n", with: "\n") } }
    }
}

extension FormDefinition.Condition {
    package func holds(in answers: FormAnswers) -> Bool {
        let given = answers.all(question).filter { !$0.trimmed.isEmpty }
        if let lacks { return !given.isEmpty && !given.contains(where: lacks.contains) }
        guard let has else { return !given.isEmpty }
        return given.contains(where: has.contains)
    }
}

extension FormDefinition {
    /// The steps that apply to these answers, in order. Answers of the others are kept and count for nothing.
    package func steps(for answers: FormAnswers) -> [Step] {
        steps.filter { step in
            step.shownIf?.holds(in: answers) ?? true
                && (step.questions.isEmpty || step.questions.contains { $0.shownIf?.holds(in: answers) ?? true })
        }
    }

    /// The questions that apply, of one step or of all.
    package func questions(for answers: FormAnswers) -> [Question] {
        steps(for: answers).flatMap { $0.questions(for: answers) }
    }

    /// The next step after one, nil after the last.
    package func step(after id: String, for answers: FormAnswers) -> Step? {
        let shown = steps(for: answers)
        guard let index = shown.firstIndex(where: { $0.id == id }), index + 1 < shown.count else { return nil }
        return shown[index + 1]
    }

    /// The answers with every offered sum that nobody has answered yet.
    package func suggesting(_ answers: FormAnswers) -> FormAnswers {
        var filled = answers
        for question in questions where answers.fields[question.id] == nil {
            guard let suggest = question.suggest, suggest.onlyIf?.holds(in: answers) ?? true,
                let base = answers.money(suggest.of)
            else { continue }
            let (product, overflow) = base.minorUnits.multipliedReportingOverflow(by: suggest.times)
            guard !overflow else { continue }
            let sum = Money(minorUnits: max(product, suggest.least ?? 0), currency: base.currency)
            filled.set(question.id, to: [sum.decimalText])
        }
        return filled
    }
}

extension FormDefinition.Step {
    package func questions(for answers: FormAnswers) -> [FormDefinition.Question] {
        questions.filter { $0.shownIf?.holds(in: answers) ?? true }
    }

    /// The fields the page of this step has.
    package func fields(for answers: FormAnswers, claims: [Claim] = []) -> [String] {
        questions(for: answers).flatMap { question -> [String] in
            switch question.kind {
            case .person:
                (question.parts ?? []).filter { $0.isKnown != true }.map { "\(question.id).\($0.part.rawValue)" }
            case .claimResponses: claims.flatMap { ClaimResponseFields(question.id, $0.claim).all }
            case .evidence: []
            default: [question.id]
            }
        }
    }
}

/// The names of the fields with which one claim is answered.
package struct ClaimResponseFields: Sendable {
    package let stand, amount, reason: String

    package init(_ question: String, _ claim: ClaimID) {
        stand = "\(question).\(claim)"
        amount = "\(question).\(claim).amount"
        reason = "\(question).\(claim).reason"
    }

    package var all: [String] { [stand, amount, reason] }
}
