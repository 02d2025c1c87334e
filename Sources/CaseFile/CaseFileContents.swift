import Docket
import Foundation
import Ledger
import Procedure
import Proofs
import Storage

/// What goes into a case file: the reader's entries with their proofs, and every file they name.
struct CaseFileContents: Sendable {
    struct Line: Sendable {
        let opened: OpenedEntry
        /// Nil while its leaf is not in the ledger.
        let receipt: LedgerReceipt?
        /// Opens the leaf's place in the chain of the docket; only in the court's own copy.
        let chainSalt: LabelSalt?
        /// Digests of the files it names, in order, each once.
        let names: [ContentDigest]
    }

    struct Item: Sendable {
        enum State: String, Sendable {
            case included
            /// Not for this reader.
            case withheld
            /// The court has no readable bytes of it.
            case missing
        }

        let reference: FileReference
        let path: String
        let state: State
        let stored: StoredFile?
    }

    let view: DocketView
    let lines: [Line]
    /// In the order in which entries name them; equal bytes are one file.
    let items: [Item]
    /// What the proofs lead to; nil while no entry is in the ledger.
    let checkpoint: Checkpoint?
}

extension CaseFileArea {
    /// Gathers what a reader gets, waiting for the ledger where it lags.
    func contents(of view: DocketView) async throws -> CaseFileContents {
        await sequencer.integrateAll()
        let places = try await receipts.places(of: view.docket)
        let checkpoint = try await edition(of: view, places: places)
        let lines = try await Disk.blocking { [log = sequencer.files] in
            try view.entries.map { opened -> CaseFileContents.Line in
                var receipt: LedgerReceipt?
                if let index = places[opened.entry.position], index < checkpoint.checkpoint.size {
                    receipt = LedgerReceipt(
                        content: String(decoding: opened.content, as: UTF8.self), salt: opened.salt,
                        entry: try LeafEntry(try log.entry(at: index)),
                        proof: try log.proofFile(index: index, under: checkpoint))
                }
                var seen: Set<ContentDigest> = []
                return CaseFileContents.Line(
                    opened: opened, receipt: receipt,
                    chainSalt: view.isWhole && receipt != nil ? opened.salt.salt(for: .chain) : nil,
                    names: try FilesNamed.by(opened.content).map(\.digest).filter { seen.insert($0).inserted })
            }
        }
        return CaseFileContents(
            view: view, lines: lines, items: try await items(of: view),
            checkpoint: lines.contains { $0.receipt != nil } ? checkpoint.checkpoint : nil)
    }

    /// The checkpoint this position of the docket is proven under: the first one asked for, ever after.
    private func edition(of view: DocketView, places: [Int: UInt64]) async throws -> SignedCheckpoint {
        let (docket, position, key) = (view.docket, view.head.position, sequencer.files.key)
        if let kept = try await registry.store.read({
            try EditionTable.checkpoint(of: docket, at: position, in: $0)
        }) {
            return try SignedCheckpoint(kept, log: key)
        }
        let highest = places.filter { $0.key <= position }.values.max()
        let isPlaced = { (size: UInt64) in places.count >= position && (highest ?? .max) < size }
        let published = try sequencer.files.checkpoint()
        let newest = isPlaced(published.checkpoint.size) ? published : try sequencer.files.newestSigned()
        // What the ledger still lags behind on must not stay unproven for ever.
        guard isPlaced(newest.checkpoint.size) else { return newest }
        let bytes = newest.bytes
        let kept = try await registry.store.write { transaction -> [UInt8]? in
            try EditionTable.keep(bytes, of: docket, at: position, in: transaction)
            return try EditionTable.checkpoint(of: docket, at: position, in: transaction)
        }
        return try kept.map { try SignedCheckpoint($0, log: key) } ?? newest
    }

    private func items(of view: DocketView) async throws -> [CaseFileContents.Item] {
        let catalogue = Dictionary(
            try await files.files(of: view.docket).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var items: [CaseFileContents.Item] = []
        var seen: Set<ContentDigest> = []
        for opened in view.entries {
            let drawn = Set(opened.entry.act.documents.flatMap(\.files).map(\.digest))
            for reference in try FilesNamed.by(opened.content) where seen.insert(reference.digest).inserted {
                let stored = catalogue[reference.file].flatMap { $0.digest == reference.digest.rawValue ? $0 : nil }
                let state: CaseFileContents.Item.State =
                    if view.withheld.contains(reference.digest) {
                        .withheld
                    } else if let stored, await isReadable(stored) {
                        .included
                    } else {
                        .missing
                    }
                let name = EntryNameInZip.of(
                    reference, number: items.count + 1, isDrawnHere: drawn.contains(reference.digest))
                items.append(
                    CaseFileContents.Item(
                        reference: reference, path: "files/\(name)", state: state,
                        stored: state == .included ? stored : nil))
            }
        }
        return items
    }

    /// A file whose bytes are gone is named as missing rather than spoiling the whole.
    private func isReadable(_ file: StoredFile) async -> Bool { (try? await files.open(file)) != nil }
}
