import CourtServer
import Docket
import Procedure
import Storage

/// What someone with the database in hand can do: switch off the guard and change a byte (演示攻击).
struct Attack {
    let court: CourtHouse

    struct Standing: Sendable {
        let docket: DocketID
        let position: Int
    }

    /// Changes the last byte of the newest sealed body, around everything the program does.
    func changeOneByte() async throws {
        try await court.store.write { transaction in
            let row = try transaction.row(
                "SELECT docket, position, body FROM act ORDER BY entered DESC, position DESC LIMIT 1")
            guard let row else { return }
            let docket: DocketID = try row.identifier(0)
            var body = try row.bytes(2)
            body[body.count - 1] ^= 1
            try overwrite(docket, Int(try row.integer(1)), body, in: transaction)
        }
    }

    /// Puts every byte back that opens again when changed back.
    func undo() async throws {
        guard let standing = try await standing() else { return }
        try await court.store.write { transaction in
            let row = try transaction.row(
                "SELECT body FROM act WHERE docket = $1 AND position = $2", standing.docket, standing.position)
            guard let row else { return }
            var body = try row.bytes(0)
            body[body.count - 1] ^= 1
            try overwrite(standing.docket, standing.position, body, in: transaction)
        }
    }

    /// The entry that does not open, if there is one.
    func standing() async throws -> Standing? {
        let audit = DocketAudit(registry: court.registry)
        let newest = try await court.store.read { reading in
            try reading.row("SELECT docket FROM act ORDER BY entered DESC, position DESC LIMIT 1")?.identifier(0)
                as DocketID?
        }
        guard let newest else { return nil }
        let unreadable = try await audit.examine(newest).differences.first { $0.kind == .unreadable }
        return unreadable?.entry.map { Standing(docket: newest, position: $0) }
    }

    private func overwrite(_ docket: DocketID, _ position: Int, _ body: [UInt8], in transaction: Transaction) throws {
        let (off, on) =
            transaction.dialect == .sqlite
            ? (
                ["DROP TRIGGER act_no_update"],
                AppendOnly.statements(table: "act", for: .sqlite).filter { $0.contains("act_no_update") }
            )
            : (
                ["ALTER TABLE act DISABLE TRIGGER act_append_only"],
                ["ALTER TABLE act ENABLE TRIGGER act_append_only"]
            )
        for statement in off { try transaction.run(statement) }
        try transaction.run("UPDATE act SET body = $3 WHERE docket = $1 AND position = $2", docket, position, body)
        for statement in on { try transaction.run(statement) }
    }
}
