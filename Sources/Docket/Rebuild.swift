import Foundation
import Procedure
import Storage

/// Refolds projections from the acts alone, beside the tables in use, and swaps them in at once (重建).
package struct Rebuild: Sendable {
    private let registry: Registry

    package init(registry: Registry) { self.registry = registry }

    package struct Report: Sendable {
        package let projections: [String]
        /// Without those whose keys were destroyed; nothing can be folded from them.
        package let dockets: Int
        package let acts: Int
    }

    /// - Parameters:
    ///   - names: which projections; all when nil.
    ///   - progress: called now and then with the number of dockets done.
    package func run(
        _ names: Set<String>? = nil, progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> Report {
        let projections = registry.projections
        let chosen = projections.all.map { type(of: $0) }.filter { names?.contains($0.name) ?? true }
        let only = Set(chosen.map { $0.name })
        var generation = try await registry.store.read { try projections.names(in: $0).generation }
        for kind in chosen { generation[kind.name, default: 0] += 1 }
        let next = TableNames(projections: projections.all.map { type(of: $0) }, generation: generation)

        try await registry.store.write { [generation] transaction in
            for kind in chosen {
                try projections.drop(kind, generation: generation[kind.name] ?? 1, in: transaction)
                try projections.create(kind, generation: generation[kind.name] ?? 1, in: transaction)
            }
        }
        var folded: [DocketID: Int] = [:]
        var (acts, unreadable) = (0, 0)
        var after: [UInt8] = []
        while true {
            let batch = try await dockets(after: after)
            guard let last = batch.last else { break }
            after = last.bytes
            for (docket, position, count) in try await fold(batch, only: only, names: next) {
                folded[docket] = position
                acts += count ?? 0
                if count == nil { unreadable += 1 }
            }
            progress(folded.count)
        }
        // What moved while we folded is folded again, and only then do all readers change tables, in one commit.
        try await swap(chosen, generation: generation, folded: folded, only: only, names: next)
        return Report(projections: chosen.map { $0.name }, dockets: folded.count - unreadable, acts: acts)
    }

    private static let batch = 200

    private func dockets(after: [UInt8]) async throws -> [DocketID] {
        try await registry.store.read { reading in
            try reading.rows(
                "SELECT docket FROM docket_head WHERE docket > $1 ORDER BY docket LIMIT \(Self.batch)", after
            )
            .map { try $0.identifier(0) }
        }
    }

    /// - Returns: of each docket its position and how many acts it has; nil where its keys were destroyed.
    private func fold(
        _ dockets: [DocketID], only: Set<String>, names: TableNames
    ) async throws -> [(DocketID, Int, Int?)] {
        let keys = try await registry.vault.load(dockets)
        let destroyed = try await registry.vault.destroyed(among: dockets.filter { keys[$0] == nil })
        return try await registry.store.write { [registry] transaction in
            try dockets.map { docket in
                guard let keys = keys[docket] else {
                    // Keys that are lost are another matter than keys that were destroyed.
                    guard destroyed.contains(docket) else { throw NoSuchDocket(docket: docket) }
                    let row = try transaction.row("SELECT position FROM docket_head WHERE docket = $1", docket)
                    return (docket, Int(try row?.integer(0) ?? 0), nil)
                }
                let stored = try ActTable.entries(of: docket, after: 0, in: transaction)
                let entries = try stored.map { try registry.sealing.open($0, keys: keys).entry }
                try registry.projections.apply(
                    entries, state: CaseState(folding: entries), keys: keys, only: only, names: names, in: transaction)
                return (docket, entries.last?.position ?? 0, entries.count)
            }
        }
    }

    private func swap(
        _ chosen: [any Projection.Type], generation: [String: Int], folded: [DocketID: Int], only: Set<String>,
        names: TableNames
    ) async throws {
        var known = Set(folded.keys)
        while true {
            let keys = try await registry.vault.load(Array(known))
            do {
                try await registry.store.write { [registry, known] transaction in
                    try transaction.lock(key: Projections.changing)
                    let moved = try transaction.rows("SELECT docket, position FROM docket_head")
                        .map { (docket: try $0.identifier(0) as DocketID, position: Int(try $0.integer(1))) }
                        .filter { folded[$0.docket] != $0.position }.map(\.docket)
                    let begun = moved.filter { !known.contains($0) }
                    guard begun.isEmpty else { throw DocketsBegun(dockets: begun) }
                    for docket in moved {
                        guard let keys = keys[docket] else { throw NoSuchDocket(docket: docket) }
                        let entries = try ActTable.entries(of: docket, after: 0, in: transaction)
                            .map { try registry.sealing.open($0, keys: keys).entry }
                        try registry.projections.apply(
                            entries, state: CaseState(folding: entries), keys: keys, only: only, names: names,
                            in: transaction)
                    }
                    for kind in chosen {
                        try transaction.run(
                            "UPDATE projection SET version = $2, generation = $3 WHERE name = $1", kind.name,
                            kind.version, generation[kind.name] ?? 1)
                    }
                }
                break
            } catch let failure as DocketsBegun {
                // Keys are fetched outside a transaction, which waits for nothing.
                known.formUnion(failure.dockets)
            }
        }
        try await registry.store.write { [registry] transaction in
            for kind in chosen {
                try registry.projections.drop(kind, generation: (generation[kind.name] ?? 1) - 1, in: transaction)
            }
        }
    }

    /// Dockets that began while others were folded.
    private struct DocketsBegun: Error { let dockets: [DocketID] }

    /// Every row of a projection's table, sealed fields opened, sorted: equal before and after a rebuild.
    package func dump(_ table: String) async throws -> [String] {
        let kinds = registry.projections.all.map { type(of: $0) }
        guard let description = kinds.flatMap({ $0.tables }).first(where: { $0.name == table }) else { return [] }
        let columns = ProjectionRows.columns(of: description)
        let rows = try await registry.store.read { [registry] reading in
            try reading.rows(registry.projections.names(in: reading).resolve("SELECT \(columns) FROM {\(table)}"))
        }
        guard let at = description.columns.firstIndex(where: { $0.name == "docket" }) else { return [] }
        let sealings = try await registry.fieldSealings(Array(Set(try rows.map { try $0.identifier(at) as DocketID })))
        return try rows.map { row in
            try ProjectionRows.opened(row, of: description, with: sealings[row.identifier(at)]).joined(separator: "|")
        }.sorted()
    }
}
