import Foundation
import Glibc
import NIOCore
import NIOHTTP1
import Storage
import Synchronization

/// Resumable uploads (tus), against copying the same bytes on the same disk and syncing the copy; and how much memory
/// they need at most.
struct Uploads: Sendable {
    let bench: Bench

    private static let piece = 8 << 20
    /// As a browser reads a file while it sends it.
    private static let part = 128 << 10
    private static let memoryGrowth = 64.0

    private struct Unexpected: Error, CustomStringConvertible {
        let description: String
    }

    func measure() async throws -> [Measure] {
        let folder = try bench.freshFolder("upload")
        let made = try await BenchCourt.make(in: folder)
        let person = try await made.people(1)[0]
        try await made.court.close()
        let server = try await ServerProcess.start(bench, court: folder, port: 18_204)
        defer { server.stop() }
        let draft = try await begin(person, server)
        // A small one first: code, pools and keys are there afterwards.
        _ = try await upload(try file(mebibytes: 16, in: folder), draft, person, server)
        var measures: [Measure] = []
        // 300 MB in the sense of the disk's maker.
        for mebibytes in [286, bench.largeUpload] {
            let path = try file(mebibytes: mebibytes, in: folder)
            var copies: [Double] = []
            var uploads: [Double] = []
            let before = server.memory
            let peak = Mutex(before)
            let watch = Task.detached {
                while !Task.isCancelled {
                    let now = server.memory
                    peak.withLock { $0 = max($0, now) }
                    try await Task.sleep(for: .milliseconds(10))
                }
            }
            for _ in 0..<3 {
                try makeNew(path)
                copies.append(Double(mebibytes) / (try copy(path).seconds))
                uploads.append(Double(mebibytes) / (try await upload(path, draft, person, server).seconds))
            }
            watch.cancel()
            let limit = Measure.Limit(name: "copy and fsync", value: Samples(copies).median, unit: "MiB/s")
            measures += [
                Measure(
                    .upload, "upload of \(mebibytes) MiB", Samples(uploads).median, "MiB/s", limit: limit,
                    bound: .ratioAtLeast(0.5), note: "median of 3, pieces of \(Self.piece >> 20) MiB, each durable"),
                Measure(
                    .upload, "memory growth over uploads of \(mebibytes) MiB", peak.withLock { $0 } - before, "MiB",
                    bound: .atMost(Self.memoryGrowth), note: "from \(Measure.text(before)) MiB"),
            ]
            try FileManager.default.removeItem(atPath: path)
        }
        return measures
    }

    /// A file of random bytes, written and synced.
    private func file(mebibytes: Int, in folder: String) throws -> String {
        let path = "\(folder)/source-\(mebibytes)"
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        let random = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/dev/urandom"))
        for _ in 0..<mebibytes { try file.write(contentsOf: random.read(upToCount: 1 << 20) ?? Data()) }
        try file.synchronize()
        try file.close()
        return path
    }

    /// Gives the file another beginning: the same content again would be compared with what the court has.
    private func makeNew(_ path: String) throws {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.write(contentsOf: SecureRandom.bytes(16))
        try file.synchronize()
        try file.close()
    }

    private func copy(_ path: String) throws -> Duration {
        let target = "\(path).copy"
        _ = FileManager.default.createFile(atPath: target, contents: nil)
        defer { try? FileManager.default.removeItem(atPath: target) }
        let began = ContinuousClock.now
        let source = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        let copy = try FileHandle(forWritingTo: URL(fileURLWithPath: target))
        while let piece = try source.read(upToCount: Self.piece), !piece.isEmpty { try copy.write(contentsOf: piece) }
        try copy.synchronize()
        try copy.close()
        return began.duration(to: .now)
    }

    /// The next part of a file, with one copy: what the client spends, the server on the same processors lacks.
    private static func read(_ source: FileHandle) throws -> ByteBuffer? {
        var buffer = ByteBufferAllocator().buffer(capacity: part)
        let count = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: part) {
            max(0, Glibc.read(source.fileDescriptor, $0.baseAddress, part))
        }
        return count > 0 ? buffer : nil
    }

    // MARK: Over HTTP

    private func headers(_ person: BenchPerson, _ more: HTTPHeaders = [:]) -> HTTPHeaders {
        var headers: HTTPHeaders = ["authorization": "Bearer \(person.token)", "tus-resumable": "1.0.0"]
        headers.add(contentsOf: more)
        return headers
    }

    private func begin(_ person: BenchPerson, _ server: ServerProcess) async throws -> String {
        struct Draft: Decodable { let docket: String }
        let answer = try await Line.open(port: server.port) { line in
            try await line.send(
                .POST, "/api/v1/drafts", headers(person, ["content-type": "application/json"]),
                body: ByteBuffer(string: #"{"form":"online-shopping/1"}"#))
        }
        guard answer.status == 201 else { throw Unexpected(description: "\(answer.status) \(answer.text.prefix(300))") }
        return try JSONDecoder().decode(Draft.self, from: Data(answer.body.readableBytesView)).docket
    }

    /// One file from its beginning to its digest; then it is given up, so that the next finds the same room.
    private func upload(
        _ path: String, _ draft: String, _ person: BenchPerson, _ server: ServerProcess
    ) async throws -> Duration {
        let source = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        let size = try source.seekToEnd()
        try source.seek(toOffset: 0)
        return try await Line.open(port: server.port) { line in
            let began = ContinuousClock.now
            let name = Data("视频.mp4".utf8).base64EncodedString()
            let metadata = "filename \(name),for \(Data(draft.utf8).base64EncodedString())"
            let made = try await line.send(
                .POST, "/uploads", headers(person, ["upload-length": "\(size)", "upload-metadata": metadata]),
                body: ByteBuffer())
            guard made.status == 201, let place = made.headers.first(name: "location") else {
                throw Unexpected(description: "\(made.status) \(made.text.prefix(300))")
            }
            var offset: UInt64 = 0
            var digest: String?
            while offset < size {
                let piece = min(Self.piece, Int(size - offset))
                let answer = try await line.send(
                    .PATCH, place,
                    headers(
                        person,
                        ["upload-offset": "\(offset)", "content-type": "application/offset+octet-stream"]),
                    bytes: piece
                ) { try Self.read(source) }
                // A long upload on a quick line meets the court's limit of requests, and waits as any client does.
                if answer.status == 429 {
                    try await Task.sleep(for: .seconds(1))
                    try source.seek(toOffset: offset)
                    continue
                }
                guard answer.status == 204 else {
                    throw Unexpected(description: "\(answer.status) \(answer.text.prefix(300))")
                }
                offset += UInt64(piece)
                digest = answer.headers.first(name: "xz-digest")
            }
            let elapsed = began.duration(to: .now)
            guard digest != nil else { throw Unexpected(description: "no digest at the end") }
            _ = try await line.send(.DELETE, place, headers(person))
            return elapsed
        }
    }
}
