import Procedure
import Web

/// What was said, phase by phase, in the order of time: statements, and questions with their answers.
struct HearingRecord: Sendable {
    let matter: HeardCase
    let course: HearingCourse

    enum Item: Sendable {
        case question(HearingState.Question)
        case statement(HearingState.Statement)
        case earlyEnd(HearingState.EarlyEnd)

        var at: Happened {
            switch self {
            case .question(let question): question.asked
            case .statement(let statement): statement.at
            case .earlyEnd(let end): end.at
            }
        }
    }

    func html(_ voice: Voice) -> HTML {
        let phases = HearingPhase.allCases.compactMap { phase -> HTML? in
            let items = matter.hearing.items(of: phase, zone: matter.law.court.zone)
            guard let held = course[phase] else { return nil }
            let said: HTML =
                items.isEmpty
                ? "<p class=\"hint\">\(voice("没有人发言。", "Nobody spoke."))</p>"
                : "<ol class=\"plain\">\(items.map { item($0, voice) })</ol>"
            return """
                <h3>\(voice(phase.name))</h3>
                <p class="meta">\(voice.happened(held.opened)) – \(voice.dayElement(held.until))</p>
                \(said)

                """
        }
        return phases.joined()
    }

    private func item(_ item: Item, _ voice: Voice) -> HTML {
        switch item {
        case .statement(let statement):
            return """
                <li><p class="meta"><strong>\(said: voice(matter.speaker(statement.party)))</strong> · \(voice.happened(statement.at))</p>\
                \(Paragraphs(statement.text).html)</li>

                """
        case .earlyEnd(let end):
            return """
                <li><p class="meta"><strong>\(said: voice(matter.speaker(end.party)))</strong> · \(voice.happened(end.at))</p>\
                <p>\(voice("没有更多意见，同意提前结束本阶段。", "Has nothing more to say and agrees that the phase end early."))</p></li>

                """
        case .question(let question):
            let answer: HTML =
                if let text = question.answer, let answered = question.answered {
                    """
                    <p class="meta"><strong>\(said: voice(matter.speaker(question.to)))</strong> \(voice("回答", "answered")) · \(voice.happened(answered))</p>\
                    \(Paragraphs(text).html)
                    """
                } else {
                    "<p class=\"hint\">\(voice("尚未回答", "Not answered yet"))</p>"
                }
            return """
                <li><p class="meta"><strong>\(voice("法官", "The judge"))</strong> \
                \(voice("问", "asked")) \(said: voice(matter.speaker(question.to))) · \(voice.happened(question.asked))</p>\
                \(Paragraphs(question.text).html)\(Inset(answer).html)</li>

                """
        }
    }
}

extension HearingState {
    /// Everything said in one phase, in the order of time.
    func items(of phase: HearingPhase, zone: CourtZone) -> [HearingRecord.Item] {
        let all =
            questions.filter { $0.phase == phase }.map(HearingRecord.Item.question)
            + statements.filter { $0.phase == phase }.map(HearingRecord.Item.statement)
            + earlyEnds.filter { $0.phase == phase }.map(HearingRecord.Item.earlyEnd)
        return all.enumerated().sorted { a, b in
            let (first, second) = (zone.instant(of: a.element.at), zone.instant(of: b.element.at))
            return first == second ? a.offset < b.offset : first < second
        }.map(\.element)
    }
}

extension CourtZone {
    /// When it happened, for putting in order; a day counts from its start.
    fileprivate func instant(of happened: Happened) -> Instant {
        switch happened {
        case .at(let instant): instant
        case .on(let day): start(of: day)
        }
    }
}

/// What a person wrote, with its lines as paragraphs.
struct Paragraphs: Sendable {
    let text: String

    init(_ text: String) { self.text = text }

    var html: HTML {
        "\(text.split(whereSeparator: \.isNewline).map { "<p>\(said: String($0))</p>" as HTML })"
    }
}
