import Procedure

/// Something wrong with one field: what, and how to put it right.
package struct FieldError: Hashable, Sendable {
    package let field: String
    package let words: Words

    package init(_ field: String, _ words: Words) {
        self.field = field
        self.words = words
    }
}

/// All that is wrong with a form, at once. Answered 422 with what was typed kept.
package struct FormErrors: Error, Hashable, Sendable {
    package let errors: [FieldError]

    package init(_ errors: [FieldError]) { self.errors = errors }
    package init(_ field: String, _ words: Words) { errors = [FieldError(field, words)] }
}

extension Form {
    /// Reads typed values; everything that is wrong is told at once.
    ///
    /// ```swift
    /// let command = try form.read { reader in
    ///     AddClaim(text: reader.text("text", Words("诉讼请求", "the claim"), max: 2_000),
    ///              amount: reader.money("amount", Words("金额", "the amount")))
    /// }
    /// ```
    /// - Throws: `FormErrors` when any reading failed; the value made from the stand-ins is then dropped.
    package func read<Value>(_ body: (inout FormReader) throws -> Value) throws -> Value {
        var reader = FormReader(self)
        let value: Value
        do {
            value = try body(&reader)
        } catch {
            if !reader.errors.isEmpty { throw FormErrors(reader.errors) }
            throw error
        }
        guard reader.errors.isEmpty else { throw FormErrors(reader.errors) }
        return value
    }
}

/// Reads the fields of a form as values and collects what is wrong. `what` names the field inside a sentence.
///
/// A reading that fails returns a stand-in that never leaves `Form.read`.
package struct FormReader {
    package let form: Form
    package private(set) var errors: [FieldError] = []

    fileprivate init(_ form: Form) { self.form = form }

    package mutating func fail(_ field: String, _ zh: String, _ en: String) {
        errors.append(FieldError(field, Words(zh, en)))
    }

    // MARK: Text

    /// One line or several, without space at the ends; lines end with one line feed.
    package mutating func text(_ name: String, _ what: Words, max: Int = 500) -> String {
        guard let text = optionalText(name, what, max: max) else {
            if !errors.contains(where: { $0.field == name }) { missing(name, what) }
            return ""
        }
        return text
    }

    /// - Returns: nil when nothing but space was typed.
    package mutating func optionalText(_ name: String, _ what: Words, max: Int = 500) -> String? {
        let text = (form[name] ?? "").replacing("\r\n", with: "\n").replacing("\r", with: "\n").trimmed
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F || $0 == "\n" || $0 == "\t" })
        else {
            fail(
                name, "\(what.zh)含有无法使用的控制字符，请删除后重试。",
                "\(what.en.capitalised) contains control characters. Remove them.")
            return nil
        }
        guard text.count <= max else {
            fail(
                name, "\(what.zh)最多\(max)个字，现在有\(text.count)个。",
                "\(what.en.capitalised) can have \(max) characters; it has \(text.count).")
            return nil
        }
        return text.isEmpty ? nil : text
    }

    /// A secret, exactly as typed.
    package mutating func secret(_ name: String, _ what: Words, max: Int = 1_000) -> String {
        let text = form[name] ?? ""
        if text.isEmpty || text.utf8.count > max { missing(name, what) }
        return text
    }

    // MARK: Values

    package mutating func money(_ name: String, _ what: Words, currency: Currency = .cny) -> Money {
        guard let typed = form[name]?.trimmed, !typed.isEmpty else {
            missing(name, what)
            return .zero
        }
        guard let money = Money(typed: typed, currency: currency) else {
            fail(
                name, "请用数字填写\(what.zh)，最多两位小数，例如 1280.50。",
                "Enter \(what.en) as a number with at most two decimals, such as 1280.50.")
            return .zero
        }
        return money
    }

    package mutating func optionalMoney(_ name: String, _ what: Words) -> Money? {
        (form[name]?.trimmed).map(\.isEmpty) ?? true ? nil : money(name, what)
    }

    /// From one field as `2026-01-05`, as the browser's date field sends it; `2026/1/5` and `2026年1月5日` are taken too.
    package mutating func day(_ name: String, _ what: Words) -> CourtDay {
        guard let typed = form[name]?.trimmed, !typed.isEmpty else {
            missing(name, what)
            return CourtDay(number: 0)
        }
        let numbers = typed.split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) }
        guard numbers.count == 3, typed.count <= 20,
            let day = CourtDay(year: numbers[0], month: numbers[1], day: numbers[2])
        else {
            fail(name, "请填写真实的日期，例如 2026-01-05。", "Enter a real date for \(what.en), such as 2026-01-05.")
            return CourtDay(number: 0)
        }
        return day
    }

    package mutating func optionalDay(_ name: String, _ what: Words) -> CourtDay? {
        (form[name]?.trimmed).map(\.isEmpty) ?? true ? nil : day(name, what)
    }

    package mutating func integer(_ name: String, _ what: Words, in range: ClosedRange<Int>) -> Int {
        guard let typed = form[name]?.trimmed, !typed.isEmpty else {
            missing(name, what)
            return range.lowerBound
        }
        guard typed.utf8.count <= 19, let number = Int(typed), range.contains(number) else {
            fail(
                name, "\(what.zh)应当是\(range.lowerBound)到\(range.upperBound)之间的整数。",
                "\(what.en.capitalised) must be a whole number from \(range.lowerBound) to \(range.upperBound).")
            return range.lowerBound
        }
        return number
    }

    /// One of the cases of an enum with text values, as radios or a select send it.
    package mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, _ what: Words, as: Choice.Type = Choice.self
    ) -> Choice {
        guard let choice = form[name].flatMap(Choice.init(rawValue:)) else {
            fail(name, "请选择\(what.zh)。", "Choose \(what.en).")
            guard let standIn = Choice.allCases.first else { preconditionFailure("a choice needs something to choose") }
            return standIn
        }
        return choice
    }

    package mutating func optionalChoice<Choice: RawRepresentable<String>>(
        _ name: String, as: Choice.Type = Choice.self
    ) -> Choice? {
        form[name].flatMap(Choice.init(rawValue:))
    }

    package func isChecked(_ name: String) -> Bool { form[name] != nil }

    /// An id that a hidden field or a choice carries; ours, so a wrong one is no typing error.
    ///
    /// - Throws: `Malformed`.
    package func id<T>(_ name: String, as: Identifier<T>.Type = Identifier<T>.self) throws -> Identifier<T> {
        guard let id = form[name].flatMap(Identifier<T>.init(rawValue:)) else { throw Malformed(.formUnreadable) }
        return id
    }

    package func ids<T>(_ name: String, as: Identifier<T>.Type = Identifier<T>.self) throws -> [Identifier<T>] {
        try form.all(name).map { text in
            guard let id = Identifier<T>(rawValue: text) else { throw Malformed(.formUnreadable) }
            return id
        }
    }

    private mutating func missing(_ name: String, _ what: Words) {
        fail(name, "请填写\(what.zh)。", "Enter \(what.en).")
    }
}

extension String {
    var trimmed: String {
        let start = firstIndex { !$0.isWhitespace } ?? endIndex
        let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? start
        return String(self[start..<end])
    }

    fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
