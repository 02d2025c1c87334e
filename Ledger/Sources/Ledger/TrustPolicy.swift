/// Which logs to believe, and which log witnesses must have cosigned.
///
/// - Source: c2sp.org/tlog-policy.
public struct TrustPolicy: Hashable, Sendable {
    public struct Log: Hashable, Sendable {
        /// Its name is the log's origin. A log may have several keys while one replaces another.
        public let key: VerifierKey
        public let url: String?
    }

    public struct Witness: Hashable, Sendable {
        /// Local to this policy.
        public let name: String
        public let key: VerifierKey
        public let url: String?
    }

    /// What must be met; groups nest only in earlier groups, so this is always a tree.
    indirect enum Quorum: Hashable, Sendable {
        case notNeeded
        /// Position in `witnesses`.
        case witness(Int)
        case group(atLeast: Int, of: [Quorum])

        func isMet(by cosigners: Set<Int>) -> Bool {
            switch self {
            case .notNeeded: true
            case .witness(let place): cosigners.contains(place)
            case .group(let least, let members): members.count { $0.isMet(by: cosigners) } >= least
            }
        }
    }

    public let logs: [Log]
    public let witnesses: [Witness]
    let quorum: Quorum

    /// Whether cosignatures by these witness keys are enough.
    public func isMet(by cosigners: some Sequence<VerifierKey>) -> Bool {
        let cosigners = Set(cosigners)
        return quorum.isMet(by: Set(witnesses.indices.filter { cosigners.contains(witnesses[$0].key) }))
    }

    /// Every key of the policy, as notes are opened with.
    var keys: [VerifierKey] { logs.map(\.key) + witnesses.map(\.key) }

    public init(_ bytes: [UInt8]) throws(Malformed) {
        var reader = PolicyReader()
        var number = 0
        for line in bytes.split(separator: Lines.lineFeed, omittingEmptySubsequences: false) {
            number += 1
            do throws(PolicyReader.Refused) {
                try reader.read(line)
            } catch {
                throw Malformed(.policy, error.reason, line: number)
            }
        }
        guard let quorum = reader.quorum else { throw Malformed(.policy, "has no quorum line") }
        logs = reader.logs
        witnesses = reader.witnesses
        self.quorum = quorum
    }

    public init(_ text: String) throws(Malformed) { try self.init(Array(text.utf8)) }
}

private struct PolicyReader {
    struct Refused: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    private(set) var logs: [TrustPolicy.Log] = []
    private(set) var witnesses: [TrustPolicy.Witness] = []
    private(set) var quorum: TrustPolicy.Quorum?
    // Names are compared as bytes and share one name space.
    private var defined: [[UInt8]: TrustPolicy.Quorum] = [:]
    private var members: Set<[UInt8]> = []

    mutating func read(_ line: ArraySlice<UInt8>) throws(Refused) {
        guard line.allSatisfy({ $0 == 0x09 || $0 >= 0x20 && $0 != 0x7F }) else {
            throw Refused("holds a control byte")
        }
        let items = line.split { $0 == UInt8(ascii: " ") || $0 == 0x09 }
        guard let keyword = items.first, keyword.first != UInt8(ascii: "#") else { return }
        let words = items.dropFirst().map(Array.init)
        switch String(decoding: keyword, as: UTF8.self) {
        case "log": try readLog(words)
        case "witness": try readWitness(words)
        case "group": try readGroup(words)
        case "quorum": try readQuorum(words)
        default: throw Refused("starts with an unknown word")
        }
    }

    private mutating func readLog(_ words: [[UInt8]]) throws(Refused) {
        guard (1...2).contains(words.count) else { throw Refused("expected: log <vkey> [<url>]") }
        let key = try verifierKey(words[0])
        guard key.kind == .ed25519 else { throw Refused("a log's key is of type 1") }
        guard !logs.contains(where: { $0.key.publicKey == key.publicKey }) else {
            throw Refused("this public key is already a log's")
        }
        guard !logs.contains(where: { $0.key.name == key.name && $0.key.keyID == key.keyID }) else {
            throw Refused("another key of this log has the same key ID")
        }
        logs.append(TrustPolicy.Log(key: key, url: try text(words.dropFirst().first)))
    }

    private mutating func readWitness(_ words: [[UInt8]]) throws(Refused) {
        guard (2...3).contains(words.count), let name = try text(words[0]) else {
            throw Refused("expected: witness <name> <vkey> [<url>]")
        }
        let key = try verifierKey(words[1])
        // Types we cannot verify yet may be named; they never count.
        guard key.kind != .ed25519 else { throw Refused("a log witness's key is not of type 1") }
        guard !witnesses.contains(where: { $0.key.publicKey == key.publicKey }) else {
            throw Refused("this public key is already a log witness's")
        }
        guard !witnesses.contains(where: { $0.key.name == key.name && $0.key.keyID == key.keyID }) else {
            throw Refused("another key of this name has the same key ID")
        }
        try define(words[0], as: .witness(witnesses.count))
        witnesses.append(TrustPolicy.Witness(name: name, key: key, url: try text(words.dropFirst(2).first)))
    }

    private mutating func readGroup(_ words: [[UInt8]]) throws(Refused) {
        guard words.count >= 3 else { throw Refused("expected: group <name> <all | any | k> <member>…") }
        var parts: [TrustPolicy.Quorum] = []
        for word in words[2...] {
            guard let part = defined[word] else { throw Refused("names a member that is not defined above") }
            guard members.insert(word).inserted else { throw Refused("names a member of some group again") }
            parts.append(part)
        }
        let least: Int
        if words[1].equals("all") {
            least = parts.count
        } else if words[1].equals("any") {
            least = 1
        } else {
            guard let number = Decimal.parse(words[1]), (1...UInt64(parts.count)).contains(number) else {
                throw Refused("asks for a number of members that it does not have")
            }
            least = Int(number)
        }
        try define(words[0], as: .group(atLeast: least, of: parts))
    }

    private mutating func readQuorum(_ words: [[UInt8]]) throws(Refused) {
        guard words.count == 1 else { throw Refused("expected: quorum <name>") }
        guard quorum == nil else { throw Refused("is a second quorum line") }
        guard let chosen = words[0].equals("none") ? .some(.notNeeded) : defined[words[0]] else {
            throw Refused("names a quorum that is not defined above")
        }
        quorum = chosen
    }

    private mutating func define(_ name: [UInt8], as quorum: TrustPolicy.Quorum) throws(Refused) {
        guard !name.equals("none") else { throw Refused("none is not a free name") }
        guard defined.updateValue(quorum, forKey: name) == nil else { throw Refused("defines a name again") }
    }

    private func verifierKey(_ word: [UInt8]) throws(Refused) -> VerifierKey {
        do throws(Malformed) {
            return try VerifierKey(bytes: word)
        } catch {
            throw Refused(error.description)
        }
    }

    private func text(_ word: [UInt8]?) throws(Refused) -> String? {
        guard let word else { return nil }
        guard let text = String(validating: word, as: UTF8.self) else { throw Refused("is not UTF-8") }
        return text
    }
}
