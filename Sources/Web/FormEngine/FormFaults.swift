import Procedure

extension FormDefinition {
    /// What is wrong with the definition itself, each fault named by its place; empty for a form that may be used.
    package var faults: [String] {
        var faults = Faults()
        if version < 1 { faults.add("version", "starts at 1") }
        if name.isEmpty || !name.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }) {
            faults.add("name", "lower-case letters, digits and dashes")
        }
        faults.check("title", title)
        faults.check("lead", lead)
        if purpose == .complaint, cause == nil { faults.add("cause", "a complaint has a cause of action") }
        if let city, question(city)?.kind != .text { faults.add("city", "\(city) is no text that is asked") }
        checkQuestions(&faults)
        checkClaims(&faults)
        for (index, sentence) in facts.enumerated() {
            let place = "facts[\(index)]"
            faults.check(place, sentence.says)
            checkPlaceholders(in: sentence.says, place, &faults)
            checkCondition(sentence.onlyIf, place, before: nil, &faults)
        }
        return faults.found
    }

    private func checkQuestions(_ faults: inout Faults) {
        var ids: Set<String> = []
        var stepIDs: Set<String> = []
        for step in steps {
            faults.check("\(step.id).title", step.title)
            if let lead = step.lead { faults.check("\(step.id).lead", lead) }
            if !stepIDs.insert(step.id).inserted { faults.add(step.id, "two steps of one id") }
            checkCondition(step.shownIf, step.id, before: step, &faults)
            for question in step.questions {
                if !ids.insert(question.id).inserted { faults.add(question.id, "two questions of one id") }
                check(question, of: step, &faults)
            }
        }
        if steps.isEmpty { faults.add("steps", "there is none") }
    }

    private func check(_ question: Question, of step: Step, _ faults: inout Faults) {
        let place = "\(step.id).\(question.id)"
        for words in [question.name, question.words]
            + [question.hint, question.find, question.proves].compactMap({ $0 })
        {
            faults.check(place, words)
        }
        checkCondition(question.shownIf, place, before: step, &faults)
        checkCondition(question.requiredIf, place, before: nil, &faults)
        if question.requiredIf != nil, question.isOptional != true {
            faults.add(place, "requiredIf means nothing for a question that is never optional")
        }
        let options = question.options ?? []
        for option in options {
            for words in [option.words] + [option.hint, option.says].compactMap({ $0 }) { faults.check(place, words) }
        }
        if Set(options.map(\.value)).count != options.count { faults.add(place, "two options of one value") }
        if [.choice, .choices].contains(question.kind) != !options.isEmpty {
            faults.add(place, options.isEmpty ? "a choice needs options" : "only a choice has options")
        }
        if (question.kind == .person) != !(question.parts ?? []).isEmpty {
            faults.add(place, "a person has parts, and nothing else has")
        }
        for part in question.parts ?? [] { if let hint = part.hint { faults.check(place, hint) } }
        if let suggest = question.suggest {
            if question.kind != .money || self.question(suggest.of)?.kind != .money {
                faults.add(place, "a sum is suggested for a sum, from a sum")
            }
            checkCondition(suggest.onlyIf, place, before: nil, &faults)
        }
    }

    private func checkClaims(_ faults: inout Faults) {
        if purpose == .complaint {
            if claims.isEmpty { faults.add("claims", "a complaint claims something") }
            if !questions.contains(where: { $0.kind == .claims }) { faults.add("claims", "no question asks for them") }
            for role in ["plaintiff", "defendant"] where question(role)?.kind != .person {
                faults.add(role, "a complaint asks who it is")
            }
        }
        if Set(claims.map(\.id)).count != claims.count { faults.add("claims", "two claims of one id") }
        for claim in claims {
            let place = "claims.\(claim.id)"
            for words in [claim.words, claim.says] + [claim.hint].compactMap({ $0 }) { faults.check(place, words) }
            checkPlaceholders(in: claim.says, place, &faults)
            if let amount = claim.amount, question(amount)?.kind != .money {
                faults.add(place, "its amount \(amount) is no sum that is asked")
            }
            if claim.amount == nil, claim.kind != .costs { faults.add(place, "a claim for money names its sum") }
        }
    }

    /// - Parameter step: a page shows what earlier pages decided; nil where any question may be named.
    private func checkCondition(_ condition: Condition?, _ place: String, before step: Step?, _ faults: inout Faults) {
        guard let condition else { return }
        // By the question, since exhibits have no field: they are kept beside the answers.
        guard let question = question(condition.question),
            let owner = steps.first(where: { $0.questions.contains(question) })
        else { return faults.add(place, "depends on \(condition.question), which is not asked") }
        // All that exhibits tell is that they come after the period.
        let known = question.kind == .evidence ? ["late"] : Set(options(of: question).map(\.value))
        for value in (condition.has ?? []) + (condition.lacks ?? []) where !known.isEmpty && !known.contains(value) {
            faults.add(place, "depends on \(value), which \(condition.question) does not offer")
        }
        if condition.has != nil, condition.lacks != nil { faults.add(place, "has and lacks exclude each other") }
        guard let step, let mine = steps.firstIndex(of: step), let theirs = steps.firstIndex(of: owner) else { return }
        if theirs >= mine { faults.add(place, "depends on \(condition.question), which comes no earlier") }
    }

    private func checkPlaceholders(in words: Words, _ place: String, _ faults: inout Faults) {
        for name in Self.placeholders(in: words.zh) + Self.placeholders(in: words.en) where !hasField(name) {
            faults.add(place, "{\(name)} is not asked")
        }
        if Set(Self.placeholders(in: words.zh)) != Set(Self.placeholders(in: words.en)) {
            faults.add(place, "the languages do not name the same answers")
        }
    }
}

private struct Faults {
    var found: [String] = []

    mutating func add(_ place: String, _ what: String) { found.append("\(place): \(what)") }

    mutating func check(_ place: String, _ words: Words) {
        if words.zh.trimmed.isEmpty { add(place, "the Chinese words are missing") }
        if words.en.trimmed.isEmpty { add(place, "the English words are missing") }
    }
}
