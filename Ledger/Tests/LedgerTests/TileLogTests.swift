import Foundation
import Testing

@testable import Ledger

@Suite("A log on disk")
struct TileLogTests {
    static func entry(_ index: Int) -> [UInt8] { Array("entry \(index)".utf8) }

    static func entries(_ range: Range<Int>) -> [[UInt8]] { range.map(entry) }

    @Test("sizes around tile borders: roots, files and proofs")
    func borders() throws {
        let scratch = try Scratch()
        let log = try TileLog.create(directory: scratch.path, key: Golden.logKey())
        let sizes = [1, 255, 256, 257, 65_535, 65_536, 65_537, 70_000]
        let leaves = Self.entries(0..<70_000).map { MerkleTree.leafHash($0) }
        var before = 0
        for size in sizes {
            #expect(try log.append(Self.entries(before..<size)) == UInt64(before)..<UInt64(size))
            let root = plainRoot(leaves[..<size])
            #expect(log.signed.checkpoint.root == root)
            #expect(try log.files.checkpoint() == log.signed)

            for index in Set([0, 1, size / 2, before, max(0, size - 257), size - 1]) where index < size {
                let proof = try log.files.inclusionProof(index: UInt64(index), size: UInt64(size))
                #expect(proof.verifies(leaf: leaves[index], root: root))
                #expect(try log.files.leafHash(at: UInt64(index)) == leaves[index])
                #expect(try log.files.entry(at: UInt64(index)) == Self.entry(index))
                let file = try log.files.proofFile(index: UInt64(index))
                #expect(throws: Never.self) {
                    try file.verify(entry: Self.entry(index), under: Golden.unwitnessedPolicy())
                }
            }
            for old in sizes where old <= size {
                let proof = try log.files.consistencyProof(from: UInt64(old), to: UInt64(size))
                #expect(proof.verifies(oldRoot: plainRoot(leaves[..<old]), newRoot: root))
            }
            before = size
        }
        // An old size needs no file that was removed since.
        let old = try log.files.inclusionProof(index: 254, size: 255)
        #expect(old.verifies(leaf: leaves[254], root: plainRoot(leaves[..<255])))

        // Exactly the files of the last size are left: the partial ones before it are complete elsewhere.
        let partials = try scratch.served().keys.filter { $0.contains(".p/") }.sorted()
        #expect(
            partials == [
                "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1", "tile/entries/273.p/112",
            ])
        for tile in Tile.all(size: 70_000) { #expect(FileManager.default.fileExists(atPath: scratch.file(tile.path))) }

        let report = try LogAudit.run(directory: scratch.path, under: Golden.unwitnessedPolicy())
        #expect(report.checkpoint.size == 70_000)
        #expect(report.tiles == Tile.all(size: 70_000).count)
        try runIndependentCheck(scratch)
    }

    @Test("in one go or one by one, the same files come out")
    func batches() throws {
        let (first, second) = (try Scratch(), try Scratch())
        let atOnce = try TileLog.create(directory: first.path, key: Golden.logKey())
        try atOnce.append(Self.entries(0..<600))
        let slowly = try TileLog.create(directory: second.path, key: Golden.logKey())
        var before = 0
        for size in [1, 2, 3, 100, 255, 256, 258, 511, 513, 600] {
            try slowly.append(Self.entries(before..<size))
            before = size
        }
        let files = try second.served()
        for (name, bytes) in try first.served() { #expect(files[name] == bytes, "\(name)") }
        #expect(throws: Never.self) { try LogAudit.run(directory: second.path, under: Golden.unwitnessedPolicy()) }
    }

    @Test("opened again, it goes on where it was")
    func reopened() throws {
        let scratch = try Scratch()
        for size in [1, 255, 256, 300] {
            let log = try size == 1 ? .create(directory: scratch.path, key: Golden.logKey()) : reopen(scratch)
            try log.append(Self.entries(Int(log.size)..<size))
        }
        let log = try reopen(scratch)
        #expect(log.size == 300)
        #expect(log.signed.checkpoint.root == plainRoot(Self.entries(0..<300).map { MerkleTree.leafHash($0) }[...]))
    }

    @Test("no entries: nothing is signed; too long an entry: nothing is written")
    func limits() throws {
        let scratch = try Scratch()
        let log = try TileLog.create(directory: scratch.path, key: Golden.logKey())
        let before = try scratch.served()
        #expect(try log.append([]) == 0..<0)
        #expect(throws: LogFailure.entryTooLong(place: 1, bytes: 4_097)) {
            try log.append([[1], [UInt8](repeating: 0, count: 4_097)])
        }
        #expect(try scratch.served() == before)
        try log.append([[UInt8](repeating: 0, count: 4_096), []])
        #expect(try log.files.entry(at: 1) == [])
        #expect(throws: LogFailure.outOfRange) { try log.files.entry(at: 2) }
        #expect(throws: LogFailure.outOfRange) { try log.files.inclusionProof(index: 0, size: 3) }
        #expect(throws: LogFailure.outOfRange) { try log.files.inclusionProof(index: 2, size: 2) }
        #expect(throws: LogFailure.outOfRange) { try log.files.consistencyProof(from: 0, to: 2) }
    }

    @Test("a second writer is kept out while the first lives")
    func oneWriter() throws {
        let scratch = try Scratch()
        var log: TileLog? = try TileLog.create(directory: scratch.path, key: Golden.logKey())
        #expect(throws: LogFailure.inUse(directory: scratch.path)) { try reopen(scratch) }
        try log?.append([[1]])
        log = nil
        #expect(try reopen(scratch).size == 1)
    }

    @Test("no log is made over another, nor opened without its checkpoint or with another key")
    func wrongPlaces() throws {
        let scratch = try Scratch()
        try TileLog.create(directory: scratch.path, key: Golden.logKey()).append([[1]])
        #expect(throws: LogFailure.alreadyThere(directory: scratch.path)) {
            try TileLog.create(directory: scratch.path, key: Golden.logKey())
        }
        let other = try LogKey(origin: Golden.logKey().origin, seed: Golden.witnessSeed)
        #expect(throws: LogFailure.self) { try TileLog.open(directory: scratch.path, key: other) }
        try FileManager.default.removeItem(atPath: scratch.file("checkpoint"))
        #expect(throws: LogFailure.noCheckpoint(directory: scratch.path)) { try reopen(scratch) }
        #expect(throws: LogFailure.alreadyThere(directory: scratch.path)) {
            try TileLog.create(directory: scratch.path, key: Golden.logKey())
        }
    }

    @Test("cosigned first, published then")
    func cosignedFirst() throws {
        let scratch = try Scratch()
        let log = try TileLog.create(directory: scratch.path, key: Golden.logKey())
        let witness = try Golden.witnessKey()
        try log.append(Self.entries(0..<5))
        try log.integrate(Self.entries(5..<300))
        let first = log.signed
        #expect(try log.files.checkpoint().checkpoint.size == 5)
        #expect(log.size == 300)
        #expect(FileManager.default.fileExists(atPath: scratch.file("tile/0/000.p/5")))

        // While the witness thinks, more comes in; what it cosigned can still be published.
        try log.integrate(Self.entries(300..<301))
        let lines = [
            try witness.cosign(first.checkpoint, time: 1), try witness.cosign(log.signed.checkpoint, time: 2),
        ]
        let cosigned = first.adding(lines, by: [witness.verifierKey])
        #expect(cosigned.note.signatures.count == 2, "the line over the other checkpoint is left out")
        try log.publish(cosigned)
        #expect(try log.files.checkpoint() == cosigned)
        #expect(try log.files.proofFile(index: 299).checkpoint == cosigned.note)
        #expect(!FileManager.default.fileExists(atPath: scratch.file("tile/0/000.p")))
        #expect(throws: LogFailure.outOfRange) { try log.files.proofFile(index: 300) }

        // A later line by the same witness replaces its earlier one; older sizes never come back.
        try log.publish(cosigned.adding([witness.cosign(first.checkpoint, time: 9)], by: [witness.verifierKey]))
        #expect(try log.files.checkpoint().note.signatures.count == 2)
        try log.publish(log.signed)
        #expect(try log.files.checkpoint().checkpoint.size == 301)
        #expect(throws: LogFailure.self) { try log.publish(cosigned) }
    }
}

/// Opens the golden log again, as after a restart.
func reopen(_ scratch: Scratch) throws -> TileLog { try TileLog.open(directory: scratch.path, key: Golden.logKey()) }
