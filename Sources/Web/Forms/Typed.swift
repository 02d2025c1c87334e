import Procedure

/// What a form page shows again: what was typed, and what is wrong with it. Empty when the page is opened first.
package struct Typed: Sendable {
    package let form: Form
    package let errors: [FieldError]
    /// The refusal the rules gave, when it was not about single fields.
    package let problem: Problem?

    package init(_ form: Form = Form(), errors: [FieldError] = [], problem: Problem? = nil) {
        self.form = form
        self.errors = errors
        self.problem = problem
    }

    package static let nothing = Typed()

    /// Starts a form page from what is already known; what was typed since wins.
    package func over(_ known: Form) -> Typed {
        guard form.pairs.isEmpty, errors.isEmpty, problem == nil else { return self }
        return Typed(known)
    }

    package var hasErrors: Bool { !errors.isEmpty || problem != nil }

    package subscript(_ name: String) -> String? { form[name] }

    package func error(_ name: String) -> Words? { errors.first { $0.field == name }?.words }
}
