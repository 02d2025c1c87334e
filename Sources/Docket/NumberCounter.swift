import Procedure
import Storage

/// Gapless numbers: one row per type code, mark and year. Locked last, in the transaction that uses the number.
package enum NumberCounter {
    static let migration = Migration(
        "docket-006-counters",
        "CREATE TABLE number_counter (name <text> PRIMARY KEY, value <integer> NOT NULL)<strict>")

    /// The next number of a sequence, starting at 1. Never used again, whatever happens to the case.
    package static func next(_ name: String, in transaction: Transaction) throws -> Int {
        let row = try transaction.row(
            """
            INSERT INTO number_counter (name, value) VALUES ($1, 1)
            ON CONFLICT (name) DO UPDATE SET value = number_counter.value + 1 RETURNING value
            """, name)
        guard let row else { throw StorageError.unexpected("a counter gave no number") }
        return Int(try row.integer(0))
    }

    /// The number of a case about to be docketed today.
    ///
    /// - Source: Case Number Provisions art. 3: one sequence per court, type and year.
    package static func caseNumber(
        type: String, court: CourtProfile, today: CourtDay, in transaction: Transaction
    ) throws -> CaseNumber {
        let serial = try next("\(type)/\(today.year)", in: transaction)
        guard let number = CaseNumber(year: today.year, court: court.code, type: type, serial: serial) else {
            throw StorageError.unexpected("no such case number")
        }
        return number
    }
}
