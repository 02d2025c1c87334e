import Crypto
import Foundation
import NIOCore
import Procedure
import Testing

@testable import Storage

@Suite("Resumable uploads")
struct StagedUploadTests {
    static let chunk = TemporaryCourt.chunk
    let account = AccountID.random()

    @Test(
        "pieces of any size become the file", arguments: [0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk, 2 * chunk + 9])
    func pieces(length: Int) async throws {
        let court = try await TemporaryCourt()
        let content = sample(length)
        let upload = try await begin(in: court, length)
        var offset = 0
        for step in [1, 300_000, 17, Self.chunk, 5_000_000] where offset < length {
            let end = min(length, offset + step)
            #expect(try await upload.append(at: Int64(offset), Array(content[offset..<end])) == Int64(end))
            #expect(try await upload.offset() == Int64(end))
            offset = end
        }
        let file = try await upload.finish()
        #expect(file.size == Int64(length) && file.name == "视频.mp4")
        #expect(file.sha256 == Array(SHA256.hash(data: content)))
        #expect(try await upload.finish() == file)
        #expect(try await court.content(of: file) == content)
        try await court.record(file)
        try await court.files.discard(upload)
        #expect(try court.staged().isEmpty)
        #expect(try await court.files.verify(file) == .intact)
        await #expect(throws: UploadError.gone) { try await upload.offset() }
        #expect(try await court.files.upload(upload.id) == nil)
    }

    @Test("what was staged for a docket whose keys were destroyed is gone, and keeps nobody from uploading elsewhere")
    func destroyedDocket() async throws {
        let court = try await TemporaryCourt()
        let upload = try await begin(in: court, 100)
        _ = try await upload.append(at: 0, sample(40))
        try await court.vault.destroy(upload.docket, at: "2026-01-05T01:02:03.004Z")
        try await court.close()

        let later = try await TemporaryCourt(in: court.temporary)
        #expect(try await later.files.upload(upload.id) == nil)
        #expect(try later.staged().isEmpty)
        let docket = try await later.docket()
        _ = try await later.files.beginUpload(in: docket, .main, by: account, length: 1, name: "视频.mp4")
    }

    @Test("a wrong offset is answered with the true one, too much and too little are refused")
    func offsets() async throws {
        let court = try await TemporaryCourt()
        let upload = try await begin(in: court, 100)
        _ = try await upload.append(at: 0, sample(40))
        for wrong in [0, 39, 41] {
            await #expect(throws: UploadError.wrongOffset(actual: 40)) {
                try await upload.append(at: Int64(wrong), sample(10))
            }
        }
        await #expect(throws: UploadError.tooLong(length: 100)) { try await upload.append(at: 40, sample(61)) }
        #expect(try await upload.offset() == 40)
        await #expect(throws: UploadError.incomplete(offset: 40, length: 100)) { try await upload.finish() }
        #expect(try await upload.append(at: 40, sample(60)) == 100)
        #expect(try await upload.finish().size == 100)
        await #expect(throws: UploadError.wrongOffset(actual: 100)) { try await upload.append(at: 0, sample(1)) }
        await #expect(throws: UploadError.tooLarge(limit: FileStore.largestFile)) {
            try await begin(in: court, Int(FileStore.largestFile) + 1)
        }
    }

    @Test(
        "after a restart it goes on where it was, at any number of bytes",
        arguments: [0, 5, chunk, chunk + 5, 3 * chunk])
    func restart(at stop: Int) async throws {
        let temporary = try TemporaryFolder()
        let content = sample(3 * Self.chunk + 100)
        let id = try await leave(content, stop: stop, in: temporary)

        let court = try await TemporaryCourt(in: temporary)
        let upload = try #require(try await court.files.upload(id))
        #expect(upload.account == account && upload.name == "视频.mp4" && upload.length == Int64(content.count))
        #expect(try await upload.offset() == Int64(stop))
        _ = try await upload.append(at: Int64(stop), Array(content[stop...]))
        let file = try await upload.finish()
        #expect(file.sha256 == Array(SHA256.hash(data: content)))
        #expect(try await court.content(of: file) == content)
    }

    @Test("what a kill leaves half-written is cut off, and nothing acknowledged is lost")
    func tornWrites() async throws {
        let content = sample(4 * Self.chunk)
        let stop = 2 * Self.chunk + 77
        // Two whole chunks are in the data, 77 bytes in the tail
        let leftovers: [(name: String, change: (TemporaryFolder, String) throws -> Void, offset: Int)] = [
            ("half a record", { try $0.append(sample(500_000), to: "\($1).data") }, stop),
            (
                "a whole record of garbage", { try $0.append(sample(SealedFileFormat.recordBytes), to: "\($1).data") },
                stop
            ),
            ("a tail being written", { try $0.write(sample(30), to: "\($1).tail.new") }, stop),
            ("facts being written", { try $0.write(sample(30), to: "\($1).upload.new-00") }, stop),
        ]
        for leftover in leftovers {
            let temporary = try TemporaryFolder()
            let id = try await leave(content, stop: stop, in: temporary)
            try leftover.change(temporary, "var/staging/\(id)")
            let court = try await TemporaryCourt(in: temporary)
            let upload = try #require(try await court.files.upload(id))
            #expect(try await upload.offset() == Int64(leftover.offset), "\(leftover.name)")
            _ = try await upload.append(at: Int64(stop), Array(content[stop...]))
            let file = try await upload.finish()
            #expect(try await court.content(of: file) == content, "\(leftover.name)")
            try await court.files.discard(upload)
            try await court.files.sweepStaging(untouchedSince: Date(timeIntervalSinceNow: 60))
            #expect(try court.staged().isEmpty, "\(leftover.name)")
        }
    }

    @Test("a chunk that became whole after the last tail counts more than that tail")
    func staleTail() async throws {
        let temporary = try TemporaryFolder()
        let content = sample(2 * Self.chunk)
        let stop = Self.chunk / 2
        let id = try await leave(content, stop: stop, in: temporary)
        let tail = try temporary.bytes(of: "var/staging/\(id).tail")
        do {
            let court = try await TemporaryCourt(in: temporary)
            let upload = try #require(try await court.files.upload(id))
            _ = try await upload.append(at: Int64(stop), Array(content[stop..<(Self.chunk + 10)]))
            try await court.close()
        }
        // Killed after the chunk was written and before the tail was replaced
        try temporary.write(tail, to: "var/staging/\(id).tail")
        let court = try await TemporaryCourt(in: temporary)
        let upload = try #require(try await court.files.upload(id))
        #expect(try await upload.offset() == Int64(Self.chunk))
        _ = try await upload.append(at: Int64(Self.chunk), Array(content[Self.chunk...]))
        let file = try await upload.finish()
        #expect(try await court.content(of: file) == content)
    }

    @Test("finishing is repeated safely after a crash at any of its steps")
    func finishAgain() async throws {
        let content = sample(Self.chunk + 5)
        for step in ["last record written", "result written", "object placed", "all done"] {
            let temporary = try TemporaryFolder()
            let id = try await leave(content, stop: content.count, in: temporary)
            let staging = "var/staging/\(id)"
            let before = Dictionary(
                uniqueKeysWithValues: try ["data", "tail"].map { ($0, try temporary.bytes(of: "\(staging).\($0)")) })
            let first: StoredFile
            do {
                let court = try await TemporaryCourt(in: temporary)
                first = try #require(try await court.files.upload(id)?.finish())
                let object = try court.objects()[0]
                let whole = try temporary.bytes(of: object)
                switch step {
                case "last record written":
                    try temporary.write(whole, to: "\(staging).data")
                    try temporary.write(before["tail"] ?? [], to: "\(staging).tail")
                    try FileManager.default.removeItem(atPath: "\(temporary.path)/\(staging).done")
                    try FileManager.default.removeItem(atPath: "\(temporary.path)/\(object)")
                case "result written":
                    try temporary.write(whole, to: "\(staging).data")
                    try FileManager.default.removeItem(atPath: "\(temporary.path)/\(object)")
                case "object placed":
                    #expect(link("\(temporary.path)/\(object)", "\(temporary.path)/\(staging).data") == 0)
                default: break
                }
                try await court.close()
            }
            let court = try await TemporaryCourt(in: temporary)
            let upload = try #require(try await court.files.upload(id))
            #expect(try await upload.offset() == Int64(content.count))
            let again = try await upload.finish()
            #expect(again == first, "\(step)")
            #expect(try await court.content(of: again) == content, "\(step)")
            #expect(try court.objects().count == 1)
        }
    }

    @Test("what arrived before the line broke is kept")
    func brokenLine() async throws {
        struct LineBroke: Error {}
        let court = try await TemporaryCourt()
        let content = sample(2 * Self.chunk)
        let upload = try await begin(in: court, content.count)
        let broken = AsyncThrowingStream<ByteBuffer, any Error> { line in
            line.yield(ByteBuffer(bytes: content[..<700_000]))
            line.yield(ByteBuffer(bytes: content[700_000..<1_400_001]))
            line.finish(throwing: LineBroke())
        }
        await #expect(throws: LineBroke.self) { try await upload.append(at: 0, broken) }
        #expect(try await upload.offset() == 1_400_001)
        _ = try await upload.append(at: 1_400_001, Array(content[1_400_001...]))
        #expect(try await court.content(of: upload.finish()) == content)
    }

    @Test("a new line takes over from one that hangs")
    func takeover() async throws {
        let court = try await TemporaryCourt()
        let content = sample(Self.chunk)
        let upload = try await begin(in: court, content.count)
        let (line, hanging) = AsyncStream.makeStream(of: ByteBuffer.self)
        let first = Task { try await upload.append(at: 0, line) }
        hanging.yield(ByteBuffer(bytes: content[..<400_000]))
        while try await upload.offset() == 0 { await Task.yield() }

        #expect(try await upload.append(at: 400_000, Array(content[400_000...])) == Int64(content.count))
        hanging.yield(ByteBuffer(bytes: sample(300_000, seed: 9)))
        hanging.finish()
        await #expect(throws: UploadError.superseded) { try await first.value }
        #expect(try await court.content(of: upload.finish()) == content)
    }

    @Test("the same upload asked for twice is one, and equal uploads in a docket are one object")
    func same() async throws {
        let court = try await TemporaryCourt()
        let docket = try await court.docket()
        let content = sample(9_000)
        var files: [StoredFile] = []
        for _ in 0..<2 {
            let upload = try await court.files.beginUpload(in: docket, .main, by: account, length: 9_000, name: "x")
            #expect(try await court.files.upload(upload.id) === upload)
            _ = try await upload.append(at: 0, content)
            files.append(try await upload.finish())
        }
        #expect(files[0].id != files[1].id)
        #expect(try court.objects().count == 1)
    }

    @Test("uploads nobody goes on with are swept by age")
    func sweeping() async throws {
        let court = try await TemporaryCourt()
        let upload = try await begin(in: court, 100)
        _ = try await upload.append(at: 0, sample(50))
        try court.temporary.write([1], to: "var/staging/\(FileID.random()).put")
        #expect(try await court.files.sweepStaging(untouchedSince: Date(timeIntervalSinceNow: -60)) == 0)
        #expect(try await upload.offset() == 50)
        #expect(try await court.files.sweepStaging(untouchedSince: Date(timeIntervalSinceNow: 60)) == 2)
        #expect(try court.staged().isEmpty)
        #expect(try await court.files.upload(upload.id) == nil)
        await #expect(throws: UploadError.gone) { try await upload.append(at: 50, sample(50)) }
    }

    private func begin(in court: TemporaryCourt, _ length: Int) async throws -> StagedUpload {
        try await court.files.beginUpload(
            in: court.docket(), .main, by: account, length: Int64(length), name: "视频.mp4")
    }

    /// Uploads the first `stop` bytes and lets the court go.
    private func leave(_ content: [UInt8], stop: Int, in temporary: TemporaryFolder) async throws -> UploadID {
        let court = try await TemporaryCourt(in: temporary)
        let upload = try await begin(in: court, content.count)
        if stop > 0 { _ = try await upload.append(at: 0, Array(content[..<stop])) }
        try await court.close()
        return upload.id
    }
}

extension TemporaryFolder {
    fileprivate func append(_ bytes: [UInt8], to file: String) throws {
        try write(self.bytes(of: file) + bytes, to: file)
    }
}
