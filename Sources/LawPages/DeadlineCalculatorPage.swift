import Hummingbird
import Procedure
import Web

/// `/law/deadline`: when a limit ends, answered on the same page with the reason for every step.
extension LawPagesArea {
    func deadlinePage(_ context: CourtContext) throws -> Page {
        let form = context.query.form
        // A link from an article chooses the limit and leaves the day open: nothing is wrong yet.
        guard form.has("day") else { return deadlinePage(Typed(form), nil, context) }
        do {
            let answer = try form.read { reader -> DeadlineAnswer? in counted(&reader) }
            return deadlinePage(Typed(form), answer, context)
        } catch let errors as FormErrors {
            return deadlinePage(Typed(form, errors: errors.errors), nil, context)
        }
    }

    private struct DeadlineAnswer {
        let rule: DeadlineRule
        let counted: ComputedDeadline
    }

    private func counted(_ reader: inout FormReader) -> DeadlineAnswer? {
        let rule = reader.form["deadline"].flatMap { tables.deadlines[DeadlineID(rawValue: $0)] }
        if rule == nil { reader.fail("deadline", "请选择期间。", "Choose a limit.") }
        let day = reader.day("day", Words("起算事件的日期", "the day of the event"))
        let isDayGiven = !reader.errors.contains { $0.field == "day" }
        if isDayGiven, !(1949...2200).contains(day.year) {
            reader.fail("day", "请填写1949年至2200年之间的日期。", "Enter a day from 1949 to 2200.")
        }
        let minutes = minutes(&reader)
        guard let rule, reader.errors.isEmpty else { return nil }
        var event = Happened.on(day)
        if rule.unit == .hours, let minutes {
            event = .at(Instant(milliseconds: court.zone.start(of: day).milliseconds + Int64(minutes) * 60_000))
        }
        return DeadlineAnswer(
            rule: rule,
            counted: tables.deadlines.count(rule, from: event, resting: tables.restDays, zone: court.zone))
    }

    /// Since midnight; nil when no time was given.
    private func minutes(_ reader: inout FormReader) -> Int? {
        guard let typed = reader.optionalText("time", Words("时刻", "the time"), max: 8) else { return nil }
        let parts = typed.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard (2...3).contains(parts.count), let hour = parts[0], let minute = parts[1], (0...23).contains(hour),
            (0...59).contains(minute)
        else {
            reader.fail("time", "请用24小时制填写时刻，例如 09:30。", "Enter the time as hours and minutes, such as 09:30.")
            return nil
        }
        return hour * 60 + minute
    }

    // MARK: The page

    private func deadlinePage(_ typed: Typed, _ answer: DeadlineAnswer?, _ context: CourtContext) -> Page {
        let voice = context.voice
        let title = voice("期限计算", "When does it end?")
        let fields = Fields(typed, voice)
        let found = rules(named: typed["find"] ?? "", or: typed["deadline"])
        let limits = GroupedSelect(
            name: "deadline", label: Words("哪一个期间", "Which limit"), hint: nil,
            groups: DeadlineGroup.allCases.compactMap { group in
                let options = found.filter { DeadlineGroup($0) == group }.map { ($0.id.rawValue, $0.name) }
                return options.isEmpty ? nil : .init(name: group.name, options: options)
            })
        return Page(
            title, breadcrumbs: [Page.Link(Words("法律依据", "The law"), path: "/law")],
            status: typed.hasErrors ? .unprocessableContent : .ok, hasErrors: typed.hasErrors,
            """
            <h1>\(title)</h1>
            \(fields.summary)\(answer.map { deadlineAnswer($0, context) })
            <form method="get" action="/law/deadline" role="search" novalidate>
            \(Button.find(in: fields.text("find", Words("按名称查找期间", "Find a limit by its name"), hint: Words("例如：答辩、上诉、保全。", "For example: answer, appeal, preservation."), max: 60, isOptional: true), voice))
            <p class="meta" role="status">\(voice.count(found.count, zh: "个期间", one: "limit to choose from", other: "limits to choose from"))</p>
            </form>
            <form method="get" action="/law/deadline" novalidate>
            \(typed["find"].map { find -> HTML in fields.hidden("find", find) })\(limits.html(typed, voice))
            \(fields.day("day", Words("起算事件的日期", "Day of the event it counts from"), hint: Words("例如收到文书的那一天；当天不计入。", "For example the day you received the paper; that day itself is not counted.")))
            \(timeField(typed, voice))
            \(Button.row(Button.send(Words("计算", "Work it out"), voice)))
            </form>
            <p class="meta">\(voice("期间表：\(tables.deadlines.version)；放假安排：\(tables.restDays.version)。计算结果供参考，以法院文书为准。", "Limits: \(tables.deadlines.version); holidays: \(tables.restDays.version). For orientation: the court's documents are what counts."))</p>
            """)
    }

    /// Only limits in hours need it.
    private func timeField(_ typed: Typed, _ voice: Voice) -> HTML {
        let error = typed.error("time")
        let (mark, described) = error == nil ? ("", "h-time") : (" wrong", "h-time e-time")
        let message = error.map { "<p class=\"error\" id=\"e-time\">\(voice($0))</p>" as HTML }
        return """
            <div class="field\(mark)"><label for="f-time">\(voice("时刻", "Time"))\
            <span class="optional">\(voice("（选填）", " (optional)"))</span></label>\
            <p class="hint" id="h-time">\(voice("只有以小时计算的期间才需要。", "Only for limits counted in hours."))</p>\
            \(message)<input type="time" id="f-time" name="time" value="\(typed["time"] ?? "")" size="8" autocomplete="off" \
            aria-describedby="\(described)"\(attribute: "aria-invalid", error == nil ? nil : "true")></div>

            """
    }

    /// The one already chosen stays in the list, whatever is looked for.
    private func rules(named text: String, or chosen: String?) -> [DeadlineRule] {
        let wanted = text.lowercased().split(whereSeparator: \.isWhitespace).prefix(5)
        guard !wanted.isEmpty else { return tables.deadlines.rules }
        return tables.deadlines.rules.filter { rule in
            let name = "\(rule.name.zh) \(rule.name.en) \(rule.id)".lowercased()
            return rule.id.rawValue == chosen || wanted.allSatisfy { name.contains($0) }
        }
    }

    private func deadlineAnswer(_ answer: DeadlineAnswer, _ context: CourtContext) -> HTML {
        let (voice, counted) = (context.voice, answer.counted)
        let last: HTML =
            counted.ends.map { ends in
                voice.html("<strong>\(voice.time(ends))</strong>前", "Before <strong>\(voice.time(ends))</strong>")
            }
            ?? "<strong>\(voice.weekdayAndDay(counted.lastDay))</strong>"
        let reasons = counted.provisional.map { "<li>\(voice($0.reason))</li>" as HTML }
        return """
            <section class="notice information" aria-labelledby="answer"><h2 class="kind" id="answer">\(voice(answer.rule.name))</h2>
            <p class="lead">\(last)\(counted.isProvisional ? " <span class=\"provisional\">\(voice("暂定", "provisional"))</span>" : nil)</p>
            \(reasons.isEmpty ? nil : "<p>\(voice("这个日期还可能变动：", "This date may still move:"))</p><ul>\(reasons)</ul>")
            \(counted.ends == nil && answer.rule.direction == .after ? "<p>\(voice("到这一天的24时为止。", "Until midnight at the end of that day."))</p>" : nil)
            <h3>\(voice("怎样算出来的", "How it is worked out"))</h3>
            \(ExplanationList(counted.explanation).html(voice))</section>

            """
    }
}
