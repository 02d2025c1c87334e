import Crypto
import Foundation
import NIOCore
import Procedure
import Storage
import TestSupport
import Testing

@testable import CaseFile

@Suite("A zip written while it is read")
struct ZipTests {
    private let time = Instant(milliseconds: 1_767_225_600_000)

    private func read(_ stream: ZipStream) async throws -> (bytes: [UInt8], longest: Int) {
        var bytes: [UInt8] = []
        var longest = 0
        for try await buffer in stream {
            bytes += Array(buffer: buffer)
            longest = max(longest, buffer.readableBytes)
        }
        return (bytes, longest)
    }

    @Test("the same parts give the same bytes twice; any range is a slice of them; a piece is never large")
    func rangesAreSlices() async throws {
        try await BareCourt.on { court in
            let docket = try await court.registry.newDocket()
            let video = (0..<3_500_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let stored = try await court.files.put(video, in: docket, .main, name: "video.mp4")
            let empty = try await court.files.put([], in: docket, .main, name: "empty.txt")
            let parts = [
                ZipPart(path: "index.html", content: .bytes(Array("<!DOCTYPE html>".utf8))),
                ZipPart(path: "files/001-视频.mp4", content: .stored(stored)),
                ZipPart(path: "files/002-空.txt", content: .stored(empty)),
                ZipPart(path: "README.txt", content: .bytes([])),
            ]
            let size = try ZipWriter.size(of: parts.map { ($0.path, $0.bytes) })
            func stream(_ range: Range<Int64>) -> ZipStream {
                ZipStream(parts: parts, files: court.files, time: time, range: range)
            }
            let (whole, longest) = try await read(stream(0..<size))
            #expect(whole.count == Int(size))
            #expect(longest <= 1 << 20 + 4_096)
            #expect(try await read(stream(0..<size)).bytes == whole)
            for range in [0..<1, 10..<80, 1_000_000..<2_200_000, (size - 30)..<size, 60..<size] as [Range<Int64>] {
                let part = try await read(stream(range)).bytes
                #expect(part == Array(whole[Int(range.lowerBound)..<Int(range.upperBound)]), "\(range)")
            }
            let unpacked = try Unpacked(whole)
            defer { unpacked.remove() }
            #expect(unpacked.names == ["README.txt", "files/001-视频.mp4", "files/002-空.txt", "index.html"])
            #expect(try unpacked.bytes("files/001-视频.mp4") == video)
        }
    }

    @Test("the length is known before anything is written", arguments: [0, 1, 3, 120])
    func lengthIsKnown(count: Int) throws {
        let parts = (0..<count).map { (path: "files/\($0)-订单截图.jpg", bytes: Int64($0 * 1_001)) }
        let writer = try ZipWriter(time: time)
        var written = 0
        for part in parts {
            try writer.begin(part.path, bytes: part.bytes)
            try [UInt8](repeating: 7, count: Int(part.bytes)).withUnsafeBytes { try writer.write($0) }
            try writer.end()
            written += writer.take().readableBytes
        }
        try writer.finish()
        written += writer.take().readableBytes
        #expect(try ZipWriter.size(of: parts) == Int64(written))
    }

    @Test("beyond 4 GiB the numbers grow wider, and the length with them")
    func wideNumbers() throws {
        let parts = [(path: "a", bytes: Int64(5) << 30), (path: "b", bytes: Int64(1))]
        let size = try ZipWriter.size(of: parts)
        #expect(size > Int64(5) << 30 + 216)
        #expect(size < Int64(5) << 30 + 1_000)
    }

    @Test("bytes that are gone, or changed on the disk, end the zip instead of spoiling it")
    func damageEndsIt() async throws {
        try await BareCourt.on { court in
            let docket = try await court.registry.newDocket()
            let stored = try await court.files.put([1, 2, 3], in: docket, .main, name: "a.bin")
            for path in FileManager.default.subpaths(atPath: court.folder.files) ?? [] {
                let url = URL(fileURLWithPath: "\(court.folder.files)/\(path)")
                guard var bytes = try? Data(contentsOf: url) else { continue }
                bytes[bytes.count - 1] ^= 1
                try bytes.write(to: url)
            }
            let parts = [ZipPart(path: "a.bin", content: .stored(stored))]
            let stream = ZipStream(parts: parts, files: court.files, time: time, range: 0..<10_000)
            await #expect(throws: SealedFileDamage.self) { _ = try await read(stream) }
        }
    }
}
