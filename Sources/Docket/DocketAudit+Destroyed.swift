import Procedure
import Storage

extension DocketAudit {
    /// Compares what can be compared of a docket that nobody can read any more: that every entry is there, in its order
    /// of time, and which leaves it has, so that they can be looked for in the ledger.
    func examineDestroyed(_ docket: DocketID) async throws -> Finding {
        try await registry.store.read { reading in
            var finding = Finding()
            finding.isDestroyed = true
            for entry in try ActTable.entries(of: docket, after: 0, in: reading) { finding.take(entry, of: docket) }
            let files = try reading.rows(
                "SELECT position, ordinal, leaf FROM file_leaf WHERE docket = $1 ORDER BY position, ordinal", docket)
            for file in files {
                finding.leaves.append((Int(try file.integer(0)), Int(try file.integer(1)) + 1, try file.bytes(2)))
            }
            let head = try reading.row("SELECT position FROM docket_head WHERE docket = $1", docket)
            let position = try head.map { Int(try $0.integer(0)) }
            if position != finding.entries {
                finding.differences.append(
                    Difference(.wrongHead, docket: docket, entry: position, detail: "\(finding.entries) entries"))
            }
            return finding
        }
    }
}
