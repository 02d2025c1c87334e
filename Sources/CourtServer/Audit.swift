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
        /// Dockets that nobody can read any more, as the court decided: no difference. Their leaves were compared.
        package var destroyed: [Destruction] = []
        package var differences: [Difference] = []

        package var isClean: Bool { differences.isEmpty }
    }

    /// Reads only, also beside a court that is served.
    ///
    /// - Parameters:
    ///   - withFiles: also reads every byte of every file.
    ///   - progress: called with the number of dockets done.
    package func run(
        withFiles: Bool = true, progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> Report {
        let projections = try await ProjectionAudit(registry: court.registry, logger: court.logger)
        do {
            let report = try await run(withFiles: withFiles, projections: projections, progress: progress)
            await projections.close()
            return report
        } catch {
            await projections.close()
            throw error
        }
    }

    private func run(
        withFiles: Bool, projections: ProjectionAudit, progress: @escaping @Sendable (Int) -> Void
    ) async throws -> Report {
        var report = Report()
        let dockets = DocketAudit(registry: court.registry)
        report.destroyed = try await court.destructions()
        let recorded = Set(report.destroyed.map(\.docket))
        report.differences += try await court.unfinishedDestructions()
            .map { Difference(.destructionUnfinished, docket: $0.docket, entry: nil) }
        let log = LogFiles(directory: court.folder.ledger, key: try court.signing.ledgerKey.verifierKey)
        let placed = try await court.store.read { try LedgerTable.size(in: $0) }
        let size = try await Self.size(of: log, following: placed)
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
                // Drafts lose their keys without a word in the record, but they never were in it.
                if finding.isDestroyed, !recorded.contains(docket) {
                    report.differences.append(Difference(.destructionUnrecorded, docket: docket, entry: nil))
                }
                report.differences += try await compareWithLedger(
                    finding, docket: docket, log: log, size: size, placed: placed)
                if withFiles {
                    report.files += finding.files.count
                    report.differences += try await checkFiles(finding, docket: docket)
                }
            }
            report.differences += try await projections.compare(batch)
            progress(report.dockets)
        }
        report.differences += try await projections.compareWhole()
        report.differences += try await compareReadings(log: log, size: size)
        do {
            let policy = try TrustPolicy(Array(court.signing.policy.utf8))
            _ = try LogAudit.run(directory: court.folder.ledger, under: policy)
        } catch {
            report.differences.append(Difference(.ledgerDamaged, docket: nil, entry: nil, detail: "\(error)"))
        }
        return report
    }

    /// The ledger's size, once it holds what the database had placed: a court that serves writes the tiles a moment later.
    private static func size(of log: LogFiles, following placed: UInt64) async throws -> UInt64 {
        let ends = ContinuousClock.now + .seconds(5)
        while true {
            let size = try log.newestSigned().checkpoint.size
            guard size < placed, ContinuousClock.now < ends else { return size }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private func compareWithLedger(
        _ finding: DocketAudit.Finding, docket: DocketID, log: LogFiles, size: UInt64, placed: UInt64
    ) async throws -> [Difference] {
        let indexes = try await court.store.read { reading in
            try finding.leaves.map {
                try LedgerTable.index(docket: docket, position: $0.position, ordinal: $0.ordinal, in: reading)
            }
        }
        return zip(finding.leaves, indexes).compactMap { leaf, index in
            // What was entered or placed since the audit began may not be there yet.
            guard let index, index < placed else { return nil }
            guard index < size else { return Difference(.notInLedger, docket: docket, entry: leaf.position) }
            guard (try? log.entry(at: index)) == leaf.leaf else {
                return Difference(.ledgerDiffers, docket: docket, entry: leaf.position, detail: "index \(index)")
            }
            return nil
        }
    }

    /// Closed hours of the log of readings, with their lines and with the ledger.
    private func compareReadings(log: LogFiles, size: UInt64) async throws -> [Difference] {
        var differences: [Difference] = []
        var after: Int64 = -1
        while true {
            let hours = try await court.readings.hours(after: after, limit: 100)
            guard let last = hours.last else { return differences }
            after = last.number
            for hour in hours {
                let start = Instant(milliseconds: hour.number * 3_600_000).rawValue
                if !hour.isUnchanged { differences.append(.readings(.readingsChanged, in: start)) }
                let index = try await court.store.read {
                    try LedgerTable.index(
                        docket: LedgerTable.readings, position: Int(hour.number), ordinal: 0, in: $0)
                }
                if let index, index < size, (try? log.entry(at: index)) != hour.leaf {
                    differences.append(.readings(.ledgerDiffers, in: start))
                }
            }
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

extension Difference {
    /// - Parameter hour: its start.
    fileprivate static func readings(_ kind: Kind, in hour: String) -> Difference {
        Difference(kind, docket: nil, entry: nil, detail: "readings of the hour from \(hour)")
    }
}
