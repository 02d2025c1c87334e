import Procedure

/// Something the person should notice.
package struct Notice: Sendable {
    package enum Kind: String, Sendable {
        case information
        /// Done: what was asked has happened.
        case success
        case warning
    }

    package let kind: Kind
    package let title: Words?
    package let body: HTML

    package init(_ kind: Kind, title: Words? = nil, _ body: HTML) {
        self.kind = kind
        self.title = title
        self.body = body
    }

    package func html(_ voice: Voice) -> HTML {
        let sign: Words =
            switch kind {
            case .information: Words("提示", "Note")
            case .success: Words("已完成", "Done")
            case .warning: Words("请注意", "Important")
            }
        return """
            <div class="notice \(kind.rawValue)"><p class="kind">\(voice(title ?? sign))</p>\(body)</div>

            """
    }
}

/// Text set apart: a quotation of the law, of a party, of a document.
package struct Inset: Sendable {
    package let body: HTML

    package init(_ body: HTML) { self.body = body }

    package var html: HTML { "<div class=\"inset\">\(body)</div>\n" }
}

/// More for who wants it.
package struct Disclosure: Sendable {
    package let summary: Words
    package let body: HTML

    package init(_ summary: Words, _ body: HTML) {
        self.summary = summary
        self.body = body
    }

    package func html(_ voice: Voice) -> HTML {
        "<details class=\"more\"><summary>\(voice(summary))</summary><div>\(body)</div></details>\n"
    }
}

/// A term of the field, explained where it first stands. Works without script: the browser opens the popover.
package struct Term: Sendable {
    package let id: String
    package let term: Words
    package let meaning: Words

    /// - Parameter id: unique on the page.
    package init(_ id: String, _ term: Words, meaning: Words) {
        self.id = id
        self.term = term
        self.meaning = meaning
    }

    package func html(_ voice: Voice) -> HTML {
        """
        <button type="button" class="term" popovertarget="term-\(id)">\(voice(term))</button>\
        <span popover id="term-\(id)" class="meaning"><strong>\(voice(term))</strong> \(voice(meaning))</span>
        """
    }
}
