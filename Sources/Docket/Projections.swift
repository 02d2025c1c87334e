import Foundation
import Procedure
import Storage
import Synchronization

/// All projections of this court: applied inside every write, rebuilt beside the tables in use and swapped in.
package final class Projections: Sendable {
    let all: [any Projection]
    private let court: String
    private let search: SearchTokens
    /// The names seen last, with the statements they were put into.
    private let last = Mutex<TableNames?>(nil)

    package static let migration = Migration(
        "docket-005-projections",
        """
        CREATE TABLE projection (
            name <text> PRIMARY KEY, version <integer> NOT NULL, generation <integer> NOT NULL
        )<strict>
        """)

    package init(_ all: [any Projection], court: String, search: SearchTokens) {
        self.all = all
        self.court = court
        self.search = search
    }

    /// Creates what is missing and tells which projections must be rebuilt, because their version changed.
    package func prepare(in store: Store) async throws -> [String] {
        try await store.write { [self] transaction in
            var stale: [String] = []
            for projection in all {
                let kind = type(of: projection)
                let row = try transaction.row("SELECT version FROM projection WHERE name = $1", kind.name)
                if let row {
                    if try row.integer(0) != kind.version { stale.append(kind.name) }
                    continue
                }
                try create(kind, generation: 1, in: transaction)
                try transaction.run(
                    "INSERT INTO projection (name, version, generation) VALUES ($1, $2, 1)", kind.name, kind.version)
                if try transaction.row("SELECT 1 FROM act LIMIT 1") != nil { stale.append(kind.name) }
            }
            return stale
        }
    }

    /// The tables in use, which stay so until the transaction ends: a rebuild changes them when nobody is writing.
    func hold(in transaction: Transaction) throws -> TableNames {
        try transaction.lock(key: Self.changing, shared: true)
        return try names(in: transaction)
    }

    /// The lock of whoever changes which tables are in use.
    static let changing: Int64 = 0x7869_657A_6869_0003

    /// The tables in use, for as long as the reading sees one picture.
    func names(in reading: Reading) throws -> TableNames {
        var generation: [String: Int] = [:]
        for row in try reading.rows("SELECT name, generation FROM projection") {
            generation[try row.text(0)] = Int(try row.integer(1))
        }
        return last.withLock { last in
            if let last, last.generation == generation { return last }
            let names = TableNames(projections: all.map { type(of: $0) }, generation: generation)
            last = names
            return names
        }
    }

    func apply(
        _ entries: [Entry], state: CaseState, keys: DocketKeys, only: Set<String>? = nil, names: TableNames,
        in transaction: Transaction
    ) throws {
        guard let docket = entries.first?.docket else { return }
        let writer = ProjectionWriter(
            storage: transaction, names: names, docket: docket,
            sealing: FieldSealing(court: court, docket: docket, keys: keys), search: search)
        for projection in all where only?.contains(type(of: projection).name) ?? true {
            try projection.apply(entries, state: state, in: writer)
        }
    }

    /// Takes the rows of one docket out of every table in use.
    func forget(_ docket: DocketID, in transaction: Transaction) throws {
        let names = try hold(in: transaction)
        for table in all.flatMap({ type(of: $0).tables }) {
            try transaction.run(names.resolve("DELETE FROM {\(table.name)} WHERE docket = $1"), docket)
        }
    }

    func create(_ kind: any Projection.Type, generation: Int, in transaction: Transaction) throws {
        for table in kind.tables {
            for statement in table.create {
                let real = statement.replacingOccurrences(of: "{name}", with: "\(table.name)_g\(generation)")
                try transaction.run(Migration.filled(real, for: transaction.dialect))
            }
        }
    }

    func drop(_ kind: any Projection.Type, generation: Int, in transaction: Transaction) throws {
        for table in kind.tables { try transaction.run("DROP TABLE IF EXISTS \(table.name)_g\(generation)") }
    }
}
