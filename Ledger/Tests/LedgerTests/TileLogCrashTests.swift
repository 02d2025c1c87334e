import Foundation
import Testing

@testable import Ledger

@Suite("A log after a crash or a mishap")
struct TileLogCrashTests {
    /// The served files of a log of some sizes that nothing ever happened to.
    static func undisturbed(_ sizes: [Int]) throws -> [String: [UInt8]] {
        let scratch = try Scratch()
        let log = try TileLog.create(directory: scratch.path, key: Golden.logKey())
        for size in sizes { try log.append(TileLogTests.entries(Int(log.size)..<size)) }
        return try scratch.served()
    }

    /// A log of 200 entries, closed.
    static func log() throws -> Scratch {
        let scratch = try Scratch()
        try TileLog.create(directory: scratch.path, key: Golden.logKey()).append(TileLogTests.entries(0..<200))
        return scratch
    }

    @Test("after each file of the next batch: the same entries give the same log", arguments: 0...7)
    func betweenFiles(written: Int) throws {
        // Given the files of the next batch, of which a crash let only the first ones happen
        let scratch = try Self.log()
        let next = try Self.undisturbed([200, 600]).filter { $0.key.hasPrefix("tile/") }.sorted { $0.key < $1.key }
        for (name, bytes) in next.prefix(written) { try scratch.write(bytes, to: name) }
        // and half a file in the making
        try scratch.write([1, 2, 3], to: "tmp/0")

        // When the log is opened again, it stands where its checkpoint says
        let log = try reopen(scratch)
        #expect(log.size == 200)
        #expect(!FileManager.default.fileExists(atPath: scratch.file("tmp/0")))
        #expect(throws: Never.self) { try log.files.proofFile(index: 199) }

        // and the entries, come again, give the files they would have given
        try log.append(TileLogTests.entries(200..<600))
        #expect(try scratch.served() == Self.undisturbed([200, 600]))
        #expect(throws: Never.self) { try LogAudit.run(directory: scratch.path, under: Golden.unwitnessedPolicy()) }
    }

    @Test("other entries after the crash are a lawful log too, as nothing was signed")
    func otherEntries() throws {
        let scratch = try Self.log()
        for (name, bytes) in try Self.undisturbed([200, 600]) where name.hasPrefix("tile/") {
            try scratch.write(bytes, to: name)
        }
        try reopen(scratch).append([[1]])
        try reopen(scratch).append((0..<500).map { [2, UInt8($0 & 255)] })
        let report = try LogAudit.run(directory: scratch.path, under: Golden.unwitnessedPolicy())
        #expect(report.checkpoint.size == 701)
        #expect(try reopen(scratch).files.entry(at: 200) == [1])
    }

    @Test("truncated files beyond the checkpoint are written again")
    func truncatedBeyond() throws {
        let scratch = try Self.log()
        for (name, bytes) in try Self.undisturbed([200, 600]) where name.hasPrefix("tile/") && !name.contains(".p/") {
            try scratch.write(bytes.prefix(100), to: name)
        }
        try reopen(scratch).append(TileLogTests.entries(200..<600))
        #expect(try scratch.served() == Self.undisturbed([200, 600]))
    }

    @Test("signed and not yet published before the crash: never signed otherwise after it")
    func signedNotPublished() throws {
        let scratch = try Self.log()
        do { try reopen(scratch).integrate(TileLogTests.entries(200..<260)) }
        let log = try reopen(scratch)
        #expect(log.size == 260)
        #expect(log.published.checkpoint.size == 200)
        #expect(try log.append([[7]]) == 260..<261)
        #expect(try log.files.consistencyProof(from: 200, to: 261).newSize == 261)
    }

    @Test(
        "what the checkpoint covers must be whole",
        arguments: ["tile/0/000.p/200", "tile/entries/000.p/200", "checkpoint"], ["cut", "changed", "gone"])
    func damaged(name: String, how: String) throws {
        let scratch = try Self.log()
        var bytes = try scratch.read(name)
        switch how {
        case "cut": try scratch.write(bytes.dropLast(), to: name)
        case "changed":
            bytes[bytes.count / 2] ^= 1
            try scratch.write(bytes, to: name)
        default: try FileManager.default.removeItem(atPath: scratch.file(name))
        }
        #expect(throws: LogFailure.self) { try reopen(scratch) }
    }

    @Test("a checkpoint put back under a living log stops it")
    func headMoved() throws {
        let scratch = try Scratch()
        let log = try TileLog.create(directory: scratch.path, key: Golden.logKey())
        let old = try scratch.read("checkpoint")
        try log.append([[1]])
        try scratch.write(old, to: "checkpoint")
        #expect(throws: LogFailure.headMoved) { try log.append([[2]]) }
    }

    @Test("two signed checkpoints that contradict one another: the log stays shut")
    func forked() throws {
        let scratch = try Self.log()
        let fork = try Scratch()
        try TileLog.create(directory: fork.path, key: Golden.logKey()).append((0..<150).map { [9, UInt8($0)] })
        try scratch.write(try fork.read("checkpoint"), to: "checkpoint.signed")
        #expect(throws: LogFailure.self) { try reopen(scratch) }
    }
}
