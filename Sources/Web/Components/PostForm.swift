import Hummingbird
import Procedure

/// A form that posts. The browser's own checks are off: ours say what is wrong in both languages, all at once.
package struct PostForm: Sendable {
    package var action: String?
    /// Saves what is typed as it is typed; see `Autosave`.
    package var autosave: Autosave?
    /// Where a fragment for the page's `Preview` is drawn from the fields as they are now.
    package var preview: String?
    /// For a form with a file field.
    package var carriesFile = false
    package let body: HTML

    /// - Parameter action: nil for the page's own address.
    package init(
        action: String? = nil, autosave: Autosave? = nil, preview: String? = nil, carriesFile: Bool = false,
        _ body: HTML
    ) {
        self.action = action
        self.autosave = autosave
        self.preview = preview
        self.carriesFile = carriesFile
        self.body = body
    }

    package func html(_ context: CourtContext) -> HTML {
        let owner = context.viewer.map(\.account.rawValue) ?? "-"
        return """
            <form method="post"\(attribute: "action", action)\(attribute: "enctype", carriesFile ? "multipart/form-data" : nil) novalidate \
            data-keep="\(owner)"\(attribute: "data-autosave", autosave?.path)\(attribute: "data-version", autosave.map { String($0.version) })\
            \(attribute: "data-preview", preview)>\(context.formProof)
            \(body)\(autosave == nil ? nil : "<p class=\"saved\" role=\"status\" data-saved></p>")</form>

            """
    }
}

/// Saving while typing: `PUT path` with `AutosaveRequest`, answered 200 with `AutosaveAnswer`, or 409 with `AutosaveConflict`.
package struct Autosave: Hashable, Sendable {
    package let path: String
    /// The version of the draft the page was drawn from.
    package let version: Int

    package init(path: String, version: Int) {
        self.path = path
        self.version = version
    }
}

/// `{"fields":{"name":["张三"]},"version":3}`
package struct AutosaveRequest: Decodable, Sendable {
    package let fields: [String: [String]]
    package let version: Int

    package var form: Form {
        Form(pairs: fields.sorted { $0.key < $1.key }.flatMap { name, values in values.map { (name, $0) } })
    }
}

/// `{"saved":"2026-01-05T01:02:03.004Z","version":4}`
package struct AutosaveAnswer: ResponseEncodable, Codable, Sendable {
    package let saved: Instant
    package let version: Int

    package init(saved: Instant, version: Int) {
        self.saved = saved
        self.version = version
    }
}

/// The draft was saved elsewhere meanwhile: what stands there now, so that the page can show both.
package struct AutosaveConflict: ResponseGenerator, Codable, Sendable {
    package let fields: [String: [String]]
    package let version: Int

    package init(_ form: Form, version: Int) {
        fields = Dictionary(grouping: form.pairs, by: \.name).mapValues { $0.map(\.value) }
        self.version = version
    }

    package func response(from request: Request, context: some RequestContext) throws -> Response {
        var response = try context.responseEncoder.encode(self, from: request, context: context)
        response.status = .conflict
        return response
    }
}

/// The place in a form where the answer of its `preview` address is shown, such as the fee for the sum typed.
package struct Preview: Sendable {
    package let content: HTML

    package init(_ content: HTML) { self.content = content }

    package var html: HTML { "<output class=\"preview\" data-preview-here>\(content)</output>" }
}

/// A piece of a page alone, as a preview address answers.
package struct Fragment: ResponseGenerator {
    package let html: HTML

    package init(_ html: HTML) { self.html = html }

    package func response(from request: Request, context: some RequestContext) -> Response { .html(html, status: .ok) }
}

/// A part of a page that live updates swap when the docket moves on.
package struct Region: Sendable {
    package let name: String
    package let content: HTML

    package init(_ name: String, _ content: HTML) {
        self.name = name
        self.content = content
    }

    package var html: HTML { "<div data-region=\"\(name)\">\(content)</div>" }
}
