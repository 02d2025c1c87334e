import Foundation
import Ledger

/// A case file that was unpacked into a folder, checked without the court and without a network: each file against the
/// entry that names it, each entry against its receipt, each receipt under the policy.
struct CaseFolder {
    private struct Manifest: Decodable {
        struct Entry: Decodable {
            let id, content: String
            let receipt, chain: String?
        }
        struct File: Decodable { let path, digest, state: String }

        let format, docket: String
        let entries: [Entry]
        let files: [File]
    }

    /// What of an entry the check needs.
    private struct Content: Decodable {
        let id, docket: String
        let position: UInt64
    }

    private static let format = "xiezhi-case-file/1"

    let folder: String
    private(set) var proven = 0
    /// What does not hold, by file.
    private(set) var wrong: [String] = []
    /// What was not in the ledger when the file was made.
    private(set) var waiting: [String] = []
    private(set) var withheld = 0
    /// Whether the entries' places in the docket are opened, so that a missing one is noticed.
    private(set) var isWhole = false

    init(_ folder: String) { self.folder = folder }

    mutating func check(under policy: TrustPolicy, now: UInt64) throws {
        guard let guide = bytes(of: "manifest.json") else { throw Unreadable("cannot read \(folder)/manifest.json") }
        guard let manifest = try? JSONDecoder().decode(Manifest.self, from: guide), manifest.format == Self.format
        else { throw Unreadable("\(folder)/manifest.json is not that of a case file") }

        var named: [String: String] = [:]
        var links: [(content: Content, path: String, bytes: [UInt8], salt: LabelSalt?, leaf: LeafEntry)] = []
        for entry in manifest.entries {
            guard let receiptPath = entry.receipt else {
                waiting.append(entry.content)
                continue
            }
            guard let (receipt, text) = receipt(at: receiptPath, under: policy, now: now),
                let content = try? JSONDecoder().decode(Content.self, from: Data(text)), content.id == entry.id,
                content.docket == manifest.docket, let leaf = Data(base64Encoded: receipt.entry),
                let leafEntry = try? LeafEntry(Array(leaf))
            else {
                wrong.append("\(receiptPath) is missing or altered")
                continue
            }
            proven += 1
            if bytes(of: entry.content)?.elementsEqual(text) == true {
                proven += 1
            } else {
                wrong.append("\(entry.content) is missing or altered")
            }
            for (digest, name) in Self.filesNamed(in: text) { named[digest] = name }
            let salt = entry.chain.flatMap { Data(base64Encoded: $0) }.flatMap { LabelSalt(Array($0)) }
            links.append((content, entry.content, text, salt, leafEntry))
        }
        checkFiles(manifest.files, named: named)
        isWhole = !links.isEmpty && links.count == manifest.entries.count && links.allSatisfy { $0.salt != nil }
        guard isWhole else { return }
        var previous: Hash?
        for (index, link) in links.sorted(by: { $0.content.position < $1.content.position }).enumerated() {
            let place = chainText(docket: manifest.docket, position: UInt64(index) + 1, previous: previous)
            let commitment = place.flatMap { link.salt?.commitment(.chain, toDigest: Hash.sha256(Array($0.utf8))) }
            if commitment != link.leaf.commitments.last {
                wrong.append("\(link.path) does not follow on the entry before: something is missing or moved")
            }
            previous = Hash.sha256(link.bytes)
        }
    }

    private func receipt(
        at path: String, under policy: TrustPolicy, now: UInt64
    ) -> (receipt: LedgerReceipt, content: [UInt8])? {
        guard let bytes = bytes(of: path), let receipt = try? LedgerReceipt(json: Array(bytes)),
            let report = try? receipt.verify(under: policy, now: now), report.kind == .act,
            let content = receipt.content
        else { return nil }
        return (receipt, Array(content.utf8))
    }

    private mutating func checkFiles(_ files: [Manifest.File], named: [String: String]) {
        for file in files {
            if file.state == "withheld", named[file.digest] != nil {
                withheld += 1
            } else if let bytes = bytes(of: file.path) {
                let isNamed = "sha256:\(Hash.sha256(bytes).hex)" == file.digest && named[file.digest] != nil
                if isNamed { proven += 1 } else { wrong.append("\(file.path) is altered, or no proven entry names it") }
            } else {
                wrong.append("\(file.path) is missing")
            }
        }
        let listed = Set(files.map(\.digest))
        for (digest, name) in named.sorted(by: { $0.value < $1.value }) where !listed.contains(digest) {
            wrong.append("\(name) is missing, and an entry names it")
        }
    }

    /// The files an entry names, wherever in it: every object with a file, a digest and a length.
    private static func filesNamed(in content: [UInt8]) -> [(digest: String, name: String)] {
        func collect(_ value: Any) -> [(digest: String, name: String)] {
            if let items = value as? [Any] { return items.flatMap(collect) }
            guard let members = value as? [String: Any] else { return [] }
            if members["file"] is String, let digest = members["digest"] as? String, members["bytes"] is NSNumber {
                return [(digest, members["name"] as? String ?? digest)]
            }
            return members.values.flatMap(collect)
        }
        let json = try? JSONSerialization.jsonObject(with: Data(content))
        return json.map { collect($0) } ?? []
    }

    /// Mapped, not read: a video is larger than memory should be. Never outside the folder.
    private func bytes(of path: String) -> Data? {
        guard !path.split(separator: "/").contains(".."), !path.hasPrefix("/") else { return nil }
        return try? Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)"), options: .alwaysMapped)
    }
}

/// Something in a case file does not hold.
struct CaseFileDiffers: Error, CustomStringConvertible {
    let findings: [String]
    var description: String { findings.joined(separator: "\n") }
}
