import Testing

@testable import Ledger

@Suite("The project's golden vector, byte for byte")
struct GoldenVectorTests {
    @Test("keys")
    func keys() throws {
        let policy = try Golden.policy()
        #expect(try policy.logs.map(\.key) == [Golden.logKey().verifierKey])
        #expect(try policy.witnesses.map(\.key) == [Golden.witnessKey().verifierKey])
        #expect(
            Hash.sha256(Array("ledger.example/court/1".utf8)).hex
                == "ab396dbe4e99f57d70ea4f615ede313ff41e7fdf4f301053071016c1ebbeb91a")
    }

    @Test("a log on disk writes the proof file and the old checkpoint")
    func logOnDisk() throws {
        let scratch = try Scratch()
        let log = try TileLog.create(directory: scratch.path, key: Golden.logKey())
        let witness = try Golden.witnessKey()
        let cosign = {
            let line = try witness.cosign(log.signed.checkpoint, time: Golden.time)
            try log.publish(log.signed.adding([line], by: [witness.verifierKey]))
        }

        #expect(try log.append(Array(Golden.entries[..<3])) == 0..<3)
        try cosign()
        #expect(try scratch.read("checkpoint") == Array(Golden.oldCheckpointText.utf8))

        #expect(try log.append(Array(Golden.entries[3...])) == 3..<8)
        try cosign()
        #expect(try log.files.proofFile(index: 5).text == Golden.proofText)
        #expect(try log.files.consistencyProof(from: 3, to: 8).path.map(\.base64) == Golden.consistencyPath)
        #expect(try scratch.read("tile/entries/000.p/8") == EntryBundle.bytes(of: Golden.entries))
        #expect(try scratch.read("tile/0/000.p/8") == Tile.bytes(of: Golden.leaves))
    }

    @Test("the proof verifies and reports who, where and when")
    func proof() throws {
        let proof = try ProofFile(Array(Golden.proofText.utf8))
        let report = try proof.verify(entry: Golden.entries[5], under: Golden.policy(), now: Golden.time)
        #expect(report.origin == "ledger.example/court/1")
        #expect(report.index == 5)
        #expect(report.size == 8)
        #expect(report.cosignatures.map(\.witness) == ["notary"])
        #expect(report.earliestTime == Golden.time)
        #expect(report.latestTime == Golden.time)
        #expect(proof.text == Golden.proofText)
    }

    @Test("a cosignature more than ten minutes ahead of our clock does not count")
    func clock() throws {
        let proof = try ProofFile(Array(Golden.proofText.utf8))
        let verify = { (now: UInt64) in
            try proof.verify(entry: Golden.entries[5], under: Golden.policy(), now: now)
        }
        #expect(throws: Never.self) { try verify(Golden.time - 600) }
        #expect(throws: VerificationFailure.quorumNotMet(cosigned: [], ahead: ["notary"])) {
            try verify(Golden.time - 601)
        }
    }

    @Test("extra data travels along and changes nothing")
    func extra() throws {
        let plain = try ProofFile(Array(Golden.proofText.utf8))
        let proof = try ProofFile(index: 5, path: plain.path, checkpoint: plain.checkpoint, extra: [1, 2, 3])
        #expect(proof.text.hasPrefix("c2sp.org/tlog-proof@v1\nextra AQID\nindex 5\n"))
        #expect(try ProofFile(proof.bytes) == proof)
        #expect(throws: Malformed.self) {
            try ProofFile(
                index: 5, path: [], checkpoint: plain.checkpoint,
                extra: [UInt8](repeating: 0, count: ProofFile.longestExtra + 1))
        }
        let twice = Golden.proofText.replacing("index 5", with: "extra AQID\nextra AQID\nindex 5")
        #expect(throws: Malformed.self) { try ProofFile(Array(twice.utf8)) }
    }
}

@Suite("What must fail")
struct MustFailTests {
    /// A change of the golden proof by text, which must not verify for entry 5.
    struct Change: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let edit: @Sendable (String) -> String

        init(_ description: String, _ edit: @escaping @Sendable (String) -> String) {
            (testDescription, self.edit) = (description, edit)
        }

        init(_ description: String, _ old: String, _ new: String) {
            self.init(description) { $0.replacing(old, with: new) }
        }
    }

    static let lines = Golden.proofText.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)

    static let changes = [
        Change("index 4", "index 5", "index 4"),
        Change("index 6", "index 5", "index 6"),
        Change("size line 9", "\n8\n", "\n9\n"),
        Change("a hash dropped", lines[3] + "\n", ""),
        Change("a hash doubled", lines[3] + "\n", lines[3] + "\n" + lines[3] + "\n"),
        Change("two hashes swapped", lines[2] + "\n" + lines[3], lines[3] + "\n" + lines[2]),
        Change("root line changed", "XcnaeacG", "XcnbeacG"),
        Change("log line removed", lines[10] + "\n", ""),
        Change("witness line removed", lines[11] + "\n", ""),
        Change("witness time changed by one", "tq/X2wAAAABpVbkA", "tq/X2wAAAABpVbkB"),
        Change("a byte after the checkpoint") { $0 + "x" },
        Change("a line break after the checkpoint") { $0 + "\n" },
        Change("CR LF line ends", "\n", "\r\n"),
        Change("leading zero in the size", "\n8\n", "\n08\n"),
        Change("leading zero in the index", "index 5", "index 05"),
        Change("a hash without padding", "ms=\n", "ms\n"),
        Change("a root without padding", "Qyg=\n", "Qyg\n"),
        Change("a signature without padding", "CA==\n", "CA\n"),
        Change("padding bits that are not zero", "ms=\n", "mt=\n"),
        Change("the header", "proof@v1", "proof@v2"),
        Change("no final line break") { String($0.dropLast()) },
    ]

    @Test("each change of the golden proof", arguments: changes)
    func changed(_ change: Change) throws {
        let text = change.edit(Golden.proofText)
        #expect(text != Golden.proofText)
        #expect(throws: (any Error).self) {
            try ProofFile(Array(text.utf8)).verify(entry: Golden.entries[5], under: Golden.policy())
        }
    }

    @Test("any single byte of the proof changed")
    func everyByte() throws {
        let policy = try Golden.policy()
        let good = Array(Golden.proofText.utf8)
        for place in good.indices {
            var bytes = good
            bytes[place] ^= 1
            #expect(throws: (any Error).self, "byte \(place)") {
                try ProofFile(bytes).verify(entry: Golden.entries[5], under: policy)
            }
        }
    }

    @Test("another entry")
    func entryChanged() throws {
        let proof = try ProofFile(Array(Golden.proofText.utf8))
        #expect(throws: VerificationFailure.notIncluded(index: 5, size: 8)) {
            try proof.verify(entry: [0x40, 0x41, 0x42, 0x44], under: Golden.policy())
        }
    }

    @Test("the same witness twice is one witness")
    func repeatedWitness() throws {
        let other = try WitnessKey(name: #require(KeyName("other.example/w2")), seed: Array(0x40...0x5F))
        let policy = try TrustPolicy(
            Golden.policyText.replacing(
                "quorum notary", with: "witness other \(other.verifierKey)\ngroup both 2 notary other\nquorum both"))
        let doubled = Golden.proofText + Self.lines[11] + "\n"
        #expect(throws: VerificationFailure.quorumNotMet(cosigned: ["notary"], ahead: [])) {
            try ProofFile(Array(doubled.utf8)).verify(entry: Golden.entries[5], under: policy)
        }
        // One public key can't be two witnesses of a policy either.
        let alias = try WitnessKey(name: #require(KeyName("alias.example/w1")), seed: Golden.witnessSeed)
        #expect(throws: Malformed.self) {
            try TrustPolicy(Golden.policyText + "witness alias \(alias.verifierKey)\n")
        }
    }

    @Test("a witness key under type 1 is no witness")
    func witnessUnderTypeOne() throws {
        let witness = try Golden.witnessKey().verifierKey
        let asLog = try LogKey(origin: #require(Origin(rawValue: "notary.example/w1")), seed: Golden.witnessSeed)
        let policyText = try Golden.policyText.replacing("\(witness)", with: "\(Golden.witnessKeyUnderTypeOne())")
        #expect(throws: Malformed.self) { try TrustPolicy(policyText) }

        let proof = try ProofFile(Array(Golden.proofText.utf8))
        let checkpoint = try Checkpoint(text: proof.checkpoint.text)
        let note = SignedNote(
            text: proof.checkpoint.text, signatures: [proof.checkpoint.signatures[0], try asLog.sign(checkpoint)])
        let forged = try ProofFile(index: 5, path: proof.path, checkpoint: note)
        #expect(throws: VerificationFailure.quorumNotMet(cosigned: [], ahead: [])) {
            try forged.verify(entry: Golden.entries[5], under: Golden.policy())
        }
        // Also when a policy believes that very key as a log: it is still no witness.
        let both = try TrustPolicy("log \(asLog.verifierKey)\n" + Golden.policyText)
        #expect(throws: VerificationFailure.quorumNotMet(cosigned: [], ahead: [])) {
            try forged.verify(entry: Golden.entries[5], under: both)
        }
    }

    @Test("a checkpoint of another origin, signed by the same log key")
    func otherOrigin() throws {
        let proof = try ProofFile(Array(Golden.proofText.utf8))
        let root = try Checkpoint(text: proof.checkpoint.text).root
        let checkpoint = try Checkpoint(origin: "ledger.example/court/2", size: 8, root: root)
        let note = SignedNote(
            text: checkpoint.text,
            signatures: [
                try Golden.logKey().sign(checkpoint), try Golden.witnessKey().cosign(checkpoint, time: Golden.time),
            ])
        let forged = try ProofFile(index: 5, path: proof.path, checkpoint: note)
        #expect(throws: VerificationFailure.unknownLog(origin: "ledger.example/court/2")) {
            try forged.verify(entry: Golden.entries[5], under: Golden.policy())
        }
    }
}

extension Golden {
    static func witnessKeyUnderTypeOne() throws -> VerifierKey {
        let key = try witnessKey().verifierKey
        return try VerifierKey(name: key.name, kind: .ed25519, publicKey: key.publicKey)
    }
}
