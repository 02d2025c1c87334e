import Foundation
import Procedure

extension LawQuestions {
    /// Answers one question about a limit.
    ///
    /// - Parameter json: `deadline` and `event_date`; for a limit in hours `event_time` (RFC 3339). Optional:
    ///   `suspensions` (list of `ground`, `from`, `to`; both days included, `to` absent while it goes on),
    ///   `extension_days` or `extension_months`, `length` (what the court set, in the limit's unit).
    /// - Returns: `deadline`, `nominal_last_day`, `last_day`, `ends` (the first instant too late), `provisional`,
    ///   `provisional_reasons`, `articles`, `explanation`, `table`.
    public func answerDeadline(json: Data) throws(LawQuestionProblem) -> Data {
        var fields = try Self.fields(of: json)
        let id = DeadlineID(rawValue: try fields.string("deadline"))
        guard let rule = tables.deadlines[id] else { throw .unknownLimit("deadline") }
        let trigger = try trigger(of: rule, in: &fields)
        let adjusted = try adjustments(in: &fields)
        try fields.finish()

        let zone = CourtZone.china
        let counted = tables.deadlines.count(
            rule, from: trigger, adjusted: adjusted, resting: tables.restDays, zone: zone)
        let reasons = counted.provisional.map { provisional -> StrictJSON in
            ["code": .string(provisional.code), "reason": StrictJSON(provisional.reason)]
        }
        let answer: StrictJSON = [
            "deadline": .string(id.rawValue),
            "name": StrictJSON(rule.name),
            "nominal_last_day": .string(counted.nominalLastDay.rawValue),
            "last_day": .string(counted.lastDay.rawValue),
            "ends": .string(counted.end(in: zone).rawValue),
            "provisional": .bool(counted.isProvisional),
            "provisional_reasons": .array(reasons),
            "articles": .articles(of: counted.explanation),
            "explanation": StrictJSON(counted.explanation),
            "table": .string(tables.deadlines.version),
        ]
        return Data(answer.text.utf8)
    }

    private func trigger(
        of rule: DeadlineRule, in fields: inout QuestionFields
    ) throws(LawQuestionProblem) -> Happened {
        let time = try fields.instant("event_time")
        let day = try fields.day("event_date")
        if let time {
            guard day == nil || day == CourtZone.china.day(of: time) else {
                throw .outOfRange(
                    "event_time", Words("应与event_date为同一天（北京时间）", "it is the day of event_date, China time"))
            }
            return .at(time)
        }
        if rule.unit == .hours { throw .missing("event_time") }
        guard let day else { throw .missing("event_date") }
        return .on(day)
    }

    private func adjustments(in fields: inout QuestionFields) throws(LawQuestionProblem) -> Adjustments {
        var adjusted = Adjustments()
        if let list = fields.optional("suspensions") { adjusted.suspensions = try suspensions(list) }
        let days = try fields.whole("extension_days", in: 1...3_650)
        let months = try fields.whole("extension_months", in: 1...120)
        switch (days, months) {
        case (let days?, nil): adjusted.extended = .days(days)
        case (nil, let months?): adjusted.extended = .months(months)
        case (nil, nil): break
        case (_?, _?):
            throw .outOfRange(
                "extension_months",
                Words("只填extension_days或extension_months之一", "give extension_days or extension_months"))
        }
        adjusted.courtSetLength = try fields.whole("length", in: 1...3_650)
        return adjusted
    }

    private func suspensions(_ value: StrictJSON) throws(LawQuestionProblem) -> [Suspension] {
        guard case .array(let rows) = value else { throw .wrongType("suspensions", Words("列表", "a list")) }
        guard rows.count <= 100 else { throw .outOfRange("suspensions", Words("至多100项", "at most 100 of them")) }
        var suspensions: [Suspension] = []
        for (index, row) in rows.enumerated() {
            var fields = try QuestionFields(row, at: "suspensions[\(index)]")
            let ground = SuspensionGround.ID(rawValue: try fields.string("ground"))
            guard tables.deadlines.suspensionGrounds[ground] != nil else {
                let known = tables.deadlines.suspensionGrounds.keys.map(\.rawValue).sorted()
                throw .unknownValue(fields.place("ground"), known)
            }
            guard let from = try fields.day("from") else { throw .missing(fields.place("from")) }
            let through = try fields.day("to")
            guard through.map({ $0 >= from }) ?? true else {
                throw .outOfRange(fields.place("to"), Words("不得早于from", "not before from"))
            }
            try fields.finish()
            suspensions.append(Suspension(ground, from: from, through: through))
        }
        return suspensions
    }
}
