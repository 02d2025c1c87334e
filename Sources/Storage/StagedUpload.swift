import Crypto
import Foundation
import NIOCore
import Procedure
import Synchronization

/// A resumable upload: encrypted from its first byte, and never behind what was acknowledged, whatever kills us.
///
/// One line at a time: a new `append` ends the one before it, which then fails with `.superseded` (a telephone that
/// lost its line comes back on another while the old one still looks open).
package final class StagedUpload: Sendable {
    package let id: UploadID
    package let docket: DocketID
    package let volume: Volume
    /// Who may go on with it.
    package let account: AccountID
    /// The whole length in bytes, as declared at the start.
    package let length: Int64
    package let name: String

    private let files: UploadFiles
    private let file: FileID
    private let keys: VolumeKeys
    private let objects: ObjectFolder
    private let state: Mutex<State>

    private struct State {
        /// Nil until first used after a start of the process, and again once finished.
        var writer: SealedFileWriter?
        /// The bytes of the tail on disk.
        var tailBytes = 0
        /// Whether all received bytes are durable; while not, the writer holds the tail.
        var isSettled = true
        /// Counts appends; only the last one may write.
        var turn = 0
        var result: UploadFiles.Result?
        var isGone = false

        var offset: Int64 {
            if let result { return result.size }
            guard let writer else { return 0 }
            let tail = isSettled ? tailBytes : writer.pending.count
            return Int64(writer.chunks) * Int64(SealedFileFormat.chunkBytes) + Int64(tail)
        }
    }

    init(_ facts: UploadFiles.Facts, files: UploadFiles, keys: VolumeKeys, objects: ObjectFolder) {
        (id, docket, volume, account) = (files.id, facts.docket, facts.volume, facts.account)
        (length, name, file) = (facts.length, facts.name, facts.file)
        (self.files, self.keys, self.objects) = (files, keys, objects)
        state = Mutex(State())
    }

    /// How many bytes are durable; where to go on.
    ///
    /// - Throws: `UploadError.gone`; `DiskError`.
    package func offset() async throws -> Int64 {
        try await locked { upload, state in
            try upload.settle(&state)
            return state.offset
        }
    }

    /// Adds bytes at `offset` and returns the new offset, which is durable. When the line breaks, what arrived is kept.
    ///
    /// - Throws: `UploadError.wrongOffset` with the true one, `.tooLong`, `.superseded`, `.gone`; `DiskError`; what
    ///   `bytes` throws.
    package func append<Bytes: AsyncSequence>(at offset: Int64, _ bytes: Bytes) async throws -> Int64
    where Bytes.Element == ByteBuffer {
        let turn = try await locked { upload, state in try upload.start(at: offset, &state) }
        do {
            try await bytes.inPieces { piece in
                try await self.locked { upload, state in try upload.receive(piece, turn, &state) }
            }
        } catch let broken {
            // The first error is the one to tell. If settling fails too, the next request meets it again.
            _ = try? await locked { upload, state in try upload.settle(&state) }
            throw broken
        }
        return try await locked { upload, state in
            guard state.turn == turn else { throw UploadError.superseded }
            try upload.settle(&state)
            return state.offset
        }
    }

    package func append(at offset: Int64, _ bytes: [UInt8]) async throws -> Int64 {
        try await append(
            at: offset,
            AsyncStream {
                $0.yield(ByteBuffer(bytes: bytes)); $0.finish()
            })
    }

    /// Closes a complete upload and gives its bytes their place among the files, durable on return. Repeated, also
    /// after a crash, it returns the same file; call `discard` once the file is in the catalogue.
    ///
    /// - Throws: `UploadError.incomplete`, `.gone`; `DiskError`.
    package func finish() async throws -> StoredFile {
        try await locked { upload, state in
            let result = try upload.close(&state)
            guard
                let place = try upload.objects.place(
                    upload.files.data, sha256: result.sha256, size: result.size, keys: upload.keys)
            else { throw UploadError.gone }
            try upload.files.removeData()
            let sealed = try upload.objects.open(place, size: result.size, keys: upload.keys)
            return StoredFile(
                id: upload.file, docket: upload.docket, volume: upload.volume, sha256: result.sha256,
                size: result.size, name: upload.name,
                mediaType: try MediaType.sniff(size: result.size) { try sealed.read($0) }, place: place)
        }
    }

    /// Removes what was staged: to give an upload up, or after its file was entered.
    package func discard() async throws {
        try await Disk.blocking { [self] in
            try state.withLock { state in
                (state.isGone, state.writer) = (true, nil)
                state.turn += 1
                try UploadFiles.removeAll(of: id, in: files.folder)
            }
        }
    }

    private func locked<Result: Sendable>(
        _ work: @escaping @Sendable (StagedUpload, inout State) throws -> sending Result
    ) async throws -> Result {
        try await Disk.blocking { [self] in
            try state.withLock { state in
                guard !state.isGone, Disk.exists("\(files.folder.staging)/\(id).upload") else { throw UploadError.gone }
                try load(&state)
                return try work(self, &state)
            }
        }
    }

    /// Finds out where an upload stands that an earlier process left.
    private func load(_ state: inout State) throws {
        guard state.writer == nil, state.result == nil else { return }
        if let result = try files.readResult() { return state.result = result }
        let header = try Disk.read(files.data, limit: SealedFileFormat.headerBytes)
        guard let facts = SealedFileFormat.parse(header) else { throw UploadError.gone }
        let key = try KeyWrapping.unwrap(facts.wrapped, with: keys.fileWrapping)
        let writer = try SealedFileWriter(reopening: files.data, id: file, key: key)
        state.tailBytes = try files.readTail(after: writer.chunks, key: key).count
        state.writer = writer
    }

    private func start(at offset: Int64, _ state: inout State) throws -> Int {
        try settle(&state)
        guard offset == state.offset else { throw UploadError.wrongOffset(actual: state.offset) }
        state.turn += 1
        return state.turn
    }

    private func receive(_ piece: [ByteBuffer], _ turn: Int, _ state: inout State) throws {
        guard state.turn == turn, state.writer != nil else { throw UploadError.superseded }
        guard state.offset + Int64(piece.reduce(0) { $0 + $1.readableBytes }) <= length else {
            throw UploadError.tooLong(length: length)
        }
        try takeTail(&state)
        state.isSettled = false
        for buffer in piece { try buffer.withUnsafeReadableBytes { try state.writer?.append($0) } }
    }

    /// Brings the tail back from disk, where it lies while nothing arrives.
    private func takeTail(_ state: inout State) throws {
        guard state.isSettled, let writer = state.writer else { return }
        let tail = try files.readTail(after: writer.chunks, key: writer.key)
        guard tail.count == state.tailBytes else { throw SealingError.doesNotOpen }
        state.writer?.restorePending(tail)
    }

    private func settle(_ state: inout State) throws {
        guard !state.isSettled else { return }
        if state.offset < length { try state.writer?.flushWholeChunk() }
        guard let writer = state.writer else { return }
        // The chunks first: a tail on disk says that the chunks before it are there.
        try writer.sync()
        if !writer.pending.isEmpty { try files.writeTail(writer.pending, after: writer.chunks, key: writer.key) }
        (state.tailBytes, state.isSettled) = (writer.pending.count, true)
        state.writer?.releasePending()
    }

    private func close(_ state: inout State) throws -> UploadFiles.Result {
        if let result = state.result { return result }
        try settle(&state)
        guard state.offset == length else { throw UploadError.incomplete(offset: state.offset, length: length) }
        state.turn += 1
        try takeTail(&state)
        defer { state.writer?.releasePending() }
        guard let writer = state.writer else { throw UploadError.gone }
        let (sha256, size) = try writer.finish()
        let result = UploadFiles.Result(sha256: sha256, size: size)
        try files.write(result)
        (state.result, state.writer) = (result, nil)
        return result
    }
}

package enum UploadError: Error, Hashable, Sendable {
    /// Go on at `actual` (409).
    case wrongOffset(actual: Int64)
    /// More bytes than declared (413).
    case tooLong(length: Int64)
    /// Declared longer than the court takes (413).
    case tooLarge(limit: Int64)
    case incomplete(offset: Int64, length: Int64)
    /// A later request goes on with this upload.
    case superseded
    /// Discarded, swept or never there (404).
    case gone
}

extension AsyncSequence where Element == ByteBuffer {
    /// Calls `take` with as much as is worth a change of thread, one call at a time and in order; the next bytes arrive
    /// while these are taken. When the line breaks, what arrived before is taken all the same.
    ///
    /// - Throws: what `take` throws, or else what the sequence throws.
    func inPieces(_ take: @escaping @Sendable ([ByteBuffer]) async throws -> Void) async throws {
        let enough = 256 << 10
        try await withThrowingTaskGroup(of: Void.self) { taking in
            var piece: [ByteBuffer] = []
            var broken: (any Error)?
            var buffers = makeAsyncIterator()
            while broken == nil {
                do {
                    guard let buffer = try await buffers.next() else { break }
                    piece.append(buffer)
                } catch {
                    broken = error
                }
                guard piece.reduce(0, { $0 + $1.readableBytes }) >= enough else { continue }
                try await taking.next()
                taking.addTask { [piece] in try await take(piece) }
                piece = []
            }
            try await taking.next()
            if !piece.isEmpty { try await take(piece) }
            if let broken { throw broken }
        }
    }
}
