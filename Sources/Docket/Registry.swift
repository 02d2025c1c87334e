import Foundation
import Logging
import Procedure
import Storage
import Synchronization

/// The registry of a court (卷宗登记): the one way into its dockets, and out of them.
///
/// Permission is asked by the use case inside the closure, on the state it reads there.
package final class Registry: Sendable {
    package let store: Store
    package let vault: KeyVault
    package let court: CourtProfile
    package let tables: Tables
    package let clock: CourtClock
    package let projections: Projections
    package let sealing: EntrySealing
    package let courtKey: CourtKey
    private let states: StateCache

    package static let migrations: [Migration] =
        [
            ActTable.migration, DocketHeadTable.migration, FileLeafTable.migration, FileLeafTable.fileIndex,
            Projections.migration, NumberCounter.migration, Outbox.migration, Idempotency.migration,
            FeedNumbering.migration,
        ] + ReadLog.migrations

    package init(
        store: Store, vault: KeyVault, courtKey: CourtKey, court: CourtProfile, tables: Tables, clock: CourtClock,
        projections: [any Projection]
    ) {
        self.store = store
        self.vault = vault
        self.courtKey = courtKey
        self.court = court
        self.tables = tables
        self.clock = clock
        self.projections = Projections(projections, court: court.code, search: SearchTokens(courtKey))
        sealing = EntrySealing(court: court.code)
        states = StateCache(entries: 100_000)
    }

    /// Runs a use case in one transaction and returns once it is durable.
    ///
    /// - Parameters:
    ///   - dockets: the dockets it will open or read; their keys are fetched first, since a write waits for nothing.
    ///   - arrived: when the request's last byte came in.
    ///   - instant: for simulation and imports: what `now` is instead of the clock. No docket's entries run backwards.
    /// - Throws: what the closure throws; `DocketMovedOn` when a second try lost the race too; `StorageError`.
    package func write<Result: Sendable>(
        on dockets: [DocketID] = [], arrived: Instant? = nil, at instant: Instant? = nil,
        _ body: @escaping @Sendable (DocketTransaction) throws -> Result
    ) async throws -> Result {
        try await vault.load(dockets)
        do {
            return try await attempt(arrived: arrived, at: instant, body)
        } catch is DocketMovedOn {
            return try await attempt(arrived: arrived, at: instant, body)
        }
    }

    private func attempt<Result: Sendable>(
        arrived: Instant?, at instant: Instant?, _ body: @escaping @Sendable (DocketTransaction) throws -> Result
    ) async throws -> Result {
        // A request sent twice at once loses its key to itself: the second run finds the first one's answer.
        try await store.write(lostKey: .runsAgain) { [self] storage in
            try join(storage, arrived: arrived, at: instant, body)
        }
    }

    /// Enters acts inside a transaction that someone else began, such as one of the register of accounts.
    ///
    /// The keys of the dockets must have been loaded before.
    ///
    /// - Parameter instant: for simulation and imports: what `now` is instead of the clock.
    package func join<Result>(
        _ storage: Transaction, arrived: Instant? = nil, at instant: Instant? = nil,
        _ body: (DocketTransaction) throws -> Result
    ) throws -> Result {
        let now = instant ?? clock.now
        let transaction = DocketTransaction(storage: storage, registry: self, now: now, arrived: arrived ?? now)
        let result = try body(transaction)
        if transaction.hasEntered { storage.notify(channel: Feed.channel, "") }
        return result
    }

    /// Makes a docket's keys, durably, before the write that opens it.
    package func newDocket() async throws -> DocketID {
        let id = DocketID.random()
        try await vault.create(id)
        return id
    }

    // MARK: Reading

    /// Reads one docket: its head and the state its entries fold to.
    ///
    /// - Throws: `NoSuchDocket`; `EntryFailure`.
    package func docket(_ id: DocketID) async throws -> (head: DocketHead, state: CaseState) {
        try await vault.load([id])
        return try await store.read { [self] in try docket(id, in: $0) }
    }

    package func docket(_ id: DocketID, in reading: Reading) throws -> (head: DocketHead, state: CaseState) {
        let keys = try keys(of: id)
        guard let head = try head(of: id, locking: false, keys: keys, in: reading) else {
            throw NoSuchDocket(docket: id)
        }
        return (head, try state(of: head, keys: keys, in: reading))
    }

    /// All entries of a docket, opened, in order.
    package func entries(of id: DocketID) async throws -> [OpenedEntry] {
        try await vault.load([id])
        return try await store.read { [self] in try entries(of: id, after: 0, in: $0) }
    }

    package func entries(of id: DocketID, after position: Int, in reading: Reading) throws -> [OpenedEntry] {
        let keys = try keys(of: id)
        return try ActTable.entries(of: id, after: position, in: reading).map { try sealing.open($0, keys: keys) }
    }

    /// The same before a registry exists, with keys at hand.
    package static func entries(
        of id: DocketID, keys: DocketKeys, sealing: EntrySealing, in reading: Reading
    ) throws -> [OpenedEntry] {
        try ActTable.entries(of: id, after: 0, in: reading).map { try sealing.open($0, keys: keys) }
    }

    /// Rows still sealed, for audits and receipts.
    package func storedEntries(of id: DocketID) async throws -> [StoredEntry] {
        try await store.read { try ActTable.entries(of: id, after: 0, in: $0) }
    }

    /// Sealed fields of projections belong to their docket; this opens them.
    package func fieldSealing(_ docket: DocketID) async throws -> FieldSealing {
        try await vault.load([docket])
        return FieldSealing(court: court.code, docket: docket, keys: try keys(of: docket))
    }

    /// The same of several. A docket whose keys are not here has none: a list leaves it out and shows the others.
    package func fieldSealings(_ dockets: [DocketID]) async throws -> [DocketID: FieldSealing] {
        let keys = try await vault.load(dockets)
        return Dictionary(
            uniqueKeysWithValues: keys.map { docket, keys in
                (docket, FieldSealing(court: court.code, docket: docket, keys: keys))
            })
    }

    func keys(of docket: DocketID) throws -> DocketKeys {
        guard let keys = vault.cachedKeys(for: docket) else { throw NoSuchDocket(docket: docket) }
        return keys
    }

    // MARK: State

    func head(of docket: DocketID, locking: Bool, keys: DocketKeys, in reading: Reading) throws -> DocketHead? {
        try DocketHeadTable.head(of: docket, locking: locking, sealing: sealing, keys: keys, in: reading) {
            states.folded(docket, at: $0)?.digest
        }
    }

    /// The state at a head: a cached one completed by the entries after it.
    func state(of head: DocketHead, keys: DocketKeys, in reading: Reading) throws -> CaseState {
        guard head.kind == .matter else { return CaseState() }
        let cached = states.folded(head.docket, notAfter: head.position)
        if let cached, cached.position == head.position { return cached.state }
        let tail = try ActTable.entries(of: head.docket, after: cached?.position ?? 0, in: reading)
            .map { try sealing.open($0, keys: keys).entry }
        let mends = tail.contains { if case .record = $0.act { true } else { false } }
        var state: CaseState
        switch cached {
        case nil: state = CaseState(folding: tail)
        case _? where mends:
            state = CaseState(folding: try entries(of: head.docket, after: 0, in: reading).map(\.entry))
        case let cached?:
            state = cached.state
            for entry in tail { state.apply(entry) }
        }
        // A reading sees only what was committed, and that is there for ever; a transaction may still be undone.
        if !(reading is Transaction) {
            states.keep(
                FoldedDocket(position: head.position, state: state, digest: head.contentDigest), of: head.docket)
        }
        return state
    }

    /// The state with one more entry that mends an earlier one: folded from the first act.
    func refold(_ docket: DocketID, with entry: Entry, keys: DocketKeys, in reading: Reading) throws -> CaseState {
        let all = try entries(of: docket, after: 0, in: reading).map(\.entry)
        return CaseState(folding: all.contains { $0.id == entry.id } ? all : all + [entry])
    }

    /// Takes away what is kept of a docket besides its record: its rows in lists and searches, what waits to be done for
    /// it, and the state in memory. For a docket whose keys are destroyed.
    package func forget(_ docket: DocketID, in transaction: Transaction) throws {
        try projections.forget(docket, in: transaction)
        try Outbox.forget(docket, in: transaction)
        transaction.afterCommit { [states] in states.forget(docket) }
    }

    /// Keeps the state for the next reader, once the transaction has committed.
    func remember(_ docket: OpenDocket, after storage: Transaction) {
        guard docket.head.kind == .matter else { return }
        let folded = FoldedDocket(position: docket.position, state: docket.state, digest: docket.head.contentDigest)
        let id = docket.id
        storage.afterCommit { [states] in states.keep(folded, of: id) }
    }
}

/// What a docket adds up to at one position.
final class FoldedDocket: Sendable {
    let position: Int
    let state: CaseState
    /// SHA-256 of the content of the entry at the position.
    let digest: [UInt8]

    init(position: Int, state: CaseState, digest: [UInt8]) {
        self.position = position
        self.state = state
        self.digest = digest
    }
}

/// A bounded memory of folded states, by docket and position; always completed by the tail. How much a state takes goes
/// by how many entries it was folded from, so they are what is counted.
final class StateCache: Sendable {
    private struct Kept {
        let folded: FoldedDocket
        var used: UInt64
    }

    private struct Memory {
        var kept: [DocketID: Kept] = [:]
        var entries = 0
        var clock: UInt64 = 0

        mutating func forget(_ docket: DocketID) {
            if let known = kept.removeValue(forKey: docket) { entries -= known.folded.position }
        }
    }

    private let most: Int
    private let memory = Mutex(Memory())

    /// - Parameter entries: of all kept states together.
    init(entries most: Int) { self.most = most }

    func folded(_ docket: DocketID, notAfter position: Int) -> FoldedDocket? {
        memory.withLock { memory in
            guard let kept = memory.kept[docket], kept.folded.position <= position else { return nil }
            memory.clock += 1
            memory.kept[docket]?.used = memory.clock
            return kept.folded
        }
    }

    func folded(_ docket: DocketID, at position: Int) -> FoldedDocket? {
        memory.withLock { $0.kept[docket]?.folded }.flatMap { $0.position == position ? $0 : nil }
    }

    func forget(_ docket: DocketID) { memory.withLock { $0.forget(docket) } }

    func keep(_ folded: FoldedDocket, of docket: DocketID) {
        memory.withLock { memory in
            memory.clock += 1
            if let kept = memory.kept[docket], kept.folded.position > folded.position { return }
            memory.forget(docket)
            memory.kept[docket] = Kept(folded: folded, used: memory.clock)
            memory.entries += folded.position
            guard memory.entries > most else { return }
            // Rarely: forget what was used longest ago, down to nine tenths.
            for (docket, _) in memory.kept.sorted(by: { $0.value.used < $1.value.used }) {
                guard memory.entries > most / 10 * 9 else { break }
                memory.forget(docket)
            }
        }
    }
}
