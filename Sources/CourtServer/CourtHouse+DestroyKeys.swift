import Accounts
import CaseFile
import Docket
import Evidence
import Filing
import Judgment
import Procedure
import Proofs
import ServiceOfProcess
import Storage

/// That the keys of a docket were destroyed, as the record says it (密钥销毁记录).
package struct Destruction: Codable, Hashable, Sendable {
    package let docket: DocketID
    package let at: Instant
    package let reason: KeysDestroyed.Reason
}

/// Why keys are not destroyed, besides what the rules say.
package enum DestructionFailure: Error, Hashable, Sendable, CustomStringConvertible {
    case noSuchDocket(DocketID)
    /// The docket of a person, or the court's own.
    case noCase(DocketID)

    package var description: String {
        switch self {
        case .noSuchDocket(let docket): "There is no docket \(docket)."
        case .noCase(let docket): "\(docket) is no case. The docket of a person, and the court's own, are kept."
        }
    }
}

// The record first, the keys after it: from the moment the court has said that a docket is destroyed it is, and whoever
// opens the court next finishes what was left.
extension CourtHouse {
    /// What the court's own docket says was destroyed, in the order in which it was.
    package func destructions() async throws -> [Destruction] {
        try await registry.entries(of: row.docket).map(\.entry).compactMap { entry in
            guard case .court(.keysDestroyed(let body)) = entry.act else { return nil }
            return Destruction(docket: body.docket, at: entry.entered, reason: body.reason)
        }
    }

    /// Destroys the keys of one docket, for good. Done before, it is only finished.
    ///
    /// - Throws: `DestructionFailure`; a `Refusal` from the rules; what the stores throw.
    package func destroyKeys(of docket: DocketID, for reason: KeysDestroyed.Reason) async throws -> Destruction {
        let known = try await destructions().first { $0.docket == docket }
        let destruction: Destruction
        if let known { destruction = known } else { destruction = try await recordDestruction(of: docket, for: reason) }
        try await registry.vault.destroy(destruction.docket, at: destruction.at)
        return destruction
    }

    /// Enters in the court's own docket that the keys are destroyed, and takes the case out of every list. Durable on
    /// return; the keys themselves are still there.
    package func recordDestruction(
        of docket: DocketID, for reason: KeysDestroyed.Reason
    ) async throws -> Destruction {
        let own = row.docket
        guard docket != own else { throw DestructionFailure.noCase(docket) }
        guard try await registry.vault.load([docket])[docket] != nil else {
            throw DestructionFailure.noSuchDocket(docket)
        }
        let acting = Acting(account: Self.machine, capacity: .court)
        return try await registry.write(on: [own, docket]) { transaction in
            var opened: [DocketID: OpenDocket] = [:]
            for id in [own, docket].sorted() {
                do {
                    opened[id] = try transaction.docket(id)
                } catch is NoSuchDocket where id == docket {
                    continue  // Only its keys are there: a draft.
                }
            }
            guard opened[docket]?.head.kind ?? .matter == .matter else { throw DestructionFailure.noCase(docket) }
            guard var court = opened[own] else { throw NoSuchDocket(docket: own) }
            let state = opened[docket]?.state ?? CaseState()
            let acts = try state.decide(DestroyKeys(docket: docket, reason: reason))
            let entered = try transaction.enter(acts, in: &court, by: acting, channel: .system)
            try Self.forget(docket, registry: transaction.registry, in: transaction.storage)
            guard let entry = entered.first?.entry else { throw EntryFailure.malformed }
            return Destruction(docket: docket, at: entry.entered, reason: reason)
        }
    }

    /// Sees to it that what the record says is destroyed is: after a stop half-way, and over keys from an older backup.
    /// An opening that only reads gives them to nobody.
    func finishDestructions(isReadOnly: Bool) async throws {
        let unfinished = try await unfinishedDestructions()
        guard !unfinished.isEmpty else { return }
        guard !isReadOnly else { return registry.vault.withhold(Set(unfinished.map(\.docket))) }
        for destruction in unfinished {
            try await forget([destruction.docket])
            try await registry.vault.destroy(destruction.docket, at: destruction.at)
        }
        logger.notice("finished destroying keys", metadata: ["dockets": "\(unfinished.count)"])
    }

    /// What the record says is destroyed and the store of keys does not.
    package func unfinishedDestructions() async throws -> [Destruction] {
        let done = try await registry.vault.destroyed()
        return try await destructions().filter { done[$0.docket] == nil }
    }

    /// Dockets with acts that have no keys, though nobody destroyed them: nothing of them opens.
    func docketsWithoutKeys() async throws -> Set<DocketID> {
        let heads: Set<DocketID> = try await store.read { reading in
            try Set(reading.rows("SELECT docket FROM docket_head").map { try $0.identifier(0) })
        }
        let (held, done) = (try await registry.vault.dockets(), try await registry.vault.destroyed())
        return heads.subtracting(held).subtracting(done.keys).subtracting(try await destructions().map(\.docket))
    }

    /// The list of what was destroyed, signed, to be published or kept apart from the backups.
    package func destroyedKeyList() async throws -> DestroyedKeyList {
        var destroyed = try await registry.vault.destroyed()
        // Also what the record has ended and nobody has erased yet.
        for known in try await destructions() { destroyed[known.docket] = known.at }
        return try DestroyedKeyList.signed(
            destroyed.map { DestroyedKeyList.Item(docket: $0.key, at: $0.value) }, court: row.code,
            at: registry.clock.now, with: signing)
    }

    /// Takes these dockets out of every list, and away what areas keep of them besides the record.
    func forget(_ dockets: [DocketID]) async throws {
        try await store.write { [registry] transaction in
            for docket in dockets { try Self.forget(docket, registry: registry, in: transaction) }
        }
    }

    private static func forget(_ docket: DocketID, registry: Registry, in transaction: Transaction) throws {
        try registry.forget(docket, in: transaction)
        try InvitationCodes.forget(docket, in: transaction)
        try FilingArea.forget(docket, in: transaction)
        try ServiceArea.forget(docket, in: transaction)
        try EvidenceArea.forget(docket, in: transaction)
        try JudgmentArea.forget(docket, in: transaction)
        try CaseFileArea.forget(docket, in: transaction)
    }
}
