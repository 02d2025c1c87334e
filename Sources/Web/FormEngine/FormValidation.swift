import Procedure

/// What a form is checked against beside its own definition.
package struct FormSetting: Sendable {
    package let today: CourtDay
    /// The claims an answer responds to.
    package let claims: [Claim]

    package init(today: CourtDay, claims: [Claim] = []) {
        self.today = today
        self.claims = claims
    }
}

extension FormDefinition {
    /// Everything that is still missing or wrong, of one step or of all that apply. Empty when it can be signed.
    package func errors(in answers: FormAnswers, step: Step? = nil, setting: FormSetting) -> [FieldError] {
        let asked = step.map { $0.questions(for: answers) } ?? questions(for: answers)
        do {
            try answers.form.read { reader in
                for question in asked { question.check(answers, &reader, setting, self) }
            }
            return []
        } catch let errors as FormErrors {
            return errors.errors
        } catch {
            return [FieldError(asked.first?.id ?? "form", .formUnreadable)]
        }
    }

    /// Whether a step is done: answered, and nothing in it is wrong.
    package func isDone(_ step: Step, in answers: FormAnswers, setting: FormSetting) -> Bool {
        errors(in: answers, step: step, setting: setting).isEmpty && isBegun(step, in: answers, setting: setting)
    }

    package func isBegun(_ step: Step, in answers: FormAnswers, setting: FormSetting) -> Bool {
        step.fields(for: answers, claims: setting.claims).contains { answers.fields[$0] != nil }
    }
}

extension FormDefinition.Question {
    fileprivate func check(
        _ answers: FormAnswers, _ reader: inout FormReader, _ setting: FormSetting, _ form: FormDefinition
    ) {
        let mayBeEmpty = isOptional == true && !(requiredIf?.holds(in: answers) ?? false)
        switch kind {
        case .text: checkText(&reader, id, name, most: most ?? 200, mayBeEmpty)
        case .longText: checkText(&reader, id, name, most: most ?? 5_000, mayBeEmpty)
        case .money:
            let money = mayBeEmpty ? reader.optionalMoney(id, name) : reader.money(id, name)
            if let money, answers.money(id) != nil, money.minorUnits <= 0 {
                reader.fail(id, "\(name.zh)须大于零。", "Enter a sum above zero for \(name.en).")
            }
        case .day:
            let day = mayBeEmpty ? reader.optionalDay(id, name) : reader.day(id, name)
            if let day, answers.day(id) != nil, day > setting.today {
                reader.fail(id, "\(name.zh)不能晚于今天。", "The date of \(name.en) cannot be after today.")
            }
        case .choice, .yesNo:
            checkChosen(answers, &reader, mayBeEmpty, known: values, most: 1)
        case .choices: checkChosen(answers, &reader, mayBeEmpty, known: values, most: values.count)
        case .claims:
            checkChosen(answers, &reader, mayBeEmpty, known: form.claims.map(\.id), most: form.claims.count)
        case .person:
            for part in parts ?? [] where part.isKnown != true {
                let field = "\(id).\(part.part.rawValue)"
                let what = Words("\(name.zh)的\(part.part.name.zh)", "\(part.part.name.en) of \(name.en)")
                checkText(&reader, field, what, most: 200, part.isOptional == true)
            }
        case .claimResponses:
            for claim in setting.claims where claim.kind != .costs { checkResponse(to: claim, answers, &reader) }
        case .evidence: break
        }
    }

    private var values: [String] { kind == .yesNo ? ["yes", "no"] : (options ?? []).map(\.value) }

    private func checkText(
        _ reader: inout FormReader, _ field: String, _ what: Words, most: Int, _ mayBeEmpty: Bool
    ) {
        if mayBeEmpty {
            _ = reader.optionalText(field, what, max: most)
        } else {
            _ = reader.text(field, what, max: most)
        }
    }

    private func checkChosen(
        _ answers: FormAnswers, _ reader: inout FormReader, _ mayBeEmpty: Bool, known: [String], most: Int
    ) {
        let chosen = answers.all(id).filter { !$0.isEmpty }
        guard chosen.allSatisfy(known.contains), chosen.count <= most, mayBeEmpty || !chosen.isEmpty else {
            reader.fail(id, "请选择\(name.zh)。", "Choose \(name.en).")
            return
        }
    }

    private func checkResponse(to claim: Claim, _ answers: FormAnswers, _ reader: inout FormReader) {
        let fields = ClaimResponseFields(id, claim.claim)
        guard let stand = answers[fields.stand].flatMap(ClaimResponse.Stand.init(rawValue:)) else {
            reader.fail(fields.stand, "请对这项请求表明意见：\(claim.text)", "Say what you think of this claim: \(claim.text)")
            return
        }
        _ = reader.optionalText(fields.reason, Words("理由", "the reason"), max: 2_000)
        guard stand == .partlyAdmitted, let asked = claim.amount else { return }
        let admitted = reader.money(fields.amount, Words("承认的金额", "the sum you admit"))
        guard answers.money(fields.amount) != nil else { return }
        if admitted.minorUnits <= 0 || admitted.minorUnits >= asked.minorUnits {
            reader.fail(
                fields.amount, "部分承认的金额应大于零，小于请求的\(asked.groupedText)元。",
                "A sum admitted in part is above zero and below the \(asked.groupedText) yuan claimed.")
        }
    }
}

extension FormDefinition {
    /// The stands taken on the other side's claims; those still open are left out.
    package func responses(in answers: FormAnswers, to claims: [Claim]) -> [ClaimResponse] {
        guard let question = questions.first(where: { $0.kind == .claimResponses }) else { return [] }
        return claims.compactMap { claim in
            let fields = ClaimResponseFields(question.id, claim.claim)
            guard let stand = answers[fields.stand].flatMap(ClaimResponse.Stand.init(rawValue:)) else { return nil }
            let admitted = stand == .partlyAdmitted && claim.amount != nil ? answers.money(fields.amount) : nil
            return ClaimResponse(
                claim: claim.claim, stand: stand, admitted: admitted, reason: answers[fields.reason] ?? "")
        }
    }
}
