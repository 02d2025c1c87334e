import Foundation
import Testing

@testable import Ledger

@Suite("Auditing a log on disk")
struct LogAuditTests {
    let scratch: Scratch

    /// Sizes 100 and 300 were published; then 0 to 255 are complete and 256 to 299 are not.
    init() throws {
        scratch = try Scratch()
        let log = try TileLog.create(directory: scratch.path, key: Golden.logKey())
        for size in [100, 260, 300] { try log.append(TileLogTests.entries(Int(log.size)..<size)) }
    }

    private func difference() throws -> LogAudit.Difference? {
        do {
            _ = try LogAudit.run(directory: scratch.path, under: Golden.unwitnessedPolicy())
            return nil
        } catch let difference as LogAudit.Difference {
            return difference
        }
    }

    @Test("an entry changed on disk is named")
    func entry() throws {
        var bundle = try EntryBundle(index: 0).entries(from: scratch.read("tile/entries/000"))
        bundle[7] = [1]
        try scratch.write(EntryBundle.bytes(of: bundle), to: "tile/entries/000")
        #expect(try difference() == .hash(path: "tile/0/000", position: 7, entries: 7..<8))
    }

    @Test("an entry changed together with its tile is found one level up")
    func entryAndTile() throws {
        var bundle = try EntryBundle(index: 0).entries(from: scratch.read("tile/entries/000"))
        bundle[7] = [1]
        try scratch.write(EntryBundle.bytes(of: bundle), to: "tile/entries/000")
        try scratch.write(Tile.bytes(of: bundle.map { MerkleTree.leafHash($0) }), to: "tile/0/000")
        #expect(try difference() == .hash(path: "tile/1/000.p/1", position: 0, entries: 0..<256))
    }

    @Test("everything rewritten to match: the checkpoint tells")
    func root() throws {
        let forged = try Scratch()
        let log = try TileLog.create(directory: forged.path, key: Golden.logKey())
        try log.append([[1]] + TileLogTests.entries(1..<300))
        for (name, bytes) in try forged.served() where name.hasPrefix("tile/") { try scratch.write(bytes, to: name) }
        for name in ["tile/0/001.p/4", "tile/entries/001.p/4"] {
            try FileManager.default.removeItem(atPath: scratch.file(name))
        }
        #expect(try difference() == .root(size: 300, computed: log.signed.checkpoint.root))
    }

    @Test("a left-over partial file is compared too")
    func leftOver() throws {
        var tile = try scratch.read("tile/0/001.p/4")
        tile[40] ^= 1
        try scratch.write(tile, to: "tile/0/001.p/4")
        #expect(try difference() == .hash(path: "tile/0/001.p/4", position: 1, entries: 257..<258))
    }

    @Test("missing files are named")
    func missing() throws {
        try FileManager.default.removeItem(atPath: scratch.file("tile/1/000.p/1"))
        #expect(try difference() == .missing(path: "tile/1/000.p/1"))
    }

    @Test("any byte of any file changed is found")
    func everyFile() throws {
        var random = SystemRandomNumberGenerator()
        for (name, good) in try scratch.served() {
            let places = [0, 1, good.count - 1] + (0..<5).map { _ in Int.random(in: good.indices, using: &random) }
            for place in Set(places).intersection(good.indices) {
                var bytes = good
                bytes[place] ^= 1
                try scratch.write(bytes, to: name)
                #expect(try difference() != nil, "\(name), byte \(place)")
            }
            try scratch.write(good, to: name)
        }
        #expect(try difference() == nil)
    }
}
