import Crypto
import Ledger
import Procedure
import Storage

/// A docket opened for deciding: where it stands, and what its entries add up to.
package struct OpenDocket: Sendable {
    package fileprivate(set) var head: DocketHead
    package fileprivate(set) var state: CaseState
    package let keys: DocketKeys

    package var id: DocketID { head.docket }
    package var position: Int { head.position }
}

/// An entry just written, for receipts and pages.
package struct EnteredAct: Hashable, Sendable {
    package let entry: Entry
    package let contentDigest: [UInt8]
}

/// One transaction of the registry: the only thing that can enter acts.
///
/// Lives inside one closure that may run twice; keeps nothing that outlives it.
package final class DocketTransaction {
    package let storage: Transaction
    package let registry: Registry
    package let now: Instant
    /// When the request's last byte arrived; what online acts happened at.
    package let arrived: Instant
    /// Whether something must be told to who follows the feed.
    private(set) var hasEntered = false
    private var projected: TableNames?

    init(storage: Transaction, registry: Registry, now: Instant, arrived: Instant) {
        self.storage = storage
        self.registry = registry
        self.now = now
        self.arrived = arrived
    }

    package var tables: Tables { registry.tables }

    /// What rules are told, for someone acting online now.
    package func context(_ acting: Acting) -> Context {
        Context(now: now, happened: .at(min(arrived, now)), court: registry.court, tables: tables, acting: acting)
    }

    /// What rules are told about something done offline, dated by staff.
    package func context(_ acting: Acting, happened: Happened) -> Context {
        Context(now: now, happened: happened, court: registry.court, tables: tables, acting: acting)
    }

    /// Begins a docket. Its keys were made before, durably.
    package func open(_ docket: DocketID, kind: DocketKind) throws -> OpenDocket {
        let keys = try registry.keys(of: docket)
        let head = DocketHead(
            docket: docket, kind: kind, position: 0, numbers: [:], contentDigest: [], entered: now)
        try DocketHeadTable.insert(head, sealing: registry.sealing, keys: keys, in: storage)
        return OpenDocket(head: head, state: CaseState(), keys: keys)
    }

    /// Locks and folds a docket. Several are asked for in the order of their ids.
    ///
    /// - Throws: `NoSuchDocket`; `EntryFailure.newer` when a newer release wrote in it.
    package func docket(_ id: DocketID) throws -> OpenDocket {
        let keys = try registry.keys(of: id)
        guard let head = try registry.head(of: id, locking: true, keys: keys, in: storage) else {
            throw NoSuchDocket(docket: id)
        }
        let state = try registry.state(of: head, keys: keys, in: storage)
        return OpenDocket(head: head, state: state, keys: keys)
    }

    /// Appends acts, with their leaves, projections and the news of them, all or nothing.
    ///
    /// - Returns: the entries, in order. Entering nothing is allowed and returns nothing.
    @discardableResult
    package func enter(
        _ acts: [DecidedAct], in docket: inout OpenDocket, by acting: Acting, channel: Channel = .online,
        happened: Happened? = nil, together: EntryID? = nil
    ) throws -> [EnteredAct] {
        var written: [EnteredAct] = []
        for decided in acts {
            written.append(
                try append(
                    decided, in: &docket, by: acting, channel: channel,
                    happened: happened ?? .at(min(arrived, now)), together: together))
        }
        guard !written.isEmpty else { return [] }
        try DocketHeadTable.update(docket.head, sealing: registry.sealing, keys: docket.keys, in: storage)
        let names = try projected ?? registry.projections.hold(in: storage)
        projected = names
        try registry.projections.apply(
            written.map(\.entry), state: docket.state, keys: docket.keys, names: names, in: storage)
        hasEntered = true
        registry.remember(docket, after: storage)
        return written
    }

    private func append(
        _ decided: DecidedAct, in docket: inout OpenDocket, by acting: Acting, channel: Channel, happened: Happened,
        together: EntryID?
    ) throws -> EnteredAct {
        let body = decided.act.body
        let kind = type(of: body)
        let json = try JSONCoding.canonicalBytes(body)
        let salt = SecureRandom.bytes(32)
        let position = docket.head.position + 1
        let number = (docket.head.numbers[kind.volume] ?? 0) + 1
        let entered = max(now, docket.head.entered)
        let previous = docket.head.contentDigest
        var stored = StoredEntry(
            docket: docket.id, position: position, id: .random(), type: kind.type, version: kind.version,
            volume: kind.volume, number: number, by: acting.account, capacity: acting.capacity.rawValue,
            party: decided.party ?? acting.party, channel: channel.rawValue, happened: happened.rawValue,
            entered: entered, under: decided.under.map(\.rawValue).joined(separator: " "), together: together,
            sealed: [], leaf: [])
        let content = try EntryContent.bytes(of: stored, body: json)
        let digest = Hash.sha256(content)
        let leaf = try ActLeaf.make(
            digest: digest, salt: salt, docket: docket.id, position: position, previous: previous, entered: entered)
        stored = stored.sealed(
            try registry.sealing.seal(
                salt: salt, body: json, docket: docket.id, position: position,
                type: kind.type, version: kind.version, key: docket.keys[kind.volume].acts),
            leaf: leaf)
        try ActTable.insert(stored, in: storage)
        try FileLeafTable.insert(
            filesOf: body, entry: stored, in: storage, sealing: registry.sealing, keys: docket.keys)

        let entry = Entry(
            id: stored.id, docket: docket.id, position: position, number: number, volume: kind.volume,
            act: decided.act, by: acting.account, capacity: acting.capacity, party: stored.party, channel: channel,
            happened: happened, entered: entered, under: decided.under)
        docket.head.position = position
        docket.head.numbers[kind.volume] = number
        docket.head.contentDigest = digest.bytes
        docket.head.entered = entered
        if case .record = decided.act {
            docket.state = try registry.refold(docket.id, with: entry, keys: docket.keys, in: storage)
        } else {
            docket.state.apply(entry)
        }
        return EnteredAct(entry: entry, contentDigest: digest.bytes)
    }
}

/// There is no docket of this name, or none for the asker: the two look alike.
package struct NoSuchDocket: Error, Hashable, Sendable {
    package let docket: DocketID

    package init(docket: DocketID) { self.docket = docket }
}

extension StoredEntry {
    fileprivate func sealed(_ sealed: [UInt8], leaf: [UInt8]) -> StoredEntry {
        StoredEntry(
            docket: docket, position: position, id: id, type: type, version: version, volume: volume, number: number,
            by: by, capacity: capacity, party: party, channel: channel, happened: happened, entered: entered,
            under: under, together: together, sealed: sealed, leaf: leaf)
    }
}
