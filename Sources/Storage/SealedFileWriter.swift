import Crypto
import Foundation
import Procedure

/// Writes an encrypted file from its first byte on, holding one chunk of plaintext at most.
///
/// The last chunk stays in `pending` until `finish`, because only then is it known to be the last.
struct SealedFileWriter {
    let id: FileID
    let key: SymmetricKey
    private let file: OpenFile
    /// Records written so far; none of them is the last.
    private(set) var chunks: Int
    /// The plaintext after those, at most one chunk of it.
    private(set) var pending: [UInt8]
    private let digest = DigestBeside()

    /// The plaintext taken so far, in bytes.
    var size: Int64 { Int64(chunks) * Int64(SealedFileFormat.chunkBytes) + Int64(pending.count) }

    /// Starts a file that does not exist yet.
    init(creating path: String, id: FileID, key: SymmetricKey, wrapped: [UInt8]) throws {
        file = try OpenFile(path, O_RDWR | O_CREAT | O_EXCL)
        try file.write(SealedFileFormat.header(for: id, key: key, wrapped: wrapped), at: 0)
        (self.id, self.key, chunks, pending) = (id, key, 0, [])
    }

    /// Goes on with a file that was left unfinished.
    ///
    /// Every record is opened again: what a kill or a loss of power tore off or spoiled at the end is cut away, and the
    /// digest is brought up to the same place. Takes as long as reading the file.
    ///
    /// - Throws: `SealingError` when the header is not that of this file.
    init(reopening path: String, id: FileID, key: SymmetricKey) throws {
        file = try OpenFile(path, O_RDWR)
        let header = try file.read(at: 0, count: SealedFileFormat.headerBytes)
        guard SealedFileFormat.parse(header)?.file == id, SealedFileFormat.isIntact(header, key: key) else {
            throw SealingError.doesNotOpen
        }
        (self.id, self.key, chunks, pending) = (id, key, 0, [])
        while true {
            let record = try file.read(
                at: SealedFileFormat.offset(ofRecord: chunks), count: SealedFileFormat.recordBytes)
            let context = SealedFileFormat.context(of: chunks, isLast: false, in: id)
            guard record.count == SealedFileFormat.recordBytes,
                let chunk = try? Sealing.open(record, with: key, for: context)
            else { break }
            digest.update(chunk)
            chunks += 1
        }
        try file.truncate(to: SealedFileFormat.offset(ofRecord: chunks))
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            try flushWholeChunk()
            let part = rest.prefix(SealedFileFormat.chunkBytes - pending.count)
            pending.append(contentsOf: UnsafeRawBufferPointer(rebasing: part))
            rest = rest.dropFirst(part.count)
        }
    }

    /// Writes `pending` if it is a whole chunk: for who knows that more bytes follow.
    mutating func flushWholeChunk() throws {
        guard pending.count == SealedFileFormat.chunkBytes else { return }
        try writePending(isLast: false)
        digest.update(pending)
        chunks += 1
        pending.removeAll(keepingCapacity: true)
    }

    /// Gives the memory of `pending` back, after its owner stored it elsewhere.
    mutating func releasePending() { pending = [] }

    mutating func restorePending(_ bytes: [UInt8]) { pending = bytes }

    /// Makes the written records durable; `pending` is not among them.
    func sync() throws { try file.sync() }

    /// Writes the last record and makes the file durable. Done twice it writes the same content again.
    func finish() throws -> (sha256: [UInt8], size: Int64) {
        try writePending(isLast: true)
        try file.sync()
        return (digest.finalized(with: pending), size)
    }

    private func writePending(isLast: Bool) throws {
        let context = SealedFileFormat.context(of: chunks, isLast: isLast, in: id)
        // Two writes for one record, which spare a copy of it.
        let (algorithm, box) = try Sealing.box(pending, with: key, for: context)
        let offset = SealedFileFormat.offset(ofRecord: chunks)
        try file.write([algorithm], at: offset)
        try file.write(box, at: offset + 1)
        file.beginSync(at: offset, count: 1 + box.count)
    }
}
