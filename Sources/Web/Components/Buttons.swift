import Procedure

/// Buttons say what they do: "Send to the court", not "Submit".
package enum Button {
    package enum Rank: String, Sendable {
        /// The one thing this page is for; in the court's red.
        case primary = "button"
        case quiet = "button quiet"
        /// Declines, withdraws, destroys.
        case grave = "button grave"
    }

    /// Sends the form around it; with a name and value where one form has several.
    package static func send(
        _ label: Words, _ voice: Voice, rank: Rank = .primary, name: String? = nil, value: String? = nil
    ) -> HTML {
        """
        <button class="\(rank.rawValue)" type="submit"\(attribute: "name", name)\(attribute: "value", value)>\(voice(label))</button>
        """
    }

    /// Looks like a button and leads somewhere.
    package static func link(_ label: Words, _ voice: Voice, to path: String, rank: Rank = .primary) -> HTML {
        "<a class=\"\(rank.rawValue)\" href=\"\(path)\">\(voice(label))</a>"
    }

    /// A step of its own that needs no fields.
    package static func step(
        _ label: Words, _ context: CourtContext, action: String, rank: Rank = .primary,
        fields: KeyValuePairs<String, String> = [:]
    ) -> HTML {
        """
        <form method="post" action="\(action)" class="step">\(context.formProof)\
        \(fields.map { "<input type=\"hidden\" name=\"\($0.key)\" value=\"\($0.value)\">" })\
        \(send(label, context.voice, rank: rank))</form>
        """
    }

    package static func row(_ buttons: HTML...) -> HTML {
        "<div class=\"actions\">\(buttons.joined(separator: " "))</div>\n"
    }

    /// A field to search by, its button at its side.
    package static func find(in field: HTML, _ voice: Voice) -> HTML {
        "<div class=\"search\">\(field)\(send(Words("查找", "Find"), voice, rank: .quiet))</div>\n"
    }
}
