import Testing

@testable import Ledger

/// A court's log with the vector's act at index 1 and a file at index 2, cosigned by the golden witness.
struct ReceiptCase {
    let scratch: Scratch
    let act: LedgerReceipt
    let file: LedgerReceipt
    static let fileBytes = Array("合同.pdf".utf8)

    init() throws {
        scratch = try Scratch()
        let salt = try LeafVector.salt()
        let actEntry = try LeafVector.entry()
        let fileEntry = try LeafEntry(
            kind: .file, minutes: LeafVector.minutes, commitments: [salt.commitment(.file, to: Self.fileBytes)])
        let other = try LeafEntry(kind: .deposit, minutes: 1, commitments: [MerkleTree.emptyRoot])

        let log = try TileLog.create(directory: scratch.path, key: Golden.logKey())
        try log.integrate([other.bytes, actEntry.bytes, fileEntry.bytes])
        let witness = try Golden.witnessKey()
        let line = try witness.cosign(log.signed.checkpoint, time: Golden.time)
        try log.publish(log.signed.adding([line], by: [witness.verifierKey]))

        act = try #require(
            LedgerReceipt(
                content: LeafVector.content, salt: salt, entry: actEntry, proof: log.files.proofFile(index: 1)))
        file = try #require(
            LedgerReceipt(fileSalt: salt, entry: fileEntry, proof: log.files.proofFile(index: 2)))
    }
}

@Suite("Receipts, checked without us")
struct ReceiptTests {
    let receipts: ReceiptCase
    let policy: TrustPolicy

    init() throws {
        receipts = try ReceiptCase()
        policy = try Golden.policy()
    }

    @Test("an act's receipt verifies from its file alone")
    func act() throws {
        let report = try LedgerReceipt(json: receipts.act.json).verify(under: policy)
        #expect(report.kind == .act)
        #expect(report.issuer == 0)
        #expect(report.minutes == LeafVector.minutes)
        #expect(report.opened == [.act])
        #expect(report.proof.origin == "ledger.example/court/1")
        #expect(report.proof.index == 1)
        #expect(report.proof.size == 3)
        #expect(report.proof.cosignatures.map(\.time) == [Golden.time])
    }

    @Test("a file's receipt verifies with the file or its digest")
    func file() throws {
        let receipt = try LedgerReceipt(json: receipts.file.json)
        #expect(try receipt.verify(under: policy, file: ReceiptCase.fileBytes).opened == [.file])
        let digest = Hash.sha256(ReceiptCase.fileBytes)
        #expect(try receipt.verify(under: policy, digests: [.file: digest]).proof.index == 2)
        #expect(throws: VerificationFailure.notGiven(label: "file")) { try receipt.verify(under: policy) }
        #expect(throws: VerificationFailure.commitmentDiffers(label: "file")) {
            try receipt.verify(under: policy, file: ReceiptCase.fileBytes + [0])
        }
        #expect(throws: VerificationFailure.notOpened(label: "file")) {
            try receipts.act.verify(under: policy, file: ReceiptCase.fileBytes)
        }
    }

    @Test("a receipt says nothing of what it does not open")
    func secrets() throws {
        let salt = try LeafVector.salt()
        let json = String(decoding: receipts.act.json, as: UTF8.self)
        #expect(!json.contains(Base64.encode(salt.bytes)))
        #expect(!json.contains(Base64.encode(salt.salt(for: .chain).bytes)))
        #expect(receipts.act.commitments.map(\.label) == ["act", "chain"])
    }

    @Test(
        "any single byte of a receipt changed, in each of eight ways it can go wrong by one bit",
        arguments: 0..<8)
    func everyByte(bit: Int) throws {
        let good = receipts.act.json
        // Each bit takes its eighth of the bytes: every byte is changed once, every bit often.
        for place in stride(from: bit, to: good.count, by: 8) {
            var bytes = good
            bytes[place] ^= 1 << bit
            #expect(throws: (any Error).self, "byte \(place)") {
                try LedgerReceipt(json: bytes).verify(under: policy)
            }
        }
    }

    @Test("each step names itself")
    func steps() throws {
        let good = receipts.act
        let step = { (text: String) -> VerificationFailure.Step? in
            let receipt = try LedgerReceipt(json: Array(text.utf8))
            do {
                _ = try receipt.verify(under: policy)
                return nil
            } catch let failure as VerificationFailure {
                return failure.step
            }
        }
        let json = String(decoding: good.json, as: UTF8.self)
        #expect(try step(json) == nil)
        #expect(try step(json.replacing("网购", with: "网够")) == .content)
        let emptied = json.replacing(#""salts":{"act":"\#(good.salts["act"] ?? "")"}"#, with: #""salts":{}"#)
        #expect(try step(emptied) == .content)
        #expect(try step(json.replacing(good.entry, with: receipts.file.entry)) == .entry)
        #expect(try step(json.replacing("index 1", with: "index 2")) == .inclusion)
        let notary = "\\n— notary.example/w1"
        #expect(try step(json.replacing(notary, with: "\\n— notary.example/w9")) == .cosignatures)
        #expect(
            try step(json.replacing("\\n— ledger.example/court/1", with: "\\n— ledger.example/court/9")) == .checkpoint)
        #expect(try step(json.replacing("xiezhi-receipt/1", with: "xiezhi-receipt/2")) == .form)
    }

    @Test(
        "another spelling of the same JSON is not a receipt",
        arguments: [
            ("{", "{ "), ("网", "\\u7f51"), ("\"format\":", "\"format\":\"xiezhi-receipt/1\",\"format\":"),
            ("{\"comm", "{\"also\":\"\",\"comm"), ("}}", "}}\n"), ("xiezhi-receipt/1", "xiezhi-receipt\\/1"),
        ])
    func spelling(old: String, new: String) throws {
        let json = String(decoding: receipts.act.json, as: UTF8.self)
        let changed: String
        if old == "}}" {
            changed = json + "\n"
        } else {
            changed = json.replacing(old, with: new, maxReplacements: 1)
        }
        #expect(changed != json)
        #expect(throws: Malformed.self) { try LedgerReceipt(json: Array(changed.utf8)) }
    }

    @Test("characters are kept as they came, not normalised")
    func rareCharacters() throws {
        let salt = try LeafVector.salt()
        let content = "{\"name\":\"e\u{301} \u{E9} \u{212B} 𠮷 \\u0000 \u{2028} \u{7F}\"}"
        let chain = try hash(hex: LeafVector.chain)
        let entry = try LeafEntry(
            kind: .act, minutes: 1, commitments: [salt.commitment(.act, to: Array(content.utf8)), chain])
        let scratch = try Scratch()
        let log = try TileLog.create(directory: scratch.path, key: Golden.logKey())
        try log.append([entry.bytes])
        let receipt = try #require(
            LedgerReceipt(content: content, salt: salt, entry: entry, proof: log.files.proofFile(index: 0)))
        let read = try LedgerReceipt(json: receipt.json)
        #expect(read.content.map { Array($0.utf8) } == Array(content.utf8))
        #expect(try read.verify(under: Golden.unwitnessedPolicy()).opened == [.act])
    }
}
