import Foundation
import NIOCore
import Procedure
import Testing

@testable import Storage

@Suite("Stored files")
struct FileStoreTests {
    static let chunk = TemporaryCourt.chunk

    @Test(
        "a file of any length comes back, whole and from the catalogue",
        arguments: [0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk, 3 * chunk + 7])
    func wholeFile(length: Int) async throws {
        let court = try await TemporaryCourt()
        let docket = try await court.docket()
        let content = sample(length)
        let stored = try await court.files.put(content, in: docket, .main, name: "证据.bin")
        try await court.record(stored)

        let found = try #require(try await court.files.file(stored.id))
        #expect(found == stored)
        #expect(found.size == Int64(length) && found.name == "证据.bin")
        #expect(try await court.content(of: found) == content)
        #expect(try await court.files.verify(found) == .intact)
        #expect(try court.staged().isEmpty)
        #expect(
            try court.temporary.bytes(of: court.objects()[0]).count
                == Int(SealedFileFormat.sealedBytes(for: Int64(length))))
    }

    @Test("the digest is that of the content")
    func digest() async throws {
        let court = try await TemporaryCourt()
        let file = try await court.files.put(Array("abc".utf8), in: court.docket(), .main, name: "")
        #expect(file.digest == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(file.mediaType == .text)
    }

    @Test("any range opens, at the borders of chunks too")
    func ranges() async throws {
        let court = try await TemporaryCourt()
        let size = 2 * FileStoreTests.chunk + 5
        let content = sample(size)
        let open = try await court.files.open(court.files.put(content, in: court.docket(), .main, name: "v.mp4"))
        let borders = [0, 1, Self.chunk - 1, Self.chunk, Self.chunk + 1, 2 * Self.chunk, size - 1, size]
        for start in borders {
            for end in borders where end >= start {
                let range = Int64(start)..<Int64(end)
                #expect(try open.read(range) == Array(content[start..<end]))
                var streamed: [UInt8] = []
                for try await buffer in open.stream(range) {
                    #expect(buffer.readableBytes <= Self.chunk)
                    streamed.append(contentsOf: buffer.readableBytesView)
                }
                #expect(streamed == Array(content[start..<end]))
            }
        }
        #expect(try open.read(Int64(size)..<Int64(size + 10)) == [])
        #expect(try open.read(Int64(size - 1)..<Int64.max) == [content[size - 1]])
    }

    @Test("a range opens without the rest, even if the rest is damaged")
    func rangeBesideDamage() async throws {
        let court = try await TemporaryCourt()
        let content = sample(3 * Self.chunk)
        let stored = try await court.files.put(content, in: court.docket(), .main, name: "v")
        try court.flip(byte: Int(SealedFileFormat.offset(ofRecord: 1)) + 500)
        let open = try await court.files.open(stored)
        #expect(try open.read(0..<Int64(Self.chunk)) == Array(content[..<Self.chunk]))
        #expect(try open.read(Int64(2 * Self.chunk)..<Int64(3 * Self.chunk)) == Array(content[(2 * Self.chunk)...]))
        #expect(throws: SealedFileDamage(part: .chunk(1))) { try open.read(0..<Int64(Self.chunk + 1)) }
    }

    @Test("every damaged part is named")
    func tampering() async throws {
        let court = try await TemporaryCourt()
        let stored = try await court.files.put(sample(2 * Self.chunk + 100), in: court.docket(), .main, name: "v")
        let object = try court.objects()[0]
        let bytes = try court.temporary.bytes(of: object)
        func condition(_ change: (inout [UInt8]) -> Void) async throws -> FileCondition {
            var changed = bytes
            change(&changed)
            try court.temporary.write(changed, to: object)
            return try await court.files.verify(stored)
        }
        for position in 0..<SealedFileFormat.headerBytes {
            #expect(try await condition { $0[position] ^= 1 } == .damaged(.header), "header byte \(position)")
        }
        for chunk in 0..<3 {
            let start = Int(SealedFileFormat.offset(ofRecord: chunk))
            let end = min(bytes.count, start + SealedFileFormat.recordBytes)
            for position in [start, start + 1, start + 12, start + 13, start + 40, end - 16, end - 1] {
                #expect(try await condition { $0[position] ^= 0x80 } == .damaged(.chunk(chunk)), "byte \(position)")
            }
        }
        let second = Int(SealedFileFormat.offset(ofRecord: 1))
        let third = Int(SealedFileFormat.offset(ofRecord: 2))
        let swapped = try await condition { bytes in
            let (one, two) = (Array(bytes[92..<second]), Array(bytes[second..<third]))
            bytes.replaceSubrange(92..<second, with: two)
            bytes.replaceSubrange(second..<third, with: one)
        }
        #expect(swapped == .damaged(.chunk(0)))
        #expect(try await condition { $0.removeLast() } == .damaged(.chunk(2)))
        #expect(try await condition { $0.removeSubrange(third...) } == .damaged(.chunk(2)))
        #expect(try await condition { $0.removeSubrange(50...) } == .damaged(.header))
        #expect(try await condition { $0.append(0) } == .damaged(.length))
        #expect(try await condition { _ in } == .intact)
        try FileManager.default.removeItem(atPath: court.temporary.path + "/" + object)
        #expect(try await court.files.verify(stored) == .missing)
    }

    @Test("a changed catalogue row is noticed")
    func changedRow() async throws {
        let court = try await TemporaryCourt()
        let docket = try await court.docket()
        let one = try await court.files.put(sample(10), in: docket, .main, name: "one")
        let two = try await court.files.put(sample(20), in: docket, .main, name: "two")
        try await court.record(one)
        // The bytes of one, with the name that was sealed for another row
        let moved = try await court.sealedName(of: one)
        let keys = try await court.vault.keys(for: docket)
        try await court.store.write { [files = court.files] transaction in
            try files.record(two, at: "2026-01-05T01:02:03.004Z", keys: keys, in: transaction)
        }
        let row = try #require(try await court.files.catalogue.row(two.id))
        let forged = FileCatalogue.FileRow(
            id: row.id, docket: row.docket, volume: row.volume, size: row.size, sha256: row.sha256,
            mediaType: row.mediaType, name: moved, place: row.place)
        #expect(throws: FileCatalogueError.damaged(two.id, column: "name")) {
            try court.files.catalogue.open(forged, keys: keys.main)
        }
        await #expect(throws: StorageError.self) { try await court.record(two) }
    }

    @Test("equal files are one object inside a volume, and never across volumes or dockets")
    func deduplication() async throws {
        let court = try await TemporaryCourt()
        let docket = try await court.docket()
        let content = sample(Self.chunk + 1)
        let first = try await court.files.put(content, in: docket, .main, name: "a")
        let again = try await court.files.put(content, in: docket, .main, name: "b")
        #expect(first.id != again.id && again.name == "b")
        #expect(try court.objects().count == 1)
        #expect(try await court.content(of: again) == content)
        try await court.record(first)
        try await court.record(again)

        _ = try await court.files.put(content, in: docket, .chambers, name: "c")
        _ = try await court.files.put(content, in: court.docket(), .main, name: "d")
        #expect(try court.objects().count == 3)
    }

    @Test("a spoilt copy is not given to whoever hands in the file again")
    func damagedTwin() async throws {
        let court = try await TemporaryCourt()
        let docket = try await court.docket()
        let content = sample(5_000)
        let first = try await court.files.put(content, in: docket, .main, name: "a")
        try court.flip(byte: 1_000)
        let again = try await court.files.put(content, in: docket, .main, name: "a")
        #expect(try await court.content(of: again) == content)
        #expect(try await court.files.verify(first) == .damaged(.chunk(0)))
        #expect(try court.objects().count == 2)
    }

    @Test("another docket gets a file by its key alone; the bytes stay where they are")
    func sharing() async throws {
        let court = try await TemporaryCourt()
        let (trial, appeal) = (try await court.docket(), try await court.docket())
        let content = sample(70_000)
        let original = try await court.files.put(content, in: trial, .main, name: "起诉状.pdf")
        let shared = try await court.files.share(original, with: appeal, .main)
        try await court.record(original)
        try await court.record(shared)
        #expect(shared.id != original.id && shared.docket == appeal)
        #expect(try court.objects().count == 1)
        // The trial's keys go; the appeal still reads its file
        try await court.vault.destroy(trial, at: "2026-01-05T01:02:03.004Z")
        let found = try #require(try await court.files.file(shared.id))
        #expect(try await court.content(of: found) == content)
        #expect(try await court.files.verify(found) == .intact)
    }

    @Test("the files of a docket, and a walk through all of them")
    func listing() async throws {
        let court = try await TemporaryCourt()
        let docket = try await court.docket()
        var ids: [FileID] = []
        for index in 0..<5 {
            let file = try await court.files.put(sample(index), in: docket, .main, name: "\(index)")
            try await court.record(file)
            ids.append(file.id)
        }
        #expect(try await court.files.files(of: docket).map(\.id) == ids.sorted())
        #expect(try await court.files.files(of: court.docket()).isEmpty)
        var walked: [FileID] = []
        while true {
            let next = try await court.files.fileIDs(after: walked.last, limit: 2)
            if next.isEmpty { break }
            walked += next.map(\.id)
        }
        #expect(walked == ids.sorted())
        #expect(try await court.files.file(.random()) == nil)
    }

    @Test("what was never entered is swept by age; what was, or is young, stays")
    func sweeping() async throws {
        let court = try await TemporaryCourt()
        let docket = try await court.docket()
        let entered = try await court.files.put(sample(10), in: docket, .main, name: "entered")
        try await court.record(entered)
        let orphan = try await court.files.put(sample(20), in: docket, .main, name: "orphan")
        #expect(try await court.files.sweepObjects(untouchedSince: Date(timeIntervalSinceNow: -60)) == 0)
        #expect(try await court.files.sweepObjects(untouchedSince: Date(timeIntervalSinceNow: 60)) == 1)
        #expect(try await court.files.verify(orphan) == .missing)
        #expect(try await court.files.verify(entered) == .intact)
    }

    @Test("the same file stored by many at once is one object that opens")
    func concurrent() async throws {
        let court = try await TemporaryCourt()
        let docket = try await court.docket()
        let content = sample(300_000)
        let files = try await withThrowingTaskGroup(of: StoredFile.self) { group in
            for _ in 0..<12 {
                group.addTask { try await court.files.put(content, in: docket, .main, name: "same") }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(try court.objects().count == 1)
        for file in files { #expect(try await court.files.verify(file) == .intact) }
    }
}

extension TemporaryCourt {
    fileprivate func flip(byte position: Int) throws {
        let object = try objects()[0]
        var bytes = try temporary.bytes(of: object)
        bytes[position] ^= 1
        try temporary.write(bytes, to: object)
    }

    fileprivate func sealedName(of file: StoredFile) async throws -> [UInt8] {
        try await files.catalogue.row(file.id)?.name ?? []
    }
}
