import Foundation
import Ledger

/// What the person asked to have checked.
struct Command {
    enum Subject {
        case receipt(String, file: String?)
        case proof(String, entry: String)
        case log(String)
        case caseFile(String)
    }

    let subject: Subject
    let policy: String

    init(_ arguments: [String]) throws(Usage) {
        guard let name = arguments.first else { throw Usage("Say what to check.") }
        let allowed: Set<String>
        switch name {
        case "receipt": allowed = ["--policy", "--file"]
        case "proof": allowed = ["--policy", "--entry"]
        case "log", "case": allowed = ["--policy"]
        default: throw Usage("Unknown command: \(name)")
        }

        var paths: [String] = []
        var options: [String: String] = [:]
        var rest = arguments.dropFirst()
        while let word = rest.popFirst() {
            guard word.hasPrefix("--") else {
                paths.append(word)
                continue
            }
            guard allowed.contains(word) else { throw Usage("\(name) has no option \(word)") }
            guard let value = rest.popFirst() else { throw Usage("\(word) needs a path") }
            guard options.updateValue(value, forKey: word) == nil else { throw Usage("\(word) is given twice") }
        }
        guard let path = paths.first, paths.count == 1 else { throw Usage("\(name) needs exactly one path") }
        guard let policy = options["--policy"] else { throw Usage("--policy is missing") }
        self.policy = policy
        switch name {
        case "receipt": subject = .receipt(path, file: options["--file"])
        case "log": subject = .log(path)
        case "case": subject = .caseFile(path)
        default:
            guard let entry = options["--entry"] else { throw Usage("--entry is missing") }
            subject = .proof(path, entry: entry)
        }
    }

    /// - Parameter now: POSIX seconds.
    /// - Returns: what was found to hold, for people.
    func run(now: UInt64) throws -> String {
        let policy = try trustPolicy()
        switch subject {
        case .receipt(let path, let file):
            let receipt = try LedgerReceipt(json: bytes(of: path))
            let report =
                if let file {
                    try receipt.verify(under: policy, file: bytes(of: file), now: now)
                } else {
                    try receipt.verify(under: policy, now: now)
                }
            return """
                verifies
                opened  \(report.opened.map(\.rawValue).joined(separator: ", "))
                entered \(instant(seconds: report.minutes.multipliedReportingOverflow(by: 60).partialValue))
                \(lines(report.proof))
                """
        case .proof(let path, let entry):
            let proof = try ProofFile(bytes(of: path))
            return "verifies\n" + lines(try proof.verify(entry: bytes(of: entry), under: policy, now: now))
        case .log(let directory):
            guard FileManager.default.fileExists(atPath: directory) else {
                throw Unreadable("cannot read \(directory)")
            }
            let report = try LogAudit.run(directory: directory, under: policy, now: now)
            return """
                verifies
                origin  \(report.checkpoint.origin)
                size    \(report.checkpoint.size)
                root    \(report.checkpoint.root.base64)
                tiles   \(report.tiles)
                """ + cosignatures(report.cosignatures)
        case .caseFile(let path):
            var folder = CaseFolder(path)
            try folder.check(under: policy, now: now)
            let waiting = folder.waiting.map { "\($0) was not yet in the ledger" }
            guard folder.wrong.isEmpty, waiting.isEmpty else { throw CaseFileDiffers(findings: folder.wrong + waiting) }
            return """
                verifies
                proven  \(folder.proven)
                kept back  \(folder.withheld)
                \(folder.isWhole ? "whole   no entry is missing" : "whole   not shown: a reader's copy")
                """
        }
    }

    /// A policy that cannot be read is the checker's own mistake, not a finding about the proof.
    private func trustPolicy() throws -> TrustPolicy {
        let bytes = try bytes(of: policy)
        do throws(Malformed) {
            return try TrustPolicy(bytes)
        } catch {
            throw Unreadable("\(policy): \(error)")
        }
    }

    private func bytes(of path: String) throws(Unreadable) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else { throw Unreadable("cannot read \(path)") }
        return Array(data)
    }

    private func lines(_ report: ProofReport) -> String {
        """
        origin  \(report.origin)
        index   \(report.index)
        size    \(report.size)
        """ + cosignatures(report.cosignatures)
    }

    private func cosignatures(_ cosignatures: [ProofReport.Cosignature]) -> String {
        cosignatures.map { "\nwitness \($0.witness) (\($0.key.name)) \(instant(seconds: $0.time))" }.joined()
    }

    private func instant(seconds: UInt64) -> String {
        ISO8601DateFormatter().string(from: Date(timeIntervalSince1970: Double(seconds)))
    }
}

struct Usage: Error {
    static let text = """
        usage: xiezhi-verify receipt FILE --policy POLICY [--file PATH]
               xiezhi-verify proof PROOFFILE --entry ENTRYFILE --policy POLICY
               xiezhi-verify log DIR --policy POLICY
               xiezhi-verify case FOLDER --policy POLICY
        """

    let reason: String
    init(_ reason: String) { self.reason = reason }
}

/// Something needed for checking could not be read.
struct Unreadable: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
}
