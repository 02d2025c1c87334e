import Docket
import Ledger
import Logging
import Procedure
import ServiceLifecycle
import Storage

/// Puts the leaves of the feed into the ledger, batch by batch, and signs each new size (账本编排).
///
/// Leaves of one batch are sorted by hash, so that neighbours in the ledger say nothing about each other.
package actor Sequencer: Service {
    private let store: Store
    private let key: LogKey
    /// Nil after a failed write: only opening the log again shows what was signed.
    private var log: TileLog?
    private let logger: Logger
    package nonisolated let files: LogFiles

    static let follower = "ledger"
    static let batch = 500

    /// Opens the court's log, or makes it with the first court.
    ///
    /// - Throws: `LedgerAhead` when the log knows more than the database: a restore that must be compared first.
    package init(store: Store, directory: String, keys: SigningKeys, logger: Logger) async throws {
        self.store = store
        self.logger = logger
        key = try keys.ledgerKey
        let known = try await store.read { try LedgerTable.size(in: $0) }
        let opened: TileLog
        do {
            opened = try TileLog.open(directory: directory, key: key)
        } catch LogFailure.noCheckpoint where known == 0 {
            // Only a court that never placed a leaf may begin a log; a lost one must be restored.
            opened = try TileLog.create(directory: directory, key: key)
        }
        guard opened.size <= known else { throw LedgerAhead(log: opened.size, database: known) }
        files = opened.files
        log = opened
    }

    package func run() async throws {
        try await store.follow(Feed.channel) { await self.integrateAll() }
    }

    /// Integrates everything the feed has. Called by the service, and before a receipt is asked for at once.
    package func integrateAll() async {
        do {
            while try await integrateBatch() {}
        } catch {
            logger.error("ledger not extended", metadata: ["error": "\(error)"])
        }
    }

    /// - Returns: whether there may be more.
    package func integrateBatch() async throws -> Bool {
        try await finishStarted()
        try await FeedNumbering.number(in: store)
        let from = try await store.read { try Self.position(in: $0) }
        let items = try await Feed(store: store).items(after: from, limit: Self.batch)
        let hasHours = try await store.read { try !LedgerTable.unplacedHours(in: $0).isEmpty }
        guard !items.isEmpty || hasHours else { return false }
        try await store.write { transaction in
            guard try Self.position(in: transaction) == from else { return }
            var leaves: [(hash: Hash, docket: DocketID, position: Int, ordinal: Int)] =
                try LedgerTable.unplacedHours(in: transaction).map { hour, leaf in
                    (MerkleTree.leafHash(leaf), LedgerTable.readings, hour, LedgerTable.act)
                }
            for item in items {
                let stored = item.stored
                leaves.append((MerkleTree.leafHash(stored.leaf), stored.docket, stored.position, LedgerTable.act))
                let files = try transaction.rows(
                    "SELECT ordinal, leaf FROM file_leaf WHERE docket = $1 AND position = $2 ORDER BY ordinal",
                    stored.docket, stored.position)
                for file in files {
                    leaves.append(
                        (
                            MerkleTree.leafHash(try file.bytes(1)), stored.docket, stored.position,
                            Int(try file.integer(0)) + 1
                        ))
                }
            }
            var index = try LedgerTable.size(in: transaction)
            for leaf in leaves.sorted(by: { $0.hash < $1.hash }) {
                try LedgerTable.insert(
                    index, docket: leaf.docket, position: leaf.position, ordinal: leaf.ordinal, in: transaction)
                index += 1
            }
            guard let last = items.last else { return }
            try transaction.run(
                """
                INSERT INTO feed_position (follower, sequence) VALUES ($1, $2)
                ON CONFLICT (follower) DO UPDATE SET sequence = excluded.sequence
                """, Self.follower, last.sequence)
        }
        try await finishStarted()
        return items.count == Self.batch
    }

    /// Appends to the tiles whatever the database has placed and the log lacks.
    private func finishStarted() async throws {
        while true {
            let from = try opened().size
            let leaves = try await store.read { try LedgerTable.leaves(from: from, limit: Self.batch, in: $0) }
            guard !leaves.isEmpty else { return }
            let log = try opened()
            // Another turn of this actor was quicker while this one was reading.
            guard log.size == from else { continue }
            do { try log.append(leaves) } catch {
                self.log = nil
                throw error
            }
        }
    }

    private func opened() throws -> TileLog {
        if let log { return log }
        let opened = try TileLog.open(directory: files.directory, key: key)
        log = opened
        return opened
    }

    private static func position(in reading: Reading) throws -> Int64 {
        try reading.row("SELECT sequence FROM feed_position WHERE follower = $1", follower)?.integer(0) ?? 0
    }
}

/// The published ledger is longer than this database: it was restored from before. Nothing is written until a person
/// has compared them.
package struct LedgerAhead: Error, Hashable, Sendable, CustomStringConvertible {
    package let log: UInt64
    package let database: UInt64
    package var description: String {
        "The ledger has \(log) entries, the database placed \(database). Compare the restored database first."
    }
}
