import Procedure

/// Draws the pages of a form from its definition, and the answers as facts to check.
package struct FormDrawing: Sendable {
    package let form: FormDefinition
    package let answers: FormAnswers
    package let fields: Fields
    /// The claims an answer responds to.
    package let claims: [Claim]
    /// Values known from the account, by field; shown and not asked.
    package let known: [String: String]

    package init(
        _ form: FormDefinition, _ answers: FormAnswers, _ fields: Fields, claims: [Claim] = [],
        known: [String: String] = [:]
    ) {
        self.form = form
        self.answers = answers
        self.fields = fields
        self.claims = claims
        self.known = known
    }

    private var voice: Voice { fields.voice }

    /// The fields of one step.
    package func html(_ step: FormDefinition.Step) -> HTML {
        step.questions(for: answers).map { question in
            "\(control(question))\(proves(question))" as HTML
        }.joined()
    }

    private func control(_ question: FormDefinition.Question) -> HTML {
        let (id, label, hint) = (question.id, question.words, hint(question))
        let mayBeEmpty = question.isOptional == true && !(question.requiredIf?.holds(in: answers) ?? false)
        switch question.kind {
        case .text: return fields.text(id, label, hint: hint, max: question.most ?? 200, isOptional: mayBeEmpty)
        case .longText:
            return fields.longText(id, label, hint: hint, max: question.most ?? 5_000, isOptional: mayBeEmpty)
        case .money: return fields.money(id, label, hint: hint, isOptional: mayBeEmpty)
        case .day: return fields.day(id, label, hint: hint, isOptional: mayBeEmpty)
        case .choice, .yesNo: return fields.radios(id, label, hint: hint, options(question))
        case .choices, .claims: return fields.checkboxes(id, label, hint: hint, options(question))
        case .person: return person(question)
        case .claimResponses: return claims.filter { $0.kind != .costs }.map { response(question, $0) }.joined()
        case .evidence: return .empty
        }
    }

    private func hint(_ question: FormDefinition.Question) -> Words? {
        let parts = [question.hint, question.find].compactMap { $0 }
        guard !parts.isEmpty else { return nil }
        return Words(parts.map(\.zh).joined(), parts.map(\.en).joined(separator: " "))
    }

    private func options(_ question: FormDefinition.Question) -> [Fields.Option] {
        form.options(of: question).map { Fields.Option($0.value, $0.words, hint: $0.hint) }
    }

    /// Why it is asked, for who wants to know.
    private func proves(_ question: FormDefinition.Question) -> HTML? {
        question.proves.map { Disclosure(Words("为什么问这个？", "Why is this asked?"), "<p>\(voice($0))</p>").html(voice) }
    }

    private func person(_ question: FormDefinition.Question) -> HTML {
        let parts = question.parts ?? []
        let shown = parts.filter { $0.isKnown == true }.compactMap { part in
            known["\(question.id).\(part.part.rawValue)"].map { Facts.Fact(part.part.words, "\(said: $0)") }
        }
        let asked = parts.filter { $0.isKnown != true }.map { part in
            let field = "\(question.id).\(part.part.rawValue)"
            return fields.text(
                field, part.part.words, hint: part.hint, autocomplete: autocomplete(part, of: question),
                keyboard: part.part == .telephone ? .telephone : .text, isOptional: part.isOptional == true)
        }
        let facts = shown.isEmpty ? .empty : Facts(shown).html(voice)
        let lead: HTML? = hint(question).map { "<p class=\"hint\">\(voice($0))</p>" }
        return "<h2>\(voice(question.words))</h2>\(lead)\(facts)\(asked)"
    }

    /// The browser may fill in the person's own address and telephone; never somebody else's.
    private func autocomplete(_ part: FormDefinition.Part, of question: FormDefinition.Question) -> String? {
        guard (question.parts ?? []).contains(where: { $0.isKnown == true }) else { return nil }
        return switch part.part {
        case .address: "street-address"
        case .telephone: "tel"
        default: nil
        }
    }

    private func response(_ question: FormDefinition.Question, _ claim: Claim) -> HTML {
        let names = ClaimResponseFields(question.id, claim.claim)
        let sum =
            claim.amount == nil
            ? HTML.empty
            : fields.money(
                names.amount, Words("承认的金额（部分承认时填写）", "The sum you admit, if only part"), isOptional: true)
        return """
            \(fields.radios(names.stand, claim.words, hint: question.hint, [
                .init(ClaimResponse.Stand.admitted.rawValue, Words("同意", "I agree")),
                .init(ClaimResponse.Stand.partlyAdmitted.rawValue, Words("部分同意", "I agree in part")),
                .init(ClaimResponse.Stand.disputed.rawValue, Words("不同意", "I do not agree")),
            ]))\(sum)\(fields.longText(names.reason, Words("理由", "Your reasons"), max: 2_000, rows: 3, isOptional: true))
            """
    }

    // MARK: To be checked

    /// The answers of one step as facts, each with a link to the page that changes it.
    package func facts(_ step: FormDefinition.Step, change: String) -> HTML {
        let facts = step.questions(for: answers).flatMap { question -> [Facts.Fact] in
            switch question.kind {
            case .person: personFacts(question, change)
            case .claimResponses: claims.filter { $0.kind != .costs }.map { responseFact(question, $0, change) }
            case .evidence: []
            default:
                [
                    fact(
                        title(of: question), form.said(question.id, in: answers, voice, inDocument: false), change,
                        question.id)
                ]
            }
        }
        return facts.isEmpty ? .empty : Facts(facts).html(voice)
    }

    private func title(of question: FormDefinition.Question) -> Words {
        Words(question.name.zh, question.name.en.prefix(1).uppercased() + question.name.en.dropFirst())
    }

    private func personFacts(_ question: FormDefinition.Question, _ change: String) -> [Facts.Fact] {
        (question.parts ?? []).map { part in
            let field = "\(question.id).\(part.part.rawValue)"
            guard part.isKnown == true else { return fact(part.part.words, answers[field], change, field) }
            return Facts.Fact(part.part.words, "\(said: known[field] ?? "")")
        }
    }

    private func fact(_ name: Words, _ value: String?, _ change: String, _ field: String) -> Facts.Fact {
        let shown: HTML = value.map { "\(said: $0)" } ?? "<span class=\"meta\">\(voice("未填写", "Not answered"))</span>"
        return Facts.Fact(name, shown, change: "\(change)#f-\(field)")
    }

    private func responseFact(_ question: FormDefinition.Question, _ claim: Claim, _ change: String) -> Facts.Fact {
        let names = ClaimResponseFields(question.id, claim.claim)
        let stand: Words? = answers[names.stand].flatMap(ClaimResponse.Stand.init(rawValue:)).map { stand in
            switch stand {
            case .admitted: Words("同意", "Agreed")
            case .partlyAdmitted: Words("部分同意", "Agreed in part")
            case .disputed: Words("不同意", "Not agreed")
            }
        }
        let parts = [stand.map { voice($0) }, answers.money(names.amount).map(voice.money), answers[names.reason]]
        let said = parts.compactMap { $0 }.joined(separator: voice("；", "; "))
        return fact(claim.words, said.isEmpty ? nil : said, change, names.stand)
    }
}
