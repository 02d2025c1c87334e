import Crypto
import Foundation
import Ledger
import Procedure
import Storage

/// One thing that is not as it was written, named by docket and entry (核验差异).
package struct Difference: Hashable, Sendable, Codable {
    package enum Kind: String, Codable, Sendable {
        case missingEntry = "missing-entry"
        case unreadable
        case changedContent = "changed-content"
        case brokenChain = "broken-chain"
        case timeRunsBack = "time-runs-back"
        case wrongHead = "wrong-head"
        case fileLeafMissing = "file-leaf-missing"
        case fileLeafChanged = "file-leaf-changed"
        case fileMissing = "file-missing"
        case fileDamaged = "file-damaged"
        case notInLedger = "not-in-ledger"
        case ledgerDiffers = "ledger-differs"
        case ledgerDamaged = "ledger-damaged"
        case projectionDiffers = "projection-differs"
        case readingsChanged = "readings-changed"
        /// The record says that the keys are destroyed, and they are still here.
        case destructionUnfinished = "destruction-unfinished"
        /// The keys are destroyed, and the record does not say so.
        case destructionUnrecorded = "destruction-unrecorded"
    }

    package let kind: Kind
    package let docket: String?
    /// The position of the entry, counted from 1.
    package let entry: Int?
    package let entryID: String?
    package let detail: String

    package init(_ kind: Kind, docket: DocketID?, entry: Int?, entryID: EntryID? = nil, detail: String = "") {
        self.kind = kind
        self.docket = docket?.rawValue
        self.entry = entry
        self.entryID = entryID?.rawValue
        self.detail = detail
    }
}

/// Reads a docket as it lies in the database and finds whatever does not agree with itself.
package struct DocketAudit: Sendable {
    let registry: Registry

    package init(registry: Registry) { self.registry = registry }

    package struct Finding: Sendable {
        /// Its keys were destroyed: what can be compared without reading it was compared.
        package var isDestroyed = false
        package var differences: [Difference] = []
        package var entries = 0
        package var files: [(position: Int, entry: EntryID, file: FileReference)] = []
        /// Every leaf the docket has: position, ordinal (0 the act, 1… its files), leaf bytes.
        package var leaves: [(position: Int, ordinal: Int, leaf: [UInt8])] = []
        private var lastEntered = Instant(milliseconds: 0)

        /// The next entry: whether it is the next in number and time, and its leaf. Needs no key.
        mutating func take(_ entry: StoredEntry, of docket: DocketID) {
            entries += 1
            if entry.position != entries {
                differences.append(Difference(.missingEntry, docket: docket, entry: entries))
            }
            if entry.entered < lastEntered {
                differences.append(Difference(.timeRunsBack, docket: docket, entry: entry.position, entryID: entry.id))
            }
            lastEntered = entry.entered
            leaves.append((entry.position, 0, entry.leaf))
        }
    }

    package func dockets(after: [UInt8], limit: Int) async throws -> [DocketID] {
        try await registry.store.read { reading in
            try reading.rows("SELECT docket FROM docket_head WHERE docket > $1 ORDER BY docket LIMIT $2", after, limit)
                .map { try $0.identifier(0) }
        }
    }

    /// Refolds one docket and compares every entry with its leaf, its chain and the head.
    package func examine(_ docket: DocketID) async throws -> Finding {
        guard let keys = try await registry.vault.load([docket])[docket] else {
            guard try await !registry.vault.destroyed(among: [docket]).isEmpty else {
                throw KeyVaultError.unknown(docket)
            }
            return try await examineDestroyed(docket)
        }
        return try await registry.store.read { [registry] reading in
            var finding = Finding()
            var previous: [UInt8] = []
            let stored = try ActTable.entries(of: docket, after: 0, in: reading)
            for entry in stored {
                finding.take(entry, of: docket)
                do {
                    let opened = try registry.sealing.open(entry, keys: keys)
                    let leaf = try ActLeaf.make(
                        content: opened.content, salt: opened.salt.bytes, docket: docket, position: entry.position,
                        previous: previous, entered: entry.entered)
                    if leaf != entry.leaf { finding.differences.append(contentDifference(entry, opened, previous)) }
                    previous = Array(SHA256.hash(data: opened.content))
                    try examineFiles(of: opened, stored: entry, keys: keys, into: &finding, in: reading)
                } catch {
                    finding.differences.append(
                        Difference(
                            .unreadable, docket: docket, entry: entry.position, entryID: entry.id, detail: "\(error)"))
                }
            }
            do {
                let head = try DocketHeadTable.head(
                    of: docket, locking: false, sealing: registry.sealing, keys: keys, in: reading)
                if head?.position != stored.count || head?.contentDigest != previous {
                    finding.differences.append(
                        Difference(.wrongHead, docket: docket, entry: head?.position, detail: "\(stored.count) entries")
                    )
                }
            } catch {
                finding.differences.append(Difference(.wrongHead, docket: docket, entry: nil, detail: "unreadable"))
            }
            return finding
        }
    }

    /// Whether it is the content that changed, or only its place in the chain.
    private func contentDifference(_ stored: StoredEntry, _ opened: OpenedEntry, _ previous: [UInt8]) -> Difference {
        let commitment = opened.salt.commitment(.act, to: opened.content)
        let sameContent = (try? LeafEntry(stored.leaf))?.commitments.first == commitment
        return Difference(
            sameContent ? .brokenChain : .changedContent, docket: stored.docket, entry: stored.position,
            entryID: stored.id)
    }

    private func examineFiles(
        of opened: OpenedEntry, stored: StoredEntry, keys: DocketKeys, into finding: inout Finding, in reading: Reading
    ) throws {
        let rows = try reading.rows(
            "SELECT ordinal, file, salt, leaf FROM file_leaf WHERE docket = $1 AND position = $2 ORDER BY ordinal",
            stored.docket, stored.position)
        let files = opened.entry.act.body.files
        if rows.count != files.count {
            finding.differences.append(
                Difference(.fileLeafMissing, docket: stored.docket, entry: stored.position, entryID: stored.id))
        }
        for (row, file) in zip(rows, files) {
            finding.files.append((stored.position, stored.id, file))
            let ordinal = Int(try row.integer(0))
            let leaf = try row.bytes(3)
            finding.leaves.append((stored.position, ordinal + 1, leaf))
            let context = SealingContext(
                "file.leaf", .text(registry.court.code), .id(stored.docket), .number(stored.position), .number(ordinal))
            let salt = (try? Sealing.open(try row.bytes(2), with: keys[stored.volume].acts, for: context))
                .flatMap { LeafSalt($0) }
            guard let salt, let digest = Hash(file.digest.bytes),
                let entry = try? LeafEntry(
                    kind: .file, minutes: ActLeaf.minutes(stored.entered),
                    commitments: [salt.commitment(.file, toDigest: digest)]),
                entry.bytes == leaf, try row.identifier(1) == file.file
            else {
                finding.differences.append(
                    Difference(
                        .fileLeafChanged, docket: stored.docket, entry: stored.position, entryID: stored.id,
                        detail: "file \(ordinal + 1)"))
                continue
            }
        }
    }
}
