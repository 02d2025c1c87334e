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
        // Reading and folding take most of the time, so that goes on beside the one writer, a few batches ahead of it.
        try await withThrowingTaskGroup(of: [Folded].self) { group in
            var after: [UInt8]? = []
            var ahead = 0
            while true {
                while let last = after, ahead < Self.batchesAhead {
                    let batch = try await dockets(after: last)
                    after = batch.last?.bytes
                    guard !batch.isEmpty else { continue }
                    group.addTask { try await fold(batch) }
                    ahead += 1
                }
                guard let batch = try await group.next() else { break }
                ahead -= 1
                try await write(batch, only: only, names: next)
                for docket in batch {
                    folded[docket.docket] = docket.position
                    acts += docket.readable?.entries.count ?? 0
                    if docket.readable == nil { unreadable += 1 }
                }
                progress(folded.count)
            }
        }
        // What moved while we folded is folded again, and only then do all readers change tables, in one commit.
        try await swap(chosen, generation: generation, folded: folded, only: only, names: next)
        return Report(projections: chosen.map { $0.name }, dockets: folded.count - unreadable, acts: acts)
    }

    private static let batch = 100
    private static let batchesAhead = 3

    /// A docket as it was when it was read; what is entered after that is folded at the swap.
    private struct Folded: Sendable {
        let docket: DocketID
        let position: Int
        /// Nil where the keys were destroyed.
        let readable: Readable?

        struct Readable: Sendable {
            let keys: DocketKeys
            let entries: [Entry]
            let state: CaseState
        }
    }

    private func dockets(after: [UInt8]) async throws -> [DocketID] {
        try await registry.store.read { reading in
            try reading.rows(
                "SELECT docket FROM docket_head WHERE docket > $1 ORDER BY docket LIMIT \(Self.batch)", after
            )
            .map { try $0.identifier(0) }
        }
    }

    private func fold(_ dockets: [DocketID]) async throws -> [Folded] {
        let keys = try await registry.vault.load(dockets)
        let destroyed = try await registry.vault.destroyed(among: dockets.filter { keys[$0] == nil })
        return try await registry.store.read { reading in
            try dockets.map { docket in
                guard let keys = keys[docket] else {
                    // Keys that are lost are another matter than keys that were destroyed.
                    guard destroyed.contains(docket) else { throw NoSuchDocket(docket: docket) }
                    let row = try reading.row("SELECT position FROM docket_head WHERE docket = $1", docket)
                    return Folded(docket: docket, position: Int(try row?.integer(0) ?? 0), readable: nil)
                }
                let entries = try entries(of: docket, keys: keys, in: reading)
                return Folded(
                    docket: docket, position: entries.last?.position ?? 0,
                    readable: .init(keys: keys, entries: entries, state: CaseState(folding: entries)))
            }
        }
    }

    private func entries(of docket: DocketID, keys: DocketKeys, in reading: Reading) throws -> [Entry] {
        try Registry.entries(of: docket, keys: keys, sealing: registry.sealing, in: reading).map(\.entry)
    }

    private func write(_ batch: [Folded], only: Set<String>, names: TableNames) async throws {
        try await registry.store.write { [registry] transaction in
            for docket in batch.compactMap(\.readable) {
                try registry.projections.apply(
                    docket.entries, state: docket.state, keys: docket.keys, only: only, names: names, in: transaction)
            }
        }
    }

    private func swap(
        _ chosen: [any Projection.Type], generation: [String: Int], folded: [DocketID: Int], only: Set<String>,
        names: TableNames
    ) async throws {
        var known = Set(try await registry.store.read { try Self.moved(since: folded, in: $0) })
        while true {
            // Keys are fetched outside a transaction, which waits for nothing.
            let keys = try await registry.vault.load(known)
            do {
                try await registry.store.write { [registry, known] transaction in
                    try transaction.lock(key: Projections.changing)
                    let moved = try Self.moved(since: folded, in: transaction)
                    let others = moved.filter { !known.contains($0) }
                    guard others.isEmpty else { throw MovedMeanwhile(dockets: others) }
                    for docket in moved {
                        guard let keys = keys[docket] else { throw NoSuchDocket(docket: docket) }
                        let entries = try entries(of: docket, keys: keys, in: transaction)
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
            } catch let failure as MovedMeanwhile {
                known.formUnion(failure.dockets)
            }
        }
        try await registry.store.write { [registry] transaction in
            for kind in chosen {
                try registry.projections.drop(kind, generation: (generation[kind.name] ?? 1) - 1, in: transaction)
            }
        }
    }

    /// Dockets that stand elsewhere than where they were folded, or began since.
    private static func moved(since folded: [DocketID: Int], in reading: Reading) throws -> [DocketID] {
        try reading.rows("SELECT docket, position FROM docket_head")
            .map { (docket: try $0.identifier(0) as DocketID, position: Int(try $0.integer(1))) }
            .filter { folded[$0.docket] != $0.position }.map(\.docket)
    }

    /// Dockets that moved while the keys of others were fetched.
    private struct MovedMeanwhile: Error { let dockets: [DocketID] }

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
