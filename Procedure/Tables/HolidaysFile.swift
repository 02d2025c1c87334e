import Procedure

/// holidays.json: the yearly notices, as the converter writes them.
struct HolidaysFile: Decodable {
    struct Year: Decodable {
        let year: Int
        let offCount: Int
        let makeupCount: Int
        let holidays: [Holiday]
    }

    struct Holiday: Decodable {
        let name: String
        let daysOff: [CourtDay]
        let makeupWorkdays: [CourtDay]
    }

    let asOf: String
    let years: [Year]

    func table() -> RestDays {
        RestDays(
            version: asOf,
            years: Dictionary(
                uniqueKeysWithValues: years.map { year in
                    let holidays = year.holidays.map {
                        RestDays.Holiday(name: $0.name, daysOff: $0.daysOff, makeUpWorkdays: $0.makeupWorkdays)
                    }
                    return (year.year, holidays)
                }))
    }
}
