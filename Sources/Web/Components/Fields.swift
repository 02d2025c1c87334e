import Procedure

/// The fields of one form page, filled with what was typed and marked with what is wrong.
///
/// ```swift
/// let fields = Fields(typed, context.voice)
/// PostForm { "\(fields.summary)\(fields.text("name", Words("姓名", "Full name"), autocomplete: "name"))…" }
/// ```
package struct Fields: Sendable {
    package let typed: Typed
    package let voice: Voice

    package init(_ typed: Typed, _ voice: Voice) {
        self.typed = typed
        self.voice = voice
    }

    /// Everything that is wrong, linked to its field; takes the focus when the page opens. Empty when nothing is.
    package var summary: HTML {
        guard typed.hasErrors else { return .empty }
        let general: HTML? = typed.problem.map { problem in
            """
            <p><strong>\(voice(problem.reason))</strong> \(voice(problem.remedy))</p>\
            \(problem.article.map { "<p>\(voice("依据", "Rule")): \(ArticleLink($0).html(voice))</p>" })
            """
        }
        let list: HTML? =
            typed.errors.isEmpty
            ? nil : "<ul>\(typed.errors.map { "<li><a href=\"#f-\($0.field)\">\(voice($0.words))</a></li>" })</ul>"
        return """
            <div class="errors" role="alert" tabindex="-1" autofocus aria-labelledby="errors-title">
            <h2 id="errors-title">\(voice("有内容需要改正", "There is a problem"))</h2>\(general)\(list)</div>

            """
    }

    // MARK: Typed in

    package enum Keyboard: String, Sendable {
        case text
        case telephone = "tel"
        case email
        case digits = "numeric"
    }

    /// One line.
    ///
    /// - Parameters:
    ///   - autocomplete: the browser's name for what it may fill in (`name`, `tel`, `street-address` …).
    ///   - size: the width in characters that suits the answer; nil for the whole column.
    package func text(
        _ name: String, _ label: Words, hint: Words? = nil, autocomplete: String? = nil, keyboard: Keyboard = .text,
        size: Int? = nil, max: Int = 500, isOptional: Bool = false
    ) -> HTML {
        let type = keyboard == .email || keyboard == .telephone ? keyboard.rawValue : "text"
        return field(
            name, label, hint, isOptional: isOptional,
            """
            <input type="\(type)" id="f-\(name)" name="\(name)" value="\(typed[name] ?? "")" maxlength="\(max)"\
            \(attribute: "inputmode", keyboard == .digits ? "numeric" : nil)\(attribute: "size", size.map(String.init))\
            \(attribute: "autocomplete", autocomplete ?? "off")\(common(name, hint, isOptional))>
            """)
    }

    /// A password or a one-time code: never shown again after a mistake.
    package func secret(_ name: String, _ label: Words, hint: Words? = nil, autocomplete: String) -> HTML {
        let isCode = autocomplete == "one-time-code"
        return field(
            name, label, hint, isOptional: false,
            """
            <input type="\(isCode ? "text" : "password")" id="f-\(name)" name="\(name)" autocomplete="\(autocomplete)"\
            \(attribute: "inputmode", isCode ? "numeric" : nil)\(attribute: "size", isCode ? "8" : nil)\(common(name, hint, false))>
            """)
    }

    /// Several lines; grows with the text.
    package func longText(
        _ name: String, _ label: Words, hint: Words? = nil, max: Int = 5_000, rows: Int = 4, isOptional: Bool = false
    ) -> HTML {
        // The parser drops one line break after the tag; ours goes there so that the person's stays.
        field(
            name, label, hint, isOptional: isOptional,
            """
            <textarea id="f-\(name)" name="\(name)" rows="\(rows)" maxlength="\(max)"\(common(name, hint, isOptional))>
            \(typed[name] ?? "")</textarea>
            """)
    }

    package func money(_ name: String, _ label: Words, hint: Words? = nil, isOptional: Bool = false) -> HTML {
        field(
            name, label, hint, isOptional: isOptional,
            """
            <span class="with-unit"><input type="text" inputmode="decimal" id="f-\(name)" name="\(name)" value="\(typed[name] ?? "")" \
            size="14" maxlength="20" autocomplete="off"\(common(name, hint, isOptional, "u-\(name)"))>\
            <span class="unit" id="u-\(name)">\(voice("元", "CNY"))</span></span>
            """)
    }

    package func day(
        _ name: String, _ label: Words, hint: Words? = nil, earliest: CourtDay? = nil, latest: CourtDay? = nil,
        autocomplete: String? = nil, isOptional: Bool = false
    ) -> HTML {
        field(
            name, label, hint, isOptional: isOptional,
            """
            <input type="date" id="f-\(name)" name="\(name)" value="\(typed[name] ?? "")"\(attribute: "min", earliest?.rawValue)\
            \(attribute: "max", latest?.rawValue)\(attribute: "autocomplete", autocomplete)\(common(name, hint, isOptional))>
            """)
    }

    // MARK: Chosen

    /// One thing to choose, with a line of its own to explain it.
    package struct Option: Sendable {
        package let value: String
        package let label: Words
        package let hint: Words?

        package init(_ value: String, _ label: Words, hint: Words? = nil) {
            self.value = value
            self.label = label
            self.hint = hint
        }
    }

    /// Nothing is preselected unless it was chosen before.
    package func radios(_ name: String, _ legend: Words, hint: Words? = nil, _ options: [Option]) -> HTML {
        group(name, legend, hint, options.enumerated().map { choice("radio", name, $0.offset, $0.element) })
    }

    package func checkboxes(_ name: String, _ legend: Words, hint: Words? = nil, _ options: [Option]) -> HTML {
        group(name, legend, hint, options.enumerated().map { choice("checkbox", name, $0.offset, $0.element) })
    }

    /// One statement to agree with.
    package func checkbox(_ name: String, _ label: Words, hint: Words? = nil) -> HTML {
        """
        <div class="field\(typed.error(name) == nil ? "" : " wrong")">\(errorLine(name))\(choice("checkbox", name, 0, Option("yes", label, hint: hint)))</div>

        """
    }

    package func select(
        _ name: String, _ label: Words, hint: Words? = nil, _ options: [Option], isOptional: Bool = false
    ) -> HTML {
        field(
            name, label, hint, isOptional: isOptional,
            """
            <select id="f-\(name)" name="\(name)"\(common(name, hint, isOptional))>\
            <option value="">\(voice("请选择", "Choose"))</option>\
            \(options.map { "<option value=\"\($0.value)\"\(attribute: "selected", when: typed[name] == $0.value)>\(voice($0.label))</option>" })\
            </select>
            """)
    }

    package func hidden(_ name: String, _ value: String) -> HTML {
        "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
    }

    // MARK: Parts

    private func field(_ name: String, _ label: Words, _ hint: Words?, isOptional: Bool, _ control: HTML) -> HTML {
        """
        <div class="field\(typed.error(name) == nil ? "" : " wrong")"><label for="f-\(name)">\(voice(label))\(optionalMark(isOptional))</label>\
        \(hintLine(name, hint))\(errorLine(name))\(control)</div>

        """
    }

    private func group(_ name: String, _ legend: Words, _ hint: Words?, _ choices: [HTML]) -> HTML {
        """
        <fieldset class="field\(typed.error(name) == nil ? "" : " wrong")"\
        \(attribute: "aria-describedby", described(name, hint, nil))><legend>\(voice(legend))</legend>\
        \(hintLine(name, hint))\(errorLine(name))\(choices)</fieldset>

        """
    }

    /// The first one carries the field's own id, so that the summary's link lands on something to act on.
    private func choice(_ type: String, _ name: String, _ index: Int, _ option: Option) -> HTML {
        let id = index == 0 ? "f-\(name)" : "f-\(name)-\(index)"
        let chosen = typed.form.all(name).contains(option.value)
        return """
            <div class="choice"><input type="\(type)" id="\(id)" name="\(name)" value="\(option.value)"\
            \(attribute: "checked", when: chosen)\(attribute: "aria-describedby", option.hint == nil ? nil : "h-\(id)")>\
            <label for="\(id)">\(voice(option.label))</label>\
            \(option.hint.map { "<p class=\"hint\" id=\"h-\(id)\">\(voice($0))</p>" })</div>
            """
    }

    private func common(_ name: String, _ hint: Words?, _ isOptional: Bool, _ unit: String? = nil) -> HTML {
        """
        \(attribute: "aria-describedby", described(name, hint, unit))\
        \(attribute: "aria-invalid", typed.error(name) == nil ? nil : "true")\(attribute: "required", when: !isOptional)
        """
    }

    private func described(_ name: String, _ hint: Words?, _ unit: String?) -> String? {
        let ids = [hint == nil ? nil : "h-\(name)", typed.error(name) == nil ? nil : "e-\(name)", unit].compactMap(
            \.self)
        return ids.isEmpty ? nil : ids.joined(separator: " ")
    }

    private func optionalMark(_ isOptional: Bool) -> HTML? {
        isOptional ? " <span class=\"optional\">\(voice("（选填）", "(optional)"))</span>" : nil
    }

    private func hintLine(_ name: String, _ hint: Words?) -> HTML? {
        hint.map { "<p class=\"hint\" id=\"h-\(name)\">\(voice($0))</p>" }
    }

    private func errorLine(_ name: String) -> HTML? {
        typed.error(name).map {
            "<p class=\"error\" id=\"e-\(name)\"><span class=\"unseen\">\(voice("错误：", "Error: "))</span>\(voice($0))</p>"
        }
    }
}
