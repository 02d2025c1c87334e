import Docket
import Foundation
import Ledger
import Procedure
import Proofs
import Storage

/// Checks the whole record of a court: every docket, leaf and file, the ledger, the projections (全面核验).
package struct Audit: Sendable {
    private let court: CourtHouse

    package init(_ court: CourtHouse) { self.court = court }

    package struct Report: Codable, Sendable {
        package var dockets = 0
        package var entries = 0
        package var files = 0
        package var ledgerEntries: UInt64 = 0
        package var differences: [Difference] = []

        package var isClean: Bool { differences.isEmpty }
    }

    /// - Parameters:
    ///   - withProjections: also folds every projection anew in memory of this store and compares; writes tables, so
    ///     only where the court is open for writing.
    ///   - progress: called with the number of dockets done.
    package func run(
        withFiles: Bool = true, progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> Report {
        var report = Report()
        let dockets = DocketAudit(registry: court.registry)
        let log = LogFiles(directory: court.folder.ledger, key: try court.signing.ledgerKey.verifierKey)
        let size = try log.newestSigned().checkpoint.size
        report.ledgerEntries = size
        var after: [UInt8] = []
        while true {
            let batch = try await dockets.dockets(after: after, limit: 200)
            guard let last = batch.last else { break }
            after = last.bytes
            for docket in batch {
                let finding = try await dockets.examine(docket)
                report.dockets += 1
                report.entries += finding.entries
                report.differences += finding.differences
                report.differences += try await compareWithLedger(finding, docket: docket, log: log, size: size)
                if withFiles {
                    report.files += finding.files.count
                    report.differences += try await checkFiles(finding, docket: docket)
                }
            }
            progress(report.dockets)
        }
        do {
            let policy = try TrustPolicy(Array(court.signing.policy.utf8))
            _ = try LogAudit.run(directory: court.folder.ledger, under: policy)
        } catch {
            report.differences.append(Difference(.ledgerDamaged, docket: nil, entry: nil, detail: "\(error)"))
        }
        return report
    }

    private func compareWithLedger(
        _ finding: DocketAudit.Finding, docket: DocketID, log: LogFiles, size: UInt64
    ) async throws -> [Difference] {
        let indexes = try await court.store.read { reading in
            try finding.leaves.map {
                try LedgerTable.index(docket: docket, position: $0.position, ordinal: $0.ordinal, in: reading)
            }
        }
        return zip(finding.leaves, indexes).compactMap { leaf, index in
            // What was entered a moment ago may not have been integrated yet.
            guard let index, index < size else {
                return index == nil ? nil : Difference(.notInLedger, docket: docket, entry: leaf.position)
            }
            guard (try? log.entry(at: index)) == leaf.leaf else {
                return Difference(.ledgerDiffers, docket: docket, entry: leaf.position, detail: "index \(index)")
            }
            return nil
        }
    }

    private func checkFiles(_ finding: DocketAudit.Finding, docket: DocketID) async throws -> [Difference] {
        var differences: [Difference] = []
        for item in finding.files {
            guard let stored = try await court.files.file(item.file.file) else {
                differences.append(
                    Difference(
                        .fileMissing, docket: docket, entry: item.position, entryID: item.entry,
                        detail: item.file.file.rawValue))
                continue
            }
            switch try await court.files.verify(stored) {
            case .intact where stored.digest == item.file.digest.rawValue: continue
            case .missing:
                differences.append(
                    Difference(
                        .fileMissing, docket: docket, entry: item.position, entryID: item.entry,
                        detail: item.file.file.rawValue))
            case .intact, .damaged:
                differences.append(
                    Difference(
                        .fileDamaged, docket: docket, entry: item.position, entryID: item.entry,
                        detail: item.file.file.rawValue))
            }
        }
        return differences
    }
}
