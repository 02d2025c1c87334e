import Procedure
import Testing

private let resting = tables.restDays

private func count(
    _ id: DeadlineID, from day: CourtDay, adjusted: Adjustments = .none
) -> ComputedDeadline {
    tables.deadlines.count(tables.deadlines.rule(id), from: day, adjusted: adjusted, resting: resting)
}

@Suite("Limits: how they are counted")
struct CountingTests {
    @Test("the day of service is not counted", .proves(.countingPeriods, .eventNotCounted))
    func startExcluded() {
        let answer = count(.answer, from: "2026-03-10")
        #expect(answer.lastDay == "2026-03-25")
        #expect(answer.explanation.lines.contains { $0.articles.contains("CPL2023:85") })
    }

    @Test("a month without the date ends on its last day", .proves(.monthsAndYears))
    func monthEnd() {
        #expect(count(.ordinaryTrial, from: "2025-08-31").nominalLastDay == "2026-02-28")
        #expect(count("limitation_long_stop", from: "2004-02-29").nominalLastDay == "2024-02-29")
        #expect(count("freeze_deposit", from: "2024-02-29").nominalLastDay == "2025-02-28")
    }

    @Test("each rest day at the end is named with its holiday, in both languages", .proves(.countingPeriods))
    func namesRestDays() {
        let answer = count(.answer, from: "2026-04-17")
        let zh = answer.explanation.text(in: .chinese)
        let en = answer.explanation.text(in: .english)
        for day in ["2026-05-02", "2026-05-03", "2026-05-04", "2026-05-05"] {
            #expect(zh.contains("\(day)（劳动节）是休息日"))
            #expect(en.contains("\(day) (Labour Day) is a rest day"))
        }
        #expect(answer.lastDay == "2026-05-06")
    }

    @Test("a weekend day worked in return is a workday, and the explanation says so", .proves(.countingPeriods))
    func makeUpWorkday() {
        let answer = count(.answer, from: "2026-04-24")
        #expect(answer.lastDay == "2026-05-09")
        #expect(answer.explanation.text(in: .chinese).contains("2026-05-09是劳动节调休上班日"))
    }

    @Test("three days before a hearing are counted back from it")
    func countingBack() {
        #expect(count(.hearingNotice, from: "2026-03-10").lastDay == "2026-03-07")
        #expect(count(.smallClaimsObjection, from: "2026-03-10").lastDay == "2026-03-10")
        #expect(count("active_address_window", from: "2026-05-31").lastDay == "2026-02-28")
    }

    @Test("working days leave out weekends and holidays, and count days worked in return")
    func workingDays() {
        let publish = count("publish_judgment", from: "2026-09-17")
        // 18; 20 is a Sunday worked; 21 to 24; 25 to 27 rest; 28.
        #expect(publish.lastDay == "2026-09-28")
        #expect(publish.explanation.text(in: .chinese).contains("2026-09-25（中秋节）不是工作日"))
    }

    @Test("a limit in hours starts with the next full hour and does not rest", .proves(.eventNotCounted))
    func hours() {
        let rule = tables.deadlines.rule("preservation_pre_suit_ruling")
        let counted = tables.deadlines.count(rule, from: .at("2026-01-31T02:20:00.000Z"), resting: resting)
        // Saturday 10:20 in the court; from 11:00 on, 48 hours.
        #expect(counted.ends == "2026-02-02T03:00:00.000Z")
        #expect(counted.lastDay == "2026-02-02")
        #expect(counted.allows(.at("2026-02-02T02:59:59.999Z"), in: .china))
        #expect(!counted.allows(.at("2026-02-02T03:00:00.000Z"), in: .china))
    }

    @Test("a limit in hours whose hour is unknown is provisional")
    func hourUnknown() {
        let rule = tables.deadlines.rule("preservation_pre_suit_ruling")
        let counted = tables.deadlines.count(rule, from: "2026-01-31", resting: resting)
        #expect(counted.provisional == [.hourUnknown])
    }

    @Test("the last day ends at midnight in the court's zone", .proves(.lastDayOfPeriod))
    func endOfDay() {
        let answer = count(.answer, from: "2026-03-10")
        #expect(answer.allows(.at("2026-03-25T15:59:59.999Z"), in: .china))
        #expect(!answer.allows(.at("2026-03-25T16:00:00.000Z"), in: .china))
        #expect(answer.allows(.on("2026-03-25"), in: .china))
        #expect(!answer.allows(.on("2026-03-26"), in: .china))
    }

    @Test("days left out move the end, also when they overlap or touch the new end", .proves(.leftOutOfTrialLimit))
    func suspension() {
        let appraisal = Adjustments(suspensions: [
            Suspension(.appraisal, from: "2026-01-10", through: "2026-01-19"),
            Suspension(.publicNotice, from: "2026-01-15", through: "2026-01-24"),
        ])
        // Two months from 1 January end on 1 March; fifteen days are left out.
        let trial = count(.smallClaimsTrial, from: "2026-01-01", adjusted: appraisal)
        #expect(trial.nominalLastDay == "2026-03-16")
        let touching = Adjustments(suspensions: [
            Suspension(.appraisal, from: "2026-01-10", through: "2026-01-19"),
            Suspension(.appraisal, from: "2026-03-11", through: "2026-03-12"),
        ])
        #expect(count(.smallClaimsTrial, from: "2026-01-01", adjusted: touching).nominalLastDay == "2026-03-13")
    }

    @Test("days before the event or after the end leave nothing out")
    func suspensionOutside() {
        let adjusted = Adjustments(suspensions: [
            Suspension(.appraisal, from: "2025-12-01", through: "2026-01-01"),
            Suspension(.appraisal, from: "2026-03-02", through: "2026-03-09"),
        ])
        #expect(count(.smallClaimsTrial, from: "2026-01-01", adjusted: adjusted).nominalLastDay == "2026-03-01")
    }

    @Test("an adjournment for new evidence leaves out one month at most", .proves(.leftOutOfLimits))
    func adjournment() {
        let adjusted = Adjustments(suspensions: [
            Suspension(.adjournmentForNewEvidence, from: "2026-01-10", through: "2026-03-31")
        ])
        // 10 January to 9 February: 31 days after 1 July's six months.
        let trial = count(.ordinaryTrial, from: "2026-01-01", adjusted: adjusted)
        #expect(trial.nominalLastDay == "2026-08-01")
    }

    @Test("while a suspension goes on, the date is the earliest and provisional")
    func openSuspension() {
        let adjusted = Adjustments(suspensions: [Suspension(.appraisal, from: "2026-02-01", through: nil)])
        let trial = count(.smallClaimsTrial, from: "2026-01-01", adjusted: adjusted)
        #expect(trial.provisional == [.stillSuspended(.appraisal, since: "2026-02-01")])
        #expect(trial.nominalLastDay == "2026-03-02")
    }

    @Test("a ground that does not stop the limit leaves nothing out, and the explanation says so")
    func otherGround() {
        let adjusted = Adjustments(suspensions: [Suspension(.appraisal, from: "2026-03-11", through: "2026-03-20")])
        let answer = count(.answer, from: "2026-03-10", adjusted: adjusted)
        #expect(answer.lastDay == "2026-03-25")
        #expect(answer.explanation.text(in: .english).contains("does not stop"))
    }

    @Test("an extension lengthens the limit, by days or by months")
    func extended() {
        #expect(count(.answer, from: "2026-03-10", adjusted: Adjustments(extended: .days(5))).lastDay == "2026-03-30")
        let trial = count(.smallClaimsTrial, from: "2025-12-31", adjusted: Adjustments(extended: .months(1)))
        #expect(trial.nominalLastDay == "2026-03-31")
    }

    @Test("a fixed period is neither extended nor stopped nor restored", .proves(.periodsThatNeverStop))
    func fixedPeriod() {
        let adjusted = Adjustments(
            suspensions: [Suspension(.appraisal, from: "2026-01-10", through: "2026-01-19")], extended: .days(30))
        let retrial = count("retrial_application", from: "2025-12-26", adjusted: adjusted)
        #expect(retrial.lastDay == "2026-06-26")
        #expect(retrial.explanation.lines.contains { $0.articles.contains("INT2022:127") })
        #expect(throws: Refusal.fixedPeriodNotRestored) {
            try tables.deadlines.restoration(
                of: tables.deadlines.rule("retrial_application"), obstacleEnded: "2026-07-01", resting: resting)
        }
    }

    @Test("more time is asked for within ten days of the obstacle's end", .proves(.restoringALimit))
    func restoration() throws {
        let last = try tables.deadlines.restoration(
            of: tables.deadlines.rule(.answer), obstacleEnded: "2026-03-10", resting: resting)
        #expect(last.lastDay == "2026-03-20")
    }

    @Test("the court may set a minimum longer, never shorter")
    func courtSet() {
        let evidence: DeadlineID = "evidence_first_instance"
        #expect(count(evidence, from: "2026-03-10", adjusted: Adjustments(courtSetLength: 20)).lastDay == "2026-03-30")
        #expect(count(evidence, from: "2026-03-10", adjusted: Adjustments(courtSetLength: 7)).lastDay == "2026-03-25")
    }

    @Test(
        "what is served by announcement starts its limits when the notice period ends",
        .proves(.announcementPeriod, .lastPublication))
    func announcement() {
        let chain = tables.deadlines.afterAnnouncement(
            lastPublished: "2026-03-02", domicile: .inChina, limits: [tables.deadlines.rule(.answer)], resting: resting)
        #expect(chain.servedOn == "2026-04-01")
        #expect(chain.limits.map(\.lastDay) == ["2026-04-16"])
    }

    @Test("a party abroad is served by announcement after sixty days", .proves(.announcementPeriodAbroad))
    func announcementAbroad() {
        let chain = tables.deadlines.afterAnnouncement(
            lastPublished: "2026-03-02", domicile: .abroad, limits: [], resting: resting)
        #expect(chain.service.nominalLastDay == "2026-05-01")
        #expect(chain.servedOn == "2026-05-06")
    }

    @Test("each party's period counts from its own service", .proves(.eachPartysOwnPeriod))
    func perParty() {
        let appeal = tables.deadlines.rule("appeal_judgment")
        let ends = tables.deadlines.count(
            appeal, fromEach: ["plaintiff": "2026-03-10", "defendant": "2026-03-12"], resting: resting)
        #expect(ends["plaintiff"]?.lastDay == "2026-03-25")
        #expect(ends["defendant"]?.lastDay == "2026-03-27")
    }
}

@Suite("Limits: years whose holidays are unpublished")
struct UnpublishedCalendarTests {
    @Test("a last day in an unpublished year is provisional; weekends roll, holidays are not assumed")
    func provisional() {
        // 1 May 2027 is a Saturday.
        let answer = count(.answer, from: "2027-04-16")
        #expect(answer.nominalLastDay == "2027-05-01")
        #expect(answer.lastDay == "2027-05-03")
        #expect(answer.provisional == [.unpublishedCalendar(year: 2027)])
        #expect(answer.explanation.text(in: .chinese).contains("劳动节（5月1日、2日）"))
        #expect(answer.explanation.text(in: .english).contains("National Day (1 to 3 October)"))
    }

    @Test("1 October 2027 is named, not assumed")
    func nationalDay() {
        let answer = count(.answer, from: "2027-09-16")
        #expect(answer.lastDay == "2027-10-01")
        #expect(answer.isProvisional)
    }

    @Test("a limit that never rolls is final in any year")
    func noRoll() {
        #expect(!count("freeze_deposit", from: "2027-05-01").isProvisional)
    }

    @Test("the end of December waits for the next year's notice")
    func endOfDecember() {
        #expect(!count(.answer, from: "2026-12-13").isProvisional)
        #expect(count(.answer, from: "2026-12-15").provisional == [.unpublishedCalendar(year: 2027)])
        #expect(!count(.answer, from: "2025-12-15").isProvisional)
    }

    @Test("working days that reach into an unpublished year are provisional")
    func workingDays() {
        #expect(count("publish_judgment", from: "2026-12-25").isProvisional)
        #expect(!count("publish_judgment", from: "2026-12-10").isProvisional)
    }
}
