import Procedure
import Testing

private let published = (0..<365 * 6).map { CourtDay(stringLiteral: "2021-01-01").adding(days: $0) }

struct HolidayYear: Decodable, CustomTestStringConvertible {
    struct Holiday: Decodable {
        let name: String
        let daysOff, makeupWorkdays: [CourtDay]
    }

    let year, offCount, makeupCount: Int
    let holidays: [Holiday]
    var testDescription: String { "\(year)" }
}

@Suite("Limits: what holds for all of them")
struct PeriodPropertyTests {
    @Test("every row can be counted and explained in both languages", arguments: tables.deadlines.rules)
    func everyRow(_ rule: DeadlineRule) {
        for day: CourtDay in ["2025-09-20", "2026-02-10", "2026-08-31", "2027-01-29"] {
            let counted = tables.deadlines.count(
                rule, from: rule.unit == .hours ? .at(CourtZone.china.start(of: day)) : .on(day),
                resting: tables.restDays)
            let zh = counted.explanation.text(in: .chinese)
            let en = counted.explanation.text(in: .english)
            #expect(zh.contains(rule.name.zh))
            #expect(en.contains(rule.name.en))
            #expect(zh.contains(counted.lastDay.rawValue))
            #expect(en.contains(counted.lastDay.rawValue))
            #expect(
                !en.contains { $0.isIdeographic && !rule.name.en.contains($0) }
                    || rule.articles.contains { $0.contains("〔") })
        }
        #expect(tables.deadlines.events[rule.countedFrom] != nil)
        #expect(rule.suspendsFor.allSatisfy { tables.deadlines.suspensionGrounds[$0] != nil })
        #expect(!rule.articles.isEmpty)
        for article in rule.articles where !article.contains("〔") { #expect(Article(rawValue: article) != nil) }
    }

    @Test("a limit that rolls never ends on a rest day", arguments: tables.deadlines.rules.filter(\.rollsOnHoliday))
    func neverOnARestDay(_ rule: DeadlineRule) {
        for day in published.filter({ $0.number % 29 == 0 }) {
            let counted = tables.deadlines.count(rule, from: day, resting: tables.restDays)
            #expect(!tables.restDays.contains(counted.lastDay))
            #expect(counted.lastDay >= counted.nominalLastDay)
        }
    }

    @Test("a later event never ends earlier", arguments: tables.deadlines.rules)
    func monotone(_ rule: DeadlineRule) {
        var last = CourtDay(stringLiteral: "1949-01-01")
        for day in published.suffix(120) {
            let counted = tables.deadlines.count(rule, from: day, resting: tables.restDays)
            #expect(counted.lastDay >= last)
            last = counted.lastDay
        }
    }

    @Test("no day left out makes a limit shorter", arguments: 0..<40)
    func suspensionsOnlyLengthen(_ seed: Int) {
        let start = CourtDay(stringLiteral: "2025-03-01")
        let from = start.adding(days: seed * 7 % 90)
        let suspension = Suspension(.appraisal, from: from, through: from.adding(days: seed % 30))
        let plain = tables.count(.ordinaryTrial, from: start)
        let longer = tables.count(.ordinaryTrial, from: start, adjusted: Adjustments(suspensions: [suspension]))
        let inside = (0...seed % 30).count { from.adding(days: $0) > start }
        #expect(longer.nominalLastDay.number == plain.nominalLastDay.number + inside)
    }

    @Test("the limits that rules name stand in the table")
    func named() {
        let named: [DeadlineID] = [
            .filingDecision, .filingDecisionAfterCorrection, .feePrepayment, .serveComplaint, .onlineAssociation,
            .answer,
            .jurisdictionObjection, .hearingNotice, .smallClaimsTrial, .simpleTrial, .ordinaryTrial,
            .announcementService, .announcementServiceForeign, .smallClaimsObjection, .restoration,
        ]
        for id in named { #expect(tables.deadlines[id] != nil, "\(id)") }
        #expect(Set(tables.deadlines.rules.map(\.id)).count == 214)
    }

    @Test(
        "each year's notice has as many days as it says",
        arguments: try LawData.rows("holidays", "years", as: HolidayYear.self))
    func holidayCounts(_ year: HolidayYear) {
        let off = year.holidays.flatMap(\.daysOff)
        let makeUp = year.holidays.flatMap(\.makeupWorkdays)
        #expect(off.count == year.offCount)
        #expect(makeUp.count == year.makeupCount)
        #expect(Set(off).isDisjoint(with: makeUp))
        #expect(off.allSatisfy { tables.restDays.contains($0) })
        #expect(makeUp.allSatisfy { !tables.restDays.contains($0) && $0.weekday > 5 })
        #expect(tables.restDays.publishedYears.contains(year.year))
    }
}

extension Character {
    fileprivate var isIdeographic: Bool { unicodeScalars.allSatisfy(\.properties.isIdeographic) }
}
