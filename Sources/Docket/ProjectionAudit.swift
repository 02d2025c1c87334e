import Foundation
import Logging
import Procedure
import Storage

/// Folds dockets anew and compares the rows of every projection with those in use (派生表核验).
///
/// The folding goes into a small database of its own, which is thrown away: the court's own is only read.
package struct ProjectionAudit: Sendable {
    private let registry: Registry
    private let scratch: Store
    private let folder: String

    /// - Throws: `StorageError`; what the file system throws.
    package init(registry: Registry, logger: Logger) async throws {
        self.registry = registry
        folder = FileManager.default.temporaryDirectory.appending(path: "xiezhi-audit-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        do {
            scratch = try await Store.open(.sqlite(path: "\(folder)/fold.sqlite"), migrations: [], logger: logger)
            try await scratch.write { transaction in
                for projection in registry.projections.all {
                    try registry.projections.create(type(of: projection), generation: Self.generation, in: transaction)
                }
            }
        } catch {
            try? FileManager.default.removeItem(atPath: folder)
            throw error
        }
    }

    /// Clears away what it folded into.
    package func close() async {
        try? await scratch.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    private static let generation = 1
    private typealias Rows = [String: [[String]]]

    private struct Standing: Sendable {
        let entries: [Entry]
        let rows: Rows
    }

    /// What is wrong with the projections as such: one that is missing or of another version, and rows of dockets that
    /// are not there.
    package func compareWhole() async throws -> [Difference] {
        try await registry.store.read { [registry] reading in
            let names = try registry.projections.names(in: reading)
            var differences: [Difference] = []
            for projection in registry.projections.all {
                let kind = type(of: projection)
                guard try Self.isCurrent(kind, in: reading) else {
                    differences.append(
                        Difference(
                            .projectionDiffers, docket: nil, entry: nil,
                            detail: "projection \(kind.name): not at version \(kind.version), run xiezhi rebuild"))
                    continue
                }
                for table in kind.tables {
                    let strays = try reading.rows(
                        names.resolve(
                            """
                            SELECT DISTINCT docket FROM {\(table.name)} p WHERE NOT EXISTS
                                (SELECT 1 FROM docket_head h WHERE h.docket = p.docket)
                            """))
                    for stray in strays {
                        differences.append(
                            Difference(
                                .projectionDiffers, docket: try stray.identifier(0), entry: nil,
                                detail: "table \(table.name): rows of a docket that is not there"))
                    }
                }
            }
            return differences
        }
    }

    /// What the projections hold of these dockets and what their acts fold to. Unreadable dockets are left out: the
    /// audit of the acts names them. Where the keys were destroyed there may be no row at all.
    package func compare(_ dockets: [DocketID]) async throws -> [Difference] {
        let keys = try await registry.vault.load(dockets)
        let destroyed = try await registry.vault.destroyed(among: dockets.filter { keys[$0] == nil })
        let left = try await rowsLeft(of: destroyed)
        let court = registry.court.code
        let standing = try await registry.store.read { [registry] reading in
            let names = try registry.projections.names(in: reading)
            let current = try registry.projections.all.map { type(of: $0) }.filter {
                try Self.isCurrent($0, in: reading)
            }
            return try dockets.reduce(into: [DocketID: Standing]()) { result, docket in
                guard let keys = keys[docket] else { return }
                let stored = try ActTable.entries(of: docket, after: 0, in: reading)
                guard let entries = try? stored.map({ try registry.sealing.open($0, keys: keys).entry }) else { return }
                let sealing = FieldSealing(court: court, docket: docket, keys: keys)
                let rows = try Self.rows(of: docket, in: current.flatMap { $0.tables }, names, sealing, reading)
                result[docket] = Standing(entries: entries, rows: rows)
            }
        }
        let folded = try await fold(standing, keys: keys)
        return left
            + dockets.flatMap { docket -> [Difference] in
                guard let found = standing[docket]?.rows, let derived = folded[docket] else { return [] }
                return registry.projections.all.flatMap { type(of: $0).tables }.compactMap { table in
                    guard let found = found[table.name] else { return nil }
                    return Self.difference(table, found: found, derived: derived[table.name] ?? [], docket: docket)
                }
            }
    }

    private func rowsLeft(of destroyed: Set<DocketID>) async throws -> [Difference] {
        guard !destroyed.isEmpty else { return [] }
        return try await registry.store.read { [registry] reading in
            let names = try registry.projections.names(in: reading)
            let tables = try registry.projections.all.map { type(of: $0) }
                .filter { try Self.isCurrent($0, in: reading) }.flatMap { $0.tables }
            return try destroyed.sorted().flatMap { docket in
                try tables.compactMap { table in
                    let row = try reading.row(
                        names.resolve("SELECT 1 FROM {\(table.name)} WHERE docket = $1 LIMIT 1"), docket)
                    guard row != nil else { return nil }
                    return Difference(
                        .projectionDiffers, docket: docket, entry: nil,
                        detail: "table \(table.name): rows of a docket whose keys were destroyed")
                }
            }
        }
    }

    private func fold(_ standing: [DocketID: Standing], keys: [DocketID: DocketKeys]) async throws -> [DocketID: Rows] {
        let projections = registry.projections
        let court = registry.court.code
        let kinds = projections.all.map { type(of: $0) }
        let names = TableNames(
            projections: kinds,
            generation: Dictionary(uniqueKeysWithValues: kinds.map { ($0.name, Self.generation) }))
        return try await scratch.write { transaction in
            var folded: [DocketID: Rows] = [:]
            for table in kinds.flatMap({ $0.tables }) {
                try transaction.run(names.resolve("DELETE FROM {\(table.name)}"))
            }
            for (docket, standing) in standing {
                guard let keys = keys[docket] else { continue }
                try projections.apply(
                    standing.entries, state: CaseState(folding: standing.entries), keys: keys, names: names,
                    in: transaction)
                let sealing = FieldSealing(court: court, docket: docket, keys: keys)
                folded[docket] = try Self.rows(of: docket, in: kinds.flatMap { $0.tables }, names, sealing, transaction)
            }
            return folded
        }
    }

    private static func isCurrent(_ kind: any Projection.Type, in reading: Reading) throws -> Bool {
        let row = try reading.row("SELECT version FROM projection WHERE name = $1", kind.name)
        return try row?.integer(0) == Int64(kind.version)
    }

    private static func rows(
        of docket: DocketID, in tables: [ProjectionTable], _ names: TableNames, _ sealing: FieldSealing,
        _ reading: Reading
    ) throws -> Rows {
        var rows: Rows = [:]
        for table in tables {
            let columns = ProjectionRows.columns(of: table)
            rows[table.name] = try reading.rows(
                names.resolve("SELECT \(columns) FROM {\(table.name)} WHERE docket = $1"), docket
            ).map { try ProjectionRows.opened($0, of: table, with: sealing) }
        }
        return rows
    }

    /// Says which columns differ where one row stands for another, and how many rows do otherwise; never what is in
    /// them, which may be a name.
    private static func difference(
        _ table: ProjectionTable, found: [[String]], derived: [[String]], docket: DocketID
    ) -> Difference? {
        let missing = Set(derived).subtracting(found)
        let extra = Set(found).subtracting(derived)
        guard !missing.isEmpty || !extra.isEmpty else { return nil }
        var detail = "table \(table.name): "
        if missing.count == 1, extra.count == 1, let right = missing.first, let wrong = extra.first {
            let columns = table.columns.indices.filter { right[$0] != wrong[$0] }.map { table.columns[$0].name }
            detail += "\(columns.joined(separator: ", ")) not as the acts say"
        } else {
            detail += "\(missing.count) rows missing, \(extra.count) rows that no act gives"
        }
        return Difference(.projectionDiffers, docket: docket, entry: nil, detail: detail)
    }
}
