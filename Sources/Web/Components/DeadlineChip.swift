import Procedure

/// A due date: what is due, by whom, how long still, and why this date. The colours only repeat what the words say.
package struct DeadlineChip: Sendable {
    package enum Level: String, Sendable {
        case calm
        /// A third of the time is left, or less.
        case soon
        /// Three days are left, or fewer.
        case urgent
        case passed
        case met
    }

    package let what: Words
    package let owner: Words
    /// The day it began to run; nil when only the end is known, and then nothing is called soon.
    package let began: CourtDay?
    package let due: CourtDay
    package let today: CourtDay
    package let isMet: Bool
    /// The calendar of that year is not published yet, or something else may still move the date.
    package let isProvisional: Bool
    package let explanation: Explanation

    package init(
        _ what: Words, owner: Words, began: CourtDay?, due: CourtDay, today: CourtDay, isMet: Bool = false,
        isProvisional: Bool = false, explanation: Explanation
    ) {
        self.what = what
        self.owner = owner
        self.began = began
        self.due = due
        self.today = today
        self.isMet = isMet
        self.isProvisional = isProvisional
        self.explanation = explanation
    }

    package var level: Level {
        let left = today.days(until: due)
        if isMet { return .met }
        if left < 0 { return .passed }
        if left <= 3 { return .urgent }
        guard let began else { return .calm }
        return left * 3 <= began.days(until: due) ? .soon : .calm
    }

    package func html(_ voice: Voice) -> HTML {
        let left = isMet ? voice("已完成", "met") : voice.daysLeft(until: due, today: today)
        return """
            <details class="deadline \(level.rawValue)"><summary><span class="what">\(voice(what))</span> \
            <span class="when">\(voice.dayElement(due))\(isProvisional ? " <span class=\"provisional\">\(voice("暂定", "provisional"))</span>" : nil)</span> \
            <span class="left">\(left)</span> <span class="owner">\(voice(owner))</span> \
            <span class="ask">\(voice("为何是这一天", "Why this date"))</span></summary>\
            <div class="why">\(ExplanationList(explanation).html(voice))</div></details>

            """
    }
}

/// How a date or a sum came about, line by line, each with its rule.
package struct ExplanationList: Sendable {
    package let explanation: Explanation

    package init(_ explanation: Explanation) { self.explanation = explanation }

    package func html(_ voice: Voice) -> HTML {
        """
        <ol class="explanation">\(explanation.lines.map { line in
            "<li>\(voice(line.words))\(line.articles.map { cited($0, voice) })</li>"
        })</ol>
        """
    }

    private func cited(_ text: String, _ voice: Voice) -> HTML {
        Article(rawValue: text).map { " \(ArticleLink($0).html(voice))" } ?? " <span class=\"article\">\(text)</span>"
    }
}
