import CourtServer
import Docket
import Procedure
import Storage

/// Moves a demonstration court's clock forward, on record, and for every process that opens the court later.
struct ClockMachine {
    let court: CourtHouse

    func move(days: Int) async throws {
        precondition(court.row.isDemonstration, "only a demonstration moves its clock")
        let docket = court.row.docket
        let total = try await court.registry.write(on: [docket]) { transaction in
            let row = try transaction.storage.row("SELECT days_ahead FROM court WHERE only_one = 1")
            let total = Int(try row?.integer(0) ?? 0) + days
            try transaction.storage.run("UPDATE court SET days_ahead = $1 WHERE only_one = 1", total)
            var open = try transaction.docket(docket)
            try transaction.enter(
                [DecidedAct(.court(.clockMoved(ClockMoved(days: days))))], in: &open,
                by: Acting(account: CourtHouse.machine, capacity: .court), channel: .system)
            return total
        }
        court.registry.clock.setAhead(days: total)
    }
}
