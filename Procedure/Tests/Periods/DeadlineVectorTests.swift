import Procedure
import Testing

struct DeadlineVector: Decodable, CustomTestStringConvertible {
    let deadline: DeadlineID
    let eventDate, nominalLastDay, lastDay: CourtDay
    let why: String

    var testDescription: String { "\(deadline) from \(eventDate): \(why)" }
}

@Suite("Limits: the table's own examples")
struct DeadlineVectorTests {
    @Test(
        "a limit ends on the day the table says", .proves(.countingPeriods, .monthsAndYears, .lastDayOfPeriod),
        arguments: try LawData.rows("deadlines", "test_vectors", as: DeadlineVector.self))
    func vector(_ vector: DeadlineVector) throws {
        let rule = try #require(tables.deadlines[vector.deadline])
        let counted = tables.deadlines.count(rule, from: vector.eventDate, resting: tables.restDays)
        #expect(counted.nominalLastDay == vector.nominalLastDay)
        #expect(counted.lastDay == vector.lastDay)
        #expect(!counted.isProvisional)
    }
}
